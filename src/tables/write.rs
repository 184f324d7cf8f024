//! Writes a table as CSV or as a workbook, row by row and in constant memory.

use super::FileKind;
use crate::kernel::Cents;
use crate::kernel::text::without_formula;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::{self, Write};

/// The most rows of a sheet, headings included; a longer table goes on in a further sheet.
const SHEET_ROWS_MAX: u32 = 1_048_576;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text; empty: nothing.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// An amount of money: with a decimal point and two decimals in CSV, a number in a workbook.
    Amount(Cents),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<Cents> for Cell {
    fn from(amount: Cents) -> Self {
        Self::Amount(amount)
    }
}

/// A table cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file takes no more.
    #[error("the file cannot be written: {0}")]
    Io(#[from] io::Error),
    /// The workbook refuses, for instance a text that is longer than a cell.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
}

impl From<csv::Error> for TableError {
    fn from(error: csv::Error) -> Self {
        Self::Io(error.into())
    }
}

/// A table in the making.
pub struct TableWriter<W: Write + Send>(Kind<W>);

enum Kind<W: Write + Send> {
    Csv(Box<csv::Writer<W>>),
    Xlsx(Box<Sheets<W>>),
}

/// A workbook in the making. Its rows wait in a file of the system until the end.
struct Sheets<W> {
    out: W,
    book: Workbook,
    heads: Vec<String>,
    sheet: usize,
    /// The next row of the sheet.
    row: u32,
    bold: Format,
    money: Format,
}

impl<W: Write + Send> TableWriter<W> {
    /// Begins a table with its headings.
    ///
    /// # Errors
    /// When the file or the workbook takes no row.
    pub fn new(kind: FileKind, mut out: W, heads: &[String]) -> Result<Self, TableError> {
        match kind {
            FileKind::Csv => {
                out.write_all("\u{FEFF}".as_bytes())?;
                let writer = csv::WriterBuilder::new()
                    .delimiter(b';')
                    .terminator(csv::Terminator::CRLF)
                    .flexible(true)
                    .from_writer(out);
                let mut table = Self(Kind::Csv(Box::new(writer)));
                table.add(&heads.iter().map(|head| Cell::from(head.as_str())).collect::<Vec<_>>())?;
                Ok(table)
            }
            FileKind::Xlsx => {
                let mut sheets = Sheets {
                    out,
                    book: Workbook::new(),
                    heads: heads.to_vec(),
                    sheet: 0,
                    row: 0,
                    bold: Format::new().set_bold(),
                    money: Format::new().set_num_format("0.00"),
                };
                // It names no moment of its making, so the same rows give the same bytes.
                let made = ExcelDateTime::from_ymd(1980, 1, 1)?;
                sheets.book.set_properties(&DocProperties::new().set_creation_datetime(&made));
                sheets.begin_sheet()?;
                Ok(Self(Kind::Xlsx(Box::new(sheets))))
            }
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When the file or the workbook takes no row.
    pub fn add(&mut self, cells: &[Cell]) -> Result<(), TableError> {
        match &mut self.0 {
            Kind::Csv(writer) => Ok(writer.write_record(cells.iter().map(plain))?),
            Kind::Xlsx(sheets) => sheets.add(cells),
        }
    }

    /// Ends the table and gives back what it was written to.
    ///
    /// # Errors
    /// When the file takes no more.
    pub fn finish(self) -> Result<W, TableError> {
        match self.0 {
            Kind::Csv(writer) => writer.into_inner().map_err(|error| error.into_error().into()),
            Kind::Xlsx(mut sheets) => {
                sheets.book.save_to_writer(&mut sheets.out)?;
                Ok(sheets.out)
            }
        }
    }
}

impl<W> Sheets<W> {
    fn begin_sheet(&mut self) -> Result<(), TableError> {
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, head) in (0..).zip(&self.heads) {
            sheet.write_string_with_format(0, column, head, &self.bold)?;
        }
        self.row = 1;
        Ok(())
    }

    fn add(&mut self, cells: &[Cell]) -> Result<(), TableError> {
        if self.row == SHEET_ROWS_MAX {
            self.sheet += 1;
            self.begin_sheet()?;
        }
        let sheet = self.book.worksheet_from_index(self.sheet)?;
        for (column, cell) in (0..).zip(cells) {
            write(sheet, self.row, column, cell, &self.money)?;
        }
        self.row += 1;
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "workbooks know no other numbers, and nobody counts beyond 2^53")]
fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, money: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if text.is_empty() => {}
        // A text stays one, whatever it begins with: nothing calculates it.
        Cell::Text(text) => drop(sheet.write_string(row, column, text)?),
        Cell::Whole(number) => drop(sheet.write_number(row, column, *number as f64)?),
        Cell::Amount(amount) => drop(sheet.write_number_with_format(row, column, amount.0 as f64 / 100.0, money)?),
    }
    Ok(())
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => without_formula(text),
        Cell::Whole(number) => number.to_string(),
        Cell::Amount(amount) => amount.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(kind: FileKind, rows: &[Vec<Cell>]) -> Vec<u8> {
        let mut table = TableWriter::new(kind, Vec::new(), &["Name".to_owned(), "Ort".to_owned()]).unwrap();
        for row in rows {
            table.add(row).unwrap();
        }
        table.finish().unwrap()
    }

    #[test]
    fn a_csv_opens_in_an_office() {
        let rows =
            [vec![Cell::from("=1+1"), Cell::from("Köln; \"Dom\"")], vec![Cell::Whole(-3), Cell::Amount(Cents(-1_205))]];
        let text = String::from_utf8(written(FileKind::Csv, &rows)).unwrap();
        assert_eq!(text, "\u{FEFF}Name;Ort\r\n'=1+1;\"Köln; \"\"Dom\"\"\"\r\n-3;-12.05\r\n");
    }

    #[test]
    fn a_workbook_is_the_same_each_time() {
        let rows = vec![vec![Cell::from("=1+1"), Cell::Amount(Cents(990))]; 3];
        let bytes = written(FileKind::Xlsx, &rows);
        assert!(bytes.starts_with(b"PK"));
        assert_eq!(bytes, written(FileKind::Xlsx, &rows));
    }
}
