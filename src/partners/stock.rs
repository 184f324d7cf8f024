//! The stock of a partner: codes of an offer that it hands out, and its wish for more of them.

use super::store;
use crate::audit::{self, Entry};
use crate::kernel::ids::{InstitutionId, StockRequestId};
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::kernel::{Act, UtcMs};
use db::{Conn, DbError};
use serde_json::json;

/// The most codes that are asked for at once.
pub const WANTED_MAX: u32 = 100_000;
/// The most characters of a note.
const NOTE_CHARS_MAX: usize = 500;

/// A stock: the codes of an offer, in the hands of an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stock {
    /// Whose it is.
    pub institution: InstitutionId,
    /// The offer.
    pub offer: Slug,
    /// The secret of its page.
    pub token: String,
}

/// A wish for more codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockRequest {
    /// The id.
    pub id: StockRequestId,
    /// The offer.
    pub offer: Slug,
    /// How many.
    pub wanted: u32,
    /// What the partner says.
    pub note: String,
    /// When.
    pub at: UtcMs,
}

/// Why nothing was asked for.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// None, or too many at once.
    #[error("1 to {WANTED_MAX} codes can be asked for")]
    Wanted,
    /// The note is too long.
    #[error("a note has at most {NOTE_CHARS_MAX} characters")]
    Note,
    /// There is no such stock, or no such wish.
    #[error("there is no such stock")]
    NotFound,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Asks for more codes. A wish that is open already is replaced.
///
/// # Errors
/// When the link leads nowhere, or the number is out of bounds.
pub async fn ask_for_more(tx: &mut Conn, act: &Act, token: &str, wanted: u32, note: &str) -> Result<(), AskError> {
    let stock = store::stock_of_token(tx, token).await?.ok_or(AskError::NotFound)?;
    let note = clean(note);
    if !(1..=WANTED_MAX).contains(&wanted) {
        return Err(AskError::Wanted);
    }
    if note.chars().count() > NOTE_CHARS_MAX {
        return Err(AskError::Note);
    }
    let request = StockRequest { id: act.new_id(), offer: stock.offer.clone(), wanted, note, at: act.now };
    store::put_request(tx, stock.institution, &request).await?;
    let detail = json!({"offer": stock.offer, "wanted": wanted});
    let entry = Entry::new("institution.asked_for_codes", "institution", stock.institution);
    Ok(audit::record(tx, act, entry.detail(detail)).await?)
}

/// Marks a wish as done.
///
/// # Errors
/// When there is no such open wish.
pub async fn settle(tx: &mut Conn, act: &Act, institution: InstitutionId, id: StockRequestId) -> Result<(), AskError> {
    if !store::settle_request(tx, institution, id, act.now).await? {
        return Err(AskError::NotFound);
    }
    Ok(audit::record(tx, act, Entry::new("institution.codes_delivered", "institution", institution)).await?)
}
