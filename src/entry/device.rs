//! Devices: where a gate stands, and whether it is one of ours.

use super::rules::GateRules;
use crate::kernel::UtcMs;
use crate::kernel::ids::DeviceId;
use crate::kernel::slug::Slug;
use gate_protocol::{Direction, PairingCode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// The minutes that a pairing code is good for.
const PAIRING_CODE_MINUTES: i64 = 10;

/// How long a pairing code is good for. It pairs one agent in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeLife {
    /// Ten minutes: somebody stands before the gate and types it.
    Minutes,
    /// Until it is used, for a gate that is set up to be tried.
    UntilUsed,
}

impl CodeLife {
    /// The moment from which a code made now is no longer good.
    pub fn end(self, now: UtcMs) -> Option<UtcMs> {
        match self {
            Self::Minutes => Some(now.plus_millis(PAIRING_CODE_MINUTES * 60_000)),
            Self::UntilUsed => None,
        }
    }
}

/// One gate agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The id, which its requests carry.
    pub id: DeviceId,
    /// What staff call it.
    pub name: String,
    /// The house it stands in.
    pub house: Slug,
    /// The exhibition it leads into, if it stands inside the house.
    pub exhibition: Option<Slug>,
    /// Way in or way out.
    pub direction: Direction,
    /// Whether it is one of ours.
    pub state: DeviceState,
    /// Its public key, once it was paired.
    pub public_key: Option<[u8; 32]>,
    /// The version of its program.
    pub agent_version: Option<String>,
    /// When it was added.
    pub created_at: UtcMs,
    /// When it last made itself heard.
    pub last_seen_at: Option<UtcMs>,
    /// The history that `known_seq` belongs to.
    pub known_epoch: Option<String>,
    /// The number of the last change that it said it knows.
    pub known_seq: Option<i64>,
    /// How it is to decide.
    pub rules: GateRules,
}

/// Whether a device is one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    /// Added, and waiting for its agent.
    Unpaired,
    /// Working.
    Paired,
    /// No longer ours: lost, stolen, sold.
    Revoked,
}

/// A device to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDevice {
    /// What staff call it.
    pub name: String,
    /// The house it stands in.
    pub house: Slug,
    /// The exhibition it leads into.
    pub exhibition: Option<Slug>,
    /// Way in or way out.
    pub direction: Direction,
}

/// What is kept of a pairing code.
pub fn pairing_code_sha256(code: &PairingCode) -> [u8; 32] {
    Sha256::digest(code.as_str()).into()
}

impl DeviceState {
    /// The word for the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unpaired => "unpaired",
            Self::Paired => "paired",
            Self::Revoked => "revoked",
        }
    }
}

impl FromStr for DeviceState {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Unpaired, Self::Paired, Self::Revoked]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("\"{text}\" is not a state of a device"))
    }
}

impl fmt::Display for DeviceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
