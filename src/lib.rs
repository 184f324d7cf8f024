//! Passepartout: annual tickets for museums, from the sale to the gate.
//!
//! `docs/ARCHITECTURE.md` is the map with the walks through the code. In one breath:
//!
//! * [`kernel`]: words everybody uses: money, time, ids, roles. Pure.
//! * [`catalog`]: houses, exhibitions, scopes, products and their prices.
//! * [`promotions`]: offers, codes, and the one ledger of limits.
//! * [`people`]: portraits of holders.
//! * [`cards`]: the right (annual ticket), its plastic (card), and what gates know of both (entry right).
//! * [`sales`]: quotes, orders, payments, cancellations, vouchers.
//! * [`customers`]: whoever buys, under which addresses, and what they see of it.
//! * [`partners`]: institutions, their way to book, and their stocks of codes.
//! * [`production`]: layouts, print data, print runs.
//! * [`dispatch`]: from printed to posted, laid ready, handed over, returned.
//! * [`entry`]: gates, what they know and what they saw.
//! * [`reports`]: what all that comes to: tables and charts of redemptions, sales, cards and visits.
//! * [`tables`]: tables as files, for spreadsheets and from them.
//! * [`accounts`]: who works here. [`audit`]: what was done. [`jobs`]: what is still to do. [`mail`]: what is written to people.
//! * [`web`]: what all resources and pages share. [`cli`]: the commands. [`app`]: where it is wired together.

pub mod accounts;
pub mod app;
pub mod audit;
pub mod cards;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod customers;
pub mod dispatch;
pub mod entry;
pub mod files;
pub mod jobs;
pub mod kernel;
pub mod keys;
pub mod mail;
pub mod partners;
pub mod people;
pub mod production;
pub mod promotions;
pub mod reports;
pub mod sales;
pub mod tables;
pub mod web;
