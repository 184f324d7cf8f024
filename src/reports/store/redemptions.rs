//! Redemptions: sums per offer, per code, and one by one; and the returns that take them back.

use super::scope;
use crate::kernel::Cents;
use crate::kernel::UtcMs;
use crate::reports::filter::Filter;
use crate::reports::period::Span;
use crate::reports::returned::Return;
use db::{Asc, Conn, DbError, Desc, List, Page};

db::statements! {
    /// How often each offer was redeemed, and what it took off.
    PER_OFFER = "SELECT f.offer_key, COUNT(*), CAST(SUM(f.discount_cents) AS BIGINT) FROM order_offers f
        WHERE f.sold_at >= $1 AND f.sold_at < $2 AND (CAST($3 AS TEXT) IS NULL OR f.house_key = $3)
        AND (CAST($4 AS TEXT) IS NULL OR f.channel = $4) AND (CAST($5 AS TEXT) IS NULL OR f.offer_key = $5)
        AND (CAST($6 AS TEXT) IS NULL OR f.code = $6) GROUP BY f.offer_key ORDER BY f.offer_key";
    /// The returns in a span, and all earlier and later ones of the same orders: when they count, what came back, and how many tickets
    /// the order has. What came back before its order was sold counts with the sale.
    RETURNS = {
        lite: "SELECT r.order_id, MAX(r.refunded_at, o.sold_at), COUNT(t.id), CAST(COALESCE(SUM(t.discount_cents), 0) AS BIGINT),
            (SELECT COUNT(*) FROM tickets a WHERE a.order_id = r.order_id)
            FROM refunds r JOIN orders o ON o.id = r.order_id, json_each(r.tickets) j JOIN tickets t ON t.id = j.value
            WHERE r.order_id IN (SELECT b.order_id FROM refunds b JOIN order_offers f ON f.order_id = b.order_id
                WHERE b.refunded_at < $2 AND MAX(b.refunded_at, f.sold_at) >= $1 AND MAX(b.refunded_at, f.sold_at) < $2
                AND (CAST($3 AS TEXT) IS NULL OR f.house_key = $3) AND (CAST($4 AS TEXT) IS NULL OR f.channel = $4)
                AND (CAST($5 AS TEXT) IS NULL OR f.offer_key = $5) AND (CAST($6 AS TEXT) IS NULL OR f.code = $6))
            GROUP BY r.order_id, r.id, r.refunded_at, o.sold_at ORDER BY r.order_id, r.refunded_at, r.id",
        pg: "SELECT r.order_id, GREATEST(r.refunded_at, o.sold_at), COUNT(t.id), CAST(COALESCE(SUM(t.discount_cents), 0) AS BIGINT),
            (SELECT COUNT(*) FROM tickets a WHERE a.order_id = r.order_id)
            FROM refunds r JOIN orders o ON o.id = r.order_id CROSS JOIN LATERAL jsonb_array_elements_text(CAST(r.tickets AS JSONB)) AS j (id)
            JOIN tickets t ON t.id = j.id
            WHERE r.order_id IN (SELECT b.order_id FROM refunds b JOIN order_offers f ON f.order_id = b.order_id
                WHERE f.sold_at IS NOT NULL AND b.refunded_at < $2
                AND GREATEST(b.refunded_at, f.sold_at) >= $1 AND GREATEST(b.refunded_at, f.sold_at) < $2
                AND (CAST($3 AS TEXT) IS NULL OR f.house_key = $3) AND (CAST($4 AS TEXT) IS NULL OR f.channel = $4)
                AND (CAST($5 AS TEXT) IS NULL OR f.offer_key = $5) AND (CAST($6 AS TEXT) IS NULL OR f.code = $6))
            GROUP BY r.order_id, r.id, r.refunded_at, o.sold_at ORDER BY r.order_id, r.refunded_at, r.id"
    };
    /// The offers of the orders of which something came back in a span.
    RETURNED_OFFERS = {
        lite: "SELECT f.order_id, f.offer_key, f.code, f.discount_cents FROM order_offers f
            WHERE f.order_id IN (SELECT b.order_id FROM refunds b JOIN orders o ON o.id = b.order_id
                WHERE b.refunded_at < $2 AND MAX(b.refunded_at, o.sold_at) >= $1 AND MAX(b.refunded_at, o.sold_at) < $2)
            ORDER BY f.order_id, f.position",
        pg: "SELECT f.order_id, f.offer_key, f.code, f.discount_cents FROM order_offers f
            WHERE f.order_id IN (SELECT b.order_id FROM refunds b JOIN orders o ON o.id = b.order_id
                WHERE o.sold_at IS NOT NULL AND b.refunded_at < $2
                AND GREATEST(b.refunded_at, o.sold_at) >= $1 AND GREATEST(b.refunded_at, o.sold_at) < $2)
            ORDER BY f.order_id, f.position"
    };
}

/// A return of an order.
pub(in crate::reports) struct ReturnRow {
    pub(in crate::reports) order: String,
    pub(in crate::reports) at: UtcMs,
    pub(in crate::reports) what: Return,
    /// How many tickets the order has.
    pub(in crate::reports) tickets: i64,
}

/// An offer of an order.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct OfferRow {
    pub(in crate::reports) order_id: String,
    pub(in crate::reports) offer_key: String,
    pub(in crate::reports) code: Option<String>,
    pub(in crate::reports) discount_cents: i64,
}

/// One redemption.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct RedemptionRow {
    pub(in crate::reports) order_id: String,
    pub(in crate::reports) number: String,
    pub(in crate::reports) state: String,
    pub(in crate::reports) sold_at: i64,
    pub(in crate::reports) offer_key: String,
    pub(in crate::reports) code: Option<String>,
    pub(in crate::reports) channel: String,
    pub(in crate::reports) discount_cents: i64,
}

/// Per offer how often it was redeemed, and what it took off.
pub(in crate::reports) async fn per_offer(
    conn: &mut Conn,
    span: &Span,
    filter: &Filter,
) -> Result<Vec<(String, i64, i64)>, DbError> {
    conn.fetch_all(&PER_OFFER, scope(span, filter)).await
}

/// The returns in a span with those before and after them, order by order, and the offers of these orders.
pub(in crate::reports) async fn returns(
    conn: &mut Conn,
    span: &Span,
    filter: &Filter,
) -> Result<(Vec<ReturnRow>, Vec<OfferRow>), DbError> {
    let rows: Vec<(String, i64, i64, i64, i64)> = conn.fetch_all(&RETURNS, scope(span, filter)).await?;
    let row = |(order, at, count, discount, tickets)| ReturnRow {
        order,
        at: UtcMs(at),
        what: Return { tickets: count, discount: Cents(discount) },
        tickets,
    };
    let offers = conn.fetch_all(&RETURNED_OFFERS, db::args![span.begins.0, span.ends.0]).await?;
    Ok((rows.into_iter().map(row).collect(), offers))
}

/// A page of the codes that were redeemed, each with how often and what it took off.
pub(in crate::reports) async fn codes_page(
    conn: &mut Conn,
    span: &Span,
    filter: &Filter,
) -> Result<Page<(String, String, i64, i64)>, DbError> {
    let list =
        List::new("SELECT f.offer_key, f.code, COUNT(*), CAST(SUM(f.discount_cents) AS BIGINT) FROM order_offers f")
            .filter_plain("f.code IS NOT NULL");
    conn.list(of(list, span, filter).group_by("f.offer_key, f.code").order("f.offer_key", "f.code", Asc)).await
}

/// A page of the redemptions, the last first.
pub(in crate::reports) async fn page(
    conn: &mut Conn,
    span: &Span,
    filter: &Filter,
) -> Result<Page<RedemptionRow>, DbError> {
    let list = List::new(
        "SELECT f.order_id, o.number, o.state, f.sold_at, f.offer_key, f.code, f.channel, f.discount_cents FROM order_offers f
        JOIN orders o ON o.id = f.order_id",
    );
    conn.list(of(list, span, filter).order("f.sold_at", "f.order_id || '-' || f.position", Desc)).await
}

fn of<'f>(list: List<'f>, span: &Span, filter: &'f Filter) -> List<'f> {
    list.filter("f.sold_at >= ?", span.begins.0)
        .filter("f.sold_at < ?", span.ends.0)
        .filter_opt("f.house_key = ?", filter.house())
        .filter_opt("f.channel = ?", filter.channel())
        .filter_opt("f.offer_key = ?", filter.offer())
        .filter_opt("f.code = ?", filter.code.as_deref())
        .after(filter.after.as_deref())
        .limit(filter.rows)
}
