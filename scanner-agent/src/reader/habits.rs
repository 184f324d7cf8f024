//! How a reader types: what `setup-reader` tells about it.

use std::fmt;
use std::time::Duration;

use super::keys::{DIGIT_ROW, KEY_ENTER, KEY_KPENTER, KEY_LEFTALT, KEY_TAB, KEYPAD};

/// Left and right shift.
const SHIFTS: [u16; 2] = [42, 54];

/// What was seen of one scan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    shift: bool,
    alt: bool,
    row: u32,
    shifted_row: u32,
    keypad: u32,
    alt_keypad: u32,
    reports: u32,
    took: Duration,
    last_key: u16,
}

impl Habits {
    /// A key went down or up, so long after the first one.
    pub fn observe(&mut self, code: u16, pressed: bool, since_first: Duration) {
        self.reports += 1;
        self.took = since_first;
        match code {
            code if SHIFTS.contains(&code) => self.shift = pressed,
            KEY_LEFTALT => self.alt = pressed,
            _ if !pressed => {}
            code if DIGIT_ROW.contains(&code) && self.shift => self.shifted_row += 1,
            code if DIGIT_ROW.contains(&code) => self.row += 1,
            code if KEYPAD.iter().any(|(key, _)| *key == code) && self.alt => self.alt_keypad += 1,
            code if KEYPAD.iter().any(|(key, _)| *key == code) => self.keypad += 1,
            _ => {}
        }
        if pressed {
            self.last_key = code;
        }
    }

    /// From one report to the next, in tenths of a millisecond.
    pub fn tenths_ms_per_report(&self) -> u128 {
        self.took.as_micros() / 100 / u128::from(self.reports.saturating_sub(1).max(1))
    }
}

impl fmt::Display for Habits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ways = [
            (self.row, "on the row above the letters"),
            (self.shifted_row, "on the row above the letters with shift (a French layout)"),
            (self.keypad, "on the keypad"),
            (self.alt_keypad, "as numbers with the Alt key held"),
        ];
        let (_, way) = ways.into_iter().max_by_key(|(count, _)| *count).unwrap_or_default();
        let end = match self.last_key {
            KEY_ENTER => "Enter",
            KEY_KPENTER => "Enter of the keypad",
            KEY_TAB => "Tab",
            _ => "nothing",
        };
        let tenths = self.tenths_ms_per_report();
        write!(f, "digits {way}, {end} at the end, {}.{} ms per key report", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn habits(keys: &[(u16, bool)]) -> Habits {
        let mut habits = Habits::default();
        for ((code, pressed), ms) in keys.iter().zip(0..) {
            habits.observe(*code, *pressed, Duration::from_millis(ms));
        }
        habits
    }

    #[test]
    fn each_way_of_typing_is_told() {
        let down_up = |codes: &[u16]| codes.iter().flat_map(|code| [(*code, true), (*code, false)]).collect::<Vec<_>>();
        let plain = habits(&down_up(&[2, 3, 28]));
        assert_eq!(plain.to_string(), "digits on the row above the letters, Enter at the end, 1.0 ms per key report");
        let french = habits(&[(42, true), (2, true), (2, false), (42, false), (15, true)]);
        assert!(french.to_string().contains("with shift") && french.to_string().contains("Tab at the end"), "{french}");
        let keypad = habits(&down_up(&[79, 80, 96]));
        assert!(keypad.to_string().contains("on the keypad, Enter of the keypad"), "{keypad}");
        let alt = habits(&[(56, true), (82, true), (82, false), (76, true), (76, false), (56, false)]);
        assert!(alt.to_string().contains("Alt key"), "{alt}");
    }
}
