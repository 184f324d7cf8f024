//! The tables `limit_counters` and `limit_entries`: the ledger.

use super::{number, parsed, to_json};
use crate::kernel::ids::{LimitEntryId, OrderId};
use crate::kernel::{Act, UtcMs};
use crate::promotions::ledger::{Demand, Holder, Limit, Uses};
use db::{Conn, DbError, args};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

db::statements! {
    /// What was used of the listed limits.
    USED = {
        lite: "SELECT c.kind, c.subject, c.used FROM json_each($1) AS j
            JOIN limit_counters AS c ON c.kind = j.value ->> 'kind' AND c.subject = j.value ->> 'subject'",
        pg: "SELECT c.kind, c.subject, c.used FROM jsonb_to_recordset(CAST($1 AS JSONB)) AS j (kind TEXT, subject TEXT)
            JOIN limit_counters AS c ON c.kind = j.kind AND c.subject = j.subject"
    };
    /// What is only held of the listed limits, and until when at the latest.
    HELD = {
        lite: "SELECT e.kind, e.subject, CAST(SUM(e.amount) AS BIGINT), MAX(e.expires_at) FROM json_each($1) AS j
            JOIN limit_entries AS e ON e.kind = j.value ->> 'kind' AND e.subject = j.value ->> 'subject'
            WHERE e.state = 'reserved' GROUP BY e.kind, e.subject",
        pg: "SELECT e.kind, e.subject, CAST(SUM(e.amount) AS BIGINT), MAX(e.expires_at)
            FROM jsonb_to_recordset(CAST($1 AS JSONB)) AS j (kind TEXT, subject TEXT)
            JOIN limit_entries AS e ON e.kind = j.kind AND e.subject = j.subject
            WHERE e.state = 'reserved' GROUP BY e.kind, e.subject"
    };
    /// What a basket holds.
    HELD_BY = "SELECT kind, subject, CAST(SUM(amount) AS BIGINT) FROM limit_entries WHERE order_id = $1 AND state = 'reserved'
        GROUP BY kind, subject";
    /// Until when a basket holds what it holds.
    HELD_UNTIL = "SELECT MIN(expires_at) FROM limit_entries WHERE order_id = $1 AND state = 'reserved'";
    /// Since when a basket holds what it holds, while it does.
    HELD_SINCE = "SELECT MIN(created_at) FROM limit_entries WHERE order_id = $1 AND state = 'reserved' AND expires_at > $2";
    /// Releases what was held for too long.
    RELEASE_EXPIRED = "UPDATE limit_entries SET state = 'released', expires_at = NULL, changed_at = $2
        WHERE order_id = $1 AND state = 'reserved' AND expires_at <= $2 RETURNING kind, subject, amount";
    /// Uses some of each listed limit, or gives some back, in the order in which counters are touched; answers those of which there was enough
    /// and which were used before.
    CHANGE = {
        lite: "UPDATE limit_counters AS c SET used = c.used + j.change FROM (SELECT value ->> 'kind' AS kind, value ->> 'subject' AS subject,
            value ->> 'change' AS change, value ->> 'most' AS most FROM json_each($1)) AS j
            WHERE c.kind = j.kind AND c.subject = j.subject AND (j.change < 0 OR j.most IS NULL OR c.used + j.change <= j.most)
            RETURNING kind, subject",
        pg: "UPDATE limit_counters AS c SET used = c.used + j.change FROM (SELECT l.kind, l.subject, r.change, r.most
            FROM jsonb_to_recordset(CAST($1 AS JSONB)) AS r (kind TEXT, subject TEXT, change BIGINT, most BIGINT)
            JOIN limit_counters AS l ON l.kind = r.kind AND l.subject = r.subject ORDER BY l.kind, l.subject FOR UPDATE OF l) AS j
            WHERE c.kind = j.kind AND c.subject = j.subject AND (j.change < 0 OR j.most IS NULL OR c.used + j.change <= j.most)
            RETURNING c.kind, c.subject"
    };
    /// Uses some of a limit; touches no row when there is not as much left.
    TAKE = "INSERT INTO limit_counters (kind, subject, used)
        SELECT $1, $2, CAST($3 AS BIGINT) WHERE CAST($3 AS BIGINT) <= CAST($4 AS BIGINT)
        ON CONFLICT (kind, subject) DO UPDATE SET used = limit_counters.used + excluded.used
        WHERE limit_counters.used + excluded.used <= CAST($4 AS BIGINT)";
    /// Writes entries.
    INSERT_ENTRIES = {
        lite: "INSERT INTO limit_entries (id, order_id, ticket_id, kind, subject, amount, state, expires_at, created_at, changed_at)
            SELECT value ->> 'id', $2, value ->> 'ticket', value ->> 'kind', value ->> 'subject', value ->> 'amount', $3, CAST($4 AS BIGINT),
            CAST($5 AS BIGINT), CAST($5 AS BIGINT) FROM json_each($1)",
        pg: "INSERT INTO limit_entries (id, order_id, ticket_id, kind, subject, amount, state, expires_at, created_at, changed_at)
            SELECT r.id, $2, r.ticket, r.kind, r.subject, r.amount, $3, CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($5 AS BIGINT)
            FROM jsonb_to_recordset(CAST($1 AS JSONB)) AS r (id TEXT, ticket TEXT, kind TEXT, subject TEXT, amount BIGINT)"
    };
    /// The order was paid: what it reserved is used.
    CONFIRM = "UPDATE limit_entries SET state = 'confirmed', expires_at = NULL, changed_at = $2
        WHERE order_id = $1 AND state = 'reserved'";
    /// Releases all that an order used.
    RELEASE_ORDER = "UPDATE limit_entries SET state = 'released', expires_at = NULL, changed_at = $2
        WHERE order_id = $1 AND state <> 'released' RETURNING kind, subject, amount";
    /// Releases what some tickets of an order used.
    RELEASE_TICKETS = {
        lite: "UPDATE limit_entries SET state = 'released', expires_at = NULL, changed_at = $2
            WHERE order_id = $1 AND state <> 'released' AND ticket_id IN (SELECT value FROM json_each($3))
            RETURNING kind, subject, amount",
        pg: "UPDATE limit_entries SET state = 'released', expires_at = NULL, changed_at = $2
            WHERE order_id = $1 AND state <> 'released'
            AND ticket_id IN (SELECT jsonb_array_elements_text(CAST($3 AS JSONB))) RETURNING kind, subject, amount"
    };
    /// The latest uses of a limit by orders.
    LATEST = "SELECT order_id, state, created_at FROM limit_entries
        WHERE kind = $1 AND subject = $2 AND order_id NOT LIKE 'hold/%' ORDER BY id DESC LIMIT 50";
    /// Whether a limit was ever used: counters stay, also when all was given back.
    WAS_USED = "SELECT used FROM limit_counters WHERE kind = $1 AND subject = $2";
}

#[derive(Serialize)]
struct LimitJson<'l> {
    kind: &'static str,
    subject: &'l str,
}

/// What was used of the limits so far, orders in progress included.
pub async fn uses(conn: &mut Conn, limits: &[Limit]) -> Result<Uses, DbError> {
    let wanted: Vec<LimitJson<'_>> =
        limits.iter().map(|limit| LimitJson { kind: limit.kind.as_str(), subject: &limit.subject }).collect();
    let rows: Vec<(String, String, i64)> = conn.fetch_all(&USED, args![to_json(&wanted)?]).await?;
    rows.into_iter().map(|(kind, subject, used)| Ok((Limit { kind: parsed(&kind)?, subject }, number(used)?))).collect()
}

/// How much of a limit is held for orders whose payment is awaited, and for baskets at the checkout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// How much.
    pub amount: u32,
    /// Until when at the latest.
    pub until: UtcMs,
}

/// What is held of the limits; limits of which nothing is held are left out.
pub async fn held(conn: &mut Conn, limits: &[Limit]) -> Result<HashMap<Limit, Held>, DbError> {
    let wanted: Vec<LimitJson<'_>> =
        limits.iter().map(|limit| LimitJson { kind: limit.kind.as_str(), subject: &limit.subject }).collect();
    let rows: Vec<(String, String, i64, i64)> = conn.fetch_all(&HELD, args![to_json(&wanted)?]).await?;
    let row = |(kind, subject, amount, until): (String, String, i64, i64)| {
        let limit = Limit { kind: parsed(&kind)?, subject };
        Ok((limit, Held { amount: number(amount)?, until: UtcMs(until) }))
    };
    rows.into_iter().map(row).collect()
}

/// What a basket holds of which limits.
pub async fn held_by(conn: &mut Conn, hold: OrderId) -> Result<BTreeMap<Limit, u32>, DbError> {
    let rows: Vec<(String, String, i64)> = conn.fetch_all(&HELD_BY, args![Holder::Basket(hold).to_string()]).await?;
    rows.into_iter()
        .map(|(kind, subject, amount)| Ok((Limit { kind: parsed(&kind)?, subject }, number(amount)?)))
        .collect()
}

/// Until when a basket holds what it holds; none when it holds nothing.
pub async fn held_until(conn: &mut Conn, hold: OrderId) -> Result<Option<UtcMs>, DbError> {
    let (until,): (Option<i64>,) = conn.fetch_one(&HELD_UNTIL, args![Holder::Basket(hold).to_string()]).await?;
    Ok(until.map(UtcMs))
}

/// Since when a basket holds what it holds; none when it holds nothing any more.
pub async fn held_since(conn: &mut Conn, hold: OrderId, now: UtcMs) -> Result<Option<UtcMs>, DbError> {
    let (since,): (Option<i64>,) = conn.fetch_one(&HELD_SINCE, args![Holder::Basket(hold).to_string(), now.0]).await?;
    Ok(since.map(UtcMs))
}

/// Releases the entries of a hold whose time is over, and answers how much of which limit they held.
pub(in crate::promotions) async fn expired_to_give_back(
    tx: &mut Conn,
    holder: &str,
    now: UtcMs,
) -> Result<BTreeMap<Limit, i64>, DbError> {
    summed(tx.fetch_all(&RELEASE_EXPIRED, args![holder, now.0]).await?)
}

fn summed(rows: Vec<(String, String, i64)>) -> Result<BTreeMap<Limit, i64>, DbError> {
    let mut held = BTreeMap::new();
    for (kind, subject, amount) in rows {
        *held.entry(Limit { kind: parsed(&kind)?, subject }).or_insert(0) += amount;
    }
    Ok(held)
}

/// Whether there was enough left of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// It was taken.
    All,
    /// There was less left, and nothing was taken.
    Nothing,
}

/// A change of a limit's count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::promotions) struct Change {
    /// How much more is used; below zero: how much is given back.
    pub(in crate::promotions) by: i64,
    /// How much may be used at most, where more is used.
    pub(in crate::promotions) most: Option<u32>,
}

/// Changes the counts of limits, and answers a limit of which there is not enough left. Then some of the others may have been changed.
pub(in crate::promotions) async fn change(
    tx: &mut Conn,
    changes: &BTreeMap<Limit, Change>,
) -> Result<Option<Limit>, DbError> {
    #[derive(Serialize)]
    struct New<'c> {
        kind: &'static str,
        subject: &'c str,
        change: i64,
        most: Option<u32>,
    }
    let wanted: Vec<New<'_>> = changes
        .iter()
        .filter(|(_, change)| change.by != 0)
        .map(|(limit, change)| New {
            kind: limit.kind.as_str(),
            subject: &limit.subject,
            change: change.by,
            most: change.most,
        })
        .collect();
    if wanted.is_empty() {
        return Ok(None);
    }
    let done: HashSet<(String, String)> = tx.fetch_all(&CHANGE, args![to_json(&wanted)?]).await?.into_iter().collect();
    // What is left over was never used before, or there is not enough of it.
    for (limit, change) in changes {
        let Ok(more) = u32::try_from(change.by) else { continue };
        let is_done = done.contains(&(limit.kind.as_str().to_owned(), limit.subject.clone()));
        if more > 0 && !is_done && take(tx, limit, more, change.most).await? == Taken::Nothing {
            return Ok(Some(limit.clone()));
        }
    }
    Ok(None)
}

/// Takes `amount` of a limit if, with it, no more than `most` is used.
async fn take(tx: &mut Conn, limit: &Limit, amount: u32, most: Option<u32>) -> Result<Taken, DbError> {
    let most = most.map_or(i64::MAX, i64::from);
    match tx.execute(&TAKE, args![limit.kind.as_str(), &limit.subject, amount, most]).await? {
        0 => Ok(Taken::Nothing),
        _ => Ok(Taken::All),
    }
}

/// Writes the entries of a demand that was taken. With an end they are reserved until then, without one they are used.
pub(in crate::promotions) fn insert_entries(
    tx: &mut Conn,
    act: &Act,
    order_id: &str,
    demand: &Demand,
    expires_at: Option<UtcMs>,
) -> Result<(), DbError> {
    #[derive(Serialize)]
    struct New<'d> {
        id: LimitEntryId,
        ticket: Option<&'d str>,
        kind: &'static str,
        subject: &'d str,
        amount: u32,
    }
    let rows: Vec<New<'_>> = demand
        .entries()
        .map(|entry| New {
            id: act.new_id(),
            ticket: entry.ticket,
            kind: entry.limit.kind.as_str(),
            subject: &entry.limit.subject,
            amount: entry.amount,
        })
        .collect();
    let state = if expires_at.is_some() { "reserved" } else { "confirmed" };
    let values = args![to_json(&rows)?, order_id, state, expires_at.map(|at| at.0), act.now.0];
    tx.execute_later(&INSERT_ENTRIES, values)
}

pub(in crate::promotions) async fn confirm(tx: &mut Conn, order_id: &str, now: UtcMs) -> Result<(), DbError> {
    tx.execute(&CONFIRM, args![order_id, now.0]).await.map(drop)
}

/// Releases the entries of the order, or only those of some of its tickets, and answers how much of which limit they held, in the
/// order in which counters are touched.
pub(in crate::promotions) async fn entries_to_give_back(
    tx: &mut Conn,
    order_id: &str,
    tickets: Option<&[String]>,
    now: UtcMs,
) -> Result<BTreeMap<Limit, i64>, DbError> {
    let rows: Vec<(String, String, i64)> = match tickets {
        None => tx.fetch_all(&RELEASE_ORDER, args![order_id, now.0]).await?,
        Some(tickets) => tx.fetch_all(&RELEASE_TICKETS, args![order_id, now.0, to_json(&tickets)?]).await?,
    };
    summed(rows)
}

/// One use of a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::promotions) struct Use {
    /// The order that used it.
    pub(in crate::promotions) order_id: String,
    /// `reserved`, `confirmed` or `released`.
    pub(in crate::promotions) state: String,
    /// When.
    pub(in crate::promotions) at: UtcMs,
}

/// The latest uses of a limit, the newest first; at most 50.
pub(in crate::promotions) async fn latest_uses(conn: &mut Conn, limit: &Limit) -> Result<Vec<Use>, DbError> {
    let rows: Vec<(String, String, i64)> = conn.fetch_all(&LATEST, args![limit.kind.as_str(), &limit.subject]).await?;
    Ok(rows.into_iter().map(|(order_id, state, at)| Use { order_id, state, at: UtcMs(at) }).collect())
}

/// Whether anything was ever used of a limit.
pub(in crate::promotions) async fn was_used(conn: &mut Conn, limit: &Limit) -> Result<bool, DbError> {
    let row: Option<(i64,)> = conn.fetch_optional(&WAS_USED, args![limit.kind.as_str(), &limit.subject]).await?;
    Ok(row.is_some())
}
