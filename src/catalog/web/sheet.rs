//! What each kind of object shows: its fields in a form, and a line in a list.

use super::field::{Field, Kind};
use super::shelf::Shelf;
use crate::catalog::fit::Fit;
use crate::catalog::sale_rule::set_aside;
use crate::catalog::{Audience, Category, Event, Exhibition, House, PriceList, SaleRule, Scope};
use crate::kernel::period::local_day;
use crate::web::pages::Fields;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The kinds of object that have pages, by the word in their address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SheetKind {
    Houses,
    Exhibitions,
    Scopes,
    Categories,
    Audiences,
    Products,
    PriceLists,
    Events,
    SaleRules,
}

impl SheetKind {
    /// All kinds, in the order in which a museum is set up.
    pub(super) const ALL: [Self; 9] = [
        Self::Houses,
        Self::Exhibitions,
        Self::Scopes,
        Self::Categories,
        Self::Audiences,
        Self::Products,
        Self::PriceLists,
        Self::Events,
        Self::SaleRules,
    ];

    /// The word in addresses and in the keys of texts.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Houses => "houses",
            Self::Exhibitions => "exhibitions",
            Self::Scopes => "scopes",
            Self::Categories => "categories",
            Self::Audiences => "audiences",
            Self::Products => "products",
            Self::PriceLists => "price-lists",
            Self::Events => "events",
            Self::SaleRules => "sale-rules",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Calls a generic function with the object of a kind.
macro_rules! with_sheet {
    ($kind:expr, $object:ident => $call:expr) => {
        match $kind {
            SheetKind::Houses => {
                type $object = crate::catalog::House;
                $call
            }
            SheetKind::Exhibitions => {
                type $object = crate::catalog::Exhibition;
                $call
            }
            SheetKind::Scopes => {
                type $object = crate::catalog::Scope;
                $call
            }
            SheetKind::Categories => {
                type $object = crate::catalog::Category;
                $call
            }
            SheetKind::Audiences => {
                type $object = crate::catalog::Audience;
                $call
            }
            SheetKind::Products => {
                type $object = crate::catalog::Product;
                $call
            }
            SheetKind::PriceLists => {
                type $object = crate::catalog::PriceList;
                $call
            }
            SheetKind::Events => {
                type $object = crate::catalog::Event;
                $call
            }
            SheetKind::SaleRules => {
                type $object = crate::catalog::SaleRule;
                $call
            }
        }
    };
}
pub(super) use with_sheet;

/// An object with pages.
pub(super) trait Sheet: Fit + Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The fields of its form. Some depend on what was chosen in others.
    fn fields(shelf: &Shelf, form: &Fields) -> Vec<Field>;

    /// What it is called.
    fn title(&self, shelf: &Shelf) -> String;

    /// What a list says of it, in the order of importance.
    fn facts(&self, shelf: &Shelf) -> Vec<String>;

    /// What staff should know before they change it: where it differs, and what it misses.
    fn notes(&self, shelf: &Shelf) -> Vec<String> {
        let _ = shelf;
        Vec::new()
    }
}

pub(super) const fn field(name: &'static str, kind: Kind) -> Field {
    Field { name, kind }
}

impl Sheet for House {
    fn fields(shelf: &Shelf, _: &Fields) -> Vec<Field> {
        let collected = shelf.word_choices("not-collected", &["attention", "refuse"]);
        vec![
            field("key", Kind::Key),
            field("name", Kind::Text),
            field("time_zone", Kind::Text),
            field("country", Kind::Text),
            field("address", Kind::Address),
            field("pickup_hours", Kind::Text),
            field("not_collected", Kind::One { choices: collected, may_be_empty: false }),
        ]
    }

    fn title(&self, _: &Shelf) -> String {
        self.name.clone()
    }

    fn facts(&self, _: &Shelf) -> Vec<String> {
        let town = self.address.as_ref().map(|address| format!("{} {}", address.postal_code, address.city));
        town.into_iter().chain([self.country.clone(), self.time_zone.clone()]).collect()
    }
}

impl Sheet for Exhibition {
    fn fields(shelf: &Shelf, _: &Fields) -> Vec<Field> {
        vec![
            field("key", Kind::Key),
            field("name", Kind::Text),
            field("house", Kind::One { choices: shelf.house_choices(), may_be_empty: false }),
            field("valid_from", Kind::Day),
            field("valid_until", Kind::Day),
        ]
    }

    fn title(&self, _: &Shelf) -> String {
        self.name.clone()
    }

    fn facts(&self, shelf: &Shelf) -> Vec<String> {
        let house = shelf.houses.iter().find(|house| house.key == self.house).map(|house| house.name.clone());
        house.into_iter().chain([period(shelf, self.valid_from, self.valid_until)]).collect()
    }
}

impl Sheet for Scope {
    fn fields(shelf: &Shelf, _: &Fields) -> Vec<Field> {
        vec![
            field("key", Kind::Key),
            field("name", Kind::Text),
            field("id", Kind::Number),
            field("houses", Kind::Some(shelf.house_choices())),
            field("exhibitions", Kind::Some(shelf.exhibition_choices())),
        ]
    }

    fn title(&self, _: &Shelf) -> String {
        self.name.clone()
    }

    fn facts(&self, shelf: &Shelf) -> Vec<String> {
        let houses = shelf.houses.iter().filter(|house| self.houses.contains(&house.key));
        let parts = shelf.exhibitions.iter().filter(|one| self.exhibitions.contains(&one.key));
        let opens: Vec<String> =
            houses.map(|house| house.name.clone()).chain(parts.map(|one| one.name.clone())).collect();
        vec![opens.join(", "), shelf.words.t1("scope-number", "number", self.id.unwrap_or_default().to_string())]
    }
}

impl Sheet for Category {
    fn fields(shelf: &Shelf, _: &Fields) -> Vec<Field> {
        vec![
            field("key", Kind::Key),
            field("names", Kind::Names),
            field("check_proof", Kind::YesNo),
            field("requires", Kind::Some(shelf.category_choices())),
            field("labels", Kind::Words),
        ]
    }

    fn title(&self, shelf: &Shelf) -> String {
        self.names.get(shelf.words.language.as_str()).to_owned()
    }

    fn facts(&self, shelf: &Shelf) -> Vec<String> {
        let proof = self.check_proof.then(|| shelf.words.t("category-needs-proof"));
        let labels = (!self.labels.is_empty()).then(|| self.labels.join(", "));
        proof.into_iter().chain(labels).collect()
    }
}

impl Sheet for Audience {
    fn fields(_: &Shelf, _: &Fields) -> Vec<Field> {
        vec![
            field("key", Kind::Key),
            field("names", Kind::Names),
            field("check_proof", Kind::YesNo),
            field("partners", Kind::Words),
        ]
    }

    fn title(&self, shelf: &Shelf) -> String {
        self.names.get(shelf.words.language.as_str()).to_owned()
    }

    fn facts(&self, shelf: &Shelf) -> Vec<String> {
        let proof = self.check_proof.then(|| shelf.words.t("category-needs-proof"));
        let partners = (!self.partners.is_empty()).then(|| self.partners.join(", "));
        proof.into_iter().chain(partners).collect()
    }

    fn notes(&self, shelf: &Shelf) -> Vec<String> {
        let mut prices = shelf.price_lists.iter().flat_map(|list| &list.prices);
        let has_price = prices.any(|price| price.audience_prices.contains_key(&self.key));
        (!has_price).then(|| shelf.words.t("audience-without-price")).into_iter().collect()
    }
}

impl Sheet for PriceList {
    fn fields(_: &Shelf, _: &Fields) -> Vec<Field> {
        vec![
            field("key", Kind::Key),
            field("names", Kind::Names),
            field("labels", Kind::Words),
            field("prices", Kind::Prices),
        ]
    }

    fn title(&self, shelf: &Shelf) -> String {
        self.names.get(shelf.words.language.as_str()).to_owned()
    }

    fn facts(&self, shelf: &Shelf) -> Vec<String> {
        let count = i64::try_from(self.prices.len()).unwrap_or(i64::MAX);
        let labels = (!self.labels.is_empty()).then(|| self.labels.join(", "));
        std::iter::once(shelf.words.t1("price-list-prices", "count", count)).chain(labels).collect()
    }
}

impl Sheet for Event {
    fn fields(shelf: &Shelf, form: &Fields) -> Vec<Field> {
        let one = |choices, may_be_empty| Kind::One { choices, may_be_empty };
        vec![
            field("key", Kind::Key),
            field("names", Kind::Names),
            field("descriptions", Kind::Texts),
            field("house", one(shelf.house_choices(), false)),
            field("exhibition", one(shelf.exhibition_choices(), true)),
            field("starts_at", Kind::Moment(shelf.zone_of(form.get("house")))),
            field("capacity", Kind::Number),
            field("price_list", one(shelf.price_list_choices(), true)),
            field("labels", Kind::Words),
        ]
    }

    fn title(&self, shelf: &Shelf) -> String {
        self.names.get(shelf.words.language.as_str()).to_owned()
    }

    fn facts(&self, shelf: &Shelf) -> Vec<String> {
        let words = shelf.words;
        let zone = shelf.zone_of(self.house.as_str());
        let house = shelf.houses.iter().find(|house| house.key == self.house).map(|house| house.name.clone());
        let when = words.moment(self.starts_at, zone);
        let weekday = words.t(&format!(
            "weekday-{}",
            chrono::Datelike::weekday(&local_day(self.starts_at, zone)).number_from_monday()
        ));
        let capacity = self.capacity.map(|capacity| words.t1("event-capacity", "count", i64::from(capacity)));
        let labels = (!self.labels.is_empty()).then(|| self.labels.join(", "));
        std::iter::once(format!("{weekday}, {when}")).chain(house).chain(capacity).chain(labels).collect()
    }

    fn notes(&self, shelf: &Shelf) -> Vec<String> {
        let (words, language) = (shelf.words, shelf.words.language.as_str());
        let named = |rules: &[&SaleRule]| {
            let names = rules.iter().map(|rule| rule.names.get(language).to_owned());
            words.t1("rule-names", "names", names.collect::<Vec<_>>().join(", "))
        };
        let own = shelf.sale_rules.iter().filter(|rule| rule.event.as_ref() == Some(&self.key));
        let differing = own.map(|rule| {
            let aside = set_aside(rule, &shelf.sale_rules, self);
            let key = if aside.is_empty() { "event-own-rule" } else { "event-differs" };
            words.t2(key, ("rule", rule.names.get(language).to_owned()), ("others", named(&aside)))
        });
        let of_labels = |rule: &&SaleRule| {
            rule.event.is_none() && rule.event_label.as_ref().is_some_and(|label| self.labels.contains(label))
        };
        let inherited: Vec<&SaleRule> = shelf.sale_rules.iter().filter(of_labels).collect();
        let inherited = (!inherited.is_empty()).then(|| words.t1("event-label-rules", "rules", named(&inherited)));
        inherited.into_iter().chain(differing).collect()
    }
}

impl Sheet for SaleRule {
    fn fields(shelf: &Shelf, _: &Fields) -> Vec<Field> {
        let channels = ["online", "box_office", "back_office"];
        vec![
            field("key", Kind::Key),
            field("names", Kind::Names),
            field("products", Kind::Some(shelf.product_choices())),
            field("categories", Kind::Some(shelf.category_choices())),
            field("event_label", Kind::Known(shelf.event_label_choices())),
            field("event", Kind::Known(shelf.event_choices())),
            field("min_quantity", Kind::Number),
            field("max_quantity", Kind::Number),
            field("codes", Kind::Words),
            field("channels", Kind::Some(shelf.word_choices("channel", &channels))),
            field("max_total", Kind::Number),
        ]
    }

    fn title(&self, shelf: &Shelf) -> String {
        self.names.get(shelf.words.language.as_str()).to_owned()
    }

    fn facts(&self, shelf: &Shelf) -> Vec<String> {
        let words = shelf.words;
        let place = match (&self.event, &self.event_label) {
            (Some(event), _) => words.t1("rule-of-event", "event", event.to_string()),
            (None, Some(label)) => words.t1("rule-of-label", "label", label.as_str()),
            (None, None) => words.t("rule-of-all"),
        };
        let number = |key: &str, number: Option<u32>| number.map(|number| words.t1(key, "count", number));
        let code = (!self.codes.is_empty()).then(|| words.t("rule-code"));
        std::iter::once(place)
            .chain(number("rule-min", self.min_quantity))
            .chain(number("rule-max", self.max_quantity))
            .chain(code)
            .chain(number("rule-total", self.max_total))
            .collect()
    }

    fn notes(&self, shelf: &Shelf) -> Vec<String> {
        let missing = self.event_label.iter().filter(|label| !shelf.event_labels.contains(*label));
        missing.map(|label| shelf.words.t1("label-matches-nothing", "label", label.as_str())).collect()
    }
}

pub(super) fn period(shelf: &Shelf, from: Option<chrono::NaiveDate>, until: Option<chrono::NaiveDate>) -> String {
    let words = shelf.words;
    match (from, until) {
        (None, None) => words.t("offer-always"),
        (Some(from), None) => words.t1("offer-from", "date", words.date(from)),
        (None, Some(until)) => words.t1("offer-until", "date", words.date(until)),
        (Some(from), Some(until)) => {
            words.t2("offer-from-until", ("from", words.date(from)), ("until", words.date(until)))
        }
    }
}
