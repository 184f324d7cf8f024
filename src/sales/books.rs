//! What receipts say: their numbers, and the VAT in what is paid and paid back.

use super::order::{Order, SoldTicket};
use super::quote::Vat;
use crate::kernel::Cents;
use crate::kernel::ids::TicketId;
use crate::kernel::slug::Slug;
use pricing::{Percent, spread, vat_in};

/// The series of receipt numbers of a house in a year.
pub fn receipt_series(house: &Slug, year: i32) -> String {
    format!("receipt-{house}-{year}")
}

/// The receipt with this number in its series.
pub fn receipt_number(house: &Slug, year: i32, number: i64) -> String {
    format!("{house}-{year}-{number:06}")
}

/// The VAT in what is still to pay: that of the order less that of what came back.
pub fn vat_due(order: &Order) -> Vec<Vat> {
    let sold = order.vat.iter().filter_map(|row| Some((rate(&row.rate)?, row.gross)));
    let back = order.refunds.iter().flat_map(|refund| &refund.vat);
    let back = back.filter_map(|row| Some((rate(&row.rate)?, Cents(-row.gross.0))));
    rows(sold.chain(back))
}

/// The VAT in what returned tickets are worth: the value is shared out over them in proportion to what they cost.
pub fn vat_of_returned(order: &Order, returned: &[TicketId], value: Cents) -> Vec<Vat> {
    let tickets: Vec<&SoldTicket> = order.tickets.iter().filter(|ticket| returned.contains(&ticket.id)).collect();
    let prices: Vec<Cents> = tickets.iter().map(|ticket| ticket.paid_price).collect();
    let rate_of = |ticket: &SoldTicket| {
        order.lines.iter().find(|line| line.line == ticket.line).and_then(|line| rate(&line.vat_rate))
    };
    let parts = tickets.iter().zip(spread(value, &prices));
    rows(parts.filter_map(|(ticket, part)| Some((rate_of(ticket)?, part))))
}

/// The sum of VAT rows, a row per rate. Taxes are added up as the receipts say them.
pub fn vat_sum<'v>(rows: impl IntoIterator<Item = &'v Vat>, sum: &mut Vec<Vat>, sign: i64) {
    for row in rows {
        let found = sum.iter().position(|known| known.rate == row.rate);
        let place = found.unwrap_or_else(|| {
            sum.push(Vat { rate: row.rate.clone(), gross: Cents::ZERO, net: Cents::ZERO, tax: Cents::ZERO });
            sum.len() - 1
        });
        if let Some(known) = sum.get_mut(place) {
            known.gross += Cents(sign * row.gross.0);
            known.net += Cents(sign * row.net.0);
            known.tax += Cents(sign * row.tax.0);
        }
    }
}

fn rate(text: &str) -> Option<Percent> {
    Percent::parse(text).ok()
}

fn rows(parts: impl Iterator<Item = (Percent, Cents)>) -> Vec<Vat> {
    let rows = vat_in(parts).into_iter().filter(|row| row.gross != Cents::ZERO);
    rows.map(|row| Vat { rate: row.rate.to_string(), gross: row.gross, net: row.net, tax: row.tax }).collect()
}
