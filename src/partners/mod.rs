//! Partners: institutions such as hotels, tourist boards and universities, and their own way to book.
//!
//! An *institution* has a key, which is what offers and audiences name: `assign_partner` links a customer to it until staff unlink them,
//! and its audiences have their prices without a proof. It books at `/partner/{token}`: there the shop sells at its prices and on
//! invoice, with the terms that were agreed. Its *stock* is an offer whose codes it hands out: behind a link of its own it sees how many
//! are used and left, day by day, and asks for more.
//!
//! Promises:
//! * the links cannot be guessed, and staff make a new one at any time, after which the old one leads nowhere;
//! * a partner sees the orders that it placed, and nothing about persons who bought with its codes;
//! * who belongs to whom is with the customer: an institution can change without anybody losing their prices.

pub mod api;
pub mod institution;
pub mod save;
pub mod stock;
pub mod store;
pub mod web;

pub use institution::{Institution, InstitutionData};
