//! Reminds by itself of annual tickets that nobody has personalized: twice, some weeks after they were issued.

use super::order::Order;
use super::send_link::remind;
use crate::app::SharedApp;
use crate::cards;
use crate::jobs;
use crate::kernel::ids::OrderId;
use crate::kernel::{Act, Actor};
use db::{Conn, DbError};

/// The job that reminds of an order's annual tickets; its subject is the order.
pub const REMIND_HOLDERS: &str = "sales.remind_holders";
/// After so many days the buyer is reminded: once, and once more.
const AFTER_DAYS: [i64; 2] = [14, 42];
/// A day in milliseconds.
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// Plans the reminders of an order whose annual tickets were just issued, if there is anybody to remind. Nobody waits for a trial.
pub(super) async fn plan(tx: &mut Conn, act: &Act, order: &Order) -> Result<(), DbError> {
    let is_open = order.tickets.iter().any(|ticket| !ticket.annual_tickets.is_empty());
    let has_address = order.buyer.as_ref().is_some_and(|buyer| buyer.email.is_some());
    if is_open && has_address && !order.is_test() {
        for days in AFTER_DAYS {
            jobs::enqueue_at(tx, act, REMIND_HOLDERS, order.id, act.now.plus_millis(days * DAY_MILLIS)).await?;
        }
    }
    Ok(())
}

/// Reminds of the annual tickets of an order that still wait. Where all are somebody's by now, or somebody at the desk reminded today,
/// nothing is sent.
///
/// # Errors
/// When the database refuses.
pub async fn remind_job(app: SharedApp, order: String) -> anyhow::Result<()> {
    let order: OrderId = order.parse()?;
    let act = app.act(Actor::System);
    app.db
        .write(async move |tx: &mut Conn| -> Result<(), DbError> {
            let sold = cards::of_order(tx, order).await?;
            let tickets = sold.into_iter().map(|sold| sold.annual_ticket_id).collect();
            remind(tx, &act, &tickets).await.map(drop)
        })
        .await?;
    Ok(())
}
