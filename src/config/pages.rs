//! The section `[pages]`: terms, privacy and imprint, written by the museum.

use anyhow::Context;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The pages that a museum writes itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pages {
    /// The folder with their texts: `terms.de.txt`, `privacy.en.txt`, `imprint.fr.txt` and the like. They are read when the server
    /// starts.
    pub folder: Option<PathBuf>,
    /// The texts, by the name of the page and the language. A text is paragraphs with empty lines between them; `# ` begins a heading.
    #[serde(skip)]
    pub texts: BTreeMap<(OwnPage, String), String>,
}

/// A page that a museum writes itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnPage {
    /// On which terms it sells.
    Terms,
    /// What becomes of personal data.
    Privacy,
    /// Who answers for the pages.
    Imprint,
}

impl OwnPage {
    /// All of them, in the order in which they are linked.
    pub const ALL: [Self; 3] = [Self::Terms, Self::Privacy, Self::Imprint];

    /// The word in addresses and in names of files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::Privacy => "privacy",
            Self::Imprint => "imprint",
        }
    }
}

impl Pages {
    /// Reads the texts of the folder.
    ///
    /// # Errors
    /// When there is a text that cannot be read.
    pub fn load(&mut self) -> anyhow::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        for page in OwnPage::ALL {
            for language in ["de", "en", "fr"] {
                let path = folder.join(format!("{}.{language}.txt", page.as_str()));
                if path.exists() {
                    let text =
                        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
                    self.texts.insert((page, language.to_owned()), text);
                }
            }
        }
        Ok(())
    }

    /// The text of a page in the first of these languages that has one, else in any.
    pub fn text(&self, page: OwnPage, languages: &[&str]) -> Option<&str> {
        let of = |language: &&str| self.texts.get(&(page, (*language).to_owned()));
        let any = || self.texts.iter().find(|((known, _), _)| *known == page).map(|(_, text)| text);
        languages.iter().find_map(of).or_else(any).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_in_the_visitors_language_or_in_another() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("terms.de.txt"), "# Bedingungen\n\nAlles gut.").unwrap();
        std::fs::write(folder.path().join("terms.en.txt"), "All is well.").unwrap();
        let mut pages = Pages { folder: Some(folder.path().to_owned()), ..Pages::default() };
        pages.load().unwrap();
        assert_eq!(pages.text(OwnPage::Terms, &["en", "de"]), Some("All is well."));
        assert_eq!(pages.text(OwnPage::Terms, &["fr", "de"]), Some("# Bedingungen\n\nAlles gut."));
        assert_eq!(pages.text(OwnPage::Privacy, &["de"]), None);
    }
}
