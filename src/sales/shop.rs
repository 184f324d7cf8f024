//! What selling needs beside its request: what the installation has set.

use super::price_basket::PriceFrame;
use card::CardSigner;

/// What an installation sells with.
#[derive(Debug, Clone)]
pub struct Shop {
    /// What holds for all prices.
    pub frame: PriceFrame,
    /// The name of the museum, for receipts.
    pub museum: String,
    /// The language of orders whose buyer named none.
    pub language: String,
    /// Where visitors reach the server; empty: links are paths.
    pub base_url: String,
    /// How long an order waits for its online payment, in milliseconds.
    pub hold_millis: i64,
    /// Until when invoices are paid, in days after the sale.
    pub invoice_days: u16,
}

/// What tickets are sold and issued with.
#[derive(Clone, Copy)]
pub struct Till<'a> {
    /// What the installation has set.
    pub shop: &'a Shop,
    /// Signs the codes of day tickets.
    pub signer: &'a CardSigner,
}
