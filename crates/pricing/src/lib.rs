//! The promotion engine: a scenario in, a priced result out.
//!
//! [`parse_scenario`] reads a scenario strictly, [`price`] finds the lowest price that the offers allow and says what made
//! it so. No I/O, no clock, no randomness; the work is limited by a [`Budget`].
//!
//! The way through the crate: `parse` reads, `uses` checks every code and offer on its own, `model` turns tickets and uses
//! into classes and patterns, `combine` decides which uses act together and asks `search` what a set of them saves at
//! most, `evaluate` counts in whole cents, `price` writes the answer.

#[cfg(test)]
extern crate self as pricing; // The baskets of the benches serve unit tests too, and they name the crate.

mod budget;
mod code;
mod combine;
mod effect;
mod error;
mod evaluate;
mod explain;
mod limits;
mod model;
mod money;
mod offer;
mod parse;
mod percent;
mod price;
mod reason;
mod result;
mod sale_rules;
mod scenario;
mod scope;
mod search;
mod spread;
mod tidy;
mod uses;
mod vat;

pub use budget::Budget;
pub use code::fold_code;
pub use effect::{Bundle, CapScope, Effect, Layer, ListedPrice, Reward};
pub use error::ScenarioError;
pub use explain::{Explanation, Hint, LineExplanation, RefusedCode, TicketGroup, Touch, explain};
pub use limits::{CODES_ENTERED_MAX, LINES_MAX, OFFERS_MAX, TEXT_BYTES_MAX, TICKETS_MAX};
pub use money::{Cents, MAX_AMOUNT, MoneyError};
pub use offer::{Activation, CustomerAction, CustomerGroups, ItemLimit, KnownAction, Offer, OfferCode};
pub use parse::{parse_offer, parse_scenario};
pub use percent::{Percent, PercentError};
pub use price::{price, refund_amount};
pub use reason::{ProblemReason, Reason};
pub use result::{
    AppliedOffer, OfferedCategory, PricedBasket, PricedLine, PricedTicket, Problem, RefundAmount, RejectedCode,
    TicketPart, TicketShare, Units, VatRow,
};
pub use scenario::{Channel, Customer, Line, Refund, ReturnedTickets, SaleRules, Scenario};
pub use scope::{LabelControl, Scope};
pub use spread::spread;
pub use vat::vat_in;
