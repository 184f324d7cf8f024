//! Lists as files: what is seen, as a table that a spreadsheet opens by a double click.
//!
//! UTF-8 with a byte order mark, semicolons, CR LF. A text that a spreadsheet would calculate gets an apostrophe before it.

use crate::kernel::text::without_formula;
use crate::web::Problem;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The most rows of an export.
pub const ROWS_MAX: usize = 20_000;

/// A table as a file with this name to keep.
///
/// # Errors
/// Never for texts in memory; the CSV library may refuse in general.
pub fn csv(name: &str, columns: &[String], rows: &[Vec<String>]) -> Result<Response, Problem> {
    let bytes = table(columns, rows).map_err(|error| Problem::internal("a list cannot be exported", &error))?;
    let disposition = format!("attachment; filename=\"{name}.csv\"");
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}

fn table(columns: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row.iter().map(|text| without_formula(text)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_opens_in_an_office() {
        let columns = ["Name".to_owned(), "Ort".to_owned()];
        let rows = [vec!["=1+1".to_owned(), "Köln; \"Dom\"".to_owned()]];
        let text = String::from_utf8(table(&columns, &rows).unwrap()).unwrap();
        assert_eq!(text, "\u{FEFF}Name;Ort\r\n'=1+1;\"Köln; \"\"Dom\"\"\"\r\n");
    }
}
