//! Puts a portrait on an annual ticket. Its file is stored already; the portrait that it replaces is forgotten.

use super::personalize::{PersonalizeError, follow_up, open_for_edits};
use super::store::annual_tickets;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::{AnnualTicketId, PhotoId};
use crate::people::forget_photo;
use crate::people::store::{Photo, delete_photo, find_photo, insert_photo};
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
    let mut ticket = open_for_edits(tx, act, id).await?;
    let face_before = ticket.face_sha256();
    insert_photo(tx, act, portrait.id, &portrait.photo, &portrait.sha256).await?;
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
