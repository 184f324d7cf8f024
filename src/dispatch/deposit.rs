//! Cards are laid ready in a house.

use super::batch::{BatchError, take_all};
use super::pickup_code::PickupCode;
use super::remind_pickup;
use super::store;
use super::tell_holder::{Notice, tell};
use crate::cards::card::Step;
use crate::cards::{Card, find, queue};
use crate::catalog;
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use std::collections::BTreeSet;

/// What opens the shelf.
#[derive(Debug, Clone)]
pub enum Opening {
    /// The name is enough.
    Name,
    /// This is to be said at the desk.
    Said(PickupCode),
    /// A code that is made here, one for all cards of an order that lie in the house; where a mail can carry it. Without an address for
    /// mail the name is enough.
    Mailed,
}

/// Where the cards lie, and what opens the shelf.
#[derive(Debug, Clone)]
pub struct Deposit {
    /// The house.
    pub house: Slug,
    /// Shelf, box or drawer.
    pub shelf: Option<String>,
    /// What is to be said at the desk.
    pub opening: Opening,
}

/// Why no card was laid ready.
#[derive(Debug, thiserror::Error)]
pub enum DepositError {
    /// There is no such house.
    #[error("there is no house {0}")]
    NoSuchHouse(Slug),
    /// A card does not allow it.
    #[error(transparent)]
    Cards(#[from] BatchError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Records that the cards lie ready in a house. Their holders are told, and reminded later.
///
/// # Errors
/// When there is no such house, or a card is neither ready for dispatch nor returned; then none was recorded.
pub async fn deposit(
    tx: &mut Conn,
    act: &Act,
    cards: &BTreeSet<CardId>,
    deposit: &Deposit,
) -> Result<Vec<Card>, DepositError> {
    if catalog::store::house(tx, &deposit.house).await?.is_none() {
        return Err(DepositError::NoSuchHouse(deposit.house.clone()));
    }
    let step = Step::Deposit { house: deposit.house.clone(), shelf: deposit.shelf.clone() };
    let taken = take_all(tx, act, cards, &step).await?;
    for item in queue::with_tickets(tx, taken.clone()).await? {
        let code = match &deposit.opening {
            Opening::Name => None,
            Opening::Said(code) => Some(code.clone()),
            Opening::Mailed if find::contact(tx, item.ticket.order_id).await?.is_none() => None,
            Opening::Mailed => match store::code_of_order(tx, item.ticket.order_id, &deposit.house).await? {
                Some(code) => Some(code),
                None => Some(PickupCode::made(&*act.random)),
            },
        };
        store::set_pickup_code(tx, item.card.id, code.as_ref()).await?;
    }
    tell(tx, act, Notice::LiesReady, &taken).await?;
    remind_pickup::plan(tx, act, &taken).await?;
    Ok(taken)
}
