//! Bringing a database to the schema that the program knows.

use sqlx::Connection;
use sqlx::migrate::{MigrateError, Migrator};

use crate::open::Target;
use crate::{Db, DbError};

/// The migrations of both databases: the same numbers and names, each in its own dialect.
#[derive(Clone, Copy, Debug)]
pub struct Migrations {
    /// For SQLite.
    pub sqlite: &'static Migrator,
    /// For PostgreSQL.
    pub postgres: &'static Migrator,
}

impl Db {
    /// Applies the migrations that are missing. Refuses a schema newer than the program.
    ///
    /// On SQLite foreign keys rest while tables are rebuilt, and are checked as a whole afterwards.
    pub async fn migrate(&self, set: &Migrations) -> Result<(), DbError> {
        match self.target() {
            Target::Lite(file) => {
                let mut conn = sqlx::SqliteConnection::connect_with(&file.migrating()).await?;
                let outcome = run(set.sqlite, &mut conn).await;
                let outcome = match outcome {
                    Ok(()) => check_references(&mut conn).await,
                    refused => refused,
                };
                conn.close().await?;
                outcome
            }
            Target::Pg(options) => {
                let mut conn = sqlx::PgConnection::connect_with(options).await?;
                let outcome = run(set.postgres, &mut conn).await;
                conn.close().await?;
                outcome
            }
        }
    }
}

async fn run<C: sqlx::migrate::Migrate>(migrator: &Migrator, conn: &mut C) -> Result<(), DbError> {
    let known = migrator.iter().map(|migration| migration.version).max().unwrap_or(0);
    match migrator.run_direct(None, conn, false).await {
        Err(MigrateError::VersionMissing(found)) if found > known => Err(DbError::NewerSchema { found, known }),
        other => Ok(other?),
    }
}

async fn check_references(conn: &mut sqlx::SqliteConnection) -> Result<(), DbError> {
    let dangling: Vec<(String,)> =
        sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_check").fetch_all(conn).await?;
    match dangling.first() {
        None => Ok(()),
        Some((table,)) => Err(DbError::DanglingReferences { rows: dangling.len(), table: table.clone() }),
    }
}
