//! Links that work once, and sessions, by the hashes of their tokens.

use crate::customers::customer::fold_address;
use crate::kernel::UtcMs;
use crate::kernel::ids::CustomerId;
use db::{Conn, DbError, args};

db::statements! {
    /// Keeps a link in place of the one before.
    PUT_LINK = "INSERT INTO customer_links (address_fold, token_sha256, address, language, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (address_fold) DO UPDATE SET token_sha256 = excluded.token_sha256, address = excluded.address,
        language = excluded.language, created_at = excluded.created_at, expires_at = excluded.expires_at";
    /// A link that works.
    FIND_LINK = "SELECT address, language FROM customer_links WHERE token_sha256 = $1 AND expires_at > $2";
    /// Uses a link up.
    TAKE_LINK = "DELETE FROM customer_links WHERE token_sha256 = $1 AND expires_at > $2 RETURNING address, language";
    /// Takes the link of an address back.
    DELETE_LINK_OF = "DELETE FROM customer_links WHERE address_fold = $1";
    /// Forgets links that are over.
    DELETE_OLD_LINKS = "DELETE FROM customer_links WHERE expires_at <= $1";
    /// Begins a session.
    INSERT_SESSION = "INSERT INTO customer_sessions (token_sha256, customer_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    /// Whose session this is.
    FIND_SESSION = "SELECT customer_id FROM customer_sessions WHERE token_sha256 = $1 AND expires_at > $2";
    /// Ends a session.
    DELETE_SESSION = "DELETE FROM customer_sessions WHERE token_sha256 = $1";
    /// Ends all sessions of a customer.
    DELETE_SESSIONS_OF = "DELETE FROM customer_sessions WHERE customer_id = $1";
    /// Forgets sessions that are over.
    DELETE_OLD_SESSIONS = "DELETE FROM customer_sessions WHERE expires_at <= $1";
}

pub(in crate::customers) async fn put_link(
    tx: &mut Conn,
    address_fold: &str,
    token_sha256: &[u8; 32],
    address: &str,
    language: &str,
    now: UtcMs,
    expires_at: UtcMs,
) -> Result<(), DbError> {
    tx.execute(&DELETE_OLD_LINKS, args![now.0]).await?;
    let values = args![address_fold, token_sha256.as_slice(), address, language, now.0, expires_at.0];
    tx.execute_one(&PUT_LINK, values).await
}

pub(in crate::customers) async fn link_works(
    conn: &mut Conn,
    token_sha256: &[u8; 32],
    now: UtcMs,
) -> Result<bool, DbError> {
    let row: Option<(String, String)> = conn.fetch_optional(&FIND_LINK, args![token_sha256.as_slice(), now.0]).await?;
    Ok(row.is_some())
}

/// Uses a link up; of two at once only one gets it.
pub(in crate::customers) async fn take_link(
    tx: &mut Conn,
    token_sha256: &[u8; 32],
    now: UtcMs,
) -> Result<Option<(String, String)>, DbError> {
    tx.fetch_optional(&TAKE_LINK, args![token_sha256.as_slice(), now.0]).await
}

pub(in crate::customers) async fn insert_session(
    tx: &mut Conn,
    token_sha256: &[u8; 32],
    customer: CustomerId,
    now: UtcMs,
    expires_at: UtcMs,
) -> Result<(), DbError> {
    tx.execute(&DELETE_OLD_SESSIONS, args![now.0]).await?;
    tx.execute_one(&INSERT_SESSION, args![token_sha256.as_slice(), customer.to_string(), now.0, expires_at.0]).await
}

pub(in crate::customers) async fn find_session(
    conn: &mut Conn,
    token_sha256: &[u8; 32],
    now: UtcMs,
) -> Result<Option<CustomerId>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&FIND_SESSION, args![token_sha256.as_slice(), now.0]).await?;
    Ok(row.and_then(|(id,)| id.parse().ok()))
}

pub(in crate::customers) async fn delete_session(tx: &mut Conn, token_sha256: &[u8; 32]) -> Result<(), DbError> {
    tx.execute(&DELETE_SESSION, args![token_sha256.as_slice()]).await.map(drop)
}

pub(in crate::customers) async fn delete_sessions_of(tx: &mut Conn, customer: CustomerId) -> Result<(), DbError> {
    tx.execute(&DELETE_SESSIONS_OF, args![customer.to_string()]).await.map(drop)
}

/// Takes the link of an address back.
pub(in crate::customers) async fn delete_link_of(tx: &mut Conn, address: &str) -> Result<(), DbError> {
    tx.execute(&DELETE_LINK_OF, args![fold_address(address)]).await.map(drop)
}
