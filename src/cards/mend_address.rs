//! The holder gives the right address of a card that came back; then it starts on its way anew.

use super::annual_ticket::Status;
use super::card::{CardState, Step};
use super::delivery::Delivery;
use super::plastic::current;
use super::steps::{StepError, take_locked};
use super::store::{annual_tickets, cards};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::address::Address;
use crate::kernel::ids::AnnualTicketId;
use db::{Conn, DbError};

/// Why the address was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MendError {
    /// No card of this annual ticket came back, or it went on meanwhile.
    #[error("no card of this annual ticket came back")]
    NotReturned,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Takes the address, and makes the card that came back ready to be posted there.
///
/// # Errors
/// When the card did not come back, or went on meanwhile.
pub async fn mend_address(tx: &mut Conn, act: &Act, id: AnnualTicketId, address: &Address) -> Result<(), MendError> {
    let mut ticket = annual_tickets::lock(tx, id).await?.ok_or(MendError::NotReturned)?;
    let all = cards::of_annual_ticket(tx, id).await?;
    let came_back = current(&all).filter(|card| card.state == CardState::Returned).cloned();
    let Some(mut card) = came_back.filter(|_| ticket.status != Status::Cancelled) else {
        return Err(MendError::NotReturned);
    };
    ticket.address = Some(address.clone());
    ticket.delivery = Some(Delivery::Mail {});
    annual_tickets::update(tx, &ticket).await?;
    audit::record(tx, act, Entry::new("annual_ticket.address_mended", "annual_ticket", id)).await?;
    cards::follow(tx, &ticket).await?;
    cards::aim(tx, id, None).await?;
    match take_locked(tx, act, &ticket, &mut card, &Step::MakeReady, None).await {
        Ok(()) => Ok(()),
        Err(StepError::Db(error)) => Err(error.into()),
        Err(StepError::UnknownCard | StepError::WrongState(_)) => Err(MendError::NotReturned),
    }
}
