//! Sale rules: under which conditions tickets of a type are sold, at an event or everywhere.
//!
//! A rule is for some products and categories, and either for one event, or for all events that carry a label, or for everything.
//! New events take a label's rule over with the label, so nobody has to remember it. For each line exactly one rule decides: the
//! narrowest that fits. An event that differs has a rule of its own, which then decides alone.

use super::Event;
use super::object::{Finding, Kind, Object, Reference, checked_label, each_once};
use super::product::Channel;
use crate::kernel::localized::Localized;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use serde::{Deserialize, Serialize};

/// The most codes of one rule.
const CODES_MAX: usize = 50;
/// The most characters of a code.
const CODE_CHARS_MAX: usize = 100;

/// Under which conditions tickets are sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaleRule {
    /// The key.
    pub key: Slug,
    /// What staff call it, per language.
    pub names: Localized,
    /// The products it is for; empty: all.
    #[serde(default)]
    pub products: Vec<Slug>,
    /// The categories it is for; empty: all.
    #[serde(default)]
    pub categories: Vec<Slug>,
    /// The one event it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Slug>,
    /// The label of the events it is for. An event that gets the label takes the rule over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 64)]
    pub event_label: Option<String>,
    /// The fewest tickets of a type in one order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1000)]
    pub min_quantity: Option<u32>,
    /// The most tickets of a type in one order. Visitors can order again: see `max_total`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1000)]
    pub max_quantity: Option<u32>,
    /// One of these codes must be entered; empty: none is needed.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Where the tickets are sold; empty: wherever the product is.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// The most tickets of a type (product and category) that may ever be sold at one event; for tickets without an event, at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 1_000_000)]
    pub max_total: Option<u32>,
}

/// How narrow a rule is; the narrowest decides.
type Narrowness = (u8, bool, bool);

impl SaleRule {
    /// Whether the rule is for tickets of this type.
    pub fn is_for(&self, product: &Slug, category: &Slug, event: Option<&Event>) -> bool {
        let is_named = |keys: &[Slug], key: &Slug| keys.is_empty() || keys.contains(key);
        let is_there = match (&self.event, &self.event_label) {
            (Some(key), _) => event.is_some_and(|event| event.key == *key),
            (None, Some(label)) => event.is_some_and(|event| event.labels.contains(label)),
            (None, None) => true,
        };
        is_there && is_named(&self.products, product) && is_named(&self.categories, category)
    }

    fn narrowness(&self) -> Narrowness {
        let place = if self.event.is_some() { 2 } else { u8::from(self.event_label.is_some()) };
        (place, !self.categories.is_empty(), !self.products.is_empty())
    }
}

/// The rule that decides for tickets of a type: the narrowest one that fits. One event is narrower than a label, a label narrower than
/// everything; then a named category counts, then a named product; of two equally narrow ones the first on the list decides.
pub fn deciding<'r>(
    rules: &'r [SaleRule],
    product: &Slug,
    category: &Slug,
    event: Option<&Event>,
) -> Option<&'r SaleRule> {
    let fitting = rules.iter().filter(|rule| rule.is_for(product, category, event));
    // `max_by_key` answers the last of equals, so the list is read from its end.
    fitting.rev().max_by_key(|rule| rule.narrowness())
}

/// The rules that the event's own rule sets aside, as staff want to know: those of its labels for the same tickets.
pub fn set_aside<'r>(own: &SaleRule, rules: &'r [SaleRule], event: &Event) -> Vec<&'r SaleRule> {
    let overlaps =
        |one: &[Slug], other: &[Slug]| one.is_empty() || other.is_empty() || one.iter().any(|key| other.contains(key));
    let is_of_label = |rule: &&SaleRule| {
        rule.event.is_none() && rule.event_label.as_ref().is_some_and(|label| event.labels.contains(label))
    };
    let labelled = rules.iter().filter(is_of_label);
    labelled
        .filter(|rule| overlaps(&own.products, &rule.products) && overlaps(&own.categories, &rule.categories))
        .collect()
}

impl Object for SaleRule {
    const KIND: Kind = Kind::SaleRule;

    fn key(&self) -> &Slug {
        &self.key
    }

    fn checked(mut self) -> Result<Self, Finding> {
        each_once("products", &self.products)?;
        each_once("categories", &self.categories)?;
        self.event_label = self.event_label.map(|label| checked_label("event_label", &label)).transpose()?;
        if self.event.is_some() && self.event_label.is_some() {
            return Err(Finding::value("event_label", "a rule is for one event or for a label, not for both"));
        }
        for (path, number) in [("min_quantity", self.min_quantity), ("max_quantity", self.max_quantity)] {
            if number.is_some_and(|number| !(1..=1_000).contains(&number)) {
                return Err(Finding::value(path, "1 to 1000 tickets are possible"));
            }
        }
        if self.min_quantity.zip(self.max_quantity).is_some_and(|(least, most)| least > most) {
            return Err(Finding::value("max_quantity", "the most is less than the fewest"));
        }
        if self.max_total.is_some_and(|most| most > 1_000_000) {
            return Err(Finding::value("max_total", "at most 1000000 tickets are possible"));
        }
        self.codes = checked_codes(self.codes)?;
        Ok(self)
    }

    fn references(&self) -> Vec<Reference> {
        let event = self.event.iter().map(|key| Reference::new("event", Kind::Event, key));
        Reference::list("products", Kind::Product, &self.products)
            .chain(Reference::list("categories", Kind::Category, &self.categories))
            .chain(event)
            .collect()
    }
}

fn checked_codes(codes: Vec<String>) -> Result<Vec<String>, Finding> {
    if codes.len() > CODES_MAX {
        return Err(Finding::value("codes", format!("at most {CODES_MAX} codes")));
    }
    let mut checked: Vec<String> = Vec::with_capacity(codes.len());
    for (index, code) in codes.into_iter().enumerate() {
        let code = clean(&code);
        let fold = pricing::fold_code(&code);
        if fold.is_empty() || code.chars().count() > CODE_CHARS_MAX {
            let message = format!("a code has 1 to {CODE_CHARS_MAX} characters");
            return Err(Finding::value(format!("codes[{index}]"), message));
        }
        if checked.iter().all(|known| pricing::fold_code(known) != fold) {
            checked.push(code);
        }
    }
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn rule(mut json: Value) -> SaleRule {
        json["names"] = json!({"en": "Rule"});
        serde_json::from_value(json).unwrap()
    }

    fn event(key: &str, labels: &[&str]) -> Event {
        let json = json!({"key": key, "names": {"en": "Tour"}, "house": "a", "starts_at": "2026-07-11T10:00:00+02:00",
            "labels": labels});
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn the_narrowest_rule_decides() {
        let rules = [
            rule(json!({"key": "all"})),
            rule(json!({"key": "all-day", "products": ["day"]})),
            rule(json!({"key": "all-group", "categories": ["group"]})),
            rule(json!({"key": "week", "event_label": "week"})),
            rule(json!({"key": "week-too", "event_label": "week"})),
            rule(json!({"key": "week-group", "event_label": "week", "categories": ["group"], "products": ["day"]})),
            rule(json!({"key": "own", "event": "tour-9", "categories": ["group", "duo"]})),
        ];
        let (plain, tour, other) = (event("tour-1", &["week"]), event("tour-9", &["week"]), event("tour-2", &[]));
        for (product, category, at, expected) in [
            ("year", "adult", None, "all"),
            ("day", "adult", None, "all-day"),
            ("day", "group", None, "all-group"),
            ("day", "adult", Some(&other), "all-day"),
            ("day", "adult", Some(&plain), "week"),
            ("day", "group", Some(&plain), "week-group"),
            ("year", "group", Some(&plain), "week"),
            ("day", "group", Some(&tour), "own"),
            ("day", "duo", Some(&tour), "own"),
            ("day", "adult", Some(&tour), "week"),
        ] {
            let (product, category) = (product.parse().unwrap(), category.parse().unwrap());
            let found = deciding(&rules, &product, &category, at).map(|rule| rule.key.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{product} {category}");
        }
        assert_eq!(deciding(&rules[3..], &"day".parse().unwrap(), &"adult".parse().unwrap(), None), None);
        let aside: Vec<_> = set_aside(&rules[6], &rules, &tour).iter().map(|rule| rule.key.to_string()).collect();
        assert_eq!(aside, ["week", "week-too", "week-group"]);
        assert!(set_aside(&rules[6], &rules, &other).is_empty());
    }

    #[test]
    fn a_rule_is_right_in_itself() {
        let path = |json| rule(json).checked().unwrap_err().path;
        assert_eq!(path(json!({"key": "a", "event": "x", "event_label": "y"})), "event_label");
        assert_eq!(path(json!({"key": "a", "event_label": " "})), "event_label");
        assert_eq!(path(json!({"key": "a", "min_quantity": 0})), "min_quantity");
        assert_eq!(path(json!({"key": "a", "min_quantity": 6, "max_quantity": 5})), "max_quantity");
        assert_eq!(path(json!({"key": "a", "codes": ["A", "-"]})), "codes[1]");
        assert_eq!(path(json!({"key": "a", "products": ["x", "x"]})), "products[1]");
        let twice = rule(json!({"key": "a", "codes": ["SOMMER 26", "sommer-26"], "max_total": 0})).checked().unwrap();
        assert_eq!(twice.codes, ["SOMMER 26"]);
    }
}
