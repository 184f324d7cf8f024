//! A card is given to its holder, or to somebody in the holder's name.

use super::pickup_code::PickupCode;
use super::store;
use crate::cards::Card;
use crate::cards::card::{CardState, Step};
use crate::cards::steps::{self, StepError};
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use db::{Conn, DbError};

/// Why the card was not handed over.
#[derive(Debug, thiserror::Error)]
pub enum HandOverError {
    /// The deposit has another pickup code.
    #[error("the pickup code is not the one of this deposit")]
    WrongPickupCode,
    /// The card does not allow it.
    #[error(transparent)]
    Step(#[from] StepError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Records that the card is in the holder's hand: issued at the counter, fetched from the shelf, or confirmed after the post
/// brought it. A pickup code is compared where one is given and the deposit has one; nobody needs one who is known at the desk.
///
/// # Errors
/// When the card is not where it could be handed over, or the pickup code is another.
pub async fn hand_over(
    tx: &mut Conn,
    act: &Act,
    card: CardId,
    picked_up_by: Option<String>,
    pickup_code: Option<&PickupCode>,
) -> Result<Card, HandOverError> {
    if let Some(said) = pickup_code
        && let Some(stored) = store::pickup_code(tx, card, CardState::Deposited).await?
        && !said.opens(&stored)
    {
        return Err(HandOverError::WrongPickupCode);
    }
    Ok(steps::take(tx, act, card, &Step::HandOver { picked_up_by }).await?)
}
