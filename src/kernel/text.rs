//! How text that people typed is kept and compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest reason that a person gives for what they do, in characters.
pub const REASON_CHARS_MAX: usize = 200;

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA_SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The text as it is stored: NFC, control and invisible characters removed, blanks at the ends and repeated blanks gone.
pub fn clean(text: &str) -> String {
    let visible: String =
        text.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_invisible(*c)).collect();
    visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Several lines as they are stored: each as [`clean`] keeps it, without empty ones at the ends.
pub fn clean_lines(text: &str) -> String {
    text.lines().map(clean).collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}

/// The text as it is searched: lower case, marks removed, `ß` as `ss`, `ae` for `ä` and the like folded to the plain letter, so
/// that Mueller, Müller and MULLER meet.
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_invisible(*c))
        .flat_map(char::to_lowercase)
        .flat_map(|c| match c {
            'ß' => vec!['s', 's'],
            'ł' => vec!['l'],
            'đ' | 'ð' => vec!['d'],
            'æ' => vec!['a'],
            'ø' | 'œ' => vec!['o'],
            other => vec![other],
        })
        .collect();
    plain.replace("ae", "a").replace("oe", "o").replace("ue", "u").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text, with an apostrophe before it where a spreadsheet would calculate it, or where it looks as if it had one already.
pub fn without_formula(text: &str) -> String {
    let is_formula = text.trim_start_matches('\'').starts_with(FORMULA_SIGNS);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// The text that [`without_formula`] was given.
pub fn as_before_guarding(text: &str) -> &str {
    let bare = text.strip_prefix('\'').filter(|rest| rest.trim_start_matches('\'').starts_with(FORMULA_SIGNS));
    bare.unwrap_or(text)
}

fn is_invisible(c: char) -> bool {
    (c.is_control() && c != ' ')
        || matches!(c, '\u{00AD}' | '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_text_is_composed_and_has_no_invisible_characters() {
        assert_eq!(clean("  Zoe\u{0308}\u{200B}  M\u{00FC}ller\n"), "Zoë Müller");
        assert_eq!(clean("\u{202E}Ada\u{0000}"), "Ada");
    }

    #[test]
    fn search_finds_people_without_their_marks() {
        for spelling in ["Müller", "Mueller", "MULLER", "Mu\u{0308}ller"] {
            assert_eq!(fold(spelling), "muller");
        }
        assert_eq!(fold("Đặng Łucja Strauß"), "dang lucja strauss");
    }

    #[test]
    fn texts_that_would_be_calculated_are_quoted() {
        for (text, safe) in [
            ("=SUM(A1)", "'=SUM(A1)"),
            ("+49", "'+49"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("Ada", "Ada"),
            ("a=b", "a=b"),
            ("'=x", "''=x"),
            ("'s", "'s"),
            ("", ""),
        ] {
            assert_eq!(without_formula(text), safe);
            assert_eq!(as_before_guarding(safe), text);
        }
    }
}
