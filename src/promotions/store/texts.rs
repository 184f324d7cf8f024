//! The table `offer_texts`: what customers read about offers in their language.

use super::to_json;
use crate::kernel::slug::Slug;
use crate::promotions::offer::OfferText;
use db::{Conn, DbError, args};
use std::collections::BTreeMap;

db::statements! {
    /// The texts of some offers in a language.
    IN_LANGUAGE = {
        lite: "SELECT offer_key, name, description FROM offer_texts
            WHERE language = $2 AND offer_key IN (SELECT value FROM json_each($1))",
        pg: "SELECT offer_key, name, description FROM offer_texts
            WHERE language = $2 AND offer_key IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))"
    };
    /// All texts of an offer.
    OF_OFFER = "SELECT language AS offer_key, name, description FROM offer_texts WHERE offer_key = $1";
    /// Keeps a text.
    KEEP = "INSERT INTO offer_texts (offer_key, language, name, description) VALUES ($1, $2, $3, $4)
        ON CONFLICT (offer_key, language) DO UPDATE SET name = excluded.name, description = excluded.description";
    /// The texts of an offer for a copy of it.
    COPY = "INSERT INTO offer_texts (offer_key, language, name, description)
        SELECT $2, language, name, description FROM offer_texts WHERE offer_key = $1";
    /// Removes the texts of an offer.
    DELETE = "DELETE FROM offer_texts WHERE offer_key = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    /// The offer, or the language where the offer is known.
    offer_key: String,
    name: Option<String>,
    description: Option<String>,
}

fn by_key(rows: Vec<Row>) -> BTreeMap<String, OfferText> {
    let text = |row: Row| (row.offer_key, OfferText { name: row.name, description: row.description });
    rows.into_iter().map(text).collect()
}

/// What customers read about these offers in a language, as far as there is a text of its own.
///
/// # Errors
/// When the database refuses.
pub async fn offer_texts(
    conn: &mut Conn,
    offers: &[String],
    language: &str,
) -> Result<BTreeMap<String, OfferText>, DbError> {
    if offers.is_empty() {
        return Ok(BTreeMap::new());
    }
    Ok(by_key(conn.fetch_all(&IN_LANGUAGE, args![to_json(&offers)?, language]).await?))
}

/// All texts of an offer by language.
pub(in crate::promotions) async fn texts_of(
    conn: &mut Conn,
    offer: &Slug,
) -> Result<BTreeMap<String, OfferText>, DbError> {
    Ok(by_key(conn.fetch_all(&OF_OFFER, args![offer.as_str()]).await?))
}

pub(in crate::promotions) async fn keep_text(
    tx: &mut Conn,
    offer: &Slug,
    language: &str,
    text: &OfferText,
) -> Result<(), DbError> {
    let values = args![offer.as_str(), language, text.name.as_deref(), text.description.as_deref()];
    tx.execute_one(&KEEP, values).await
}

pub(in crate::promotions) async fn copy_texts(tx: &mut Conn, from: &Slug, to: &Slug) -> Result<(), DbError> {
    tx.execute(&COPY, args![from.as_str(), to.as_str()]).await.map(drop)
}

pub(in crate::promotions) async fn delete_texts(tx: &mut Conn, offer: &Slug) -> Result<(), DbError> {
    tx.execute(&DELETE, args![offer.as_str()]).await.map(drop)
}
