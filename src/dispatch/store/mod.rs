//! All SQL of the capability.

pub mod boxes;
pub mod monitor;
pub mod notices;
pub mod pickup_desk;
pub mod sent;
pub mod steps;

use super::pickup_code::PickupCode;
use super::ready_list::{Counts, Pile, ReadyCard};
use crate::cards::card::CardState;
use crate::cards::{Delivery, Way};
use crate::kernel::UtcMs;
use crate::kernel::address::Address;
use crate::kernel::ids::{CardId, OrderId};
use crate::kernel::slug::Slug;
use db::{Asc, Conn, DbError, List, Page, args, sqlx};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};

db::statements! {
    /// Gives a deposited card a pickup code.
    PUT_PICKUP_CODE = "INSERT INTO pickup_codes (card_id, code) VALUES ($1, $2) ON CONFLICT (card_id) DO UPDATE SET code = excluded.code";
    /// A new deposit without a code.
    DELETE_PICKUP_CODE = "DELETE FROM pickup_codes WHERE card_id = $1";
    /// The code of a card in a state.
    FIND_PICKUP_CODE = "SELECT p.code FROM pickup_codes p JOIN cards c ON c.id = p.card_id WHERE p.card_id = $1 AND c.state = $2";
    /// The code of the other cards of an order that lie in a house.
    CODE_OF_ORDER = "SELECT p.code FROM annual_tickets a JOIN cards c ON c.annual_ticket_id = a.id
        JOIN pickup_codes p ON p.card_id = c.id
        WHERE a.order_id = $1 AND c.state = 'deposited' AND c.house_key = $2 ORDER BY c.id LIMIT 1";
    /// To which address a card had been sent that came back.
    REMEMBER_RETURNED = "INSERT INTO returned_addresses (card_id, address, returned_at)
        SELECT c.id, a.address, $2 FROM cards c JOIN annual_tickets a ON a.id = c.annual_ticket_id
        WHERE c.id = $1 AND a.address IS NOT NULL
        ON CONFLICT (card_id) DO UPDATE SET address = excluded.address, returned_at = excluded.returned_at";
    /// The cards that are ready for dispatch, by their way to the holder.
    COUNT_READY = "SELECT way, house_key, COUNT(*) FROM cards WHERE state = 'ready_for_dispatch' GROUP BY way, house_key";
    /// The cards that lie ready, by house, and how many of them since before a moment.
    COUNT_LYING = "SELECT house_key, COUNT(*), CAST(SUM(CASE WHEN changed_at < $1 THEN 1 ELSE 0 END) AS BIGINT) FROM cards
        WHERE state = 'deposited' GROUP BY house_key";
    /// The cards that came back.
    COUNT_RETURNED = "SELECT COUNT(*) FROM cards WHERE state = 'returned'";
}

const READY: &str = "SELECT c.id, c.number, c.annual_ticket_id, c.product_key, c.changed_at,
    a.given_name, a.family_name, a.address, a.delivery FROM cards c JOIN annual_tickets a ON a.id = c.annual_ticket_id";

#[derive(sqlx::FromRow)]
struct ReadyRow {
    id: String,
    number: String,
    annual_ticket_id: String,
    product_key: String,
    changed_at: i64,
    given_name: Option<String>,
    family_name: Option<String>,
    address: Option<String>,
    delivery: Option<String>,
}

impl ReadyRow {
    fn ready_card(self) -> Result<ReadyCard, DbError> {
        let delivery = delivery(self.delivery.as_deref())?;
        let names: Vec<String> = [self.given_name, self.family_name].into_iter().flatten().collect();
        let address = match self.address {
            Some(address) if delivery.needs_address() => Some(json("annual_tickets.address", &address)?),
            _ => None,
        };
        Ok(ReadyCard {
            id: self.id.parse().map_err(|_| unfit("cards.id"))?,
            annual_ticket: self.annual_ticket_id.parse().map_err(|_| unfit("cards.annual_ticket_id"))?,
            number: self.number,
            product: self.product_key,
            holder: names.join(" "),
            delivery,
            address,
            ready_since: UtcMs(self.changed_at),
        })
    }
}

/// Keeps the pickup code of a deposit, or forgets that of an earlier one.
pub(in crate::dispatch) async fn set_pickup_code(
    tx: &mut Conn,
    card: CardId,
    code: Option<&PickupCode>,
) -> Result<(), DbError> {
    match code {
        Some(code) => tx.execute(&PUT_PICKUP_CODE, args![card.to_string(), code.as_str()]).await?,
        None => tx.execute(&DELETE_PICKUP_CODE, args![card.to_string()]).await?,
    };
    Ok(())
}

/// The pickup code of a card that is in `state`.
pub(in crate::dispatch) async fn pickup_code(
    conn: &mut Conn,
    card: CardId,
    state: CardState,
) -> Result<Option<String>, DbError> {
    let row: Option<(String,)> =
        conn.fetch_optional(&FIND_PICKUP_CODE, args![card.to_string(), state.as_str()]).await?;
    Ok(row.map(|(code,)| code))
}

/// The code that opens the shelf for the other cards of an order that lie in a house.
pub(in crate::dispatch) async fn code_of_order(
    conn: &mut Conn,
    order: OrderId,
    house: &Slug,
) -> Result<Option<PickupCode>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&CODE_OF_ORDER, args![order.to_string(), house.as_str()]).await?;
    row.map(|(code,)| PickupCode::parse(&code).map_err(|_| unfit("pickup_codes.code"))).transpose()
}

/// Keeps to which address a card had been sent that came back.
pub(in crate::dispatch) async fn remember_returned(tx: &mut Conn, card: CardId, now: UtcMs) -> Result<(), DbError> {
    tx.execute(&REMEMBER_RETURNED, args![card.to_string(), now.0]).await.map(drop)
}

/// From which addresses these cards came back.
pub(in crate::dispatch) async fn returned_from(
    conn: &mut Conn,
    cards: impl Iterator<Item = CardId>,
) -> Result<HashMap<CardId, Address>, DbError> {
    let list = List::new("SELECT card_id, address FROM returned_addresses")
        .filter_any("card_id", cards.map(|card| card.to_string()))
        .order("card_id", "card_id", Asc)
        .limit(1_000);
    let page: Page<(String, String)> = conn.list(list).await?;
    let from = |(card, address): (String, String)| {
        let card = card.parse().map_err(|_| unfit("returned_addresses.card_id"))?;
        Ok((card, json("returned_addresses.address", &address)?))
    };
    page.items.into_iter().map(from).collect()
}

/// A page of the cards that are ready for dispatch, the longest waiting first.
pub(in crate::dispatch) async fn ready(
    conn: &mut Conn,
    pile: &Pile,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<ReadyCard>, DbError> {
    let list = List::new(READY).filter("c.state = ?", CardState::ReadyForDispatch.as_str());
    let list = match pile {
        Pile::All => list,
        Pile::Mail => list.filter("c.way = ?", Way::Mail.as_str()),
        Pile::Pickup(house) => list
            .filter("c.way = ?", Way::Pickup.as_str())
            .filter_opt("c.house_key = ?", house.as_ref().map(Slug::as_str)),
        Pile::Counter => list.filter("c.way = ?", Way::Counter.as_str()),
    };
    let page: Page<ReadyRow> = conn.list(list.order("c.changed_at", "c.id", Asc).after(after).limit(limit)).await?;
    let items = page.items.into_iter().map(ReadyRow::ready_card).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// How many cards are ready for dispatch in each pile.
pub async fn count_ready(conn: &mut Conn) -> Result<Counts, DbError> {
    let rows: Vec<(String, Option<String>, i64)> = conn.fetch_all(&COUNT_READY, args![]).await?;
    let mut counts = Counts::default();
    for (way, house, cards) in rows {
        let way = Way::of(&way).ok_or_else(|| unfit("cards.way"))?;
        counts.add(way, house.unwrap_or_default(), u32::try_from(cards).unwrap_or(u32::MAX));
    }
    Ok(counts)
}

/// How many cards lie ready in each house, and how many of those are overdue; and how many came back.
pub async fn count_lying(conn: &mut Conn, overdue_before: UtcMs) -> Result<Lying, DbError> {
    let rows: Vec<(Option<String>, i64, i64)> = conn.fetch_all(&COUNT_LYING, args![overdue_before.0]).await?;
    let (returned,): (i64,) = conn.fetch_one(&COUNT_RETURNED, args![]).await?;
    let mut lying = Lying { returned, ..Lying::default() };
    for (house, cards, overdue) in rows {
        lying.deposited.insert(house.unwrap_or_default(), cards);
        lying.overdue += overdue;
    }
    Ok(lying)
}

/// What lies in the houses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lying {
    /// Cards that lie ready, by the key of the house.
    pub deposited: BTreeMap<String, i64>,
    /// Those of them that have lain too long.
    pub overdue: i64,
    /// Cards that came back.
    pub returned: i64,
}

/// Where nobody chose, a card is issued at the counter.
fn delivery(text: Option<&str>) -> Result<Delivery, DbError> {
    text.map_or(Ok(Delivery::Counter {}), |text| json("annual_tickets.delivery", text))
}

fn json<T: DeserializeOwned>(column: &str, text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|_| unfit(column))
}

fn unfit(column: &str) -> DbError {
    DbError::Sqlx(sqlx::Error::Decode(format!("{column} holds what this program did not write").into()))
}
