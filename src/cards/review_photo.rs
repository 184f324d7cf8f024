//! Somebody in the museum looks at a visitor's portrait: it is accepted, or another one is asked for.
//!
//! Which portraits wait is the product's choice. A card whose portrait waits is set aside, so that every desk sees why it is not
//! printed; with the acceptance it goes on by itself. Whoever looks says which portrait they saw: a decision about one that was
//! replaced meanwhile is refused.

use super::annual_ticket::{AnnualTicket, Status};
use super::card::{CardState, Step};
use super::steps::{self, StepError};
use super::store::{annual_tickets, cards, contacts};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::{AnnualTicketId, PhotoId};
use crate::mail::{self, NewMail, Recipient};
use crate::people::store::{find_photo, put_review};
use crate::people::{Review, Shortcoming};
use db::{Conn, DbError};
use serde_json::json;

/// The reason of a card that is set aside until somebody has looked at its portrait.
pub const PHOTO_REVIEW: &str = "photo_review";
/// The kind of mail that asks for another portrait.
pub const PHOTO_AGAIN: &str = "annual_ticket.photo_again";

/// Why a decision about a portrait was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// There is no such annual ticket.
    #[error("there is no such annual ticket")]
    UnknownAnnualTicket,
    /// It was cancelled.
    #[error("the annual ticket was cancelled")]
    Cancelled,
    /// Another portrait stands there by now, or somebody else has decided.
    #[error("this portrait does not wait for a decision any more")]
    NotWaiting,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Accepts the portrait: the card goes on to be printed.
///
/// # Errors
/// When the portrait does not wait for a decision.
pub async fn accept(tx: &mut Conn, act: &Act, id: AnnualTicketId, seen: PhotoId) -> Result<(), ReviewError> {
    let ticket = waiting(tx, id, seen).await?;
    put_review(tx, seen, Review::Accepted).await?;
    audit::record(tx, act, Entry::new("annual_ticket.photo_accepted", "annual_ticket", id)).await?;
    for mut card in cards::of_annual_ticket(tx, id).await? {
        let waits = card.state == CardState::SetAside && card.set_aside_reason.as_deref() == Some(PHOTO_REVIEW);
        if waits {
            match steps::take_locked(tx, act, &ticket, &mut card, &Step::Renew, None).await {
                Ok(()) | Err(StepError::WrongState(_) | StepError::UnknownCard) => {}
                Err(StepError::Db(error)) => return Err(error.into()),
            }
        }
    }
    Ok(())
}

/// Asks for another portrait: the holder's link takes one again. Answers whether a mail says so; without an address for mail the desk
/// hands out the link.
///
/// # Errors
/// When the portrait does not wait for a decision.
pub async fn ask_again(
    tx: &mut Conn,
    act: &Act,
    id: AnnualTicketId,
    seen: PhotoId,
    why: Shortcoming,
) -> Result<bool, ReviewError> {
    let ticket = waiting(tx, id, seen).await?;
    put_review(tx, seen, Review::Refused(why)).await?;
    let entry = Entry::new("annual_ticket.photo_asked_again", "annual_ticket", id);
    audit::record(tx, act, entry.detail(json!({ "shortcoming": why.as_str() }))).await?;
    let Some(contact) = contacts::of_order(tx, ticket.order_id).await? else { return Ok(false) };
    let to = Recipient { address: &contact.email, name: &contact.name, language: &ticket.language };
    let new = NewMail { kind: PHOTO_AGAIN, subject_kind: "annual_ticket", subject_id: id.to_string(), to };
    mail::put(tx, act, new).await?;
    Ok(true)
}

/// Where the portrait of an annual ticket stands; one that it does not have is as good as accepted.
///
/// # Errors
/// When the database refuses.
pub async fn review_of(conn: &mut Conn, ticket: &AnnualTicket) -> Result<Review, DbError> {
    match ticket.photo_id {
        Some(photo) => Ok(find_photo(conn, photo).await?.map(|photo| photo.review).unwrap_or_default()),
        None => Ok(Review::Accepted),
    }
}

/// Locks the annual ticket if the portrait that somebody saw still waits on it.
async fn waiting(tx: &mut Conn, id: AnnualTicketId, seen: PhotoId) -> Result<AnnualTicket, ReviewError> {
    let ticket = annual_tickets::lock(tx, id).await?.ok_or(ReviewError::UnknownAnnualTicket)?;
    if ticket.status == Status::Cancelled {
        return Err(ReviewError::Cancelled);
    }
    if ticket.photo_id != Some(seen) || review_of(tx, &ticket).await? != Review::Waiting {
        return Err(ReviewError::NotWaiting);
    }
    Ok(ticket)
}
