//! Migrations: applied once, and never backwards.

use db::testing::TestDb;
use db::{DbError, Migrations};

use crate::MIGRATIONS;

crate::on_both!(migrating_again_changes_nothing, a_newer_schema_is_refused);

static OLDER: Migrations =
    Migrations { sqlite: &sqlx::migrate::Migrator::DEFAULT, postgres: &sqlx::migrate::Migrator::DEFAULT };

async fn migrating_again_changes_nothing(db: TestDb) {
    db.migrate(&MIGRATIONS).await.unwrap();
}

async fn a_newer_schema_is_refused(db: TestDb) {
    let refused = db.migrate(&OLDER).await;
    assert!(matches!(refused, Err(DbError::NewerSchema { found: 1, known: 0 })), "{refused:?}");
}
