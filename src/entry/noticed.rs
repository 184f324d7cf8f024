//! What somebody should know of the gates: whom a person admitted by hand, who entered though blocked, which card was in two houses
//! faster than one can travel, and which gate does not know which block yet.

use super::device::{Device, DeviceState};
use super::store::noticed;
use crate::kernel::UtcMs;
use card::{CardId, Reason};
use db::{Conn, DbError, Position};

/// One card in two houses within this time is worth a look, in minutes.
pub const TRAVEL_MINUTES: i64 = 20;
/// What is told goes back so many days.
pub const DAYS: i64 = 30;
/// Of each kind, so much is told.
pub const ROWS_MAX: u32 = 200;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// What gates noticed lately, the latest first.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Noticed {
    /// Admissions by hand.
    pub by_hand: Vec<ByHandSeen>,
    /// Admissions of cards that were blocked or void by then.
    pub conflicts: Vec<Conflict>,
    /// One card in two houses.
    pub travels: Vec<Travel>,
}

/// Somebody was admitted by hand at a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHandSeen {
    /// When.
    pub at: UtcMs,
    /// The name of the gate.
    pub gate: String,
    /// Whose PIN it was.
    pub by: Option<String>,
    /// What the gate had said against it.
    pub against: Option<Reason>,
    /// Why, in their words.
    pub why: String,
    /// The card, if it was one.
    pub card: Option<CardId>,
}

/// A card was admitted that the server knew to be blocked or void.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// When.
    pub at: UtcMs,
    /// The name of the gate.
    pub gate: String,
    /// It was blocked; else it was void.
    pub is_block: bool,
    /// The card.
    pub card: CardId,
}

/// One card was admitted in two houses, one soon after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Travel {
    /// The card.
    pub card: CardId,
    /// When and in which house first.
    pub first: (UtcMs, String),
    /// When and in which house then.
    pub second: (UtcMs, String),
}

/// What a gate does not know yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lacks {
    /// It has nothing of this history: it fetches all cards first.
    Everything,
    /// These cards are blocked, and it does not know so. None: it knows every block.
    Blocks(Vec<CardId>),
}

/// What gates noticed within the last days.
///
/// # Errors
/// When the database refuses.
pub async fn noticed(conn: &mut Conn, now: UtcMs) -> Result<Noticed, DbError> {
    let since = now.plus_millis(-DAYS * DAY_MS);
    Ok(Noticed {
        by_hand: noticed::by_hand(conn, since, ROWS_MAX).await?,
        conflicts: noticed::conflicts(conn, since, ROWS_MAX).await?,
        travels: noticed::travels(conn, since, TRAVEL_MINUTES * 60_000, ROWS_MAX).await?,
    })
}

/// What each of these gates does not know yet, in their order; `None` for one that is not at work.
///
/// # Errors
/// When the database refuses.
pub async fn lacks(conn: &mut Conn, position: &Position, gates: &[Device]) -> Result<Vec<Option<Lacks>>, DbError> {
    let knows = |gate: &Device| gate.known_seq.filter(|_| gate.known_epoch.as_deref() == Some(&position.epoch));
    let Some(lowest) = gates.iter().filter_map(knows).min() else {
        return Ok(gates.iter().map(|gate| at_work(gate).then_some(Lacks::Everything)).collect());
    };
    let blocks = noticed::blocks_behind(conn, lowest, ROWS_MAX).await?;
    let of = |gate: &Device| match knows(gate) {
        _ if !at_work(gate) => None,
        None => Some(Lacks::Everything),
        Some(known) => {
            let behind = blocks.iter().filter(|(_, seq)| seq.is_none_or(|seq| seq > known));
            Some(Lacks::Blocks(behind.map(|(card, _)| *card).collect()))
        }
    };
    Ok(gates.iter().map(of).collect())
}

fn at_work(gate: &Device) -> bool {
    gate.state == DeviceState::Paired
}
