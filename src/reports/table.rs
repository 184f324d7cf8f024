//! A report as a table, with the chart over it: one shape for the page, the files and programs.

use super::period::Span;
use crate::kernel::{Cents, UtcMs};
use chrono::NaiveDate;

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// How many.
    Count,
    /// How much.
    Money,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name for programs; the page says the text `report-col-` and this.
    pub key: &'static str,
    /// What stands in it.
    pub kind: Kind,
}

/// What stands at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Nothing,
    /// A text as it is.
    Text(String),
    /// Something with a key, and what it is called.
    Named(String, String),
    /// A word of the program, and the key of its text.
    Word(String, String),
    /// How many.
    Count(i64),
    /// How much.
    Money(Cents),
    /// The days from one to another.
    Days(NaiveDate, NaiveDate),
    /// A moment.
    Moment(UtcMs),
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells, one for each column.
    pub cells: Vec<Cell>,
    /// Where more of it is said.
    pub path: Option<String>,
}

/// Bars, one for each row that has a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The key of its title.
    pub title: &'static str,
    /// What the bars measure.
    pub kind: Kind,
    /// Whose bar it is, and how long it is.
    pub bars: Vec<(Cell, i64)>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The sums of the figures over all rows, those of other pages too; a cell for each column. Only the first
    /// page of a long list has them.
    pub totals: Option<Vec<Cell>>,
    /// What continues it, if it goes on.
    pub next: Option<String>,
    /// Its chart.
    pub chart: Option<Chart>,
}

impl Column {
    /// A column of words.
    pub const fn text(key: &'static str) -> Self {
        Self { key, kind: Kind::Text }
    }

    /// A column of counts.
    pub const fn count(key: &'static str) -> Self {
        Self { key, kind: Kind::Count }
    }

    /// A column of amounts.
    pub const fn money(key: &'static str) -> Self {
        Self { key, kind: Kind::Money }
    }
}

impl Cell {
    /// The days of a span.
    pub const fn days(span: &Span) -> Self {
        Self::Days(span.first, span.last)
    }

    fn figure(&self) -> Option<i64> {
        match self {
            Self::Count(count) => Some(*count),
            Self::Money(amount) => Some(amount.0),
            _ => None,
        }
    }
}

impl Row {
    /// A row that leads nowhere.
    pub const fn plain(cells: Vec<Cell>) -> Self {
        Self { cells, path: None }
    }
}

impl Table {
    /// A table whose last row says the sums of its figures.
    pub fn summed(columns: Vec<Column>, rows: Vec<Row>) -> Self {
        let sum = |(place, column): (usize, &Column)| {
            let sum = || rows.iter().filter_map(|row| row.cells.get(place)?.figure()).sum();
            match column.kind {
                Kind::Text => Cell::Nothing,
                Kind::Count => Cell::Count(sum()),
                Kind::Money => Cell::Money(Cents(sum())),
            }
        };
        let totals = (!rows.is_empty()).then(|| columns.iter().enumerate().map(sum).collect());
        Self { columns, rows, totals, next: None, chart: None }
    }

    /// The same with a chart of one column, over the words of the first.
    #[must_use]
    pub fn drawn(mut self, title: &'static str, column: &str) -> Self {
        let Some(place) = self.columns.iter().position(|known| known.key == column) else { return self };
        let bar = |row: &Row| Some((row.cells.first()?.clone(), row.cells.get(place)?.figure()?));
        let bars: Vec<_> = self.rows.iter().filter_map(bar).collect();
        self.chart = (bars.len() > 1).then(|| Chart { title, kind: self.columns[place].kind, bars });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_row_sums_up_and_the_chart_measures_one_column() {
        let row = |name: &str, count, cents| {
            Row::plain(vec![Cell::Text(name.to_owned()), Cell::Count(count), Cell::Money(Cents(cents))])
        };
        let columns = vec![Column::text("a"), Column::count("b"), Column::money("c")];
        let table = Table::summed(columns.clone(), vec![row("x", 2, 500), row("y", -1, -250)]).drawn("t", "c");
        assert_eq!(table.totals, Some(vec![Cell::Nothing, Cell::Count(1), Cell::Money(Cents(250))]));
        assert_eq!(table.chart.map(|chart| chart.bars.iter().map(|bar| bar.1).collect()), Some(vec![500, -250]));
        assert_eq!(Table::summed(columns, Vec::new()).totals, None);
    }
}
