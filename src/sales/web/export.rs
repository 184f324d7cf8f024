//! Tables as files that an office opens.

use crate::web::Problem;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// Rows that are read at once for a file.
pub(super) const ROWS_PER_READ: u32 = 1_000;

/// A CSV file in the making: UTF-8 with its mark, so that spreadsheets know it.
pub(super) struct Table(csv::Writer<Vec<u8>>);

impl Table {
    /// A table with its heads.
    pub(super) fn new(heads: &[String]) -> Result<Self, Problem> {
        let mut table =
            Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{FEFF}".into()));
        table.add(heads)?;
        Ok(table)
    }

    /// Adds a row.
    pub(super) fn add(&mut self, cells: &[String]) -> Result<(), Problem> {
        let written = self.0.write_record(cells.iter().map(|cell| harmless(cell)));
        written.map_err(|error| Problem::internal("a table cannot be written", &error))
    }

    /// The file.
    pub(super) fn answer(self, name: &str) -> Result<Response, Problem> {
        let bytes =
            self.0.into_inner().map_err(|error| Problem::internal("a table cannot be written", &error.error()))?;
        let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
            .unwrap_or(HeaderValue::from_static("attachment"));
        let media_type = HeaderValue::from_static("text/csv; charset=utf-8");
        Ok(([(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
    }
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula() {
        for (cell, written) in
            [("=1+1", "'=1+1"), ("@a", "'@a"), ("Zoë; \"x\"", "Zoë; \"x\""), ("12.00", "12.00"), ("", "")]
        {
            assert_eq!(harmless(cell), written);
        }
    }
}
