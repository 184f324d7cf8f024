//! A card came back by post.

use super::store;
use super::tell_holder::{Notice, tell};
use crate::cards::Card;
use crate::cards::card::Step;
use crate::cards::steps::{self, StepError};
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use db::Conn;

/// Records that the card came back, with the reason on the envelope. The holder's right is not touched.
///
/// # Errors
/// When the card was not dispatched.
pub async fn take_back(tx: &mut Conn, act: &Act, card: CardId, reason: Option<String>) -> Result<Card, StepError> {
    let taken = steps::take(tx, act, card, &Step::Return { reason }).await?;
    store::remember_returned(tx, card, act.now).await?;
    tell(tx, act, Notice::CameBack, std::slice::from_ref(&taken)).await?;
    Ok(taken)
}
