//! Transfer boxes in the database.

use super::unfit;
use crate::dispatch::transfer::{BoxState, TransferBox};
use crate::kernel::UtcMs;
use crate::kernel::ids::{CardId, TransferBoxId};
use crate::kernel::slug::Slug;
use db::{Conn, DbError, Desc, List, Page, args, sqlx};
use std::collections::HashMap;

db::statements! {
    /// The next number of a box.
    NEXT_BOX = "INSERT INTO number_series (name, last) VALUES ('transfer_box', 1)
        ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING last";
    /// Makes a box.
    INSERT_BOX = "INSERT INTO transfer_boxes (id, number, house_key, state, made_at) VALUES ($1, $2, $3, 'open', $4)";
    /// One box.
    FIND_BOX = "SELECT b.id, b.number, b.house_key, b.state, b.made_at, b.sent_at, b.arrived_at,
        (SELECT COUNT(*) FROM transfer_box_cards m WHERE m.box_id = b.id) AS cards,
        (SELECT COUNT(*) FROM transfer_box_cards m WHERE m.box_id = b.id AND m.arrived_at IS NULL) AS in_it
        FROM transfer_boxes b WHERE b.id = $1";
    /// The box in which a card lies.
    BOX_OF_CARD = "SELECT b.id, b.number, b.house_key, b.state, b.made_at, b.sent_at, b.arrived_at,
        (SELECT COUNT(*) FROM transfer_box_cards m WHERE m.box_id = b.id) AS cards,
        (SELECT COUNT(*) FROM transfer_box_cards m WHERE m.box_id = b.id AND m.arrived_at IS NULL) AS in_it
        FROM transfer_box_cards own JOIN transfer_boxes b ON b.id = own.box_id
        WHERE own.card_id = $1 AND own.arrived_at IS NULL";
    /// Nobody else changes a box meanwhile.
    HOLD_BOX = "UPDATE transfer_boxes SET number = number WHERE id = $1";
    /// Nobody else moves a ready card meanwhile.
    HOLD_READY = "UPDATE cards SET changed_at = changed_at WHERE id = $1 AND state = 'ready_for_dispatch'";
    /// Puts a card in. One that was in the box before is in it again.
    PUT_IN = "INSERT INTO transfer_box_cards (box_id, card_id, put_at) VALUES ($1, $2, $3)
        ON CONFLICT (box_id, card_id) DO UPDATE SET put_at = excluded.put_at, arrived_at = NULL";
    /// Takes a card out where it was packed.
    TAKE_OUT = "DELETE FROM transfer_box_cards WHERE box_id = $1 AND card_id = $2 AND arrived_at IS NULL";
    /// A card was read in the other house.
    ARRIVE = "UPDATE transfer_box_cards SET arrived_at = $3 WHERE box_id = $1 AND card_id = $2 AND arrived_at IS NULL";
    /// A box is sent.
    SEND_BOX = "UPDATE transfer_boxes SET state = 'sent', sent_at = $2 WHERE id = $1";
    /// A box was unpacked.
    CLOSE_BOX = "UPDATE transfer_boxes SET state = 'arrived', arrived_at = $2 WHERE id = $1";
    /// The cards that were not read out of a box.
    LEFT_IN = "SELECT card_id FROM transfer_box_cards WHERE box_id = $1 AND arrived_at IS NULL ORDER BY put_at, card_id";
    /// All cards that were put into a box, and whether they were read out of it.
    CARDS_OF_BOX = "SELECT card_id, arrived_at FROM transfer_box_cards WHERE box_id = $1 ORDER BY put_at, card_id";
    /// The boxes in which cards still lie, with how many and since when.
    COUNT_BOXED = "SELECT b.house_key, b.state, COUNT(*), CAST(MIN(m.put_at) AS BIGINT) FROM transfer_box_cards m
        JOIN transfer_boxes b ON b.id = m.box_id WHERE m.arrived_at IS NULL GROUP BY b.house_key, b.state";
}

const BOXES: &str = "SELECT b.id, b.number, b.house_key, b.state, b.made_at, b.sent_at, b.arrived_at,
    (SELECT COUNT(*) FROM transfer_box_cards m WHERE m.box_id = b.id) AS cards,
    (SELECT COUNT(*) FROM transfer_box_cards m WHERE m.box_id = b.id AND m.arrived_at IS NULL) AS in_it
    FROM transfer_boxes b";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    number: i64,
    house_key: String,
    state: String,
    made_at: i64,
    sent_at: Option<i64>,
    arrived_at: Option<i64>,
    cards: i64,
    in_it: i64,
}

impl Row {
    fn transfer_box(self) -> Result<TransferBox, DbError> {
        Ok(TransferBox {
            id: self.id.parse().map_err(|_| unfit("transfer_boxes.id"))?,
            number: self.number,
            house: self.house_key.parse().map_err(|_| unfit("transfer_boxes.house_key"))?,
            state: BoxState::of(&self.state).ok_or_else(|| unfit("transfer_boxes.state"))?,
            made_at: UtcMs(self.made_at),
            sent_at: self.sent_at.map(UtcMs),
            arrived_at: self.arrived_at.map(UtcMs),
            cards: self.cards,
            left: self.in_it,
        })
    }
}

/// Cards that lie in boxes, as they are counted.
#[derive(Debug, Clone)]
pub struct Boxed {
    /// The house to which the boxes go.
    pub house: String,
    /// Where the boxes are.
    pub state: BoxState,
    /// How many cards.
    pub cards: i64,
    /// Since when the first of them lies there.
    pub since: UtcMs,
}

pub(in crate::dispatch) async fn insert(
    tx: &mut Conn,
    id: TransferBoxId,
    house: &Slug,
    now: UtcMs,
) -> Result<(), DbError> {
    let (number,): (i64,) = tx.fetch_one(&NEXT_BOX, args![]).await?;
    tx.execute_one(&INSERT_BOX, args![id.to_string(), number, house.as_str(), now.0]).await
}

/// One box.
pub(in crate::dispatch) async fn find(conn: &mut Conn, id: TransferBoxId) -> Result<Option<TransferBox>, DbError> {
    conn.fetch_optional::<Row>(&FIND_BOX, args![id.to_string()]).await?.map(Row::transfer_box).transpose()
}

/// The box in which a card lies.
pub(in crate::dispatch) async fn box_of(conn: &mut Conn, card: CardId) -> Result<Option<TransferBox>, DbError> {
    conn.fetch_optional::<Row>(&BOX_OF_CARD, args![card.to_string()]).await?.map(Row::transfer_box).transpose()
}

/// A page of the boxes, the last made first; in one state, or all.
pub(in crate::dispatch) async fn page(
    conn: &mut Conn,
    state: Option<BoxState>,
    after: Option<&str>,
    rows: u32,
) -> Result<Page<TransferBox>, DbError> {
    let list = List::new(BOXES)
        .filter_opt("b.state = ?", state.map(BoxState::as_str))
        .order("b.id", "b.id", Desc)
        .after(after)
        .limit(rows);
    let page: Page<Row> = conn.list(list).await?;
    Ok(Page { items: page.items.into_iter().map(Row::transfer_box).collect::<Result<_, _>>()?, next: page.next })
}

pub(in crate::dispatch) async fn hold(tx: &mut Conn, id: TransferBoxId) -> Result<(), DbError> {
    tx.execute(&HOLD_BOX, args![id.to_string()]).await.map(drop)
}

/// Whether the card is ready for dispatch; nobody else moves it until the transaction ends.
pub(in crate::dispatch) async fn hold_ready(tx: &mut Conn, card: CardId) -> Result<bool, DbError> {
    Ok(tx.execute(&HOLD_READY, args![card.to_string()]).await? == 1)
}

pub(in crate::dispatch) async fn put_in(
    tx: &mut Conn,
    id: TransferBoxId,
    card: CardId,
    now: UtcMs,
) -> Result<(), DbError> {
    tx.execute_one(&PUT_IN, args![id.to_string(), card.to_string(), now.0]).await
}

pub(in crate::dispatch) async fn take_out(tx: &mut Conn, id: TransferBoxId, card: CardId) -> Result<(), DbError> {
    tx.execute_one(&TAKE_OUT, args![id.to_string(), card.to_string()]).await
}

pub(in crate::dispatch) async fn arrive(
    tx: &mut Conn,
    id: TransferBoxId,
    card: CardId,
    now: UtcMs,
) -> Result<(), DbError> {
    tx.execute_one(&ARRIVE, args![id.to_string(), card.to_string(), now.0]).await
}

pub(in crate::dispatch) async fn set_state(
    tx: &mut Conn,
    id: TransferBoxId,
    state: BoxState,
    now: UtcMs,
) -> Result<(), DbError> {
    let statement = if state == BoxState::Sent { &SEND_BOX } else { &CLOSE_BOX };
    tx.execute_one(statement, args![id.to_string(), now.0]).await
}

/// The cards that were not read out of a box.
pub(in crate::dispatch) async fn left_in(conn: &mut Conn, id: TransferBoxId) -> Result<Vec<CardId>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&LEFT_IN, args![id.to_string()]).await?;
    rows.into_iter().map(|(card,)| card.parse().map_err(|_| unfit("transfer_box_cards.card_id"))).collect()
}

/// All cards that were put into a box, and whether each was read out of it.
pub(in crate::dispatch) async fn cards(conn: &mut Conn, id: TransferBoxId) -> Result<Vec<(CardId, bool)>, DbError> {
    let rows: Vec<(String, Option<i64>)> = conn.fetch_all(&CARDS_OF_BOX, args![id.to_string()]).await?;
    let card = |(card, arrived): (String, Option<i64>)| {
        Ok((card.parse().map_err(|_| unfit("transfer_box_cards.card_id"))?, arrived.is_some()))
    };
    rows.into_iter().map(card).collect()
}

/// In which boxes these cards lie.
pub(in crate::dispatch) async fn of_cards(
    conn: &mut Conn,
    cards: impl Iterator<Item = CardId>,
) -> Result<HashMap<CardId, (i64, BoxState)>, DbError> {
    let list = List::new(
        "SELECT m.card_id, b.number, b.state FROM transfer_box_cards m JOIN transfer_boxes b ON b.id = m.box_id",
    )
    .filter_plain("m.arrived_at IS NULL")
    .filter_any("m.card_id", cards.map(|card| card.to_string()))
    .order("m.card_id", "m.card_id", db::Asc)
    .limit(1_000);
    let page: Page<(String, i64, String)> = conn.list(list).await?;
    let lies = |(card, number, state): (String, i64, String)| {
        let state = BoxState::of(&state).ok_or_else(|| unfit("transfer_boxes.state"))?;
        Ok((card.parse().map_err(|_| unfit("transfer_box_cards.card_id"))?, (number, state)))
    };
    page.items.into_iter().map(lies).collect()
}

/// How many cards lie in boxes, by the house to which they go and where the boxes are.
pub(in crate::dispatch) async fn count(conn: &mut Conn) -> Result<Vec<Boxed>, DbError> {
    let rows: Vec<(String, String, i64, i64)> = conn.fetch_all(&COUNT_BOXED, args![]).await?;
    let boxed = |(house, state, cards, since): (String, String, i64, i64)| {
        let state = BoxState::of(&state).ok_or_else(|| unfit("transfer_boxes.state"))?;
        Ok(Boxed { house, state, cards, since: UtcMs(since) })
    };
    rows.into_iter().map(boxed).collect()
}
