//! Why a card is refused or needs attention.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Why a card is refused, or admitted with attention. Tested in this order: what makes a card
/// invalid is said before what makes it a duplicate, and the first that applies is the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Not a code: wrong length, other characters than digits, wrong check digits.
    Malformed,
    /// A code of a later format: the program needs an update.
    UnsupportedCode,
    /// Signed with a key that the key list lacks.
    UnknownKey,
    /// The signature does not hold.
    Forged,
    /// Nothing local knows the card, and its signature alone does not count here.
    UnknownCard,
    /// Blocked: lost, stolen, misused.
    Blocked,
    /// A newer card was issued for the same right.
    Replaced,
    /// Cancelled or destroyed.
    Void,
    /// Sold as a trial: it opens nothing, ever.
    TestTicket,
    /// Opens other houses.
    WrongHouse,
    /// Opens something in this house, but not this gate.
    WrongExhibition,
    /// The first day is still to come.
    NotYetValid,
    /// The last day has passed.
    Expired,
    /// A single entry that was already made.
    AlreadyUsed,
    /// Entered a short while ago.
    ReEntry,
    /// The card is not in its holder's hand yet.
    NotYetCollected,
    /// A proof must be looked at.
    CheckProof,
    /// The gate's clock cannot be trusted.
    ClockUnsure,
    /// The gate was not in step with the server for longer than the house allows.
    StaleData,
    /// The gate cannot write down whom it admits, and is to stay shut then.
    JournalBroken,
}

/// The text is not a reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown reason `{0}`")]
pub struct ParseReasonError(pub String);

impl Reason {
    /// All reasons in the order in which they are tested.
    pub const ALL: [Self; 20] = [
        Self::Malformed,
        Self::UnsupportedCode,
        Self::UnknownKey,
        Self::Forged,
        Self::UnknownCard,
        Self::Blocked,
        Self::Replaced,
        Self::Void,
        Self::TestTicket,
        Self::WrongHouse,
        Self::WrongExhibition,
        Self::NotYetValid,
        Self::Expired,
        Self::AlreadyUsed,
        Self::ReEntry,
        Self::NotYetCollected,
        Self::CheckProof,
        Self::ClockUnsure,
        Self::StaleData,
        Self::JournalBroken,
    ];

    /// The stable text in messages, stores and logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::UnsupportedCode => "unsupported_code",
            Self::UnknownKey => "unknown_key",
            Self::Forged => "forged",
            Self::UnknownCard => "unknown_card",
            Self::Blocked => "blocked",
            Self::Replaced => "replaced",
            Self::Void => "void",
            Self::TestTicket => "test_ticket",
            Self::WrongHouse => "wrong_house",
            Self::WrongExhibition => "wrong_exhibition",
            Self::NotYetValid => "not_yet_valid",
            Self::Expired => "expired",
            Self::AlreadyUsed => "already_used",
            Self::ReEntry => "re_entry",
            Self::NotYetCollected => "not_yet_collected",
            Self::CheckProof => "check_proof",
            Self::ClockUnsure => "clock_unsure",
            Self::StaleData => "stale_data",
            Self::JournalBroken => "journal_broken",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Reason {
    type Err = ParseReasonError;

    fn from_str(text: &str) -> Result<Self, ParseReasonError> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text).ok_or_else(|| ParseReasonError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_stable_and_come_back_in_both_ways() {
        for (index, reason) in Reason::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, index, "ALL is in the order of the tests");
            assert_eq!(reason.as_str().parse(), Ok(reason));
            let json = serde_json::to_string(&reason).expect("a reason is a text");
            assert_eq!(json, format!("\"{reason}\""));
        }
        assert!("nonsense".parse::<Reason>().is_err());
    }
}
