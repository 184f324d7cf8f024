//! Reminds buyers of invoices that are not paid yet.

use super::order::OrderState;
use super::send_link::{Reminded, put, was_reminded};
use super::store;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::OrderId;
use db::{Conn, DbError};

/// The kind of mail that reminds of an invoice.
pub const INVOICE_REMINDER: &str = "order.invoice_reminder";

/// Puts a reminder for each of these orders into the outbox. Left out are those without an address for mail, those that were reminded
/// within a day, and those that wait for no invoice any more.
///
/// # Errors
/// When the database refuses.
pub async fn remind_invoices(tx: &mut Conn, act: &Act, orders: &[OrderId]) -> Result<Reminded, DbError> {
    let mut reminded = Reminded::default();
    for id in orders {
        let order = store::lock_order(tx, *id).await?;
        let waits = order.filter(|order| order.state == OrderState::AwaitingPayment && order.due_on.is_some());
        let Some(order) = waits else {
            reminded.left_out += 1;
            continue;
        };
        if was_reminded(tx, act, *id, INVOICE_REMINDER).await? || !put(tx, act, &order, INVOICE_REMINDER).await? {
            reminded.left_out += 1;
            continue;
        }
        audit::record(tx, act, Entry::new("order.invoice_reminded", "order", id)).await?;
        reminded.mails += 1;
    }
    Ok(reminded)
}
