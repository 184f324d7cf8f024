//! The section `[sales]`.

use serde::Deserialize;

/// Selling.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sales {
    /// How long an order waits for its online payment, in minutes. Until then its tickets and codes are held for it.
    pub hold_minutes: u16,
    /// How long an order of the shop with day tickets waits to be paid at a desk or by transfer, in hours.
    pub reservation_hours: u16,
    /// Whether the shop sells annual tickets and vouchers on invoice: they can be personalized at once, and cards are printed when
    /// the invoice is paid. Otherwise they are reserved as day tickets are.
    pub shop_invoice: bool,
    /// How many days buyers have to pay an invoice.
    pub invoice_days: u16,
    /// What buyers are told about paying by transfer, for instance the account. Empty: nothing.
    pub payment_hint: String,
}

impl Default for Sales {
    fn default() -> Self {
        Self {
            hold_minutes: 15,
            reservation_hours: 72,
            shop_invoice: true,
            invoice_days: 14,
            payment_hint: String::new(),
        }
    }
}
