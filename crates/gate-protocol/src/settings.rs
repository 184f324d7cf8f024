//! What a gate is told about itself and about the scopes.

use std::fmt;

use card::{CardId, ForeignHash, Place, Policy, Scope, ScopeId, Scopes, StaffPin};
use serde::{Deserialize, Serialize};

/// Most persons who may admit by hand at one gate: each costs time when a PIN is tried.
pub const STAFF_MAX: usize = 50;
/// Most codes of an older system.
pub const FOREIGN_CODES_MAX: usize = 200_000;

/// Where a gate stands and how it is to decide. The server may change it at any time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateSettings {
    /// The name that staff gave the gate.
    pub name: String,
    /// House and exhibition.
    pub place: Place,
    /// Way in or way out.
    pub direction: Direction,
    /// The IANA name of the house's time zone: it decides which day it is.
    pub time_zone: String,
    /// The rules of the house and of this gate.
    pub policy: Policy,
    /// Who may admit by hand here, at most [`STAFF_MAX`], without their names.
    #[serde(default)]
    pub staff: Vec<StaffPin>,
}

/// Way in or way out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Visitors enter here.
    #[default]
    In,
    /// Visitors leave here.
    Out,
}

/// The answer to `scopes`: the gate's settings and what every scope opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateScopes {
    /// Where the gate stands and how it decides.
    pub gate: GateSettings,
    /// All scopes.
    pub scopes: Vec<ScopeEntry>,
}

/// One scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeEntry {
    /// The number in card codes.
    pub scope: ScopeId,
    /// What it opens.
    #[serde(flatten)]
    pub opens: Scope,
}

/// The answer to `foreign`: which card a code of an older system stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignCodes {
    /// At most [`FOREIGN_CODES_MAX`].
    pub codes: Vec<ForeignCode>,
}

/// A code of an older system, hashed, and its card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignCode {
    /// The hash of the code.
    pub hash: ForeignHash,
    /// The card it stands for.
    pub card_id: CardId,
}

impl GateScopes {
    /// The scopes as the decision wants them.
    pub fn to_scopes(&self) -> Scopes {
        self.scopes.iter().map(|entry| (entry.scope, entry.opens.clone())).collect()
    }
}

impl Direction {
    /// The word in messages and stores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_written_flat() {
        let entry = ScopeEntry {
            scope: ScopeId::new(3),
            opens: Scope { houses: vec!["castle".into()], exhibitions: Vec::new() },
        };
        let json = serde_json::to_string(&entry).expect("JSON");
        assert_eq!(json, r#"{"scope":3,"houses":["castle"],"exhibitions":[]}"#);
        assert_eq!(serde_json::from_str::<ScopeEntry>(&json).expect("JSON"), entry);
    }
}
