//! The desk keeps a printed card as it is, though what is known of its holder changed since it was printed.
//!
//! The decision is about what is known now: the next change is a question again. A print that is spoiled later is made anew all the
//! same.

use super::steps;
use super::store::cards;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use db::{Conn, DbError};

/// Why a card is not kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// There is no such card.
    #[error("there is no such card")]
    UnknownCard,
    /// It shows what is known, or somebody has decided already.
    #[error("the card shows what is known; there is nothing to decide")]
    NothingDiffers,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Keeps the card as it is printed.
///
/// # Errors
/// When there is no such card, or nothing to decide about it.
pub async fn keep_printed(tx: &mut Conn, act: &Act, id: CardId) -> Result<(), KeepError> {
    let (ticket, card) = steps::lock(tx, id).await?.ok_or(KeepError::UnknownCard)?;
    if !card.differs(&ticket) {
        return Err(KeepError::NothingDiffers);
    }
    cards::keep_face(tx, id, &ticket.face_sha256()).await?;
    audit::record(tx, act, Entry::new("card.kept", "card", id)).await?;
    Ok(())
}
