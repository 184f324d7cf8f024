//! Reports as files: all rows, written while they are read.

use crate::reports::table::{Cell, Row};
use crate::reports::{Filter, Report, tell};
use crate::tables::{self, FileKind};
use crate::web::Problem;
use crate::web::download::{self, Rows};
use crate::web::pages::Words;
use axum::response::Response;
use db::Conn;

/// Rows of a long list that are read at once.
const ROWS_PER_READ: u32 = 1_000;

/// A report as a file, with heads in somebody's language, or with the names for programs.
pub(in crate::reports) async fn answer(
    mut conn: Conn,
    report: Report,
    filter: Filter,
    kind: FileKind,
    words: Option<Words>,
) -> Result<Response, Problem> {
    let mut filter = Filter { rows: ROWS_PER_READ, after: None, ..filter };
    // What is wrong with the question is said before the file begins.
    let mut table = tell(&mut conn, report, &filter).await?;
    let heads = table.columns.iter().map(|column| head(column.key, words)).collect();
    let name = format!("{}-{}-{}", report.as_str(), filter.period.from, filter.period.until);
    let fill = async move |mut file: Rows| {
        loop {
            for row in &table.rows {
                file.add(cells(row, words)).await?;
            }
            if table.next.is_none() {
                return Ok(file);
            }
            filter.after = table.next;
            table = tell(&mut conn, report, &filter).await?;
        }
    };
    Ok(download::table(&name, kind, heads, fill))
}

fn head(key: &str, words: Option<Words>) -> String {
    words.map_or_else(|| key.to_owned(), |words| words.t(&format!("report-col-{key}")))
}

fn cells(row: &Row, words: Option<Words>) -> Vec<tables::Cell> {
    row.cells.iter().map(|cell| plain(cell, words)).collect()
}

/// A cell as files have it: amounts and moments as programs write them.
fn plain(cell: &Cell, words: Option<Words>) -> tables::Cell {
    match cell {
        Cell::Nothing => "".into(),
        Cell::Text(text) => text.as_str().into(),
        Cell::Named(key, name) => if words.is_some() { name.as_str() } else { key.as_str() }.into(),
        Cell::Word(key, text) => words.map_or_else(|| key.clone(), |words| words.t(text)).into(),
        Cell::Count(count) => (*count).into(),
        Cell::Money(amount) => (*amount).into(),
        Cell::Days(first, last) if first == last => first.to_string().into(),
        Cell::Days(first, last) => format!("{first}/{last}").into(),
        Cell::Moment(at) => at.to_rfc3339().into(),
    }
}
