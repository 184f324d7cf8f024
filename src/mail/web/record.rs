//! The mails about a thing, as its record shows them.

use crate::kernel::UtcMs;
use crate::mail::{Mail, MailState, store};
use crate::web::pages::Words;
use chrono_tz::Tz;
use db::{Conn, DbError};

/// A mail in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRow {
    /// Its id.
    pub id: String,
    /// What kind of mail it is.
    pub what: String,
    /// The address to which it goes, with the person's name.
    pub to: String,
    /// Tone, symbol and word of where it stands.
    pub state: (&'static str, &'static str, String),
    /// When it was put into the outbox, as the clocks of the house show it.
    pub when: String,
    /// Why it was not delivered.
    pub error: Option<String>,
    /// Whether it can be sent again.
    pub failed: bool,
    /// The page of what it is about, if there is one.
    pub about: Option<String>,
}

impl MailRow {
    pub(super) fn of(mail: Mail, words: Words, zone: Tz) -> Self {
        let moment = |at: UtcMs| words.moment(at, zone);
        let state = match mail.state {
            MailState::Waiting if mail.last_error.is_some() => ("attention", "!", words.t("mail-state-trying")),
            MailState::Waiting => ("attention", "…", words.t("mail-state-waiting")),
            MailState::Sent => ("good", "✓", words.t("mail-state-sent")),
            MailState::Failed => ("refused", "×", words.t("mail-state-failed")),
        };
        Self {
            what: words.t(&format!("mail-kind-{}", mail.kind.replace(['_', '.'], "-"))),
            to: if mail.name.is_empty() { mail.address } else { format!("{} · {}", mail.name, mail.address) },
            state,
            when: moment(mail.created_at),
            error: mail.last_error,
            failed: mail.state == MailState::Failed,
            about: match mail.subject_kind.as_str() {
                "order" => Some(format!("/orders/{}", mail.subject_id)),
                "staff" => Some(format!("/admin/staff/{}", mail.subject_id)),
                _ => None,
            },
            id: mail.id.to_string(),
        }
    }
}

/// The mails about one thing, the last first, for its record.
///
/// # Errors
/// When the database refuses.
pub async fn of_record(conn: &mut Conn, words: Words, zone: Tz, kind: &str, id: &str) -> Result<Vec<MailRow>, DbError> {
    let mails = store::of_subject(conn, kind, id).await?;
    Ok(mails.into_iter().map(|mail| MailRow::of(mail, words, zone)).collect())
}
