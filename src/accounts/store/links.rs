//! Links for a new password.

use crate::kernel::UtcMs;
use crate::kernel::ids::StaffId;
use db::{Conn, DbError, args};

db::statements! {
    /// Keeps a link in place of the one before.
    PUT_LINK = "INSERT INTO password_links (staff_id, token_sha256, created_at, expires_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (staff_id) DO UPDATE SET token_sha256 = excluded.token_sha256, created_at = excluded.created_at,
        expires_at = excluded.expires_at";
    /// Whose link this is, while it works.
    FIND_LINK = "SELECT staff.id FROM password_links JOIN staff ON staff.id = password_links.staff_id
        WHERE password_links.token_sha256 = $1 AND password_links.expires_at > $2 AND NOT staff.disabled";
    /// Uses a link up.
    DELETE_LINK = "DELETE FROM password_links WHERE token_sha256 = $1";
}

pub(in crate::accounts) async fn put_link(
    tx: &mut Conn,
    staff: StaffId,
    token_sha256: &[u8; 32],
    now: UtcMs,
    expires_at: UtcMs,
) -> Result<(), DbError> {
    tx.execute_one(&PUT_LINK, args![staff.to_string(), token_sha256.as_slice(), now.0, expires_at.0]).await
}

pub(in crate::accounts) async fn find_link(
    conn: &mut Conn,
    token_sha256: &[u8; 32],
    now: UtcMs,
) -> Result<Option<StaffId>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&FIND_LINK, args![token_sha256.as_slice(), now.0]).await?;
    Ok(row.and_then(|(id,)| id.parse().ok()))
}

/// Uses a link up; of two at once only one gets it.
pub(in crate::accounts) async fn take_link(
    tx: &mut Conn,
    token_sha256: &[u8; 32],
    now: UtcMs,
) -> Result<Option<StaffId>, DbError> {
    let found = find_link(tx, token_sha256, now).await?;
    let taken = tx.execute(&DELETE_LINK, args![token_sha256.as_slice()]).await?;
    Ok(found.filter(|_| taken == 1))
}
