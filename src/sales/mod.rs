//! Quotes, orders, payments, cancellations, and vouchers with their exchange.
//!
//! A *basket* names products of the catalog, codes, and what staff override. What it costs is asked of the engine in `crates/pricing`
//! and nowhere else; the *quote* is its answer. An *order* is one sale. It holds lines, tickets with their list price, discount and
//! paid price, the offers that made its price, payments and refunds, and the scenario that the engine was asked, so that a return is
//! worth what the rules of the day of the sale say, whatever was changed since.
//!
//! Promises:
//! * an order is placed as a whole or not at all, and the buyer pays the total that was agreed to, or is asked again;
//! * what is limited is never oversold: the ledger counts it in the same transaction;
//! * order numbers have no gaps, and neither have the receipts of a house in a year, one for each time that money comes or goes;
//! * the discounts of all tickets of an order add up to the discount of the order, to the cent;
//! * whoever gave an address for mail gets the link of the order, from which nothing of the sale ever waits for a mail server;
//! * over all returns an order never pays back more than was paid for it.

pub mod api;
pub mod assortment;
pub mod basket;
pub mod books;
mod buyer;
pub mod cancel;
pub mod checkout;
pub mod close_day;
pub mod day_end;
pub mod demand;
mod example;
pub mod exchange_voucher;
pub mod expire;
pub mod find;
pub mod forget_customer;
pub mod hold;
pub mod issue_tickets;
pub mod kept_catalog;
pub mod note_refusals;
mod number_order;
pub mod order;
pub mod pay;
pub mod placing;
pub mod price_basket;
pub mod prove_ledger;
pub mod quote;
pub mod receipt;
pub mod refund;
pub mod remind_holders;
pub mod remind_invoices;
pub mod replace_voucher;
pub mod seats;
pub mod send_link;
pub mod shop;
mod store;
pub mod try_offer;
pub mod web;
pub mod what_if;

pub use basket::Basket;
pub use order::{Order, OrderState, PaymentMethod};
pub use quote::Quote;
pub use shop::Shop;
