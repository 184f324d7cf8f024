//! A text in the languages of the house.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text per language (`de`, `en`, `fr`, ..). At least one language is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct Localized(BTreeMap<String, String>);

impl Localized {
    /// The text in `language`, else in English, else in German, else in any language that is there.
    pub fn get(&self, language: &str) -> &str {
        [language, "en", "de"]
            .into_iter()
            .find_map(|wanted| self.0.get(wanted))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }
}

impl TryFrom<BTreeMap<String, String>> for Localized {
    type Error = String;

    fn try_from(texts: BTreeMap<String, String>) -> Result<Self, String> {
        if texts.is_empty() {
            return Err("at least one language is needed".to_owned());
        }
        texts.iter().try_for_each(|(language, text)| checked_text(language, text, 200))?;
        Ok(Self(texts))
    }
}

/// A longer text per language; there may be none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct Descriptions(BTreeMap<String, String>);

impl Descriptions {
    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text in `language`, else in another one, as [`Localized::get`] chooses.
    pub fn get(&self, language: &str) -> Option<&str> {
        let wanted = [language, "en", "de"].into_iter().find_map(|wanted| self.0.get(wanted));
        wanted.or_else(|| self.0.values().next()).map(String::as_str)
    }
}

impl TryFrom<BTreeMap<String, String>> for Descriptions {
    type Error = String;

    fn try_from(texts: BTreeMap<String, String>) -> Result<Self, String> {
        texts.iter().try_for_each(|(language, text)| checked_text(language, text, 2_000))?;
        Ok(Self(texts))
    }
}

fn checked_text(language: &str, text: &str, chars_max: usize) -> Result<(), String> {
    if language.len() != 2 || !language.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Err(format!("\"{language}\" is not a language of two small letters"));
    }
    if text.trim().is_empty() || text.chars().count() > chars_max {
        return Err(format!("the text for \"{language}\" must have 1 to {chars_max} characters"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back() {
        let name: Localized = serde_json::from_str(r#"{"de": "Jahreskarte", "fr": "Carte annuelle"}"#).unwrap();
        assert_eq!(name.get("fr"), "Carte annuelle");
        assert_eq!(name.get("en"), "Jahreskarte");
        let none: Descriptions = serde_json::from_str("{}").unwrap();
        assert!(none.is_empty() && none.get("de").is_none());
        let text: Descriptions = serde_json::from_str(r#"{"fr": "Une année"}"#).unwrap();
        assert_eq!(text.get("de"), Some("Une année"));
        assert!(serde_json::from_str::<Descriptions>(&format!(r#"{{"de": "{}"}}"#, "x".repeat(2_001))).is_err());
        assert!(serde_json::from_str::<Localized>("{}").is_err());
        assert!(serde_json::from_str::<Localized>(r#"{"german": "x"}"#).is_err());
    }
}
