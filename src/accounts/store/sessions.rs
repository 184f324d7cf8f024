//! Sessions and attempts to sign in.

use super::super::session::SignedIn;
use crate::kernel::UtcMs;
use crate::kernel::ids::StaffId;
use crate::kernel::roles::Roles;
use db::{Conn, DbError, args};

db::statements! {
    /// Adds a session.
    INSERT_SESSION = "INSERT INTO sessions (token_sha256, staff_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    /// The member of staff of a session that has not ended. Roles and rights are those of this moment, not of the sign-in.
    FIND_SESSION = "SELECT staff.id, staff.name, staff.roles, staff.rights FROM sessions JOIN staff ON staff.id = sessions.staff_id
        WHERE sessions.token_sha256 = $1 AND sessions.expires_at > $2 AND NOT staff.disabled";
    /// Ends a session.
    DELETE_SESSION = "DELETE FROM sessions WHERE token_sha256 = $1";
    /// Ends all sessions of a member of staff.
    DELETE_SESSIONS_OF = "DELETE FROM sessions WHERE staff_id = $1";
    /// Ends all sessions of a member of staff but one.
    DELETE_OTHER_SESSIONS_OF = "DELETE FROM sessions WHERE staff_id = $1 AND token_sha256 <> $2";
    /// Forgets sessions that are over.
    DELETE_EXPIRED = "DELETE FROM sessions WHERE expires_at <= $1";
    /// Counts an attempt, from 1 when the last window is over, and answers the count.
    COUNT_ATTEMPT = "INSERT INTO sign_in_attempts (subject_sha256, since, attempts) VALUES ($1, $2, 1)
        ON CONFLICT (subject_sha256) DO UPDATE SET
            attempts = CASE WHEN sign_in_attempts.since <= $3 THEN 1 ELSE sign_in_attempts.attempts + 1 END,
            since = CASE WHEN sign_in_attempts.since <= $3 THEN $2 ELSE sign_in_attempts.since END
        RETURNING attempts";
    /// Forgets the attempts on a subject.
    CLEAR_ATTEMPTS = "DELETE FROM sign_in_attempts WHERE subject_sha256 = $1";
    /// Forgets attempts whose window is over.
    DELETE_OLD_ATTEMPTS = "DELETE FROM sign_in_attempts WHERE since <= $1";
}

pub(in crate::accounts) async fn insert_session(
    tx: &mut Conn,
    token_sha256: &[u8; 32],
    staff: StaffId,
    now: UtcMs,
    expires_at: UtcMs,
) -> Result<(), DbError> {
    tx.execute(&DELETE_EXPIRED, args![now.0]).await?;
    tx.execute_one(&INSERT_SESSION, args![token_sha256.as_slice(), staff.to_string(), now.0, expires_at.0]).await
}

pub(in crate::accounts) async fn find_session(
    conn: &mut Conn,
    token_sha256: &[u8; 32],
    now: UtcMs,
) -> Result<Option<SignedIn>, DbError> {
    let row: Option<(String, String, String, String)> =
        conn.fetch_optional(&FIND_SESSION, args![token_sha256.as_slice(), now.0]).await?;
    Ok(row.and_then(|(id, name, roles, rights)| {
        Some(SignedIn {
            staff: id.parse().ok()?,
            name,
            roles: Roles::from_text(&roles),
            rights: rights.split(',').filter(|right| !right.is_empty()).map(str::to_owned).collect(),
        })
    }))
}

pub(in crate::accounts) async fn delete_session(tx: &mut Conn, token_sha256: &[u8; 32]) -> Result<bool, DbError> {
    Ok(tx.execute(&DELETE_SESSION, args![token_sha256.as_slice()]).await? == 1)
}

pub(in crate::accounts) async fn delete_sessions_of(tx: &mut Conn, staff: StaffId) -> Result<u64, DbError> {
    tx.execute(&DELETE_SESSIONS_OF, args![staff.to_string()]).await
}

pub(in crate::accounts) async fn delete_other_sessions_of(
    tx: &mut Conn,
    staff: StaffId,
    kept_sha256: &[u8; 32],
) -> Result<u64, DbError> {
    tx.execute(&DELETE_OTHER_SESSIONS_OF, args![staff.to_string(), kept_sha256.as_slice()]).await
}

pub(in crate::accounts) async fn count_attempt(
    tx: &mut Conn,
    subject_sha256: &[u8; 32],
    now: UtcMs,
    window_start: UtcMs,
) -> Result<i64, DbError> {
    let (attempts,): (i64,) =
        tx.fetch_one(&COUNT_ATTEMPT, args![subject_sha256.as_slice(), now.0, window_start.0]).await?;
    Ok(attempts)
}

pub(in crate::accounts) async fn clear_attempts(tx: &mut Conn, subject_sha256: &[u8; 32]) -> Result<(), DbError> {
    tx.execute(&CLEAR_ATTEMPTS, args![subject_sha256.as_slice()]).await?;
    Ok(())
}

pub(in crate::accounts) async fn delete_old_attempts(tx: &mut Conn, window_start: UtcMs) -> Result<(), DbError> {
    tx.execute(&DELETE_OLD_ATTEMPTS, args![window_start.0]).await?;
    Ok(())
}
