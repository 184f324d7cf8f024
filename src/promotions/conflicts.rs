//! What keeps an offer from acting as it was meant: days that never meet, labels and keys that nothing carries, other offers for the same
//! tickets.

use super::KnownOffer;
use crate::kernel::slug::Slug;
use chrono::NaiveDate;
use pricing::{Activation, Effect, LabelControl, Offer, Scope};
use std::collections::BTreeSet;

/// What the house has, as far as offers name it.
#[derive(Debug, Clone, Default)]
pub struct House {
    /// The keys of its houses, exhibitions, products and categories.
    pub houses: BTreeSet<String>,
    /// The keys of its exhibitions.
    pub exhibitions: BTreeSet<String>,
    /// The keys of its products.
    pub products: BTreeSet<String>,
    /// The keys of its categories.
    pub categories: BTreeSet<String>,
    /// The labels of its categories.
    pub category_labels: BTreeSet<String>,
    /// The labels that any event carries, past ones included.
    pub event_labels: BTreeSet<String>,
    /// Its events from today on: their key, their day and their labels.
    pub events: Vec<(String, NaiveDate, Vec<String>)>,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// It begins after it ends.
    NeverValid,
    /// Its last day is over.
    Over(NaiveDate),
    /// The label is demanded and nothing carries it.
    UnreachableLabel(String),
    /// The key is named and there is no such thing.
    UnknownKey(String),
    /// None of its events lies in its days.
    EventsNeverMeet,
    /// It needs a code and has none.
    NoCode,
    /// It is for the same tickets as another one on the same days, and this is how they meet.
    Overlap {
        /// The other offer.
        with: Slug,
        /// How they meet.
        how: Meeting,
    },
}

/// How two offers for the same tickets meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// Both act on their own: the first on the list does.
    FirstOnTheList,
    /// The other one acts on its own and keeps codes from acting.
    BlocksCodes,
    /// The better one for the guest acts.
    BetterOne,
    /// Both act, one after the other.
    Both,
}

impl Meeting {
    /// A word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstOnTheList => "first-on-the-list",
            Self::BlocksCodes => "blocks-codes",
            Self::BetterOne => "better-one",
            Self::Both => "both",
        }
    }
}

/// All that is to look at, the offer's own matters first.
pub fn conflicts(
    known: &KnownOffer,
    has_codes: bool,
    others: &[KnownOffer],
    house: &House,
    today: NaiveDate,
) -> Vec<Conflict> {
    let offer = &known.offer;
    let mut found = Vec::new();
    if let (Some(from), Some(until)) = (offer.valid_from, offer.valid_until)
        && from > until
    {
        found.push(Conflict::NeverValid);
    } else if let Some(until) = offer.valid_until.filter(|until| *until < today) {
        found.push(Conflict::Over(until));
    }
    if offer.activation == Activation::Code && !has_codes {
        found.push(Conflict::NoCode);
    }
    found.extend(labels_nobody_has(offer, house).into_iter().map(Conflict::UnreachableLabel));
    found.extend(keys_nobody_has(&offer.scope, house).into_iter().map(Conflict::UnknownKey));
    if events_never_meet(offer, house) {
        found.push(Conflict::EventsNeverMeet);
    }
    let overlap = |other: &KnownOffer| {
        let is_there = other.key != known.key && other.offer.enabled && !other.archived;
        (is_there && days_meet(offer, &other.offer) && scopes_meet(offer, &other.offer))
            .then(|| Conflict::Overlap { with: other.key.clone(), how: meeting(offer, &other.offer) })
    };
    found.extend(others.iter().filter_map(overlap));
    found
}

fn demanded(control: Option<&LabelControl>) -> Option<&String> {
    match control? {
        LabelControl::Has(label) => Some(label),
        LabelControl::Lacks(_) => None,
    }
}

fn labels_nobody_has(offer: &Offer, house: &House) -> Vec<String> {
    let own: BTreeSet<String> = match &offer.effect {
        Some(Effect::PriceList { prices, .. }) => {
            prices.iter().flat_map(|price| price.labels.iter().cloned()).collect()
        }
        _ => house.category_labels.clone(),
    };
    let event = demanded(offer.scope.event_label.as_ref()).filter(|label| !house.event_labels.contains(*label));
    let category = demanded(offer.scope.category_label.as_ref()).filter(|label| !own.contains(*label));
    event.into_iter().chain(category).cloned().collect()
}

fn keys_nobody_has(scope: &Scope, house: &House) -> Vec<String> {
    let lists = [
        (&scope.museums, &house.houses),
        (&scope.exhibitions, &house.exhibitions),
        (&scope.products, &house.products),
        (&scope.categories, &house.categories),
    ];
    let missing = lists.into_iter().flat_map(|(named, there)| named.iter().filter(|key| !there.contains(*key)));
    missing.cloned().collect()
}

/// Whether the offer is for events alone, and none of those to come lies in its days.
fn events_never_meet(offer: &Offer, house: &House) -> bool {
    let scope = &offer.scope;
    let label = demanded(scope.event_label.as_ref()).filter(|label| house.event_labels.contains(*label));
    if scope.events.is_empty() && label.is_none() {
        return false;
    }
    let is_meant = |key: &String, labels: &[String]| {
        (scope.events.is_empty() || scope.events.contains(key)) && label.is_none_or(|label| labels.contains(label))
    };
    let is_in_time = |day: NaiveDate| {
        offer.valid_from.is_none_or(|from| day >= from) && offer.valid_until.is_none_or(|until| day <= until)
    };
    !house.events.iter().any(|(key, day, labels)| is_meant(key, labels) && is_in_time(*day))
}

fn days_meet(one: &Offer, other: &Offer) -> bool {
    let begins_in_time = |one: &Offer, other: &Offer| match (one.valid_from, other.valid_until) {
        (Some(from), Some(until)) => from <= until,
        _ => true,
    };
    begins_in_time(one, other) && begins_in_time(other, one)
}

fn scopes_meet(one: &Offer, other: &Offer) -> bool {
    fn meet<T: PartialEq>(one: &[T], other: &[T]) -> bool {
        one.is_empty() || other.is_empty() || one.iter().any(|item| other.contains(item))
    }
    let (here, there) = (&one.scope, &other.scope);
    let excludes = |one: &Option<LabelControl>, other: &Option<LabelControl>| match (one, other) {
        (Some(LabelControl::Has(one)), Some(LabelControl::Lacks(other)))
        | (Some(LabelControl::Lacks(one)), Some(LabelControl::Has(other))) => one == other,
        _ => false,
    };
    meet(&one.channels, &other.channels)
        && meet(&here.museums, &there.museums)
        && meet(&here.exhibitions, &there.exhibitions)
        && meet(&here.events, &there.events)
        && meet(&here.products, &there.products)
        && meet(&here.categories, &there.categories)
        && !excludes(&here.event_label, &there.event_label)
        && !excludes(&here.category_label, &there.category_label)
}

fn meeting(one: &Offer, other: &Offer) -> Meeting {
    match (one.activation, other.activation) {
        (Activation::Automatic, Activation::Automatic) => Meeting::FirstOnTheList,
        (Activation::Automatic, _) | (_, Activation::Automatic) => Meeting::BlocksCodes,
        _ if one.exclusive || other.exclusive => Meeting::BetterOne,
        _ if one.stackable && other.stackable => Meeting::Both,
        _ => Meeting::BetterOne,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::UtcMs;
    use serde_json::{Value, json};

    fn known(value: Value) -> KnownOffer {
        let mut body = json!({"effect": {"type": "percent_off", "percent": "10"}});
        let Value::Object(wanted) = value else { panic!("an object") };
        body.as_object_mut().unwrap().extend(wanted);
        let (key, offer) = crate::promotions::offer::read_offer(&body).unwrap();
        let (created_at, updated_at) = (UtcMs(0), UtcMs(0));
        KnownOffer { key, position: 1, version: 1, offer, archived: false, created_at, updated_at }
    }

    fn house() -> House {
        let set = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<BTreeSet<_>>();
        House {
            houses: set(&["castle", "harbour"]),
            categories: set(&["adult"]),
            category_labels: set(&["evening"]),
            event_labels: set(&["week", "old"]),
            events: vec![("tour".to_owned(), "2026-07-10".parse().unwrap(), vec!["week".to_owned()])],
            ..House::default()
        }
    }

    fn of(offer: Value, others: &[KnownOffer]) -> Vec<Conflict> {
        conflicts(&known(offer), true, others, &house(), "2026-07-04".parse().unwrap())
    }

    #[test]
    fn what_can_never_happen_is_told() {
        let label = |label: &str| json!({"id": "a", "scope": {"event_label": {"has": label}}});
        assert_eq!(of(label("week"), &[]), []);
        assert_eq!(of(label("weak"), &[]), [Conflict::UnreachableLabel("weak".to_owned())]);
        assert_eq!(of(label("old"), &[]), [Conflict::EventsNeverMeet]);
        let mut early = label("week");
        early["valid_until"] = json!("2026-07-09");
        assert_eq!(of(early, &[]), [Conflict::EventsNeverMeet]);
        assert_eq!(
            of(json!({"id": "a", "valid_until": "2026-07-03"}), &[]),
            [Conflict::Over("2026-07-03".parse().unwrap())]
        );
        let keys = json!({"id": "a", "scope": {"museums": ["castle", "tower"], "category_label": {"has": "evening"}}});
        assert_eq!(of(keys, &[]), [Conflict::UnknownKey("tower".to_owned())]);
        let no_code = conflicts(&known(json!({"id": "a"})), false, &[], &house(), "2026-07-04".parse().unwrap());
        assert_eq!(no_code, [Conflict::NoCode]);
    }

    #[test]
    fn offers_for_the_same_tickets_are_told_with_how_they_meet() {
        let automatic = known(json!({"id": "auto", "activation": "automatic", "scope": {"museums": ["castle"]}}));
        let later = known(json!({"id": "later", "valid_from": "2026-09-01"}));
        let off = known(json!({"id": "off", "enabled": false}));
        let others = [automatic, later, off];
        let overlap = |with: &str, how| Conflict::Overlap { with: with.parse().unwrap(), how };
        let summer = json!({"id": "a", "valid_until": "2026-08-31"});
        assert_eq!(of(summer, &others), [overlap("auto", Meeting::BlocksCodes)]);
        let harbour = json!({"id": "a", "activation": "automatic", "scope": {"museums": ["harbour"]}});
        assert_eq!(of(harbour, &others), [overlap("later", Meeting::BlocksCodes)]);
        let castle = json!({"id": "a", "activation": "automatic", "valid_until": "2026-08-31"});
        assert_eq!(of(castle, &others), [overlap("auto", Meeting::FirstOnTheList)]);
    }
}
