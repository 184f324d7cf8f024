//! A run is not printed after all: its cards go back to the queue.

use super::end_print_job::leave_run;
use super::prepare_files::PREPARE_FILES;
use super::print_run::{PrintRun, RUN_CARDS_MAX};
use super::settle::SettleError;
use super::store;
use crate::app::App;
use crate::audit;
use crate::jobs;
use crate::kernel::Act;
use crate::kernel::ids::PrintRunId;
use db::{Conn, DbError};
use serde_json::json;

/// How many cards of a long run leave it in one transaction.
const CARDS_AT_ONCE: u32 = 50;

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
    let cards = store::run_cards::pending_here(tx, run, RUN_CARDS_MAX).await?;
    leave_run(tx, act, run, &cards).await?;
    for job in store::print_jobs::open(tx, run).await? {
        store::print_jobs::ask_to_stop(tx, job.id).await?;
    }
    let after = store::runs::find(tx, run).await?.ok_or(DbError::NotFound)?;
    let detail = json!({ "cards": after.counts.withdrawn });
    audit::record(tx, act, audit::Entry::new("print_run.cancelled", "print_run", run).detail(detail)).await?;
    Ok(after)
}

/// Cancels most of a long run: nothing joins it any more, and its cards leave it some at a time, until so few are left that
/// [`cancel_run`] takes the others out in one deed. A short run is left to that.
///
/// # Errors
/// When the database refuses.
pub async fn cancel_most(app: &App, act: &Act, run: PrintRunId) -> Result<(), SettleError> {
    let begin = {
        let act = act.clone();
        async move |tx: &mut Conn| -> Result<bool, SettleError> {
            store::runs::lock(tx, run).await?;
            let before = store::runs::find(tx, run).await?.ok_or(SettleError::NoSuchRun)?;
            let is_long = before.counts.pending > CARDS_AT_ONCE || before.joining.is_some();
            if is_long && store::runs::cancel(tx, run, act.now).await? {
                // Should the server die before the end, the others leave in the background.
                jobs::enqueue_unless_waiting(tx, &act, PREPARE_FILES, run, act.now).await?;
            }
            Ok(is_long)
        }
    };
    match app.db.write(begin).await {
        Ok(true) => leave(app, act, run, CARDS_AT_ONCE).await,
        Ok(false) | Err(SettleError::NoSuchRun | SettleError::Db(DbError::NotFound)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The cards of a cancelled run leave it, until no more than `rest` are left.
///
/// # Errors
/// When the database refuses.
pub(super) async fn leave(app: &App, act: &Act, run: PrintRunId, rest: u32) -> Result<(), SettleError> {
    loop {
        let act = act.clone();
        let deed = async move |tx: &mut Conn| -> Result<bool, SettleError> {
            let mut cards = store::run_cards::pending_here(tx, run, CARDS_AT_ONCE + rest).await?;
            cards.truncate(cards.len().saturating_sub(rest as usize));
            leave_run(tx, &act, run, &cards).await?;
            Ok(!cards.is_empty())
        };
        if !app.db.write(deed).await? {
            return Ok(());
        }
    }
}
