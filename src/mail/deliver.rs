//! Delivers one mail: the job that follows every mail into the outbox.

use super::attempt::{Mail, MailState, next_attempt};
use super::carrier::CarryError;
use super::{store, web};
use crate::app::SharedApp;
use crate::jobs;
use crate::kernel::Actor;
use crate::kernel::ids::MailId;
use db::Conn;

/// The kind of the job that delivers a mail. Its subject is the mail.
pub const DELIVER: &str = "outside.deliver_mail";

/// For how long an attempt holds its mail: longer than it may last, and shorter than its job is held, so that a job that another
/// process takes over finds the mail free.
const HELD_MILLIS: i64 = 110_000;
/// The most characters that are kept of why an attempt failed.
const ERROR_CHARS_MAX: usize = 500;

/// What became of an attempt.
enum Outcome {
    Sent,
    NothingToSay,
    Failed { why: String, for_good: bool },
}

/// The handler of the job: tries to deliver a mail, and notes what became of it. A mail that was delivered, or that somebody else
/// tries to deliver, is left alone.
///
/// # Errors
/// When the database refuses, or the subject is no mail's id.
pub async fn deliver(app: SharedApp, subject: String) -> anyhow::Result<()> {
    let id: MailId = subject.parse()?;
    let now = app.clock.now();
    let is_ours =
        app.db.write(async move |tx: &mut Conn| store::claim(tx, id, now, now.plus_millis(HELD_MILLIS)).await);
    if !is_ours.await? {
        return Ok(());
    }
    let Some(mail) = store::find(&mut app.db.read().await?, id).await? else { return Ok(()) };
    let outcome = attempt(&app, &mail).await;
    let act = app.act(Actor::System);
    if let Outcome::Failed { for_good, .. } = &outcome {
        tracing::warn!(mail = %id, kind = mail.kind, attempts = mail.attempts, for_good, "a mail was not delivered");
    }
    app.db
        .write(async move |tx: &mut Conn| match &outcome {
            Outcome::Sent => store::settle(tx, id, act.now).await,
            Outcome::NothingToSay => store::delete(tx, id).await,
            Outcome::Failed { why, for_good } => {
                let again = next_attempt(mail.attempts, act.now).filter(|_| !for_good);
                let state = if again.is_some() { MailState::Waiting } else { MailState::Failed };
                store::fail(tx, id, state, why).await?;
                match again {
                    Some(at) => jobs::enqueue_at(tx, &act, DELIVER, id, at).await,
                    None => Ok(()),
                }
            }
        })
        .await?;
    Ok(())
}

async fn attempt(app: &SharedApp, mail: &Mail) -> Outcome {
    let failed =
        |why: String, for_good: bool| Outcome::Failed { why: why.chars().take(ERROR_CHARS_MAX).collect(), for_good };
    let letter = match app.mail.writers.write(app, mail).await {
        Ok(Some(letter)) => letter,
        Ok(None) => return Outcome::NothingToSay,
        Err(error) => return failed(format!("the mail could not be written: {error:#}"), false),
    };
    let message = match web::compose(&app.mail.carrier, mail, &letter, app.clock.now(), &app.config.museum.name) {
        Ok(message) => message,
        Err(error) => return failed(format!("{error:#}"), true),
    };
    match app.mail.carrier.carry(&mail.id.to_string(), message).await {
        Ok(()) => Outcome::Sent,
        Err(CarryError::Refused(why)) => failed(why, true),
        Err(CarryError::NotNow(why)) => failed(why, false),
    }
}
