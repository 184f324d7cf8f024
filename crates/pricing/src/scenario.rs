//! The question: a moment, a place of sale, a customer, a basket, the shop's offers and the codes that were typed.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::money::Cents;
use crate::offer::Offer;
use crate::percent::Percent;

/// Everything that a price depends on. Pricing reads nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// The moment of pricing.
    pub now: DateTime<FixedOffset>,
    /// The museum's zone; the dates of offers are days of it.
    pub timezone: Tz,
    /// ISO 4217 code of a currency with two decimals.
    pub currency: String,
    /// Where the basket is sold.
    pub channel: Channel,
    /// Profile of the desk that sells.
    pub box_office_profile: Option<String>,
    /// Who buys, as far as it is proven.
    pub customer: Option<Customer>,
    /// Offers that staff use without code, minimum or maximum; honoured at the desk and in the back office.
    pub staff_overrides: Vec<String>,
    /// Regular prices of categories, for those that are not in the basket.
    pub regular_prices: BTreeMap<String, Cents>,
    /// The lines of the basket.
    pub basket: Vec<Line>,
    /// All campaigns the shop knows, in list order.
    pub offers: Vec<Offer>,
    /// The codes as typed, in order.
    pub codes_entered: Vec<String>,
    /// Tickets to give back, to learn what that pays.
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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Customer {
    /// The customer's id.
    pub id: Option<String>,
    /// Has ordered before.
    pub existing: bool,
    /// Subscribes to the newsletter.
    pub newsletter: bool,
    /// The partner the customer belongs to.
    pub partner: Option<String>,
}

/// One line of the basket: `quantity` equal tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Unique name of the line.
    pub line: String,
    /// Price category.
    pub category: String,
    /// Product.
    pub product: Option<String>,
    /// Museum the ticket is for.
    pub museum: Option<String>,
    /// Exhibition the ticket is for.
    pub exhibition: Option<String>,
    /// Event the ticket is for.
    pub event: Option<String>,
    /// The event's regular price list.
    pub price_list: Option<String>,
    /// Labels of the category.
    pub category_labels: Vec<String>,
    /// Labels of the event.
    pub event_labels: Vec<String>,
    /// Labels of the event's regular price list.
    pub price_list_labels: Vec<String>,
    /// Regular gross price; `None` can only be sold through an alternative price list.
    pub unit_price: Option<Cents>,
    /// Prices for audiences.
    pub audience_prices: BTreeMap<String, Cents>,
    /// Number of tickets, at least one.
    pub quantity: u32,
    /// Tax rate that the price contains.
    pub vat_rate: Option<Percent>,
    /// Under which conditions the ticket type is sold.
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

/// Conditions of the sale of a ticket type at an event, checked per line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SaleRules {
    /// Least tickets of the line.
    pub min_quantity: Option<u32>,
    /// Most tickets of the line.
    pub max_quantity: Option<u32>,
    /// One of these codes must be entered; empty means none is needed.
    pub codes: Vec<String>,
    /// Allowed channels; empty means all.
    pub channels: Vec<Channel>,
    /// Tickets still available over all sales.
    pub left: Option<u32>,
    /// Categories of which one ticket must be in the order; empty means none is needed.
    pub requires: Vec<String>,
}

/// Tickets to give back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refund {
    /// How many of which lines.
    pub returned: Vec<ReturnedTickets>,
}

/// Tickets of one line to give back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedTickets {
    /// The line.
    pub line: String,
    /// How many of its tickets.
    pub quantity: u32,
}
