//! Receipts: what was sold, for how much and with which tax, as a page of plain text.

use super::order::{Order, OrderLine};
use super::quote::{UnitPrice, units};
use crate::kernel::Cents;
use crate::kernel::period::local_day;
use chrono_tz::Tz;
use std::fmt::Write;

/// The receipt of an order. Amounts are in the currency that stands beside the total.
pub fn receipt(order: &Order, museum: &str, currency: &str, zone: Tz) -> String {
    let day = local_day(order.placed_at, zone);
    let mut page = format!("{museum}\n\n{}\n{day} ({zone})\n\n", order.number);
    if order.is_test() {
        page.push_str("TEST: nothing was paid, and nothing of it is valid.\n\n");
    }
    if let Some(buyer) = &order.buyer {
        add(&mut page, format_args!("{}\n\n", buyer.name));
    }
    for line in &order.lines {
        for unit in units_of(order, line) {
            let sum = Cents(unit.price.0 * i64::from(unit.quantity));
            let label = format!("{} x {} ({}) {}", unit.quantity, line.product, line.category, unit.price);
            add(&mut page, format_args!("{label:<48}{sum:>12}\n"));
        }
    }
    for offer in &order.offers {
        let name = offer.code.as_deref().unwrap_or(offer.offer.as_str());
        add(&mut page, format_args!("{:<48}{:>12}\n", format!("  {name}: -{}", offer.discount), ""));
    }
    add(&mut page, format_args!("\n{:<48}{:>12}\n", format!("Total {currency}"), order.total));
    for vat in &order.vat {
        let label = format!("{} % VAT in {} (net {})", vat.rate, vat.gross, vat.net);
        add(&mut page, format_args!("{label:<48}{:>12}\n", vat.tax));
    }
    for payment in &order.payments {
        add_receipt(&mut page, payment.receipt.as_deref());
        add(&mut page, format_args!("{:<48}{:>12}\n", format!("Paid: {}", payment.method.as_str()), payment.amount));
    }
    for refund in &order.refunds {
        add_receipt(&mut page, refund.receipt.as_deref());
        add(&mut page, format_args!("{:<48}{:>12}\n", "Paid back", refund.amount));
    }
    if order.due() > Cents::ZERO {
        let label = order.due_on.map_or_else(|| "Due".to_owned(), |day| format!("Due until {day}"));
        add(&mut page, format_args!("{label:<48}{:>12}\n", order.due()));
    }
    page
}

/// The tickets of a line by price, as they were sold.
pub fn units_of(order: &Order, line: &OrderLine) -> Vec<UnitPrice> {
    units(order.tickets.iter().filter(|ticket| ticket.line == line.line).map(|ticket| ticket.paid_price).collect())
}

fn add_receipt(page: &mut String, number: Option<&str>) {
    if let Some(number) = number {
        add(page, format_args!("Receipt {number}\n"));
    }
}

fn add(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a text cannot fail.
    let _ = page.write_fmt(text);
}
