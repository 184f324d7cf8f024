//! What an entry at a gate means for the right behind the code.

use super::annual_ticket::AnnualTicket;
use super::first_entry;
use super::store::{annual_tickets, cards, entry_rights};
use crate::kernel::Act;
use card::{CardId as CodeId, CardNumber};
use chrono::NaiveDate;
use db::{Conn, DbError};

/// The annual ticket whose card carries this id in its code. Day tickets have none.
///
/// # Errors
/// When the database refuses.
pub async fn annual_ticket_of_code(conn: &mut Conn, code: CodeId) -> Result<Option<AnnualTicket>, DbError> {
    match annual_tickets::id_of_code(conn, code).await? {
        Some(id) => annual_tickets::find(conn, id).await,
        None => Ok(None),
    }
}

/// The code of the card with this number, once its print data is frozen.
///
/// # Errors
/// When the database refuses.
pub async fn code_of_number(conn: &mut Conn, number: CardNumber) -> Result<Option<String>, DbError> {
    let Some(id) = cards::id_of_number(conn, number).await? else { return Ok(None) };
    Ok(cards::find(conn, id).await?.and_then(|card| card.code))
}

/// Somebody entered with this code on `day`, by a card of this `issue`.
///
/// A single entry is used up, as of the earliest day that any gate tells. A period that waits for the first entry begins. A new card
/// retires the old one. For most cards an entry means none of these, and nothing is written. Codes that nobody knows mean nothing.
///
/// # Errors
/// When the database refuses.
pub async fn record_entry(
    tx: &mut Conn,
    act: &Act,
    code: CodeId,
    issue: Option<u8>,
    day: NaiveDate,
) -> Result<(), DbError> {
    let Some(usage) = entry_rights::usage(tx, code).await? else { return Ok(()) };
    if usage.single_entry && usage.first_entry.is_none_or(|first| day < first) {
        entry_rights::set_first_entry(tx, code, day).await?;
    }
    if usage.begins_with_entry {
        first_entry::entered(tx, act, code, day).await?;
    }
    match issue {
        Some(issue) if issue > usage.issue => first_entry::seen(tx, act, code, issue).await,
        _ => Ok(()),
    }
}
