//! An offer (campaign): who may use it, on which tickets, how often, and what it does to their price.
//!
//! Offers are read by [`parse_offer`](crate::parse_offer) alone, so a stored offer and an offer of a scenario obey the
//! same rules; writing one gives the same JSON back.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::money::Cents;
use crate::percent::Percent;
use crate::scenario::{Channel, Line};
use crate::scope;

/// One campaign with one effect, its conditions and its limits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Offer {
    /// Identity, compared exactly.
    pub id: String,
    /// The name customers see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A short message for customers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A disabled offer refuses its codes and never acts on its own.
    pub enabled: bool,
    /// What brings the offer into play.
    pub activation: Activation,
    /// The codes that activate it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<OfferCode>,
    /// First valid local day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last valid local day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// Allowed sale channels; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// Allowed desk profiles; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub box_office_profiles: Vec<String>,
    /// The groups of customers it is for.
    #[serde(skip_serializing_if = "CustomerGroups::is_everybody")]
    pub customers: CustomerGroups,
    /// Least sum of the regular prices of the whole basket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_order_value: Option<Cents>,
    /// Least number of tickets in scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_tickets: Option<u32>,
    /// Most tickets in scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tickets: Option<u32>,
    /// Which tickets it is for.
    #[serde(skip_serializing_if = "Scope::is_everything")]
    pub scope: Scope,
    /// Quota of orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_orders: Option<u32>,
    /// Orders that already used it.
    #[serde(skip_serializing_if = "is_zero")]
    pub orders_used: u32,
    /// Quota of orders of one proven customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_orders_per_customer: Option<u32>,
    /// Orders with which this customer already used it.
    #[serde(skip_serializing_if = "is_zero")]
    pub customer_orders_used: u32,
    /// Quota of discounted tickets over all orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tickets_total: Option<u32>,
    /// Tickets already discounted, orders in progress included.
    #[serde(skip_serializing_if = "is_zero")]
    pub tickets_used: u32,
    /// Most tickets that one entered code, or one automatic use, discounts in one order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_discounted_tickets: Option<u32>,
    /// Limits for some of the tickets, inside the offer's own quota.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub item_limits: Vec<ItemLimit>,
    /// No other code may be used in the same order.
    pub exclusive: bool,
    /// May share a ticket with another stackable offer of another layer.
    pub stackable: bool,
    /// What it does to prices; absent means only customer actions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// What happens to the customer when the order is placed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customer_actions: Vec<CustomerAction>,
}

impl<'de> Deserialize<'de> for Offer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        crate::parse::parse_offer(&value).map_err(serde::de::Error::custom)
    }
}

/// What brings an offer into play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    /// One of its codes is entered.
    #[default]
    Code,
    /// It acts alone, without any code beside it; the first such offer on the list wins.
    Automatic,
    /// It competes and combines like a code that everybody entered.
    AutomaticCombinable,
}

/// One code of an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfferCode {
    /// The code as the shop stored it.
    pub code: String,
    /// A disabled code is refused.
    pub enabled: bool,
    /// Most uses; `None` is unlimited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<u32>,
    /// Uses so far.
    #[serde(skip_serializing_if = "is_zero")]
    pub used: u32,
}

/// The groups of customers an offer is for; the customer must belong to at least one of the named ones.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CustomerGroups {
    /// Customers who ordered before.
    #[serde(skip_serializing_if = "is_false")]
    pub existing: bool,
    /// Subscribers of the newsletter.
    #[serde(skip_serializing_if = "is_false")]
    pub newsletter: bool,
    /// Customers by id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<String>,
    /// Members of these partners.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<String>,
}

impl CustomerGroups {
    /// No group is named, so everybody may use the offer.
    pub fn is_everybody(&self) -> bool {
        !self.existing && !self.newsletter && self.list.is_empty() && self.partners.is_empty()
    }
}

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
        scope::contains(self, line)
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

/// A limit for the tickets of an inner scope.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ItemLimit {
    /// The tickets it counts.
    #[serde(skip_serializing_if = "Scope::is_everything")]
    pub scope: Scope,
    /// Quota of discounted tickets over all orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tickets_total: Option<u32>,
    /// Tickets already discounted.
    #[serde(skip_serializing_if = "is_zero")]
    pub tickets_used: u32,
    /// Most discounted tickets in one order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_per_order: Option<u32>,
}

impl ItemLimit {
    /// How many tickets it still lets one order discount; `None` is unlimited.
    pub fn left(&self) -> Option<u32> {
        let total = self.max_tickets_total.map(|max| max.saturating_sub(self.tickets_used));
        match (total, self.max_per_order) {
            (Some(total), Some(order)) => Some(total.min(order)),
            (total, order) => total.or(order),
        }
    }
}

/// What an offer does to the price of tickets.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Effect {
    /// The ticket takes the listed price.
    PriceList {
        /// Name of the list.
        #[serde(skip_serializing_if = "Option::is_none")]
        price_list: Option<String>,
        /// Its entries.
        prices: Vec<ListedPrice>,
    },
    /// The ticket takes its price for that audience.
    PriceAudience {
        /// The audience.
        audience: String,
    },
    /// A percentage of the base price off each ticket.
    PercentOff {
        /// The percentage.
        percent: Percent,
        /// Most saving per order or per ticket.
        #[serde(skip_serializing_if = "Option::is_none")]
        max_discount: Option<Cents>,
        /// What the cap is for.
        cap_scope: CapScope,
    },
    /// An amount off each ticket.
    AmountOffTicket {
        /// The amount.
        amount: Cents,
    },
    /// Each ticket comes down to this price.
    TicketPrice {
        /// The price.
        price: Cents,
    },
    /// Some tickets are paid and reward others.
    Bundle(Box<Bundle>),
    /// An amount off the sum of the tickets in scope.
    AmountOffOrder {
        /// The amount.
        amount: Cents,
    },
    /// A percentage of what remains of each ticket after the other layers.
    PercentOffOrder {
        /// The percentage.
        percent: Percent,
        /// Most saving per order.
        #[serde(skip_serializing_if = "Option::is_none")]
        max_discount: Option<Cents>,
    },
}

/// "Buy some, get some": every bundle has exactly `buy` paid tickets and one to `get` rewarded ones.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bundle {
    /// Paid tickets of a bundle.
    pub buy: u32,
    /// Most rewarded tickets of a bundle.
    pub get: u32,
    /// Percentage off a rewarded ticket.
    pub percent: Percent,
    /// Which tickets may be rewarded.
    pub reward: Reward,
    /// Narrows the paid tickets.
    #[serde(skip_serializing_if = "Scope::is_everything")]
    pub buy_scope: Scope,
    /// Narrows the rewarded tickets.
    #[serde(skip_serializing_if = "Scope::is_everything")]
    pub get_scope: Scope,
    /// Most bundles of one use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_bundles: Option<u32>,
}

/// Which tickets of a bundle may be rewarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reward {
    /// No rewarded ticket costs more than a paid one of its bundle.
    #[default]
    Cheapest,
    /// Prices do not matter.
    Any,
}

/// What the cap of a percentage is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CapScope {
    /// All tickets of one use together.
    #[default]
    Order,
    /// Each ticket.
    Ticket,
}

/// One entry of an alternative price list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedPrice {
    /// The category.
    pub category: String,
    /// Its price on this list.
    pub price: Cents,
    /// Labels of the entry.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
}

/// The layer in which an effect acts; a ticket passes them in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Sets the base price.
    Base,
    /// Acts on the base price of a ticket.
    Ticket,
    /// Acts on what remains.
    Order,
}

impl Effect {
    /// The layer in which the effect acts.
    pub fn layer(&self) -> Layer {
        match self {
            Effect::PriceList { .. } | Effect::PriceAudience { .. } => Layer::Base,
            Effect::PercentOff { .. }
            | Effect::AmountOffTicket { .. }
            | Effect::TicketPrice { .. }
            | Effect::Bundle(_) => Layer::Ticket,
            Effect::AmountOffOrder { .. } | Effect::PercentOffOrder { .. } => Layer::Order,
        }
    }
}

/// What happens to the customer when the order is placed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum CustomerAction {
    /// A kind the engine knows.
    Known(KnownAction),
    /// Any other action, handed through as it is; its `type` is a text.
    Other(Map<String, Value>),
}

/// The customer actions that the engine understands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum KnownAction {
    /// Links the customer to an institution.
    AssignPartner {
        /// The institution.
        partner: String,
    },
    /// Gives the customer an audience whose prices otherwise need proof.
    SetPriceAudience {
        /// The audience.
        audience: String,
    },
}

impl CustomerAction {
    /// The partner that the action assigns.
    pub fn assigned_partner(&self) -> Option<&str> {
        match self {
            CustomerAction::Known(KnownAction::AssignPartner { partner }) => Some(partner),
            _ => None,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references to skip_serializing_if")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references to skip_serializing_if")]
fn is_false(flag: &bool) -> bool {
    !*flag
}
