//! Migrated databases that those of the tests are copied from.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use sqlx::Connection;
use sqlx::migrate::Migrator;
use tokio::sync::Mutex;

use super::{SetupError, options, sqlite_url, with_database};
use crate::dynamic::Dynamic;
use crate::{Db, Migrations};

/// The bytes of a migrated SQLite file.
pub(super) async fn sqlite(migrations: &Migrations) -> Result<Arc<[u8]>, SetupError> {
    static MADE: Mutex<Option<HashMap<u64, Arc<[u8]>>>> = Mutex::const_new(None);

    let mut made = MADE.lock().await;
    let made = made.get_or_insert_default();
    let key = fingerprint(migrations.sqlite);
    if let Some(bytes) = made.get(&key) {
        return Ok(bytes.clone());
    }
    let folder = tempfile::Builder::new().prefix("passepartout-template-").tempdir()?;
    let file = folder.path().join("template.db");
    let db = Db::open(&sqlite_url(&file), &options()).await?;
    db.migrate(migrations).await?;
    db.close().await;
    let bytes: Arc<[u8]> = std::fs::read(&file)?.into();
    made.insert(key, bytes.clone());
    Ok(bytes)
}

/// Number of the migrated template database on this server; made by whichever process is first.
pub(super) async fn postgres(server: &str, migrations: &Migrations) -> Result<u64, SetupError> {
    static MADE: Mutex<Vec<u64>> = Mutex::const_new(Vec::new());

    let key = fingerprint(migrations.postgres);
    let mut made = MADE.lock().await;
    if !made.contains(&key) {
        let mut admin = sqlx::PgConnection::connect(server).await?;
        // Test processes share the server; the lock ends with the connection.
        sqlx::query("SELECT pg_advisory_lock(7277)").execute(&mut admin).await?;
        let outcome = make_on_server(&mut admin, server, migrations, key).await;
        admin.close().await?;
        outcome?;
        made.push(key);
    }
    Ok(key)
}

/// Migrates under another name first, so that a template is always complete.
async fn make_on_server(
    admin: &mut sqlx::PgConnection,
    server: &str,
    migrations: &Migrations,
    key: u64,
) -> Result<(), SetupError> {
    let name = format!("passepartout_template_{key}");
    let exists: Option<(i32,)> =
        sqlx::query_as("SELECT 1 FROM pg_database WHERE datname = $1").bind(&name).fetch_optional(&mut *admin).await?;
    if exists.is_some() {
        return Ok(());
    }
    run(admin, "DROP DATABASE IF EXISTS passepartout_unfinished_", key, "").await?;
    run(admin, "CREATE DATABASE passepartout_unfinished_", key, " TEMPLATE template0").await?;
    let url = with_database(server, &format!("passepartout_unfinished_{key}"));
    let db = Db::open(&url, &options()).await?;
    db.migrate(migrations).await?;
    db.close().await;
    let mut sql = Dynamic::default();
    sql.push("ALTER DATABASE passepartout_unfinished_").push_number(key);
    sql.push(" RENAME TO passepartout_template_").push_number(key);
    sqlx::raw_sql(sql.finish().0).execute(admin).await?;
    Ok(())
}

async fn run(
    admin: &mut sqlx::PgConnection,
    before: &'static str,
    key: u64,
    after: &'static str,
) -> Result<(), SetupError> {
    let mut sql = Dynamic::default();
    sql.push(before).push_number(key).push(after);
    sqlx::raw_sql(sql.finish().0).execute(admin).await?;
    Ok(())
}

/// Tells sets of migrations apart.
fn fingerprint(migrator: &Migrator) -> u64 {
    let mut hasher = DefaultHasher::new();
    for migration in migrator.iter() {
        migration.version.hash(&mut hasher);
        migration.checksum.hash(&mut hasher);
    }
    hasher.finish()
}
