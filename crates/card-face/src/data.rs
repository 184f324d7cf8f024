//! What stands on one card: the data that a layout's variables take their values from.

use serde::{Deserialize, Serialize};

use crate::layout::Value;
use crate::layout::Variable;

/// The person on the card. One name part is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// Given name; empty if the person has one name only.
    #[serde(default)]
    pub given_name: Option<String>,
    /// Family name; empty if the person has one name only.
    #[serde(default)]
    pub family_name: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    pub birth_date: Option<String>,
}

/// One card to compose. Dates are local dates of the house, `YYYY-MM-DD`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardData {
    /// The 14 digits of the card number.
    pub number: String,
    /// The text of the QR code.
    pub code: String,
    /// The person on the card.
    pub holder: Holder,
    /// Name of the product, in the card's language.
    pub product_name: String,
    /// Name of the price category, in the card's language.
    pub category_name: String,
    /// Whether the category needs a proof at the door.
    pub reduced: bool,
    /// First day.
    pub valid_from: String,
    /// Last day, inclusive.
    pub valid_until: String,
    /// Names of the houses that the ticket opens.
    pub houses: Vec<String>,
    /// The portrait: upright, cropped, a JPEG that can go into a print file as it is.
    pub photo_jpeg: Option<Vec<u8>>,
    /// Two letters: `de`, `en` or `fr`; decides how dates and lists are written, if the layout speaks it.
    pub language: String,
}

impl CardData {
    /// Given and family name with a blank between, as far as there are any.
    pub fn holder_name(&self) -> String {
        let parts = [&self.holder.given_name, &self.holder.family_name];
        let parts = parts.into_iter().flatten().map(|part| part.trim()).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    }

    /// The value of a variable as it is printed in a language.
    pub(crate) fn text_of(&self, variable: Variable, language: &str) -> String {
        let part = |part: &Option<String>| part.as_deref().unwrap_or_default().trim().to_owned();
        match variable {
            Variable::HolderName => self.holder_name(),
            Variable::HolderGivenName => part(&self.holder.given_name),
            Variable::HolderFamilyName => part(&self.holder.family_name),
            Variable::HolderBirthDate => long_date(&part(&self.holder.birth_date), language),
            Variable::HolderPhoto => String::new(),
            Variable::ProductName => self.product_name.clone(),
            Variable::CategoryName => self.category_name.clone(),
            Variable::ValidFrom => long_date(&self.valid_from, language),
            Variable::ValidFromShort => short_date(&self.valid_from, language),
            Variable::ValidUntil => long_date(&self.valid_until, language),
            Variable::ValidUntilShort => short_date(&self.valid_until, language),
            Variable::Reduced => self.reduced.to_string(),
            Variable::CardNumber => self.number.clone(),
            Variable::CardNumberGrouped => grouped(&self.number),
            Variable::CardQr => self.code.clone(),
            Variable::HouseNames => list_in_words(&self.houses, language),
            Variable::CardLanguage => language.to_owned(),
        }
    }

    /// The value of a variable as conditions see it; dates compare by their plain form.
    pub(crate) fn value_of(&self, variable: Variable, language: &str) -> Value {
        match variable {
            Variable::Reduced => Value::Flag(self.reduced),
            Variable::ValidFrom => Value::Text(self.valid_from.clone()),
            Variable::ValidUntil => Value::Text(self.valid_until.clone()),
            Variable::HolderBirthDate => Value::Text(self.holder.birth_date.clone().unwrap_or_default()),
            other => Value::Text(self.text_of(other, language)),
        }
    }
}

const MONTHS_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// A date in words; what is no date stays as it is.
fn long_date(date: &str, language: &str) -> String {
    let Some((year, month, day)) = split_date(date) else {
        return date.to_owned();
    };
    match language {
        "en" => format!("{day} {} {year}", MONTHS_EN[month - 1]),
        "fr" => format!("{day}{} {} {year}", if day == 1 { "er" } else { "" }, MONTHS_FR[month - 1]),
        _ => format!("{day}. {} {year}", MONTHS_DE[month - 1]),
    }
}

/// A date in digits; what is no date stays as it is.
fn short_date(date: &str, language: &str) -> String {
    let Some((year, month, day)) = split_date(date) else {
        return date.to_owned();
    };
    match language {
        "en" | "fr" => format!("{day:02}/{month:02}/{year}"),
        _ => format!("{day:02}.{month:02}.{year}"),
    }
}

fn split_date(date: &str) -> Option<(&str, usize, u8)> {
    let mut parts = date.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let year_is_plain = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    (year_is_plain && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

/// Digits in groups of four.
fn grouped(number: &str) -> String {
    let letters: Vec<char> = number.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// `A`, `A und B`, `A, B und C`.
fn list_in_words(items: &[String], language: &str) -> String {
    let and = match language {
        "en" => "and",
        "fr" => "et",
        _ => "und",
    };
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} {and} {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_the_cards_language() {
        for (date, language, long, short) in [
            ("2027-11-20", "de", "20. November 2027", "20.11.2027"),
            ("2028-02-29", "en", "29 February 2028", "29/02/2028"),
            ("2027-03-01", "fr", "1er mars 2027", "01/03/2027"),
            ("2027-13-01", "de", "2027-13-01", "2027-13-01"),
            ("tomorrow", "de", "tomorrow", "tomorrow"),
            ("", "en", "", ""),
        ] {
            assert_eq!(long_date(date, language), long);
            assert_eq!(short_date(date, language), short);
        }
    }

    #[test]
    fn names_numbers_and_houses_are_joined() {
        let mut card = CardData { number: "01234567890123".to_owned(), ..CardData::default() };
        assert_eq!(card.text_of(Variable::CardNumberGrouped, "de"), "0123 4567 8901 23");
        card.holder.family_name = Some(" Sukarno ".to_owned());
        assert_eq!(card.holder_name(), "Sukarno");
        card.holder.given_name = Some("Zoë".to_owned());
        assert_eq!(card.holder_name(), "Zoë Sukarno");
        card.houses = ["Stadtmuseum", "Schloss", "Depot"].map(str::to_owned).to_vec();
        assert_eq!(card.text_of(Variable::HouseNames, "de"), "Stadtmuseum, Schloss und Depot");
        card.houses.truncate(1);
        assert_eq!(card.text_of(Variable::HouseNames, "de"), "Stadtmuseum");
    }
}
