//! Invoices that wait for their payment.

use super::{json, word};
use crate::kernel::ids::OrderId;
use crate::kernel::{Cents, UtcMs};
use crate::sales::order::Buyer;
use chrono::NaiveDate;
use db::{Asc, Conn, DbError, List, Page};

/// Invoices with what they still wait for: the total less what came back.
const DUE: &str = "SELECT o.id, o.number, o.buyer, o.placed_at, o.due_on, o.total_cents - COALESCE(r.value_cents, 0) AS due_cents
    FROM orders o LEFT JOIN (SELECT order_id, CAST(SUM(value_cents) AS BIGINT) AS value_cents FROM refunds GROUP BY order_id) r
    ON r.order_id = o.id";
/// The same, counted and added up.
const TOTAL: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(o.total_cents - COALESCE(r.value_cents, 0)), 0) AS BIGINT)
    FROM orders o LEFT JOIN (SELECT order_id, CAST(SUM(value_cents) AS BIGINT) AS value_cents FROM refunds GROUP BY order_id) r
    ON r.order_id = o.id";

/// An invoice that waits.
#[derive(Debug)]
pub(in crate::sales) struct InvoiceRow {
    pub(in crate::sales) id: OrderId,
    pub(in crate::sales) number: String,
    pub(in crate::sales) buyer: Option<Buyer>,
    pub(in crate::sales) placed_at: UtcMs,
    pub(in crate::sales) due_on: NaiveDate,
    pub(in crate::sales) due: Cents,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    number: String,
    buyer: Option<String>,
    placed_at: i64,
    due_on: String,
    due_cents: i64,
}

/// Which invoices.
#[derive(Debug, Clone, Default)]
pub(in crate::sales) struct InvoiceFilter {
    /// Words of the number or the buyer, folded.
    pub(in crate::sales) text: String,
    /// Only those whose last day was before this one.
    pub(in crate::sales) due_before: Option<NaiveDate>,
}

impl InvoiceFilter {
    fn of<'f>(&'f self, select: &'static str) -> List<'f> {
        List::new(select)
            .filter_plain("o.state = 'awaiting_payment' AND o.due_on IS NOT NULL")
            .filter_opt("o.due_on < ?", self.due_before.map(|day| day.to_string()))
            .search(&["o.number", "o.buyer_fold"], &self.text)
    }
}

/// A page of the invoices that wait, the longest due first.
pub(in crate::sales) async fn invoices_page(
    conn: &mut Conn,
    filter: &InvoiceFilter,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<InvoiceRow>, DbError> {
    let list = filter.of(DUE).order("o.due_on", "o.id", Asc);
    let page: Page<Row> = conn.list(list.after(after).limit(limit)).await?;
    let invoice = |row: Row| {
        Ok(InvoiceRow {
            id: word(&row.id)?,
            number: row.number,
            buyer: row.buyer.as_deref().map(json).transpose()?,
            placed_at: UtcMs(row.placed_at),
            due_on: word(&row.due_on)?,
            due: Cents(row.due_cents),
        })
    };
    Ok(Page { items: page.items.into_iter().map(invoice).collect::<Result<_, DbError>>()?, next: page.next })
}

/// How many invoices wait, and for how much together.
pub(in crate::sales) async fn invoices_total(conn: &mut Conn, filter: &InvoiceFilter) -> Result<(i64, Cents), DbError> {
    // A list sorts: of its one row nothing is left to sort.
    let list = filter.of(TOTAL).order("COUNT(*)", "COUNT(*)", Asc).limit(1);
    let page: Page<(i64, i64)> = conn.list(list).await?;
    let (count, sum) = page.items.first().copied().unwrap_or_default();
    Ok((count, Cents(sum)))
}
