//! Opening a database file: settings, tables, and what to do with a damaged one.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, bail};
use rusqlite::{Connection, ErrorCode};

/// How long a connection waits for another one of this program.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Opens a database and brings its tables up to date; `migrations[n]` leads from version `n` to `n + 1`.
pub(super) fn open(path: &Path, migrations: &[&str]) -> anyhow::Result<Connection> {
    match try_open(path, migrations) {
        Err(error) if is_damaged(&error) => {
            let aside = set_aside(path)?;
            tracing::error!(
                file = %path.display(), aside = %aside.display(), %error,
                "the database is damaged: it was set aside and a new one begun"
            );
            try_open(path, migrations)
        }
        result => result,
    }
    .with_context(|| format!("cannot open {}", path.display()))
}

fn try_open(path: &Path, migrations: &[&str]) -> anyhow::Result<Connection> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let numbered = (1..).zip(migrations);
    if numbered.clone().count() < usize::try_from(version)? {
        bail!("it was written by a newer version of this program");
    }
    for (number, migration) in numbered.filter(|(number, _)| *number > version) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(connection)
}

fn is_damaged(error: &anyhow::Error) -> bool {
    let code = error.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code);
    matches!(code, Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// Renames the file and its companions; the first free number is taken.
fn set_aside(path: &Path) -> anyhow::Result<PathBuf> {
    let with = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let aside = (1..1_000)
        .map(|number| format!(".damaged-{number}"))
        .find(|suffix| !with(suffix).exists())
        .context("too many damaged files")?;
    fs::rename(path, with(&aside)).context("cannot set the damaged file aside")?;
    for companion in ["-wal", "-shm"] {
        let _ = fs::rename(with(companion), with(&format!("{aside}{companion}")));
    }
    Ok(with(&aside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_is_kept_aside_and_a_newer_one_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.db");
        fs::write(&path, vec![7; 4_096]).expect("written");
        let connection = open(&path, &["CREATE TABLE a (b INTEGER) STRICT"]).expect("a new one");
        connection.execute("INSERT INTO a VALUES (1)", []).expect("usable");
        drop(connection);
        let aside = fs::read(folder.path().join("x.db.damaged-1")).expect("kept");
        assert_eq!(aside, vec![7; 4_096]);

        let error = open(&path, &[]).expect_err("newer");
        assert!(format!("{error:#}").contains("newer version"), "{error:#}");
    }
}
