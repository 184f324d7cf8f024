//! A database for each test, on either backend.
//!
//! SQLite: a migrated template is kept in memory, each test writes it to a folder of its own.
//! PostgreSQL: each test gets a database made from a migrated template, in a private [`Cluster`] that
//! lives as long as the process, or in the server named by `PASSEPARTOUT_TEST_POSTGRES`. A machine
//! without PostgreSQL makes such a test fail; it is never skipped.

mod cluster;
mod template;

use std::ops::Deref;
use std::path::Path;
use std::sync::OnceLock;

use sqlx::Connection;

pub use self::cluster::Cluster;
use crate::dynamic::Dynamic;
use crate::{Backend, Db, DbError, Migrations, Options};

/// Names the PostgreSQL server that tests use instead of a private one, as a URL.
pub const SERVER_VARIABLE: &str = "PASSEPARTOUT_TEST_POSTGRES";

/// An open, migrated database that is removed when this is dropped.
#[derive(Debug)]
pub struct TestDb {
    db: Db,
    url: String,
    _home: Home,
}

#[derive(Debug)]
enum Home {
    Folder(#[expect(dead_code, reason = "kept for its drop")] tempfile::TempDir),
    Server(#[expect(dead_code, reason = "kept for its drop")] ServerDatabase),
}

impl TestDb {
    /// A SQLite database.
    ///
    /// # Panics
    ///
    /// When it cannot be made.
    pub async fn sqlite(migrations: &Migrations) -> Self {
        Self::on(Backend::Sqlite, migrations).await
    }

    /// A PostgreSQL database.
    ///
    /// # Panics
    ///
    /// When it cannot be made, above all when there is no PostgreSQL.
    pub async fn postgres(migrations: &Migrations) -> Self {
        Self::on(Backend::Postgres, migrations).await
    }

    /// A database on the given backend.
    ///
    /// # Panics
    ///
    /// As [`sqlite`](Self::sqlite) and [`postgres`](Self::postgres).
    pub async fn on(backend: Backend, migrations: &Migrations) -> Self {
        let made = match backend {
            Backend::Sqlite => make_sqlite(migrations).await,
            Backend::Postgres => make_postgres(migrations).await,
        };
        match made {
            Ok(test_db) => test_db,
            Err(error) => panic!("no test database on {backend:?}: {error}"),
        }
    }

    /// The open database. Clone it to move it into tasks.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Where it lies, for other processes.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

/// What went wrong while making a test database.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// At the database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// At the file system or a process.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// PostgreSQL is not installed.
    #[error(
        "PostgreSQL was found neither on PATH nor in /usr/lib/postgresql: install it, or name a server in {SERVER_VARIABLE}"
    )]
    NoPostgres,
    /// A program failed.
    #[error("{program}: {output}")]
    Program {
        /// Which one.
        program: &'static str,
        /// What it wrote.
        output: String,
    },
}

impl From<sqlx::Error> for SetupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

/// Small pools; and no waiting for the disk, since nobody needs the data after the test.
fn options() -> Options {
    Options { readers: 4, pg_connections: 4, sync_full: false, ..Options::default() }
}

async fn make_sqlite(migrations: &Migrations) -> Result<TestDb, SetupError> {
    let folder = tempfile::Builder::new().prefix("passepartout-test-").tempdir()?;
    let file = folder.path().join("test.db");
    std::fs::write(&file, &*template::sqlite(migrations).await?)?;
    let url = sqlite_url(&file);
    let db = Db::open(&url, &options()).await?;
    Ok(TestDb { db, url, _home: Home::Folder(folder) })
}

fn sqlite_url(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}

async fn make_postgres(migrations: &Migrations) -> Result<TestDb, SetupError> {
    let server = server()?;
    let template = template::postgres(server, migrations).await?;
    let name = fresh_name();
    let mut admin = sqlx::PgConnection::connect(server).await?;
    let mut sql = Dynamic::default();
    sql.push("CREATE DATABASE passepartout_test_").push_number(name);
    sql.push(" TEMPLATE passepartout_template_").push_number(template);
    sqlx::raw_sql(sql.finish().0).execute(&mut admin).await?;
    admin.close().await?;
    let url = with_database(server, &format!("passepartout_test_{name}"));
    let home = Home::Server(ServerDatabase { server: server.to_owned(), name });
    let db = Db::open(&url, &options()).await?;
    Ok(TestDb { db, url, _home: home })
}

/// A number that no other test uses, in this process or another.
fn fresh_name() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(std::process::id())
}

/// URL of the server for this process.
fn server() -> Result<&'static str, SetupError> {
    static GIVEN: OnceLock<Option<String>> = OnceLock::new();
    if let Some(url) = GIVEN.get_or_init(|| std::env::var(SERVER_VARIABLE).ok()) {
        return Ok(url);
    }
    cluster::of_this_process().map(Cluster::url)
}

/// The URL of another database on the same server.
fn with_database(server: &str, name: &str) -> String {
    let (address, query) = match server.split_once('?') {
        Some((address, query)) => (address, format!("?{query}")),
        None => (server, String::new()),
    };
    let host = address.find("://").map_or(0, |at| at + 3);
    let end = address[host..].find('/').map_or(address.len(), |at| host + at);
    format!("{}/{name}{query}", &address[..end])
}

/// A database on a server, removed when this is dropped.
#[derive(Debug)]
struct ServerDatabase {
    server: String,
    name: u64,
}

impl Drop for ServerDatabase {
    fn drop(&mut self) {
        let mut sql = Dynamic::default();
        sql.push("DROP DATABASE IF EXISTS passepartout_test_").push_number(self.name);
        sql.push(" WITH (FORCE)");
        let (text, _) = sql.finish();
        let server = self.server.clone();
        // A drop cannot wait for a future; a thread of its own can.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async move {
                let mut admin = sqlx::PgConnection::connect(&server).await?;
                sqlx::raw_sql(text).execute(&mut admin).await?;
                admin.close().await?;
                Ok::<_, SetupError>(())
            })
        });
        match dropped.join() {
            Ok(Ok(())) => {}
            Ok(Err(error)) => eprintln!("a test database was left behind: {error}"),
            Err(_) => eprintln!("a test database was left behind"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn the_database_of_a_url_is_exchanged() {
        for (server, url) in [
            ("postgres://u@h:5/postgres", "postgres://u@h:5/x"),
            ("postgres://u@h:5", "postgres://u@h:5/x"),
            ("postgres://u@h/a?sslmode=disable", "postgres://u@h/x?sslmode=disable"),
            ("postgres:///a?host=/run/pg", "postgres:///x?host=/run/pg"),
        ] {
            assert_eq!(with_database(server, "x"), url);
        }
    }
}
