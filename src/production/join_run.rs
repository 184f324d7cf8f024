//! The cards of a long run join it a few at a time, so that nobody who sells or hands over waits for ten thousand of them.
//!
//! What is still to join stands at the run; each step takes the next ready cards, and a server that dies in the middle goes on where
//! it stood. Only cards that were ready when the run was started join it. The run is whole when all have joined, or when no such
//! card is ready any more: another run took it, or it was set aside.

use super::print_run::{Joining, SetAside};
use super::start_run::{PRINT_DATA_DAMAGED, StartRunError, damaged_of, join, set_damaged_aside};
use super::store;
use crate::app::App;
use crate::kernel::Act;
use crate::kernel::ids::{CardId, PrintRunId};
use db::{Conn, DbError};

/// How many cards join in one transaction.
const JOIN_AT_ONCE: u32 = 25;

/// The most cards for which whoever starts a run waits until it is whole.
const WAITED_FOR_MAX: u32 = 1_000;

/// Lets the next cards join the run. `false` when it is whole.
///
/// # Errors
/// When the database or the file store does not answer.
pub async fn join_next(app: &App, act: &Act, run: PrintRunId) -> anyhow::Result<bool> {
    let mut conn = app.db.read().await?;
    let Some(joining) = store::runs::find(&mut conn, run).await?.and_then(|run| run.joining) else { return Ok(false) };
    let candidates = store::candidates::peek_ready(&mut conn, &next_of(&joining)).await?;
    let damaged = damaged_of(app, &mut conn, candidates).await?;
    drop(conn);
    let act = act.clone();
    Ok(app
        .db
        .write(async move |tx: &mut Conn| -> Result<bool, StartRunError> {
            store::runs::lock(tx, run).await?;
            let run = store::runs::find(tx, run).await?.ok_or(DbError::NotFound)?;
            let Some(mut joining) = run.joining else { return Ok(false) };
            set_damaged_aside(tx, &act, &damaged).await?;
            let aside = damaged.iter().map(|card| SetAside { card: *card, reason: PRINT_DATA_DAMAGED.to_owned() });
            let set_aside: Vec<SetAside> = run.set_aside.into_iter().chain(aside).collect();
            let looked_at = next_of(&joining).left;
            joining.left = joining.left.saturating_sub(count(&damaged));
            // No more than were looked at: what is behind them may be damaged too.
            let now = Joining { left: looked_at.saturating_sub(count(&damaged)), ..joining.clone() };
            let cards = store::candidates::hold_ready(tx, &now).await?;
            join(tx, &act, run.id, run.counts.cards() + 1, &cards).await?;
            joining.left = joining.left.saturating_sub(count(&cards));
            let is_more = joining.left > 0 && !(cards.is_empty() && damaged.is_empty());
            store::runs::set_joining(tx, run.id, is_more.then_some(&joining), &set_aside).await?;
            Ok(is_more)
        })
        .await?)
}

/// Waits until the run is whole.
///
/// # Errors
/// As [`join_next`].
pub async fn join_all(app: &App, act: &Act, run: PrintRunId) -> anyhow::Result<()> {
    while join_next(app, act, run).await? {}
    Ok(())
}

/// Waits until a run that was just started is whole, if it is not too long for that. What does not join now joins in the background.
pub async fn join_at_start(app: &App, act: &Act, run: PrintRunId) {
    let found = async { anyhow::Ok(store::runs::find(&mut app.db.read().await?, run).await?) };
    let joined = async {
        match found.await?.and_then(|run| run.joining) {
            Some(joining) if joining.left <= WAITED_FOR_MAX => join_all(app, act, run).await,
            _ => Ok(()),
        }
    };
    if let Err(error) = joined.await {
        tracing::warn!(%run, error = format!("{error:#}"), "the cards of a new run join it later");
    }
}

fn count(cards: &[CardId]) -> u32 {
    u32::try_from(cards.len()).unwrap_or(u32::MAX)
}

fn next_of(wanted: &Joining) -> Joining {
    Joining { left: wanted.left.min(JOIN_AT_ONCE), ..wanted.clone() }
}
