//! Postal addresses.

use super::country::{self, CodePlace};
use super::text::clean;
use serde::{Deserialize, Serialize};

/// The most lines above the town.
const LINES_MAX: usize = 4;
/// The most characters of a line, and of a town.
const LINE_CHARS_MAX: usize = 100;
/// The most characters of a postal code.
const POSTAL_CODE_CHARS_MAX: usize = 16;

/// A postal address. `lines` hold street, house number and additions; `country` is the ISO 3166 code of two letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Street, house number, additions: one to four lines.
    pub lines: Vec<String>,
    /// Postal code, as its country writes it; may be empty where a country has none.
    #[serde(default)]
    pub postal_code: String,
    /// Town.
    pub city: String,
    /// ISO 3166-1 code of two capital letters, for instance `DE`.
    pub country: String,
}

/// Why nothing can be sent to an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefusal {
    /// There is no line above the town.
    #[error("a street, or another line above the town, is needed")]
    NoLine,
    /// There are more lines than a window shows.
    #[error("there are at most {LINES_MAX} lines above the town")]
    TooManyLines,
    /// A line is too long for a label.
    #[error("a line has at most {LINE_CHARS_MAX} characters")]
    LineTooLong,
    /// There is no town.
    #[error("a town is needed")]
    NoCity,
    /// The town is too long for a label.
    #[error("a town has at most {LINE_CHARS_MAX} characters")]
    CityTooLong,
    /// There is no such country.
    #[error("a country is its ISO code of two capital letters, for instance DE")]
    UnknownCountry,
    /// The country's post needs a postal code.
    #[error("a postal code is needed, for instance {example}")]
    NoPostalCode {
        /// One as the country writes it.
        example: String,
    },
    /// The country writes postal codes in another way.
    #[error("this is no postal code of the country, which looks like {example}")]
    WrongPostalCode {
        /// One as the country writes it.
        example: String,
    },
    /// The postal code is too long for a label.
    #[error("a postal code has at most {POSTAL_CODE_CHARS_MAX} characters")]
    PostalCodeTooLong,
}

impl AddressRefusal {
    /// The part that is wrong.
    pub const fn part(&self) -> &'static str {
        match self {
            Self::NoLine | Self::TooManyLines | Self::LineTooLong => "lines",
            Self::NoCity | Self::CityTooLong => "city",
            Self::UnknownCountry => "country",
            Self::NoPostalCode { .. } | Self::WrongPostalCode { .. } | Self::PostalCodeTooLong => "postal_code",
        }
    }

    /// A stable word.
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::NoLine | Self::NoCity | Self::NoPostalCode { .. } => "missing",
            Self::TooManyLines => "too_many",
            Self::LineTooLong | Self::CityTooLong | Self::PostalCodeTooLong => "too_long",
            Self::UnknownCountry => "unknown_country",
            Self::WrongPostalCode { .. } => "postal_code_format",
        }
    }
}

impl Address {
    /// The address with its texts cleaned, and its postal code as its country writes it.
    ///
    /// # Errors
    /// The first part that is missing or cannot be right.
    pub fn checked(self) -> Result<Self, AddressRefusal> {
        let is_long = |text: &str, most: usize| text.chars().count() > most;
        let lines: Vec<String> = self.lines.iter().map(|line| clean(line)).filter(|line| !line.is_empty()).collect();
        let (city, typed, country) = (clean(&self.city), clean(&self.postal_code), self.country);
        if lines.is_empty() {
            return Err(AddressRefusal::NoLine);
        }
        if lines.len() > LINES_MAX {
            return Err(AddressRefusal::TooManyLines);
        }
        if lines.iter().any(|line| is_long(line, LINE_CHARS_MAX)) {
            return Err(AddressRefusal::LineTooLong);
        }
        if city.is_empty() {
            return Err(AddressRefusal::NoCity);
        }
        if is_long(&city, LINE_CHARS_MAX) {
            return Err(AddressRefusal::CityTooLong);
        }
        if !country::is_known(&country) {
            return Err(AddressRefusal::UnknownCountry);
        }
        if is_long(&typed, POSTAL_CODE_CHARS_MAX) {
            return Err(AddressRefusal::PostalCodeTooLong);
        }
        let example = || country::example(&country).unwrap_or_default();
        if typed.is_empty() && country::needs_postal_code(&country) {
            return Err(AddressRefusal::NoPostalCode { example: example() });
        }
        let postal_code = if typed.is_empty() { Some(typed) } else { country::postal_code(&country, &typed) };
        let postal_code = postal_code.ok_or_else(|| AddressRefusal::WrongPostalCode { example: example() })?;
        Ok(Self { lines, postal_code, city, country })
    }

    /// Town and postal code in the places that the country's post gives them: one line, or two.
    pub fn town_lines(&self) -> Vec<String> {
        let (city, code) = (self.city.as_str(), self.postal_code.as_str());
        let lines = match country::code_place(&self.country) {
            CodePlace::Before => vec![format!("{code} {city}")],
            CodePlace::Behind => vec![format!("{city} {code}")],
            CodePlace::Below => vec![city.to_owned(), code.to_owned()],
        };
        lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(lines: &[&str], postal_code: &str, city: &str, country: &str) -> Address {
        Address {
            lines: lines.iter().map(ToString::to_string).collect(),
            postal_code: postal_code.to_owned(),
            city: city.to_owned(),
            country: country.to_owned(),
        }
    }

    #[test]
    fn each_bad_address_says_which_part_is_wrong_and_why() {
        let long = "x".repeat(101);
        let (street, five) = (["Am Markt 1"], ["a", "b", "c", "d", "e"]);
        for (given, part, reason, told) in [
            (address(&[], "14467", "Potsdam", "DE"), "lines", "missing", "street"),
            (address(&[" ", "\u{200B}"], "14467", "Potsdam", "DE"), "lines", "missing", "street"),
            (address(&five, "14467", "Potsdam", "DE"), "lines", "too_many", "at most 4"),
            (address(&[&long], "14467", "Potsdam", "DE"), "lines", "too_long", "100"),
            (address(&street, "14467", " ", "DE"), "city", "missing", "town"),
            (address(&street, "14467", &long, "DE"), "city", "too_long", "100"),
            (address(&street, "14467", "Potsdam", ""), "country", "unknown_country", "ISO"),
            (address(&street, "14467", "Potsdam", "de"), "country", "unknown_country", "ISO"),
            (address(&street, "14467", "Potsdam", "Germany"), "country", "unknown_country", "ISO"),
            (address(&street, "14467", "Potsdam", "XX"), "country", "unknown_country", "ISO"),
            (address(&street, "SW1Y 4JH", "London", "UK"), "country", "unknown_country", "ISO"),
            (address(&street, "", "Potsdam", "DE"), "postal_code", "missing", "12345"),
            (address(&street, "1446", "Potsdam", "DE"), "postal_code", "postal_code_format", "12345"),
            (address(&street, "14467", "Wien", "AT"), "postal_code", "postal_code_format", "1234"),
            (address(&street, "SW1Y", "London", "GB"), "postal_code", "postal_code_format", "AB12 3CD"),
            (address(&street, "1012", "Amsterdam", "NL"), "postal_code", "postal_code_format", "1234 AB"),
            (address(&street, "950", "Warszawa", "PL"), "postal_code", "postal_code_format", "12-345"),
            (address(&street, "2050", "Washington DC", "US"), "postal_code", "postal_code_format", "12345"),
            (address(&street, "K1A", "Ottawa", "CA"), "postal_code", "postal_code_format", "A1B 2C3"),
            (address(&street, &"1".repeat(17), "Santiago", "CL"), "postal_code", "too_long", "16"),
        ] {
            let shown = format!("{given:?}");
            let refusal = given.checked().expect_err(&shown);
            assert_eq!((refusal.part(), refusal.reason()), (part, reason), "{shown}");
            assert!(refusal.to_string().contains(told), "{shown}: {refusal}");
        }
    }

    #[test]
    fn good_addresses_are_kept_as_their_country_writes_them() {
        for (given, kept, town) in [
            (address(&[" Am  Markt 1 ", ""], "D-14467", "Potsdam", "DE"), "14467", &["14467 Potsdam"][..]),
            (address(&["12 St James's Square"], "sw1y4jh", "London", "GB"), "SW1Y 4JH", &["London", "SW1Y 4JH"]),
            (
                address(&["1600 Pennsylvania Ave NW"], "dc 20500", "Washington", "US"),
                "DC 20500",
                &["Washington DC 20500"],
            ),
            (address(&["Οδός Ερμού 15"], "10563", "Αθήνα", "GR"), "105 63", &["105 63 Αθήνα"]),
            (address(&["P.O. Box 12"], "", "Hong Kong", "HK"), "", &["Hong Kong"]),
            (address(&["1 Main Street"], "", "Dublin", "IE"), "", &["Dublin"]),
        ] {
            let address = given.checked().expect("right");
            assert_eq!(address.postal_code, kept);
            assert_eq!(address.town_lines(), town);
        }
    }
}
