//! Forgets whose an annual ticket is: names, day of birth, address and portrait are gone, the right stays by its card number.
//!
//! A card that the museum still holds is nobody's to forget yet: it is handed out, or its sale is cancelled, first.

use super::annual_ticket::{AnnualTicket, Status};
use super::card::CardState;
use super::issue::new_link_token;
use super::plastic::current;
use super::store::{annual_tickets, card_steps, cards};
use crate::audit::{self, Entry};
use crate::jobs;
use crate::kernel::Act;
use crate::kernel::ids::AnnualTicketId;
use crate::people::store::{delete_photo, find_photo};
use crate::people::{Holder, forget_photo};
use db::{Conn, DbError};

/// The job that takes a person out of the frozen faces of a card and out of the files of its runs; its subject is the card's id.
pub const FORGET_FACES: &str = "production.forget_faces";

/// Why nobody was forgotten.
#[derive(Debug, thiserror::Error)]
pub enum ForgetError {
    /// There is no such annual ticket.
    #[error("there is no such annual ticket")]
    UnknownAnnualTicket,
    /// The museum still has the card, which is in this state.
    #[error("the card is {0}: hand it out first, or cancel its sale")]
    CardInTheHouse(CardState),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Forgets whose it is. Files follow by jobs that are due at once.
///
/// # Errors
/// When there is no such annual ticket, or its card is still in the house.
pub async fn forget_holder(tx: &mut Conn, act: &Act, id: AnnualTicketId, reason: &str) -> Result<(), ForgetError> {
    let mut ticket = annual_tickets::lock(tx, id).await?.ok_or(ForgetError::UnknownAnnualTicket)?;
    let plastic = cards::of_annual_ticket(tx, id).await?;
    if let Some(state) = current(&plastic).map(|card| card.state).filter(|state| !may_forget(&ticket, *state)) {
        return Err(ForgetError::CardInTheHouse(state));
    }
    let photo = ticket.photo_id.take();
    ticket.holder = Holder::default();
    ticket.address = None;
    annual_tickets::update(tx, &ticket).await?;
    annual_tickets::put_link_token(tx, id, &new_link_token(act)).await?;
    if let Some(photo) = photo {
        if let Some(known) = find_photo(tx, photo).await? {
            forget_photo::at_once(tx, act, &known.file).await?;
        }
        delete_photo(tx, photo).await?;
    }
    cards::follow(tx, &ticket).await?;
    for card in &plastic {
        card_steps::forget_persons(tx, card.id).await?;
        if card.print_data_sha256.is_some() {
            jobs::enqueue(tx, act, FORGET_FACES, card.id).await?;
        }
    }
    audit::record(tx, act, Entry::new("annual_ticket.forgotten", "annual_ticket", id).reason(reason)).await?;
    Ok(())
}

/// Whether nothing is left to be done with a card in this state for which somebody must know whose it is.
fn may_forget(ticket: &AnnualTicket, state: CardState) -> bool {
    ticket.status == Status::Cancelled
        || matches!(state, CardState::Dispatched | CardState::HandedOver | CardState::Void)
}
