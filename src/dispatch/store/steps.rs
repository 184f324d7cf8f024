//! What somebody did just now, as the desks list it.

use crate::kernel::ids::{CardId, CardStepId};
use crate::kernel::{Actor, UtcMs};
use db::{Asc, Conn, DbError, List, Page, args, sqlx};
use std::collections::HashMap;

db::statements! {
    /// What an actor did between two moments, the first first.
    BETWEEN = "SELECT s.id, s.card_id, s.step, s.at, s.actor, s.house_key, s.shelf, c.number, a.given_name, a.family_name,
        s.position = (SELECT MAX(l.position) FROM card_steps l WHERE l.card_id = s.card_id) AS is_last
        FROM card_steps s JOIN cards c ON c.id = s.card_id JOIN annual_tickets a ON a.id = c.annual_ticket_id
        WHERE s.id > $2 AND s.id < $3 AND s.actor = $1
        AND s.step IN ('printed', 'spoiled', 'dispatched', 'deposited', 'made_ready', 'handed_over', 'returned')
        ORDER BY s.id LIMIT 1000";
    /// The last steps of one kind that an actor took, the last first.
    LATEST = "SELECT s.id, s.card_id, s.step, s.at, s.actor, s.house_key, s.shelf, c.number, a.given_name, a.family_name,
        s.position = (SELECT MAX(l.position) FROM card_steps l WHERE l.card_id = s.card_id) AS is_last
        FROM card_steps s JOIN cards c ON c.id = s.card_id JOIN annual_tickets a ON a.id = c.annual_ticket_id
        WHERE s.actor = $1 AND s.step = $2 ORDER BY s.id DESC LIMIT $3";
    /// The last step of a card.
    LAST_OF_CARD = "SELECT s.id, s.card_id, s.step, s.at, s.actor, s.house_key, s.shelf, c.number, a.given_name, a.family_name,
        TRUE AS is_last
        FROM card_steps s JOIN cards c ON c.id = s.card_id JOIN annual_tickets a ON a.id = c.annual_ticket_id
        WHERE s.card_id = $1 AND s.undoes IS NULL
        AND NOT EXISTS (SELECT 1 FROM card_steps u WHERE u.card_id = s.card_id AND u.undoes = s.id)
        ORDER BY s.position DESC LIMIT 1";
}

/// A step that somebody took, with what people look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenNow {
    /// The step's record.
    pub id: CardStepId,
    /// The card.
    pub card: CardId,
    /// The word for the step.
    pub step: String,
    /// When.
    pub at: UtcMs,
    /// Who.
    pub actor: String,
    /// In which house it was laid ready.
    pub house: Option<String>,
    /// Where in the house.
    pub shelf: Option<String>,
    /// The card's number, 14 digits.
    pub number: String,
    /// The holder's name.
    pub holder: String,
    /// Whether nothing later happened to the card.
    pub is_last: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    card_id: String,
    step: String,
    at: i64,
    actor: String,
    house_key: Option<String>,
    shelf: Option<String>,
    number: String,
    given_name: Option<String>,
    family_name: Option<String>,
    is_last: bool,
}

impl Row {
    fn step(self) -> Result<TakenNow, DbError> {
        let names: Vec<String> = [self.given_name, self.family_name].into_iter().flatten().collect();
        Ok(TakenNow {
            id: self.id.parse().map_err(|_| super::unfit("card_steps.id"))?,
            card: self.card_id.parse().map_err(|_| super::unfit("card_steps.card_id"))?,
            step: self.step,
            at: UtcMs(self.at),
            actor: self.actor,
            house: self.house_key,
            shelf: self.shelf,
            number: self.number,
            holder: names.join(" "),
            is_last: self.is_last,
        })
    }
}

/// What an actor did after one record and before another, the first first.
pub async fn between(
    conn: &mut Conn,
    actor: Actor,
    from: CardStepId,
    to: CardStepId,
) -> Result<Vec<TakenNow>, DbError> {
    let args = args![actor.to_string(), from.to_string(), to.to_string()];
    conn.fetch_all::<Row>(&BETWEEN, args).await?.into_iter().map(Row::step).collect()
}

/// The last steps of one kind that an actor took since a moment, the last first.
pub async fn latest(
    conn: &mut Conn,
    actor: Actor,
    step: &str,
    since: UtcMs,
    most: u32,
) -> Result<Vec<TakenNow>, DbError> {
    let rows: Vec<Row> = conn.fetch_all(&LATEST, args![actor.to_string(), step, most]).await?;
    rows.into_iter().filter(|row| row.at >= since.0).map(Row::step).collect()
}

/// The last step of a card that was not taken back.
pub async fn last_of_card(conn: &mut Conn, card: CardId) -> Result<Option<TakenNow>, DbError> {
    conn.fetch_optional::<Row>(&LAST_OF_CARD, args![card.to_string()]).await?.map(Row::step).transpose()
}

/// Why cards came back, the last time each did.
pub async fn return_reasons(
    conn: &mut Conn,
    cards: impl Iterator<Item = CardId>,
) -> Result<HashMap<CardId, String>, DbError> {
    let list = List::new("SELECT card_id, reason FROM card_steps")
        .filter("step = ?", "returned")
        .filter_any("card_id", cards.map(|card| card.to_string()))
        .order("id", "id", Asc)
        .limit(1_000);
    let page: Page<(String, Option<String>)> = conn.list(list).await?;
    // The later ones take the place of the earlier.
    let reason = |(card, reason): (String, Option<String>)| Some((card.parse().ok()?, reason?));
    Ok(page.items.into_iter().filter_map(reason).collect())
}
