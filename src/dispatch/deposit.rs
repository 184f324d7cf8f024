//! Cards are laid ready in a house.

use super::batch::{BatchError, take_all};
use super::pickup_code::PickupCode;
use super::store;
use crate::cards::Card;
use crate::cards::card::Step;
use crate::catalog;
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use std::collections::BTreeSet;

/// Where the cards lie, and what opens the shelf.
#[derive(Debug, Clone)]
pub struct Deposit {
    /// The house.
    pub house: Slug,
    /// Shelf, box or drawer.
    pub shelf: Option<String>,
    /// What is to be said at the desk. Absent: the name is enough.
    pub pickup_code: Option<PickupCode>,
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

/// Records that the cards lie ready in a house.
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
    for card in cards {
        store::set_pickup_code(tx, *card, deposit.pickup_code.as_ref()).await?;
    }
    Ok(taken)
}
