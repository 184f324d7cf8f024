//! `passepartout backup FILE`: database, files and keys in one compressed archive.
//!
//! The database is copied as of one moment while the server may keep running. A file in the store is written before the database
//! names it, so every file that the copy names is in the archive.

use super::{Failure, Installation};
use crate::app::{MIGRATIONS, Place};
use anyhow::{Context, bail};
use clap::Args;
use db::{Backend, Db, Options};
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// The name of the SQLite copy in the archive.
pub(super) const SQLITE_COPY: &str = "database.sqlite";
/// The name of the PostgreSQL dump in the archive.
pub(super) const POSTGRES_DUMP: &str = "database.pgdump";
/// The compression level: quick.
const LEVEL: i32 = 3;

#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    #[command(flatten)]
    installation: Installation,
    /// The archive to write; it must not exist yet
    file: PathBuf,
}

pub(super) async fn run(args: BackupArgs) -> Result<(), Failure> {
    if args.file.exists() {
        return Err(Failure::usage(anyhow::anyhow!("{} exists already", args.file.display())));
    }
    let place = args.installation.place();
    if !place.keys().exists() {
        return Err(Failure::usage(anyhow::anyhow!("there is no installation in {}", place.data.display())));
    }
    write(&place, &args.file).await?;
    println!("backup written to {}", args.file.display());
    Ok(())
}

/// Writes the archive beside its place and renames it when it is complete.
async fn write(place: &Place, target: &Path) -> anyhow::Result<()> {
    let unfinished = target.with_extension("unfinished");
    let work = tempfile::tempdir_in(&place.data).context("no room for the copy of the database")?;
    let (copy, name) = copy_database(place, work.path()).await?;
    let (keys, files) = (place.keys(), place.files());
    let (unfinished_path, target) = (unfinished.clone(), target.to_owned());
    tokio::task::spawn_blocking(move || {
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished_path)?;
        let file = pack(file, &copy, name, &keys, &files)?;
        file.sync_all()?;
        std::fs::rename(&unfinished_path, &target)
    })
    .await?
    .with_context(|| format!("cannot write {}", unfinished.display()))
}

fn pack(file: File, copy: &Path, name: &str, keys: &Path, files: &Path) -> std::io::Result<File> {
    let mut archive = tar::Builder::new(zstd::Encoder::new(file, LEVEL)?);
    archive.append_path_with_name(copy, name)?;
    archive.append_dir_all("keys", keys)?;
    if files.exists() {
        archive.append_dir_all("files", files)?;
    }
    archive.into_inner()?.finish()
}

async fn copy_database(place: &Place, work: &Path) -> anyhow::Result<(PathBuf, &'static str)> {
    let url = place.database_url();
    let db = Db::open(&url, &Options::default()).await.context("cannot open the database")?;
    db.migrate(&MIGRATIONS).await.context("cannot bring the database up to date")?;
    let result = match db.backend() {
        Backend::Sqlite => {
            let copy = work.join(SQLITE_COPY);
            db.backup_into(&copy).await.context("cannot copy the database")?;
            Ok((copy, SQLITE_COPY))
        }
        Backend::Postgres => {
            let copy = work.join(POSTGRES_DUMP);
            let status = Command::new("pg_dump")
                .args(["--format=custom", "--no-owner", "--file"])
                .arg(&copy)
                .arg(&url)
                .status()
                .await
                .context("cannot run pg_dump: install the PostgreSQL client programs")?;
            if !status.success() {
                bail!("pg_dump ended with {status}");
            }
            Ok((copy, POSTGRES_DUMP))
        }
    };
    db.close().await;
    result
}
