//! Statements used by several stories, and the check that both databases accept all of them.

use db::testing::TestDb;

db::statements! {
    pub ADD_COUNTER = "INSERT INTO counters (max_uses) VALUES ($1) RETURNING id";
    pub USE_COUNTER = "UPDATE counters SET uses = uses + 1 WHERE id = $1 AND uses < max_uses";
    pub COUNTER_USES = "SELECT uses FROM counters WHERE id = $1";
    pub ADD_NOTE = "INSERT INTO notes (key, counter_id) VALUES ($1, $2)";
    pub NOTE_KEYS = "SELECT key FROM notes ORDER BY key";
    pub NOTE_ID = {
        lite: "SELECT id FROM notes WHERE key = $1",
        pg: "SELECT id FROM notes WHERE key = $1 FOR UPDATE",
    };
}

crate::on_both!(all_are_prepared);

async fn all_are_prepared(db: TestDb) {
    let names: Vec<_> = db::all_statements().map(db::Sql::name).collect();
    assert!(names.contains(&"both::statements::USE_COUNTER"), "{names:?}");
    assert!(names.contains(&"db::sequencer::LOCK_CLOCK"), "{names:?}");
    let refused = db::prepare_all(&db).await;
    assert!(refused.is_empty(), "{refused:?}");
}

mod faulty {
    //! A statement that no database takes, outside the register.
    use db::Sql;

    pub(super) static NO_SUCH_TABLE: Sql = Sql::new("NO_SUCH_TABLE", "SELECT 1 FROM nowhere", "SELECT 1 FROM nowhere");
}

#[tokio::test]
async fn a_faulty_statement_is_refused() {
    let db = TestDb::sqlite(&crate::MIGRATIONS).await;
    let mut conn = db.read().await.unwrap();
    let refused = conn.fetch_all::<(i64,)>(&faulty::NO_SUCH_TABLE, db::args![]).await;
    assert!(matches!(refused, Err(db::DbError::Sqlx(_))));
}
