//! The answer: what every ticket costs, which offers made it so, and why the others did not.

use serde::Serialize;

use crate::money::Cents;
use crate::offer::CustomerAction;
use crate::percent::Percent;
use crate::reason::{ProblemReason, Reason};

/// A priced basket. Serializes to the result JSON; [`tickets`](Self::tickets) are
/// for callers in code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PricedBasket {
    /// What the customer pays.
    pub total: Cents,
    /// Sum of the regular prices; for tickets without one, of their list price.
    pub original_total: Cents,
    /// The difference of the two.
    pub discount_total: Cents,
    /// The lines that can be sold, in basket order.
    pub lines: Vec<PricedLine>,
    /// Tax per rate, rates rising; only if every line has a rate.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vat: Vec<VatRow>,
    /// The uses of offers that made the price.
    pub applied: Vec<AppliedOffer>,
    /// Entered codes that are not used, in the order of entering.
    pub rejected: Vec<RejectedCode>,
    /// Codes as typed that wait for tickets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<String>,
    /// What to carry out when the order is placed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub customer_actions: Vec<CustomerAction>,
    /// Categories that the price lists in play offer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<OfferedCategory>,
    /// What stands in the way of selling the basket.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// What a return pays back, if asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundAmount>,
    /// The total is proven lowest.
    pub optimal: bool,
    /// No assignment saves more than this; only if `optimal` is false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upper_bound_discount: Option<Cents>,
    /// Every ticket by itself, in basket order.
    #[serde(skip)]
    pub tickets: Vec<PricedTicket>,
}

impl PricedBasket {
    /// Whether an order of this basket can be placed: every problem is overridden by staff.
    pub fn can_be_placed(&self) -> bool {
        self.problems.iter().all(|problem| problem.overridden)
    }
}

/// A line that can be sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PricedLine {
    /// Name of the line.
    pub line: String,
    /// Regular price of one ticket; `None` if it has none.
    pub original_unit_price: Option<Cents>,
    /// Its tickets by price, prices falling.
    pub units: Vec<Units>,
    /// Sum of the units.
    pub total: Cents,
}

/// Tickets of a line at one price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Units {
    /// How many.
    pub quantity: u32,
    /// What each costs.
    pub price: Cents,
}

/// Tax of one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct VatRow {
    /// The rate.
    pub rate: Percent,
    /// Sum of the final prices at this rate.
    pub gross: Cents,
    /// Gross without tax.
    pub net: Cents,
    /// The tax in it.
    pub tax: Cents,
}

/// One use of an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppliedOffer {
    /// The offer's id.
    pub offer: String,
    /// The code as stored; absent without a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What it saves.
    pub discount: Cents,
}

/// An entered code that is not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RejectedCode {
    /// The code as typed.
    pub code: String,
    /// Why.
    pub reason: Reason,
}

/// A category that a price list in play offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfferedCategory {
    /// The offer with the list.
    pub offer: String,
    /// The category.
    pub category: String,
    /// Its price, never above the original one.
    pub price: Cents,
    /// The price to strike through; `None` if the category has no regular price.
    pub original_price: Option<Cents>,
}

/// What stands in the way of selling a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Name of the line.
    pub line: String,
    /// Why it cannot be sold.
    pub reason: ProblemReason,
    /// Tickets still available, if it is sold out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<u32>,
    /// Staff sell it nevertheless.
    pub overridden: bool,
}

/// What a return pays back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RefundAmount {
    /// The amount.
    pub amount: Cents,
}

/// One sold ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PricedTicket {
    /// Place of its line in the basket.
    pub line: usize,
    /// Regular price, or the price of the alternative list if it has none.
    pub list_price: Cents,
    /// What the offers take off.
    pub discount: Cents,
    /// What is paid.
    pub paid_price: Cents,
    /// The offers acting on it, in the order of acting.
    pub offers: Vec<TicketShare>,
}

/// What one use of an offer does to one ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TicketShare {
    /// Place in [`PricedBasket::applied`].
    pub applied: usize,
    /// The part that the ticket plays.
    pub part: TicketPart,
    /// What the use takes off this ticket.
    pub discount: Cents,
}

/// The part that a ticket plays in an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketPart {
    /// The offer lowers its price.
    Discounted,
    /// It is paid so that another ticket of the bundle is rewarded.
    PaidInBundle,
    /// It is the rewarded ticket of a bundle.
    RewardedInBundle,
}
