//! A run is not printed after all: its cards go back to the queue.

use super::end_print_job::leave_run;
use super::print_run::PrintRun;
use super::settle::SettleError;
use super::store;
use crate::audit;
use crate::kernel::Act;
use crate::kernel::ids::PrintRunId;
use db::{Conn, DbError};
use serde_json::json;

/// Cancels the run: the making of its files stops, and every card that has no outcome yet is ready to print again. What already
/// came out stays as it is. Printers are told to stop; the cards that they may have stay in the run until somebody looked.
///
/// # Errors
/// When there is no such run, or nothing in it waits.
pub async fn cancel_run(tx: &mut Conn, act: &Act, run: PrintRunId) -> Result<PrintRun, SettleError> {
    let before = store::runs::find(tx, run).await?.ok_or(SettleError::NoSuchRun)?;
    if before.counts.pending == 0 {
        return Err(SettleError::RunOver(before.state()));
    }
    store::runs::cancel(tx, run, act.now).await?;
    let cards = store::run_cards::pending_here(tx, run).await?;
    leave_run(tx, act, run, &cards).await?;
    for job in store::print_jobs::open(tx, run).await? {
        store::print_jobs::ask_to_stop(tx, job.id).await?;
    }
    let detail = json!({ "cards": cards.len() });
    audit::record(tx, act, audit::Entry::new("print_run.cancelled", "print_run", run).detail(detail)).await?;
    Ok(store::runs::find(tx, run).await?.ok_or(DbError::NotFound)?)
}
