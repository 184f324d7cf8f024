//! Makes and changes institutions, and gives them new links.

use super::institution::{Institution, InstitutionData};
use super::store;
use crate::audit::{self, Entry};
use crate::catalog::object::Finding;
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use serde_json::json;

/// Why an institution was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// A part of it is not right.
    #[error(transparent)]
    Input(#[from] Finding),
    /// Another one has the key.
    #[error("there is an institution with this key already")]
    KeyTaken,
    /// There is no such institution.
    #[error("there is no such institution")]
    NotFound,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Makes an institution, with a link to book at.
///
/// # Errors
/// When a part is not right, or another one has the key.
pub async fn make(tx: &mut Conn, act: &Act, data: InstitutionData) -> Result<Institution, SaveError> {
    let data = data.checked()?;
    let made = Institution { id: act.new_id(), data, token: token(act), token_made_at: act.now, created_at: act.now };
    if !store::insert(tx, &made).await? {
        return Err(SaveError::KeyTaken);
    }
    store::set_stocks(tx, &made, || token(act)).await?;
    let detail = json!({"key": made.data.key, "name": made.data.name});
    audit::record(tx, act, Entry::new("institution.made", "institution", made.id).detail(detail)).await?;
    Ok(made)
}

/// Changes what is said of an institution; its key stays.
///
/// # Errors
/// When there is none with this key, or a part is not right.
pub async fn change(tx: &mut Conn, act: &Act, key: &Slug, data: InstitutionData) -> Result<Institution, SaveError> {
    let data = data.checked()?;
    if data.key != *key {
        return Err(Finding::value("key", "the key cannot be changed").into());
    }
    let known = store::find(tx, key).await?.ok_or(SaveError::NotFound)?;
    let changed = Institution { data, ..known };
    store::update(tx, &changed).await?;
    store::set_stocks(tx, &changed, || token(act)).await?;
    audit::record(tx, act, Entry::new("institution.changed", "institution", changed.id)).await?;
    Ok(changed)
}

/// Gives an institution new links, to book at and to its stocks. The old ones lead nowhere from now on.
///
/// # Errors
/// When there is no institution with this key.
pub async fn renew_links(tx: &mut Conn, act: &Act, key: &Slug) -> Result<Institution, SaveError> {
    let known = store::find(tx, key).await?.ok_or(SaveError::NotFound)?;
    let renewed = Institution { token: token(act), token_made_at: act.now, ..known };
    store::update(tx, &renewed).await?;
    store::forget_stocks(tx, &renewed).await?;
    store::set_stocks(tx, &renewed, || token(act)).await?;
    audit::record(tx, act, Entry::new("institution.links_renewed", "institution", renewed.id)).await?;
    Ok(renewed)
}

fn token(act: &Act) -> String {
    hex::encode(act.random.bytes::<24>())
}
