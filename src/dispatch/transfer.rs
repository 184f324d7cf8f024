//! Boxes in which cards travel from the house that prints to the house that hands out.
//!
//! A box is made for a house, filled by reading cards, and sent. In the other house each card is read: it leaves the box and lies ready. When
//! the box is closed, the cards that nobody read are named as missing; they stay in the box until somebody finds and reads them. A card in
//! a box takes no other step, so it is always known where it should be.

use super::deposit::{Deposit, DepositError, Opening, deposit};
use super::list_check::{DispatchList, NotInList};
use super::store::boxes;
use crate::audit::{self, Entry};
use crate::cards::CardState;
use crate::cards::journey::{self, Journey};
use crate::cards::queue::{self, CardAndTicket};
use crate::catalog;
use crate::kernel::ids::{CardId, TransferBoxId};
use crate::kernel::slug::Slug;
use crate::kernel::{Act, UtcMs};
use db::{Conn, DbError};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;

/// Where a box is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoxState {
    /// It is being filled.
    Open,
    /// It is on its way, or being unpacked.
    Sent,
    /// It was unpacked; what nobody read is missing.
    Arrived,
}

impl BoxState {
    /// The word in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Sent => "sent",
            Self::Arrived => "arrived",
        }
    }

    /// The state of a word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Open, Self::Sent, Self::Arrived].into_iter().find(|state| state.as_str() == word)
    }
}

/// A box.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TransferBox {
    /// The id.
    pub id: TransferBoxId,
    /// The number that stands on it.
    pub number: i64,
    /// The key of the house to which it goes.
    pub house: Slug,
    /// Where it is.
    pub state: BoxState,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: UtcMs,
    /// When it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sent_at: Option<UtcMs>,
    /// When it was closed after unpacking.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub arrived_at: Option<UtcMs>,
    /// How many cards were put in.
    pub cards: i64,
    /// How many of them were not read in the other house.
    pub left: i64,
}

/// Why a box stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum BoxError {
    /// There is no such house.
    #[error("there is no such house")]
    NoSuchHouse,
    /// There is no such box.
    #[error("there is no such box")]
    UnknownBox,
    /// There is no such card.
    #[error("there is no such card")]
    UnknownCard,
    /// The box is elsewhere.
    #[error("the box is {0:?}")]
    WrongState(BoxState),
    /// There is nothing in it.
    #[error("the box is empty")]
    Empty,
    /// The card does not belong to the house of the box.
    #[error("the card does not belong into this box: {1}")]
    NotForHouse(Box<CardAndTicket>, NotInList),
    /// The card is in another box, or in this one already.
    #[error("the card is in box {0}")]
    InBox(i64),
    /// The card is not in this box.
    #[error("the card is not in this box")]
    NotInBox,
    /// The card cannot be laid ready.
    #[error(transparent)]
    Deposit(DepositError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Makes an empty box for a house.
///
/// # Errors
/// When there is no such house.
pub async fn make_box(tx: &mut Conn, act: &Act, house: &Slug) -> Result<TransferBox, BoxError> {
    catalog::store::house(tx, house).await?.ok_or(BoxError::NoSuchHouse)?;
    let id: TransferBoxId = act.new_id();
    boxes::insert(tx, id, house, act.now).await?;
    audit::record(tx, act, Entry::new("transfer_box.made", "transfer_box", id).detail(json!({ "house": house })))
        .await?;
    boxes::find(tx, id).await?.ok_or(BoxError::UnknownBox)
}

/// Puts a card into an open box: one that is to be laid ready in the house of the box.
///
/// # Errors
/// When the box is not open, the card belongs elsewhere, or lies in a box.
pub async fn put_in(tx: &mut Conn, act: &Act, id: TransferBoxId, card: CardId) -> Result<TransferBox, BoxError> {
    let found = in_state(tx, id, BoxState::Open).await?;
    let item = queue::find(tx, card).await?.ok_or(BoxError::UnknownCard)?;
    let list = DispatchList::Shelf(found.house.clone());
    let refused = match item.card.state {
        CardState::ReadyForDispatch => list.check(item.card.state, item.ticket.delivery.as_ref()),
        state => Err(NotInList::Elsewhere(state)),
    };
    if let Err(why) = refused {
        return Err(BoxError::NotForHouse(Box::new(item), why));
    }
    // The card is held, so that no other step of it can begin before this is committed.
    if !boxes::hold_ready(tx, card).await? {
        return Err(BoxError::NotForHouse(Box::new(item), NotInList::Elsewhere(CardState::ReadyForDispatch)));
    }
    if let Some(other) = boxes::box_of(tx, card).await? {
        return Err(BoxError::InBox(other.number));
    }
    boxes::put_in(tx, id, card, act.now).await?;
    record(tx, act, "card.boxed", card, &found).await?;
    boxes::find(tx, id).await?.ok_or(BoxError::UnknownBox)
}

/// Takes a card out of the box in which it lies, where it was packed: out of an open box, or after it was found there when the box was
/// closed without it.
///
/// # Errors
/// When the card lies in no box, or in one that is on its way.
pub async fn take_out(tx: &mut Conn, act: &Act, card: CardId) -> Result<TransferBox, BoxError> {
    let found = boxes::box_of(tx, card).await?.ok_or(BoxError::NotInBox)?;
    let found = held(tx, found.id).await?;
    if found.state == BoxState::Sent {
        return Err(BoxError::WrongState(found.state));
    }
    boxes::take_out(tx, found.id, card).await?;
    journey::arrive(tx, card).await?;
    record(tx, act, "card.unboxed", card, &found).await?;
    boxes::find(tx, found.id).await?.ok_or(BoxError::UnknownBox)
}

/// Sends a box on its way.
///
/// # Errors
/// When it is not open, or empty.
pub async fn send(tx: &mut Conn, act: &Act, id: TransferBoxId) -> Result<TransferBox, BoxError> {
    let found = in_state(tx, id, BoxState::Open).await?;
    if found.cards == 0 {
        return Err(BoxError::Empty);
    }
    boxes::set_state(tx, id, BoxState::Sent, act.now).await?;
    let way = Journey { house: found.house.clone(), sent_at: act.now };
    for card in boxes::left_in(tx, id).await? {
        journey::depart(tx, card, &way).await?;
        record(tx, act, "card.sent_to_house", card, &found).await?;
    }
    boxes::find(tx, id).await?.ok_or(BoxError::UnknownBox)
}

/// Reads a card out of a box that came: it lies ready in the house from now on. One whose holder wants it another way meanwhile leaves
/// the box too and waits there. The last card closes the box.
///
/// # Errors
/// When the box was not sent, or the card is not in it.
pub async fn unpack(
    tx: &mut Conn,
    act: &Act,
    id: TransferBoxId,
    card: CardId,
    shelf: Option<String>,
) -> Result<TransferBox, BoxError> {
    let found = held(tx, id).await?;
    if found.state == BoxState::Open {
        return Err(BoxError::WrongState(found.state));
    }
    match boxes::box_of(tx, card).await? {
        Some(own) if own.id == id => {}
        Some(other) => return Err(BoxError::InBox(other.number)),
        None => return Err(BoxError::NotInBox),
    }
    boxes::arrive(tx, id, card, act.now).await?;
    journey::arrive(tx, card).await?;
    record(tx, act, "card.arrived", card, &found).await?;
    let item = queue::find(tx, card).await?.ok_or(BoxError::UnknownCard)?;
    let belongs = DispatchList::Shelf(found.house.clone()).check(item.card.state, item.ticket.delivery.as_ref());
    if belongs.is_ok() {
        let place = Deposit { house: found.house.clone(), shelf, opening: Opening::Mailed };
        deposit(tx, act, &BTreeSet::from([card]), &place).await.map_err(|error| match error {
            DepositError::Db(error) => BoxError::Db(error),
            other => BoxError::Deposit(other),
        })?;
    }
    let now = boxes::find(tx, id).await?.ok_or(BoxError::UnknownBox)?;
    if now.left == 0 && now.state == BoxState::Sent {
        return close(tx, act, id).await;
    }
    Ok(now)
}

/// Closes a box after it was unpacked. Cards that nobody read are missing from now on.
///
/// # Errors
/// When the box was not sent.
pub async fn close(tx: &mut Conn, act: &Act, id: TransferBoxId) -> Result<TransferBox, BoxError> {
    let found = in_state(tx, id, BoxState::Sent).await?;
    boxes::set_state(tx, id, BoxState::Arrived, act.now).await?;
    for card in boxes::left_in(tx, id).await? {
        record(tx, act, "card.missing", card, &found).await?;
    }
    boxes::find(tx, id).await?.ok_or(BoxError::UnknownBox)
}

/// The box, held until the transaction ends.
async fn held(tx: &mut Conn, id: TransferBoxId) -> Result<TransferBox, BoxError> {
    boxes::hold(tx, id).await?;
    boxes::find(tx, id).await?.ok_or(BoxError::UnknownBox)
}

async fn in_state(tx: &mut Conn, id: TransferBoxId, state: BoxState) -> Result<TransferBox, BoxError> {
    let found = held(tx, id).await?;
    if found.state == state { Ok(found) } else { Err(BoxError::WrongState(found.state)) }
}

async fn record(tx: &mut Conn, act: &Act, action: &str, card: CardId, of: &TransferBox) -> Result<(), DbError> {
    let detail = json!({ "box": of.number, "house": of.house });
    audit::record(tx, act, Entry::new(action, "card", card).detail(detail)).await
}
