//! Several steps that somebody took together are taken back together.

use super::store::steps::TakenNow;
use super::undo::undo;
use crate::cards::steps::UndoError;
use crate::kernel::Act;
use db::Conn;

/// Takes the steps back with a reason, the last first, as far as nothing later happened to their cards. Answers how many there were.
///
/// # Errors
/// When a card's last step cannot be undone after all; then none was taken back.
pub async fn undo_several(tx: &mut Conn, act: &Act, steps: &[TakenNow], reason: &str) -> Result<usize, UndoError> {
    let mut undone = 0;
    for step in steps.iter().rev().filter(|step| step.is_last) {
        undo(tx, act, step.card, reason).await?;
        undone += 1;
    }
    Ok(undone)
}
