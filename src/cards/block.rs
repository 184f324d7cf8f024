//! Blocks an annual ticket, so that the gates refuse it within seconds, or lifts the block. The cards stay where they are.

use super::annual_ticket::{AnnualTicket, Status};
use super::steps::tell_gates;
use super::store::annual_tickets;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::AnnualTicketId;
use db::{Conn, DbError};

/// Why a block was not set or lifted.
#[derive(Debug, thiserror::Error)]
pub enum BlockError {
    /// There is no such annual ticket.
    #[error("there is no such annual ticket")]
    UnknownAnnualTicket,
    /// It was cancelled.
    #[error("the annual ticket was cancelled")]
    Cancelled,
    /// It is blocked already.
    #[error("the annual ticket is blocked already")]
    AlreadyBlocked,
    /// It is not blocked.
    #[error("the annual ticket is not blocked")]
    NotBlocked,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Blocks the annual ticket.
///
/// # Errors
/// When it is blocked or cancelled already.
pub async fn block(tx: &mut Conn, act: &Act, id: AnnualTicketId, reason: &str) -> Result<(), BlockError> {
    let mut ticket = lock(tx, id).await?;
    if ticket.status == Status::Blocked {
        return Err(BlockError::AlreadyBlocked);
    }
    ticket.status = Status::Blocked;
    ticket.block_reason = Some(reason.to_owned());
    annual_tickets::update(tx, &ticket).await?;
    audit::record(tx, act, Entry::new("annual_ticket.blocked", "annual_ticket", id).reason(reason)).await?;
    tell_gates(tx, &ticket).await?;
    Ok(())
}

/// Lifts the block: the card that was lost is found again.
///
/// # Errors
/// When it is not blocked.
pub async fn unblock(tx: &mut Conn, act: &Act, id: AnnualTicketId) -> Result<(), BlockError> {
    let mut ticket = lock(tx, id).await?;
    if ticket.status != Status::Blocked {
        return Err(BlockError::NotBlocked);
    }
    lift(tx, act, &mut ticket).await?;
    Ok(())
}

/// Lifts the block of a locked annual ticket.
pub(super) async fn lift(tx: &mut Conn, act: &Act, ticket: &mut AnnualTicket) -> Result<(), DbError> {
    ticket.status = Status::Active;
    ticket.block_reason = None;
    annual_tickets::update(tx, ticket).await?;
    audit::record(tx, act, Entry::new("annual_ticket.unblocked", "annual_ticket", ticket.id)).await?;
    tell_gates(tx, ticket).await
}

async fn lock(tx: &mut Conn, id: AnnualTicketId) -> Result<AnnualTicket, BlockError> {
    let ticket = annual_tickets::lock(tx, id).await?.ok_or(BlockError::UnknownAnnualTicket)?;
    if ticket.status == Status::Cancelled { Err(BlockError::Cancelled) } else { Ok(ticket) }
}
