//! The part of the catalog that a basket names, and the lines of the pricing scenario that follow from it.

use super::basket::{Basket, Item, finding};
use crate::catalog::object::Finding;
use crate::catalog::price_list::REGULAR;
use crate::catalog::{Category, Event, House, PriceList, Product, ProductKind};
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::kernel::{Cents, UtcMs};
use crate::promotions::Uses;
use crate::promotions::ledger::Limit;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use pricing::{Line, Percent, SaleRules};
use std::collections::BTreeMap;

/// How far ahead day tickets are sold, in days.
const DAYS_AHEAD_MAX: u64 = 1_000;

/// What a basket names. Each of its keys is there, or the basket was refused.
#[derive(Debug, Clone, Default)]
pub struct Assortment {
    /// Products by key.
    pub products: BTreeMap<Slug, Product>,
    /// Categories by key.
    pub categories: BTreeMap<Slug, Category>,
    /// Houses by key, those of the events included.
    pub houses: BTreeMap<Slug, House>,
    /// Events by key.
    pub events: BTreeMap<Slug, Event>,
    /// Price lists by key: the regular one and those of the events.
    pub price_lists: BTreeMap<Slug, PriceList>,
}

/// What a line of a basket is, in the words of the catalog.
#[derive(Debug, Clone, Copy)]
pub struct Goods<'a> {
    /// The product.
    pub product: &'a Product,
    /// The category.
    pub category: &'a Category,
    /// The house that it is for, where that matters.
    pub house: Option<&'a House>,
    /// The event that it is for.
    pub event: Option<&'a Event>,
    /// The day that a day ticket is for.
    pub visit_date: Option<NaiveDate>,
}

impl Assortment {
    /// What an item of the basket is.
    ///
    /// # Errors
    /// When it names something that is not there, or is not enough to say what it is.
    pub fn goods(&self, place: usize, item: &Item, now: UtcMs, zone: Tz) -> Result<Goods<'_>, Finding> {
        let at = |field: &str| format!("items[{place}].{field}");
        let unknown = |field: &str, reason, what: &str| finding(at(field), reason, format!("there is no such {what}"));
        let product =
            self.products.get(&item.product).ok_or_else(|| unknown("product", "unknown_product", "product"))?;
        if product.archived {
            return Err(finding(at("product"), "archived_product", "this product is no longer sold"));
        }
        let category =
            self.categories.get(&item.category).ok_or_else(|| unknown("category", "unknown_category", "category"))?;
        let event = match &item.event {
            Some(key) => Some(self.events.get(key).ok_or_else(|| unknown("event", "unknown_event", "event"))?),
            None => None,
        };
        let named = match &item.house {
            Some(key) => Some(self.houses.get(key).ok_or_else(|| unknown("house", "unknown_house", "house"))?),
            None => None,
        };
        if product.kind != ProductKind::DayTicket {
            return Ok(Goods { product, category, house: None, event: None, visit_date: None });
        }
        if let (Some(house), Some(event)) = (named, event)
            && house.key != event.house
        {
            return Err(finding(at("event"), "wrong_house", "this event is in another house"));
        }
        let house = named.or_else(|| self.houses.get(&event?.house));
        if house.is_none() && product.scope.is_none() {
            return Err(finding(at("house"), "missing_house", "which house is this ticket for?"));
        }
        let visit_date = visit_date(item, event, now, house.map_or(zone, House::zone))
            .map_err(|message| finding(at("date"), "invalid_date", message))?;
        Ok(Goods { product, category, house, event, visit_date: Some(visit_date) })
    }

    /// The line of the pricing scenario for an item.
    pub fn line(&self, item: &Item, goods: &Goods<'_>, uses: &Uses) -> Line {
        let list = self.price_list(goods.event);
        let price = |list: &PriceList| {
            let found =
                list.prices.iter().find(|price| price.product == item.product && price.category == item.category);
            found.map(|price| price.price)
        };
        let Goods { product, category, house, event, .. } = goods;
        Line {
            product: Some(product.key.to_string()),
            museum: house.map(|house| house.key.to_string()),
            exhibition: event.and_then(|event| event.exhibition.as_ref()).map(ToString::to_string),
            event: event.map(|event| event.key.to_string()),
            price_list: list.map(|list| list.key.to_string()),
            category_labels: category.labels.clone(),
            event_labels: event.map(|event| event.labels.clone()).unwrap_or_default(),
            price_list_labels: list.map(|list| list.labels.clone()).unwrap_or_default(),
            vat_rate: Percent::parse(&product.vat_rate).ok(),
            sale_rules: SaleRules {
                channels: product.channels.iter().map(|channel| pricing_channel(*channel)).collect(),
                left: left(goods, uses),
                requires: category.requires.iter().map(ToString::to_string).collect(),
                ..SaleRules::default()
            },
            staff_override: item.staff_override.is_some(),
            ..Line::new(item.line.clone(), item.category.to_string(), list.and_then(price), item.quantity)
        }
    }

    /// The regular prices of the categories, for showing what they cost without an offer: of the one product that the basket is
    /// about. Categories of a basket of several products have no one price.
    pub fn regular_prices(&self, basket: &Basket) -> BTreeMap<String, Cents> {
        let mut products = basket.items.iter().map(|item| &item.product);
        let Some(product) = products.next() else { return BTreeMap::new() };
        if products.any(|other| other != product) {
            return BTreeMap::new();
        }
        let prices = self.price_list(None).into_iter().flat_map(|list| &list.prices);
        prices
            .filter(|price| price.product == *product)
            .map(|price| (price.category.to_string(), price.price))
            .collect()
    }

    /// The limits of the catalog that matter for the price of the basket.
    pub fn limits(&self) -> Vec<Limit> {
        let products = self.products.values().filter(|product| product.max_total.is_some());
        let events = self.events.values().filter(|event| event.capacity.is_some());
        products
            .map(|product| Limit::product_total(product.key.as_str()))
            .chain(events.map(|event| Limit::event_capacity(event.key.as_str())))
            .collect()
    }

    fn price_list(&self, event: Option<&Event>) -> Option<&PriceList> {
        let own = event.and_then(|event| event.price_list.as_ref());
        match own {
            Some(key) => self.price_lists.get(key),
            None => self.price_lists.values().find(|list| list.key.as_str() == REGULAR),
        }
    }
}

/// The channel in the words of the engine.
pub(super) const fn pricing_channel(channel: crate::catalog::product::Channel) -> pricing::Channel {
    use crate::catalog::product::Channel;
    match channel {
        Channel::Online => pricing::Channel::Online,
        Channel::BoxOffice => pricing::Channel::BoxOffice,
        Channel::BackOffice => pricing::Channel::BackOffice,
    }
}

fn visit_date(item: &Item, event: Option<&Event>, now: UtcMs, zone: Tz) -> Result<NaiveDate, String> {
    let today = local_day(now, zone);
    if let Some(event) = event {
        let day = local_day(event.starts_at, zone);
        return match item.date {
            Some(date) if date != day => Err(format!("this event is on {day}")),
            _ => Ok(day),
        };
    }
    let date = item.date.unwrap_or(today);
    let last = today.checked_add_days(Days::new(DAYS_AHEAD_MAX)).unwrap_or(NaiveDate::MAX);
    if (today..=last).contains(&date) { Ok(date) } else { Err(format!("a day from {today} to {last} is possible")) }
}

fn left(goods: &Goods<'_>, uses: &Uses) -> Option<u32> {
    let of_product = goods
        .product
        .max_total
        .map(|most| most.saturating_sub(uses.of(&Limit::product_total(goods.product.key.as_str()))));
    let of_event = goods
        .event
        .and_then(|event| Some(event.capacity?.saturating_sub(uses.of(&Limit::event_capacity(event.key.as_str())))));
    match (of_product, of_event) {
        (Some(product), Some(event)) => Some(product.min(event)),
        (product, event) => product.or(event),
    }
}
