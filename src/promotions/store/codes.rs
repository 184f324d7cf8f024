//! The tables `codes` and `code_batches`.

use super::{json, number, parsed, to_json};
use crate::kernel::Act;
use crate::kernel::ids::CodeBatchId;
use crate::kernel::slug::Slug;
use crate::promotions::code::{Code, CodeText, NewCode, Pattern};
use crate::promotions::generate_codes::NewBatch;
use chrono::NaiveDate;
use db::{Asc, Conn, DbError, List, Page, args, sqlx};
use pricing::Offer;
use serde::Serialize;

db::statements! {
    /// The codes with these folded texts.
    ENTERED = {
        lite: "SELECT c.fold, c.code, c.offer_key, c.enabled, c.max_uses, COALESCE(l.used, 0) AS used, c.batch_id FROM codes c
            LEFT JOIN limit_counters l ON l.kind = 'code_uses' AND l.subject = c.fold
            WHERE c.fold IN (SELECT value FROM json_each($1))",
        pg: "SELECT c.fold, c.code, c.offer_key, c.enabled, c.max_uses, COALESCE(l.used, 0) AS used, c.batch_id FROM codes c
            LEFT JOIN limit_counters l ON l.kind = 'code_uses' AND l.subject = c.fold
            WHERE c.fold IN (SELECT jsonb_array_elements_text(CAST($1 AS JSONB)))"
    };
    /// Offers with an open code that may be typed on the day, in the order of the list.
    OPEN = "SELECT o.body FROM offers o WHERE o.enabled AND o.activation = 'code'
        AND COALESCE(o.valid_from, $1) <= $1 AND COALESCE(o.valid_until, $1) >= $1
        AND EXISTS (SELECT 1 FROM codes c WHERE c.offer_key = o.key AND c.enabled AND (c.max_uses IS NULL OR c.max_uses >
            COALESCE((SELECT l.used FROM limit_counters l WHERE l.kind = 'code_uses' AND l.subject = c.fold), 0)))
        ORDER BY o.position, o.key";
    /// Offers with an enabled code that is never used up, in effect on the day.
    WITH_ENDLESS = "SELECT o.body FROM offers o WHERE o.enabled AND o.activation = 'code'
        AND COALESCE(o.valid_from, $1) <= $1 AND COALESCE(o.valid_until, $1) >= $1
        AND EXISTS (SELECT 1 FROM codes c WHERE c.offer_key = o.key AND c.enabled AND c.max_uses IS NULL)
        ORDER BY o.position, o.key";
    /// Adds a code unless it, or one that looks like it, is there.
    INSERT = "INSERT INTO codes (fold, code, skeleton, offer_key, batch_id, enabled, max_uses, created_at)
        VALUES ($1, $2, $3, $4, NULL, $5, $6, $7) ON CONFLICT DO NOTHING";
    /// Adds codes, except those that are there or look like one.
    INSERT_MANY = {
        lite: "INSERT INTO codes (fold, code, skeleton, offer_key, batch_id, enabled, max_uses, created_at)
            SELECT value ->> 'fold', value ->> 'code', value ->> 'skeleton', $2, $3, value ->> 'enabled', value ->> 'max_uses',
            CAST($4 AS BIGINT) FROM json_each($1) WHERE TRUE
            ON CONFLICT DO NOTHING RETURNING code",
        pg: "INSERT INTO codes (fold, code, skeleton, offer_key, batch_id, enabled, max_uses, created_at)
            SELECT r.fold, r.code, r.skeleton, $2, $3, r.enabled, r.max_uses, CAST($4 AS BIGINT)
            FROM jsonb_to_recordset(CAST($1 AS JSONB))
            AS r (fold TEXT, code TEXT, skeleton TEXT, enabled BOOLEAN, max_uses BIGINT)
            ON CONFLICT DO NOTHING RETURNING code"
    };
    /// Records a batch.
    INSERT_BATCH = "INSERT INTO code_batches (id, offer_key, code_count, prefix, code_length, max_uses, created_by, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// A batch with the codes that it has.
    FIND_BATCH = "SELECT b.offer_key, b.code_count, b.prefix, b.code_length, b.max_uses,
        (SELECT COUNT(*) FROM codes c WHERE c.offer_key = b.offer_key AND c.batch_id = b.id) AS made
        FROM code_batches b WHERE b.id = $1";
    /// The code that another one looks like.
    LIKE_IT = "SELECT fold, code FROM codes WHERE fold = $1 OR skeleton = $2 ORDER BY fold = $1 DESC LIMIT 1";
    /// How many codes an offer has.
    COUNT = "SELECT COUNT(*) FROM codes WHERE offer_key = $1";
    /// How many codes of an offer hold this text.
    COUNT_HOLDING = {
        lite: "SELECT COUNT(*) FROM codes WHERE offer_key = $1 AND INSTR(fold, $2) > 0",
        pg: "SELECT COUNT(*) FROM codes WHERE offer_key = $1 AND STRPOS(fold, $2) > 0"
    };
    /// Changes a code.
    CHANGE = "UPDATE codes SET enabled = $2, max_uses = $3 WHERE fold = $1";
    /// Removes a code.
    DELETE = "DELETE FROM codes WHERE fold = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    fold: String,
    code: String,
    offer_key: String,
    enabled: bool,
    max_uses: Option<i64>,
    used: i64,
    batch_id: Option<String>,
}

impl Row {
    fn code(self) -> Result<(String, Code), DbError> {
        let code = Code {
            code: self.code,
            offer: parsed(&self.offer_key)?,
            enabled: self.enabled,
            max_uses: self.max_uses.map(number).transpose()?,
            used: number(self.used)?,
            batch: self.batch_id,
        };
        Ok((self.fold, code))
    }
}

/// The codes among the entered ones that exist, with their uses, each with the form in which it is compared.
pub async fn codes_entered(conn: &mut Conn, folds: &[String]) -> Result<Vec<(String, Code)>, DbError> {
    if folds.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = conn.fetch_all(&ENTERED, args![to_json(&folds)?]).await?;
    rows.into_iter().map(Row::code).collect()
}

/// The offers with a code that could be typed on the day and is not used up, in the order of the list.
pub async fn offers_with_open_codes(conn: &mut Conn, today: NaiveDate) -> Result<Vec<Offer>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&OPEN, args![today.to_string()]).await?;
    rows.iter().map(|(body,)| json(body)).collect()
}

/// The offers with a code that could be typed on the day and is never used up, in the order of the list.
pub async fn offers_with_endless_codes(conn: &mut Conn, today: NaiveDate) -> Result<Vec<Offer>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&WITH_ENDLESS, args![today.to_string()]).await?;
    rows.iter().map(|(body,)| json(body)).collect()
}

pub(in crate::promotions) async fn find_code(conn: &mut Conn, fold: &str) -> Result<Option<Code>, DbError> {
    let found = codes_entered(conn, &[fold.to_owned()]).await?;
    Ok(found.into_iter().next().map(|(_, code)| code))
}

/// A page of the codes of an offer; with a text only those that hold it. The text is folded as codes are.
pub(in crate::promotions) async fn codes_page(
    conn: &mut Conn,
    offer: &Slug,
    text: &str,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<Code>, DbError> {
    let list = List::new(
        "SELECT c.fold, c.code, c.offer_key, c.enabled, c.max_uses, COALESCE(l.used, 0) AS used, c.batch_id FROM codes c
        LEFT JOIN limit_counters l ON l.kind = 'code_uses' AND l.subject = c.fold",
    )
    .filter("c.offer_key = ?", offer.as_str())
    .search(&["c.fold"], text)
    .order("c.fold", "c.fold", Asc)
    .after(after)
    .limit(limit);
    let page: Page<Row> = conn.list(list).await?;
    let code = |row: Row| row.code().map(|(_, code)| code);
    Ok(Page { items: page.items.into_iter().map(code).collect::<Result<_, _>>()?, next: page.next })
}

/// How many codes an offer has; with a text only those that hold it.
pub(in crate::promotions) async fn count_codes(conn: &mut Conn, offer: &Slug, text: &str) -> Result<i64, DbError> {
    let (count,): (i64,) = if text.is_empty() {
        conn.fetch_one(&COUNT, args![offer.as_str()]).await?
    } else {
        conn.fetch_one(&COUNT_HOLDING, args![offer.as_str(), text]).await?
    };
    Ok(count)
}

/// Adds a code; answers whether neither it nor one that looks like it was there.
pub(in crate::promotions) async fn add_code(
    tx: &mut Conn,
    act: &Act,
    offer: &Slug,
    code: &CodeText,
    enabled: bool,
    max_uses: Option<u32>,
) -> Result<bool, DbError> {
    let values = args![code.fold(), code.as_str(), code.skeleton(), offer.as_str(), enabled, max_uses, act.now.0];
    Ok(tx.execute(&INSERT, values).await? == 1)
}

/// An existing code that a new one collides with.
pub(in crate::promotions) enum Confusable {
    /// It is the same code.
    Same(String),
    /// It only looks like it.
    LooksLike(String),
}

pub(in crate::promotions) async fn confusable(conn: &mut Conn, code: &CodeText) -> Result<Option<Confusable>, DbError> {
    let fold = code.fold();
    let found: Option<(String, String)> = conn.fetch_optional(&LIKE_IT, args![&fold, code.skeleton()]).await?;
    Ok(found.map(|(other, text)| if other == fold { Confusable::Same(text) } else { Confusable::LooksLike(text) }))
}

pub(in crate::promotions) async fn insert_batch(
    tx: &mut Conn,
    act: &Act,
    id: CodeBatchId,
    offer: &Slug,
    new: &NewBatch,
) -> Result<(), DbError> {
    let length = i64::try_from(new.pattern.length).unwrap_or(i64::MAX);
    let (actor, prefix) = (act.actor.to_string(), new.pattern.prefix.as_str());
    let values = args![id.to_string(), offer.as_str(), new.count, prefix, length, new.max_uses, actor, act.now.0];
    tx.execute_one(&INSERT_BATCH, values).await
}

/// Adds codes, of a batch or not, and answers those that were not there before.
pub(in crate::promotions) async fn add_codes(
    tx: &mut Conn,
    act: &Act,
    batch: Option<CodeBatchId>,
    offer: &Slug,
    codes: &[NewCode],
) -> Result<Vec<String>, DbError> {
    #[derive(Serialize)]
    struct New<'c> {
        fold: String,
        code: &'c str,
        skeleton: String,
        enabled: bool,
        max_uses: Option<u32>,
    }
    let mut rows: Vec<New<'_>> = Vec::with_capacity(codes.len());
    for NewCode { code, enabled, max_uses } in codes {
        let (fold, skeleton) = (code.fold(), code.skeleton());
        rows.push(New { fold, code: code.as_str(), skeleton, enabled: *enabled, max_uses: *max_uses });
    }
    let values = args![to_json(&rows)?, offer.as_str(), batch.map(|id| id.to_string()), act.now.0];
    let added: Vec<(String,)> = tx.fetch_all(&INSERT_MANY, values).await?;
    Ok(added.into_iter().map(|(code,)| code).collect())
}

/// A batch, with how many codes of it there are.
#[derive(Debug, sqlx::FromRow)]
pub(in crate::promotions) struct Batch {
    offer_key: String,
    code_count: i64,
    prefix: String,
    code_length: i64,
    max_uses: Option<i64>,
    made: i64,
}

impl Batch {
    pub(in crate::promotions) fn offer(&self) -> Result<Slug, DbError> {
        parsed(&self.offer_key)
    }

    /// What was asked for.
    pub(in crate::promotions) fn wanted(&self) -> Result<NewBatch, DbError> {
        let length = number(self.code_length)?;
        Ok(NewBatch {
            count: number(self.code_count)?,
            pattern: Pattern { prefix: self.prefix.clone(), length },
            max_uses: self.max_uses.map(number).transpose()?,
        })
    }

    /// How many codes are still to make.
    pub(in crate::promotions) fn left(&self) -> i64 {
        (self.code_count - self.made).max(0)
    }
}

pub(in crate::promotions) async fn find_batch(conn: &mut Conn, id: CodeBatchId) -> Result<Option<Batch>, DbError> {
    conn.fetch_optional(&FIND_BATCH, args![id.to_string()]).await
}

pub(in crate::promotions) async fn change_code(
    tx: &mut Conn,
    fold: &str,
    enabled: bool,
    max_uses: Option<u32>,
) -> Result<(), DbError> {
    tx.execute_one(&CHANGE, args![fold, enabled, max_uses]).await
}

pub(in crate::promotions) async fn delete_code(tx: &mut Conn, fold: &str) -> Result<(), DbError> {
    tx.execute_one(&DELETE, args![fold]).await
}
