//! Tables as files: what the house hands to a spreadsheet, and what it is handed by one.
//!
//! [`write`] makes CSV and workbooks row by row, in constant memory, so that a file may have any number of rows. A text that a
//! spreadsheet would calculate is [guarded](crate::kernel::text::without_formula) in CSV, and is a plain text in workbooks. [`read`] finds
//! out how a file is written and hands out its rows.

pub mod encoding;
pub mod read;
pub mod write;

pub use write::{Cell, TableError, TableWriter};

/// A kind of file that holds a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Text: UTF-8 with a byte order mark, semicolons, CR LF, which an office opens by a double click.
    Csv,
    /// A workbook.
    Xlsx,
}

impl FileKind {
    /// The kind with this ending.
    pub fn of_ending(ending: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx].into_iter().find(|kind| kind.ending() == ending)
    }

    /// The ending of file names, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}
