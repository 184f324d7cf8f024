//! The part of the catalog that a basket names, and the lines of the pricing scenario that follow from it.

use super::basket::{Basket, Item, finding};
use crate::catalog::object::Finding;
use crate::catalog::price_list::REGULAR;
use crate::catalog::product::Channel;
use crate::catalog::sale_rule::deciding;
use crate::catalog::{Audience, Category, Event, House, Price, PriceList, Product, ProductKind, SaleRule};
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::kernel::{Cents, UtcMs};
use crate::promotions::Uses;
use crate::promotions::ledger::Limit;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use pricing::{Line, Percent, SaleRules};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How far ahead day tickets are sold, in days.
const DAYS_AHEAD_MAX: u64 = 1_000;

/// What a basket names. Each of its keys is there, or the basket was refused.
#[derive(Debug, Clone, Default)]
pub struct Assortment {
    /// Products by key.
    pub products: BTreeMap<Slug, Arc<Product>>,
    /// Categories by key.
    pub categories: BTreeMap<Slug, Arc<Category>>,
    /// Audiences by key.
    pub audiences: BTreeMap<Slug, Arc<Audience>>,
    /// Houses by key, those of the events included.
    pub houses: BTreeMap<Slug, Arc<House>>,
    /// Events by key.
    pub events: BTreeMap<Slug, Arc<Event>>,
    /// Price lists by key, with the prices of the day: the regular one and those of the events.
    pub price_lists: BTreeMap<Slug, Arc<PriceList>>,
    /// The sale rules that could decide for its tickets, in their order.
    pub sale_rules: Arc<Vec<SaleRule>>,
}

/// What a line of a basket is, in the words of the catalog.
#[derive(Debug, Clone, Copy)]
pub struct Goods<'a> {
    /// The product.
    pub product: &'a Product,
    /// The category.
    pub category: &'a Category,
    /// The audience whose price is paid.
    pub audience: Option<&'a Audience>,
    /// The VAT rate that its price includes.
    pub vat_rate: &'a str,
    /// The house that it is for, where that matters.
    pub house: Option<&'a House>,
    /// The event that it is for.
    pub event: Option<&'a Event>,
    /// The day that a day ticket is for.
    pub visit_date: Option<NaiveDate>,
}

impl Goods<'_> {
    /// Whether this is of the same type at the same event as another one: one sale rule counts them together.
    pub fn is_of_type(&self, other: &Self) -> bool {
        let key = |event: Option<&Event>| event.map(|event| event.key.clone());
        self.product.key == other.product.key
            && self.category.key == other.category.key
            && key(self.event) == key(other.event)
    }
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
        let today = local_day(now, zone);
        if !product.is_on_sale(today) {
            return Err(finding(at("product"), "not_on_sale", "this product is not sold on this day"));
        }
        let category =
            self.categories.get(&item.category).ok_or_else(|| unknown("category", "unknown_category", "category"))?;
        let audience = match &item.audience {
            Some(key) => Some(
                self.audiences.get(key).ok_or_else(|| unknown("audience", "unknown_audience", "audience"))?.as_ref(),
            ),
            None => None,
        };
        let event = match &item.event {
            Some(key) => Some(self.events.get(key).ok_or_else(|| unknown("event", "unknown_event", "event"))?.as_ref()),
            None => None,
        };
        let named = match &item.house {
            Some(key) => Some(self.houses.get(key).ok_or_else(|| unknown("house", "unknown_house", "house"))?),
            None => None,
        };
        if product.kind != ProductKind::DayTicket {
            let vat_rate = product.vat_rate_on(today);
            return Ok(Goods { product, category, audience, vat_rate, house: None, event: None, visit_date: None });
        }
        if let (Some(house), Some(event)) = (named, event)
            && house.key != event.house
        {
            return Err(finding(at("event"), "wrong_house", "this event is in another house"));
        }
        let house = named.or_else(|| self.houses.get(&event?.house)).map(Arc::as_ref);
        if house.is_none() && product.scope.is_none() {
            return Err(finding(at("house"), "missing_house", "which house is this ticket for?"));
        }
        let visit_date = visit_date(item, event, now, house.map_or(zone, House::zone))
            .map_err(|message| finding(at("date"), "invalid_date", message))?;
        let vat_rate = product.vat_rate_on(visit_date);
        Ok(Goods { product, category, audience, vat_rate, house, event, visit_date: Some(visit_date) })
    }

    /// Whether the audience of an item may be chosen in this basket, and has a price.
    ///
    /// # Errors
    /// When the proof is missing, or there is no price for the audience.
    pub fn check_audience(&self, place: usize, goods: &Goods<'_>, basket: &Basket) -> Result<(), Finding> {
        let Some(audience) = goods.audience else { return Ok(()) };
        let at = format!("items[{place}].audience");
        let partner = basket.customer.as_ref().and_then(|customer| customer.partner.as_deref());
        let is_own = basket.customer.as_ref().is_some_and(|customer| customer.audience.as_ref() == Some(&audience.key));
        if !is_own && !audience.may_be_chosen(basket.channel, partner) {
            return Err(finding(at, "proof_needed", "this audience has to be proven at a desk"));
        }
        if !self.price(goods).is_some_and(|price| price.audience_prices.contains_key(&audience.key)) {
            return Err(finding(at, "no_audience_price", "this audience has no price of its own for this"));
        }
        Ok(())
    }

    /// The line of the pricing scenario for an item that is sold on a channel, `beside` so many tickets of the same type on other lines.
    pub fn line(&self, item: &Item, goods: &Goods<'_>, channel: Channel, uses: &Uses, beside: u32) -> Line {
        let list = self.price_list(goods.event);
        let entry = self.price(goods);
        let Goods { product, category, house, event, .. } = goods;
        let of_audience = goods.audience.and_then(|audience| entry?.audience_prices.get(&audience.key)).copied();
        let regular = entry.map(|entry| entry.price);
        // Whoever belongs to an audience never pays more than others do.
        let unit_price = regular.map(|regular| of_audience.map_or(regular, |price| price.min(regular)));
        let audience_prices = entry.into_iter().flat_map(|entry| &entry.audience_prices);
        Line {
            product: Some(product.key.to_string()),
            museum: house.map(|house| house.key.to_string()),
            exhibition: event.and_then(|event| event.exhibition.as_ref()).map(ToString::to_string),
            event: event.map(|event| event.key.to_string()),
            price_list: list.map(|list| list.key.to_string()),
            category_labels: category.labels.clone(),
            event_labels: event.map(|event| event.labels.clone()).unwrap_or_default(),
            price_list_labels: list.map(|list| list.labels.clone()).unwrap_or_default(),
            audience_prices: audience_prices.map(|(key, price)| (key.to_string(), *price)).collect(),
            vat_rate: Percent::parse(goods.vat_rate).ok(),
            sale_rules: self.sale_rules_of(goods, channel, uses, beside),
            staff_override: item.staff_override.is_some(),
            ..Line::new(item.line.clone(), item.category.to_string(), unit_price, item.quantity)
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

    /// The products whose cards come to somebody.
    pub fn cards(&self) -> impl Iterator<Item = &Product> {
        self.products
            .values()
            .map(std::convert::AsRef::as_ref)
            .filter(|product| product.kind == ProductKind::AnnualTicket)
    }

    /// The limits of the catalog that tickets of this type take from, each with the most that there may be.
    pub fn limits_of(
        &self,
        product: &Product,
        category: &Category,
        event: Option<&Event>,
    ) -> Vec<(Limit, Option<u32>)> {
        let rule = deciding(&self.sale_rules, &product.key, &category.key, event);
        let key = event.map(|event| event.key.as_str());
        let of_type = Limit::type_total(product.key.as_str(), category.key.as_str(), key);
        let of_event = event.map(|event| (Limit::event_capacity(event.key.as_str()), event.capacity));
        [
            (Limit::product_total(product.key.as_str()), product.max_total),
            (of_type, rule.and_then(|rule| rule.max_total)),
        ]
        .into_iter()
        .chain(of_event)
        .collect()
    }

    /// What the catalog demands of the sale of a line. The engine checks each line by itself, so the line's least and most are what the
    /// other lines of its type leave of them.
    fn sale_rules_of(&self, goods: &Goods<'_>, channel: Channel, uses: &Uses, beside: u32) -> SaleRules {
        let Goods { product, category, event, .. } = goods;
        let rule = deciding(&self.sale_rules, &product.key, &category.key, *event);
        // The engine asks whether the channel is one of these: the product's refusal comes before the rule's.
        let channels = match rule {
            Some(rule) if product.sold_on(channel) && !rule.channels.is_empty() => &rule.channels,
            _ => &product.channels,
        };
        let limits = self.limits_of(product, category, *event).into_iter();
        SaleRules {
            min_quantity: rule.and_then(|rule| rule.min_quantity).map(|least| least.saturating_sub(beside)),
            max_quantity: rule.and_then(|rule| rule.max_quantity).map(|most| most.saturating_sub(beside)),
            codes: rule.map(|rule| rule.codes.clone()).unwrap_or_default(),
            channels: channels.iter().map(|channel| pricing_channel(*channel)).collect(),
            left: limits.filter_map(|(limit, most)| Some(most?.saturating_sub(uses.of(&limit)))).min(),
            requires: category.requires.iter().map(ToString::to_string).collect(),
        }
    }

    /// The entry of the price list that says what the goods cost.
    fn price(&self, goods: &Goods<'_>) -> Option<&Price> {
        let is_this = |price: &&Price| price.product == goods.product.key && price.category == goods.category.key;
        self.price_list(goods.event)?.prices.iter().find(is_this)
    }

    fn price_list(&self, event: Option<&Event>) -> Option<&PriceList> {
        let own = event.and_then(|event| event.price_list.as_ref());
        match own {
            Some(key) => self.price_lists.get(key),
            None => self.price_lists.values().find(|list| list.key.as_str() == REGULAR),
        }
        .map(Arc::as_ref)
    }
}

/// The channel in the words of the engine.
pub(super) const fn pricing_channel(channel: Channel) -> pricing::Channel {
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
