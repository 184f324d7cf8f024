//! The same step for several cards: all of them, or none.

use super::store::boxes;
use crate::cards::Card;
use crate::cards::card::Step;
use crate::cards::steps::{self, StepError};
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use db::{Conn, DbError};
use std::collections::BTreeSet;

/// Why no card of a batch took the step.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// One card does not allow it.
    #[error("card {card}: {refusal}")]
    Card {
        /// The card.
        card: CardId,
        /// Why.
        #[source]
        refusal: StepError,
    },
    /// One card lies in a box on its way to another house.
    #[error("card {card} is in transfer box {number}")]
    InBox {
        /// The card.
        card: CardId,
        /// The number of the box.
        number: i64,
    },
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Takes the step for each card, in the order of their ids, so that two batches never wait for each other in a circle.
///
/// # Errors
/// The first card that does not allow the step; the caller's transaction undoes the others.
pub(super) async fn take_all(
    tx: &mut Conn,
    act: &Act,
    cards: &BTreeSet<CardId>,
    step: &Step,
) -> Result<Vec<Card>, BatchError> {
    let mut taken = Vec::with_capacity(cards.len());
    for card in cards {
        match steps::take(tx, act, *card, step).await {
            Ok(moved) => {
                // After the step, which holds the card: what was boxed meanwhile is seen here.
                if let Some(lies_in) = boxes::box_of(tx, *card).await? {
                    return Err(BatchError::InBox { card: *card, number: lies_in.number });
                }
                taken.push(moved);
            }
            Err(StepError::Db(error)) => return Err(error.into()),
            Err(refusal) => return Err(BatchError::Card { card: *card, refusal }),
        }
    }
    Ok(taken)
}
