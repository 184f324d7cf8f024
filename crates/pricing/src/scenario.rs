//! The question: a moment, a place of sale, a customer, a basket, the shop's offers and the codes that were typed.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize, Serializer};

use crate::money::Cents;
use crate::offer::Offer;
use crate::percent::Percent;

/// Everything that a price depends on. Pricing reads nothing else. Serializes to the JSON that
/// [`parse_scenario`](crate::parse_scenario) reads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scenario {
    /// The moment of pricing.
    pub now: DateTime<FixedOffset>,
    /// The museum's zone; the dates of offers are days of it.
    #[serde(serialize_with = "zone_name")]
    pub timezone: Tz,
    /// ISO 4217 code of a currency with two decimals.
    pub currency: String,
    /// Where the basket is sold.
    pub channel: Channel,
    /// Profile of the desk that sells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub box_office_profile: Option<String>,
    /// Who buys, as far as it is proven.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
    /// Offers that staff use without code, minimum or maximum; honoured at the desk and in the back office.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub staff_overrides: Vec<String>,
    /// Regular prices of categories, for those that are not in the basket.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub regular_prices: BTreeMap<String, Cents>,
    /// The lines of the basket.
    pub basket: Vec<Line>,
    /// All campaigns the shop knows, in list order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offer>,
    /// The codes as typed, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes_entered: Vec<String>,
    /// Tickets to give back, to learn what that pays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund: Option<Refund>,
}

/// Where a basket is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The web shop.
    Online,
    /// A desk in a museum.
    BoxOffice,
    /// Phone and special orders.
    BackOffice,
}

impl Channel {
    /// The name in scenarios and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Online => "online",
            Channel::BoxOffice => "box_office",
            Channel::BackOffice => "back_office",
        }
    }

    /// Whether staff sell here, so that their overrides count.
    pub fn is_staffed(self) -> bool {
        self != Channel::Online
    }
}

/// What is proven about the customer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Customer {
    /// The customer's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Has ordered before.
    pub existing: bool,
    /// Subscribes to the newsletter.
    pub newsletter: bool,
    /// The partner the customer belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner: Option<String>,
}

/// One line of the basket: `quantity` equal tickets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Unique name of the line.
    pub line: String,
    /// Price category.
    pub category: String,
    /// Product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Museum the ticket is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub museum: Option<String>,
    /// Exhibition the ticket is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exhibition: Option<String>,
    /// Event the ticket is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The event's regular price list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_list: Option<String>,
    /// Labels of the category.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub category_labels: Vec<String>,
    /// Labels of the event.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub event_labels: Vec<String>,
    /// Labels of the event's regular price list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub price_list_labels: Vec<String>,
    /// Regular gross price; `None` can only be sold through an alternative price list.
    pub unit_price: Option<Cents>,
    /// Prices for audiences.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub audience_prices: BTreeMap<String, Cents>,
    /// Number of tickets, at least one.
    pub quantity: u32,
    /// Tax rate that the price contains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_rate: Option<Percent>,
    /// Under which conditions the ticket type is sold.
    #[serde(skip_serializing_if = "SaleRules::are_none")]
    pub sale_rules: SaleRules,
    /// Staff sell the line against its sale rules; honoured at the desk and in the back office.
    pub staff_override: bool,
}

impl Line {
    /// A line without labels, rules or places.
    pub fn new(line: impl Into<String>, category: impl Into<String>, unit_price: Option<Cents>, quantity: u32) -> Line {
        Line {
            line: line.into(),
            category: category.into(),
            product: None,
            museum: None,
            exhibition: None,
            event: None,
            price_list: None,
            category_labels: Vec::new(),
            event_labels: Vec::new(),
            price_list_labels: Vec::new(),
            unit_price,
            audience_prices: BTreeMap::new(),
            quantity,
            vat_rate: None,
            sale_rules: SaleRules::default(),
            staff_override: false,
        }
    }
}

/// Conditions of the sale of a ticket type at an event, checked per line. Whoever splits a type into several lines says in each what
/// the others leave of the least and the most.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SaleRules {
    /// Least tickets of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_quantity: Option<u32>,
    /// Most tickets of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_quantity: Option<u32>,
    /// One of these codes must be entered; empty means none is needed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// Allowed channels; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// Tickets still available over all sales.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<u32>,
    /// Categories of which one ticket must be in the order; empty means none is needed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<String>,
}

impl SaleRules {
    /// Nothing is demanded.
    pub fn are_none(&self) -> bool {
        *self == SaleRules::default()
    }
}

/// Tickets to give back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Refund {
    /// How many of which lines.
    pub returned: Vec<ReturnedTickets>,
}

/// Tickets of one line to give back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReturnedTickets {
    /// The line.
    pub line: String,
    /// How many of its tickets.
    pub quantity: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references to serialize_with")]
fn zone_name<S: Serializer>(zone: &Tz, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(zone.name())
}

#[cfg(test)]
mod tests {
    use crate::parse_scenario;

    #[test]
    fn a_written_scenario_reads_the_same() {
        for json in [
            r#"{"now": "2026-07-04T09:15:00+02:00", "timezone": "Europe/Berlin", "currency": "EUR", "channel": "online"}"#,
            r#"{"now": "2026-07-04T09:15:00+02:00", "timezone": "Europe/Berlin", "currency": "EUR", "channel": "box_office",
                "box_office_profile": "desk-1", "customer": {"id": "c", "existing": true, "partner": "hotel"},
                "staff_overrides": ["group"], "regular_prices": {"adult": "14.00"}, "codes_entered": ["x"],
                "basket": [{"line": "1", "category": "adult", "product": "day", "museum": "castle", "unit_price": null,
                    "audience_prices": {"student": "8.00"}, "quantity": 3, "vat_rate": "7", "staff_override": true,
                    "sale_rules": {"left": 4, "channels": ["online"], "requires": ["adult"]}}],
                "offers": [{"id": "group", "codes": [{"code": "X", "max_uses": 3, "used": 1}], "tickets_used": 2,
                    "item_limits": [{"scope": {"event_label": {"lacks": "y"}}, "max_tickets_total": 9, "tickets_used": 8}],
                    "effect": {"type": "percent_off", "percent": "12.5"}}],
                "refund": {"returned": [{"line": "1", "quantity": 1}]}}"#,
        ] {
            let scenario = parse_scenario(json).unwrap();
            let written = serde_json::to_string(&scenario).unwrap();
            assert_eq!(parse_scenario(&written), Ok(scenario), "{written}");
        }
    }
}
