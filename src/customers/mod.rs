//! Customers: whoever buys, under one or several addresses for mail.
//!
//! A *customer* is remembered with the first order that names an address. That somebody *is* this customer is *proved* by a link that
//! is mailed to the address: it works once, for half an hour. Behind it, on `/my`, they see their orders and annual tickets, and say
//! whether they want news. Two records of the same person are *merged*: the addresses, and with them the orders, go to one of them.
//! Staff put customers on *lists*, by hand or from a file.
//!
//! Promises:
//! * whether an address is known is told to nobody but whoever reads its mails;
//! * tokens of links and sessions are kept as their SHA-256 alone;
//! * nobody gets news who did not say so; when they said it, and that they took it back, is kept.

pub mod api;
pub mod assign;
pub mod change;
pub mod customer;
pub mod forget;
pub mod import_file;
pub mod lists;
pub mod merge;
pub mod prove;
pub mod remember;
pub mod store;
pub mod web;

pub use assign::assign;
pub use customer::{Customer, KnownAddress};
pub use remember::remember;
