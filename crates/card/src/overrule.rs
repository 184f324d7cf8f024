//! Admitting somebody whom the gate refused: a person with a PIN takes the responsibility.
//!
//! A gate knows of such persons a tag and a salted, slow hash, and neither name nor PIN.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};

use crate::hex_bytes;

/// The fewest digits of a PIN.
pub const PIN_DIGITS_MIN: usize = 6;
/// The most digits of a PIN.
pub const PIN_DIGITS_MAX: usize = 12;
/// Memory and rounds of one guess: some tens of milliseconds on a small machine.
const MEMORY_KIB: u32 = 19 * 1_024;
const ROUNDS: u32 = 2;

/// Names a person to the server, and to nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PinTag(#[serde(with = "hex_bytes")] [u8; 8]);

/// A salted hash of a PIN.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinHash {
    /// Random bytes of this PIN alone.
    #[serde(with = "hex_bytes")]
    salt: [u8; 16],
    #[serde(with = "hex_bytes")]
    hash: [u8; 32],
}

/// One person who may admit by hand, as gates know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffPin {
    /// Who it is.
    pub tag: PinTag,
    /// What their PIN must fit.
    pub pin: PinHash,
}

/// The permission of a person to open a gate once. Only the right PIN makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandPermit {
    by: PinTag,
}

impl PinTag {
    /// A tag from random bytes, or from a store.
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; 8] {
        &self.0
    }
}

impl PinHash {
    /// The hash of a PIN; `None` when it has too few or too many digits, or is easily guessed: one digit over and over, or a row.
    pub fn of_pin(pin: &str, salt: [u8; 16]) -> Option<Self> {
        if !(PIN_DIGITS_MIN..=PIN_DIGITS_MAX).contains(&pin.len()) || !pin.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let steps: Vec<i16> = pin.bytes().zip(pin.bytes().skip(1)).map(|(a, b)| i16::from(b) - i16::from(a)).collect();
        if [-1, 0, 1].iter().any(|step| steps.iter().all(|found| found == step)) {
            return None;
        }
        digest(pin, &salt).map(|hash| Self { salt, hash })
    }

    /// Whether the PIN fits. Slow on purpose.
    pub fn fits(&self, pin: &str) -> bool {
        if pin.len() > PIN_DIGITS_MAX {
            return false;
        }
        // Every byte is compared, so that the time tells nothing.
        digest(pin, &self.salt)
            .is_some_and(|hash| hash.iter().zip(&self.hash).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0)
    }

    /// From a store: the salt and the hash.
    pub const fn from_parts(salt: [u8; 16], hash: [u8; 32]) -> Self {
        Self { salt, hash }
    }

    /// For a store: the salt and the hash.
    pub const fn parts(&self) -> (&[u8; 16], &[u8; 32]) {
        (&self.salt, &self.hash)
    }
}

impl HandPermit {
    /// The permission of whoever's PIN this is.
    pub fn by_pin(pin: &str, staff: &[StaffPin]) -> Option<Self> {
        staff.iter().find(|person| person.pin.fits(pin)).map(|person| Self { by: person.tag })
    }

    /// Who takes the responsibility.
    pub const fn by(&self) -> PinTag {
        self.by
    }
}

impl fmt::Debug for PinHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinHash(..)")
    }
}

fn digest(pin: &str, salt: &[u8; 16]) -> Option<[u8; 32]> {
    let params = Params::new(MEMORY_KIB, ROUNDS, 1, Some(32)).ok()?;
    let mut hash = [0; 32];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(pin.as_bytes(), salt, &mut hash).ok()?;
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_pin_makes_a_permit() {
        let person = |tag: u8, pin: &str| StaffPin {
            tag: PinTag::from_bytes([tag; 8]),
            pin: PinHash::of_pin(pin, [tag; 16]).expect("a PIN"),
        };
        let staff = [person(1, "290417"), person(2, "8830155")];
        assert_eq!(HandPermit::by_pin("8830155", &staff).map(|permit| permit.by()), Some(staff[1].tag));
        for wrong in ["", "290418", "2904170", &"1".repeat(1_000)] {
            assert_eq!(HandPermit::by_pin(wrong, &staff), None, "{wrong}");
        }
        let known = serde_json::to_string(&staff).expect("JSON");
        assert!(!known.contains("290417") && !known.contains("8830155"), "{known}");
        assert_eq!(format!("{:?}", staff[0].pin), "PinHash(..)");
    }

    #[test]
    fn a_guess_costs_as_much_as_ever_and_pins_stay_good() {
        // By the reference implementation of Argon2id: 19 MiB, two rounds. Cheaper guesses would not make it.
        let known = "68e35358d4708dcb83647cded42991a7b1309f4d9deb5f89b3ce81d59d9cee95";
        let pin = PinHash::of_pin("290417", [1; 16]).expect("a PIN");
        assert_eq!(hex::encode(pin.parts().1), known);
        assert!(pin.fits("290417"));
    }

    #[test]
    fn a_pin_that_anybody_would_try_first_is_none() {
        for pin in ["29041", "2904170000000", "29o417", "111111", "123456", "876543", "２９０４１７"] {
            assert_eq!(PinHash::of_pin(pin, [0; 16]), None, "{pin}");
        }
    }
}
