//! Completes a personalization: the days are fixed, the first card begins its life, and its print data is made.

use super::annual_ticket::{AnnualTicket, Personalized, Status};
use super::card::CardState;
use super::delivery::Delivery;
use super::first_entry;
use super::plastic::Card;
use super::prepare_print_data::{self, sold};
use super::review_photo::review_of;
use super::store::{annual_tickets, cards};
use crate::audit::{self, Entry};
use crate::catalog::validity::{Milestones, StartRefusal};
use crate::kernel::ids::AnnualTicketId;
use crate::kernel::{Act, Actor};
use crate::people::Review;
use crate::people::store::put_review;
use card::CardNumber;
use chrono::NaiveDate;
use chrono_tz::Tz;
use db::{Conn, DbError};
use serde_json::json;

/// Why a personalization was not completed.
#[derive(Debug, thiserror::Error)]
pub enum FinalizeError {
    /// There is no such annual ticket.
    #[error("there is no such annual ticket")]
    UnknownAnnualTicket,
    /// It was cancelled.
    #[error("the annual ticket was cancelled")]
    Cancelled,
    /// It is complete already.
    #[error("the personalization is finalized already")]
    AlreadyFinalized,
    /// Something that the product demands is missing.
    #[error("the product demands more")]
    Incomplete {
        /// What is missing, as paths.
        missing: Vec<&'static str>,
    },
    /// The chosen first day does not fit the product.
    #[error(transparent)]
    Start(#[from] StartRefusal),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Completes the personalization on this day; `zone` is the museum's.
///
/// # Errors
/// When something is missing, or there is nothing to complete.
pub async fn finalize(
    tx: &mut Conn,
    act: &Act,
    id: AnnualTicketId,
    today: NaiveDate,
    zone: Tz,
) -> Result<(), FinalizeError> {
    let mut ticket = annual_tickets::lock(tx, id).await?.ok_or(FinalizeError::UnknownAnnualTicket)?;
    if ticket.status == Status::Cancelled {
        return Err(FinalizeError::Cancelled);
    }
    if ticket.state == Personalized::Complete {
        return Err(FinalizeError::AlreadyFinalized);
    }
    let (product, _) = sold(tx, &ticket.product, &ticket.category).await?;
    let missing = ticket.missing(&product.required_fields);
    if !missing.is_empty() {
        return Err(FinalizeError::Incomplete { missing });
    }
    let days = product.validity.as_ref().ok_or(StartRefusal::NotChosen)?.days(&Milestones {
        purchased: ticket.purchased_on,
        exchanged: ticket.exchanged_on,
        personalized: today,
        chosen: ticket.starts_on,
    })?;
    if !matches!(act.actor, Actor::Holder(_))
        && let (Some(photo), Review::Waiting) = (ticket.photo_id, review_of(tx, &ticket).await?)
    {
        // Whoever completes it at the desk has the portrait before them.
        put_review(tx, photo, Review::Accepted).await?;
    }
    ticket.state = Personalized::Complete;
    ticket.completed_at = Some(act.now);
    ticket.valid_from = Some(days.from);
    ticket.valid_until = Some(days.until);
    ticket.from_first_entry = days.from_first_entry;
    annual_tickets::update(tx, &ticket).await?;
    if days.from_first_entry {
        first_entry::begin_in_time(tx, act, &ticket, days.until, zone).await?;
    }
    audit::record(tx, act, Entry::new("annual_ticket.finalized", "annual_ticket", id)).await?;
    make_card(tx, act, &ticket, 1).await?;
    Ok(())
}

/// Makes a card of this issue, and has its print data made.
pub(super) async fn make_card(tx: &mut Conn, act: &Act, ticket: &AnnualTicket, issue: u8) -> Result<Card, DbError> {
    let card = Card {
        id: act.new_id(),
        annual_ticket_id: ticket.id,
        number: CardNumber::from_random(act.random.bytes()),
        issue,
        code: None,
        state: CardState::Preparing,
        set_aside_reason: None,
        layout_id: None,
        layout_version: None,
        face_sha256: None,
        kept_face_sha256: None,
        print_data_sha256: None,
        way: Delivery::way_of(ticket.delivery.as_ref()),
        house: ticket.pickup_house().cloned(),
        shelf: None,
        run: None,
        product: ticket.product.clone(),
        created_at: act.now,
        changed_at: act.now,
    };
    cards::insert(tx, &card, &ticket.holder.name_fold()).await?;
    audit::record(tx, act, Entry::new("card.made", "card", card.id).detail(json!({ "issue": issue }))).await?;
    prepare_print_data::enqueue(tx, act, ticket, &card).await?;
    Ok(card)
}
