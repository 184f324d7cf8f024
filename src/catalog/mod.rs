//! What the house is, what it shows, and what it sells at which price.
//!
//! A *house* is a museum with its time zone; an *exhibition* is part of a house with its own dates; a *scope* is the set of houses
//! and exhibitions that a product opens, with the 16-bit id that stands in card codes. A *product* is an annual ticket (or any
//! other season ticket), a voucher for one, or a day ticket; it is sold in *categories* (adult, reduced, ..) at the prices of a
//! *price list*, with prices of their own for *audiences*. An *event* is a calendar entry of a house or exhibition and may have a price list of its own. A *sale rule* says under
//! which conditions tickets are sold at an event, at all events with a label, or everywhere.
//!
//! Catalog objects are addressed by the key that staff chose. Keys never change; what was sold is archived, never deleted.

pub mod api;
pub mod audience;
pub mod create;
pub mod create_series;
pub mod event;
mod fit;
pub mod house;
pub mod label_events;
pub mod leave_network;
pub mod object;
pub mod price_list;
pub mod product;
pub mod remove;
pub mod replace;
pub mod sale_rule;
pub mod scope;
pub mod series;
pub mod store;
pub mod validity;
pub mod web;

pub use audience::Audience;
pub use event::Event;
pub use house::{Category, Exhibition, House};
pub use price_list::{Price, PriceList};
pub use product::{PhotoReview, Product, ProductKind};
pub use sale_rule::SaleRule;
pub use scope::Scope;
pub use validity::Validity;
