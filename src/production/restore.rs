//! A step that gave a card its outcome in a run was undone: the run is as it was before it.

use super::store;
use crate::kernel::ids::{CardId, PrintRunId};
use db::{Conn, DbError};

/// Takes the outcome of a card in a run away again, so that the run is open again for it. The deed that undoes a card's
/// `printed` or `spoiled` step calls it in the same transaction.
///
/// # Errors
/// When the card has no outcome in the run.
pub async fn restore(tx: &mut Conn, run: PrintRunId, card: CardId) -> Result<(), DbError> {
    store::run_cards::clear_outcome(tx, run, card).await
}
