//! Making, changing and removing offers.

use super::ledger::Limit;
use super::offer::{KnownOffer, OfferError, read_offer};
use super::store;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use serde_json::{Value, json};

/// Why an offer was not made, changed or removed.
#[derive(Debug, thiserror::Error)]
pub enum OfferDeedError {
    /// There is none with the key.
    #[error("there is no such offer")]
    NotFound,
    /// Another offer has the key.
    #[error("an offer with this key is there already")]
    KeyTaken,
    /// Its key never changes.
    #[error("the key of an offer never changes")]
    KeyChanged,
    /// It was used, so it can only be disabled.
    #[error("this offer was used: it can be disabled, not deleted")]
    WasUsed,
    /// What it says is not right.
    #[error(transparent)]
    Offer(#[from] OfferError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What to change of an offer without touching the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferChange {
    /// Switch it on or off.
    pub enabled: Option<bool>,
    /// Move it to this place of the list; places count from 1.
    pub position: Option<u32>,
}

/// Makes an offer, at the end of the list.
///
/// # Errors
/// When the key is taken or the offer is not right.
pub async fn create(tx: &mut Conn, act: &Act, body: &Value) -> Result<KnownOffer, OfferDeedError> {
    let (key, offer) = read_offer(body)?;
    if !store::insert_offer(tx, act, &key, &offer).await? {
        return Err(OfferDeedError::KeyTaken);
    }
    audit::record(tx, act, Entry::new("offer.created", "offer", &key)).await?;
    find(tx, &key).await
}

/// Replaces what an offer says. Orders that were placed keep their price.
///
/// # Errors
/// When there is no such offer, or what it shall say is not right.
pub async fn replace(tx: &mut Conn, act: &Act, key: &Slug, body: &Value) -> Result<KnownOffer, OfferDeedError> {
    let mut known = find(tx, key).await?;
    let (own_key, offer) = read_offer(body)?;
    if own_key != *key {
        return Err(OfferDeedError::KeyChanged);
    }
    known.offer = offer;
    keep_version(tx, act, &known, "offer.changed").await?;
    find(tx, key).await
}

/// Switches an offer on or off, or moves it on the list.
///
/// # Errors
/// When there is no such offer.
pub async fn change(tx: &mut Conn, act: &Act, key: &Slug, change: OfferChange) -> Result<KnownOffer, OfferDeedError> {
    let mut known = find(tx, key).await?;
    if let Some(enabled) = change.enabled.filter(|enabled| *enabled != known.offer.enabled) {
        known.offer.enabled = enabled;
        keep_version(tx, act, &known, if enabled { "offer.enabled" } else { "offer.disabled" }).await?;
    }
    if let Some(position) = change.position {
        store::lock_list(tx).await?;
        let known = find(tx, key).await?;
        store::move_offer(tx, &known, position.into()).await?;
        let entry = Entry::new("offer.moved", "offer", key).detail(json!({"position": position}));
        audit::record(tx, act, entry).await?;
    }
    find(tx, key).await
}

/// Removes an offer that was never used, with its codes.
///
/// # Errors
/// When there is none, or when it was used.
pub async fn remove(tx: &mut Conn, act: &Act, key: &Slug) -> Result<(), OfferDeedError> {
    store::lock_list(tx).await?;
    find(tx, key).await?;
    if store::was_used(tx, &Limit::offer_orders(key.as_str())).await? {
        return Err(OfferDeedError::WasUsed);
    }
    store::delete_offer(tx, key).await?;
    audit::record(tx, act, Entry::new("offer.deleted", "offer", key)).await?;
    Ok(())
}

async fn keep_version(tx: &mut Conn, act: &Act, known: &KnownOffer, action: &str) -> Result<(), DbError> {
    store::update_offer(tx, act, known).await?;
    audit::record(tx, act, Entry::new(action, "offer", &known.key).detail(json!({"version": known.version + 1}))).await
}

async fn find(tx: &mut Conn, key: &Slug) -> Result<KnownOffer, OfferDeedError> {
    store::find_offer(tx, key).await?.ok_or(OfferDeedError::NotFound)
}
