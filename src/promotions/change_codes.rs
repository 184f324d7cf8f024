//! Making, changing and removing codes.

use super::code::{Code, CodeText, NotACode, Pattern};
use super::ledger::Limit;
use super::store::{self, Confusable};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::CodeBatchId;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use serde_json::json;

/// The most codes of one batch.
pub const BATCH_MAX: u32 = 100_000;
/// How many codes are sent to the database at once.
const CHUNK: usize = 5_000;
/// Of so many codes that a pattern can make, at most one is made: so that guessing is no way to find one.
const SPARSENESS: u64 = 10;

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

/// A code to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCode {
    /// The code.
    pub code: CodeText,
    /// Whether it may be used at once.
    pub enabled: bool,
    /// How often it may be used.
    pub max_uses: Option<u32>,
}

/// Codes to generate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBatch {
    /// How many.
    pub count: u32,
    /// How they look.
    pub pattern: Pattern,
    /// How often each may be used.
    pub max_uses: Option<u32>,
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

/// Generates codes for an offer and answers the batch's id and the codes.
///
/// # Errors
/// When there is no such offer, or the pattern is too short for so many codes.
pub async fn generate(
    tx: &mut Conn,
    act: &Act,
    offer: &Slug,
    new: &NewBatch,
) -> Result<(CodeBatchId, Vec<String>), CodeDeedError> {
    demand_offer(tx, offer).await?;
    if new.pattern.capacity() / SPARSENESS < u64::from(new.count) {
        return Err(CodeDeedError::PatternTooShort);
    }
    let id: CodeBatchId = act.new_id();
    store::insert_batch(tx, act, id, offer, new.count, &new.pattern.prefix).await?;
    let wanted = usize::try_from(new.count).unwrap_or(usize::MAX);
    let mut codes = Vec::with_capacity(wanted);
    let mut fruitless = 0;
    while codes.len() < wanted {
        let chunk = CHUNK.min(wanted - codes.len());
        let fresh: Vec<CodeText> =
            (0..chunk).map(|_| new.pattern.generate(&*act.random).parse()).collect::<Result<_, _>>()?;
        let added = store::add_codes(tx, act, id, offer, &fresh, new.max_uses).await?;
        fruitless = if added.is_empty() { fruitless + 1 } else { 0 };
        if fruitless > 20 {
            // Earlier batches of the same pattern have used up what it can make.
            return Err(CodeDeedError::PatternTooShort);
        }
        codes.extend(added);
    }
    let entry = Entry::new("codes.generated", "offer", offer).detail(json!({"batch": id, "count": new.count}));
    audit::record(tx, act, entry).await?;
    Ok((id, codes))
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

async fn demand_offer(conn: &mut Conn, key: &Slug) -> Result<(), CodeDeedError> {
    store::find_offer(conn, key).await?.map(drop).ok_or(CodeDeedError::NoSuchOffer)
}
