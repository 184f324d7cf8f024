//! What all objects of the catalog have in common: a key, checks of their own, and references to each other.

use crate::kernel::address::AddressRefusal;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use std::fmt;

/// The most labels of one object.
const LABELS_MAX: usize = 50;
/// The most characters of a label.
const LABEL_CHARS_MAX: usize = 64;
/// The most characters of a name.
const NAME_CHARS_MAX: usize = 200;

/// The kinds of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A museum.
    House,
    /// A part of a house with its own dates.
    Exhibition,
    /// What a product opens.
    Scope,
    /// A price category.
    Category,
    /// A group with prices of its own.
    Audience,
    /// A price list.
    PriceList,
    /// What is sold.
    Product,
    /// A calendar entry.
    Event,
    /// Under which conditions tickets are sold.
    SaleRule,
}

impl Kind {
    /// The word for the kind in the audit.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::House => "house",
            Self::Exhibition => "exhibition",
            Self::Scope => "scope",
            Self::Category => "category",
            Self::Audience => "audience",
            Self::PriceList => "price_list",
            Self::Product => "product",
            Self::Event => "event",
            Self::SaleRule => "sale_rule",
        }
    }
}

/// The word for the kind in a sentence.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PriceList => "price list",
            Self::SaleRule => "sale rule",
            other => other.as_str(),
        })
    }
}

/// What is wrong with an object, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct Finding {
    /// Where in the object, for instance `prices[2].product`.
    pub path: String,
    /// A stable `snake_case` word.
    pub reason: &'static str,
    /// A sentence.
    pub message: String,
}

impl Finding {
    /// A value that does not fit.
    pub fn value(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), reason: "invalid_value", message: message.into() }
    }

    /// The same thing named twice.
    pub fn twice(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), reason: "duplicate", message: message.into() }
    }

    /// A postal address to which nothing can be sent; `at` is the path of the address.
    pub fn address(at: &str, refusal: &AddressRefusal) -> Self {
        Self { path: format!("{at}.{}", refusal.part()), reason: refusal.reason(), message: refusal.to_string() }
    }

    /// Something that stays as it was when the object was made.
    pub fn fixed(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), reason: "cannot_change", message: message.into() }
    }
}

/// One object names another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Where it names it.
    pub path: String,
    /// What kind of object it names.
    pub kind: Kind,
    /// Which one.
    pub key: Slug,
}

impl Reference {
    /// A reference at a path.
    pub fn new(path: impl Into<String>, kind: Kind, key: &Slug) -> Self {
        Self { path: path.into(), kind, key: key.clone() }
    }

    /// The references of a list of keys.
    pub fn list(path: &'static str, kind: Kind, keys: &[Slug]) -> impl Iterator<Item = Self> {
        keys.iter().enumerate().map(move |(index, key)| Self::new(format!("{path}[{index}]"), kind, key))
    }
}

/// An object of the catalog.
pub trait Object: Sized {
    /// Its kind.
    const KIND: Kind;

    /// Its key.
    fn key(&self) -> &Slug;

    /// The object with its texts cleaned.
    ///
    /// # Errors
    /// The first thing that is wrong with it in itself.
    fn checked(self) -> Result<Self, Finding>;

    /// What it names.
    fn references(&self) -> Vec<Reference>;

    /// What may not change from `before`, but did.
    fn changed_against(&self, before: &Self) -> Option<Finding> {
        let _ = before;
        None
    }
}

/// A name, cleaned.
pub(super) fn checked_name(name: &str) -> Result<String, Finding> {
    let name = clean(name);
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        return Err(Finding::value("name", format!("a name has 1 to {NAME_CHARS_MAX} characters")));
    }
    Ok(name)
}

/// Labels, cleaned, each once.
pub(super) fn checked_labels(path: &str, labels: Vec<String>) -> Result<Vec<String>, Finding> {
    if labels.len() > LABELS_MAX {
        return Err(Finding::value(path, format!("at most {LABELS_MAX} labels")));
    }
    let mut checked: Vec<String> = Vec::with_capacity(labels.len());
    for (index, label) in labels.into_iter().enumerate() {
        let label = checked_label(&format!("{path}[{index}]"), &label)?;
        if !checked.contains(&label) {
            checked.push(label);
        }
    }
    Ok(checked)
}

/// A label, cleaned.
pub(super) fn checked_label(path: &str, label: &str) -> Result<String, Finding> {
    let label = clean(label);
    if label.is_empty() || label.chars().count() > LABEL_CHARS_MAX {
        return Err(Finding::value(path, format!("a label has 1 to {LABEL_CHARS_MAX} characters")));
    }
    Ok(label)
}

/// Whether every key stands in the list once.
pub fn each_once(path: &str, keys: &[Slug]) -> Result<(), Finding> {
    for (index, key) in keys.iter().enumerate() {
        if keys[..index].contains(key) {
            return Err(Finding::twice(format!("{path}[{index}]"), format!("\"{key}\" stands in the list already")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_cleaned_and_each_stands_once() {
        let labels = ["  week ", "week", "evening"].map(str::to_owned).to_vec();
        assert_eq!(checked_labels("labels", labels), Ok(vec!["week".to_owned(), "evening".to_owned()]));
        let refused = checked_labels("labels", vec!["ok".to_owned(), " ".to_owned()]).unwrap_err();
        assert_eq!(refused.path, "labels[1]");
        assert!(checked_labels("labels", vec!["x".repeat(65)]).is_err());
        assert!(checked_labels("labels", vec!["x".to_owned(); 51]).is_err());
    }

    #[test]
    fn a_key_stands_in_a_list_once() {
        let keys: Vec<Slug> = ["a", "b", "a"].iter().map(|key| key.parse().unwrap()).collect();
        assert_eq!(each_once("houses", &keys).unwrap_err().path, "houses[2]");
        assert_eq!(each_once("houses", &keys[..2]), Ok(()));
    }
}
