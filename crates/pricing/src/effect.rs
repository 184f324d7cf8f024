//! What offers do to prices, and in which layer.

use serde::Serialize;

use crate::money::Cents;
use crate::percent::Percent;
use crate::scope::Scope;

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
