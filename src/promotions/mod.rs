//! Offers, their codes, and the one ledger of limits.
//!
//! An *offer* is a campaign with one effect, its conditions and its limits, in the JSON of pricing scenarios. Each change of it is a
//! new version, and old orders keep their price. A *code* is a text that brings one offer into play. Two codes are the same code
//! when their [`code::CodeText::fold`] is the same, and codes that people could confuse cannot both be made.
//!
//! The *ledger* is the only place where uses are counted: of codes, of offers in orders and tickets and per customer, of products
//! and of events. A use is reserved or confirmed by an update that must touch exactly one row, so the last use goes to exactly one
//! order, however many want it at once; every use has entries that say which order and ticket it is for, so what is given back is
//! exactly what was taken. What a price is, is no matter of this capability: see `crates/pricing`.

pub mod api;
pub mod change_codes;
pub mod change_offers;
pub mod code;
pub mod code_rows;
pub mod conflicts;
pub mod generate_codes;
pub mod guessing;
pub mod import_codes;
pub mod ledger;
pub mod limit_uses;
pub mod offer;
pub mod remember_refusals;
mod store;
pub mod web;

pub use code::{Code, CodeText};
pub use generate_codes::GENERATE;
pub use import_codes::FORGET_IMPORT;
pub use ledger::{Demand, Holder, LimitKind, Uses};
pub use offer::{KnownOffer, OfferError};
pub use remember_refusals::remember_refusals;
pub use store::{
    Held, codes_entered, held, held_by, held_since, held_until, known_offers, offer_texts, offers_with_endless_codes,
    offers_with_open_codes, uses,
};
