//! An offer (campaign): who may use it, on which tickets, how often, and what it does to their price.
//!
//! Offers are read by [`parse_offer`](crate::parse_offer) alone, so a stored offer and an offer of a scenario obey the
//! same rules; writing one gives the same JSON back.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::effect::Effect;
use crate::money::Cents;
use crate::scenario::Channel;
use crate::scope::Scope;

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

    /// The audience that the action gives.
    pub fn price_audience(&self) -> Option<&str> {
        match self {
            CustomerAction::Known(KnownAction::SetPriceAudience { audience }) => Some(audience),
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
