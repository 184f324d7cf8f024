//! Taking from the limit ledger and giving back to it.
//!
//! Whoever takes holds the counters until the transaction ends, so a deed takes as late as it can.

use super::ledger::{Demand, Holder, Limit};
use super::store::{self, Change};
use crate::kernel::ids::{OrderId, TicketId};
use crate::kernel::{Act, UtcMs};
use db::{Conn, DbError};
use std::collections::BTreeMap;

/// Why an order could not have what it wants to use.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// There is less left of a limit than it wants. The transaction must be undone: parts of the demand may have been taken.
    #[error("there is not enough left of {}", .0.kind)]
    Exhausted(Limit),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What a hold had taken, and whoever places its order takes over. Its counters still count it.
#[derive(Debug, Default)]
pub struct Freed(BTreeMap<Limit, i64>);

/// Takes all that an order demands, over what `freed` left to it; the rest of that is given back. With `hold_until` it is only reserved: it must be [confirmed](confirm) or is
/// [given back](give_back_order) when the time is over.
///
/// # Errors
/// [`TakeError::Exhausted`] when a limit does not have enough left.
pub async fn take(
    tx: &mut Conn,
    act: &Act,
    holder: Holder,
    demand: &Demand,
    hold_until: Option<UtcMs>,
    freed: Freed,
) -> Result<(), TakeError> {
    // One pass in the order of the counters, whatever was held before: see `Limit`.
    let mut changes = given_back(freed.0);
    for (limit, amount, most) in demand.totals() {
        let change = changes.entry(limit.clone()).or_default();
        *change = Change { by: change.by + i64::from(amount), most };
    }
    match store::change(tx, &changes).await? {
        Some(limit) => Err(TakeError::Exhausted(limit)),
        // Last, so that it goes with what the caller writes next.
        None => Ok(store::insert_entries(tx, act, &holder.to_string(), demand, hold_until)?),
    }
}

/// Ends a hold so that an order, or a new hold, takes it over in the same transaction.
///
/// # Errors
/// When the database refuses.
pub async fn release(tx: &mut Conn, act: &Act, hold: OrderId) -> Result<Freed, DbError> {
    store::entries_to_give_back(tx, &Holder::Basket(hold).to_string(), None, act.now).await.map(Freed)
}

/// Gives back what is held for too long.
///
/// # Errors
/// When the database refuses.
pub async fn give_back_expired(tx: &mut Conn, act: &Act, hold: OrderId) -> Result<(), DbError> {
    let held = store::expired_to_give_back(tx, &Holder::Basket(hold).to_string(), act.now).await?;
    store::change(tx, &given_back(held)).await.map(drop)
}

/// What an order reserved is used for good.
///
/// # Errors
/// When the database refuses.
pub async fn confirm(tx: &mut Conn, act: &Act, order: OrderId) -> Result<(), DbError> {
    store::confirm(tx, &order.to_string(), act.now).await
}

/// Gives back all that an order still uses.
///
/// # Errors
/// When the database refuses.
pub async fn give_back_order(tx: &mut Conn, act: &Act, order: OrderId) -> Result<(), DbError> {
    give_back(tx, act, order, None).await
}

/// Gives back what some tickets of an order use. What the order uses as a whole stays used.
///
/// # Errors
/// When the database refuses.
pub async fn give_back_tickets(tx: &mut Conn, act: &Act, order: OrderId, tickets: &[TicketId]) -> Result<(), DbError> {
    let tickets: Vec<String> = tickets.iter().map(ToString::to_string).collect();
    give_back(tx, act, order, Some(&tickets)).await
}

async fn give_back(tx: &mut Conn, act: &Act, order: OrderId, tickets: Option<&[String]>) -> Result<(), DbError> {
    let used = store::entries_to_give_back(tx, &order.to_string(), tickets, act.now).await?;
    store::change(tx, &given_back(used)).await.map(drop)
}

fn given_back(held: BTreeMap<Limit, i64>) -> BTreeMap<Limit, Change> {
    held.into_iter().map(|(limit, amount)| (limit, Change { by: -amount, most: None })).collect()
}
