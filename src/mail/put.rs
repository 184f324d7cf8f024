//! Puts mails into the outbox, in the transaction of the deed that wants them sent.

use super::attempt::{Mail, MailState};
use super::{DELIVER, store};
use crate::audit::{self, Entry};
use crate::jobs;
use crate::kernel::ids::MailId;
use crate::kernel::text::clean;
use crate::kernel::{Act, UtcMs};
use db::{Conn, DbError};

/// A mail to send.
#[derive(Debug, Clone)]
pub struct NewMail<'a> {
    /// Which writer writes it.
    pub kind: &'static str,
    /// The kind of thing it is about, as in the audit.
    pub subject_kind: &'static str,
    /// The id of the thing.
    pub subject_id: String,
    /// To whom it goes.
    pub to: Recipient<'a>,
}

/// Whoever gets a mail.
#[derive(Debug, Clone, Copy)]
pub struct Recipient<'a> {
    /// The address.
    pub address: &'a str,
    /// What the person is called; empty where nobody said.
    pub name: &'a str,
    /// The language, two small letters.
    pub language: &'a str,
}

/// Why a mail is not sent again.
#[derive(Debug, thiserror::Error)]
pub enum SendAgainError {
    /// There is no such mail.
    #[error("there is no such mail")]
    NotFound,
    /// It was delivered, is still waiting, or had nothing to say.
    #[error("this mail has not failed")]
    NotFailed,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Puts a mail into the outbox. It leaves after the deed's transaction was committed.
///
/// # Errors
/// When the database refuses.
pub async fn put(tx: &mut Conn, act: &Act, new: NewMail<'_>) -> Result<MailId, DbError> {
    put_at(tx, act, new, act.now).await
}

/// The same for a mail that is not to leave before a moment.
///
/// # Errors
/// When the database refuses.
pub async fn put_at(tx: &mut Conn, act: &Act, new: NewMail<'_>, at: UtcMs) -> Result<MailId, DbError> {
    let mail = Mail {
        id: act.new_id(),
        kind: new.kind.to_owned(),
        subject_kind: new.subject_kind.to_owned(),
        subject_id: new.subject_id,
        address: clean(new.to.address),
        name: clean(new.to.name),
        language: new.to.language.to_owned(),
        state: MailState::Waiting,
        attempts: 0,
        last_error: None,
        created_at: act.now,
        sent_at: None,
    };
    store::insert(tx, &mail).await?;
    jobs::enqueue_at(tx, act, DELIVER, mail.id, at).await?;
    Ok(mail.id)
}

/// The mail of this kind, about this thing and in this language, that still waits for its first attempt. Nobody begins to write it
/// before the transaction ends, so what the transaction adds to its subject will stand in it.
///
/// # Errors
/// When the database refuses.
pub async fn hold_untried(
    tx: &mut Conn,
    kind: &str,
    subject: (&str, &str),
    language: &str,
) -> Result<Option<MailId>, DbError> {
    store::hold_untried(tx, subject, kind, language).await
}

/// Sends a mail again that failed: it waits as a new one does.
///
/// # Errors
/// When there is no such mail, or it has not failed.
pub async fn send_again(tx: &mut Conn, act: &Act, id: MailId) -> Result<(), SendAgainError> {
    if !store::revive(tx, id).await? {
        return Err(match store::find(tx, id).await? {
            Some(_) => SendAgainError::NotFailed,
            None => SendAgainError::NotFound,
        });
    }
    jobs::enqueue(tx, act, DELIVER, id).await?;
    audit::record(tx, act, Entry::new("mail.sent_again", "mail", id)).await?;
    Ok(())
}

/// Sends all failed mails again, for instance after the mail server was away; answers how many there are.
///
/// # Errors
/// When the database refuses.
pub async fn send_failed_again(tx: &mut Conn, act: &Act) -> Result<i64, DbError> {
    let mut count = 0;
    for id in store::failed(tx).await? {
        match send_again(tx, act, id).await {
            Ok(()) => count += 1,
            // Somebody else was quicker.
            Err(SendAgainError::NotFound | SendAgainError::NotFailed) => {}
            Err(SendAgainError::Db(error)) => return Err(error),
        }
    }
    Ok(count)
}
