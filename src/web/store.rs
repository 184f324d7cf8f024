//! What the frame itself keeps in the database: the answers of idempotency keys.

use crate::kernel::UtcMs;
use db::{Conn, DbError, args};

db::statements! {
    /// Stores the answer of a key. Of two requests at once the second waits here for the end of the first, and is refused.
    STORE_ANSWER = "INSERT INTO idempotency_answers (actor, idempotency_key, request_sha256, status, body, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// The stored answer of a key.
    FIND_ANSWER = "SELECT request_sha256, status, body FROM idempotency_answers WHERE actor = $1 AND idempotency_key = $2";
    /// Forgets answers that are too old to be asked for again.
    FORGET_ANSWERS = "DELETE FROM idempotency_answers WHERE created_at < $1";
    /// Answers when the database answers.
    PING = "SELECT CAST(1 AS BIGINT)";
}

/// The answer of a key, and the hash of the request that it answered.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct StoredAnswer {
    pub(super) request_sha256: Vec<u8>,
    pub(super) status: i64,
    pub(super) body: String,
}

/// What is stored under an actor's key, if anything is.
pub(super) async fn find_answer(conn: &mut Conn, actor: &str, key: &str) -> Result<Option<StoredAnswer>, DbError> {
    conn.fetch_optional(&FIND_ANSWER, args![actor, key]).await
}

/// Stores an answer under an actor's key, at the latest when the deed ends. The deed is refused then if the key was used.
pub(super) fn store_answer(
    tx: &mut Conn,
    actor: &str,
    key: &str,
    answer: &StoredAnswer,
    now: UtcMs,
) -> Result<(), DbError> {
    let StoredAnswer { request_sha256, status, body } = answer;
    tx.execute_later(&STORE_ANSWER, args![actor, key, request_sha256, *status, body, now.0])
}

/// Forgets the answers given before a moment; answers how many there were.
pub(super) async fn forget_answers(tx: &mut Conn, before: UtcMs) -> Result<u64, DbError> {
    tx.execute(&FORGET_ANSWERS, args![before.0]).await
}

/// Whether the database answers.
pub(super) async fn ping(conn: &mut Conn) -> Result<(), DbError> {
    conn.fetch_one::<(i64,)>(&PING, args![]).await.map(drop)
}
