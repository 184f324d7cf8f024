//! Tells tickets and takings by product, category, channel, house, rate of VAT, or over time.

use super::filter::{By, Filter, Report};
use super::period::Span;
use super::redemptions::channel;
use super::returned::shares;
use super::store::sales::{self as store, ReturnedRow, SoldRow};
use super::table::{Cell, Column, Row, Table};
use crate::catalog::store as catalog;
use crate::kernel::{Cents, UtcMs};
use db::{Conn, DbError};
use std::collections::BTreeMap;

/// What sales come to.
#[derive(Debug, Clone, Copy, Default)]
struct Figures {
    sold: i64,
    list: i64,
    discount: i64,
    paid: i64,
    returned: i64,
    value: i64,
}

/// A ticket that came back, with what it was worth.
struct Back {
    row: ReturnedRow,
    value: Cents,
}

pub(super) async fn tell(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    match filter.way(Report::Sales) {
        Some(By::Day) => over_time(conn, filter).await,
        Some(By::Vat) => per_rate(conn, filter).await,
        by => per_key(conn, filter, by.unwrap_or(By::Product)).await,
    }
}

impl Figures {
    const COLUMNS: [Column; 7] = [
        Column::count("sold"),
        Column::money("list"),
        Column::money("discount"),
        Column::money("paid"),
        Column::count("returned"),
        Column::money("value"),
        Column::money("takings"),
    ];

    fn cells(self) -> [Cell; 7] {
        [
            Cell::Count(self.sold),
            Cell::Money(Cents(self.list)),
            Cell::Money(Cents(self.discount)),
            Cell::Money(Cents(self.paid)),
            Cell::Count(self.returned),
            Cell::Money(Cents(self.value)),
            Cell::Money(Cents(self.paid - self.value)),
        ]
    }

    fn add(&mut self, row: &SoldRow) {
        self.sold += row.tickets;
        self.list += row.list_cents;
        self.discount += row.discount_cents;
        self.paid += row.paid_cents;
    }

    fn take_back(&mut self, back: &Back) {
        self.returned += 1;
        self.value += back.value.0;
    }
}

async fn per_key(conn: &mut Conn, filter: &Filter, by: By) -> Result<Table, DbError> {
    let span = filter.period.span();
    let mut figures: BTreeMap<String, Figures> = BTreeMap::new();
    for row in store::sold(conn, &span, filter).await? {
        let key = match by {
            By::Category => &row.category_key,
            By::Channel => &row.channel,
            By::House => &row.house_key,
            _ => &row.product_key,
        };
        figures.entry(key.clone()).or_default().add(&row);
    }
    for back in returned(conn, &span, filter).await? {
        let key = match by {
            By::Category => &back.row.category_key,
            By::Channel => &back.row.channel,
            By::House => &back.row.house_key,
            _ => &back.row.product_key,
        };
        figures.entry(key.clone()).or_default().take_back(&back);
    }
    let names = names(conn, by, &filter.language).await?;
    let mut rows: Vec<(i64, Row)> = Vec::with_capacity(figures.len());
    for (key, figures) in figures {
        let first = match by {
            By::Channel => channel(key),
            _ if key.is_empty() => Cell::Nothing,
            _ => {
                let name = names.get(&key).cloned().unwrap_or_else(|| key.clone());
                Cell::Named(key, name)
            }
        };
        let cells = std::iter::once(first).chain(figures.cells()).collect();
        rows.push((figures.paid - figures.value, Row::plain(cells)));
    }
    rows.sort_by_key(|(net, _)| std::cmp::Reverse(*net));
    let columns = std::iter::once(Column::text(by.as_str())).chain(Figures::COLUMNS).collect();
    Ok(Table::summed(columns, rows.into_iter().map(|(_, row)| row).collect()).drawn("report-chart-takings", "takings"))
}

async fn over_time(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    let back = returned(conn, &filter.period.span(), filter).await?;
    let mut rows = Vec::new();
    for span in filter.period.spans(filter.step) {
        let mut figures = Figures::default();
        store::sold(conn, &span, filter).await?.iter().for_each(|row| figures.add(row));
        back.iter().filter(|back| span.holds(UtcMs(back.row.at))).for_each(|back| figures.take_back(back));
        rows.push(Row::plain(std::iter::once(Cell::days(&span)).chain(figures.cells()).collect()));
    }
    let columns = std::iter::once(Column::text("days")).chain(Figures::COLUMNS).collect();
    Ok(Table::summed(columns, rows).drawn("report-chart-takings", "takings"))
}

/// What is owed to the tax office: what receipts say of sales, less what they say of returns.
async fn per_rate(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    let (sold, returned) = store::vat(conn, &filter.period.span(), filter).await?;
    let mut rates: BTreeMap<String, [i64; 3]> = BTreeMap::new();
    let signed = sold.into_iter().map(|row| (1, row)).chain(returned.into_iter().map(|row| (-1, row)));
    for (sign, (rate, gross, net, tax)) in signed {
        let sums = rates.entry(rate).or_default();
        sums.iter_mut().zip([gross, net, tax]).for_each(|(sum, part)| *sum += sign * part);
    }
    let row = |(rate, sums): (String, [i64; 3])| {
        let name = format!("{rate} %");
        let figures = sums.map(|sum| Cell::Money(Cents(sum)));
        Row::plain(std::iter::once(Cell::Named(rate, name)).chain(figures).collect())
    };
    let columns = vec![Column::text("vat"), Column::money("gross"), Column::money("net"), Column::money("tax")];
    Ok(Table::summed(columns, rates.into_iter().map(row).collect()).drawn("report-chart-gross", "gross"))
}

/// What the sales of annual tickets and vouchers of them brought, less what came back; and what each house took of it.
pub(super) async fn takings_of_passes(conn: &mut Conn, filter: &Filter) -> Result<BTreeMap<String, i64>, DbError> {
    let products = catalog::products(conn).await?;
    let is_pass = |key: &str| {
        let product = products.iter().find(|product| product.key.as_str() == key);
        product.is_some_and(|product| product.kind != crate::catalog::ProductKind::DayTicket)
    };
    let span = filter.period.span();
    let mut taken = BTreeMap::new();
    for row in store::sold(conn, &span, filter).await?.iter().filter(|row| is_pass(&row.product_key)) {
        *taken.entry(row.house_key.clone()).or_default() += row.paid_cents;
    }
    for back in returned(conn, &span, filter).await?.iter().filter(|back| is_pass(&back.row.product_key)) {
        *taken.entry(back.row.house_key.clone()).or_default() -= back.value.0;
    }
    Ok(taken)
}

/// The tickets that came back in a span, each with its share of what its refund was worth.
async fn returned(conn: &mut Conn, span: &Span, filter: &Filter) -> Result<Vec<Back>, DbError> {
    let rows = store::returned(conn, span, filter).await?;
    let values: Vec<Cents> = rows
        .chunk_by(|one, other| one.id == other.id)
        .flat_map(|tickets| {
            let paid: Vec<Cents> = tickets.iter().map(|ticket| Cents(ticket.paid_price_cents)).collect();
            shares(Cents(tickets[0].value_cents), &paid)
        })
        .collect();
    Ok(rows.into_iter().zip(values).map(|(row, value)| Back { row, value }).collect())
}

async fn names(conn: &mut Conn, by: By, language: &str) -> Result<BTreeMap<String, String>, DbError> {
    Ok(match by {
        By::Product => {
            let all = catalog::products(conn).await?;
            all.into_iter().map(|one| (one.key.to_string(), one.names.get(language).to_owned())).collect()
        }
        By::Category => {
            let all = catalog::categories(conn).await?;
            all.into_iter().map(|one| (one.key.to_string(), one.names.get(language).to_owned())).collect()
        }
        By::House => catalog::houses(conn).await?.into_iter().map(|one| (one.key.to_string(), one.name)).collect(),
        _ => BTreeMap::new(),
    })
}
