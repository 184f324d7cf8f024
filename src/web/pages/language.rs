//! The languages of the pages, and which of them a visitor gets.

use std::fmt;
use std::str::FromStr;

/// A language that the pages speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// German.
    De,
    /// English.
    En,
    /// French.
    Fr,
}

impl Language {
    /// All languages, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::De, Self::En, Self::Fr];

    /// The ISO 639 code of two letters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language's own name for itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::De => "Deutsch",
            Self::En => "English",
            Self::Fr => "Français",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Language {
    type Err = ();

    /// Reads a language tag such as `de` or `fr-CH`; what follows the language is ignored.
    fn from_str(tag: &str) -> Result<Self, ()> {
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(language)).ok_or(())
    }
}

/// The language for a visitor: what the address says, else what was chosen before, else what the browser prefers, else the
/// house's own.
pub fn choose(query: Option<&str>, cookie: Option<&str>, accepted: Option<&str>, house: Language) -> Language {
    let spoken = |tag: Option<&str>| tag.and_then(|tag| tag.parse().ok());
    spoken(query).or_else(|| spoken(cookie)).or_else(|| accepted.and_then(preferred)).unwrap_or(house)
}

/// The spoken language that an `Accept-Language` header weighs highest; of equals the first.
fn preferred(header: &str) -> Option<Language> {
    let mut best: Option<(Language, f32)> = None;
    for part in header.split(',') {
        let mut pieces = part.split(';');
        let Some(Ok(language)) = pieces.next().map(str::parse) else { continue };
        let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
        if weight > best.map_or(0.0, |(_, weight)| weight) {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_wins_over_the_choice_and_the_choice_over_the_browser() {
        use Language::{De, En, Fr};
        for (query, cookie, accepted, chosen) in [
            (None, None, None, De),
            (None, None, Some("fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5"), Fr),
            (None, None, Some("en;q=0.4, de;q=0.8"), De),
            (None, None, Some("it, en-GB;q=0.7"), En),
            (None, None, Some("it"), De),
            (None, None, Some("en;q=0, *"), De),
            (None, Some("en"), Some("fr"), En),
            (None, Some("klingon"), Some("fr"), Fr),
            (Some("fr"), Some("en"), Some("de"), Fr),
            (Some("xx"), Some("en"), None, En),
            (None, None, Some(";;q=,,"), De),
        ] {
            assert_eq!(choose(query, cookie, accepted, De), chosen, "{query:?} {cookie:?} {accepted:?}");
        }
    }
}
