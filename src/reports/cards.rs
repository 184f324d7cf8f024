//! Tells where cards stand now, and what happened to cards in the period.

use super::filter::Filter;
use super::store::cards as store;
use super::table::{Cell, Column, Row, Table};
use db::{Conn, DbError};
use std::collections::BTreeMap;

/// The states on the way from the order to the holder, in their order.
const STATES: [&str; 10] = [
    "preparing",
    "waiting_for_layout",
    "set_aside",
    "ready_to_print",
    "in_print_run",
    "ready_for_dispatch",
    "dispatched",
    "deposited",
    "handed_over",
    "returned",
];

/// The steps that a report tells, in their order.
const STEPS: [&str; 7] = ["frozen", "printed", "spoiled", "dispatched", "deposited", "handed_over", "returned"];

pub(super) async fn tell(conn: &mut Conn, filter: &Filter) -> Result<Table, DbError> {
    let standing: BTreeMap<String, i64> = store::standing(conn, filter).await?.into_iter().collect();
    let (taken, undone) = store::steps(conn, &filter.period.span(), filter).await?;
    let mut steps: BTreeMap<String, i64> = taken.into_iter().collect();
    for (step, count) in undone {
        *steps.entry(step).or_default() -= count;
    }
    let row = |part: &str, key: &str, text: String, count: i64| {
        let part = Cell::Word(part.to_owned(), format!("report-cards-{part}"));
        Row::plain(vec![Cell::Word(key.to_owned(), text), part, Cell::Count(count)])
    };
    let count = |counts: &BTreeMap<String, i64>, key: &str| counts.get(key).copied().unwrap_or(0);
    let mut rows: Vec<Row> = STATES
        .iter()
        .map(|state| row("now", state, format!("card-state-{}", state.replace('_', "-")), count(&standing, state)))
        .collect();
    let chart = Table { columns: columns(), rows: rows.clone(), totals: None, next: None, chart: None };
    let chart = chart.drawn("report-chart-cards", "cards").chart;
    for step in STEPS {
        let text = format!("report-step-{}", step.replace('_', "-"));
        rows.push(row("period", step, text, count(&steps, step)));
        if step == "deposited" {
            // Whoever counts what left the print room counts both.
            let both = count(&steps, "dispatched") + count(&steps, "deposited");
            rows.push(row("period", "sent", "report-step-sent".to_owned(), both));
        }
    }
    Ok(Table { columns: columns(), rows, totals: None, next: None, chart })
}

fn columns() -> Vec<Column> {
    vec![Column::text("what"), Column::text("part"), Column::count("cards")]
}
