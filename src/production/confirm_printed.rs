//! Cards came out of the printer: they are ready for dispatch in the same moment.

use super::join_run::join_all;
use super::print_run::{PrintRun, RUN_CARDS_MAX};
use super::settle::{SettleError, settle};
use super::store;
use crate::app::App;
use crate::audit;
use crate::cards::card::Step;
use crate::kernel::Act;
use crate::kernel::ids::{CardId, PrintRunId};
use db::{Conn, DbError};
use serde_json::json;
use std::collections::BTreeSet;

/// How many cards of a long run are confirmed in one transaction.
const CARDS_AT_ONCE: u32 = 50;

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
    let cards: Vec<CardId> = match which {
        Which::These(cards) => cards.iter().copied().collect(),
        Which::All => store::run_cards::pending(tx, run, RUN_CARDS_MAX).await?,
    };
    if cards.is_empty() {
        return Err(SettleError::RunOver(before.state()));
    }
    confirm(tx, act, run, &cards).await?;
    Ok(store::runs::find(tx, run).await?.ok_or(DbError::NotFound)?)
}

/// Confirms the cards of a long run without an outcome, some at a time, until so few are left that one deed confirms them all: see
/// [`Which::All`]. Cards that are still to join the run are waited for.
///
/// # Errors
/// When the database or the file store does not answer.
pub async fn confirm_most(app: &App, act: &Act, run: PrintRunId) -> anyhow::Result<()> {
    join_all(app, act, run).await?;
    loop {
        let act = act.clone();
        let deed = async move |tx: &mut Conn| -> Result<bool, SettleError> {
            let cards = store::run_cards::pending(tx, run, CARDS_AT_ONCE * 2).await?;
            let Some((now, [_, ..])) = cards.split_at_checked(CARDS_AT_ONCE as usize) else { return Ok(false) };
            confirm(tx, &act, run, now).await?;
            Ok(true)
        };
        if !app.db.write(deed).await? {
            return Ok(());
        }
    }
}

async fn confirm(tx: &mut Conn, act: &Act, run: PrintRunId, cards: &[CardId]) -> Result<(), SettleError> {
    for card in cards {
        settle(tx, act, run, *card, &Step::Print).await?;
    }
    store::print_jobs::end_checks(tx, run, act.now).await?;
    let detail = json!({ "cards": cards.len() });
    audit::record(tx, act, audit::Entry::new("print_run.printed", "print_run", run).detail(detail)).await?;
    Ok(())
}
