//! The last step of a card is taken back.

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
    if let (Some(run), "printed" | "spoiled") = (undone.run, undone.step.as_str()) {
        production::restore::restore(tx, run, card).await?;
    }
    Ok(undone)
}
