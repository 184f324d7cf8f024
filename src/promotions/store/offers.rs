//! The tables `offers` and `offer_versions`.

use super::{json, number, parsed, to_json};
use crate::kernel::slug::Slug;
use crate::kernel::{Act, UtcMs};
use crate::promotions::offer::{KnownOffer, activation_word};
use chrono::NaiveDate;
use db::{Asc, Conn, DbError, Desc, List, Page, args, sqlx};
use pricing::Offer;
use serde_json::Value;
use std::collections::BTreeMap;

db::statements! {
    /// One offer.
    FIND = "SELECT key, position, version, body, archived, created_at, updated_at FROM offers WHERE key = $1";
    /// The offers that may act on an order: those that nobody has to ask for and that are in effect on the day, and the named
    /// ones, in the order of the list.
    KNOWN = {
        lite: "SELECT key, position, version, body, archived, created_at, updated_at FROM offers
            WHERE (enabled AND activation <> 'code' AND COALESCE(valid_from, $2) <= $2 AND COALESCE(valid_until, $2) >= $2)
            OR key IN (SELECT value FROM json_each($1)) ORDER BY position, key",
        pg: "SELECT key, position, version, body, archived, created_at, updated_at FROM offers
            WHERE (enabled AND activation <> 'code' AND COALESCE(valid_from, $2) <= $2 AND COALESCE(valid_until, $2) >= $2)
            OR key IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB))) ORDER BY position, key"
    };
    /// Takes the list for changing its order: whoever does waits for whoever did.
    LOCK_LIST = {
        lite: "SELECT key FROM offers WHERE key = ''",
        pg: "SELECT key FROM offers ORDER BY key FOR UPDATE"
    };
    /// Adds an offer at the end of the list.
    INSERT = "INSERT INTO offers (key, position, body, enabled, activation, valid_from, valid_until, version, created_at,
        updated_at) VALUES ($1, (SELECT COALESCE(MAX(position), 0) + 1 FROM offers), $2, $3, $4, $5, $6, 1, $7, $7)
        ON CONFLICT DO NOTHING";
    /// Changes an offer.
    UPDATE = "UPDATE offers SET body = $2, enabled = $3, activation = $4, valid_from = $5, valid_until = $6,
        version = version + 1, updated_at = $7 WHERE key = $1 AND version = $8";
    /// Keeps a version.
    INSERT_VERSION = "INSERT INTO offer_versions (offer_key, version, body, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5)";
    /// Opens a gap before an offer moves up the list.
    SHIFT_DOWN = "UPDATE offers SET position = position + 1 WHERE position >= $2 AND position < $1";
    /// Closes the gap after an offer moves down the list.
    SHIFT_UP = "UPDATE offers SET position = position - 1 WHERE position <= $2 AND position > $1";
    /// Puts an offer at a place.
    PLACE = "UPDATE offers SET position = $2 WHERE key = $1";
    /// The last place of the list.
    LAST_PLACE = "SELECT COALESCE(MAX(position), 0) FROM offers";
    /// Puts an offer away, or takes it out again.
    ARCHIVE = "UPDATE offers SET archived = $2, updated_at = $3 WHERE key = $1";
    /// What an offer said in a version.
    VERSION = "SELECT version, body, changed_by, changed_at FROM offer_versions WHERE offer_key = $1 AND version = $2";
    /// The first two codes of each offer.
    FIRST_CODES = "SELECT o.key, (SELECT c.code FROM codes c WHERE c.offer_key = o.key ORDER BY c.fold LIMIT 1) AS first,
        (SELECT c.code FROM codes c WHERE c.offer_key = o.key ORDER BY c.fold LIMIT 1 OFFSET 1) AS second FROM offers o";
    /// Removes the codes of an offer.
    DELETE_CODES = "DELETE FROM codes WHERE offer_key = $1";
    /// Removes the batches of an offer.
    DELETE_BATCHES = "DELETE FROM code_batches WHERE offer_key = $1";
    /// Removes the versions of an offer.
    DELETE_VERSIONS = "DELETE FROM offer_versions WHERE offer_key = $1";
    /// Removes an offer.
    DELETE = "DELETE FROM offers WHERE key = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    position: i64,
    version: i64,
    body: String,
    archived: bool,
    created_at: i64,
    updated_at: i64,
}

impl Row {
    fn offer(self) -> Result<KnownOffer, DbError> {
        Ok(KnownOffer {
            key: parsed(&self.key)?,
            position: self.position,
            version: number(self.version)?,
            offer: json(&self.body)?,
            archived: self.archived,
            created_at: UtcMs(self.created_at),
            updated_at: UtcMs(self.updated_at),
        })
    }
}

/// One version of an offer.
#[derive(Debug)]
pub(in crate::promotions) struct OfferVersion {
    pub(in crate::promotions) version: u32,
    pub(in crate::promotions) body: Value,
    pub(in crate::promotions) changed_by: String,
    pub(in crate::promotions) changed_at: UtcMs,
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    version: i64,
    body: String,
    changed_by: String,
    changed_at: i64,
}

impl VersionRow {
    fn version(self) -> Result<OfferVersion, DbError> {
        Ok(OfferVersion {
            version: number(self.version)?,
            body: json(&self.body)?,
            changed_by: self.changed_by,
            changed_at: UtcMs(self.changed_at),
        })
    }
}

/// The offers that may act on an order of `today`, in the order of the list: those that nobody has to ask for, and the named ones.
pub async fn known_offers(conn: &mut Conn, today: NaiveDate, named: &[String]) -> Result<Vec<KnownOffer>, DbError> {
    let rows: Vec<Row> = conn.fetch_all(&KNOWN, args![to_json(&named)?, today.to_string()]).await?;
    rows.into_iter().map(Row::offer).collect()
}

pub(in crate::promotions) async fn find_offer(conn: &mut Conn, key: &Slug) -> Result<Option<KnownOffer>, DbError> {
    let row: Option<Row> = conn.fetch_optional(&FIND, args![key.as_str()]).await?;
    row.map(Row::offer).transpose()
}

pub(in crate::promotions) async fn offers_page(
    conn: &mut Conn,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<KnownOffer>, DbError> {
    let list = List::new("SELECT key, position, version, body, archived, created_at, updated_at FROM offers")
        .order("position", "key", Asc)
        .after(after)
        .limit(limit);
    let page: Page<Row> = conn.list(list).await?;
    Ok(Page { items: page.items.into_iter().map(Row::offer).collect::<Result<_, _>>()?, next: page.next })
}

/// The versions of an offer, the newest first.
pub(in crate::promotions) async fn versions_page(
    conn: &mut Conn,
    key: &Slug,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<OfferVersion>, DbError> {
    let list = List::new("SELECT version, body, changed_by, changed_at FROM offer_versions")
        .filter("offer_key = ?", key.as_str())
        .order("version", "version", Desc)
        .after(after)
        .limit(limit);
    let page: Page<VersionRow> = conn.list(list).await?;
    Ok(Page { items: page.items.into_iter().map(VersionRow::version).collect::<Result<_, _>>()?, next: page.next })
}

/// A version of an offer.
pub(in crate::promotions) async fn find_version(
    conn: &mut Conn,
    key: &Slug,
    version: u32,
) -> Result<Option<OfferVersion>, DbError> {
    let row: Option<VersionRow> = conn.fetch_optional(&VERSION, args![key.as_str(), version]).await?;
    row.map(VersionRow::version).transpose()
}

pub(in crate::promotions) async fn archive_offer(
    tx: &mut Conn,
    act: &Act,
    key: &Slug,
    archived: bool,
) -> Result<(), DbError> {
    tx.execute_one(&ARCHIVE, args![key.as_str(), archived, act.now.0]).await
}

/// The first code of each offer that has any, and whether it has more.
pub(in crate::promotions) async fn first_codes(conn: &mut Conn) -> Result<BTreeMap<String, (String, bool)>, DbError> {
    let rows: Vec<(String, Option<String>, Option<String>)> = conn.fetch_all(&FIRST_CODES, args![]).await?;
    let first =
        |(key, first, second): (String, Option<String>, Option<String>)| Some((key, (first?, second.is_some())));
    Ok(rows.into_iter().filter_map(first).collect())
}

/// Holds the list until the transaction ends, so that two changes of its order do not mix.
pub(in crate::promotions) async fn lock_list(tx: &mut Conn) -> Result<(), DbError> {
    let _: Vec<(String,)> = tx.fetch_all(&LOCK_LIST, args![]).await?;
    Ok(())
}

/// Adds an offer at the end of the list; answers whether its key was free.
pub(in crate::promotions) async fn insert_offer(
    tx: &mut Conn,
    act: &Act,
    key: &Slug,
    offer: &Offer,
) -> Result<bool, DbError> {
    let body = to_json(offer)?;
    let inserted = tx
        .execute(
            &INSERT,
            args![
                key.as_str(),
                &body,
                offer.enabled,
                activation_word(offer.activation),
                offer.valid_from.map(|day| day.to_string()),
                offer.valid_until.map(|day| day.to_string()),
                act.now.0
            ],
        )
        .await?;
    if inserted == 0 {
        return Ok(false);
    }
    insert_version(tx, act, key, 1, &body).await?;
    Ok(true)
}

/// Replaces what a known offer says and keeps the new version.
pub(in crate::promotions) async fn update_offer(tx: &mut Conn, act: &Act, known: &KnownOffer) -> Result<(), DbError> {
    let offer = &known.offer;
    let body = to_json(offer)?;
    tx.execute_one(
        &UPDATE,
        args![
            known.key.as_str(),
            &body,
            offer.enabled,
            activation_word(offer.activation),
            offer.valid_from.map(|day| day.to_string()),
            offer.valid_until.map(|day| day.to_string()),
            act.now.0,
            known.version
        ],
    )
    .await?;
    insert_version(tx, act, &known.key, known.version + 1, &body).await
}

/// Moves an offer to a place of the list; places count from 1. A place beyond the end is the end.
pub(in crate::promotions) async fn move_offer(tx: &mut Conn, known: &KnownOffer, place: i64) -> Result<(), DbError> {
    let (last,): (i64,) = tx.fetch_one(&LAST_PLACE, args![]).await?;
    let place = place.clamp(1, last.max(1));
    if place < known.position {
        tx.execute(&SHIFT_DOWN, args![known.position, place]).await?;
    } else {
        tx.execute(&SHIFT_UP, args![known.position, place]).await?;
    }
    tx.execute_one(&PLACE, args![known.key.as_str(), place]).await
}

/// Removes an offer with its codes and versions. None of them was ever used.
pub(in crate::promotions) async fn delete_offer(tx: &mut Conn, key: &Slug) -> Result<(), DbError> {
    for statement in [&DELETE_CODES, &DELETE_BATCHES, &DELETE_VERSIONS] {
        tx.execute(statement, args![key.as_str()]).await?;
    }
    super::delete_imports(tx, key).await?;
    super::delete_texts(tx, key).await?;
    tx.execute_one(&DELETE, args![key.as_str()]).await
}

async fn insert_version(tx: &mut Conn, act: &Act, key: &Slug, version: u32, body: &str) -> Result<(), DbError> {
    let values = args![key.as_str(), version, body, act.actor.to_string(), act.now.0];
    tx.execute_one(&INSERT_VERSION, values).await
}
