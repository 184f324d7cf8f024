//! Proves that somebody reads the mails of an address: a link that works once, and the session behind it.

use super::store::{self, doors};
use super::{customer::fold_address, remember};
use crate::audit::{self, Entry};
use crate::kernel::ids::CustomerId;
use crate::kernel::{Act, Actor, UtcMs};
use crate::mail::{self, NewMail, Recipient};
use db::{Conn, DbError};
use sha2::{Digest, Sha256};

/// The kind of mail with a link to one's own page. Its writer makes the link.
pub const OWN_LINK: &str = "customer.link";
/// How long a link works, in seconds.
pub const LINK_LASTS_SECS: i64 = 30 * 60;
/// How long a session lasts, in seconds.
pub const SESSION_LASTS_SECS: i64 = 24 * 60 * 60;

/// Puts the mail with a link into the outbox, for whatever address.
///
/// # Errors
/// When the database refuses.
pub async fn ask_for_link(tx: &mut Conn, act: &Act, address: &str, language: &str) -> Result<(), DbError> {
    let to = Recipient { address, name: "", language };
    let new = NewMail { kind: OWN_LINK, subject_kind: "", subject_id: String::new(), to };
    mail::put(tx, act, new).await.map(drop)
}

/// Makes a link for an address and answers its token, which is not kept. A link that was made before works no more.
///
/// # Errors
/// When the database refuses.
pub async fn make_link(tx: &mut Conn, act: &Act, address: &str, language: &str) -> Result<String, DbError> {
    let token = hex::encode(act.random.bytes::<32>());
    let expires_at = act.now.plus_millis(LINK_LASTS_SECS * 1_000);
    doors::put_link(tx, &fold_address(address), &sha256(&token), address, language, act.now, expires_at).await?;
    Ok(token)
}

/// Whether a link works now.
///
/// # Errors
/// When the database refuses.
pub async fn works(conn: &mut Conn, token: &str, now: UtcMs) -> Result<bool, DbError> {
    doors::link_works(conn, &sha256(token), now).await
}

/// Uses a link up and begins a session; answers its token, which is not kept. Nothing if the link does not work.
///
/// # Errors
/// When the database refuses.
pub async fn enter(tx: &mut Conn, act: &Act, token: &str) -> Result<Option<String>, DbError> {
    let Some((address, language)) = doors::take_link(tx, &sha256(token), act.now).await? else { return Ok(None) };
    let customer = remember(tx, act, &address, "", &language).await?;
    store::prove_address(tx, &fold_address(&address), act.now).await?;
    let session = hex::encode(act.random.bytes::<32>());
    let expires_at = act.now.plus_millis(SESSION_LASTS_SECS * 1_000);
    doors::insert_session(tx, &sha256(&session), customer, act.now, expires_at).await?;
    let own = Act { actor: Actor::Customer(customer), ..act.clone() };
    audit::record(tx, &own, Entry::new("customer.entered", "customer", customer)).await?;
    Ok(Some(session))
}

/// Whose session this is, while it lasts.
///
/// # Errors
/// When the database refuses.
pub async fn find(conn: &mut Conn, session: &str, now: UtcMs) -> Result<Option<CustomerId>, DbError> {
    doors::find_session(conn, &sha256(session), now).await
}

/// Ends a session.
///
/// # Errors
/// When the database refuses.
pub async fn leave(tx: &mut Conn, session: &str) -> Result<(), DbError> {
    doors::delete_session(tx, &sha256(session)).await
}

fn sha256(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
