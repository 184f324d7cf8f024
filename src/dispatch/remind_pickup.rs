//! Reminds of cards that lie ready: once after some weeks, and once more when they have lain too long.

use super::store::notices;
use super::tell_holder::{Notice, tell};
use super::waiting_times::{PICKUP_DAYS, REMIND_DAYS, days_after};
use crate::app::SharedApp;
use crate::cards::card::CardState;
use crate::cards::{Card, queue};
use crate::jobs;
use crate::kernel::ids::{CardId, CardStepId};
use crate::kernel::{Act, Actor};
use db::{Conn, DbError};

/// The job that reminds of a card; its subject is the step by which the card was laid ready.
pub const REMIND: &str = "dispatch.remind_pickup";
/// The job that says that a card is overdue.
pub const OVERDUE: &str = "dispatch.pickup_overdue";

/// Plans both for cards that were just laid ready.
///
/// # Errors
/// When the database refuses.
pub(super) async fn plan(tx: &mut Conn, act: &Act, cards: &[Card]) -> Result<(), DbError> {
    for card in cards {
        let Some(step) = notices::last_step(tx, card.id).await? else { continue };
        jobs::enqueue_at(tx, act, REMIND, step, days_after(act.now, REMIND_DAYS)).await?;
        jobs::enqueue_at(tx, act, OVERDUE, step, days_after(act.now, PICKUP_DAYS)).await?;
    }
    Ok(())
}

/// Reminds of the card that was laid ready by a step, if it still lies there.
///
/// # Errors
/// When the database refuses.
pub async fn remind(app: SharedApp, step: String) -> anyhow::Result<()> {
    still_there(app, &step, Notice::Reminder).await
}

/// Says that the card that was laid ready by a step has lain too long, if it still does.
///
/// # Errors
/// When the database refuses.
pub async fn tell_overdue(app: SharedApp, step: String) -> anyhow::Result<()> {
    still_there(app, &step, Notice::Overdue).await
}

async fn still_there(app: SharedApp, step: &str, notice: Notice) -> anyhow::Result<()> {
    let step: CardStepId = step.parse()?;
    let act = app.act(Actor::System);
    app.db
        .write(async move |tx: &mut Conn| -> Result<(), DbError> {
            let Some(card) = notices::card_of(tx, step).await? else { return Ok(()) };
            let Some(card) = lies_since(tx, card, step).await? else { return Ok(()) };
            tell(tx, &act, notice, &[card]).await
        })
        .await?;
    Ok(())
}

/// The card, if it lies where this step laid it.
async fn lies_since(tx: &mut Conn, card: CardId, step: CardStepId) -> Result<Option<Card>, DbError> {
    let is_last = notices::last_step(tx, card).await? == Some(step);
    let found = queue::find(tx, card).await?.map(|found| found.card);
    Ok(found.filter(|card| is_last && card.state == CardState::Deposited))
}
