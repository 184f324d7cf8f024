//! Gives one card of a run its outcome. The deeds of a run share it.

use super::print_run::{Outcome, RunState};
use super::store;
use super::store::run_cards::Member;
use crate::cards::card::Step;
use crate::cards::steps::{self, StepError};
use crate::kernel::Act;
use crate::kernel::ids::{CardId, PrintRunId};
use db::{Conn, DbError};

/// Why the cards of a run did not get an outcome.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// There is no such run.
    #[error("there is no such print run")]
    NoSuchRun,
    /// The run has no card that waits for an outcome.
    #[error("the run is {}, all its cards have an outcome", .0.as_str())]
    RunOver(RunState),
    /// The card does not belong to the run.
    #[error("the card does not belong to this run")]
    NotInRun(Option<CardId>),
    /// The card has another outcome already.
    #[error("the card is {} in this run", .0.outcome.as_str())]
    Settled(Box<Member>),
    /// The card's own state does not allow it.
    #[error("card {card}: {refusal}")]
    Card {
        /// The card.
        card: CardId,
        /// Why.
        #[source]
        refusal: StepError,
    },
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Moves a card that waits in the run to `outcome` by `step`.
///
/// # Errors
/// When the card is not in the run, has an outcome, or does not allow the step.
pub(super) async fn settle(
    tx: &mut Conn,
    act: &Act,
    run: PrintRunId,
    card: CardId,
    step: &Step,
) -> Result<(), SettleError> {
    let outcome = match step {
        Step::Spoil { .. } => Outcome::Spoiled,
        _ => Outcome::Printed,
    };
    if !store::run_cards::set_outcome(tx, act, run, card, outcome, step.reason()).await? {
        let member = store::run_cards::member(tx, run, card).await?.ok_or(SettleError::NotInRun(Some(card)))?;
        return Err(SettleError::Settled(Box::new(member)));
    }
    match steps::take(tx, act, card, step).await {
        Ok(_) => Ok(()),
        Err(StepError::Db(error)) => Err(error.into()),
        Err(refusal) => Err(SettleError::Card { card, refusal }),
    }
}

/// The card of the run with this number or code.
pub(super) async fn member_by_code(tx: &mut Conn, run: PrintRunId, digits: &str) -> Result<Member, SettleError> {
    match store::run_cards::member_by_code(tx, run, digits).await? {
        Some(member) => Ok(member),
        None if store::runs::find(tx, run).await?.is_none() => Err(SettleError::NoSuchRun),
        None => Err(SettleError::NotInRun(None)),
    }
}
