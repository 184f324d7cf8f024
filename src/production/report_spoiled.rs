//! Plastic was lost in a run: its cards go back to the queue.

use super::print_run::PrintRun;
use super::settle::{SettleError, settle};
use super::store;
use crate::audit;
use crate::cards::card::Step;
use crate::kernel::Act;
use crate::kernel::ids::{CardId, PrintRunId};
use db::{Conn, DbError};
use serde_json::json;
use std::collections::BTreeSet;

/// Reports that the cards are spoiled, with the reason; all of them or, when one is refused, none.
///
/// # Errors
/// When there is no such run, or a card cannot be reported.
pub async fn report_spoiled(
    tx: &mut Conn,
    act: &Act,
    run: PrintRunId,
    cards: &BTreeSet<CardId>,
    reason: &str,
) -> Result<PrintRun, SettleError> {
    store::runs::find(tx, run).await?.ok_or(SettleError::NoSuchRun)?;
    let step = Step::Spoil { reason: reason.to_owned() };
    for card in cards {
        settle(tx, act, run, *card, &step).await?;
    }
    store::print_jobs::end_checks(tx, run, act.now).await?;
    let detail = json!({ "cards": cards.len() });
    let entry = audit::Entry::new("print_run.spoiled", "print_run", run).reason(reason).detail(detail);
    audit::record(tx, act, entry).await?;
    Ok(store::runs::find(tx, run).await?.ok_or(DbError::NotFound)?)
}
