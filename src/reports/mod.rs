//! Reports: what redemptions, sales, cards and visits come to, per day and per anything else. They read what the other capabilities
//! wrote, and write nothing.
//!
//! *When* something counts: a sale on the day on which its tickets were issued (at once, or with the payment of an online order); what
//! came back on the day on which it came back, as less; a redemption with the sale of its order, and its return with the ticket that
//! takes the last of the order back. So the past never changes: a report of last month says the same tomorrow.
//!
//! *Which day* it is, the zone of the chosen house decides, and without one that of the museum. A period is from its first day to its
//! last, both included, whether a day has 23, 24 or 25 hours.
//!
//! *What came back* is worth what the refund says. Of several tickets each takes its share of it, and of the discount, to the cent, so
//! the figures of a report are the sums of the orders: `tests/it/reports_sums.rs` proves it for random sales, cancellations and refunds.
//!
//! *How fast*: nothing is summed up beforehand. `order_offers` keeps the moment, the channel and the house of each redemption, and two
//! indexes hold all that the reports of campaigns ask for, so that a report reads no table at all. `cargo xtask bench-reports` measures.

pub mod api;
pub mod ask;
mod campaigns;
mod cards;
pub mod filter;
mod overrides;
pub mod period;
mod redemptions;
mod refusals;
pub mod returned;
mod sales;
mod store;
pub mod table;
mod tell;
mod visits;
pub mod web;

pub use ask::{AskError, Wanted, ask};
pub use filter::{By, Filter, Report};
pub use period::{Period, Step};
pub use table::Table;
pub use tell::tell;
