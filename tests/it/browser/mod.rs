//! The pages in a real browser. Each test starts one Chromium.
//!
//! With `PASSEPARTOUT_SHOTS=<folder>` they keep pictures of what they see.

mod admin;
mod campaign_stories;
mod campaigns;
mod counter;
mod customer;
mod dispatch;
mod entry;
mod frame;
mod holder;
mod mailroom;
#[cfg(feature = "external-tools")]
mod manual;
mod personalization;
mod print;
#[cfg(feature = "external-tools")]
mod printers;
mod routes;
mod sale_stories;
mod shop;
mod sign_in;
mod till;
