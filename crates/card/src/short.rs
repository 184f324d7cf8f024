//! The short card code (kind 2): random digits for Code 128 and slow readers, valid only if known.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{digits, hex_bytes};

/// Digits of a short code: the kind, 30 random digits, two check digits.
pub const SHORT_TEXT_DIGITS: usize = 33;
/// 10^30: how many bodies there are.
const BODIES: u128 = 1_000_000_000_000_000_000_000_000_000_000;
/// Bytes of the hash that stores and gates keep.
const HASH_BYTES: usize = 10;

/// The text of a short code. Secret like a password: it is printed once and stored nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct ShortCode(String);

/// The first 10 bytes of the SHA-256 of a short code's text: what stores and gates know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShortHash(#[serde(with = "hex_bytes")] [u8; HASH_BYTES]);

impl ShortCode {
    /// The code that sixteen random bytes give (99.6 bits remain).
    pub fn from_random(random: [u8; 16]) -> Self {
        let body = u128::from_be_bytes(random) % BODIES;
        Self(digits::with_check(format!("2{body:030}")))
    }

    /// The 33 digits to print.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What to store of it.
    pub fn hash(&self) -> ShortHash {
        ShortHash::of_text(&self.0)
    }
}

impl fmt::Debug for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShortCode(..)")
    }
}

impl ShortHash {
    /// The hash of a text that was checked to be a short code.
    pub(crate) fn of_text(text: &str) -> Self {
        let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        let mut head = [0; HASH_BYTES];
        head.copy_from_slice(&digest[..HASH_BYTES]);
        Self(head)
    }

    /// A hash read back from a store or a message.
    pub const fn from_bytes(bytes: [u8; HASH_BYTES]) -> Self {
        Self(bytes)
    }

    /// The ten bytes.
    pub const fn as_bytes(&self) -> &[u8; HASH_BYTES] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_bytes_make_33_digits() {
        for random in [[0; 16], [0xff; 16], [7; 16]] {
            let code = ShortCode::from_random(random);
            assert_eq!(code.text().len(), SHORT_TEXT_DIGITS);
            assert!(code.text().starts_with('2'));
            assert!(digits::strip_check(code.text()).is_some());
            assert!(!format!("{code:?}").contains(code.text()));
        }
    }
}
