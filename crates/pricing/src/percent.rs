//! Percentages from 0 to 100, kept as exact decimals. Every rounding of the crate that a percentage causes happens here.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::money::Cents;

/// Most decimals of a percentage, so that every product with an amount stays exact.
const DECIMALS_MAX: u32 = 6;

/// A percentage from 0 to 100 with at most six decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(Decimal);

/// Why a text is not a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PercentError {
    /// The text has no form like `12.5`.
    #[error("is not a percentage like \"12.5\"")]
    Malformed,
    /// The text has more than six decimals.
    #[error("has more than six decimals")]
    TooPrecise,
    /// The percentage is below zero.
    #[error("is negative")]
    Negative,
    /// The percentage is above one hundred.
    #[error("is above 100")]
    AboveHundred,
}

impl Percent {
    /// Reads `"20"`, `"12.5"`: digits, and if there is a point, digits behind it.
    pub fn parse(text: &str) -> Result<Percent, PercentError> {
        let (unsigned, negative) = match text.strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return Err(PercentError::Malformed);
        }
        if negative {
            return Err(PercentError::Negative);
        }
        if fraction.trim_end_matches('0').len() > DECIMALS_MAX as usize {
            return Err(PercentError::TooPrecise);
        }
        if whole.trim_start_matches('0').len() > 3 {
            return Err(PercentError::AboveHundred);
        }
        let short = format!("{}.{}", whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let padded = format!("0{short}0");
        let value = Decimal::from_str(&padded).map_err(|_| PercentError::Malformed)?.normalize();
        if value > Decimal::ONE_HUNDRED {
            return Err(PercentError::AboveHundred);
        }
        Ok(Percent(value))
    }

    /// This share of an amount that is not negative, rounded half up to the cent.
    pub fn of(self, amount: Cents) -> Cents {
        let (mantissa, unit) = self.parts();
        quotient_half_up(i128::from(amount.0) * mantissa, 100 * unit)
    }

    /// The tax contained in a gross amount at this rate, rounded half up to the cent.
    pub fn contained_in(self, gross: Cents) -> Cents {
        let (mantissa, unit) = self.parts();
        quotient_half_up(i128::from(gross.0) * mantissa, 100 * unit + mantissa)
    }

    /// The percentage as a fraction `numerator / denominator` of the whole.
    pub fn fraction(self) -> (i128, i128) {
        let (mantissa, unit) = self.parts();
        (mantissa, 100 * unit)
    }

    fn parts(self) -> (i128, i128) {
        (self.0.mantissa(), 10_i128.pow(self.0.scale()))
    }
}

/// `numerator / denominator` for numbers that are not negative, rounded half up.
fn quotient_half_up(numerator: i128, denominator: i128) -> Cents {
    let rounded = (2 * numerator + denominator) / (2 * denominator);
    // A share of at most 100 percent of an i64 amount fits an i64.
    Cents(i64::try_from(rounded).unwrap_or(i64::MAX))
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Percent::parse(&text).map_err(|error| serde::de::Error::custom(format!("{text:?} {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn percent(text: &str) -> Percent {
        Percent::parse(text).unwrap()
    }

    #[test]
    fn only_zero_to_hundred_is_a_percentage() {
        for (text, shown) in [
            ("20", "20"),
            ("12.5", "12.5"),
            ("0", "0"),
            ("100.000", "100"),
            ("07.50", "7.5"),
            ("33.333333", "33.333333"),
        ] {
            assert_eq!(Percent::parse(text).map(|p| p.to_string()), Ok(shown.to_owned()));
        }
        for (text, error) in [
            ("120", PercentError::AboveHundred),
            ("100.01", PercentError::AboveHundred),
            ("99999999999999999999999999999999999", PercentError::AboveHundred),
            ("-1", PercentError::Negative),
            ("1.1234567", PercentError::TooPrecise),
            ("", PercentError::Malformed),
            ("12.", PercentError::Malformed),
            ("ten", PercentError::Malformed),
            ("1e1", PercentError::Malformed),
            ("12 %", PercentError::Malformed),
        ] {
            assert_eq!(Percent::parse(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn shares_are_rounded_half_up() {
        for (rate, amount, share) in [
            ("10", 455, 46),
            ("33", 1000, 330),
            ("50", 1, 1),
            ("12.5", 4, 1),
            ("100", 999, 999),
            ("0", 999, 0),
            ("49.999999", 1, 0),
        ] {
            assert_eq!(percent(rate).of(Cents(amount)), Cents(share), "{rate} % of {amount}");
        }
    }

    #[test]
    fn tax_is_taken_out_of_the_gross_amount() {
        for (rate, gross, tax) in [("7", 5600, 366), ("7", 2431, 159), ("19", 864, 138), ("0", 864, 0), ("100", 1, 1)] {
            assert_eq!(percent(rate).contained_in(Cents(gross)), Cents(tax), "{rate} % in {gross}");
        }
    }

    proptest! {
        #[test]
        fn a_share_never_exceeds_the_whole(cents in 0_i64..1_000_000_000_000, millionths in 0_u32..=100_000_000) {
            let rate = percent(&format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000));
            let share = rate.of(Cents(cents));
            prop_assert!(Cents::ZERO <= share && share <= Cents(cents));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = Percent::parse(&text);
        }
    }
}
