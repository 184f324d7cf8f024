//! Key reports to characters, whatever layout the reader was set to.
//!
//! Digits come from the digit row with shift ignored (a reader set to French types shift + 1 for 1), from
//! the keypad, and from codes typed with Alt on the keypad. Letters and signs matter only as "no digit",
//! so they are read as a US keyboard would have them.

use super::Content;
use super::framing::Framing;

const KEY_BACKSPACE: u16 = 14;
pub(super) const KEY_TAB: u16 = 15;
const KEY_RIGHTBRACE: u16 = 27;
pub(super) const KEY_ENTER: u16 = 28;
const KEY_BACKSLASH: u16 = 43;
const KEY_SPACE: u16 = 57;
pub(super) const KEY_LEFTALT: u16 = 56;
pub(super) const KEY_KPENTER: u16 = 96;
const KEY_RIGHTALT: u16 = 100;
/// Keys that only change others: control, shift, caps lock, num lock, scroll lock, meta.
const MODIFIERS: [u16; 9] = [29, 42, 54, 58, 69, 70, 97, 125, 126];
pub(super) const DIGIT_ROW: std::ops::RangeInclusive<u16> = 2..=11;
/// Letter rows of a US keyboard: the first key code and the letters from there on.
const LETTER_ROWS: [(u16, &str); 3] = [(16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM")];
/// Keypad digits by key code.
pub(super) const KEYPAD: [(u16, char); 10] =
    [(71, '7'), (72, '8'), (73, '9'), (75, '4'), (76, '5'), (77, '6'), (79, '1'), (80, '2'), (81, '3'), (82, '0')];

/// Turns the key reports of one reader into scans.
#[derive(Debug, Default)]
pub struct KeyReader {
    framing: Framing,
    right_alt: bool,
    /// The number typed on the keypad while the left Alt key is held.
    alt_code: Option<u32>,
}

impl KeyReader {
    /// Takes a key that went down (`pressed`) or up.
    pub fn key(&mut self, code: u16, pressed: bool) -> Option<Content> {
        match (code, pressed) {
            (KEY_RIGHTALT, pressed) => self.right_alt = pressed,
            (KEY_LEFTALT, true) => self.alt_code = Some(0),
            (KEY_LEFTALT, false) => self.end_alt_code(),
            (_, false) => {}
            (KEY_ENTER | KEY_KPENTER | KEY_TAB, true) => return self.framing.end(),
            (code, true) if MODIFIERS.contains(&code) => {}
            (code, true) => self.character(code),
        }
        None
    }

    /// The kernel lost reports.
    pub fn dropped(&mut self) {
        self.alt_code = None;
        self.right_alt = false;
        self.framing.spoil();
    }

    /// The reader was pulled out.
    pub fn gone(&mut self) {
        self.alt_code = None;
        self.right_alt = false;
        self.framing.interrupt();
    }

    /// No report came for as long as [`KeyReader::patience_ms`] said.
    pub fn silence(&mut self) -> Option<Content> {
        self.framing.end()
    }

    /// How long to wait for the next report.
    pub fn patience_ms(&self) -> Option<u64> {
        self.framing.patience_ms()
    }

    fn character(&mut self, code: u16) {
        let keypad = KEYPAD.iter().find(|(key, _)| *key == code).map(|(_, digit)| *digit);
        match (self.alt_code, keypad.and_then(|digit| digit.to_digit(10))) {
            (Some(so_far), Some(digit)) => self.alt_code = Some(so_far.saturating_mul(10).saturating_add(digit)),
            _ => self.framing.push(keypad.unwrap_or_else(|| self.layout(code))),
        }
    }

    fn end_alt_code(&mut self) {
        if let Some(number) = self.alt_code.take().filter(|number| *number > 0) {
            self.framing.push(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }

    fn layout(&self, code: u16) -> char {
        if DIGIT_ROW.contains(&code) {
            // With the right Alt key the digit row types brackets and the like on German keyboards.
            let digit = u32::from(code - 1) % 10;
            return match (self.right_alt, char::from_digit(digit, 10)) {
                (false, Some(digit)) => digit,
                (true, Some('9')) => ']',
                _ => char::REPLACEMENT_CHARACTER,
            };
        }
        let letter =
            LETTER_ROWS.iter().find_map(|(first, letters)| letters.chars().nth(usize::from(code.checked_sub(*first)?)));
        match code {
            KEY_RIGHTBRACE => ']',
            KEY_BACKSLASH => '\\',
            KEY_SPACE => ' ',
            KEY_BACKSPACE => char::REPLACEMENT_CHARACTER,
            _ => letter.unwrap_or(char::REPLACEMENT_CHARACTER),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::framing::code_of;
    use super::*;

    const SHIFT: u16 = 42;

    fn digit_key(digit: char) -> u16 {
        match digit.to_digit(10).expect("a digit") {
            0 => 11,
            digit => u16::try_from(digit + 1).expect("small"),
        }
    }

    fn keypad_key(digit: char) -> u16 {
        KEYPAD.iter().find(|(_, d)| *d == digit).expect("a digit").0
    }

    fn press(reader: &mut KeyReader, keys: &[u16]) -> Option<Content> {
        let mut last = None;
        for key in keys {
            last = reader.key(*key, true);
            assert_eq!(reader.key(*key, false), None);
        }
        last
    }

    fn text(content: Option<Content>) -> String {
        match content {
            Some(Content::Text(text)) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn digits_come_right_from_every_layout() {
        let code: String = "0123456789".chars().cycle().take(33).collect();
        let mut reader = KeyReader::default();
        for digit in code.chars() {
            press(&mut reader, &[digit_key(digit)]);
        }
        assert_eq!(text(press(&mut reader, &[KEY_ENTER])), code, "US, German, ..");

        for digit in code.chars() {
            reader.key(SHIFT, true);
            press(&mut reader, &[digit_key(digit)]);
            reader.key(SHIFT, false);
        }
        assert_eq!(text(press(&mut reader, &[KEY_TAB])), code, "French");

        for digit in code.chars() {
            press(&mut reader, &[keypad_key(digit)]);
        }
        assert_eq!(text(press(&mut reader, &[KEY_KPENTER])), code, "keypad");

        for digit in code.chars() {
            reader.key(KEY_LEFTALT, true);
            let number = format!("{:04}", u32::from(digit));
            press(&mut reader, &number.chars().map(keypad_key).collect::<Vec<_>>());
            reader.key(KEY_LEFTALT, false);
        }
        assert_eq!(text(press(&mut reader, &[KEY_ENTER])), code, "Alt codes");
    }

    #[test]
    fn prefixes_of_us_and_german_readers_are_dropped() {
        let code = "2".repeat(33);
        let mut reader = KeyReader::default();
        press(&mut reader, &[KEY_RIGHTBRACE, 16, digit_key('1')]);
        code.chars().for_each(|digit| drop(press(&mut reader, &[digit_key(digit)])));
        assert_eq!(code_of(&text(press(&mut reader, &[KEY_ENTER]))), code);

        reader.key(KEY_RIGHTALT, true);
        press(&mut reader, &[digit_key('9')]);
        reader.key(KEY_RIGHTALT, false);
        press(&mut reader, &[16, digit_key('1')]);
        code.chars().for_each(|digit| drop(press(&mut reader, &[digit_key(digit)])));
        assert_eq!(code_of(&text(press(&mut reader, &[KEY_ENTER]))), code);
    }

    #[test]
    fn lost_reports_spoil_the_scan_and_no_other() {
        let mut reader = KeyReader::default();
        press(&mut reader, &[digit_key('1')]);
        reader.dropped();
        press(&mut reader, &[digit_key('2')]);
        assert_eq!(press(&mut reader, &[KEY_ENTER]), Some(Content::Spoiled));
        press(&mut reader, &[digit_key('3')]);
        assert_eq!(reader.silence(), Some(Content::Text("3".into())));
    }

    proptest! {
        #[test]
        fn no_reports_panic(keys: Vec<(u16, bool)>) {
            let mut reader = KeyReader::default();
            for (code, pressed) in keys {
                let _ = reader.key(code % 130, pressed);
            }
            let _ = (reader.patience_ms(), reader.silence());
        }
    }
}
