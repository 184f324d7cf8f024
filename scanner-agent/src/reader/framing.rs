//! Framing: where a scan begins and ends, and what around a code belongs to the reader and not to it.

use card::{SHORT_TEXT_DIGITS, SIGNED_TEXT_DIGITS};

use super::Content;

/// After a code of complete length, this much silence ends the scan.
pub const SILENCE_MS: u64 = 60;
/// After anything else, this much silence does: what is left is shown as malformed, not glued to the
/// next code.
pub const ABANDON_MS: u64 = 1_000;
/// Longer texts are no scan of ours.
const CHARS_MAX: usize = 8_000;

/// Collects the characters of one scan.
#[derive(Debug, Default)]
pub struct Framing {
    text: String,
    spoiled: bool,
}

impl Framing {
    /// Takes one character.
    pub fn push(&mut self, character: char) {
        if self.text.len() < CHARS_MAX {
            self.text.push(character);
        } else {
            self.spoil();
        }
    }

    /// Key reports were lost: whatever the scan says, it is not to be believed.
    pub fn spoil(&mut self) {
        self.spoiled = true;
        self.text.clear();
    }

    /// The reader was pulled out: what it had begun is spoiled, and nothing else is.
    pub fn interrupt(&mut self) {
        if !self.text.is_empty() {
            self.spoil();
        }
    }

    /// A terminator was read. Nothing before it: a second terminator of the same scan, for instance the
    /// line feed behind a carriage return.
    pub fn end(&mut self) -> Option<Content> {
        if std::mem::take(&mut self.spoiled) {
            self.text.clear();
            return Some(Content::Spoiled);
        }
        let text = std::mem::take(&mut self.text);
        (!text.is_empty()).then_some(Content::Text(text))
    }

    /// How long to wait for the next character before the scan ends without a terminator; `None` when
    /// nothing was read yet.
    pub fn patience_ms(&self) -> Option<u64> {
        if self.text.is_empty() && !self.spoiled {
            None
        } else if !self.spoiled && is_complete(code_of(&self.text)) {
            Some(SILENCE_MS)
        } else {
            Some(ABANDON_MS)
        }
    }
}

/// The code in a text: without blanks around it, and without what readers put before it: an AIM symbology
/// prefix (`]Q1`), an ECI mark (`\000026`), other characters that are no digits.
///
/// What stands behind the first digit is left as it is: a letter there makes the code malformed.
pub fn code_of(text: &str) -> &str {
    let text = text.trim();
    let code = bare_of(text).trim_start_matches(|c: char| !c.is_ascii_digit());
    // A reader of another layout types the bracket of an AIM prefix as something else, but its digit
    // right: then a complete code has one digit too many.
    let stripped = code.len() < text.len();
    match code.get(1..) {
        Some(rest) if stripped && !is_complete(code) && is_complete(rest) => rest,
        _ => code,
    }
}

/// The text without blanks around it and without the marks that readers put before it; letters stay, as codes of an older system may
/// have them.
pub fn bare_of(text: &str) -> &str {
    strip_eci(strip_aim(text.trim()))
}

fn is_complete(code: &str) -> bool {
    [SIGNED_TEXT_DIGITS, SHORT_TEXT_DIGITS].contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit())
}

/// `]`, a letter, a digit or letter.
fn strip_aim(text: &str) -> &str {
    match text.as_bytes() {
        [b']', letter, modifier, ..] if letter.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() => &text[3..],
        _ => text,
    }
}

/// A backslash and six digits.
fn strip_eci(text: &str) -> &str {
    match text.as_bytes() {
        [b'\\', digits @ ..] if digits.len() >= 6 && digits[..6].iter().all(u8::is_ascii_digit) => &text[7..],
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn short() -> String {
        "2".repeat(33)
    }

    #[test]
    fn what_readers_put_around_a_code_is_dropped() {
        let code = short();
        for (before, after) in
            [("", ""), ("]Q1", ""), ("]C0", "\r\n"), ("]Q2\\000026", ""), ("§Q1", ""), ("QR:", "\t"), ("  ", " ")]
        {
            assert_eq!(code_of(&format!("{before}{code}{after}")), code, "{before:?} {after:?}");
        }
    }

    #[test]
    fn what_is_wrong_stays_wrong() {
        for text in ["", "12a45", "1", "]Q1", "]Q112"] {
            let left = code_of(text);
            assert!(text.ends_with(left), "{text}");
            assert!(!is_complete(left));
        }
        let with_letter = format!("{}x{}", &short()[..10], &short()[..10]);
        assert_eq!(code_of(&with_letter), with_letter);
        let one_more = format!("{}2", short());
        assert_eq!(code_of(&one_more), one_more, "nothing was stripped, so nothing is guessed");
        let glued = short().repeat(2);
        assert_eq!(code_of(&glued), glued);
    }

    #[test]
    fn a_scan_ends_with_a_terminator_or_silence() {
        let mut framing = Framing::default();
        assert_eq!((framing.end(), framing.patience_ms()), (None, None));
        "12".chars().for_each(|c| framing.push(c));
        assert_eq!(framing.patience_ms(), Some(ABANDON_MS));
        assert_eq!(framing.end(), Some(Content::Text("12".into())));
        short().chars().for_each(|c| framing.push(c));
        assert_eq!(framing.patience_ms(), Some(SILENCE_MS));
        assert_eq!(framing.end(), Some(Content::Text(short())));
    }

    #[test]
    fn a_spoiled_scan_is_discarded_until_its_terminator() {
        let mut framing = Framing::default();
        framing.push('1');
        framing.spoil();
        short().chars().for_each(|c| framing.push(c));
        assert_eq!(framing.patience_ms(), Some(ABANDON_MS));
        assert_eq!(framing.end(), Some(Content::Spoiled));
        assert_eq!(framing.end(), None);
        (0..=CHARS_MAX).for_each(|_| framing.push('1'));
        assert_eq!(framing.end(), Some(Content::Spoiled));
    }

    #[test]
    fn a_reader_that_was_pulled_out_spoils_only_what_it_had_begun() {
        let mut framing = Framing::default();
        framing.interrupt();
        assert_eq!(framing.end(), None);
        framing.push('1');
        framing.interrupt();
        assert_eq!(framing.end(), Some(Content::Spoiled));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}", digits in "[\\]\\\\A-Z0-9]{0,240}") {
            prop_assert!(text.contains(code_of(&text)));
            prop_assert!(digits.ends_with(code_of(&digits)));
        }
    }
}
