//! Pickup codes: what somebody who fetches a card says at the desk, if the deposit was given one.

use crate::kernel::random::RandomSource;
use std::fmt;
use subtle::ConstantTimeEq;

/// The characters of a code that is made here.
const MADE_CHARS: usize = 6;
/// The most characters of a code.
const CHARS_MAX: usize = 32;

/// A pickup code, in the form in which codes are compared: capital letters and digits without blanks and hyphens.
#[derive(Clone)]
pub struct PickupCode(String);

/// The text cannot be a pickup code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a pickup code has 4 to 32 letters and digits")]
pub struct NotAPickupCode;

impl PickupCode {
    /// Reads what somebody typed.
    ///
    /// # Errors
    /// When it has other characters than letters and digits, or too few or too many.
    pub fn parse(text: &str) -> Result<Self, NotAPickupCode> {
        let code: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let fits = (4..=CHARS_MAX).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if fits { Ok(Self(code.to_ascii_uppercase())) } else { Err(NotAPickupCode) }
    }

    /// A new code of six characters that nobody mistakes for each other.
    pub fn made(random: &dyn RandomSource) -> Self {
        const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let chars = random.bytes::<MADE_CHARS>().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
        Self(chars.into_iter().collect())
    }

    /// The text as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the stored code. Takes the same time for every code of the same length.
    pub fn opens(&self, stored: &str) -> bool {
        self.0.as_bytes().ct_eq(stored.as_bytes()).into()
    }
}

impl fmt::Debug for PickupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PickupCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_compared_without_case_blanks_and_hyphens() {
        let stored = PickupCode::parse("ab12-CD34").unwrap();
        assert_eq!(stored.as_str(), "AB12CD34");
        for (said, opens) in [("AB12CD34", true), ("ab12 cd34", true), ("ab12cd35", false), ("ab12", false)] {
            assert_eq!(PickupCode::parse(said).unwrap().opens(stored.as_str()), opens, "{said}");
        }
        for bad in ["", "abc", "ab.12", "äbcd", &"x".repeat(33)] {
            assert!(PickupCode::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_code_is_not_shown_in_logs() {
        assert_eq!(format!("{:?}", PickupCode::parse("SECRET").unwrap()), "PickupCode(..)");
    }
}
