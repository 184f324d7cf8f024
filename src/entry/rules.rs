//! How one gate is to decide where a house may choose.

use card::{JournalBroken, Policy, Stale, Strictness, UnknownSigned};
use serde::{Deserialize, Serialize};

/// Data that old is stale for any house: a month.
pub const STALE_AFTER_HOURS_MAX: u16 = 31 * 24;

/// The rules of one gate. What was never set is as usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GateRules {
    /// A well-signed card that the gate does not know.
    pub unknown_signed: UnknownSigned,
    /// Data that was not in step for so many hours is stale; 0: never.
    pub stale_after_hours: u16,
    /// What a gate with stale data does.
    pub stale: Stale,
    /// What a gate does that cannot write down entries.
    pub journal_broken: JournalBroken,
    /// What a gate does that does not know the time.
    pub clock_unsure: Strictness,
    /// Whether codes of an older system open here.
    pub foreign_codes: bool,
}

impl GateRules {
    /// The policy of a house with the rules of this gate.
    #[must_use]
    pub fn applied_to(self, mut policy: Policy) -> Policy {
        policy.unknown_signed = self.unknown_signed;
        policy.stale_after_hours = self.stale_after_hours;
        policy.stale = self.stale;
        policy.journal_broken = self.journal_broken;
        policy.clock_unsure = self.clock_unsure;
        policy.foreign_codes = self.foreign_codes;
        policy
    }

    /// Whether the hours are within bounds.
    pub fn is_sound(&self) -> bool {
        self.stale_after_hours <= STALE_AFTER_HOURS_MAX
    }
}

impl Default for GateRules {
    fn default() -> Self {
        let usual = Policy::default();
        Self {
            unknown_signed: usual.unknown_signed,
            stale_after_hours: usual.stale_after_hours,
            stale: usual.stale,
            journal_broken: usual.journal_broken,
            clock_unsure: usual.clock_unsure,
            foreign_codes: usual.foreign_codes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_without_rules_decides_as_usual() {
        let rules: GateRules = serde_json::from_str("{}").unwrap();
        assert_eq!(rules.applied_to(Policy::default()), Policy::default());
        let strict = GateRules { stale: Stale::RefuseUnknown, foreign_codes: true, ..rules };
        let policy = strict.applied_to(Policy { reentry_secs: 7, ..Policy::default() });
        assert_eq!((policy.stale, policy.foreign_codes, policy.reentry_secs), (Stale::RefuseUnknown, true, 7));
        assert!(!GateRules { stale_after_hours: STALE_AFTER_HOURS_MAX + 1, ..rules }.is_sound());
    }
}
