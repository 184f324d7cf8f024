//! `passepartout restore FILE`: a backup into an empty place.
//!
//! A restored database tells its gates so: the change clock gets a new epoch, and every gate takes a whole new snapshot.

use super::backup::{POSTGRES_DUMP, SQLITE_COPY};
use super::{Failure, Installation};
use crate::app::Place;
use anyhow::{Context, bail};
use clap::Args;
use db::Conn;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use tokio::process::Command;

#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    #[command(flatten)]
    installation: Installation,
    /// The archive that `backup` wrote
    file: PathBuf,
}

pub(super) async fn run(args: RestoreArgs) -> Result<(), Failure> {
    let place = args.installation.place();
    if fs::read_dir(&place.data).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::usage(anyhow::anyhow!("{} is not empty", place.data.display())));
    }
    let archive = File::open(&args.file)
        .with_context(|| format!("cannot read {}", args.file.display()))
        .map_err(Failure::usage)?;
    let unpacked = place.data.clone();
    tokio::task::spawn_blocking(move || unpack(archive, &unpacked)).await??;
    restore_database(&place).await?;
    let app = args.installation.open().await?;
    let restored = app.clone();
    app.db.write(async move |tx: &mut Conn| restored.gates.begin_new_history(tx, &*restored.random).await).await?;
    app.db.close().await;
    println!("restored into {}", place.data.display());
    Ok(())
}

fn unpack(archive: File, data: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(data)?;
    let mut archive = tar::Archive::new(zstd::Decoder::new(archive).context("this is no backup")?);
    archive.set_preserve_permissions(true);
    archive.unpack(data).context("the backup is damaged")?;
    if !data.join("keys").is_dir() {
        bail!("the backup has no keys");
    }
    Ok(())
}

async fn restore_database(place: &Place) -> anyhow::Result<()> {
    let sqlite = place.data.join(SQLITE_COPY);
    let dump = place.data.join(POSTGRES_DUMP);
    match (&place.database_url, sqlite.exists(), dump.exists()) {
        (None, true, _) => Ok(fs::rename(sqlite, place.database_file())?),
        (Some(url), _, true) if !url.starts_with("sqlite:") => {
            let status = Command::new("pg_restore")
                .args(["--no-owner", "--exit-on-error", "--single-transaction", "--dbname"])
                .arg(url)
                .arg(&dump)
                .status()
                .await
                .context("cannot run pg_restore: install the PostgreSQL client programs")?;
            if !status.success() {
                bail!("pg_restore ended with {status}: is the database empty?");
            }
            Ok(fs::remove_file(dump)?)
        }
        (_, true, _) => bail!("this is the backup of an SQLite museum: restore it without --database-url"),
        (_, _, true) => bail!("this is the backup of a PostgreSQL museum: name an empty database with --database-url"),
        _ => bail!("the backup has no database"),
    }
}
