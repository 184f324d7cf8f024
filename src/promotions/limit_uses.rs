//! Taking from the limit ledger and giving back to it.
//!
//! Whoever takes holds the counters until the transaction ends, so a deed takes as late as it can.

use super::ledger::{Demand, Limit};
use super::store::{self, Taken};
use crate::kernel::ids::{OrderId, TicketId};
use crate::kernel::{Act, UtcMs};
use db::{Conn, DbError};

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

/// Takes all that an order demands. With `hold_until` it is only reserved: it must be [confirmed](confirm) or is
/// [given back](give_back_order) when the time is over.
///
/// # Errors
/// [`TakeError::Exhausted`] when a limit does not have enough left.
pub async fn take(
    tx: &mut Conn,
    act: &Act,
    order: OrderId,
    demand: &Demand,
    hold_until: Option<UtcMs>,
) -> Result<(), TakeError> {
    store::insert_entries(tx, act, &order.to_string(), demand, hold_until).await?;
    for (limit, amount, most) in demand.totals() {
        if store::take(tx, limit, amount, most).await? == Taken::Nothing {
            return Err(TakeError::Exhausted(limit.clone()));
        }
    }
    Ok(())
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
    for (limit, amount) in store::entries_to_give_back(tx, &order.to_string(), tickets, act.now).await? {
        store::give_back(tx, &limit, amount).await?;
    }
    Ok(())
}
