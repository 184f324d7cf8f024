//! The manifest of a run: one line per card, for whoever prints or checks it outside the program.
//!
//! The CSV is what a spreadsheet in a German office opens by a double click: UTF-8 with a byte order mark, semicolons, CR LF. A text
//! that a spreadsheet would take for a formula gets an apostrophe before it. In the workbook every cell is a text, so that
//! neither card numbers lose their leading zeros nor codes their digits.

use super::PrintData;
use crate::kernel::text::without_formula;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// The columns.
const COLUMNS: [&str; 16] = [
    "position",
    "card_number",
    "code",
    "given_name",
    "family_name",
    "birth_date",
    "product",
    "category",
    "valid_from",
    "valid_until",
    "houses",
    "language",
    "photo",
    "layout",
    "layout_version",
    "layout_sha256",
];

/// The name of a card's portrait in the run's archive: never a person's name.
pub fn photo_name(card_number: &str) -> String {
    format!("photos/{card_number}.jpg")
}

/// The manifest as CSV. `first` is the position of the first card.
///
/// # Errors
/// Never for texts in memory; the CSV library may refuse in general.
pub fn csv(first: u32, cards: &[PrintData]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    writer.write_record(COLUMNS)?;
    for (position, card) in (first..).zip(cards) {
        writer.write_record(line(position, card).map(|text| without_formula(&text)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The manifest as a workbook. It names no moment of its making, so the same cards give the same bytes.
///
/// # Errors
/// When the library cannot write the workbook.
pub fn xlsx(first: u32, cards: &[PrintData]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(1980, 1, 1)?));
    let sheet = workbook.add_worksheet().set_name("cards")?;
    let bold = Format::new().set_bold();
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for ((row, position), card) in (1..).zip(first..).zip(cards) {
        for (column, text) in (0..).zip(line(position, card)) {
            sheet.write_string(row, column, text)?;
        }
    }
    workbook.save_to_buffer()
}

fn line(position: u32, card: &PrintData) -> [String; COLUMNS.len()] {
    let photo = card.photo_sha256.as_ref().map(|_| photo_name(&card.number));
    [
        position.to_string(),
        card.number.clone(),
        card.code.clone(),
        card.given_name.clone().unwrap_or_default(),
        card.family_name.clone().unwrap_or_default(),
        card.birth_date.clone().unwrap_or_default(),
        card.product_name.clone(),
        card.category_name.clone(),
        card.valid_from.clone(),
        card.valid_until.clone(),
        card.houses.join(", "),
        card.language.clone(),
        photo.unwrap_or_default(),
        card.layout_id.clone(),
        card.layout_version.to_string(),
        card.layout_sha256.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::production::print_data::example;

    #[test]
    fn the_csv_is_what_an_office_opens() {
        let mut card = example();
        card.given_name = Some("=1+1".to_owned());
        card.family_name = Some("Müller; \"die\" Ältere".to_owned());
        let text = String::from_utf8(csv(7, &[card]).unwrap()).unwrap();
        let mut lines = text.split("\r\n");
        assert!(lines.next().unwrap().starts_with("\u{FEFF}position;card_number;code;given_name"));
        let line = lines.next().unwrap();
        assert!(line.starts_with("7;01234567890123;1111"), "{line}");
        assert!(line.contains(";'=1+1;\"Müller; \"\"die\"\" Ältere\";"), "{line}");
        assert!(line.contains(";photos/01234567890123.jpg;mat;1;"), "{line}");
        assert_eq!(lines.next(), Some(""));
        assert_eq!(lines.next(), None);
    }

    #[test]
    fn the_same_cards_give_the_same_workbook() {
        assert_eq!(xlsx(1, &[example()]).unwrap(), xlsx(1, &[example()]).unwrap());
        assert_ne!(xlsx(1, &[example()]).unwrap(), xlsx(2, &[example()]).unwrap());
    }
}
