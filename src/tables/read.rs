//! Reads a table from a CSV file or a workbook, row by row.
//!
//! CSV is read in constant memory, whatever its encoding and its separator are; of a workbook the first sheet is read, and its
//! texts are kept in memory.

use super::encoding::{Decoded, encoding_of};
use crate::kernel::text::{as_before_guarding, clean, fold};
use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// The most columns that are read.
const COLUMNS_MAX: usize = 64;
/// How many bytes of text show what separates its columns.
const LOOKED_AT: u64 = 64 * 1024;
const SEPARATORS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file: in CSV that of its first line; the first is 1.
    pub number: u64,
    /// Its cells.
    pub cells: Vec<ReadCell>,
}

/// What a cell says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadCell {
    /// Its text, without blanks around it.
    pub text: String,
    /// What it was in the file.
    pub nature: Nature,
}

/// What a cell was in the file. In CSV all cells are texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Nature {
    /// A text, or nothing.
    #[default]
    Text,
    /// A number: zeros before it are lost, if there were any.
    Number,
    /// A date or a time: it may have been something else before a spreadsheet took it for one.
    Date,
    /// The result of a formula, or an error.
    Calculated,
}

/// Why a file cannot be read as a table.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It is neither text nor a workbook.
    #[error("the file is no table: CSV and XLSX can be read")]
    NoTable,
    /// It is a workbook of the format before 2007.
    #[error("the workbook has the old format XLS: save it as XLSX or CSV")]
    OldWorkbook,
    /// The workbook is damaged.
    #[error("the workbook is damaged: {0}")]
    Workbook(#[from] XlsxError),
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
}

impl Unreadable {
    /// A word for the problem.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::NoTable | Self::Io(_) => "no-table",
            Self::OldWorkbook => "old-workbook",
            Self::Workbook(_) => "damaged",
        }
    }
}

/// Hands each row that is not empty to `each`, which may stop the reading by its error.
///
/// # Errors
/// When the file is no table; what has been read so far was handed out.
pub fn each_row<E: From<Unreadable>>(
    mut source: impl Read + Seek,
    mut each: impl FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    let mut first = [0; 4];
    let count = source.read(&mut first).map_err(Unreadable::from)?;
    source.seek(SeekFrom::Start(0)).map_err(Unreadable::from)?;
    match &first[..count] {
        b"PK\x03\x04" => of_workbook(source, &mut each),
        b"\xD0\xCF\x11\xE0" => Err(Unreadable::OldWorkbook.into()),
        _ => of_text(source, &mut each),
    }
}

/// Which column has one of the headings, in any writing.
pub fn column(heads: &[String], names: &[&str]) -> Option<usize> {
    heads.iter().position(|head| names.iter().any(|name| fold(name) == fold(head)))
}

/// Yes or no in the words that people put into tables; nothing for an empty cell.
///
/// # Errors
/// When it says neither.
pub fn yes_or_no(text: &str) -> Result<Option<bool>, NeitherYesNorNo> {
    match text.trim().to_lowercase().as_str() {
        "" => Ok(None),
        "1" | "x" | "yes" | "y" | "ja" | "j" | "oui" | "o" | "true" | "wahr" | "vrai" => Ok(Some(true)),
        "0" | "no" | "n" | "nein" | "non" | "false" | "falsch" | "faux" => Ok(Some(false)),
        _ => Err(NeitherYesNorNo),
    }
}

/// A cell says neither yes nor no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeitherYesNorNo;

fn of_text<E: From<Unreadable>>(
    mut source: impl Read + Seek,
    each: &mut impl FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    let encoding = encoding_of(&mut source).map_err(Unreadable::from)?;
    let mut first = String::new();
    source.seek(SeekFrom::Start(0)).map_err(Unreadable::from)?;
    // The piece may end amid a character; that is no reason to refuse it.
    let mut beginning = Vec::new();
    Decoded::new(source.by_ref(), encoding).take(LOOKED_AT).read_to_end(&mut beginning).map_err(Unreadable::from)?;
    first.push_str(&String::from_utf8_lossy(&beginning));
    if first.contains('\0') {
        return Err(Unreadable::NoTable.into());
    }
    let (separator, is_told) = separator(&first);
    source.seek(SeekFrom::Start(0)).map_err(Unreadable::from)?;
    let mut table = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(Decoded::new(source, encoding));
    let mut record = csv::StringRecord::new();
    let mut is_first = true;
    loop {
        let there = table.read_record(&mut record).map_err(|error| Unreadable::Io(error.into()))?;
        if !there {
            return Ok(());
        }
        if std::mem::take(&mut is_first) && is_told {
            continue;
        }
        let number = record.position().map_or(0, csv::Position::line);
        let cell = |text: &str| ReadCell { text: clean(as_before_guarding(text)), nature: Nature::Text };
        hand_out(number, record.iter().take(COLUMNS_MAX).map(cell).collect(), each)?;
    }
}

/// What separates the columns, and whether the first line does nothing but say so.
fn separator(text: &str) -> (u8, bool) {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if let Some([told]) = line.trim().strip_prefix("sep=").map(str::as_bytes) {
        return (*told, true);
    }
    let mut quoted = false;
    let mut counts = [0_usize; SEPARATORS.len()];
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        for (count, separator) in counts.iter_mut().zip(SEPARATORS) {
            *count += usize::from(!quoted && byte == separator);
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    let found = SEPARATORS.into_iter().zip(counts).find(|(_, count)| *count == most);
    (found.map_or(b';', |(separator, _)| separator), false)
}

fn of_workbook<E: From<Unreadable>>(
    source: impl Read + Seek,
    each: &mut impl FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(source)).map_err(Unreadable::from)?;
    let Some(sheet) = book.sheet_names().first().cloned() else {
        return Err(Unreadable::NoTable.into());
    };
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(Unreadable::from)?;
    let (mut at, mut row): (u32, Vec<ReadCell>) = (0, Vec::new());
    while let Some(cell) = cells.next_cell_with_formula().map_err(Unreadable::from)? {
        let (line, column) = (cell.pos.0, usize::try_from(cell.pos.1).unwrap_or(usize::MAX));
        if line != at {
            hand_out(u64::from(at) + 1, std::mem::take(&mut row), each)?;
            at = line;
        }
        if column < COLUMNS_MAX {
            row.resize(row.len().max(column + 1), ReadCell::default());
            row[column] = read_cell(&cell.value, cell.formula.as_deref());
        }
    }
    hand_out(u64::from(at) + 1, row, each)
}

fn hand_out<E>(number: u64, cells: Vec<ReadCell>, each: &mut impl FnMut(Row) -> Result<(), E>) -> Result<(), E> {
    let is_empty = cells.iter().all(|cell| cell.text.is_empty() && cell.nature == Nature::Text);
    if is_empty { Ok(()) } else { each(Row { number, cells }) }
}

fn read_cell(value: &DataRef<'_>, formula: Option<&str>) -> ReadCell {
    let of = |text: &str, nature| ReadCell { text: clean(text), nature };
    if let Some(formula) = formula {
        return of(&format!("={formula}"), Nature::Calculated);
    }
    match value {
        DataRef::Empty => ReadCell::default(),
        DataRef::String(text) => of(text, Nature::Text),
        DataRef::SharedString(text) => of(text, Nature::Text),
        DataRef::Bool(is_so) => of(if *is_so { "yes" } else { "no" }, Nature::Text),
        DataRef::Int(number) => of(&number.to_string(), Nature::Number),
        // A number without decimals is written without them, and never with an exponent.
        DataRef::Float(number) => of(&number.to_string(), Nature::Number),
        DataRef::DateTime(moment) => of(&moment.as_f64().to_string(), Nature::Date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => of(text, Nature::Date),
        DataRef::Error(error) => of(&error.to_string(), Nature::Calculated),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, FileKind, TableWriter};
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    fn rows(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
        let mut rows = Vec::new();
        each_row::<Unreadable>(Cursor::new(bytes), |row| {
            rows.push((row.number, row.cells.into_iter().map(|cell| cell.text).collect()));
            Ok(())
        })
        .unwrap();
        rows
    }

    #[test]
    fn separators_are_found_and_empty_rows_left_out() {
        for text in
            ["a;b\n\n1;\"x;y\"\n", "a,b\r\n\r\n1,x;y\r\n", "a\tb\n\n1\tx;y", "sep=|\na|b\n1|x;y", "\"a;\",b\n\n1,x;y"]
        {
            let found: Vec<Vec<String>> = rows(text.as_bytes()).into_iter().map(|(_, cells)| cells).collect();
            assert_eq!(found[1], ["1", "x;y"], "{text}");
        }
        assert_eq!(rows(b"\n\nAB\n  \nCD")[1], (5, vec!["CD".to_owned()]));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let refused = |bytes: &[u8]| each_row::<Unreadable>(Cursor::new(bytes), |_| Ok(())).unwrap_err().as_str();
        assert_eq!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1"), "old-workbook");
        assert_eq!(refused(b"PK\x03\x04 and no more"), "damaged");
        assert_eq!(refused(b"GIF89a\0\0\0\0\x01\x02\x03"), "no-table");
    }

    #[test]
    fn yes_and_no_in_three_languages() {
        assert_eq!(
            ["Ja", "non", "", "TRUE"].map(yes_or_no),
            [Ok(Some(true)), Ok(Some(false)), Ok(None), Ok(Some(true))]
        );
        assert_eq!(yes_or_no("perhaps"), Err(NeitherYesNorNo));
    }

    proptest! {
        #[test]
        fn no_bytes_stop_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = each_row::<Unreadable>(Cursor::new(&bytes), |_| Ok(()));
        }

        #[test]
        fn what_is_written_is_read(texts in proptest::collection::vec(proptest::collection::vec("[^\u{0}\u{FEFF}]{0,12}", 2..=2), 1..6)) {
            let texts: Vec<Vec<String>> = texts.into_iter().map(|row| row.iter().map(|text| clean(text)).collect()).collect();
            for kind in [FileKind::Csv, FileKind::Xlsx] {
                let mut table = TableWriter::new(kind, Vec::new(), &["a".to_owned(), "b".to_owned()]).unwrap();
                for row in &texts {
                    table.add(&row.iter().map(|text| Cell::from(text.as_str())).collect::<Vec<_>>()).unwrap();
                }
                let read: Vec<Vec<String>> = rows(&table.finish().unwrap()).into_iter().skip(1).map(|(_, mut cells)| {
                    cells.resize(2, String::new());
                    cells
                }).collect();
                let kept: Vec<&Vec<String>> = texts.iter().filter(|row| row.iter().any(|text| !text.is_empty())).collect();
                prop_assert_eq!(read.iter().collect::<Vec<_>>(), kept);
            }
        }
    }
}
