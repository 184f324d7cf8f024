//! Tells who was let in, and what each house has of the passes that open several.

use super::filter::{By, Filter, Report};
use super::sales::takings_of_passes;
use super::store::visits as store;
use super::table::{Cell, Column, Row, Table};
use crate::catalog::store as catalog;
use crate::kernel::Cents;
use db::{Conn, DbError};
use pricing::spread;
use std::collections::BTreeMap;

/// What the gates of a house, or of a day, saw.
#[derive(Debug, Clone, Copy, Default)]
struct Figures {
    people: i64,
    admitted: i64,
    attention: i64,
    refused: i64,
}

pub(super) async fn tell(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    let is_by_house = filter.way(Report::Visits) == Some(By::House);
    let (mut rows, mut first) = (Vec::new(), "days");
    if is_by_house {
        first = "house";
        let mut houses: BTreeMap<String, Figures> = BTreeMap::new();
        for row in store::scanned(conn, &filter.period.span(), filter).await? {
            houses.entry(row.0.clone()).or_default().add(&row);
        }
        let names = houses_by_key(conn).await?;
        for (key, figures) in houses {
            let name = names.get(&key).cloned().unwrap_or_else(|| key.clone());
            rows.push(figures.row(Cell::Named(key, name)));
        }
    } else {
        for span in filter.period.spans(filter.step) {
            let mut figures = Figures::default();
            store::scanned(conn, &span, filter).await?.iter().for_each(|row| figures.add(row));
            rows.push(figures.row(Cell::days(&span)));
        }
    }
    let columns = vec![
        Column::text(first),
        Column::count("people"),
        Column::count("admitted"),
        Column::count("attention"),
        Column::count("refused"),
    ];
    Ok(Table::summed(columns, rows).drawn("report-chart-people", "people"))
}

impl Figures {
    fn add(&mut self, (_, verdict, scans, people): &(String, String, i64, i64)) {
        self.people += people;
        match verdict.as_str() {
            "admit" => self.admitted += scans,
            "attention" => self.attention += scans,
            _ => self.refused += scans,
        }
    }

    fn row(self, first: Cell) -> Row {
        let Self { people, admitted, attention, refused } = self;
        Row::plain(std::iter::once(first).chain([people, admitted, attention, refused].map(Cell::Count)).collect())
    }
}

/// Shares what annual tickets brought out over the houses by visits: each pass counts once per house and day. What a house took less
/// than its share the others owe it.
pub(super) async fn settle(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    let filter = Filter { house: None, channel: None, ..filter.clone() };
    let mut visits: BTreeMap<String, i64> = BTreeMap::new();
    for span in filter.period.each_day() {
        for (house, passes) in store::passes(conn, &span).await? {
            *visits.entry(house).or_default() += passes;
        }
    }
    let taken = takings_of_passes(conn, &filter).await?;
    let names = houses_by_key(conn).await?;
    for key in names.keys() {
        visits.entry(key.clone()).or_default();
    }
    let all = Cents(taken.values().sum::<i64>().max(0));
    let total: i64 = visits.values().sum();
    let weights: Vec<Cents> = visits.values().map(|count| Cents(*count)).collect();
    // Without a visit nothing is to be shared: each house keeps what it took.
    let shares = if total > 0 {
        share(all, &weights)
    } else {
        visits.keys().map(|key| Cents(taken.get(key).copied().unwrap_or(0))).collect()
    };
    let mut rows = Vec::with_capacity(visits.len());
    for ((key, count), share) in visits.into_iter().zip(shares) {
        let taken = taken.get(&key).copied().unwrap_or(0);
        let name = names.get(&key).cloned().unwrap_or_else(|| key.clone());
        let figures = [share, Cents(taken), share - Cents(taken)].map(Cell::Money);
        rows.push(Row::plain([Cell::Named(key, name), Cell::Count(count)].into_iter().chain(figures).collect()));
    }
    let columns = vec![
        Column::text("house"),
        Column::count("visits"),
        Column::money("share"),
        Column::money("taken"),
        Column::money("balance"),
    ];
    Ok(Table::summed(columns, rows).drawn("report-chart-share", "share"))
}

/// An amount in proportion to counts. The rule that spreads amounts wants weights that are worth more than the amount.
fn share(amount: Cents, counts: &[Cents]) -> Vec<Cents> {
    let factor = amount.0.max(1);
    let weights: Vec<Cents> = counts.iter().map(|count| Cents(count.0.saturating_mul(factor))).collect();
    spread(amount, &weights)
}

async fn houses_by_key(conn: &mut Conn) -> Result<BTreeMap<String, String>, DbError> {
    Ok(catalog::houses(conn).await?.into_iter().map(|house| (house.key.to_string(), house.name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takings_are_shared_out_by_visits_to_the_cent() {
        assert_eq!(share(Cents(10_000), &[Cents(2), Cents(1)]), [Cents(6_667), Cents(3_333)]);
        assert_eq!(share(Cents(0), &[Cents(2), Cents(1)]), [Cents(0), Cents(0)]);
    }
}
