//! Codes of an older system: letters and digits that a table gives a card.
//!
//! Such a code is no secret of ours and proves little: it opens only where the house says so, and only as the card that it stands
//! for. Stores and gates keep a hash of it.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{Reason, hex_bytes};

/// Keeps a hash of a foreign code from passing for one of a short code.
const DOMAIN: &[u8] = b"passepartout/foreign/v1\0";
/// Shorter texts are read by mistake too easily.
const CHARS_MIN: usize = 4;
const CHARS_MAX: usize = 64;
const HASH_BYTES: usize = 10;

/// The first 10 bytes of a hash of a foreign code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ForeignHash(#[serde(with = "hex_bytes")] [u8; HASH_BYTES]);

impl ForeignHash {
    /// What to look a text up by: of its letters and digits, in capitals, since readers of another layout change signs and
    /// Caps Lock changes letters. `None` when that is too short or too long for a code.
    pub fn of_text(text: &str) -> Option<Self> {
        let code: String = text
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_uppercase())
            .take(CHARS_MAX + 1)
            .collect();
        if !(CHARS_MIN..=CHARS_MAX).contains(&code.len()) {
            return None;
        }
        let digest: [u8; 32] = Sha256::new().chain_update(DOMAIN).chain_update(&code).finalize().into();
        let mut head = [0; HASH_BYTES];
        head.copy_from_slice(&digest[..HASH_BYTES]);
        Some(Self(head))
    }

    /// A text that is none of our codes for this reason may be a foreign one.
    pub const fn may_follow(reason: Reason) -> bool {
        matches!(reason, Reason::Malformed | Reason::UnsupportedCode)
    }

    /// A hash read back from a store or a message.
    pub const fn from_bytes(bytes: [u8; HASH_BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; HASH_BYTES] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_code_is_known_however_a_reader_types_it() {
        let code = ForeignHash::of_text("JK-2024/00a7").expect("a code");
        for same in ["jk-2024/00A7", "JKß2024-00A7", " JK2024 00A7\n"] {
            assert_eq!(ForeignHash::of_text(same), Some(code), "{same}");
        }
        assert_ne!(ForeignHash::of_text("JK-2024/00A8"), Some(code));
        for none in ["", "A-7", "ßßßßßßß", &"7".repeat(65)] {
            assert_eq!(ForeignHash::of_text(none), None, "{none}");
        }
    }
}
