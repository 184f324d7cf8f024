//! Says whose annual ticket it is: name, birth date, address, delivery, first day.
//!
//! Staff and the holder come through here. What is absent stays as it is; what is there replaces its part as a whole. After the
//! personalization is finalized only staff may edit it, and then nothing may go missing. A card that was not printed yet is made
//! anew by itself; a printed one differs from now on, and the desk decides.

use super::annual_ticket::{AnnualTicket, Personalized, Status};
use super::card::Step;
use super::delivery::Delivery;
use super::prepare_print_data::sold;
use super::revision::{Difference, differences, revision};
use super::steps::{self, StepError};
use super::store::{annual_tickets, cards, entry_rights};
use crate::audit::{self, Entry};
use crate::catalog;
use crate::catalog::Product;
use crate::catalog::validity::{Milestones, StartRefusal};
use crate::kernel::address::Address;
use crate::kernel::ids::AnnualTicketId;
use crate::kernel::{Act, Actor};
use crate::people::Holder;
use chrono::NaiveDate;
use db::{Conn, DbError};
use serde_json::json;

/// The parts that somebody gave.
#[derive(Debug, Clone, Default)]
pub struct Personalization {
    /// Whose it is, as a whole.
    pub holder: Option<Holder>,
    /// Where the holder lives.
    pub address: Option<Address>,
    /// How the card comes to the holder.
    pub delivery: Option<Delivery>,
    /// The first day, for products that let it be chosen.
    pub starts_on: Option<NaiveDate>,
    /// The revision that whoever gives this has seen: see [`revision`](super::revision). Absent: it counts whatever is stored.
    pub seen: Option<String>,
}

/// Why a personalization was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PersonalizeError {
    /// There is no such annual ticket.
    #[error("there is no such annual ticket")]
    UnknownAnnualTicket,
    /// It was cancelled.
    #[error("the annual ticket was cancelled")]
    Cancelled,
    /// The holder's link shows a finalized personalization, and changes it no more.
    #[error("the personalization is finalized; the museum can still change it")]
    AlreadyFinalized,
    /// Somebody else stored something else after the revision that was seen.
    #[error("somebody else changed the personalization meanwhile")]
    Changed {
        /// The revision that is stored.
        revision: String,
        /// What is another there.
        differences: Vec<Difference>,
    },
    /// Something that the product demands would be missing afterwards.
    #[error("the product demands more")]
    Incomplete {
        /// What is missing, as paths.
        missing: Vec<&'static str>,
    },
    /// The house of the pickup is none of ours.
    #[error("there is no such house")]
    UnknownHouse,
    /// The first day does not fit the product.
    #[error(transparent)]
    Start(#[from] StartRefusal),
    /// The period has begun, so its first day stays.
    #[error("the period has begun; its first day stays")]
    AlreadyBegun,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Takes the given parts.
///
/// # Errors
/// When the annual ticket does not take them.
pub async fn personalize(
    tx: &mut Conn,
    act: &Act,
    id: AnnualTicketId,
    given: &Personalization,
    today: NaiveDate,
) -> Result<(), PersonalizeError> {
    let mut ticket = open_for_edits(tx, act, id).await?;
    if given.seen.as_ref().is_some_and(|seen| *seen != revision(&ticket)) {
        let differences = differences(&ticket, given);
        // Who sends once more what is stored already has lost nothing.
        if !differences.is_empty() {
            return Err(PersonalizeError::Changed { revision: revision(&ticket), differences });
        }
    }
    let face_before = ticket.face_sha256();
    let (product, _) = sold(tx, &ticket.product, &ticket.category).await?;
    if let Some(holder) = &given.holder {
        ticket.holder = holder.clone();
    }
    if let Some(address) = &given.address {
        ticket.address = Some(address.clone());
    }
    if let Some(delivery) = &given.delivery {
        if let Some(house) = delivery.pickup_house() {
            catalog::store::house(tx, house).await?.ok_or(PersonalizeError::UnknownHouse)?;
        }
        ticket.delivery = Some(delivery.clone());
    }
    if let Some(first_day) = given.starts_on {
        choose_start(&mut ticket, &product, first_day, today)?;
    }
    if ticket.state == Personalized::Complete {
        let missing = ticket.missing(&product.required_fields);
        if !missing.is_empty() {
            return Err(PersonalizeError::Incomplete { missing });
        }
    }
    annual_tickets::update(tx, &ticket).await?;
    let parts = [
        ("holder", given.holder.is_some()),
        ("address", given.address.is_some()),
        ("delivery", given.delivery.is_some()),
        ("starts_on", given.starts_on.is_some()),
    ];
    let parts: Vec<_> = parts.into_iter().filter_map(|(part, given)| given.then_some(part)).collect();
    let entry = Entry::new("annual_ticket.personalized", "annual_ticket", id).detail(json!({ "parts": parts }));
    audit::record(tx, act, entry).await?;
    follow_up(tx, act, &ticket, face_before).await
}

/// Locks an annual ticket that may be edited by whoever acts.
pub(super) async fn open_for_edits(
    tx: &mut Conn,
    act: &Act,
    id: AnnualTicketId,
) -> Result<AnnualTicket, PersonalizeError> {
    let ticket = annual_tickets::lock(tx, id).await?.ok_or(PersonalizeError::UnknownAnnualTicket)?;
    if ticket.status == Status::Cancelled {
        return Err(PersonalizeError::Cancelled);
    }
    if ticket.state == Personalized::Complete && matches!(act.actor, Actor::Holder(_)) {
        return Err(PersonalizeError::AlreadyFinalized);
    }
    Ok(ticket)
}

/// Brings the cards and the gates in line with an edited annual ticket: what was not printed yet is made anew.
pub(super) async fn follow_up(
    tx: &mut Conn,
    act: &Act,
    ticket: &AnnualTicket,
    face_before: [u8; 32],
) -> Result<(), PersonalizeError> {
    cards::follow(tx, ticket).await?;
    cards::aim(tx, ticket.id, ticket.pickup_house()).await?;
    if ticket.face_sha256() == face_before {
        return Ok(());
    }
    if let (Some(from), Some(until)) = (ticket.valid_from, ticket.valid_until)
        && let Some((_, flags)) = entry_rights::issue_and_flags(tx, ticket.code_id).await?
    {
        entry_rights::set_days(tx, ticket.code_id, from, until, flags).await?;
    }
    for mut card in cards::of_annual_ticket(tx, ticket.id).await? {
        if card.state.can_be_made_anew() {
            match steps::take_locked(tx, act, ticket, &mut card, &Step::Renew, None).await {
                Ok(()) | Err(StepError::WrongState(_) | StepError::UnknownCard) => {}
                Err(StepError::Db(error)) => return Err(error.into()),
            }
        }
    }
    Ok(())
}

fn choose_start(
    ticket: &mut AnnualTicket,
    product: &Product,
    first_day: NaiveDate,
    today: NaiveDate,
) -> Result<(), PersonalizeError> {
    if ticket.starts_on == Some(first_day) {
        return Ok(());
    }
    let begun = ticket.valid_from.is_some_and(|from| from <= today);
    if ticket.state == Personalized::Complete && begun {
        return Err(PersonalizeError::AlreadyBegun);
    }
    let days = product.validity.as_ref().ok_or(StartRefusal::NotChosen)?.days(&Milestones {
        purchased: ticket.purchased_on,
        exchanged: ticket.exchanged_on,
        personalized: today,
        chosen: Some(first_day),
    })?;
    ticket.starts_on = Some(first_day);
    ticket.valid_from = Some(days.from);
    ticket.valid_until = Some(days.until);
    Ok(())
}
