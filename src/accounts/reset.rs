//! A new password by a link, which an administrator makes or a mail brings: it works once, for a day.
//!
//! The link carries 256 random bits, the database keeps their SHA-256. A new link takes the place of the one before.

use super::store::{self, links, sessions};
use crate::audit::{self, Entry};
use crate::kernel::ids::StaffId;
use crate::kernel::{Act, Actor, UtcMs};
use crate::mail::{self, NewMail, Recipient};
use db::{Conn, DbError};
use sha2::{Digest, Sha256};

/// How long a link works, in seconds.
pub const LASTS_SECS: i64 = 24 * 60 * 60;

/// The kind of mail with a link for a new password. Its writer makes the link.
pub const PASSWORD_LINK: &str = "staff.password_link";

/// Why there is no link or no new password.
#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    /// There is no such member of staff, or they may not sign in.
    #[error("there is no such member of staff who may sign in")]
    NotFound,
    /// The link was used, is too old, or was never made.
    #[error("this link was used or is too old")]
    LinkOver,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Makes a link for a member of staff and answers its token, which is shown this once. The page is `/password/{token}`.
///
/// # Errors
/// When there is no such member of staff, or they may not sign in.
pub async fn make_link(tx: &mut Conn, act: &Act, staff: StaffId) -> Result<String, ResetError> {
    if store::find_hash(tx, staff).await?.is_none() {
        return Err(ResetError::NotFound);
    }
    let token = hex::encode(act.random.bytes::<32>());
    let expires_at = act.now.plus_millis(LASTS_SECS * 1_000);
    links::put_link(tx, staff, &sha256(&token), act.now, expires_at).await?;
    audit::record(tx, act, Entry::new("staff.password_link_made", "staff", staff)).await?;
    Ok(token)
}

/// Sends a member of staff a link by mail.
///
/// # Errors
/// When there is no such member of staff, or they may not sign in.
pub async fn send_link(tx: &mut Conn, act: &Act, staff: StaffId, language: &str) -> Result<(), ResetError> {
    let person = store::find_row(tx, staff).await?.filter(|person| !person.disabled).ok_or(ResetError::NotFound)?;
    let to = Recipient { address: &person.email, name: &person.name, language };
    let new = NewMail { kind: PASSWORD_LINK, subject_kind: "staff", subject_id: staff.to_string(), to };
    mail::put(tx, act, new).await?;
    Ok(())
}

/// Sends a link to whoever signs in with an address. Whether there is anybody shows when the mail is written; so asking takes as
/// long for an address that nobody has.
///
/// # Errors
/// When the database refuses.
pub async fn ask_for_link(tx: &mut Conn, act: &Act, address: &str, language: &str) -> Result<(), DbError> {
    let to = Recipient { address, name: "", language };
    let new = NewMail { kind: PASSWORD_LINK, subject_kind: "", subject_id: String::new(), to };
    mail::put(tx, act, new).await.map(drop)
}

/// Whose link this is, while it works.
///
/// # Errors
/// When the database refuses.
pub async fn find(conn: &mut Conn, token: &str, now: UtcMs) -> Result<Option<StaffId>, DbError> {
    links::find_link(conn, &sha256(token), now).await
}

/// Sets the password by a link, which is used up by it. Whoever was signed in with the old password is signed out.
///
/// # Errors
/// When the link was used or is too old.
pub async fn set_password(tx: &mut Conn, act: &Act, token: &str, password_hash: &str) -> Result<(), ResetError> {
    let staff = links::take_link(tx, &sha256(token), act.now).await?.ok_or(ResetError::LinkOver)?;
    store::set_hash(tx, staff, password_hash).await?;
    sessions::delete_sessions_of(tx, staff).await?;
    let own = Act { actor: Actor::Staff(staff), ..act.clone() };
    audit::record(tx, &own, Entry::new("staff.password_set", "staff", staff)).await?;
    Ok(())
}

fn sha256(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
