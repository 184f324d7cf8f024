//! Takes a step in the life of a card, or takes the last one back.
//!
//! Whoever moves a card does it here: the state machine is asked, the step is recorded with who, when and why, the audit is
//! written, and the gates learn what follows from it. An undo is a record of its own; nothing is ever deleted.

use super::annual_ticket::AnnualTicket;
use super::card::{CardState, Step, VoidReason, WrongState};
use super::history::{self, TakenStep, UNDONE};
use super::plastic::Card;
use super::prepare_print_data;
use super::store::{annual_tickets, card_steps, cards, entry_rights};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::{CardId, CardStepId, PrintRunId};
use db::{Conn, DbError};
use serde_json::json;

/// Why a step was not taken.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// There is no such card.
    #[error("there is no such card")]
    UnknownCard,
    /// The step does not follow the card's state.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Why nothing was taken back.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// There is no such card.
    #[error("there is no such card")]
    UnknownCard,
    /// The card's last step cannot be taken back.
    #[error("the card is {state}, and how it came there cannot be undone")]
    NothingToUndo {
        /// Where the card stands.
        state: CardState,
    },
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What an undo took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The card, where it stood before.
    pub card: Card,
    /// The word for the step that was taken back, for instance `printed`.
    pub step: String,
    /// The print run of that step, whose own records the caller sets right.
    pub run: Option<PrintRunId>,
}

/// Takes a step of one card.
///
/// # Errors
/// When there is no such card, or it stands where the step does not follow.
pub async fn take(tx: &mut Conn, act: &Act, id: CardId, step: &Step) -> Result<Card, StepError> {
    let (ticket, mut card) = lock(tx, id).await?.ok_or(StepError::UnknownCard)?;
    take_locked(tx, act, &ticket, &mut card, step, None).await?;
    Ok(card)
}

/// Takes a step of a card whose annual ticket is locked; `cause` is the step of another card that brings it with it.
pub(super) async fn take_locked(
    tx: &mut Conn,
    act: &Act,
    ticket: &AnnualTicket,
    card: &mut Card,
    step: &Step,
    cause: Option<CardStepId>,
) -> Result<(), StepError> {
    let before = card.state;
    let taken = recorded(act, card, step, cause)?;
    apply(card, ticket, step, taken.to_state);
    card.changed_at = act.now;
    cards::update(tx, card, before).await?;
    card_steps::insert(tx, &taken).await?;
    record(tx, act, &taken).await?;
    match step {
        Step::HandOver { .. } => retire_older(tx, act, ticket, card.issue, Some(taken.id)).await?,
        Step::Spoil { .. } | Step::LeaveRun if was_edited(card, ticket) => {
            Box::pin(take_locked(tx, act, ticket, card, &Step::Renew, None)).await?;
        }
        Step::Renew => prepare_print_data::enqueue(tx, act, ticket, card).await?,
        _ => {}
    }
    tell_gates(tx, ticket).await?;
    Ok(())
}

/// Takes back the last step of a card, if it is of a kind that can be: what a person confirmed, while nothing later happened.
///
/// # Errors
/// When there is no such card, or nothing to take back.
pub async fn undo(tx: &mut Conn, act: &Act, id: CardId, reason: &str) -> Result<Undone, UndoError> {
    let (ticket, mut card) = lock(tx, id).await?.ok_or(UndoError::UnknownCard)?;
    let steps = card_steps::of_card(tx, id).await?;
    let Some(last) = history::undoable(&steps).cloned() else {
        return Err(UndoError::NothingToUndo { state: card.state });
    };
    undo_locked(tx, act, &ticket, &mut card, &last, reason).await?;
    for caused in card_steps::caused_by(tx, last.id).await? {
        let Some(mut other) = cards::find(tx, caused.card_id).await? else { continue };
        undo_locked(tx, act, &ticket, &mut other, &caused, reason).await?;
    }
    if last.step == "handed_over" {
        let oldest = cards::of_annual_ticket(tx, ticket.id).await?;
        let oldest = oldest.iter().filter(|card| card.state != CardState::Void).map(|card| card.issue).min();
        entry_rights::set_issue(tx, ticket.code_id, oldest.unwrap_or(card.issue)).await?;
    }
    tell_gates(tx, &ticket).await?;
    Ok(Undone { card, step: last.step, run: last.run })
}

/// The card and its annual ticket, which is locked.
pub(super) async fn lock(tx: &mut Conn, id: CardId) -> Result<Option<(AnnualTicket, Card)>, DbError> {
    let Some(found) = cards::find(tx, id).await? else { return Ok(None) };
    let Some(ticket) = annual_tickets::lock(tx, found.annual_ticket_id).await? else { return Ok(None) };
    // Read again: another deed may have moved it before the lock was ours.
    Ok(cards::find(tx, id).await?.map(|card| (ticket, card)))
}

/// From now on only `issue` and later ones open; all older cards of the annual ticket are void.
pub(super) async fn retire_older(
    tx: &mut Conn,
    act: &Act,
    ticket: &AnnualTicket,
    issue: u8,
    cause: Option<CardStepId>,
) -> Result<(), StepError> {
    for mut older in cards::of_annual_ticket(tx, ticket.id).await? {
        if older.issue < issue && older.state != CardState::Void {
            let step = Step::Void { why: VoidReason::Replaced };
            Box::pin(take_locked(tx, act, ticket, &mut older, &step, cause)).await?;
        }
    }
    entry_rights::set_issue(tx, ticket.code_id, issue).await?;
    Ok(())
}

/// Tells the gates what follows from the annual ticket and all its cards.
pub(super) async fn tell_gates(tx: &mut Conn, ticket: &AnnualTicket) -> Result<(), DbError> {
    let states: Vec<_> = cards::of_annual_ticket(tx, ticket.id).await?.iter().map(|card| card.state).collect();
    entry_rights::set_status(tx, ticket.code_id, ticket.right_status(&states)).await
}

fn recorded(act: &Act, card: &Card, step: &Step, cause: Option<CardStepId>) -> Result<TakenStep, WrongState> {
    let mut taken = TakenStep {
        id: act.new_id(),
        card_id: card.id,
        step: step.as_str().to_owned(),
        from_state: card.state,
        to_state: step.from(card.state)?,
        at: act.now,
        actor: act.actor.to_string(),
        reason: step.reason().map(str::to_owned),
        run: card.run,
        house: None,
        shelf: None,
        carrier: None,
        tracking: None,
        picked_up_by: None,
        undoes: None,
        caused_by: cause,
    };
    match step {
        Step::JoinRun { run } => taken.run = Some(*run),
        Step::Dispatch { carrier, tracking } => {
            taken.carrier.clone_from(carrier);
            taken.tracking.clone_from(tracking);
        }
        Step::Deposit { house, shelf } => {
            taken.house = Some(house.clone());
            taken.shelf.clone_from(shelf);
        }
        Step::HandOver { picked_up_by } => taken.picked_up_by.clone_from(picked_up_by),
        _ => {}
    }
    Ok(taken)
}

fn apply(card: &mut Card, ticket: &AnnualTicket, step: &Step, state: CardState) {
    card.state = state;
    card.set_aside_reason = None;
    match step {
        Step::SetAside { reason } => card.set_aside_reason = Some(reason.clone()),
        Step::JoinRun { run } => card.run = Some(*run),
        Step::Spoil { .. } | Step::LeaveRun => card.run = None,
        Step::Deposit { house, shelf } => {
            card.house = Some(house.clone());
            card.shelf.clone_from(shelf);
        }
        Step::MakeReady => lies_nowhere(card, ticket),
        _ => {}
    }
}

/// Before it is deposited a card has the house in which it is to be laid ready, and no shelf.
fn lies_nowhere(card: &mut Card, ticket: &AnnualTicket) {
    card.house = ticket.pickup_house().cloned();
    card.shelf = None;
}

fn was_edited(card: &Card, ticket: &AnnualTicket) -> bool {
    card.face_sha256.as_deref().is_some_and(|face| face != ticket.face_sha256())
}

async fn undo_locked(
    tx: &mut Conn,
    act: &Act,
    ticket: &AnnualTicket,
    card: &mut Card,
    last: &TakenStep,
    reason: &str,
) -> Result<(), DbError> {
    let before = card.state;
    let undo = TakenStep {
        id: act.new_id(),
        step: UNDONE.to_owned(),
        from_state: last.to_state,
        to_state: last.from_state,
        at: act.now,
        actor: act.actor.to_string(),
        reason: Some(reason.to_owned()),
        undoes: Some(last.id),
        picked_up_by: None,
        caused_by: None,
        ..last.clone()
    };
    card_steps::insert(tx, &undo).await?;
    let steps = card_steps::of_card(tx, card.id).await?;
    lies_nowhere(card, ticket);
    if let Some((house, shelf)) = history::deposit(&history::standing(&steps)) {
        card.house = Some(house.clone());
        card.shelf = shelf.map(str::to_owned);
    }
    card.state = last.from_state;
    card.run = last.run;
    card.changed_at = act.now;
    cards::update(tx, card, before).await?;
    record(tx, act, &undo).await
}

/// The audit of a step: where and why, never who took the card.
async fn record(tx: &mut Conn, act: &Act, taken: &TakenStep) -> Result<(), DbError> {
    let action = format!("card.{}", taken.step);
    let mut detail = json!({ "from": taken.from_state, "to": taken.to_state });
    if let Some(run) = taken.run {
        detail["run"] = json!(run);
    }
    if let Some(house) = &taken.house {
        detail["house"] = json!(house);
        detail["shelf"] = json!(taken.shelf);
    }
    if let Some(carrier) = &taken.carrier {
        detail["carrier"] = json!(carrier);
    }
    let mut entry = Entry::new(&action, "card", taken.card_id).detail(detail);
    if let Some(reason) = &taken.reason {
        entry = entry.reason(reason);
    }
    audit::record(tx, act, entry).await
}
