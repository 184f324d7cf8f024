//! The print data in the database.

use crate::cards::card::CardState;
use crate::kernel::UtcMs;
use crate::kernel::ids::CardId;
use crate::production::PrintData;
use db::{Conn, DbError, args};

db::statements! {
    /// Keeps print data.
    INSERT_PRINT_DATA = "INSERT INTO print_data (sha256, card_id, layout_id, layout_version, body, created_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (sha256) DO NOTHING";
    /// The print data with this hash.
    FIND_PRINT_DATA = "SELECT body FROM print_data WHERE sha256 = $1";
    /// All that was ever frozen for a card.
    ALL_OF_CARD = "SELECT sha256, body FROM print_data WHERE card_id = $1 ORDER BY created_at, sha256";
    /// Says something else under the same hash.
    REPLACE_PRINT_DATA = "UPDATE print_data SET body = $2 WHERE sha256 = $1";
    /// The hash of what is frozen for a card, and where the card stands.
    FROZEN_OF_CARD = "SELECT state, print_data_sha256 FROM cards WHERE id = $1";
}

/// Keeps print data under their hash; the same data again change nothing.
pub async fn insert(tx: &mut Conn, sha256: &[u8], data: &PrintData, body: &str, now: UtcMs) -> Result<(), DbError> {
    tx.execute(
        &INSERT_PRINT_DATA,
        args![sha256, data.card.to_string(), &data.layout_id, data.layout_version, body, now.0],
    )
    .await?;
    Ok(())
}

/// The print data with this hash.
pub async fn find(conn: &mut Conn, sha256: &[u8]) -> Result<Option<PrintData>, DbError> {
    let row: Option<(String,)> = conn.fetch_optional(&FIND_PRINT_DATA, args![sha256]).await?;
    row.map(|(body,)| super::json("print_data.body", &body)).transpose()
}

/// Where a card stands, and the hash of what is frozen for it. `None` when there is no such card.
pub async fn of_card(conn: &mut Conn, card: CardId) -> Result<Option<(CardState, Option<Vec<u8>>)>, DbError> {
    let row: Option<(String, Option<Vec<u8>>)> = conn.fetch_optional(&FROZEN_OF_CARD, args![card.to_string()]).await?;
    row.map(|(state, sha256)| Ok((state.parse().map_err(|_| super::unfit("cards.state"))?, sha256))).transpose()
}

/// All that was ever frozen for a card, with its hashes.
pub async fn all_of_card(conn: &mut Conn, card: CardId) -> Result<Vec<(Vec<u8>, PrintData)>, DbError> {
    let rows: Vec<(Vec<u8>, String)> = conn.fetch_all(&ALL_OF_CARD, args![card.to_string()]).await?;
    rows.into_iter().map(|(hash, body)| Ok((hash, super::json("print_data.body", &body)?))).collect()
}

/// Says something else under the hash of print data.
pub async fn replace(tx: &mut Conn, sha256: &[u8], body: &str) -> Result<(), DbError> {
    tx.execute_one(&REPLACE_PRINT_DATA, args![sha256, body]).await
}
