//! An end to asking for mails: whoever asks for a link by mail is counted, for the address and for where the question comes from,
//! before anything is looked up. So the answer tells nothing about the address.

use super::sign_in::{WINDOW_SECS, subject};
use super::store::sessions;
use crate::app::App;
use crate::kernel::text;
use db::{Conn, DbError};
use std::net::IpAddr;

/// The most mails that are sent to one address in a window.
pub const MAILS_TO_ADDRESS_MAX: i64 = 3;
/// The most mails that are asked for from one place in a window. A whole house may share one.
pub const MAILS_FROM_PLACE_MAX: i64 = 30;
/// The most characters of an address for mail.
const ADDRESS_CHARS_MAX: usize = 254;

/// Why no mail is sent.
#[derive(Debug, thiserror::Error)]
pub enum MailRequestError {
    /// This is no address for mail.
    #[error("this is not an e-mail address")]
    NotAnAddress,
    /// It was asked too often lately.
    #[error("too many mails; try again in a quarter of an hour")]
    TooOften,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Counts a question for a mail to an address, and answers the address as mails are sent to it.
///
/// # Errors
/// When it is no address, or was asked for too often.
pub async fn count(app: &App, typed: &str, place: Option<IpAddr>) -> Result<String, MailRequestError> {
    let address = text::clean(typed);
    let is_address = address.rsplit_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    if !is_address || address.contains(' ') || address.chars().count() > ADDRESS_CHARS_MAX {
        return Err(MailRequestError::NotAnAddress);
    }
    let now = app.clock.now();
    let to = subject("mail", &address.to_lowercase());
    let from = place.map(|place| subject("mail-from", &place.to_string()));
    let (to, from) = app
        .db
        .write(async move |tx: &mut Conn| {
            let window_start = now.plus_millis(-WINDOW_SECS * 1_000);
            sessions::delete_old_attempts(tx, window_start).await?;
            let to = sessions::count_attempt(tx, &to, now, window_start).await?;
            let from = match from {
                Some(from) => sessions::count_attempt(tx, &from, now, window_start).await?,
                None => 0,
            };
            Ok::<_, DbError>((to, from))
        })
        .await?;
    if to > MAILS_TO_ADDRESS_MAX || from > MAILS_FROM_PLACE_MAX {
        return Err(MailRequestError::TooOften);
    }
    Ok(address)
}

impl MailRequestError {
    /// The key of the sentence for whoever asked.
    pub const fn text(&self) -> &'static str {
        match self {
            Self::TooOften => "mail-asked-too-often",
            Self::NotAnAddress | Self::Db(_) => "buyer-email-wrong",
        }
    }
}
