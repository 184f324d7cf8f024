//! Cancels tickets of an order, or all of it.

use super::books::vat_of_returned;
use super::number_order::next_receipt;
use super::order::{Order, OrderState, Refund, TicketState};
use super::refund::returned_value;
use super::shop::Shop;
use super::store;
use crate::audit::{self, Entry};
use crate::cards;
use crate::kernel::ids::{OrderId, TicketId};
use crate::kernel::{Act, Cents};
use crate::promotions::limit_uses;
use db::{Conn, DbError};
use serde_json::json;

/// What to cancel.
#[derive(Debug, Clone)]
pub struct Cancellation {
    /// The tickets; `None`: all that are still there.
    pub tickets: Option<Vec<TicketId>>,
    /// Why.
    pub reason: String,
    /// Only look at what it would pay back.
    pub preview: bool,
    /// The desk that pays back, if not the one that sold.
    pub desk: Option<String>,
    /// Whether tickets may come back with which somebody was admitted.
    pub may_refund_used: bool,
}

/// Why nothing was cancelled.
#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    /// There is no such order.
    #[error("there is no such order")]
    NotFound,
    /// It has no such ticket.
    #[error("this order has no such ticket")]
    UnknownTicket(usize),
    /// There is nothing left to cancel.
    #[error("all of it was cancelled before")]
    NothingLeft(OrderState),
    /// The ticket was cancelled before.
    #[error("this ticket was cancelled before")]
    CancelledBefore(TicketId),
    /// Somebody was admitted with it, and the caller may not take back what was used.
    #[error("somebody was admitted with this ticket")]
    Used(Vec<TicketId>),
    /// What was kept cannot be priced.
    #[error("the kept tickets cannot be priced: {0}")]
    Price(String),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Cancels tickets and answers what is paid back: nothing while the order is not paid, then only less is due.
///
/// # Errors
/// When a ticket cannot be cancelled; of several, all or none.
pub async fn cancel(
    tx: &mut Conn,
    act: &Act,
    shop: &Shop,
    id: OrderId,
    what: &Cancellation,
) -> Result<Cents, CancelError> {
    let order = store::lock_order(tx, id).await?.ok_or(CancelError::NotFound)?;
    let returned = chosen(&order, what)?;
    let used = store::used_tickets(tx, &returned).await?;
    if !used.is_empty() && !what.may_refund_used {
        return Err(CancelError::Used(used));
    }
    let scenario = store::scenario_of(tx, id).await?;
    let scenario = pricing::parse_scenario(&scenario).map_err(|error| CancelError::Price(error.to_string()))?;
    let value = returned_value(&order, &scenario, &returned).map_err(|error| CancelError::Price(error.to_string()))?;
    let was_paid = order.state == OrderState::Paid && !order.is_test();
    let amount = if was_paid { value } else { Cents::ZERO };
    if !what.preview {
        let method = order.payments.last().map_or(order.payment_method, |payment| payment.method);
        let mut refund = Refund {
            value,
            amount,
            vat: vat_of_returned(&order, &returned, value),
            method,
            receipt: None,
            desk: what.desk.clone().unwrap_or_else(|| order.desk.clone()),
            tickets: returned,
            reason: what.reason.clone(),
            refunded_at: act.now,
        };
        carry_out(tx, act, &order, &refund).await?;
        if amount > Cents::ZERO {
            // Others wait for the number of the receipt, so it comes last.
            refund.receipt = Some(next_receipt(tx, act, shop, &order).await?);
        }
        if !order.is_test() {
            store::insert_refund(tx, act, order.id, &refund).await?;
        }
    }
    Ok(amount)
}

fn chosen(order: &Order, what: &Cancellation) -> Result<Vec<TicketId>, CancelError> {
    let live = |id: &TicketId| {
        order.tickets.iter().find(|ticket| ticket.id == *id).map(|ticket| ticket.state != TicketState::Cancelled)
    };
    let all: Vec<TicketId> = order.tickets.iter().map(|ticket| ticket.id).filter(|id| live(id) == Some(true)).collect();
    if all.is_empty() {
        return Err(CancelError::NothingLeft(order.state));
    }
    let Some(wanted) = &what.tickets else { return Ok(all) };
    let mut chosen: Vec<TicketId> = Vec::with_capacity(wanted.len());
    for (place, id) in wanted.iter().enumerate() {
        match live(id) {
            None => return Err(CancelError::UnknownTicket(place)),
            Some(false) => return Err(CancelError::CancelledBefore(*id)),
            Some(true) if chosen.contains(id) => {}
            Some(true) => chosen.push(*id),
        }
    }
    Ok(chosen)
}

async fn carry_out(tx: &mut Conn, act: &Act, order: &Order, refund: &Refund) -> Result<(), DbError> {
    let live = order.tickets.iter().filter(|ticket| ticket.state != TicketState::Cancelled).count();
    let is_all = refund.tickets.len() == live;
    store::cancel_tickets(tx, order.id, &refund.tickets, act.now).await?;
    store::void_vouchers(tx, &refund.tickets).await?;
    for ticket in &refund.tickets {
        cards::cancel_of_ticket(tx, act, *ticket, &refund.reason).await?;
    }
    if is_all {
        store::set_state(tx, order.id, order.state, OrderState::Cancelled).await?;
    }
    let action = if is_all { "order.cancelled" } else { "tickets.cancelled" };
    let detail = json!({"tickets": refund.tickets, "paid_back": refund.amount});
    audit::record(tx, act, Entry::new(action, "order", order.id).reason(&refund.reason).detail(detail)).await?;
    if is_all {
        limit_uses::give_back_order(tx, act, order.id).await
    } else {
        limit_uses::give_back_tickets(tx, act, order.id, &refund.tickets).await
    }
}
