//! Pairing: a new device shows its public key and a one-time code, and learns whom to believe.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::GateSettings;

/// Digits of a pairing code.
pub const PAIRING_CODE_DIGITS: usize = 8;

/// A one-time code of eight digits, bound to one device entry of the server, valid for ten minutes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PairingCode(String);

/// The request of a device that is not paired yet. The only unsigned one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairRequest {
    /// The code that staff read from the server's device page.
    pub pairing_code: PairingCode,
    /// The device's public key; the secret half never leaves the device.
    #[serde(with = "card::hex_bytes")]
    pub public_key: [u8; 32],
    /// The version of the agent.
    pub agent_version: String,
}

/// What the device keeps from its pairing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairAnswer {
    /// The id that signed requests carry.
    pub device_id: String,
    /// Where the gate stands and how it decides.
    pub gate: GateSettings,
    /// The public half of the root key, pinned from now on.
    #[serde(with = "card::hex_bytes")]
    pub root_key: [u8; 32],
    /// The server's clock, in milliseconds since 1970.
    pub server_time_ms: i64,
}

/// The answer, with status 403, to every call of a device that the server no longer counts as its own.
/// Sealed, since it makes the device forget all cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// Always `device_revoked`.
    pub reason: String,
    /// The device.
    pub device_id: String,
    /// The nonce of the request.
    pub nonce: String,
}

impl PairingCode {
    /// The code that four random bytes give.
    pub fn from_random(random: [u8; 4]) -> Self {
        Self(format!("{:08}", u32::from_be_bytes(random) % 100_000_000))
    }

    /// Reads eight digits, blanks anywhere; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).take(PAIRING_CODE_DIGITS + 1).collect();
        let fits = digits.len() == PAIRING_CODE_DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then_some(Self(digits))
    }

    /// The eight digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairingCode(..)")
    }
}

impl TryFrom<String> for PairingCode {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a pairing code has eight digits")
    }
}

impl From<PairingCode> for String {
    fn from(code: PairingCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_eight_digits() {
        assert_eq!(PairingCode::from_random([0xff; 4]).as_str(), "94967295");
        assert_eq!(PairingCode::parse(" 1234 5678 ").expect("a code").as_str(), "12345678");
        for text in ["", "1234567", "123456789", "1234567a", "１２３４５６７８"] {
            assert_eq!(PairingCode::parse(text), None, "{text}");
        }
    }
}
