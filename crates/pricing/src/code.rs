//! How codes are compared: as people type them, not as machines store them.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The form in which two codes are the same code: NFKC, upper case, without blanks and without `-` `_` `.` `/`.
///
/// `summer 26`, `SUMMER-26` and full-width `ＳＵＭＭＥＲ26` are one code. Folding is idempotent. A text of nothing but
/// separators folds to the empty text, which is no code.
pub fn fold_code(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().filter(|c| !is_separator(*c)).map(|c| c.to_ascii_uppercase()).collect();
    }
    let mut folded = fold_once(text);
    // Upper-casing and dropping separators may bring letters together that compose.
    while is_nfkc_quick(folded.chars()) != IsNormalized::Yes || folded.chars().any(char::is_lowercase) {
        let again = fold_once(&folded);
        if again == folded {
            break;
        }
        folded = again;
    }
    folded
}

fn fold_once(text: &str) -> String {
    text.nfkc().flat_map(char::to_uppercase).filter(|c| !is_separator(*c)).collect()
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '.' | '/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_ways_people_type_one_code() {
        for typed in [
            "SUMMER26",
            "summer 26",
            "SUMMER-26",
            "Summer_26",
            "summer.2/6",
            "ＳＵＭＭＥＲ２６",
            "\u{a0}summer\u{2003}26\t",
        ] {
            assert_eq!(fold_code(typed), "SUMMER26", "{typed:?}");
        }
        assert_eq!(fold_code("straße"), "STRASSE");
        assert_eq!(fold_code("ﬁnal"), "FINAL");
        assert_eq!(fold_code("e\u{301}te\u{301}"), fold_code("ÉTÉ"));
        assert_eq!(fold_code(" -_./ "), "");
        assert_ne!(fold_code("CODE0"), fold_code("CODEO"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*") {
            let once = fold_code(&text);
            prop_assert_eq!(fold_code(&once), once);
        }
    }
}
