//! The right to enter as gates know it: one row per annual ticket or day ticket, without any name.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{CardDay, Flags, ScopeId, Strictness};

/// Names an annual ticket or day ticket in codes, rows and scans: a random number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CardId(u64);

/// What gates are told about one card. It replaces the dates in the card's own code: a renewal
/// needs no new plastic, a block no return of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRight {
    /// The card.
    pub card_id: CardId,
    /// What it opens.
    pub scope: ScopeId,
    /// The first day.
    pub not_before: CardDay,
    /// The last day, inclusive; with [`Flags::valid_from_first_entry`] the last day for the first entry.
    pub not_after: CardDay,
    /// The lowest issue number that still opens; lower ones were replaced.
    pub issue: u8,
    /// How the card is to be used.
    pub flags: Flags,
    /// Whether it opens at all.
    pub status: RightStatus,
    /// For this many seconds after an admission a new scan is a re-entry.
    pub reentry_secs: u32,
    /// Whether a re-entry asks for attention or is refused.
    pub reentry_policy: Strictness,
    /// The length of the period, for cards whose period begins with the first entry.
    pub period_months: Option<u16>,
    /// The day of the first entry, as far as the server knows.
    pub first_entry: Option<CardDay>,
}

/// Whether a right opens at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RightStatus {
    /// It opens.
    Active,
    /// It opens, but the card is neither dispatched nor handed over yet.
    NotCollected,
    /// It was blocked, whatever the reason.
    Blocked,
    /// It was cancelled or destroyed.
    Void,
}

/// The text is not one of the words of this set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} `{text}`")]
pub struct ParseWordError {
    /// The kind of word that was expected.
    pub what: &'static str,
    /// What stood there instead.
    pub text: String,
}

impl EntryRight {
    /// The last day on which the card opens, given the day of its first entry if there was one.
    ///
    /// The server and every gate compute the end of a period that began with the first entry here.
    pub fn last_day(&self, first_entry: Option<CardDay>) -> CardDay {
        match (self.flags.valid_from_first_entry(), first_entry, self.period_months) {
            (true, Some(first), Some(months)) => first.last_day_of_months(months),
            _ => self.not_after,
        }
    }
}

impl CardId {
    /// The id with this number.
    pub const fn new(id: u64) -> Self {
        Self(id)
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The same 64 bits as a signed number, as databases keep them.
    pub const fn to_stored(self) -> i64 {
        self.0.cast_signed()
    }

    /// The id that a database keeps as `stored`.
    pub const fn from_stored(stored: i64) -> Self {
        Self(stored.cast_unsigned())
    }
}

impl fmt::Display for CardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for CardId {
    type Error = ParseWordError;

    fn try_from(text: String) -> Result<Self, ParseWordError> {
        text.parse().map(Self).map_err(|_| ParseWordError { what: "card id", text })
    }
}

impl From<CardId> for String {
    fn from(id: CardId) -> Self {
        id.to_string()
    }
}

impl RightStatus {
    /// The word in messages and stores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::NotCollected => "not_collected",
            Self::Blocked => "blocked",
            Self::Void => "void",
        }
    }
}

impl FromStr for RightStatus {
    type Err = ParseWordError;

    fn from_str(text: &str) -> Result<Self, ParseWordError> {
        [Self::Active, Self::NotCollected, Self::Blocked, Self::Void]
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| ParseWordError { what: "status", text: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_bits_in_a_signed_column() {
        for id in [0, 1, u64::MAX, 1 << 63] {
            assert_eq!(CardId::from_stored(CardId::new(id).to_stored()).get(), id);
        }
        assert_eq!(CardId::new(u64::MAX).to_stored(), -1);
    }

    #[test]
    fn words_come_back() {
        for status in [RightStatus::Active, RightStatus::NotCollected, RightStatus::Blocked, RightStatus::Void] {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
        assert!("Active".parse::<RightStatus>().is_err());
    }
}
