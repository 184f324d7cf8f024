//! Ends orders whose payment did not come in time.

use super::order::OrderState;
use super::store;
use crate::app::SharedApp;
use crate::audit::{self, Entry};
use crate::kernel::ids::{OrderId, TicketId};
use crate::kernel::{Act, Actor};
use crate::promotions::limit_uses;
use db::{Conn, DbError};

/// Ends an order that still waits for its payment though its time is over, and gives back what it reserved. An order that was paid
/// or cancelled stays as it is. Answers whether it was ended.
///
/// # Errors
/// When the database refuses.
pub async fn expire(tx: &mut Conn, act: &Act, id: OrderId) -> Result<bool, DbError> {
    let Some(order) = store::lock_order(tx, id).await? else { return Ok(false) };
    let is_over = order.hold_until.is_some_and(|until| until <= act.now);
    if order.state != OrderState::AwaitingPayment || !is_over {
        return Ok(false);
    }
    let tickets: Vec<TicketId> = order.tickets.iter().map(|ticket| ticket.id).collect();
    store::cancel_tickets(tx, id, &tickets, act.now).await?;
    store::set_state(tx, id, OrderState::AwaitingPayment, OrderState::Expired).await?;
    audit::record(tx, act, Entry::new("order.expired", "order", id)).await?;
    limit_uses::give_back_order(tx, act, id).await?;
    Ok(true)
}

/// The handler of the job that ends an order.
///
/// # Errors
/// When the database refuses, or the subject is no order's id.
pub async fn expire_job(app: SharedApp, subject: String) -> anyhow::Result<()> {
    let id: OrderId = subject.parse()?;
    let act = app.act(Actor::System);
    app.db.write(async move |tx: &mut Conn| expire(tx, &act, id).await).await?;
    Ok(())
}
