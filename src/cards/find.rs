//! Finding a card or an annual ticket by what somebody scanned or typed. The caller has checked who asks.

use super::annual_ticket::AnnualTicket;
use super::plastic::Card;
use super::store::contacts;
pub use super::store::contacts::Contact;
use super::store::{annual_tickets, cards, entry_rights};
use crate::kernel::ids::{AnnualTicketId, CardId, OrderId, TicketId};
use crate::keys::Keys;
use card::{CardId as CodeId, CardNumber, KeyRing, Reading};
use db::{Conn, DbError};

/// What the code of a card stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// A card of an annual ticket.
    Card(CardId),
    /// An annual ticket without a card of that issue.
    AnnualTicket(AnnualTicketId),
    /// A day ticket.
    DayTicket(TicketId),
}

/// What a code with this id and issue stands for.
///
/// # Errors
/// When the database refuses.
pub async fn of_code(conn: &mut Conn, code: CodeId, issue: u8) -> Result<Option<Bearer>, DbError> {
    if let Some(id) = annual_tickets::id_of_code(conn, code).await? {
        let card = cards::of_annual_ticket(conn, id).await?.into_iter().find(|card| card.issue == issue);
        return Ok(Some(card.map_or(Bearer::AnnualTicket(id), |card| Bearer::Card(card.id))));
    }
    Ok(entry_rights::ticket_of(conn, code).await?.map(Bearer::DayTicket))
}

/// The card with this number.
///
/// # Errors
/// When the database refuses.
pub async fn of_number(conn: &mut Conn, number: CardNumber) -> Result<Option<CardId>, DbError> {
    cards::id_of_number(conn, number).await
}

/// The card with this number, if the text is one.
///
/// # Errors
/// When the database refuses.
pub async fn in_hand_by_number(conn: &mut Conn, text: &str) -> Result<Option<CardId>, DbError> {
    match CardNumber::parse(text) {
        Ok(number) => of_number(conn, number).await,
        Err(_) => Ok(None),
    }
}

/// The card that somebody holds in their hand, by what a reader sends of it or a person types: its code, if that is genuine, or its
/// number.
///
/// # Errors
/// When the database refuses.
pub async fn in_hand(conn: &mut Conn, keys: &Keys, text: &str) -> Result<Option<CardId>, DbError> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Ok(number) = CardNumber::parse(&digits) {
        return of_number(conn, number).await;
    }
    let Ok(ring) = KeyRing::new(&keys.key_list()) else { return Ok(None) };
    let Ok(Reading::Signed(signed)) = card::read(&digits, &ring) else { return Ok(None) };
    Ok(match of_code(conn, signed.code().card_id, signed.code().issue).await? {
        Some(Bearer::Card(card)) => Some(card),
        _ => None,
    })
}

/// The annual ticket with this id.
///
/// # Errors
/// When the database refuses.
pub async fn annual_ticket(conn: &mut Conn, id: AnnualTicketId) -> Result<Option<AnnualTicket>, DbError> {
    annual_tickets::find(conn, id).await
}

/// The order of an annual ticket that still waits for its personalization; nothing when it does not.
///
/// # Errors
/// When the database refuses.
pub async fn order_of_open(conn: &mut Conn, id: AnnualTicketId) -> Result<Option<OrderId>, DbError> {
    let ticket = annual_tickets::find(conn, id).await?;
    Ok(ticket.filter(AnnualTicket::is_open).map(|ticket| ticket.order_id))
}

/// Whom mails about the annual tickets of an order go to; nobody when no address was given.
///
/// # Errors
/// When the database refuses.
pub async fn contact(conn: &mut Conn, order: OrderId) -> Result<Option<Contact>, DbError> {
    contacts::of_order(conn, order).await
}

/// The newest annual tickets in whose holder's name, or in whose number, each of the words stands.
///
/// # Errors
/// When the database refuses.
pub async fn annual_tickets(conn: &mut Conn, words: &str, limit: u32) -> Result<Vec<AnnualTicket>, DbError> {
    let filter = annual_tickets::Filter { words, ..annual_tickets::Filter::default() };
    Ok(annual_tickets::page(conn, &filter, None, limit).await?.items)
}

/// The oldest cards in whose number the words stand.
///
/// # Errors
/// When the database refuses.
pub async fn cards(conn: &mut Conn, words: &str, limit: u32) -> Result<Vec<Card>, DbError> {
    let filter = cards::Filter { words, ..cards::Filter::default() };
    Ok(cards::page(conn, &filter, None, limit).await?.items)
}
