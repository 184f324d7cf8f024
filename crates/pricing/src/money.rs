//! Money: whole cents, never a float. Promises exact parsing and printing and nothing else.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The largest amount that [`Cents::parse`] reads, in cents: ten thousand tickets of it still fit an `i64` by far.
pub const MAX_AMOUNT: Cents = Cents(1_000_000_000_000);

/// An amount of money in whole cents of the installation's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cents(pub i64);

/// Why a text is not an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The text has no form like `12.00`.
    #[error("is not an amount like \"12.00\"")]
    Malformed,
    /// The text has more than two decimals.
    #[error("has more than two decimals")]
    TooPrecise,
    /// The amount is below zero.
    #[error("is negative")]
    Negative,
    /// The amount is above [`MAX_AMOUNT`].
    #[error("is above 10000000000.00")]
    TooLarge,
}

impl Cents {
    /// No money at all.
    pub const ZERO: Cents = Cents(0);

    /// Reads an amount of exactly the form `12.00`: digits, a point, two digits.
    pub fn parse(text: &str) -> Result<Cents, MoneyError> {
        let (unsigned, negative) = match text.strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let (whole, fraction) = unsigned.split_once('.').ok_or(MoneyError::Malformed)?;
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) || fraction.len() < 2 {
            return Err(MoneyError::Malformed);
        }
        if negative {
            return Err(MoneyError::Negative);
        }
        if fraction.len() > 2 {
            return Err(MoneyError::TooPrecise);
        }
        if whole.len() > 18 {
            return Err(MoneyError::TooLarge);
        }
        let digits = |part: &str| part.bytes().fold(0_i128, |sum, b| sum * 10 + i128::from(b - b'0'));
        let cents = digits(whole) * 100 + digits(fraction);
        match i64::try_from(cents) {
            Ok(cents) if cents <= MAX_AMOUNT.0 => Ok(Cents(cents)),
            _ => Err(MoneyError::TooLarge),
        }
    }

    /// The smaller of the two amounts.
    #[must_use]
    pub fn at_most(self, limit: Cents) -> Cents {
        self.min(limit)
    }
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents / 100, cents % 100)
    }
}

impl Serialize for Cents {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cents {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Cents::parse(&text).map_err(|error| serde::de::Error::custom(format!("{text:?} {error}")))
    }
}

impl Add for Cents {
    type Output = Cents;
    fn add(self, other: Cents) -> Cents {
        Cents(self.0 + other.0)
    }
}

impl Sub for Cents {
    type Output = Cents;
    fn sub(self, other: Cents) -> Cents {
        Cents(self.0 - other.0)
    }
}

impl Neg for Cents {
    type Output = Cents;
    fn neg(self) -> Cents {
        Cents(-self.0)
    }
}

impl AddAssign for Cents {
    fn add_assign(&mut self, other: Cents) {
        self.0 += other.0;
    }
}

impl SubAssign for Cents {
    fn sub_assign(&mut self, other: Cents) {
        self.0 -= other.0;
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Cents>>(iter: I) -> Cents {
        iter.fold(Cents::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_exact_form_is_money() {
        let cases = [
            ("12.00", Ok(Cents(1200))),
            ("0.05", Ok(Cents(5))),
            ("10000000000.00", Ok(MAX_AMOUNT)),
            ("10000000000.01", Err(MoneyError::TooLarge)),
            ("99999999999999999999.00", Err(MoneyError::TooLarge)),
            ("12.005", Err(MoneyError::TooPrecise)),
            ("-1.00", Err(MoneyError::Negative)),
            ("-x", Err(MoneyError::Malformed)),
            ("12", Err(MoneyError::Malformed)),
            ("12.5", Err(MoneyError::Malformed)),
            ("12,00", Err(MoneyError::Malformed)),
            (".50", Err(MoneyError::Malformed)),
            ("1e2.00", Err(MoneyError::Malformed)),
            ("", Err(MoneyError::Malformed)),
            (" 1.00", Err(MoneyError::Malformed)),
            ("+1.00", Err(MoneyError::Malformed)),
        ];
        for (text, expected) in cases {
            assert_eq!(Cents::parse(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn printing_and_parsing_are_inverse(cents in 0_i64..=MAX_AMOUNT.0) {
            prop_assert_eq!(Cents::parse(&Cents(cents).to_string()), Ok(Cents(cents)));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = Cents::parse(&text);
        }
    }
}
