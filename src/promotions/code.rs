//! Codes: how they are written, compared, and made up.

use crate::kernel::random::RandomSource;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use pricing::fold_code;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The most characters of a code.
pub const CODE_CHARS_MAX: usize = 64;
/// The letters and digits of generated codes: none looks like another. Their number is prime, which makes the check exact.
const ALPHABET: &[u8; 23] = b"34679ACDEFHJKMNPQRTVWXY";
/// Consecutive powers of 5 differ modulo 23 and are never 0, so a check weighted with them notices every single wrong character
/// and every swap of two neighbours.
const WEIGHT_STEP: usize = 5;

/// A code as somebody wrote it, not longer than [`CODE_CHARS_MAX`] and with something in it to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeText(String);

/// The text cannot be a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotACode {
    /// There is nothing in it but blanks and separators.
    #[error("a code needs at least one letter or digit")]
    Empty,
    /// It is longer than a code may be.
    #[error("a code has at most {CODE_CHARS_MAX} characters")]
    TooLong,
}

impl NotACode {
    /// The stable word for the refusal.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
        }
    }
}

impl CodeText {
    /// The code as it is shown: as it was written, without invisible characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which codes are compared.
    pub fn fold(&self) -> String {
        fold_code(&self.0)
    }

    /// The form in which characters that look alike meet: `0` and `O`, `1`, `I` and `l`, Latin, Cyrillic and Greek capitals. It
    /// serves only to keep confusable codes from being made.
    pub fn skeleton(&self) -> String {
        self.fold().chars().map(lookalike).collect()
    }
}

impl FromStr for CodeText {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let shown = clean(text);
        let fold = fold_code(&shown);
        if shown.chars().count() > CODE_CHARS_MAX || fold.chars().count() > CODE_CHARS_MAX {
            return Err(NotACode::TooLong);
        }
        if fold.is_empty() { Err(NotACode::Empty) } else { Ok(Self(shown)) }
    }
}

/// A code of an offer, with what was used of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Code {
    /// The code as it is shown.
    pub code: String,
    /// The offer that it brings into play.
    pub offer: Slug,
    /// Whether it may be used.
    pub enabled: bool,
    /// How often it may be used; absent: without end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<u32>,
    /// How often it was used, orders in progress included.
    pub used: u32,
    /// The batch with which it was generated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
}

/// A code to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCode {
    /// The code.
    pub code: CodeText,
    /// Whether it may be used at once.
    pub enabled: bool,
    /// How often it may be used.
    pub max_uses: Option<u32>,
}

/// How generated codes look.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Pattern {
    /// What they all begin with.
    pub prefix: String,
    /// How many characters follow it, the check character included.
    pub length: usize,
}

impl Pattern {
    /// The fewest characters after the prefix.
    pub const LENGTH_MIN: usize = 4;
    /// The most characters after the prefix: for more, the check would miss a swap of its last two.
    pub const LENGTH_MAX: usize = 22;

    /// How many codes the pattern can make, or a little less when that is very many.
    pub fn capacity(&self) -> u64 {
        let places = u32::try_from(self.length.saturating_sub(1)).unwrap_or(u32::MAX);
        (ALPHABET.len() as u64).saturating_pow(places)
    }

    /// A random code of the pattern.
    pub fn generate(&self, random: &dyn RandomSource) -> String {
        let mut values: Vec<usize> = (1..self.length).map(|_| random_place(random)).collect();
        values.push(check(&values));
        let body = values.into_iter().map(|value| char::from(ALPHABET[value % ALPHABET.len()]));
        self.prefix.chars().chain(body).collect()
    }
}

/// Whether the characters behind the prefix end in their check character. Text in any other alphabet does not.
pub fn has_right_check(body: &str) -> bool {
    let place = |c: char| ALPHABET.iter().position(|known| char::from(*known) == c);
    let Some(values) = body.chars().map(place).collect::<Option<Vec<_>>>() else { return false };
    values.split_last().is_some_and(|(last, rest)| *last == check(rest))
}

fn check(values: &[usize]) -> usize {
    let weighted = values.iter().fold((0, WEIGHT_STEP), |(sum, weight), value| {
        ((sum + value * weight) % ALPHABET.len(), weight * WEIGHT_STEP % ALPHABET.len())
    });
    // Together with the check character, whose weight is 1, the sum is 0.
    (ALPHABET.len() - weighted.0) % ALPHABET.len()
}

/// A place in the alphabet, each equally likely: bytes beyond the last whole multiple of its length are thrown away.
fn random_place(random: &dyn RandomSource) -> usize {
    loop {
        let [byte] = random.bytes::<1>();
        let byte = usize::from(byte);
        if byte < 256 / ALPHABET.len() * ALPHABET.len() {
            return byte % ALPHABET.len();
        }
    }
}

fn lookalike(c: char) -> char {
    match c {
        'O' | 'Ο' | 'О' | 'Օ' => '0',
        'I' | 'L' | '|' | 'İ' | 'Ι' | 'І' | 'Ӏ' => '1',
        'Α' | 'А' => 'A',
        'Β' | 'В' => 'B',
        'С' | 'Ϲ' => 'C',
        'Ε' | 'Е' => 'E',
        'Η' | 'Н' => 'H',
        'Ј' => 'J',
        'Κ' | 'К' => 'K',
        'Μ' | 'М' => 'M',
        'Ν' => 'N',
        'Ρ' | 'Р' => 'P',
        'Ѕ' => 'S',
        'Τ' | 'Т' => 'T',
        'Χ' | 'Х' => 'X',
        'Υ' | 'У' | 'Ү' => 'Y',
        'Ζ' => 'Z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::ChaChaRandom;
    use proptest::prelude::*;

    fn code(text: &str) -> CodeText {
        text.parse().unwrap()
    }

    #[test]
    fn a_code_is_kept_as_it_was_written() {
        assert_eq!(code(" Summer 26 ").as_str(), "Summer 26");
        assert_eq!(code("summer-26").fold(), "SUMMER26");
        assert_eq!(code("<b>\"x\"</b>").as_str(), "<b>\"x\"</b>");
        assert_eq!("".parse::<CodeText>(), Err(NotACode::Empty));
        assert_eq!(" -_./ ".parse::<CodeText>(), Err(NotACode::Empty));
        assert!("x".repeat(64).parse::<CodeText>().is_ok());
        assert_eq!("x".repeat(65).parse::<CodeText>(), Err(NotACode::TooLong));
        assert_eq!("ﷺ".repeat(64).parse::<CodeText>(), Err(NotACode::TooLong));
    }

    #[test]
    fn lookalikes_meet_and_others_do_not() {
        for (one, other) in
            [("CODE0", "codeo"), ("LILLE", "1ı1le"), ("АВС", "ABC"), ("Straße", "STRASSE"), ("İZMIR", "izmir")]
        {
            assert_eq!(code(one).skeleton(), code(other).skeleton(), "{one} {other}");
        }
        assert_ne!(code("SUMMER5").skeleton(), code("SUMMERS").skeleton());
    }

    #[test]
    fn all_characters_of_generated_codes_look_different() {
        let skeletons: std::collections::HashSet<String> =
            ALPHABET.iter().map(|c| code(&char::from(*c).to_string()).skeleton()).collect();
        assert_eq!(skeletons.len(), ALPHABET.len());
        assert!(ALPHABET.iter().all(|c| !b"0O1IL".contains(c)));
    }

    #[test]
    fn a_pattern_knows_how_much_it_can_make() {
        assert_eq!(Pattern { prefix: String::new(), length: 4 }.capacity(), 23_u64.pow(3));
        assert_eq!(Pattern { prefix: String::new(), length: 22 }.capacity(), u64::MAX);
    }

    proptest! {
        #[test]
        fn a_wrong_character_or_a_swap_breaks_the_check(seed: u64, length in 4_usize..=22, at: prop::sample::Index, by in 1_usize..23) {
            let pattern = Pattern { prefix: "HOTEL-".to_owned(), length };
            let made = pattern.generate(&ChaChaRandom::seeded(seed));
            let body = made.strip_prefix("HOTEL-").unwrap();
            prop_assert_eq!(body.len(), length);
            prop_assert!(has_right_check(body));
            let mut wrong: Vec<u8> = body.bytes().collect();
            let place = at.index(length);
            let known = ALPHABET.iter().position(|c| *c == wrong[place]).unwrap();
            wrong[place] = ALPHABET[(known + by) % 23];
            prop_assert!(!has_right_check(std::str::from_utf8(&wrong).unwrap()));
            let mut swapped: Vec<u8> = body.bytes().collect();
            let place = at.index(length - 1);
            if swapped[place] != swapped[place + 1] {
                swapped.swap(place, place + 1);
                prop_assert!(!has_right_check(std::str::from_utf8(&swapped).unwrap()));
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            if let Ok(code) = text.parse::<CodeText>() {
                prop_assert!(!code.skeleton().is_empty());
            }
        }
    }
}
