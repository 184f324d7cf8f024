//! The rules of a house for its gates.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ParseWordError;

/// The house's rules for its gates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// A well-signed card that the local data lacks.
    pub unknown_signed: UnknownSigned,
    /// A card that is not in its holder's hand yet.
    pub not_yet_collected: Strictness,
    /// A gate whose clock cannot be trusted. Single entries are refused then in any case.
    pub clock_unsure: Strictness,
    /// Data that was not in step with the server for this many hours is stale; 0: never.
    pub stale_after_hours: u16,
    /// What a gate with stale data does.
    pub stale: Stale,
    /// What a gate does that cannot write down whom it admits.
    pub journal_broken: JournalBroken,
    /// Whether codes of an older system open, as far as they stand for a card.
    pub foreign_codes: bool,
    /// The re-entry window of cards whose row is not known, in seconds.
    pub reentry_secs: u32,
    /// What a re-entry of such cards means.
    pub reentry_policy: Strictness,
}

/// What a well-signed card that the local data lacks may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownSigned {
    /// Its signed dates count.
    Admit,
    /// It is refused as `unknown_card`.
    Refuse,
}

/// What a gate does whose data is stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stale {
    /// Decide as always; the gate itself shows that its data is old.
    Warn,
    /// Every admission asks for attention.
    Attention,
    /// A card that the local data lacks is refused as `unknown_card`.
    RefuseUnknown,
}

/// What a gate does that cannot write its journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JournalBroken {
    /// Open, keep the scans in memory, and raise the alarm.
    Open,
    /// Stay shut until it can be written again.
    StayShut,
}

/// Whether a finding asks for attention or refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strictness {
    /// Admit, and tell staff.
    Attention,
    /// Refuse.
    Refuse,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            unknown_signed: UnknownSigned::Admit,
            not_yet_collected: Strictness::Attention,
            clock_unsure: Strictness::Attention,
            stale_after_hours: 24,
            stale: Stale::Warn,
            journal_broken: JournalBroken::Open,
            foreign_codes: false,
            reentry_secs: 600,
            reentry_policy: Strictness::Attention,
        }
    }
}

impl Policy {
    /// Whether data of this age is stale. Data that was never in step is.
    pub fn is_stale(&self, data_age_secs: Option<i64>) -> bool {
        let limit_secs = i64::from(self.stale_after_hours) * 3_600;
        limit_secs > 0 && data_age_secs.is_none_or(|age| age >= limit_secs)
    }
}

impl Strictness {
    /// The word in messages and stores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::Refuse => "refuse",
        }
    }
}

impl FromStr for Strictness {
    type Err = ParseWordError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Attention, Self::Refuse]
            .into_iter()
            .find(|strictness| strictness.as_str() == text)
            .ok_or_else(|| ParseWordError { what: "strictness", text: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_stale_after_its_hours_and_never_without_a_limit() {
        let policy = |stale_after_hours| Policy { stale_after_hours, ..Policy::default() };
        for (hours, age_secs, stale) in [
            (2, Some(7_199), false),
            (2, Some(7_200), true),
            (2, None, true),
            (0, Some(i64::MAX), false),
            (0, None, false),
        ] {
            assert_eq!(policy(hours).is_stale(age_secs), stale, "{hours} h, {age_secs:?} s");
        }
    }

    #[test]
    fn rules_that_were_not_set_are_the_usual_ones() {
        let policy: Policy = serde_json::from_str(r#"{"stale":"refuse_unknown"}"#).expect("rules");
        assert_eq!(policy, Policy { stale: Stale::RefuseUnknown, ..Policy::default() });
        assert!(serde_json::from_str::<Policy>(r#"{"stale":"never"}"#).is_err());
    }
}
