//! Short lists as files: what is seen, as a table that a spreadsheet opens by a double click.

use crate::tables::{Cell, FileKind};
use crate::web::{Problem, download};
use axum::response::Response;

/// The most rows of an export.
pub const ROWS_MAX: usize = 20_000;

/// A table of texts as a CSV file with this name to keep.
///
/// # Errors
/// Never for texts in memory; the CSV library may refuse in general.
pub fn csv(name: &str, columns: &[String], rows: &[Vec<String>]) -> Result<Response, Problem> {
    let cells = |row: &Vec<String>| row.iter().map(|text| Cell::from(text.as_str())).collect();
    let rows: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
    download::short_table(name, FileKind::Csv, columns, &rows)
}
