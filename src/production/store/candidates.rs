//! The cards that a print run could take, and those that something keeps from it.

use crate::cards::Way;
use crate::kernel::ids::CardId;
use crate::kernel::slug::Slug;
use crate::production::print_run::{Choice, Joining, SetAside};
use db::{Conn, DbError, args, sqlx};
use std::collections::BTreeMap;

db::statements! {
    /// Cards that are ready, the longest waiting first. Cards that another deed is about to take are left to it.
    READY = {
        lite: "SELECT c.id, c.print_data_sha256 FROM cards c WHERE c.state = 'ready_to_print'
            AND (CAST($1 AS TEXT) IS NULL OR c.product_key = $1) AND (CAST($2 AS TEXT) IS NULL OR c.house_key = $2)
            AND (CAST($3 AS TEXT) IS NULL OR c.way = $3) AND (CAST($4 AS BIGINT) IS NULL OR c.created_at < $4)
            AND +c.changed_at <= $5
            ORDER BY c.id LIMIT $6",
        pg: "SELECT c.id, c.print_data_sha256 FROM cards c WHERE c.state = 'ready_to_print'
            AND (CAST($1 AS TEXT) IS NULL OR c.product_key = $1) AND (CAST($2 AS TEXT) IS NULL OR c.house_key = $2)
            AND (CAST($3 AS TEXT) IS NULL OR c.way = $3) AND (CAST($4 AS BIGINT) IS NULL OR c.created_at < $4)
            AND +c.changed_at <= $5
            ORDER BY c.id LIMIT $6 FOR UPDATE OF c SKIP LOCKED"
    };
    /// The same without holding them.
    PEEK_READY = "SELECT c.id, c.print_data_sha256 FROM cards c WHERE c.state = 'ready_to_print'
            AND (CAST($1 AS TEXT) IS NULL OR c.product_key = $1) AND (CAST($2 AS TEXT) IS NULL OR c.house_key = $2)
            AND (CAST($3 AS TEXT) IS NULL OR c.way = $3) AND (CAST($4 AS BIGINT) IS NULL OR c.created_at < $4)
            AND +c.changed_at <= $5
        ORDER BY c.id LIMIT $6";
    /// How many there are, as far as they are counted.
    COUNT_READY = "SELECT COUNT(*) FROM (SELECT c.id FROM cards c WHERE c.state = 'ready_to_print'
            AND (CAST($1 AS TEXT) IS NULL OR c.product_key = $1) AND (CAST($2 AS TEXT) IS NULL OR c.house_key = $2)
            AND (CAST($3 AS TEXT) IS NULL OR c.way = $3) AND (CAST($4 AS BIGINT) IS NULL OR c.created_at < $4)
            AND +c.changed_at <= $5
        LIMIT $6) ready";
    /// The same by product and way.
    COUNT_SHARES = "SELECT ready.product_key, ready.way, COUNT(*) FROM (SELECT c.product_key, c.way FROM cards c WHERE c.state = 'ready_to_print'
            AND (CAST($1 AS TEXT) IS NULL OR c.product_key = $1) AND (CAST($2 AS TEXT) IS NULL OR c.house_key = $2)
            AND (CAST($3 AS TEXT) IS NULL OR c.way = $3) AND (CAST($4 AS BIGINT) IS NULL OR c.created_at < $4)
            AND +c.changed_at <= $5
        ORDER BY c.id LIMIT $6) ready GROUP BY ready.product_key, ready.way";
    /// Cards that are set aside, the longest waiting first.
    SET_ASIDE = "SELECT id, set_aside_reason FROM cards
        WHERE state = 'set_aside' AND set_aside_reason <> 'test_order' AND (CAST($1 AS TEXT) IS NULL OR product_key = $1) ORDER BY id LIMIT $2";
    /// One card, if it is ready.
    PEEK = "SELECT id, print_data_sha256 FROM cards WHERE id = $1 AND state = 'ready_to_print'";
    /// Why a card is set aside, if it is.
    SET_ASIDE_REASON = "SELECT set_aside_reason FROM cards WHERE id = $1 AND state = 'set_aside'";
}

/// A card that may join a run.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The card.
    pub card: CardId,
    /// The hash of what is frozen for it.
    pub print_data_sha256: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct CandidateRow {
    id: String,
    print_data_sha256: Option<Vec<u8>>,
}

/// The first cards that are ready, the longest waiting first. In a write they are held until its end, and cards that another write
/// holds are left out.
pub async fn hold_ready(tx: &mut Conn, wanted: &Joining) -> Result<Vec<CardId>, DbError> {
    Ok(candidates(tx, &READY, wanted).await?.into_iter().map(|candidate| candidate.card).collect())
}

/// The first cards that are ready now, the longest waiting first.
pub async fn peek_ready(conn: &mut Conn, wanted: &Joining) -> Result<Vec<Candidate>, DbError> {
    candidates(conn, &PEEK_READY, wanted).await
}

/// How many cards are ready, counted no further than what is wanted.
pub async fn count_ready(conn: &mut Conn, wanted: &Joining) -> Result<u32, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT_READY, choice_args(wanted)).await?;
    Ok(super::count(count))
}

/// The first cards that are ready, counted by product and way.
pub async fn count_shares(conn: &mut Conn, wanted: &Joining) -> Result<BTreeMap<(Slug, Way), u32>, DbError> {
    let rows: Vec<(String, String, i64)> = conn.fetch_all(&COUNT_SHARES, choice_args(wanted)).await?;
    let share = |(product, way, count): (String, String, i64)| {
        let way = Way::of(&way).ok_or_else(|| super::unfit("cards.way"))?;
        Ok(((super::id("cards.product_key", &product)?, way), super::count(count)))
    };
    rows.into_iter().map(share).collect()
}

/// One card that was named for a run: `None` when there is no such card, or when it is not ready.
pub async fn peek(conn: &mut Conn, card: CardId) -> Result<Option<Candidate>, DbError> {
    let row: Option<CandidateRow> = conn.fetch_optional(&PEEK, args![card.to_string()]).await?;
    Ok(row.into_iter().find_map(CandidateRow::candidate))
}

/// The cards that are set aside, the longest waiting first.
pub async fn set_aside(conn: &mut Conn, product: Option<&Slug>, most: u32) -> Result<Vec<SetAside>, DbError> {
    let rows: Vec<(String, Option<String>)> =
        conn.fetch_all(&SET_ASIDE, args![product.map(Slug::as_str), most]).await?;
    rows.into_iter()
        .map(|(card, reason)| Ok(SetAside { card: super::id("cards.id", &card)?, reason: reason.unwrap_or_default() }))
        .collect()
}

/// Why a card is set aside, if it is.
pub async fn set_aside_reason(conn: &mut Conn, card: CardId) -> Result<Option<String>, DbError> {
    let row: Option<(Option<String>,)> = conn.fetch_optional(&SET_ASIDE_REASON, args![card.to_string()]).await?;
    Ok(row.map(|(reason,)| reason.unwrap_or_default()))
}

async fn candidates(conn: &mut Conn, statement: &'static db::Sql, wanted: &Joining) -> Result<Vec<Candidate>, DbError> {
    let rows: Vec<CandidateRow> = conn.fetch_all(statement, choice_args(wanted)).await?;
    Ok(rows.into_iter().filter_map(CandidateRow::candidate).collect())
}

fn choice_args(wanted: &Joining) -> db::Args {
    let Choice { product, house, way, finalized_before } = &wanted.choice;
    args![
        product.as_ref().map(Slug::as_str),
        house.as_ref().map(Slug::as_str),
        way.map(Way::as_str),
        finalized_before.map(|before| before.0),
        wanted.ready_at.0,
        wanted.left
    ]
}

impl CandidateRow {
    fn candidate(self) -> Option<Candidate> {
        Some(Candidate { card: self.id.parse().ok()?, print_data_sha256: self.print_data_sha256? })
    }
}
