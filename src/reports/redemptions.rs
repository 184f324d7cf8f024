//! Tells redemptions per code, and one by one with order and moment.

use super::campaigns::{self, Figures, names};
use super::filter::Filter;
use super::store::redemptions as store;
use super::table::{Cell, Column, Row, Table};
use crate::kernel::{Cents, UtcMs};
use db::{Conn, DbError};

pub(super) async fn tell_codes(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    let page = store::codes_page(conn, &filter.period.span(), filter).await?;
    let names = names(conn, page.items.iter().map(|(offer, ..)| offer), filter).await?;
    let row = |(offer, code, count, discount): (String, String, i64, i64)| {
        let name = names.get(&offer).cloned().unwrap_or_else(|| offer.clone());
        let path = Some(format!("/campaigns/codes/{code}"));
        let cells = vec![Cell::Text(code), Cell::Named(offer, name), Cell::Count(count), Cell::Money(Cents(discount))];
        Row { cells, path }
    };
    let columns =
        vec![Column::text("code"), Column::text("offer"), Column::count("redeemed"), Column::money("granted")];
    let table = Table::summed(columns, page.items.into_iter().map(row).collect());
    Ok(Table { next: page.next, totals: None, ..table }.drawn("report-chart-redemptions", "redeemed"))
}

pub(super) async fn tell(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    let page = store::page(conn, &filter.period.span(), filter).await?;
    let names = names(conn, page.items.iter().map(|row| &row.offer_key), filter).await?;
    let row = |row: store::RedemptionRow| {
        let name = names.get(&row.offer_key).cloned().unwrap_or_else(|| row.offer_key.clone());
        let path = Some(format!("/orders/{}", row.order_id));
        let cells = vec![
            Cell::Text(row.number),
            Cell::Moment(UtcMs(row.sold_at)),
            Cell::Named(row.offer_key, name),
            row.code.map_or(Cell::Nothing, Cell::Text),
            channel(row.channel),
            Cell::Word(row.state.clone(), format!("order-state-{}", row.state.replace('_', "-"))),
            Cell::Money(Cents(row.discount_cents)),
        ];
        Row { cells, path }
    };
    let rows: Vec<Row> = page.items.into_iter().map(row).collect();
    let columns = vec![
        Column::text("order"),
        Column::text("moment"),
        Column::text("offer"),
        Column::text("code"),
        Column::text("channel"),
        Column::text("state"),
        Column::money("granted"),
    ];
    let mut totals = None;
    if filter.after.is_none() && !rows.is_empty() {
        let Figures { granted, .. } = campaigns::all(conn, filter).await?;
        let mut cells = vec![Cell::Nothing; columns.len() - 1];
        cells.push(Cell::Money(Cents(granted)));
        totals = Some(cells);
    }
    Ok(Table { columns, totals, rows, next: page.next, chart: None })
}

/// A channel as a cell.
pub(super) fn channel(channel: String) -> Cell {
    let text = format!("channel-{}", channel.replace('_', "-"));
    Cell::Word(channel, text)
}
