//! A printed card on its way from the house that prints to the house that hands out. Whoever sends it says so here, so that its holder
//! and the desks read where it is.

use super::store::journeys;
use crate::kernel::UtcMs;
use crate::kernel::ids::CardId;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};

/// Where a card goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// The house that hands it out.
    pub house: Slug,
    /// Since when it is on its way.
    pub sent_at: UtcMs,
}

/// The card is on its way from now on.
///
/// # Errors
/// When the database refuses.
pub async fn depart(tx: &mut Conn, card: CardId, journey: &Journey) -> Result<(), DbError> {
    journeys::insert(tx, card, journey).await
}

/// The card is on its way no more; nothing happens to one that was not.
///
/// # Errors
/// When the database refuses.
pub async fn arrive(tx: &mut Conn, card: CardId) -> Result<(), DbError> {
    journeys::delete(tx, card).await
}
