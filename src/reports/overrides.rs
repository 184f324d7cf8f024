//! Tells what staff sold against the rules, and why.

use super::filter::Filter;
use super::redemptions::channel;
use super::store::overrides as store;
use super::table::{Cell, Column, Row, Table};
use crate::kernel::{Cents, UtcMs};
use db::{Conn, DbError};

pub(super) async fn tell(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    let page = store::page(conn, &filter.period.span(), filter).await?;
    let row = |row: store::OverrideRow| {
        let kind = format!("report-override-{}", row.what);
        let path = Some(format!("/orders/{}", row.order_id));
        let cells = vec![
            Cell::Text(row.number),
            Cell::Moment(UtcMs(row.placed_at)),
            Cell::Word(row.what, kind),
            Cell::Text(row.subject),
            Cell::Text(row.reason),
            channel(row.channel),
            Cell::Text(row.placed_by),
            Cell::Money(Cents(row.discount_cents)),
        ];
        Row { cells, path }
    };
    let columns = vec![
        Column::text("order"),
        Column::text("moment"),
        Column::text("rule"),
        Column::text("what"),
        Column::text("reason"),
        Column::text("channel"),
        Column::text("by"),
        Column::money("granted"),
    ];
    let rows = page.items.into_iter().map(row).collect();
    Ok(Table { columns, rows, totals: None, next: page.next, chart: None })
}
