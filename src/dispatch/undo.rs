//! The last step of a card is taken back.

use super::store::boxes;
use crate::cards::CardState;
use crate::cards::steps::{self, UndoError, Undone};
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use crate::production;
use db::Conn;

/// Undoes the last step of the card, with a reason, while nothing later happened. A step that gave the card its outcome in a
/// print run opens the run again for it.
///
/// # Errors
/// When the last step cannot be undone.
pub async fn undo(tx: &mut Conn, act: &Act, card: CardId, reason: &str) -> Result<Undone, UndoError> {
    let undone = steps::undo(tx, act, card, reason).await?;
    if boxes::box_of(tx, card).await?.is_some() {
        // It was put into a box after that step: it is taken out of the box first.
        return Err(UndoError::NothingToUndo { state: CardState::ReadyForDispatch });
    }
    if let (Some(run), "printed" | "spoiled") = (undone.run, undone.step.as_str()) {
        production::restore::restore(tx, run, card).await?;
    }
    Ok(undone)
}
