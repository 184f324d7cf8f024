//! The scenarios of sold orders, for pricing them again.

use crate::kernel::ids::OrderId;
use crate::kernel::{Cents, UtcMs};
use db::column::parsed;
use db::{Conn, DbError, args};

db::statements! {
    /// What was sold in a period, after an order, the earliest first.
    SOLD = "SELECT id, placed_at, total_cents, scenario FROM orders
        WHERE placed_at >= $1 AND placed_at < $2 AND state NOT IN ('expired', 'cancelled') AND payment_method <> 'test'
        AND (placed_at > $3 OR (placed_at = $3 AND id > $4)) ORDER BY placed_at, id LIMIT $5";
    /// How many orders were sold in a period.
    COUNT = "SELECT COUNT(*) FROM orders
        WHERE placed_at >= $1 AND placed_at < $2 AND state NOT IN ('expired', 'cancelled') AND payment_method <> 'test'";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    placed_at: i64,
    total_cents: i64,
    scenario: String,
}

/// An order with what gave it its price.
pub(in crate::sales) struct SoldScenario {
    pub(in crate::sales) id: OrderId,
    pub(in crate::sales) placed_at: UtcMs,
    pub(in crate::sales) total: Cents,
    pub(in crate::sales) scenario: String,
}

pub(in crate::sales) async fn sold_scenarios(
    conn: &mut Conn,
    from: UtcMs,
    until: UtcMs,
    after: Option<(UtcMs, OrderId)>,
    rows: u32,
) -> Result<Vec<SoldScenario>, DbError> {
    let (at, id) = after.map_or((i64::MIN, String::new()), |(at, id)| (at.0, id.to_string()));
    let found: Vec<Row> = conn.fetch_all(&SOLD, args![from.0, until.0, at, id, i64::from(rows)]).await?;
    let sold = |row: Row| {
        let id = parsed(&row.id)?;
        let (placed_at, total) = (UtcMs(row.placed_at), Cents(row.total_cents));
        Ok(SoldScenario { id, placed_at, total, scenario: row.scenario })
    };
    found.into_iter().map(sold).collect()
}

pub(in crate::sales) async fn count_sold(conn: &mut Conn, from: UtcMs, until: UtcMs) -> Result<i64, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT, args![from.0, until.0]).await?;
    Ok(count)
}
