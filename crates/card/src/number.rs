//! The card number for people: an identifier to read out and type, not a secret.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::digits;

/// Numbers that fit before the check digits.
const NUMBERS: u64 = 1_000_000_000_000;
/// Digits with the two check digits.
const LENGTH: usize = 14;

/// 12 digits and 2 check digits, shown in groups: `0123 4567 8901 23`.
///
/// Typing it opens nothing without a person who compares the photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CardNumber(u64);

/// The text is not a card number: not 14 digits (blanks aside), or wrong check digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a card number: it has 14 digits, the last two of which check the others")]
pub struct InvalidCardNumber;

impl CardNumber {
    /// The number that eight random bytes give. The slight preference of a remainder (1 in 18
    /// million) does not matter for an identifier; uniqueness is the store's to keep.
    pub fn from_random(random: [u8; 8]) -> Self {
        Self(u64::from_be_bytes(random) % NUMBERS)
    }

    /// Reads 14 digits, blanks anywhere.
    ///
    /// # Errors
    /// [`InvalidCardNumber`] when anything else stands there or the check digits are wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidCardNumber> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).take(LENGTH + 1).collect();
        if plain.len() != LENGTH {
            return Err(InvalidCardNumber);
        }
        let body = digits::strip_check(&plain).ok_or(InvalidCardNumber)?;
        let value = body.iter().fold(0, |n, digit| n * 10 + u64::from(digit - b'0'));
        Ok(Self(value))
    }

    /// The 14 digits without blanks, as bar codes carry them.
    pub fn digits(self) -> String {
        digits::with_check(format!("{:012}", self.0))
    }
}

impl fmt::Display for CardNumber {
    /// The groups as printed on the card.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for CardNumber {
    type Error = InvalidCardNumber;

    fn try_from(text: String) -> Result<Self, InvalidCardNumber> {
        Self::parse(&text)
    }
}

impl From<CardNumber> for String {
    fn from(number: CardNumber) -> Self {
        number.digits()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn is_printed_in_groups() {
        let number = CardNumber::from_random(12_345_678_901_u64.to_be_bytes());
        let printed = number.to_string();
        assert_eq!(&printed[..14], "0123 4567 8901");
        assert_eq!(printed.len(), 17);
        assert_eq!(CardNumber::parse(&printed), Ok(number));
        assert_eq!(CardNumber::parse(&number.digits()), Ok(number));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "12", "0123 4567 8901 00", "0123 4567 8901 234", "０１２３４５６７８９０１２３"]
        {
            assert_eq!(CardNumber::parse(text), Err(InvalidCardNumber), "{text}");
        }
    }

    proptest! {
        #[test]
        fn comes_back_from_its_text(random: [u8; 8]) {
            let number = CardNumber::from_random(random);
            prop_assert_eq!(CardNumber::parse(&number.to_string()), Ok(number));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = CardNumber::parse(&text);
        }
    }
}
