//! What staff sold against the rules of a line or the conditions of an offer.

use crate::reports::filter::Filter;
use crate::reports::period::Span;
use db::{Conn, DbError, Desc, List, Page};

/// Something that was overridden.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct OverrideRow {
    pub(in crate::reports) order_id: String,
    pub(in crate::reports) number: String,
    pub(in crate::reports) placed_at: i64,
    pub(in crate::reports) channel: String,
    /// `offer` or `line`.
    pub(in crate::reports) what: String,
    /// The offer or the product.
    pub(in crate::reports) subject: String,
    pub(in crate::reports) reason: String,
    pub(in crate::reports) discount_cents: i64,
    pub(in crate::reports) placed_by: String,
}

/// A page of the overrides, the last first.
pub(in crate::reports) async fn page(
    conn: &mut Conn,
    span: &Span,
    filter: &Filter,
) -> Result<Page<OverrideRow>, DbError> {
    let list = List::new(
        "SELECT x.order_id, o.number, o.placed_at, o.channel, x.what, x.subject, x.reason, x.discount_cents, o.placed_by FROM (
        SELECT f.order_id, 'offer' AS what, f.position, f.offer_key AS subject, f.override_reason AS reason, f.discount_cents
        FROM order_offers f WHERE f.override_reason IS NOT NULL
        UNION ALL SELECT l.order_id, 'line' AS what, l.position, l.product_key AS subject, l.override_reason AS reason, 0 AS discount_cents
        FROM order_lines l WHERE l.override_reason IS NOT NULL) x JOIN orders o ON o.id = x.order_id",
    );
    let list = list
        .filter("o.placed_at >= ?", span.begins.0)
        .filter("o.placed_at < ?", span.ends.0)
        .filter_opt("o.house_key = ?", filter.house())
        .filter_opt("o.channel = ?", filter.channel())
        .filter_opt("x.subject = ?", filter.offer())
        .order("o.placed_at", "x.order_id || '-' || x.what || '-' || x.position", Desc)
        .after(filter.after.as_deref())
        .limit(filter.rows);
    conn.list(list).await
}
