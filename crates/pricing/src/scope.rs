//! Which tickets an offer is for, and how far a ticket comes that it is not for.

use crate::money::Cents;
use crate::offer::{Effect, LabelControl, ListedPrice, Offer, Scope};
use crate::reason::Reason;
use crate::scenario::Line;

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
