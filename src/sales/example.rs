//! Example baskets: what people picture when they hear of an offer, such as a family of four with day tickets.

use super::basket::{Basket, Customer, Item};
use crate::catalog::product::Channel;
use crate::catalog::{Category, House, PriceList, Product, ProductKind};
use pricing::{Activation, Cents, Effect, Offer, OfferCode};
use std::cmp::Reverse;

/// The code that an example enters.
const CODE: &str = "EXAMPLE";
/// The most tickets of an example.
const TICKETS_MAX: u32 = 40;

/// What an example is made of.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    pub(super) products: Vec<Product>,
    pub(super) categories: Vec<Category>,
    pub(super) houses: Vec<House>,
    pub(super) regular: PriceList,
}

/// The offer as the example uses it, and a basket that it is for: two of the dearest and two of the second dearest category, or as
/// many as the offer asks for. None when nothing is sold that it could be for.
pub(super) fn example(offer: &Offer, shelf: &Shelf) -> Option<(Offer, Basket)> {
    let channel = offer.channels.first().map_or(Channel::BoxOffice, |channel| match channel {
        pricing::Channel::Online => Channel::Online,
        pricing::Channel::BoxOffice => Channel::BoxOffice,
        pricing::Channel::BackOffice => Channel::BackOffice,
    });
    let (product, categories) = goods(offer, shelf, channel)?;
    let house = shelf.houses.iter().find(|house| is_named(&offer.scope.museums, house.key.as_str()));
    let quantities = quantities(offer, product, &categories);
    let item = |place: usize, category: &Category, quantity: u32| Item {
        line: (place + 1).to_string(),
        product: product.key.clone(),
        category: category.key.clone(),
        audience: None,
        house: house.map(|house| house.key.clone()),
        event: offer.scope.events.first().and_then(|key| key.parse().ok()),
        date: None,
        quantity,
        staff_override: None,
    };
    let lines = categories.iter().zip(&quantities).filter(|(_, quantity)| **quantity > 0).enumerate();
    let items = lines.map(|(place, ((category, _), quantity))| item(place, category, *quantity)).collect();
    let needs_code = offer.activation == Activation::Code;
    let basket = Basket {
        channel,
        items,
        codes: if needs_code { vec![CODE.to_owned()] } else { Vec::new() },
        customer: customer(offer),
        box_office_profile: offer.box_office_profiles.first().cloned(),
        staff_overrides: Vec::new(),
        hold: None,
    };
    let code = OfferCode { code: CODE.to_owned(), enabled: true, max_uses: None, used: 0 };
    let codes = if needs_code { vec![code] } else { Vec::new() };
    Some((Offer { enabled: true, codes, ..offer.clone() }, basket))
}

/// The product that most people think of, and its categories with their prices, the dearest first.
fn goods<'s>(offer: &Offer, shelf: &'s Shelf, channel: Channel) -> Option<(&'s Product, Vec<(&'s Category, Cents)>)> {
    let priced = |product: &'s Product| {
        let prices = shelf.regular.prices.iter().filter(|price| price.product == product.key && price.price.0 > 0);
        let mut categories: Vec<_> = prices
            .filter_map(|price| {
                let category = shelf.categories.iter().find(|category| category.key == price.category)?;
                category.requires.is_empty().then_some((category, price.price))
            })
            .collect();
        categories.sort_by_key(|(category, price)| {
            (!is_named(&offer.scope.categories, category.key.as_str()), category.check_proof, Reverse(price.0))
        });
        categories.truncate(2);
        (product, categories)
    };
    let wanted = shelf.products.iter().filter(|product| product.sold_on(channel));
    let wanted = wanted.filter(|product| is_named(&offer.scope.products, product.key.as_str())).map(priced);
    let wanted = wanted.filter(|(_, categories)| !categories.is_empty());
    wanted.max_by_key(|(product, categories)| (product.kind == ProductKind::DayTicket, categories.len()))
}

fn quantities(offer: &Offer, product: &Product, categories: &[(&Category, Cents)]) -> Vec<u32> {
    let each = if product.kind == ProductKind::DayTicket { 2 } else { 1 };
    let mut quantities = vec![each; categories.len()];
    let bundle = match &offer.effect {
        Some(Effect::Bundle(bundle)) => bundle.buy.saturating_add(bundle.get),
        _ => 0,
    };
    let least = offer.min_tickets.unwrap_or(0).max(bundle).min(TICKETS_MAX);
    let value = |quantities: &[u32]| -> i64 {
        quantities.iter().zip(categories).map(|(quantity, (_, price))| i64::from(*quantity) * price.0).sum()
    };
    let least_value = offer.min_order_value.map_or(0, |least| least.0);
    while quantities.iter().sum::<u32>() < least
        || (value(&quantities) < least_value && quantities.iter().sum::<u32>() < TICKETS_MAX)
    {
        quantities[0] += 1;
    }
    let most = offer.max_tickets.unwrap_or(TICKETS_MAX).max(1);
    for place in (0..quantities.len()).rev() {
        let total: u32 = quantities.iter().sum();
        quantities[place] -= total.saturating_sub(most).min(quantities[place]);
    }
    quantities
}

fn customer(offer: &Offer) -> Option<Customer> {
    let groups = &offer.customers;
    (!groups.is_everybody() || offer.max_orders_per_customer.is_some()).then(|| Customer {
        id: Some(groups.list.first().cloned().unwrap_or_else(|| CODE.to_owned())),
        existing: true,
        newsletter: true,
        partner: groups.partners.first().cloned(),
        audience: None,
    })
}

/// Whether a list that restricts names the key; an empty list restricts nothing.
fn is_named(keys: &[String], key: &str) -> bool {
    keys.is_empty() || keys.iter().any(|named| named == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn shelf() -> Shelf {
        let products = json!([
            {"key": "year", "kind": "annual_ticket", "names": {"en": "Year"}, "scope": "all", "vat_rate": "7",
             "validity": {"start": "purchase", "months": 12}},
            {"key": "day", "kind": "day_ticket", "names": {"en": "Day"}, "vat_rate": "7"},
        ]);
        let categories = json!([
            {"key": "adult", "names": {"en": "Adult"}}, {"key": "child", "names": {"en": "Child"}},
            {"key": "reduced", "names": {"en": "Reduced"}, "check_proof": true},
        ]);
        let regular = json!({"key": "regular", "names": {"en": "Regular"}, "prices": [
            {"product": "year", "category": "adult", "price": "45.00"},
            {"product": "day", "category": "child", "price": "6.00"},
            {"product": "day", "category": "reduced", "price": "8.00"},
            {"product": "day", "category": "adult", "price": "12.00"},
        ]});
        let houses = json!([{"key": "town", "name": "Town", "time_zone": "Europe/Berlin", "country": "DE"}]);
        Shelf {
            products: serde_json::from_value(products).unwrap(),
            categories: serde_json::from_value(categories).unwrap(),
            houses: serde_json::from_value(houses).unwrap(),
            regular: serde_json::from_value(regular).unwrap(),
        }
    }

    fn quantities_for(change: &Value) -> Vec<(String, String, u32)> {
        let mut offer = json!({"id": "a", "effect": {"type": "percent_off", "percent": "10"}});
        for (key, value) in change.as_object().unwrap() {
            offer[key] = value.clone();
        }
        let (_, basket) = example(&pricing::parse_offer(&offer).unwrap(), &shelf()).unwrap();
        let items = basket.items.into_iter();
        items.map(|item| (item.product.to_string(), item.category.to_string(), item.quantity)).collect()
    }

    #[test]
    fn an_example_fits_what_the_offer_asks_for() {
        let day = |adults: u32, children: u32| {
            vec![("day".to_owned(), "adult".to_owned(), adults), ("day".to_owned(), "child".to_owned(), children)]
        };
        assert_eq!(quantities_for(&json!({})), day(2, 2));
        assert_eq!(quantities_for(&json!({"min_tickets": 10})), day(8, 2));
        assert_eq!(quantities_for(&json!({"max_tickets": 3})), day(2, 1));
        assert_eq!(quantities_for(&json!({"min_order_value": "60.00"})), day(4, 2));
        assert_eq!(
            quantities_for(&json!({"effect": {"type": "bundle", "buy": 4, "get": 1, "percent": "100"}})),
            day(3, 2)
        );
        let year = quantities_for(&json!({"scope": {"products": ["year"]}}));
        assert_eq!(year, [("year".to_owned(), "adult".to_owned(), 1)]);
        let reduced = quantities_for(&json!({"scope": {"categories": ["reduced"]}}));
        assert_eq!(reduced[0].1, "reduced");
    }

    #[test]
    fn nothing_sold_gives_no_example() {
        let offer =
            json!({"id": "a", "scope": {"products": ["boat"]}, "effect": {"type": "percent_off", "percent": "10"}});
        assert!(example(&pricing::parse_offer(&offer).unwrap(), &shelf()).is_none());
    }
}
