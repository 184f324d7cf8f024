//! Making, changing and removing offers.

use super::ledger::Limit;
use super::offer::{KnownOffer, OfferError, OfferText, read_offer};
use super::store;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use serde_json::{Value, json};

/// The most characters of a key.
const KEY_CHARS_MAX: usize = 64;
/// How many copies of one offer get a name of their own.
const COPIES_MAX: u32 = 99;

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OfferChange {
    /// Switch it on or off.
    pub enabled: Option<bool>,
    /// Move it to this place of the list; places count from 1.
    pub position: Option<u32>,
    /// Put it away, which switches it off, or take it out again.
    pub archived: Option<bool>,
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
    // Whoever switches on what is put away takes it out; what is put away is off.
    let archived = change.archived.or((change.enabled == Some(true)).then_some(false)).unwrap_or(known.archived);
    let enabled = change.enabled.unwrap_or(known.offer.enabled) && !archived;
    if enabled != known.offer.enabled {
        known.offer.enabled = enabled;
        keep_version(tx, act, &known, if enabled { "offer.enabled" } else { "offer.disabled" }).await?;
    }
    if archived != known.archived {
        store::archive_offer(tx, act, key, archived).await?;
        let action = if archived { "offer.archived" } else { "offer.taken_out" };
        audit::record(tx, act, Entry::new(action, "offer", key)).await?;
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

/// Makes an offer say again what it said in a version, as a new version. Whether it is on stays as it is, and orders that were placed
/// keep their price.
///
/// # Errors
/// When there is no such offer or version.
pub async fn restore(tx: &mut Conn, act: &Act, key: &Slug, version: u32) -> Result<KnownOffer, OfferDeedError> {
    let mut known = find(tx, key).await?;
    let wanted = store::find_version(tx, key, version).await?.ok_or(OfferDeedError::NotFound)?;
    let (_, mut offer) = read_offer(&wanted.body)?;
    offer.enabled = known.offer.enabled;
    if offer != known.offer {
        known.offer = offer;
        store::update_offer(tx, act, &known).await?;
        let detail = json!({"version": known.version + 1, "as_in_version": version});
        audit::record(tx, act, Entry::new("offer.restored", "offer", key).detail(detail)).await?;
    }
    find(tx, key).await
}

/// Makes a copy of an offer: switched off, without codes, at the end of the list.
///
/// # Errors
/// When there is no such offer.
pub async fn copy(tx: &mut Conn, act: &Act, key: &Slug) -> Result<KnownOffer, OfferDeedError> {
    let known = find(tx, key).await?;
    for number in 2..=COPIES_MAX {
        let suffix = format!("-{number}");
        let stem: String = key.as_str().chars().take(KEY_CHARS_MAX - suffix.len()).collect();
        let mut offer = known.offer.clone();
        offer.id = format!("{}{suffix}", stem.trim_end_matches('-'));
        offer.name = known.offer.name.as_ref().map(|name| format!("{name} ({number})"));
        offer.enabled = false;
        let copy: Slug = offer.id.parse().map_err(|_| OfferDeedError::KeyTaken)?;
        if store::insert_offer(tx, act, &copy, &offer).await? {
            store::copy_texts(tx, key, &copy).await?;
            let entry = Entry::new("offer.created", "offer", &copy).detail(json!({"copy_of": key}));
            audit::record(tx, act, entry).await?;
            return find(tx, &copy).await;
        }
    }
    Err(OfferDeedError::KeyTaken)
}

/// Keeps what customers read about an offer, per language.
///
/// # Errors
/// When there is no such offer.
pub async fn tell(
    tx: &mut Conn,
    act: &Act,
    key: &Slug,
    texts: &[(&'static str, OfferText)],
) -> Result<KnownOffer, OfferDeedError> {
    for (language, text) in texts {
        store::keep_text(tx, key, language, text).await?;
    }
    audit::record(tx, act, Entry::new("offer.told", "offer", key)).await?;
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
