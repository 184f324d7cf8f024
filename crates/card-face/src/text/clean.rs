//! Texts as they arrive are not always texts as they print: composed forms, no invisible characters.

use unicode_normalization::UnicodeNormalization;

/// Brings a text into composed form (NFC), turns blanks of all kinds into single ones and drops what is invisible.
/// Line breaks stay; so do the joiners that Persian and Indic names need.
pub(crate) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for character in text.nfc() {
        match character {
            '\n' => cleaned.push('\n'),
            _ if character.is_whitespace() => {
                if !cleaned.ends_with([' ', '\n']) {
                    cleaned.push(' ');
                }
            }
            _ if character.is_control() || is_invisible(character) => {}
            _ => cleaned.push(character),
        }
    }
    cleaned
}

/// Characters without a shape of their own, apart from the two joiners.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'
            | '\u{200E}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_composed_and_freed_of_what_is_invisible() {
        for (given, expected) in [
            ("Mu\u{308}ller", "Müller"),
            ("Nguye\u{302}\u{303}n", "Nguyễn"),
            ("Zoe\u{200B}\u{FEFF} \u{A0}\tMay", "Zoe May"),
            ("a\u{202E}b\u{7}c\u{0}", "abc"),
            ("می\u{200C}خواهم", "می\u{200C}خواهم"),
            ("one\n two", "one\ntwo"),
        ] {
            assert_eq!(clean(given), expected);
        }
    }
}
