//! Digits: the ISO 7064 MOD 97-10 check, and bytes written in base 10.
//!
//! Everything a card or a voucher carries is digits, so that any keyboard reader in any layout
//! types it right. Each byte string has exactly one digit text: a group whose value does not fit
//! its bytes is refused.

use std::fmt::Write as _;

/// Bytes of a whole group and the digits it takes.
const GROUP_BYTES: usize = 7;
const GROUP_DIGITS: usize = 17;
/// Digits that a group of 0..=7 bytes takes.
const DIGITS_OF: [usize; GROUP_BYTES + 1] = [0, 3, 5, 8, 10, 13, 15, GROUP_DIGITS];

/// The two check digits of `body`: 98 - (n * 100 mod 97), always 02..=98.
///
/// `body` must hold ASCII digits only.
pub(crate) fn check_of(body: &[u8]) -> u64 {
    98 - remainder(body) * 100 % 97
}

/// `body` with its two check digits behind it.
pub(crate) fn with_check(body: String) -> String {
    let check = check_of(body.as_bytes());
    body + &format!("{check:02}")
}

/// The part before the check digits when `text` is digits only and its check is right.
///
/// The two digits are compared with the computed ones, not only by their remainder: 00, 01 and 99
/// would leave the same remainder as 97, 98 and 02 and give a card a second text.
pub(crate) fn strip_check(text: &str) -> Option<&[u8]> {
    let bytes = text.as_bytes();
    if !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let (body, check) = bytes.split_at_checked(bytes.len().checked_sub(2)?)?;
    (!body.is_empty() && number(check) == check_of(body)).then_some(body)
}

/// Writes `bytes` as digits: groups of 7 bytes in 17 digits each, the last group in as few as it needs.
pub(crate) fn write_bytes(bytes: &[u8], into: &mut String) {
    for group in bytes.chunks(GROUP_BYTES) {
        let value = group.iter().fold(0_u64, |n, byte| n << 8 | u64::from(*byte));
        let width = DIGITS_OF[group.len()];
        // A String takes every write.
        let _ = write!(into, "{value:0width$}");
    }
}

/// Reads exactly `N` bytes back from ASCII digits; `None` when a group is too large or a digit is
/// missing or left over.
pub(crate) fn read_bytes<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let mut rest = digits;
    for group in bytes.chunks_mut(GROUP_BYTES) {
        let (head, tail) = rest.split_at_checked(DIGITS_OF[group.len()])?;
        let value = number(head).to_be_bytes();
        let (above, fitting) = value.split_at(value.len() - group.len());
        if above.iter().any(|byte| *byte != 0) {
            return None;
        }
        group.copy_from_slice(fitting);
        rest = tail;
    }
    rest.is_empty().then_some(bytes)
}

/// The value of at most 19 ASCII digits.
fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |n, digit| n * 10 + u64::from(digit - b'0'))
}

/// A number of any length modulo 97.
fn remainder(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |n, digit| (n * 10 + u64::from(digit - b'0')) % 97)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn check_digits_of_known_numbers() {
        // 794 is the worked example of the standard's MOD 97-10: 794 44.
        assert_eq!(with_check("794".into()), "79444");
        assert_eq!(with_check("0".into()), "098");
        assert_eq!(strip_check("79444"), Some(&b"794"[..]));
    }

    #[test]
    fn checks_outside_02_to_98_are_refused() {
        // The wrong one leaves the same remainder as the right one.
        for (right, wrong) in [(97, "00"), (98, "01"), (2, "99")] {
            let body = (0..97).map(|n| n.to_string()).find(|n| check_of(n.as_bytes()) == right);
            let body = body.expect("97 numbers in a row have all 97 checks");
            assert!(strip_check(&format!("{body}{right:02}")).is_some());
            assert_eq!(strip_check(&format!("{body}{wrong}")), None);
        }
    }

    #[test]
    fn a_group_above_its_bytes_is_refused() {
        assert_eq!(read_bytes::<1>(b"255"), Some([255]));
        assert_eq!(read_bytes::<1>(b"256"), None);
        assert_eq!(read_bytes::<7>(b"72057594037927935"), Some([255; 7]));
        assert_eq!(read_bytes::<7>(b"72057594037927936"), None);
        assert_eq!(read_bytes::<7>(b"7205759403792793"), None);
        assert_eq!(read_bytes::<1>(b"2550"), None);
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes: [u8; 81]) {
            let mut text = String::new();
            write_bytes(&bytes, &mut text);
            prop_assert_eq!(text.len(), 197);
            prop_assert_eq!(read_bytes::<81>(text.as_bytes()), Some(bytes));
        }

        #[test]
        fn every_wrong_digit_and_swap_is_noticed(body in "[0-9]{1,60}", at: prop::sample::Index, by in 1_u8..10) {
            let text = with_check(body);
            let at = at.index(text.len());
            let mut changed = text.clone().into_bytes();
            changed[at] = (changed[at] - b'0' + by) % 10 + b'0';
            prop_assert_eq!(strip_check(std::str::from_utf8(&changed)?), None);

            if at + 1 < text.len() {
                let mut swapped = text.clone().into_bytes();
                swapped.swap(at, at + 1);
                if swapped != text.as_bytes() {
                    prop_assert_eq!(strip_check(std::str::from_utf8(&swapped)?), None);
                }
            }
        }
    }
}
