//! Puts a portrait on an annual ticket. Its file is stored already; the portrait that it replaces is forgotten.
//!
//! What a visitor uploads waits for a look in the museum where the product wants that, and whenever another one was asked for.

use super::annual_ticket::AnnualTicket;
use super::personalize::{PersonalizeError, follow_up, open_for_edits};
use super::prepare_print_data::sold;
use super::review_photo::review_of;
use super::store::annual_tickets;
use crate::audit::{self, Entry};
use crate::kernel::ids::{AnnualTicketId, PhotoId};
use crate::kernel::{Act, Actor};
use crate::people::store::{Photo, delete_photo, find_photo, insert_photo};
use crate::people::{Review, forget_photo};
use db::{Conn, DbError};
use serde_json::json;

/// A portrait whose file lies in the file store.
#[derive(Debug, Clone)]
pub struct StoredPortrait {
    /// Its id, which names the file too.
    pub id: PhotoId,
    /// Where its file lies, and what was found about it.
    pub photo: Photo,
    /// The fingerprint of the file.
    pub sha256: [u8; 32],
}

/// Puts the portrait on the annual ticket.
///
/// # Errors
/// When the annual ticket cannot be edited.
pub async fn portray(
    tx: &mut Conn,
    act: &Act,
    id: AnnualTicketId,
    portrait: &StoredPortrait,
) -> Result<(), PersonalizeError> {
    let mut ticket = match open_for_edits(tx, act, id).await {
        Err(PersonalizeError::AlreadyFinalized) => {
            asked_again(tx, id).await?.ok_or(PersonalizeError::AlreadyFinalized)?
        }
        opened => opened?,
    };
    let face_before = ticket.face_sha256();
    let photo = Photo { review: review(tx, act, &ticket, portrait).await?, ..portrait.photo.clone() };
    insert_photo(tx, act, portrait.id, &photo, &portrait.sha256).await?;
    let replaced = ticket.photo_id.replace(portrait.id);
    annual_tickets::update(tx, &ticket).await?;
    if let Some(old) = replaced {
        if let Some(photo) = find_photo(tx, old).await? {
            forget_photo::later(tx, act, &photo.file).await?;
        }
        delete_photo(tx, old).await?;
    }
    let detail = json!({ "findings": portrait.photo.findings });
    audit::record(tx, act, Entry::new("annual_ticket.portrayed", "annual_ticket", id).detail(detail)).await?;
    follow_up(tx, act, &ticket, face_before).await
}

/// The annual ticket, if its holder was asked for another portrait. It is locked already.
async fn asked_again(tx: &mut Conn, id: AnnualTicketId) -> Result<Option<AnnualTicket>, DbError> {
    let Some(ticket) = annual_tickets::find(tx, id).await? else { return Ok(None) };
    let is_asked = review_of(tx, &ticket).await?.shortcoming().is_some();
    Ok(is_asked.then_some(ticket))
}

/// Whether somebody looks at the new portrait before it is printed.
async fn review(tx: &mut Conn, act: &Act, ticket: &AnnualTicket, portrait: &StoredPortrait) -> Result<Review, DbError> {
    if !matches!(act.actor, Actor::Holder(_)) {
        return Ok(Review::Accepted);
    }
    let (product, _) = sold(tx, &ticket.product, &ticket.category).await?;
    let wants = product.photo_review.wants(!portrait.photo.findings.is_empty());
    let waits = wants || review_of(tx, ticket).await?.shortcoming().is_some();
    Ok(if waits { Review::Waiting } else { Review::Accepted })
}

/// The portrait of an annual ticket, if it has one.
///
/// # Errors
/// When the database refuses.
pub async fn portrait_of(conn: &mut Conn, id: AnnualTicketId) -> Result<Option<Photo>, DbError> {
    match annual_tickets::find(conn, id).await?.and_then(|ticket| ticket.photo_id) {
        Some(photo) => find_photo(conn, photo).await,
        None => Ok(None),
    }
}
