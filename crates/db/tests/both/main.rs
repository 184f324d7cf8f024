//! The data layer on both databases. Every story runs twice.

mod connections;
mod lists;
mod schema;
mod sequencer;
mod statements;
mod write_door;

use db::Migrations;

static MIGRATIONS: Migrations = Migrations {
    sqlite: &{ sqlx::migrate!("tests/both/migrations/sqlite") },
    postgres: &{ sqlx::migrate!("tests/both/migrations/postgres") },
};

/// Makes a test of each story for each database.
macro_rules! on_both {
    ($($story:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                super::$story(db::testing::TestDb::sqlite(&crate::MIGRATIONS).await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                super::$story(db::testing::TestDb::postgres(&crate::MIGRATIONS).await).await;
            })+
        }
    };
}
use on_both;
