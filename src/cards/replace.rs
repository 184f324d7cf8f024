//! Replaces the card of an annual ticket: the next issue, with a number of its own and the same id in its code.
//!
//! The old card opens until the new one is handed over or first seen at a gate, so that nobody stands outside meanwhile. A card that
//! was reported lost or stolen opens nothing from now on; the block for that reason is lifted, for the replacement is its answer.

use super::annual_ticket::{OUT_OF_HAND, Personalized, Status};
use super::block;
use super::card::{Step, VoidReason};
use super::finalize::make_card;
use super::plastic::{self, Card};
use super::prepare_print_data::sold;
use super::steps::{self, StepError, retire_older};
use super::store::{annual_tickets, cards};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::AnnualTicketId;
use db::{Conn, DbError};
use serde_json::json;

/// Why a card was not replaced.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceError {
    /// There is no such annual ticket.
    #[error("there is no such annual ticket")]
    UnknownAnnualTicket,
    /// It was cancelled.
    #[error("the annual ticket was cancelled")]
    Cancelled,
    /// It has no card yet.
    #[error("there is no card yet that could be replaced")]
    Incomplete {
        /// What is missing, as paths.
        missing: Vec<&'static str>,
    },
    /// The issue number has no room for another card.
    #[error("this annual ticket has had 255 cards, more than a code can count")]
    TooManyCards,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Replaces the card, and answers the new one.
///
/// # Errors
/// When there is nothing to replace.
pub async fn replace(tx: &mut Conn, act: &Act, id: AnnualTicketId, reason: Option<&str>) -> Result<Card, ReplaceError> {
    let mut ticket = annual_tickets::lock(tx, id).await?.ok_or(ReplaceError::UnknownAnnualTicket)?;
    if ticket.status == Status::Cancelled {
        return Err(ReplaceError::Cancelled);
    }
    let old = cards::of_annual_ticket(tx, id).await?;
    let (Personalized::Complete, Some(last)) = (ticket.state, plastic::current(&old)) else {
        let (product, _) = sold(tx, &ticket.product, &ticket.category).await?;
        return Err(ReplaceError::Incomplete { missing: ticket.missing(&product.required_fields) });
    };
    let issue = last.issue.checked_add(1).ok_or(ReplaceError::TooManyCards)?;
    let is_out_of_hand = |reason: Option<&str>| reason.is_some_and(|reason| OUT_OF_HAND.contains(&reason));
    let blocked_for_it = ticket.is_out_of_hand();
    let reason = reason.or(ticket.block_reason.as_deref()).map(str::to_owned);

    let mut entry = Entry::new("annual_ticket.replaced", "annual_ticket", id).detail(json!({ "issue": issue }));
    if let Some(reason) = &reason {
        entry = entry.reason(reason);
    }
    audit::record(tx, act, entry).await?;
    let card = make_card(tx, act, &ticket, issue).await?;
    if blocked_for_it || is_out_of_hand(reason.as_deref()) {
        retire_older(tx, act, &ticket, issue, None).await.map_err(step_refused)?;
    } else {
        // A card that was never printed has no plastic to be used up.
        for mut unprinted in old.into_iter().filter(|card| card.state.can_be_made_anew()) {
            let step = Step::Void { why: VoidReason::Replaced };
            steps::take_locked(tx, act, &ticket, &mut unprinted, &step, None).await.map_err(step_refused)?;
        }
    }
    if blocked_for_it {
        block::lift(tx, act, &mut ticket).await?;
    }
    Ok(card)
}

/// A card that is not void can always become void.
fn step_refused(error: StepError) -> ReplaceError {
    ReplaceError::Db(match error {
        StepError::Db(error) => error,
        StepError::UnknownCard | StepError::WrongState(_) => DbError::NotFound,
    })
}
