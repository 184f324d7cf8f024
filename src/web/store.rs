//! What the frame itself keeps in the database: the answers of idempotency keys.

use crate::kernel::UtcMs;
use db::{Conn, DbError, args};

db::statements! {
    /// Takes a key, unless it was used. Of two requests at once the second waits here for the end of the first.
    TAKE_KEY = "INSERT INTO idempotency_answers (actor, idempotency_key, request_sha256, status, body, created_at)
        VALUES ($1, $2, $3, 0, '', $4) ON CONFLICT DO NOTHING RETURNING created_at";
    /// The stored answer of a key.
    FIND_ANSWER = "SELECT request_sha256, status, body FROM idempotency_answers WHERE actor = $1 AND idempotency_key = $2";
    /// Stores the answer of a key.
    STORE_ANSWER = "UPDATE idempotency_answers SET status = $3, body = $4 WHERE actor = $1 AND idempotency_key = $2";
    /// Forgets answers that are too old to be asked for again.
    FORGET_ANSWERS = "DELETE FROM idempotency_answers WHERE created_at < $1";
    /// Answers when the database answers.
    PING = "SELECT CAST(1 AS BIGINT)";
}

/// The answer of a key, and the hash of the request that it answered.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct StoredAnswer {
    pub(super) request_sha256: Vec<u8>,
    pub(super) status: i64,
    pub(super) body: String,
}

/// Takes an actor's key for a request; answers what is stored when the key was used before.
pub(super) async fn take_key(
    tx: &mut Conn,
    actor: &str,
    key: &str,
    request_sha256: &[u8],
    now: UtcMs,
) -> Result<Option<StoredAnswer>, DbError> {
    let taken: Option<(i64,)> = tx.fetch_optional(&TAKE_KEY, args![actor, key, request_sha256, now.0]).await?;
    match taken {
        Some(_) => Ok(None),
        None => tx.fetch_one(&FIND_ANSWER, args![actor, key]).await.map(Some),
    }
}

/// Stores the answer of a key that was taken.
pub(super) fn store_answer(tx: &mut Conn, actor: &str, key: &str, status: u16, body: &str) -> Result<(), DbError> {
    tx.execute_later(&STORE_ANSWER, args![actor, key, status, body])
}

/// Forgets the answers given before a moment; answers how many there were.
pub(super) async fn forget_answers(tx: &mut Conn, before: UtcMs) -> Result<u64, DbError> {
    tx.execute(&FORGET_ANSWERS, args![before.0]).await
}

/// Whether the database answers.
pub(super) async fn ping(conn: &mut Conn) -> Result<(), DbError> {
    conn.fetch_one::<(i64,)>(&PING, args![]).await.map(drop)
}
