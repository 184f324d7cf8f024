//! What a text could be, by its form alone.

use card::{CardNumber, KeyRing, Reading, SignedCard, read};

/// Digits of the year and of the running number in an order's number.
const YEAR_DIGITS: usize = 4;
const RUNNING_DIGITS: usize = 6;

/// What a text could be.
#[derive(Debug)]
pub(super) enum Form {
    /// A code of a card or a day ticket, with a signature of ours.
    Signed(SignedCard),
    /// A code as vouchers have.
    Short(String),
    /// The number on a card.
    CardNumber(CardNumber),
    /// The number of an order, as receipts show it.
    OrderNumber(String),
    /// A promotion code, or words.
    Other,
}

/// The form of a text.
pub(super) fn form(text: &str, keys: &KeyRing) -> Form {
    let text = text.trim();
    match read(text, keys) {
        Ok(Reading::Signed(card)) => return Form::Signed(card),
        Ok(Reading::Short(_)) => return Form::Short(text.to_owned()),
        Ok(Reading::Foreign(_)) | Err(_) => {}
    }
    if let Ok(number) = CardNumber::parse(text) {
        return Form::CardNumber(number);
    }
    order_number(text).map_or(Form::Other, Form::OrderNumber)
}

/// The number of an order. A scanner set to another keyboard types another sign between year and number.
fn order_number(text: &str) -> Option<String> {
    let (year, rest) = text.split_at_checked(YEAR_DIGITS)?;
    let running = rest.strip_prefix(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest);
    let is_number = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(year, YEAR_DIGITS) && is_number(running, RUNNING_DIGITS)).then(|| format!("{year}-{running}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> &'static str {
        let list = card::KeyList { serial: 1, keys: Vec::new() };
        match form(text, &KeyRing::new(&list).unwrap()) {
            Form::Signed(_) => "signed",
            Form::Short(_) => "short",
            Form::CardNumber(_) => "card number",
            Form::OrderNumber(_) => "order number",
            Form::Other => "other",
        }
    }

    #[test]
    fn a_text_is_known_by_its_form() {
        let number = CardNumber::from_random([7; 8]);
        let short = card::ShortCode::from_random([7; 16]);
        for (text, expected) in [
            (number.to_string().as_str(), "card number"),
            (number.digits().as_str(), "card number"),
            (short.text(), "short"),
            ("2026-000123", "order number"),
            (" 2026ß000123\n", "order number"),
            ("2026000123", "order number"),
            ("2026-00012", "other"),
            ("SOMMER26", "other"),
            ("Müller", "other"),
            ("", "other"),
        ] {
            assert_eq!(name(text.trim()), expected, "{text}");
        }
    }
}
