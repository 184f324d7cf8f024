//! The table `code_tries`, and what may be said about a code that nobody knows.

use super::to_json;
use crate::kernel::UtcMs;
use db::{Conn, DbError, args};

db::statements! {
    /// How many different wrong codes a client tried since a moment.
    COUNT = "SELECT COUNT(*) FROM code_tries WHERE client_sha256 = $1 AND tried_at > $2";
    /// Notes a wrong code.
    NOTE = "INSERT INTO code_tries (client_sha256, code_sha256, tried_at) VALUES ($1, $2, $3)
        ON CONFLICT (client_sha256, code_sha256) DO UPDATE SET tried_at = excluded.tried_at";
    /// Forgets what was tried before a moment.
    FORGET = "DELETE FROM code_tries WHERE tried_at <= $1";
    /// How generated codes look.
    PATTERNS = "SELECT DISTINCT prefix, code_length FROM code_batches";
    /// An own code without a limit in which look-alikes of one of these meet.
    PUBLIC_LIKE = {
        lite: "SELECT code FROM codes WHERE skeleton IN (SELECT value FROM json_each($1))
            AND enabled AND batch_id IS NULL AND max_uses IS NULL ORDER BY fold LIMIT 1",
        pg: "SELECT code FROM codes WHERE skeleton IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))
            AND enabled AND batch_id IS NULL AND max_uses IS NULL ORDER BY fold LIMIT 1"
    };
}

pub(in crate::promotions) async fn count_tries(conn: &mut Conn, client: &[u8], since: UtcMs) -> Result<i64, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT, args![client.to_vec(), since.0]).await?;
    Ok(count)
}

/// Notes wrong codes of a client, and forgets what is older than `since`.
pub(in crate::promotions) async fn note_tries(
    tx: &mut Conn,
    client: &[u8],
    codes: &[Vec<u8>],
    now: UtcMs,
    since: UtcMs,
) -> Result<(), DbError> {
    tx.execute(&FORGET, args![since.0]).await?;
    for code in codes {
        tx.execute_one(&NOTE, args![client.to_vec(), code.clone(), now.0]).await?;
    }
    Ok(())
}

/// The prefixes of generated codes, and how many characters follow each.
pub(in crate::promotions) async fn patterns(conn: &mut Conn) -> Result<Vec<(String, i64)>, DbError> {
    conn.fetch_all(&PATTERNS, args![]).await
}

pub(in crate::promotions) async fn public_like(
    conn: &mut Conn,
    skeletons: &[String],
) -> Result<Option<String>, DbError> {
    let found: Option<(String,)> = conn.fetch_optional(&PUBLIC_LIKE, args![to_json(&skeletons)?]).await?;
    Ok(found.map(|(code,)| code))
}
