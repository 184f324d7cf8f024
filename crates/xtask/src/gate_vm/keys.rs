//! What readers type: key reports of a USB keyboard, per layout.
//!
//! Texts are typed as they are, with two marks: `!` is the Enter key and `>` the Tab key.

use std::fmt::Write as _;

/// Describes a keyboard with eight modifiers and six keys at a time, as any boot keyboard does.
pub(super) const DESCRIPTOR: [u8; 45] = [
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95,
    0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x03, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07,
    0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xc0,
];

const SHIFT: u8 = 0x02;
const ALT: u8 = 0x04;
const ALT_GR: u8 = 0x40;
const KEY_Q: u8 = 0x14;
const KEY_1: u8 = 0x1e;
const KEY_0: u8 = 0x27;
const KEY_9: u8 = 0x26;
const KEY_ENTER: u8 = 0x28;
const KEY_TAB: u8 = 0x2b;
const KEY_RIGHT_BRACKET: u8 = 0x30;
const KEYPAD_ENTER: u8 = 0x58;
const KEYPAD_1: u8 = 0x59;
const KEYPAD_0: u8 = 0x62;

/// How a reader was set up to type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Digits on the row.
    Us,
    /// Digits on the row; brackets with the right Alt key.
    German,
    /// Digits on the row with shift.
    French,
    /// Digits and Enter on the keypad.
    Keypad,
    /// Each character as its number on the keypad, the Alt key held.
    AltCodes,
}

impl Layout {
    pub(super) const ALL: [Self; 5] = [Self::Us, Self::German, Self::French, Self::Keypad, Self::AltCodes];

    /// The name of its file in the guest.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::German => "de",
            Self::French => "fr",
            Self::Keypad => "keypad",
            Self::AltCodes => "alt",
        }
    }

    /// The layout as the guest reads it: a character and its reports per line.
    pub(super) fn to_table(self) -> String {
        let mut table = String::new();
        for character in "0123456789]Q!>".chars() {
            let reports: String = self.reports(character).iter().flatten().fold(String::new(), |mut text, byte| {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\{byte:03o}");
                text
            });
            let _ = writeln!(table, "{character} {reports}");
        }
        table
    }

    /// Every key goes down and up again, each in a report of its own.
    fn reports(self, character: char) -> Vec<[u8; 8]> {
        match (self, character.to_digit(10)) {
            (Self::Keypad, Some(digit)) => press(0, key(digit, KEYPAD_1, KEYPAD_0)),
            (Self::French, Some(digit)) => press(SHIFT, key(digit, KEY_1, KEY_0)),
            (Self::AltCodes, _) if character.is_ascii_alphanumeric() || character == ']' => alt_code(character),
            (_, Some(digit)) => press(0, key(digit, KEY_1, KEY_0)),
            (Self::German, None) if character == ']' => press(ALT_GR, KEY_9),
            (Self::Keypad, None) if character == '!' => press(0, KEYPAD_ENTER),
            (_, None) => match character {
                ']' => press(0, KEY_RIGHT_BRACKET),
                'Q' => press(SHIFT, KEY_Q),
                '>' => press(0, KEY_TAB),
                _ => press(0, KEY_ENTER),
            },
        }
    }
}

fn key(digit: u32, one: u8, zero: u8) -> u8 {
    match u8::try_from(digit) {
        Ok(digit @ 1..=9) => one + digit - 1,
        _ => zero,
    }
}

fn press(modifiers: u8, key: u8) -> Vec<[u8; 8]> {
    vec![[modifiers, 0, key, 0, 0, 0, 0, 0], [0; 8]]
}

/// The Alt key goes down, the number of the character is typed on the keypad, the Alt key goes up.
fn alt_code(character: char) -> Vec<[u8; 8]> {
    let held = [ALT, 0, 0, 0, 0, 0, 0, 0];
    let mut reports = vec![held];
    for digit in format!("{:04}", u32::from(character)).chars().filter_map(|digit| digit.to_digit(10)) {
        reports.push([ALT, 0, key(digit, KEYPAD_1, KEYPAD_0), 0, 0, 0, 0, 0]);
        reports.push(held);
    }
    reports.push([0; 8]);
    reports
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_is_a_line_per_character() {
        let table = Layout::French.to_table();
        let one = table.lines().find(|line| line.starts_with("1 ")).expect("a line");
        assert_eq!(one, format!("1 {}{}", r"\002\000\036\000\000\000\000\000", r"\000".repeat(8)));
        assert_eq!(table.lines().count(), 14);
        let zero = alt_code('0');
        assert_eq!(zero.len(), 10, "Alt, four digits down and up, all up: {zero:?}");
    }
}
