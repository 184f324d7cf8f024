//! Admits somebody by hand: staff let in whom the check refused, or note an entry that no gate saw.

use crate::audit::{self, Entry};
use crate::cards;
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use card::{CardId as CodeId, Reason};
use chrono::NaiveDate;
use db::{Conn, DbError};
use serde_json::json;

/// The most characters of a reason.
const REASON_CHARS_MAX: usize = 500;

/// Somebody to admit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// The house they enter.
    pub house: Slug,
    /// The card, as far as its code told which one it is.
    pub card: Option<CodeId>,
    /// The issue of the card that was shown.
    pub issue: Option<u8>,
    /// What the check had said against it.
    pub against: Option<Reason>,
    /// The day of the house.
    pub day: NaiveDate,
    /// Why they are let in.
    pub reason: String,
}

/// Why nobody was admitted.
#[derive(Debug, thiserror::Error)]
pub enum AdmitError {
    /// Nobody said why.
    #[error("a reason of 1 to {REASON_CHARS_MAX} characters is needed")]
    NoReason,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Notes that somebody was admitted by hand, and why. For the card it is an entry as at any gate: a single entry is used up, and a
/// period that waits for the first entry begins.
///
/// # Errors
/// When nobody said why.
pub async fn admit_by_hand(tx: &mut Conn, act: &Act, hand: &ByHand) -> Result<(), AdmitError> {
    let reason = clean(&hand.reason);
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        return Err(AdmitError::NoReason);
    }
    let (kind, id) = match hand.card {
        None => ("house", hand.house.to_string()),
        Some(card) => match cards::annual_ticket_of_code(tx, card).await? {
            Some(ticket) => ("annual_ticket", ticket.id.to_string()),
            None => ("entry_right", card.to_string()),
        },
    };
    if let Some(card) = hand.card {
        cards::record_entry(tx, act, card, hand.issue, hand.day).await?;
    }
    let detail = json!({"house": hand.house, "against": hand.against.map(Reason::as_str)});
    audit::record(tx, act, Entry::new("entry.admitted_by_hand", kind, id).reason(&reason).detail(detail)).await?;
    Ok(())
}
