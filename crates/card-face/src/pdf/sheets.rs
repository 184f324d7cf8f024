//! Several cards on a sheet of paper, to be cut by hand or machine: proofs and small editions without a card printer.

use super::{Book, FileInfo, Page, Part, PdfError, fingerprint};
use crate::compose::{ComposedCard, Mark, Side};
use crate::geometry::{Frame, Outline, PT_PER_MM, Step, at};
use crate::layout::Ink;

/// A sheet in millimetres and how many cards lie on it, edge to edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    width: f64,
    height: f64,
    columns: usize,
    rows: usize,
}

/// Sheets of a part in which larger files are made.
const SHEETS_PER_PART: usize = 10;

/// Crop marks begin this far outside the cards, are this long and this wide (a quarter of a point).
const MARK_GAP: f64 = 1.5;
const MARK_LENGTH: f64 = 4.0;
const MARK_WIDTH: f64 = 0.25 / PT_PER_MM;

impl Sheet {
    /// A4 upright with two columns of five cards.
    pub const A4: Self = Self { width: 210.0, height: 297.0, columns: 2, rows: 5 };

    fn slots(&self) -> usize {
        self.columns * self.rows
    }

    /// The upper left corner of the block of cards.
    #[expect(clippy::cast_precision_loss, reason = "a sheet has few cards")]
    fn block(&self, card: &Frame) -> Frame {
        let (width, height) = (card.width * self.columns as f64, card.height * self.rows as f64);
        Frame::new((self.width - width) / 2.0, (self.height - height) / 2.0, width, height)
    }
}

/// Makes sheets with crop marks: fronts, then their backs mirrored per row, so that they lie on their fronts when the
/// paper is turned over its long edge.
///
/// # Errors
/// If there are no cards, cards of different sizes, or cards too large for the sheet.
pub fn sheets_pdf(cards: &[ComposedCard], sheet: Sheet, info: &FileInfo) -> Result<Vec<u8>, PdfError> {
    let first = cards.first().ok_or(PdfError::Empty)?;
    let size = Frame::new(0.0, 0.0, first.format.width, first.format.height);
    let same = |card: &ComposedCard| (card.format.width, card.format.height) == (size.width, size.height);
    if !cards.iter().all(same) {
        return Err(PdfError::MixedFormats);
    }
    let paper = Frame::new(0.0, 0.0, sheet.width, sheet.height);
    let block = sheet.block(&size);
    if !block.grown(MARK_GAP + MARK_LENGTH).within(&paper) {
        return Err(PdfError::SheetTooSmall);
    }
    let marks = crop_marks(&block, &size, sheet);
    let part = |cards: &[ComposedCard]| {
        let mut book = Book::default();
        for on_sheet in cards.chunks(sheet.slots()) {
            for side in [Side::Front, Side::Back] {
                let mut page = Page::new(paper, paper);
                for (slot, card) in on_sheet.iter().enumerate() {
                    let (row, column) = (slot / sheet.columns, slot % sheet.columns);
                    let column = if side == Side::Back { sheet.columns - 1 - column } else { column };
                    page.draw_side_at(card, side, corner(&block, &size, row, column), &mut book);
                }
                page.draw_marks(&marks, &mut book);
                book.push(page);
            }
        }
        book.into_part()
    };
    let parts = cards.chunks(sheet.slots() * SHEETS_PER_PART).map(part).collect::<Result<_, _>>()?;
    Part::save(parts, info, &fingerprint(cards))
}

#[expect(clippy::cast_precision_loss, reason = "a sheet has few cards")]
fn corner(block: &Frame, card: &Frame, row: usize, column: usize) -> crate::geometry::Point {
    at(block.x + card.width * column as f64, block.y + card.height * row as f64)
}

/// Short lines in the margins, in line with each cut.
fn crop_marks(block: &Frame, card: &Frame, sheet: Sheet) -> Vec<Mark> {
    let (near, far) = (MARK_GAP, MARK_GAP + MARK_LENGTH);
    let mut steps = Vec::new();
    let mut line = |from: (f64, f64), to: (f64, f64)| {
        steps.push(Outline { steps: vec![Step::Move(at(from.0, from.1)), Step::Line(at(to.0, to.1))] });
    };
    for column in 0..=sheet.columns {
        let x = corner(block, card, 0, column).x;
        line((x, block.y - far), (x, block.y - near));
        line((x, block.bottom() + near), (x, block.bottom() + far));
    }
    for row in 0..=sheet.rows {
        let y = corner(block, card, row, 0).y;
        line((block.x - far, y), (block.x - near, y));
        line((block.right() + near, y), (block.right() + far, y));
    }
    steps.into_iter().map(|outline| Mark::Stroke { outline, ink: Ink::BLACK, width: MARK_WIDTH }).collect()
}
