//! A run is not printed after all: its cards go back to the queue.

use super::print_run::{Outcome, PrintRun};
use super::settle::SettleError;
use super::store;
use crate::audit;
use crate::cards::card::Step;
use crate::cards::steps::{self, StepError};
use crate::kernel::Act;
use crate::kernel::ids::PrintRunId;
use db::{Conn, DbError};
use serde_json::json;

/// Cancels the run: the making of its files stops, and every card that has no outcome yet is ready to print again. What already
/// came out stays as it is.
///
/// # Errors
/// When there is no such run, or nothing in it waits.
pub async fn cancel_run(tx: &mut Conn, act: &Act, run: PrintRunId) -> Result<PrintRun, SettleError> {
    let before = store::runs::find(tx, run).await?.ok_or(SettleError::NoSuchRun)?;
    let cards = store::run_cards::pending(tx, run).await?;
    if cards.is_empty() {
        return Err(SettleError::RunOver(before.state()));
    }
    store::runs::cancel(tx, run, act.now).await?;
    for card in &cards {
        store::run_cards::set_outcome(tx, act, run, *card, Outcome::Withdrawn, None).await?;
        match steps::take(tx, act, *card, &Step::LeaveRun).await {
            Ok(_) => {}
            Err(StepError::Db(error)) => return Err(error.into()),
            Err(refusal) => return Err(SettleError::Card { card: *card, refusal }),
        }
    }
    let detail = json!({ "cards": cards.len() });
    audit::record(tx, act, audit::Entry::new("print_run.cancelled", "print_run", run).detail(detail)).await?;
    Ok(store::runs::find(tx, run).await?.ok_or(DbError::NotFound)?)
}
