//! What waits where: the numbers on the desks, and the lists behind them.

use super::annual_ticket::AnnualTicket;
use super::card::CardState;
use super::delivery::Way;
use super::plastic::Card;
use super::store;
use super::store::{annual_tickets, cards};
use crate::kernel::UtcMs;
use crate::kernel::ids::{AnnualTicketId, CardId, PrintRunId};
use crate::kernel::slug::Slug;
use db::{Conn, DbError, Page};
use std::collections::HashMap;

/// What waits, over all houses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Queue {
    /// Annual tickets whose personalization is not complete.
    pub to_personalize: i64,
    /// Portraits that somebody has to look at.
    pub photos_to_review: i64,
    /// Cards that need a person, or a layout, before they can be printed.
    pub set_aside: i64,
    /// Cards whose print data is frozen.
    pub ready_to_print: i64,
    /// Cards in a print run that is not confirmed yet.
    pub in_print_run: i64,
    /// Cards that lie ready for their holders.
    pub deposited: i64,
    /// Cards that came back.
    pub returned: i64,
}

/// Which cards a desk looks at.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those in one of these states.
    pub states: Vec<CardState>,
    /// Only those that come to their holders in this way.
    pub way: Option<Way>,
    /// Only those that lie, or are to be laid ready, in this house.
    pub house: Option<Slug>,
    /// Only those of this product.
    pub product: Option<Slug>,
    /// Only those of these print runs.
    pub runs: Option<Vec<PrintRunId>>,
    /// Only those that have stood where they stand since before this moment.
    pub before: Option<UtcMs>,
    /// Only those that were made, when their holder was finalized, before this moment.
    pub made_before: Option<UtcMs>,
    /// Exactly these, as far as the rest allows.
    pub cards: Option<Vec<CardId>>,
    /// Words of names or numbers, folded.
    pub words: String,
}

/// In which order a desk looks at cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The longest waiting first.
    #[default]
    Waiting,
    /// The last that came first.
    Newest,
    /// By the holder's name.
    Name,
    /// By the card's number.
    Number,
}

impl Sort {
    /// All orders.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Newest, Self::Name, Self::Number];

    /// The word for the order in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Newest => "newest",
            Self::Name => "name",
            Self::Number => "number",
        }
    }

    /// The order of a word; any other word is the usual one.
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word).unwrap_or_default()
    }
}

/// A card with the annual ticket that it is for.
#[derive(Debug, Clone)]
pub struct CardAndTicket {
    /// The card.
    pub card: Card,
    /// What it is for, and for whom.
    pub ticket: AnnualTicket,
}

/// A page of the cards that a desk looks at.
///
/// # Errors
/// When the database refuses, or `after` is no cursor of this list.
pub async fn page(
    conn: &mut Conn,
    filter: &Filter,
    sort: Sort,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<CardAndTicket>, DbError> {
    let page = cards::queue_page(conn, filter, sort, after, limit).await?;
    Ok(Page { items: with_tickets(conn, page.items).await?, next: page.next })
}

/// The first of the cards that a desk looks at, without what is known of their holders.
///
/// # Errors
/// When the database refuses.
pub async fn first(conn: &mut Conn, filter: &Filter, sort: Sort, limit: u32) -> Result<Vec<Card>, DbError> {
    Ok(cards::queue_page(conn, filter, sort, None, limit).await?.items)
}

/// How many cards a desk looks at, on all pages.
///
/// # Errors
/// When the database refuses.
pub async fn total(conn: &mut Conn, filter: &Filter) -> Result<i64, DbError> {
    cards::queue_total(conn, filter).await
}

/// One card with its annual ticket.
///
/// # Errors
/// When the database refuses.
pub async fn find(conn: &mut Conn, id: CardId) -> Result<Option<CardAndTicket>, DbError> {
    let Some(card) = cards::find(conn, id).await? else { return Ok(None) };
    Ok(with_tickets(conn, vec![card]).await?.pop())
}

/// Each of these cards with its annual ticket.
///
/// # Errors
/// When the database refuses.
pub async fn with_tickets(conn: &mut Conn, cards: Vec<Card>) -> Result<Vec<CardAndTicket>, DbError> {
    let ids: Vec<AnnualTicketId> = cards.iter().map(|card| card.annual_ticket_id).collect();
    let tickets = annual_tickets::of_ids(conn, &ids).await?;
    let tickets: HashMap<_, _> = tickets.into_iter().map(|ticket| (ticket.id, ticket)).collect();
    let pair = |card: Card| {
        let ticket = tickets.get(&card.annual_ticket_id)?.clone();
        Some(CardAndTicket { card, ticket })
    };
    Ok(cards.into_iter().filter_map(pair).collect())
}

/// Counts what waits.
///
/// # Errors
/// When the database refuses.
pub async fn count(conn: &mut Conn) -> Result<Queue, DbError> {
    let mut queue = Queue {
        to_personalize: store::queue::awaiting(conn).await?,
        photos_to_review: store::photos::count_waiting(conn).await?,
        ..Queue::default()
    };
    for (state, cards) in store::queue::cards_by_state(conn).await? {
        match state {
            CardState::SetAside | CardState::WaitingForLayout => queue.set_aside += cards,
            CardState::ReadyToPrint => queue.ready_to_print += cards,
            CardState::InPrintRun => queue.in_print_run += cards,
            CardState::Deposited => queue.deposited += cards,
            CardState::Returned => queue.returned += cards,
            CardState::Preparing
            | CardState::ReadyForDispatch
            | CardState::Dispatched
            | CardState::HandedOver
            | CardState::Void => {}
        }
    }
    Ok(queue)
}
