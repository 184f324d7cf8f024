//! Takes a holder's link back: whoever it was forwarded to opens nothing with it any more. A new one stands in its place.

use super::block::BlockError;
use super::issue::new_link_token;
use super::store::annual_tickets;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::AnnualTicketId;
use db::Conn;

/// Gives the annual ticket another link. What was stored through the old one stays.
///
/// # Errors
/// When there is no such annual ticket.
pub async fn withdraw_link(tx: &mut Conn, act: &Act, id: AnnualTicketId) -> Result<(), BlockError> {
    annual_tickets::lock(tx, id).await?.ok_or(BlockError::UnknownAnnualTicket)?;
    annual_tickets::put_link_token(tx, id, &new_link_token(act)).await?;
    audit::record(tx, act, Entry::new("annual_ticket.link_withdrawn", "annual_ticket", id)).await?;
    Ok(())
}
