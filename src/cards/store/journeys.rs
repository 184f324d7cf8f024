//! Cards on their way to another house, in the database.

use super::parsed;
use crate::cards::journey::Journey;
use crate::kernel::UtcMs;
use crate::kernel::ids::CardId;
use db::{Conn, DbError, args};

db::statements! {
    /// A card is on its way.
    INSERT = "INSERT INTO card_journeys (card_id, house_key, sent_at) VALUES ($1, $2, $3)
        ON CONFLICT (card_id) DO UPDATE SET house_key = excluded.house_key, sent_at = excluded.sent_at";
    /// A card is on its way no more.
    DELETE = "DELETE FROM card_journeys WHERE card_id = $1";
    /// Where a card goes.
    FIND = "SELECT house_key, sent_at FROM card_journeys WHERE card_id = $1";
}

pub(in crate::cards) async fn insert(tx: &mut Conn, card: CardId, journey: &Journey) -> Result<(), DbError> {
    tx.execute_one(&INSERT, args![card.to_string(), journey.house.as_str(), journey.sent_at.0]).await
}

pub(in crate::cards) async fn delete(tx: &mut Conn, card: CardId) -> Result<(), DbError> {
    tx.execute(&DELETE, args![card.to_string()]).await.map(drop)
}

/// Where a card goes, if it is on its way.
pub(in crate::cards) async fn find(conn: &mut Conn, card: CardId) -> Result<Option<Journey>, DbError> {
    let row: Option<(String, i64)> = conn.fetch_optional(&FIND, args![card.to_string()]).await?;
    row.map(|(house, sent_at)| Ok(Journey { house: parsed(&house)?, sent_at: UtcMs(sent_at) })).transpose()
}
