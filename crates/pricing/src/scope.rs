//! Which tickets an offer is for, and how far a ticket comes that it is not for.

use serde::Serialize;

use crate::effect::{Effect, ListedPrice};
use crate::money::Cents;
use crate::offer::Offer;
use crate::reason::Reason;
use crate::scenario::Line;

/// Which tickets; all given parts must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Scope {
    /// Museums by id; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub museums: Vec<String>,
    /// Exhibitions by id; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exhibitions: Vec<String>,
    /// Events by id; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// Products by id; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// Categories by id; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Control on the labels of the category (for price lists: of the list's entry).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_label: Option<LabelControl>,
    /// Control on the labels of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_label: Option<LabelControl>,
    /// Control on the labels of the event's regular price list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_list_label: Option<LabelControl>,
}

impl Scope {
    /// Nothing is restricted.
    pub fn is_everything(&self) -> bool {
        *self == Scope::default()
    }

    /// Whether the tickets of a line are in the scope.
    pub fn contains(&self, line: &Line) -> bool {
        contains(self, line)
    }
}

/// A condition on a set of labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelControl {
    /// The label is there.
    Has(String),
    /// The label is not there.
    Lacks(String),
}

impl LabelControl {
    /// Whether a set of labels satisfies the control.
    pub fn admits(&self, labels: &[String]) -> bool {
        match self {
            LabelControl::Has(label) => labels.contains(label),
            LabelControl::Lacks(label) => !labels.contains(label),
        }
    }
}

/// Whether a line's tickets are in the scope of an offer; if not, the first of the four scope reasons that fails.
///
/// For a price list the category control looks at the labels of the list's entry, and the category must be listed; for
/// an audience price the ticket must have one.
pub(crate) fn check(offer: &Offer, line: &Line) -> Result<(), Reason> {
    check_place(&offer.scope, line)?;
    let matches = names_product_and_category(&offer.scope, line)
        && match &offer.effect {
            Some(Effect::PriceList { prices, .. }) => listed_price(&offer.scope, prices, &line.category).is_some(),
            Some(Effect::PriceAudience { audience }) => {
                admits(offer.scope.category_label.as_ref(), &line.category_labels)
                    && line.audience_prices.contains_key(audience)
            }
            _ => admits(offer.scope.category_label.as_ref(), &line.category_labels),
        };
    if matches { Ok(()) } else { Err(Reason::NoMatchingTickets) }
}

/// Whether a line's tickets are in a narrower scope: of a bundle's members or of an item limit.
pub(crate) fn contains(scope: &Scope, line: &Line) -> bool {
    check_place(scope, line).is_ok()
        && names_product_and_category(scope, line)
        && admits(scope.category_label.as_ref(), &line.category_labels)
}

/// The lowest price that a list has for a category, among the entries that the scope's category controls admit.
pub(crate) fn listed_price(scope: &Scope, prices: &[ListedPrice], category: &str) -> Option<Cents> {
    prices.iter().filter(|entry| entry.category == category && shows(scope, entry)).map(|entry| entry.price).min()
}

/// Whether an entry of a price list passes the scope's category controls.
pub(crate) fn shows(scope: &Scope, entry: &ListedPrice) -> bool {
    (scope.categories.is_empty() || scope.categories.contains(&entry.category))
        && admits(scope.category_label.as_ref(), &entry.labels)
}

fn check_place(scope: &Scope, line: &Line) -> Result<(), Reason> {
    if !names(&scope.museums, line.museum.as_deref()) {
        return Err(Reason::WrongMuseum);
    }
    if !names(&scope.exhibitions, line.exhibition.as_deref()) {
        return Err(Reason::WrongExhibition);
    }
    let event = names(&scope.events, line.event.as_deref())
        && admits(scope.event_label.as_ref(), &line.event_labels)
        && admits(scope.price_list_label.as_ref(), &line.price_list_labels);
    if event { Ok(()) } else { Err(Reason::WrongEvent) }
}

fn names_product_and_category(scope: &Scope, line: &Line) -> bool {
    names(&scope.products, line.product.as_deref()) && names(&scope.categories, Some(&line.category))
}

/// An empty list names everything; otherwise the id must be there and be named.
fn names(ids: &[String], id: Option<&str>) -> bool {
    ids.is_empty() || id.is_some_and(|id| ids.iter().any(|named| named == id))
}

fn admits(control: Option<&LabelControl>, labels: &[String]) -> bool {
    control.is_none_or(|control| control.admits(labels))
}
