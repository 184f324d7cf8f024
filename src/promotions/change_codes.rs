//! Making, changing and removing codes.

use super::code::{Code, NewCode, NotACode};
use super::ledger::Limit;
use super::store::{self, Confusable};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use serde_json::json;

/// Why a code was not made, changed or removed.
#[derive(Debug, thiserror::Error)]
pub enum CodeDeedError {
    /// There is no such offer.
    #[error("there is no such offer")]
    NoSuchOffer,
    /// There is no such code.
    #[error("there is no such code")]
    NotFound,
    /// The code is there already, as this text.
    #[error("this code is there already")]
    Taken(String),
    /// People would confuse the code with this one.
    #[error("people would confuse this code with one that is there already")]
    Confusable(String),
    /// It was used, so it can only be disabled.
    #[error("this code was used: it can be disabled, not deleted")]
    WasUsed,
    /// The pattern is too short for so many codes.
    #[error("so many codes need more characters")]
    PatternTooShort,
    /// The prefix with the pattern's characters makes no code.
    #[error(transparent)]
    NotACode(#[from] NotACode),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Makes one code for an offer.
///
/// # Errors
/// When there is no such offer, or the code or one that looks like it is there already.
pub async fn create(tx: &mut Conn, act: &Act, offer: &Slug, new: &NewCode) -> Result<Code, CodeDeedError> {
    demand_offer(tx, offer).await?;
    if !store::add_code(tx, act, offer, &new.code, new.enabled, new.max_uses).await? {
        return Err(match store::confusable(tx, &new.code).await? {
            Some(Confusable::LooksLike(other)) => CodeDeedError::Confusable(other),
            Some(Confusable::Same(other)) => CodeDeedError::Taken(other),
            None => CodeDeedError::Taken(new.code.as_str().to_owned()),
        });
    }
    let fold = new.code.fold();
    audit::record(tx, act, Entry::new("code.created", "code", &fold).detail(json!({"offer": offer}))).await?;
    find(tx, &fold).await
}

/// What to change of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeChange {
    /// Switch it on or off.
    pub enabled: Option<bool>,
    /// How often it may be used.
    pub max_uses: MaxUsesChange,
}

/// A change of how often a code may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MaxUsesChange {
    /// As often as before.
    #[default]
    Keep,
    /// So often; `None`: without end.
    To(Option<u32>),
}

/// Switches a code on or off, or changes how often it may be used. Fewer uses than it has had already end it.
///
/// # Errors
/// When there is no such code.
pub async fn change(tx: &mut Conn, act: &Act, fold: &str, change: CodeChange) -> Result<Code, CodeDeedError> {
    let code = find(tx, fold).await?;
    let enabled = change.enabled.unwrap_or(code.enabled);
    let max_uses = match change.max_uses {
        MaxUsesChange::Keep => code.max_uses,
        MaxUsesChange::To(max_uses) => max_uses,
    };
    store::change_code(tx, fold, enabled, max_uses).await?;
    let detail = json!({"enabled": enabled, "max_uses": max_uses});
    audit::record(tx, act, Entry::new("code.changed", "code", fold).detail(detail)).await?;
    find(tx, fold).await
}

/// Removes a code that was never used.
///
/// # Errors
/// When there is none, or when it was used, also in an order that was cancelled since.
pub async fn remove(tx: &mut Conn, act: &Act, fold: &str) -> Result<(), CodeDeedError> {
    find(tx, fold).await?;
    if store::was_used(tx, &Limit::code(fold)).await? {
        return Err(CodeDeedError::WasUsed);
    }
    store::delete_code(tx, fold).await?;
    audit::record(tx, act, Entry::new("code.deleted", "code", fold)).await?;
    Ok(())
}

async fn find(conn: &mut Conn, fold: &str) -> Result<Code, CodeDeedError> {
    store::find_code(conn, fold).await?.ok_or(CodeDeedError::NotFound)
}

pub(super) async fn demand_offer(conn: &mut Conn, key: &Slug) -> Result<(), CodeDeedError> {
    store::find_offer(conn, key).await?.map(drop).ok_or(CodeDeedError::NoSuchOffer)
}
