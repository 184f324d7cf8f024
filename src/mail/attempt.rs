//! A mail in the outbox, and when it is tried again.

use crate::kernel::UtcMs;
use crate::kernel::ids::MailId;

const MINUTE_MILLIS: i64 = 60_000;
const HOUR_MILLIS: i64 = 60 * MINUTE_MILLIS;

/// The pauses after the first failed attempt, the second, and so on. After the last one nothing is tried any more.
const PAUSES_MILLIS: [i64; 9] = [
    MINUTE_MILLIS,
    5 * MINUTE_MILLIS,
    15 * MINUTE_MILLIS,
    HOUR_MILLIS,
    3 * HOUR_MILLIS,
    6 * HOUR_MILLIS,
    12 * HOUR_MILLIS,
    24 * HOUR_MILLIS,
    24 * HOUR_MILLIS,
];

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// It is to be delivered.
    Waiting,
    /// It was delivered.
    Sent,
    /// It could not be delivered.
    Failed,
}

impl MailState {
    /// All states, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Failed, Self::Waiting, Self::Sent];

    /// The word in the database and in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The state of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// A mail in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its id.
    pub id: MailId,
    /// Which writer writes it, for instance `order.link`.
    pub kind: String,
    /// The kind of thing it is about, for instance `order`.
    pub subject_kind: String,
    /// The id of the thing.
    pub subject_id: String,
    /// The address to which it goes.
    pub address: String,
    /// What the person is called there; empty where nobody said.
    pub name: String,
    /// The language of its reader, two small letters.
    pub language: String,
    /// Where it stands.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When it was put into the outbox.
    pub created_at: UtcMs,
    /// When it was delivered.
    pub sent_at: Option<UtcMs>,
}

/// When a mail is tried again that has failed so often; nothing when it is given up.
pub(super) fn next_attempt(attempts: i64, now: UtcMs) -> Option<UtcMs> {
    let pause = PAUSES_MILLIS.get(usize::try_from(attempts.checked_sub(1)?).ok()?)?;
    Some(now.plus_millis(*pause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_later_and_later_and_given_up_after_three_days() {
        let mut now = UtcMs(0);
        let mut attempts = 0;
        loop {
            attempts += 1;
            let Some(next) = next_attempt(attempts, now) else { break };
            assert!(next.0 > now.0);
            now = next;
        }
        assert_eq!(attempts, 10);
        assert_eq!(now.0 / HOUR_MILLIS, 70);
        assert_eq!(next_attempt(0, now), None);
    }

    #[test]
    fn words_of_states_come_back() {
        for state in MailState::ALL {
            assert_eq!(MailState::of(state.as_str()), Some(state));
        }
        assert_eq!(MailState::of(""), None);
    }
}
