//! Questions that prove the ledger: whether it counts what was sold, and nothing else.

use db::{Conn, DbError, args};

db::statements! {
    /// Counters that are not the sum of their entries.
    WRONG_COUNTERS = "SELECT c.kind, c.subject, c.used, CAST(COALESCE(e.held, 0) AS BIGINT) AS held FROM limit_counters AS c
        LEFT JOIN (SELECT kind, subject, SUM(amount) AS held FROM limit_entries WHERE state <> 'released' GROUP BY kind, subject) AS e
        ON e.kind = c.kind AND e.subject = c.subject
        WHERE c.used <> COALESCE(e.held, 0) ORDER BY c.kind, c.subject LIMIT 20";
    /// Entries without a counter.
    NOT_COUNTED = "SELECT e.kind, e.subject, CAST(0 AS BIGINT) AS used, CAST(SUM(e.amount) AS BIGINT) AS held FROM limit_entries AS e
        LEFT JOIN limit_counters AS c ON c.kind = e.kind AND c.subject = e.subject
        WHERE e.state <> 'released' AND c.kind IS NULL GROUP BY e.kind, e.subject ORDER BY e.kind, e.subject LIMIT 20";
    /// Limits of tickets of which the ledger counts another number than there are tickets that were neither given back nor expired.
    WRONG_SALES = "WITH t AS (SELECT x.product_key, x.category_key, x.event_key, x.state FROM tickets x JOIN orders y ON y.id = x.order_id
        WHERE y.payment_method <> 'test')
        SELECT COALESCE(s.kind, e.kind) AS kind, COALESCE(s.subject, e.subject) AS subject,
        CAST(COALESCE(e.held, 0) AS BIGINT) AS used, CAST(COALESCE(s.sold, 0) AS BIGINT) AS held
        FROM (SELECT 'product_total' AS kind, product_key AS subject, COUNT(*) AS sold FROM t WHERE state <> 'cancelled' GROUP BY product_key
            UNION ALL SELECT 'event_capacity', event_key, COUNT(*) FROM t WHERE state <> 'cancelled' AND event_key IS NOT NULL GROUP BY event_key
            UNION ALL SELECT 'type_total', product_key || '/' || category_key || '/' || COALESCE(event_key, ''), COUNT(*)
            FROM t WHERE state <> 'cancelled' GROUP BY product_key, category_key, event_key
            UNION ALL SELECT 'offer_orders', f.offer_key, COUNT(DISTINCT f.order_id) FROM order_offers AS f
            JOIN orders AS o ON o.id = f.order_id WHERE o.state IN ('awaiting_payment', 'paid') AND o.payment_method <> 'test' GROUP BY f.offer_key) AS s
        FULL OUTER JOIN (SELECT kind, subject, SUM(amount) AS held FROM limit_entries
            WHERE state <> 'released' AND kind IN ('product_total', 'event_capacity', 'type_total', 'offer_orders')
            AND order_id IN (SELECT id FROM orders) GROUP BY kind, subject) AS e
        ON e.kind = s.kind AND e.subject = s.subject
        WHERE COALESCE(e.held, 0) <> COALESCE(s.sold, 0) ORDER BY 1, 2 LIMIT 20";
    /// Entries of tickets that were given back, and of orders that are over.
    LEFT_BEHIND = "SELECT e.kind, e.subject, CAST(SUM(e.amount) AS BIGINT) AS used, CAST(0 AS BIGINT) AS held FROM limit_entries AS e
        JOIN orders AS o ON o.id = e.order_id LEFT JOIN tickets AS t ON t.id = e.ticket_id
        WHERE e.state <> 'released' AND (o.state IN ('cancelled', 'expired') OR t.state = 'cancelled')
        GROUP BY e.kind, e.subject ORDER BY e.kind, e.subject LIMIT 20";
}

/// A limit that the ledger counts wrongly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sales) struct Miscount {
    /// What is counted.
    pub(in crate::sales) kind: String,
    /// Of what.
    pub(in crate::sales) subject: String,
    /// What the ledger says.
    pub(in crate::sales) counted: i64,
    /// What there is.
    pub(in crate::sales) there: i64,
}

/// Limits whose counter is not the sum of its entries; at most 40.
pub(in crate::sales) async fn wrong_counters(conn: &mut Conn) -> Result<Vec<Miscount>, DbError> {
    let mut rows: Vec<(String, String, i64, i64)> = conn.fetch_all(&WRONG_COUNTERS, args![]).await?;
    rows.extend(conn.fetch_all::<(String, String, i64, i64)>(&NOT_COUNTED, args![]).await?);
    Ok(rows.into_iter().map(miscount).collect())
}

/// Limits whose entries are not what orders and tickets say; at most 40.
pub(in crate::sales) async fn wrong_sales(conn: &mut Conn) -> Result<Vec<Miscount>, DbError> {
    let mut rows: Vec<(String, String, i64, i64)> = conn.fetch_all(&WRONG_SALES, args![]).await?;
    rows.extend(conn.fetch_all::<(String, String, i64, i64)>(&LEFT_BEHIND, args![]).await?);
    Ok(rows.into_iter().map(miscount).collect())
}

fn miscount((kind, subject, counted, there): (String, String, i64, i64)) -> Miscount {
    Miscount { kind, subject, counted, there }
}
