//! SQLite on the caller's own thread, for the writer and for short reads.
//!
//! The driver that other reads go through gives each connection a thread, and every statement wakes it and is waited for. A writer is a thread
//! already, and all others wait for it: its statements run where it is, without a trip. Both drivers share one SQLite library.

mod driver;
mod error;
mod lent;
mod row;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, OpenFlags, ToSql};
use std::path::Path;
use std::sync::Arc;

use crate::open::BUSY_TIMEOUT;
use crate::value::{Args, Value};

pub(crate) use error::LiteError;
pub(crate) use lent::{Lender, Lent};
pub(crate) use row::LiteRow;
use row::{Column, LiteValue};

/// Pages of the log before a commit folds it into the file: 16 MB. An order writes some ten pages; folding costs several syncs, and all
/// writers wait for it.
const LOG_PAGES_MAX: i64 = 4_000;

/// A connection whose statements run where they are asked for.
#[derive(Debug)]
pub(crate) struct LiteConn(Connection);

impl LiteConn {
    /// Opens an existing file to write. `kept`: how many statements stay prepared.
    pub(crate) fn open_writer(path: &Path, sync_full: bool, kept: usize) -> Result<Self, sqlx::Error> {
        let Self(conn) = Self::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, kept)?;
        let set = |name: &str, value: &dyn ToSql| conn.pragma_update(None, name, value).map_err(LiteError::wrap);
        set("journal_mode", &"WAL")?;
        set("foreign_keys", &true)?;
        set("synchronous", &if sync_full { "FULL" } else { "NORMAL" })?;
        set("wal_autocheckpoint", &LOG_PAGES_MAX)?;
        // What a savepoint needs to undo a deed: otherwise it goes through a file.
        set("temp_store", &"MEMORY")?;
        Ok(Self(conn))
    }

    /// Opens an existing file to read.
    pub(crate) fn open_reader(path: &Path, kept: usize) -> Result<Self, sqlx::Error> {
        Self::open(path, OpenFlags::SQLITE_OPEN_READ_ONLY, kept)
    }

    fn open(path: &Path, flags: OpenFlags, kept: usize) -> Result<Self, sqlx::Error> {
        let conn =
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(LiteError::wrap)?;
        conn.busy_timeout(BUSY_TIMEOUT).map_err(LiteError::wrap)?;
        conn.set_prepared_statement_cache_capacity(kept);
        Ok(Self(conn))
    }

    /// Every row of the result.
    pub(crate) fn fetch(&self, text: &str, args: &Args) -> Result<Vec<LiteRow>, sqlx::Error> {
        let mut statement = self.prepare(text, args)?;
        let mut columns: Option<Arc<[Column]>> = None;
        let mut found = Vec::new();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(LiteError::wrap)? {
            // Not before the first row: until then the statement may be prepared anew, for tables that changed.
            let columns = columns.get_or_insert_with(|| Column::of(row.as_ref()));
            let stored = (0..columns.len()).map(|place| row.get_ref(place).map_err(LiteError::wrap));
            let values = stored.map(|stored| LiteValue::of(stored?)).collect::<Result<_, _>>()?;
            found.push(LiteRow::new(columns.clone(), values));
        }
        Ok(found)
    }

    /// Runs the statement to its end and answers how many rows it touched.
    pub(crate) fn execute(&self, text: &str, args: &Args) -> Result<u64, sqlx::Error> {
        let mut statement = self.prepare(text, args)?;
        let mut rows = statement.raw_query();
        while rows.next().map_err(LiteError::wrap)?.is_some() {}
        drop(rows);
        Ok(if statement.readonly() { 0 } else { self.0.changes() })
    }

    /// Runs statements without values.
    pub(crate) fn control(&self, statements: &str) -> Result<(), sqlx::Error> {
        self.0.execute_batch(statements).map_err(LiteError::wrap)
    }

    /// Closes the file; the last connection folds the log into it.
    pub(crate) fn close(self) -> Result<(), sqlx::Error> {
        self.0.close().map_err(|(_, error)| LiteError::wrap(error))
    }

    fn prepare(&self, text: &str, args: &Args) -> Result<CachedStatement<'_>, sqlx::Error> {
        let mut statement = self.0.prepare_cached(text).map_err(LiteError::wrap)?;
        for place in 1..=statement.parameter_count() {
            // SQLite counts `$2` by where it comes first, not by its number.
            let number = statement.parameter_name(place).and_then(|name| name.strip_prefix('$')?.parse().ok());
            let value = args.values().get(number.unwrap_or(place).wrapping_sub(1));
            statement.raw_bind_parameter(place, value).map_err(LiteError::wrap)?;
        }
        Ok(statement)
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let borrowed = match self {
            Self::Int(value) => value.map(ValueRef::Integer),
            Self::Bool(value) => value.map(|value| ValueRef::Integer(value.into())),
            Self::Real(value) => value.map(ValueRef::Real),
            Self::Text(value) => value.as_ref().map(|text| ValueRef::Text(text.as_bytes())),
            Self::Bytes(value) => value.as_deref().map(ValueRef::Blob),
            Self::Json(Some(value)) => return Ok(ToSqlOutput::from(value.to_string())),
            Self::Json(None) => None,
        };
        Ok(ToSqlOutput::Borrowed(borrowed.unwrap_or(ValueRef::Null)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::create_private;
    use rusqlite::types::Value as Stored;

    fn file() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("museum.sqlite");
        create_private(&path, false).unwrap();
        (folder, path)
    }

    /// Otherwise a power cut takes back what was answered as done.
    #[test]
    fn a_writer_waits_for_the_disk_and_heeds_references() {
        let (_folder, path) = file();
        for (sync_full, synchronous) in [(true, 2), (false, 1)] {
            let conn = LiteConn::open_writer(&path, sync_full, 1).unwrap();
            let is = |name: &str| conn.0.pragma_query_value(None, name, |row| row.get::<_, Stored>(0)).unwrap();
            assert_eq!(is("synchronous"), Stored::Integer(synchronous));
            assert_eq!(is("journal_mode"), Stored::Text("wal".to_owned()));
            assert_eq!(is("foreign_keys"), Stored::Integer(1));
            conn.close().unwrap();
        }
    }

    #[test]
    fn a_lent_connection_comes_back_without_its_transaction() {
        let (_folder, path) = file();
        let writer = LiteConn::open_writer(&path, false, 1).unwrap();
        writer.control("CREATE TABLE t (a)").unwrap();
        let lender = Lender::new(path, 1);
        let mut lent = lender.lend(true).unwrap();
        assert!(lent.conn().unwrap().fetch("SELECT a FROM t", &Args::default()).unwrap().is_empty());
        drop(lent);
        writer.control("INSERT INTO t VALUES (1)").unwrap();
        let mut lent = lender.lend(false).unwrap();
        assert!(lent.conn().unwrap().0.is_autocommit());
        assert_eq!(lent.conn().unwrap().fetch("SELECT a FROM t", &Args::default()).unwrap().len(), 1);
        // A failed transaction too, and one that SQLite ended by itself.
        for ended in ["", "ROLLBACK"] {
            let mut lent = lender.lend(true).unwrap();
            lent.conn().unwrap().control("INSERT INTO t VALUES (2)").unwrap_err();
            lent.conn().unwrap().control(ended).unwrap();
            drop(lent);
            assert!(lender.lend(false).unwrap().conn().unwrap().0.is_autocommit());
        }
    }

    #[test]
    fn a_text_that_is_none_is_refused_and_not_mended() {
        let (_folder, path) = file();
        let conn = LiteConn::open_writer(&path, false, 1).unwrap();
        let refused = conn.fetch("SELECT CAST(x'ff' AS TEXT)", &Args::default());
        assert!(matches!(refused, Err(sqlx::Error::Decode(_))), "{refused:?}");
    }
}
