//! Cards are given to the post.

use super::batch::{BatchError, take_all};
use super::tell_holder::{Notice, tell};
use crate::cards::Card;
use crate::cards::card::Step;
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use db::Conn;
use std::collections::BTreeSet;

/// Records that the cards were given to a carrier, with the number of the consignment if there is one.
///
/// # Errors
/// When a card is not ready for dispatch; then none was recorded.
pub async fn hand_to_post(
    tx: &mut Conn,
    act: &Act,
    cards: &BTreeSet<CardId>,
    carrier: Option<String>,
    tracking: Option<String>,
) -> Result<Vec<Card>, BatchError> {
    let taken = take_all(tx, act, cards, &Step::Dispatch { carrier, tracking }).await?;
    tell(tx, act, Notice::Posted, &taken).await?;
    Ok(taken)
}
