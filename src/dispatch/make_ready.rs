//! A card starts on its way anew: off the shelf to be posted after all, or after it came back.

use crate::cards::Card;
use crate::cards::card::Step;
use crate::cards::steps::{self, StepError};
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use db::Conn;

/// Makes a deposited or returned card ready for dispatch again.
///
/// # Errors
/// When the card is neither deposited nor returned.
pub async fn make_ready(tx: &mut Conn, act: &Act, card: CardId) -> Result<Card, StepError> {
    steps::take(tx, act, card, &Step::MakeReady).await
}
