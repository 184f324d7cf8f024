//! Signing in with address and password, with an end to guessing.
//!
//! Every attempt is counted before the password is looked at, for the account and for the client's address; who is right clears
//! the account's count. Too many attempts are refused with the same answer whether or not the account exists.

use super::store::sessions;
use super::{session, staff};
use crate::app::App;
use crate::kernel::{Actor, UtcMs, text};
use db::{Conn, DbError};
use sha2::{Digest, Sha256};
use std::net::IpAddr;

/// Over how long attempts are counted, in seconds.
pub const WINDOW_SECS: i64 = 15 * 60;
/// The most attempts on one account in a window.
pub const ATTEMPTS_ON_ACCOUNT_MAX: i64 = 10;
/// The most attempts from one client address in a window. A whole house may share one.
pub const ATTEMPTS_FROM_ADDRESS_MAX: i64 = 100;

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The address or the password is wrong; which of the two is not said.
    #[error("the address or the password is wrong")]
    Wrong,
    /// It was tried too often lately.
    #[error("too many attempts; try again in a quarter of an hour")]
    TooOften,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Signs a member of staff in and answers the token of the session.
///
/// # Errors
/// When the address or the password is wrong, or was tried too often.
pub async fn sign_in(app: &App, email: &str, password: &str, client: Option<IpAddr>) -> Result<String, SignInError> {
    let account = text::clean(email).to_lowercase();
    count_attempts(app, &account, client).await?;
    let mut conn = app.db.read().await?;
    let staff = staff::recognise(&mut conn, email, password).await?.ok_or(SignInError::Wrong)?;
    drop(conn);
    let act = app.act(Actor::Staff(staff));
    let account = subject_of(&account);
    let begun = app.db.write(async move |tx: &mut Conn| {
        sessions::clear_attempts(tx, &account).await?;
        session::begin(tx, &act, staff).await
    });
    Ok(begun.await?)
}

/// Counts an attempt on an account, and from a client's address.
///
/// # Errors
/// When it was tried too often.
pub(super) async fn count_attempts(app: &App, account: &str, client: Option<IpAddr>) -> Result<(), SignInError> {
    let now = app.act(Actor::System).now;
    let account = subject_of(account);
    let client = client.map(|address| subject("address", &address.to_string()));
    let (on_account, from_address) =
        app.db.write(async move |tx: &mut Conn| count(tx, now, account, client).await).await?;
    if on_account > ATTEMPTS_ON_ACCOUNT_MAX || from_address > ATTEMPTS_FROM_ADDRESS_MAX {
        return Err(SignInError::TooOften);
    }
    Ok(())
}

/// Under what the attempts on an account are counted.
pub(super) fn subject_of(account: &str) -> [u8; 32] {
    subject("account", account)
}

async fn count(tx: &mut Conn, now: UtcMs, account: [u8; 32], client: Option<[u8; 32]>) -> Result<(i64, i64), DbError> {
    let window_start = now.plus_millis(-WINDOW_SECS * 1_000);
    sessions::delete_old_attempts(tx, window_start).await?;
    let on_account = sessions::count_attempt(tx, &account, now, window_start).await?;
    let from_address = match client {
        Some(client) => sessions::count_attempt(tx, &client, now, window_start).await?,
        None => 0,
    };
    Ok((on_account, from_address))
}

/// Under what something is counted that somebody tries.
pub(super) fn subject(kind: &str, text: &str) -> [u8; 32] {
    Sha256::digest(format!("{kind}:{text}").as_bytes()).into()
}
