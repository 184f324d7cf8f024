//! Sessions: a member of staff who signed in, until they sign out, the working day is over, or they are disabled.
//!
//! The browser holds a token of 256 random bits, the database its SHA-256. Roles are looked up at every request, so what an
//! administrator changes counts at once.

use super::store::sessions;
use crate::audit::{self, Entry};
use crate::kernel::ids::StaffId;
use crate::kernel::roles::Roles;
use crate::kernel::{Act, UtcMs};
use db::{Conn, DbError};
use sha2::{Digest, Sha256};

/// How long a session lasts, in seconds: one working day, however it is used.
pub const LASTS_SECS: i64 = 12 * 60 * 60;

/// A member of staff who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who it is.
    pub staff: StaffId,
    /// Their name.
    pub name: String,
    /// Their roles at this moment.
    pub roles: Roles,
    /// Their special rights at this moment.
    pub rights: Vec<String>,
}

/// Begins a session and answers its token, which is not kept.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &mut Conn, act: &Act, staff: StaffId) -> Result<String, DbError> {
    let token = hex::encode(act.random.bytes::<32>());
    let expires_at = act.now.plus_millis(LASTS_SECS * 1_000);
    sessions::insert_session(tx, &token_sha256(&token), staff, act.now, expires_at).await?;
    audit::record(tx, act, Entry::new("staff.signed_in", "staff", staff)).await?;
    Ok(token)
}

/// Who holds this token now.
///
/// # Errors
/// When the database refuses.
pub async fn find(conn: &mut Conn, token: &str, now: UtcMs) -> Result<Option<SignedIn>, DbError> {
    sessions::find_session(conn, &token_sha256(token), now).await
}

/// Ends the session with this token, if there is one.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &mut Conn, act: &Act, token: &str, staff: StaffId) -> Result<(), DbError> {
    if sessions::delete_session(tx, &token_sha256(token)).await? {
        audit::record(tx, act, Entry::new("staff.signed_out", "staff", staff)).await?;
    }
    Ok(())
}

/// Ends all sessions of a member of staff: wherever they are signed in, they have to sign in again. Answers how many there were.
///
/// # Errors
/// When the database refuses.
pub async fn end_all_of(tx: &mut Conn, act: &Act, staff: StaffId) -> Result<u64, DbError> {
    let ended = sessions::delete_sessions_of(tx, staff).await?;
    audit::record(tx, act, Entry::new("staff.sessions_ended", "staff", staff)).await?;
    Ok(ended)
}

/// What the database keeps of a session's token.
pub(super) fn token_sha256(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
