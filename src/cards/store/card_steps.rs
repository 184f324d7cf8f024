//! The steps of cards in the database. Rows are only ever added; who came for a card is forgotten on demand.

use super::{parsed, parsed_opt, text};
use crate::cards::history::TakenStep;
use crate::kernel::UtcMs;
use crate::kernel::ids::{CardId, CardStepId};
use db::{Conn, DbError, args};

db::statements! {
    /// The steps of a card, the first first.
    OF_CARD = "SELECT id, card_id, step, from_state, to_state, at, actor, reason, run_id, house_key, shelf, carrier, tracking,
        picked_up_by, undoes, caused_by FROM card_steps WHERE card_id = $1 ORDER BY position";
    /// The steps that another step brought with it.
    CAUSED_BY = "SELECT id, card_id, step, from_state, to_state, at, actor, reason, run_id, house_key, shelf, carrier, tracking,
        picked_up_by, undoes, caused_by FROM card_steps WHERE caused_by = $1 ORDER BY card_id, position";
    /// Forgets who came for a card.
    FORGET_PERSONS = "UPDATE card_steps SET picked_up_by = NULL WHERE card_id = $1";
    /// Forgets where a card came back from.
    FORGET_ADDRESS = "DELETE FROM returned_addresses WHERE card_id = $1";
    /// Adds a step after all others of its card.
    INSERT = "INSERT INTO card_steps (id, card_id, position, step, from_state, to_state, at, actor, reason, run_id, house_key, shelf,
        carrier, tracking, picked_up_by, undoes, caused_by)
        VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM card_steps WHERE card_id = $2), $3, $4, $5, $6, $7, $8, $9, $10,
        $11, $12, $13, $14, $15, $16)";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    card_id: String,
    step: String,
    from_state: String,
    to_state: String,
    at: i64,
    actor: String,
    reason: Option<String>,
    run_id: Option<String>,
    house_key: Option<String>,
    shelf: Option<String>,
    carrier: Option<String>,
    tracking: Option<String>,
    picked_up_by: Option<String>,
    undoes: Option<String>,
    caused_by: Option<String>,
}

impl Row {
    fn step(self) -> Result<TakenStep, DbError> {
        Ok(TakenStep {
            id: parsed(&self.id)?,
            card_id: parsed(&self.card_id)?,
            step: self.step,
            from_state: parsed(&self.from_state)?,
            to_state: parsed(&self.to_state)?,
            at: UtcMs(self.at),
            actor: self.actor,
            reason: self.reason,
            run: parsed_opt(self.run_id.as_deref())?,
            house: parsed_opt(self.house_key.as_deref())?,
            shelf: self.shelf,
            carrier: self.carrier,
            tracking: self.tracking,
            picked_up_by: self.picked_up_by,
            undoes: parsed_opt(self.undoes.as_deref())?,
            caused_by: parsed_opt(self.caused_by.as_deref())?,
        })
    }
}

/// The steps of a card, the first first.
pub(in crate::cards) async fn of_card(conn: &mut Conn, card: CardId) -> Result<Vec<TakenStep>, DbError> {
    conn.fetch_all::<Row>(&OF_CARD, args![card.to_string()]).await?.into_iter().map(Row::step).collect()
}

/// The steps that another step brought with it.
pub(in crate::cards) async fn caused_by(conn: &mut Conn, step: CardStepId) -> Result<Vec<TakenStep>, DbError> {
    conn.fetch_all::<Row>(&CAUSED_BY, args![step.to_string()]).await?.into_iter().map(Row::step).collect()
}

/// Adds a step.
pub(in crate::cards) async fn insert(tx: &mut Conn, step: &TakenStep) -> Result<(), DbError> {
    let values = args![
        step.id.to_string(),
        step.card_id.to_string(),
        &step.step,
        step.from_state.as_str(),
        step.to_state.as_str(),
        step.at.0,
        &step.actor,
        step.reason.as_deref(),
        text(step.run),
        text(step.house.as_ref()),
        step.shelf.as_deref(),
        step.carrier.as_deref(),
        step.tracking.as_deref(),
        step.picked_up_by.as_deref(),
        text(step.undoes),
        text(step.caused_by)
    ];
    tx.execute_one(&INSERT, values).await
}

/// Forgets who came for a card, and where it came back from.
pub(in crate::cards) async fn forget_persons(tx: &mut Conn, card: CardId) -> Result<(), DbError> {
    tx.execute(&FORGET_PERSONS, args![card.to_string()]).await?;
    tx.execute(&FORGET_ADDRESS, args![card.to_string()]).await.map(drop)
}
