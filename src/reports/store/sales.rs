//! Sold tickets, returned ones, and the VAT in both.

use crate::reports::filter::Filter;
use crate::reports::period::Span;
use db::{Args, Conn, DbError, args};

db::statements! {
    /// What was sold: how many tickets, at which regular price, with which discount, for how much.
    SOLD = "SELECT t.product_key, t.category_key, o.channel, COALESCE(o.house_key, '') AS house_key, COUNT(*) AS tickets,
        CAST(SUM(t.list_price_cents) AS BIGINT) AS list_cents, CAST(SUM(t.discount_cents) AS BIGINT) AS discount_cents,
        CAST(SUM(t.paid_price_cents) AS BIGINT) AS paid_cents
        FROM orders o JOIN tickets t ON t.order_id = o.id
        WHERE o.sold_at >= $1 AND o.sold_at < $2 AND (CAST($3 AS TEXT) IS NULL OR o.house_key = $3)
        AND (CAST($4 AS TEXT) IS NULL OR o.channel = $4)
        GROUP BY t.product_key, t.category_key, o.channel, o.house_key";
    /// What came back, ticket by ticket, with what the refund of each was worth in all. What came back before its order was sold
    /// counts with the sale.
    RETURNED = {
        lite: "SELECT r.id, MAX(r.refunded_at, o.sold_at) AS at, r.value_cents, t.product_key, t.category_key, o.channel,
            COALESCE(o.house_key, '') AS house_key, t.paid_price_cents
            FROM refunds r JOIN orders o ON o.id = r.order_id, json_each(r.tickets) j JOIN tickets t ON t.id = j.value
            WHERE r.refunded_at < $2 AND MAX(r.refunded_at, o.sold_at) >= $1 AND MAX(r.refunded_at, o.sold_at) < $2
            AND (CAST($3 AS TEXT) IS NULL OR o.house_key = $3) AND (CAST($4 AS TEXT) IS NULL OR o.channel = $4) ORDER BY r.id, t.position",
        pg: "SELECT r.id, GREATEST(r.refunded_at, o.sold_at) AS at, r.value_cents, t.product_key, t.category_key, o.channel,
            COALESCE(o.house_key, '') AS house_key, t.paid_price_cents
            FROM refunds r JOIN orders o ON o.id = r.order_id CROSS JOIN LATERAL jsonb_array_elements_text(CAST(r.tickets AS JSONB)) AS j (id)
            JOIN tickets t ON t.id = j.id
            WHERE o.sold_at IS NOT NULL AND r.refunded_at < $2
            AND GREATEST(r.refunded_at, o.sold_at) >= $1 AND GREATEST(r.refunded_at, o.sold_at) < $2
            AND (CAST($3 AS TEXT) IS NULL OR o.house_key = $3) AND (CAST($4 AS TEXT) IS NULL OR o.channel = $4) ORDER BY r.id, t.position"
    };
    /// The VAT of what was sold, as its receipts say it.
    SOLD_VAT = {
        lite: "SELECT v.value ->> 'rate', CAST(SUM(CAST(REPLACE(v.value ->> 'gross', '.', '') AS INTEGER)) AS BIGINT),
            CAST(SUM(CAST(REPLACE(v.value ->> 'net', '.', '') AS INTEGER)) AS BIGINT), CAST(SUM(CAST(REPLACE(v.value ->> 'tax', '.', '') AS INTEGER)) AS BIGINT)
            FROM orders o, json_each(o.vat) v WHERE o.sold_at >= $1 AND o.sold_at < $2 AND (CAST($3 AS TEXT) IS NULL OR o.house_key = $3)
            AND (CAST($4 AS TEXT) IS NULL OR o.channel = $4) GROUP BY 1",
        pg: "SELECT v.row ->> 'rate', CAST(SUM(CAST(REPLACE(v.row ->> 'gross', '.', '') AS BIGINT)) AS BIGINT),
            CAST(SUM(CAST(REPLACE(v.row ->> 'net', '.', '') AS BIGINT)) AS BIGINT), CAST(SUM(CAST(REPLACE(v.row ->> 'tax', '.', '') AS BIGINT)) AS BIGINT)
            FROM orders o CROSS JOIN LATERAL jsonb_array_elements(CAST(o.vat AS JSONB)) AS v (row)
            WHERE o.sold_at >= $1 AND o.sold_at < $2 AND (CAST($3 AS TEXT) IS NULL OR o.house_key = $3)
            AND (CAST($4 AS TEXT) IS NULL OR o.channel = $4) GROUP BY 1"
    };
    /// The VAT of what came back.
    RETURNED_VAT = {
        lite: "SELECT v.value ->> 'rate', CAST(SUM(CAST(REPLACE(v.value ->> 'gross', '.', '') AS INTEGER)) AS BIGINT),
            CAST(SUM(CAST(REPLACE(v.value ->> 'net', '.', '') AS INTEGER)) AS BIGINT), CAST(SUM(CAST(REPLACE(v.value ->> 'tax', '.', '') AS INTEGER)) AS BIGINT)
            FROM refunds r JOIN orders o ON o.id = r.order_id, json_each(r.vat) v
            WHERE r.refunded_at < $2 AND MAX(r.refunded_at, o.sold_at) >= $1 AND MAX(r.refunded_at, o.sold_at) < $2
            AND (CAST($3 AS TEXT) IS NULL OR o.house_key = $3) AND (CAST($4 AS TEXT) IS NULL OR o.channel = $4) GROUP BY 1",
        pg: "SELECT v.row ->> 'rate', CAST(SUM(CAST(REPLACE(v.row ->> 'gross', '.', '') AS BIGINT)) AS BIGINT),
            CAST(SUM(CAST(REPLACE(v.row ->> 'net', '.', '') AS BIGINT)) AS BIGINT), CAST(SUM(CAST(REPLACE(v.row ->> 'tax', '.', '') AS BIGINT)) AS BIGINT)
            FROM refunds r JOIN orders o ON o.id = r.order_id CROSS JOIN LATERAL jsonb_array_elements(CAST(r.vat AS JSONB)) AS v (row)
            WHERE o.sold_at IS NOT NULL AND r.refunded_at < $2
            AND GREATEST(r.refunded_at, o.sold_at) >= $1 AND GREATEST(r.refunded_at, o.sold_at) < $2
            AND (CAST($3 AS TEXT) IS NULL OR o.house_key = $3) AND (CAST($4 AS TEXT) IS NULL OR o.channel = $4) GROUP BY 1"
    };
}

/// Tickets of one kind that were sold.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct SoldRow {
    pub(in crate::reports) product_key: String,
    pub(in crate::reports) category_key: String,
    pub(in crate::reports) channel: String,
    pub(in crate::reports) house_key: String,
    pub(in crate::reports) tickets: i64,
    pub(in crate::reports) list_cents: i64,
    pub(in crate::reports) discount_cents: i64,
    pub(in crate::reports) paid_cents: i64,
}

/// A ticket that came back.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct ReturnedRow {
    pub(in crate::reports) id: String,
    pub(in crate::reports) at: i64,
    pub(in crate::reports) value_cents: i64,
    pub(in crate::reports) product_key: String,
    pub(in crate::reports) category_key: String,
    pub(in crate::reports) channel: String,
    pub(in crate::reports) house_key: String,
    pub(in crate::reports) paid_price_cents: i64,
}

/// A rate with gross, net and tax.
pub(in crate::reports) type VatRow = (String, i64, i64, i64);

pub(in crate::reports) async fn sold(conn: &mut Conn, span: &Span, filter: &Filter) -> Result<Vec<SoldRow>, DbError> {
    conn.fetch_all(&SOLD, values(span, filter)).await
}

pub(in crate::reports) async fn returned(
    conn: &mut Conn,
    span: &Span,
    filter: &Filter,
) -> Result<Vec<ReturnedRow>, DbError> {
    conn.fetch_all(&RETURNED, values(span, filter)).await
}

/// The VAT of what was sold, and of what came back.
pub(in crate::reports) async fn vat(
    conn: &mut Conn,
    span: &Span,
    filter: &Filter,
) -> Result<(Vec<VatRow>, Vec<VatRow>), DbError> {
    let sold = conn.fetch_all(&SOLD_VAT, values(span, filter)).await?;
    Ok((sold, conn.fetch_all(&RETURNED_VAT, values(span, filter)).await?))
}

fn values(span: &Span, filter: &Filter) -> Args {
    args![span.begins.0, span.ends.0, filter.house(), filter.channel()]
}
