//! The connection that all store functions take, for reads and writes on both databases.

use std::time::{Duration, Instant};

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{FromRow, Postgres, SqlStr, Sqlite, Transaction};

use crate::dynamic::Dynamic;
use crate::lite::{Lent, LiteConn, LiteRow};
use crate::{Args, Backend, DbError, Sql};

/// Statements in one trip.
const TOGETHER_MAX: usize = 16;

/// A connection lent by [`Db::read`](crate::Db::read), [`Db::snapshot`](crate::Db::snapshot) or
/// [`Db::write`](crate::Db::write).
///
/// Inside a transaction a failed statement ends everything: each later one is refused with
/// [`DbError::Aborted`], on SQLite too, so that code tested on one database holds on the other.
#[derive(Debug)]
pub struct Conn {
    link: Link,
    later: Vec<(&'static Sql, Args)>,
    /// When the deed has taken too long, and how many seconds that is.
    deadline: Option<(Instant, u64)>,
    failed: bool,
    contended: bool,
}

/// A row type that both databases can decode: derive `sqlx::FromRow`, or use a tuple.
///
/// The derive writes the name `sqlx`, so the crate that uses it must depend on `sqlx` itself.
#[expect(private_bounds, reason = "nobody implements it by hand")]
pub trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, LiteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Row for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, LiteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl Conn {
    /// Every row of the result.
    pub async fn fetch_all<R: Row>(&mut self, sql: &Sql, args: Args) -> Result<Vec<R>, DbError> {
        let rows = self.rows(self.text(sql), args).await?;
        rows.decode()
    }

    /// The first row of the result, if there is one.
    pub async fn fetch_optional<R: Row>(&mut self, sql: &Sql, args: Args) -> Result<Option<R>, DbError> {
        let rows = self.rows(self.text(sql), args).await?;
        Ok(rows.decode()?.into_iter().next())
    }

    /// The first row of the result; [`DbError::NotFound`] when there is none.
    pub async fn fetch_one<R: Row>(&mut self, sql: &Sql, args: Args) -> Result<R, DbError> {
        self.fetch_optional(sql, args).await?.ok_or(DbError::NotFound)
    }

    /// Runs the statement and answers how many rows it touched.
    pub async fn execute(&mut self, sql: &Sql, args: Args) -> Result<u64, DbError> {
        self.send_later_ones().await?;
        self.run(self.text(sql), args).await
    }

    /// Runs a statement of whose outcome nothing needs to be known before the deed ends, such as adding a record to the audit. All such
    /// statements of a deed go to the database together, before its next statement or at its end: one trip instead of many. A refusal of
    /// the database shows then.
    ///
    /// Statements that wait together must not be about the same row, since PostgreSQL runs them side by side; they may refer to each
    /// other's rows. Only deeds end: on a connection that only reads, it is refused.
    pub fn execute_later(&mut self, sql: &'static Sql, args: Args) -> Result<(), DbError> {
        self.refuse_after_failure()?;
        if !self.is_deed() {
            return Err(DbError::ReadOnly { statement: sql.name() });
        }
        self.later.push((sql, args));
        Ok(())
    }

    /// Runs a statement that must touch exactly one row; [`DbError::NotOneRow`] otherwise.
    pub async fn execute_one(&mut self, sql: &Sql, args: Args) -> Result<(), DbError> {
        match self.execute(sql, args).await? {
            1 => Ok(()),
            rows => Err(DbError::NotOneRow { statement: sql.name(), rows }),
        }
    }

    /// Whether this is the connection of a deed, which sees what the deed has written and nobody else does yet.
    pub fn is_deed(&self) -> bool {
        matches!(self.link, Link::LiteWrite(_) | Link::PgWrite(_))
    }

    /// Whether this connection sees one state of the database throughout.
    pub fn is_snapshot(&self) -> bool {
        match &self.link {
            Link::LiteSnapshot(_) | Link::PgSnapshot(_) => true,
            Link::LiteBrief(lent) => lent.is_snapshot(),
            _ => false,
        }
    }

    /// Which database this is.
    pub fn backend(&self) -> Backend {
        match self.link {
            Link::LiteRead(_) | Link::LiteSnapshot(_) | Link::LiteBrief(_) | Link::LiteWrite(_) => Backend::Sqlite,
            Link::PgRead(_) | Link::PgSnapshot(_) | Link::PgWrite(_) => Backend::Postgres,
        }
    }
}

/// Where a connection came from, which is also where it goes when dropped.
#[derive(Debug)]
pub(crate) enum Link {
    LiteRead(PoolConnection<Sqlite>),
    LiteSnapshot(Transaction<'static, Sqlite>),
    LiteBrief(Lent),
    LiteWrite(LiteConn),
    PgRead(PoolConnection<Postgres>),
    PgSnapshot(Transaction<'static, Postgres>),
    PgWrite(PgConnection),
}

/// The driver's connection behind a [`Conn`].
pub(crate) enum Driver<'c> {
    Lite(&'c mut SqliteConnection),
    LiteHere(Result<&'c mut LiteConn, sqlx::Error>),
    Pg(&'c mut PgConnection),
}

/// Rows not decoded yet.
pub(crate) enum Rows {
    Lite(Vec<SqliteRow>),
    LiteHere(Vec<LiteRow>),
    Pg(Vec<PgRow>),
}

impl Conn {
    pub(crate) fn new(link: Link) -> Self {
        Self { link, later: Vec::new(), deadline: None, failed: false, contended: false }
    }

    pub(crate) fn into_link(self) -> Link {
        self.link
    }

    pub(crate) fn driver(&mut self) -> Driver<'_> {
        match &mut self.link {
            Link::LiteRead(conn) => Driver::Lite(conn),
            Link::LiteSnapshot(transaction) => Driver::Lite(transaction),
            Link::LiteBrief(lent) => Driver::LiteHere(lent.conn()),
            Link::LiteWrite(conn) => Driver::LiteHere(Ok(conn)),
            Link::PgRead(conn) => Driver::Pg(conn),
            Link::PgSnapshot(transaction) => Driver::Pg(transaction),
            Link::PgWrite(conn) => Driver::Pg(conn),
        }
    }

    /// Runs a statement and collects its rows.
    pub(crate) async fn rows(&mut self, text: SqlStr, args: Args) -> Result<Rows, DbError> {
        self.send_later_ones().await?;
        self.refuse_after_failure()?;
        let outcome = match self.driver() {
            Driver::Lite(conn) => sqlx::query_with(text, args.into_lite()?).fetch_all(conn).await.map(Rows::Lite),
            Driver::LiteHere(conn) => conn.and_then(|conn| conn.fetch(text.as_str(), &args)).map(Rows::LiteHere),
            Driver::Pg(conn) => sqlx::query_with(text, args.into_pg()?).fetch_all(conn).await.map(Rows::Pg),
        };
        outcome.map_err(|error| self.note(error))
    }

    /// Sends what was put off until now.
    pub(crate) async fn send_later_ones(&mut self) -> Result<(), DbError> {
        if self.later.is_empty() {
            return Ok(());
        }
        let later = std::mem::take(&mut self.later);
        match self.backend() {
            Backend::Sqlite => {
                for (sql, args) in later {
                    self.run(self.text(sql), args).await?;
                }
            }
            Backend::Postgres => {
                let mut later = later.into_iter().peekable();
                while later.peek().is_some() {
                    let together = later.by_ref().take(TOGETHER_MAX).collect();
                    let (text, args) = Dynamic::joined(together).finish();
                    self.run(text, args).await?;
                }
            }
        }
        Ok(())
    }

    /// Runs a statement; answers how many rows it changed.
    pub(crate) async fn run(&mut self, text: SqlStr, args: Args) -> Result<u64, DbError> {
        self.refuse_after_failure()?;
        let outcome = match self.driver() {
            Driver::Lite(conn) => {
                sqlx::query_with(text, args.into_lite()?).execute(conn).await.map(|done| done.rows_affected())
            }
            Driver::LiteHere(conn) => conn.and_then(|conn| conn.execute(text.as_str(), &args)),
            Driver::Pg(conn) => {
                sqlx::query_with(text, args.into_pg()?).execute(conn).await.map(|done| done.rows_affected())
            }
        };
        outcome.map_err(|error| self.note(error))
    }

    /// Runs one of the write door's own statements, whatever happened before.
    pub(crate) async fn control(&mut self, statement: &'static str) -> Result<(), DbError> {
        match self.driver() {
            Driver::Lite(conn) => sqlx::query(statement).execute(conn).await.map(drop)?,
            Driver::LiteHere(conn) => conn?.control(statement)?,
            // As a simple query: one round trip, nothing to prepare.
            Driver::Pg(conn) => sqlx::raw_sql(statement).execute(conn).await.map(drop)?,
        }
        Ok(())
    }

    /// Forgets what earlier deeds met with.
    pub(crate) fn start_deed(&mut self, limit: Duration) {
        self.later.clear();
        self.deadline = Some((Instant::now() + limit, limit.as_secs()));
        self.failed = false;
        self.contended = false;
    }

    /// Whether a statement of the deed failed.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Whether the deed met with contention, so that running it again may help.
    pub(crate) fn was_contended(&self) -> bool {
        self.contended
    }

    fn text(&self, sql: &Sql) -> SqlStr {
        SqlStr::from_static(sql.text(self.backend()))
    }

    /// Between statements that run on this thread nobody else can say that the time is over.
    fn refuse_after_failure(&mut self) -> Result<(), DbError> {
        match self.deadline {
            _ if self.failed => Err(DbError::Aborted),
            Some((deadline, limit_secs)) if Instant::now() > deadline => {
                self.failed = true;
                Err(DbError::TooLong { limit_secs })
            }
            _ => Ok(()),
        }
    }

    fn note(&mut self, error: sqlx::Error) -> DbError {
        let error = DbError::from(error);
        self.failed |= self.is_deed() || self.is_snapshot();
        self.contended |= error.is_retryable();
        error
    }
}

impl Rows {
    pub(crate) fn decode<R: Row>(&self) -> Result<Vec<R>, DbError> {
        let decoded: Result<Vec<R>, sqlx::Error> = match self {
            Self::Lite(rows) => rows.iter().map(R::from_row).collect(),
            Self::LiteHere(rows) => rows.iter().map(R::from_row).collect(),
            Self::Pg(rows) => rows.iter().map(R::from_row).collect(),
        };
        decoded.map_err(DbError::Sqlx)
    }
}
