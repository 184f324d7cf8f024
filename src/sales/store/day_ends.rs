//! Money by desk, and the table `day_ends`.

use super::{json, to_json, word};
use crate::kernel::ids::DayEndId;
use crate::kernel::{Cents, UtcMs};
use crate::sales::day_end::{DayEnd, Movement, Overridden};
use db::{Conn, DbError, Desc, List, Page, Sql, args};

db::statements! {
    /// What came and went at a desk since its last day end.
    OPEN = "SELECT CAST(0 AS BIGINT) AS is_refund, method, amount_cents, vat, receipt FROM payments WHERE day_end IS NULL AND desk = $1
        UNION ALL SELECT CAST(1 AS BIGINT), method, amount_cents, vat, receipt FROM refunds
        WHERE day_end IS NULL AND desk = $1 AND amount_cents > 0";
    /// What came and went in a day end.
    TAKEN = "SELECT CAST(0 AS BIGINT) AS is_refund, method, amount_cents, vat, receipt FROM payments WHERE day_end = $1
        UNION ALL SELECT CAST(1 AS BIGINT), method, amount_cents, vat, receipt FROM refunds WHERE day_end = $1 AND amount_cents > 0";
    /// Puts the payments of a desk into a day end.
    TAKE_PAYMENTS = "UPDATE payments SET day_end = $1 WHERE day_end IS NULL AND desk = $2";
    /// Puts the refunds of a desk into a day end.
    TAKE_REFUNDS = "UPDATE refunds SET day_end = $1 WHERE day_end IS NULL AND desk = $2";
    /// The desks with something since their last day end, and how often.
    OPEN_DESKS = "SELECT desk, COUNT(*) FROM (SELECT desk FROM payments WHERE day_end IS NULL
        UNION ALL SELECT desk FROM refunds WHERE day_end IS NULL AND amount_cents > 0) AS moved
        WHERE desk <> '' GROUP BY desk ORDER BY desk";
    /// What staff sold against the rules at a desk, after one moment and until another.
    OVERRIDES = "SELECT o.number, l.product_key AS what, l.override_reason AS reason FROM orders o
        JOIN order_lines l ON l.order_id = o.id
        WHERE o.placed_at > $1 AND o.placed_at <= $2 AND o.desk = $3 AND l.override_reason IS NOT NULL
        UNION ALL SELECT o.number, u.offer_key, u.override_reason FROM orders o JOIN order_offers u ON u.order_id = o.id
        WHERE o.placed_at > $1 AND o.placed_at <= $2 AND o.desk = $3 AND u.override_reason IS NOT NULL
        ORDER BY 1, 2";
    /// Adds a day end, unless this desk's day has one.
    INSERT = "INSERT INTO day_ends (id, desk, day, closed_by, closed_at, difference_cents, report)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (desk, day) DO NOTHING";
    /// The last day end of a desk.
    LAST = "SELECT id, desk, day, closed_by, closed_at, report FROM day_ends WHERE desk = $1 ORDER BY closed_at DESC LIMIT 1";
    /// One day end.
    FIND = "SELECT id, desk, day, closed_by, closed_at, report FROM day_ends WHERE id = $1";
}

#[derive(sqlx::FromRow)]
struct MovementRow {
    is_refund: i64,
    method: String,
    amount_cents: i64,
    vat: String,
    receipt: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    desk: String,
    day: String,
    closed_by: String,
    closed_at: i64,
    report: String,
}

impl Row {
    fn day_end(self) -> Result<DayEnd, DbError> {
        Ok(DayEnd {
            id: word(&self.id)?,
            desk: self.desk,
            day: word(&self.day)?,
            closed_by: self.closed_by,
            closed_at: UtcMs(self.closed_at),
            report: json(&self.report)?,
        })
    }
}

/// What came and went at a desk since its last day end.
pub(in crate::sales) async fn open_movements(conn: &mut Conn, desk: &str) -> Result<Vec<Movement>, DbError> {
    movements(conn, &OPEN, desk).await
}

/// Puts what came and went at a desk into a day end, and answers it.
pub(in crate::sales) async fn take_movements(
    tx: &mut Conn,
    id: DayEndId,
    desk: &str,
) -> Result<Vec<Movement>, DbError> {
    tx.execute(&TAKE_PAYMENTS, args![id.to_string(), desk]).await?;
    tx.execute(&TAKE_REFUNDS, args![id.to_string(), desk]).await?;
    movements(tx, &TAKEN, &id.to_string()).await
}

/// The desks with something since their last day end, and how often something moved there.
pub(in crate::sales) async fn open_desks(conn: &mut Conn) -> Result<Vec<(String, i64)>, DbError> {
    conn.fetch_all(&OPEN_DESKS, args![]).await
}

/// What staff sold against the rules at a desk, after `from` and until `until`.
pub(in crate::sales) async fn overrides_at(
    conn: &mut Conn,
    desk: &str,
    from: Option<UtcMs>,
    until: UtcMs,
) -> Result<Vec<Overridden>, DbError> {
    let from = from.map_or(0, |from| from.0);
    let rows: Vec<(String, String, String)> = conn.fetch_all(&OVERRIDES, args![from, until.0, desk]).await?;
    Ok(rows.into_iter().map(|(order, what, reason)| Overridden { order, what, reason }).collect())
}

/// Keeps a day end. Answers whether the desk's day had none before.
pub(in crate::sales) async fn insert_day_end(tx: &mut Conn, end: &DayEnd) -> Result<bool, DbError> {
    let values = args![
        end.id.to_string(),
        &end.desk,
        end.day.to_string(),
        &end.closed_by,
        end.closed_at.0,
        end.report.difference().0,
        to_json(&end.report)?
    ];
    Ok(tx.execute(&INSERT, values).await? == 1)
}

pub(in crate::sales) async fn last_day_end(conn: &mut Conn, desk: &str) -> Result<Option<DayEnd>, DbError> {
    let row: Option<Row> = conn.fetch_optional(&LAST, args![desk]).await?;
    row.map(Row::day_end).transpose()
}

pub(in crate::sales) async fn find_day_end(conn: &mut Conn, id: DayEndId) -> Result<Option<DayEnd>, DbError> {
    let row: Option<Row> = conn.fetch_optional(&FIND, args![id.to_string()]).await?;
    row.map(Row::day_end).transpose()
}

/// A page of the day ends, the newest first.
pub(in crate::sales) async fn day_ends_page(
    conn: &mut Conn,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<DayEnd>, DbError> {
    let list = List::new("SELECT id, desk, day, closed_by, closed_at, report FROM day_ends");
    let page: Page<Row> = conn.list(list.order("closed_at", "id", Desc).after(after).limit(limit)).await?;
    Ok(Page { items: page.items.into_iter().map(Row::day_end).collect::<Result<_, _>>()?, next: page.next })
}

async fn movements(conn: &mut Conn, statement: &Sql, key: &str) -> Result<Vec<Movement>, DbError> {
    let rows: Vec<MovementRow> = conn.fetch_all(statement, args![key]).await?;
    let movement = |row: MovementRow| {
        Ok(Movement {
            is_refund: row.is_refund != 0,
            method: word(&row.method)?,
            amount: Cents(row.amount_cents),
            vat: json(&row.vat)?,
            receipt: row.receipt,
        })
    };
    rows.into_iter().map(movement).collect()
}
