//! Cards came out of the printer: they are ready for dispatch in the same moment.

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

/// Which cards of a run.
#[derive(Debug, Clone)]
pub enum Which {
    /// All that have no outcome yet.
    All,
    /// Exactly these.
    These(BTreeSet<CardId>),
}

/// Confirms that the cards are printed; all of them or, when one is refused, none.
///
/// # Errors
/// When there is no such run, nothing in it waits, or a named card cannot be confirmed.
pub async fn confirm_printed(
    tx: &mut Conn,
    act: &Act,
    run: PrintRunId,
    which: &Which,
) -> Result<PrintRun, SettleError> {
    let before = store::runs::find(tx, run).await?.ok_or(SettleError::NoSuchRun)?;
    let cards = match which {
        Which::These(cards) => cards.iter().copied().collect(),
        Which::All => store::run_cards::pending(tx, run).await?,
    };
    if cards.is_empty() {
        return Err(SettleError::RunOver(before.state()));
    }
    for card in &cards {
        settle(tx, act, run, *card, &Step::Print).await?;
    }
    store::print_jobs::end_checks(tx, run, act.now).await?;
    let detail = json!({ "cards": cards.len() });
    audit::record(tx, act, audit::Entry::new("print_run.printed", "print_run", run).detail(detail)).await?;
    Ok(store::runs::find(tx, run).await?.ok_or(DbError::NotFound)?)
}
