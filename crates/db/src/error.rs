//! What can go wrong at the database, sorted by what the caller can do about it.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::lite::LiteError;

/// An error of the data layer.
///
/// Neither its display nor its debug text holds values of rows, so both may be logged.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum DbError {
    /// The row that must exist does not.
    #[error("no such row")]
    NotFound,
    /// An update that must touch exactly one row touched another number of them.
    #[error("{statement} touched {rows} rows instead of one")]
    NotOneRow {
        /// Name of the statement.
        statement: &'static str,
        /// Rows it touched.
        rows: u64,
    },
    /// A row with this key exists already.
    ///
    /// PostgreSQL names the constraint (`cards_number_key`), SQLite the columns (`cards.number`).
    /// Where the case is expected, use `ON CONFLICT` instead: a failed statement ends the deed.
    #[error("unique constraint violated: {constraint}")]
    Conflict {
        /// The constraint or the columns.
        constraint: String,
    },
    /// A row refers to one that does not exist, or one is deleted that others refer to.
    #[error("foreign key violated")]
    Reference,
    /// A statement that writes was given to a connection that only reads: a mistake in the program.
    #[error("{statement} writes, and this connection only reads")]
    ReadOnly {
        /// Name of the statement.
        statement: &'static str,
    },
    /// The cursor of a page was not made by this list.
    #[error("the cursor does not belong to this list")]
    BadCursor,
    /// A list without an order, or whose select has no `FROM`: a mistake in the program.
    #[error("a list needs a select with FROM, and an order")]
    UnfitList,
    /// The database, or a row, is held by somebody else. Trying again helps.
    #[error("the database is busy: {0}")]
    Busy(#[source] sqlx::Error),
    /// Two transactions got into each other's way. Trying again helps.
    #[error("concurrent transactions collided: {0}")]
    Serialization(#[source] sqlx::Error),
    /// An earlier statement of this deed failed, so the deed is over.
    #[error("an earlier statement of this transaction failed")]
    Aborted,
    /// The transaction that carried the deed could not be committed.
    #[error("not committed: {0}")]
    Commit(#[source] Arc<DbError>),
    /// A deed called the write door again instead of using its connection.
    #[error("a deed must not open the write door again")]
    Nested,
    /// The deed panicked; nothing of it was kept.
    #[error("the deed panicked")]
    Panicked,
    /// The deed took longer than a deed may; nothing of it was kept.
    #[error("the deed took longer than {limit_secs} s")]
    TooLong {
        /// The limit in seconds.
        limit_secs: u64,
    },
    /// The database was closed.
    #[error("the database is closed")]
    Closed,
    /// The database URL is of no known kind.
    #[error("a database URL starts with sqlite: or postgres://")]
    UnknownUrl,
    /// SQLite's locks are not safe on a network file system.
    #[error(
        "{} lies on a network file system ({kind}), where SQLite can lose data: use a local disk or PostgreSQL",
        path.display()
    )]
    NetworkFileSystem {
        /// The database file.
        path: PathBuf,
        /// The kind of file system, as the system calls it.
        kind: String,
    },
    /// The schema was made by a newer program.
    #[error("the database has schema {found}, this program knows up to {known}: start the newer program")]
    NewerSchema {
        /// Newest migration in the database.
        found: i64,
        /// Newest migration the program knows.
        known: i64,
    },
    /// A migration failed or does not fit what was applied earlier.
    #[error("migration: {0}")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// After the migrations some rows refer to rows that do not exist.
    #[error("{rows} rows refer to rows that do not exist, the first in table {table}")]
    DanglingReferences {
        /// How many rows.
        rows: usize,
        /// Table of the first one.
        table: String,
    },
    /// A PostgreSQL database is backed up with its own tools.
    #[error("a PostgreSQL database is backed up with pg_dump, not by this program")]
    BackupNeedsPgDump,
    /// The file system refused.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A column holds what this program did not write.
    #[error("a column does not hold what it must: {wanted}")]
    Unreadable {
        /// What it must hold: a type, or a few words.
        wanted: &'static str,
    },
    /// Anything else the database or its driver says.
    #[error("database: {0}")]
    Sqlx(#[source] sqlx::Error),
}

impl DbError {
    /// Whether the same deed may well succeed when it is run again from its beginning.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Busy(_) | Self::Serialization(_) => true,
            Self::Commit(cause) => cause.is_retryable(),
            _ => false,
        }
    }

    /// Whether the connection itself is gone, as opposed to a statement having been refused.
    pub(crate) fn is_broken_link(&self) -> bool {
        match self {
            Self::Sqlx(error) => {
                matches!(error, sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed)
                    || sqlstate(error).is_some_and(|state| state.starts_with("57P"))
            }
            _ => false,
        }
    }
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        let Some(refusal) = error.as_database_error() else {
            return match error {
                sqlx::Error::RowNotFound => Self::NotFound,
                sqlx::Error::PoolClosed => Self::Closed,
                sqlx::Error::PoolTimedOut => Self::Busy(error),
                other => Self::Sqlx(other),
            };
        };
        if refusal.is_unique_violation() {
            let constraint = refusal.constraint().unwrap_or_else(|| {
                // SQLite: "UNIQUE constraint failed: cards.number"
                let message = refusal.message();
                message.rsplit_once(": ").map_or(message, |(_, columns)| columns)
            });
            return Self::Conflict { constraint: constraint.to_owned() };
        }
        if refusal.is_foreign_key_violation() {
            return Self::Reference;
        }
        match contention(&error) {
            Some(Contention::Busy) => Self::Busy(error),
            Some(Contention::Collision) => Self::Serialization(error),
            None => Self::Sqlx(error),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for DbError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Migrate(error)
    }
}

/// Without the driver's own debug text: PostgreSQL's details quote whole rows.
impl fmt::Debug for DbError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DbError({self})")
    }
}

enum Contention {
    Busy,
    Collision,
}

fn contention(error: &sqlx::Error) -> Option<Contention> {
    const SQLITE_BUSY: i32 = 5;
    const SQLITE_LOCKED: i32 = 6;

    let refusal = error.as_database_error()?;
    let by_reader = refusal.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some();
    if by_reader || refusal.try_downcast_ref::<LiteError>().is_some() {
        let extended: i32 = refusal.code()?.parse().ok()?;
        return matches!(extended & 0xff, SQLITE_BUSY | SQLITE_LOCKED).then_some(Contention::Busy);
    }
    match refusal.code()?.as_ref() {
        "40001" | "40P01" => Some(Contention::Collision),
        "55P03" => Some(Contention::Busy),
        _ => None,
    }
}

/// The five-character SQLSTATE of a PostgreSQL error.
pub(crate) fn sqlstate(error: &sqlx::Error) -> Option<String> {
    let refusal = error.as_database_error()?;
    refusal.try_downcast_ref::<sqlx::postgres::PgDatabaseError>()?;
    refusal.code().map(std::borrow::Cow::into_owned)
}
