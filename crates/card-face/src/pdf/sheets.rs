//! Several cards on a sheet of paper, to be cut by hand or machine: proofs and small editions without a card printer.

use super::{Book, FileInfo, Page, Part, PdfError, fingerprint};
use crate::compose::{ComposedCard, Mark, Side};
use crate::geometry::{Frame, Outline, PT_PER_MM, Point, Step, at};
use crate::layout::{CardFormat, Ink};

/// A sheet of paper in millimetres. As many cards lie on it as fit with their crop marks: edge to edge, or each with its bleed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    width: f64,
    height: f64,
    with_bleed: bool,
}

/// How cards lie on a sheet.
struct Grid {
    columns: usize,
    rows: usize,
    /// The block of cells.
    block: Frame,
    /// A card with its share of the sheet.
    cell: Frame,
    bleed: f64,
}

/// Sheets of a part in which larger files are made.
const SHEETS_PER_PART: usize = 10;

/// Crop marks begin this far outside the cards, are this long and this wide (a quarter of a point).
const MARK_GAP: f64 = 1.5;
const MARK_LENGTH: f64 = 4.0;
const MARK_WIDTH: f64 = 0.25 / PT_PER_MM;

impl Sheet {
    /// A4 upright, cards edge to edge: two columns of five.
    pub const A4: Self = Self { width: 210.0, height: 297.0, with_bleed: false };
    /// A4 upright, each card with its bleed: two columns of four.
    pub const A4_BLEED: Self = Self { with_bleed: true, ..Self::A4 };
    /// SRA3 upright, each card with its bleed: three columns of seven.
    pub const SRA3_BLEED: Self = Self { width: 320.0, height: 450.0, with_bleed: true };

    /// As many cells as fit, in the middle of the sheet; nothing if not one does.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a sheet has few cards"
    )]
    fn grid(&self, card: &CardFormat) -> Option<Grid> {
        let bleed = if self.with_bleed { card.bleed } else { 0.0 };
        let cell = Frame::new(0.0, 0.0, card.width, card.height).grown(bleed);
        let fitting =
            |paper: f64, cell: f64| ((paper - 2.0 * (MARK_GAP + MARK_LENGTH)) / cell).floor().max(0.0) as usize;
        let (columns, rows) = (fitting(self.width, cell.width), fitting(self.height, cell.height));
        if columns == 0 || rows == 0 {
            return None;
        }
        let (width, height) = (cell.width * columns as f64, cell.height * rows as f64);
        let block = Frame::new((self.width - width) / 2.0, (self.height - height) / 2.0, width, height);
        Some(Grid { columns, rows, block, cell, bleed })
    }
}

impl Grid {
    fn slots(&self) -> usize {
        self.columns * self.rows
    }

    /// The upper left corner of the finished card in a cell.
    #[expect(clippy::cast_precision_loss, reason = "a sheet has few cards")]
    fn corner(&self, row: usize, column: usize) -> Point {
        let (x, y) = (self.cell.width * column as f64, self.cell.height * row as f64);
        at(self.block.x + x + self.bleed, self.block.y + y + self.bleed)
    }
}

/// Makes sheets with crop marks: fronts, then their backs mirrored per row, so that they lie on their fronts when the
/// paper is turned over its long edge.
///
/// # Errors
/// If there are no cards, cards of different sizes, or cards too large for the sheet.
pub fn sheets_pdf(cards: &[ComposedCard], sheet: Sheet, info: &FileInfo) -> Result<Vec<u8>, PdfError> {
    let format = cards.first().ok_or(PdfError::Empty)?.format;
    let size = |format: &CardFormat| (format.width, format.height, format.bleed);
    if !cards.iter().all(|card| size(&card.format) == size(&format)) {
        return Err(PdfError::MixedFormats);
    }
    let paper = Frame::new(0.0, 0.0, sheet.width, sheet.height);
    let grid = sheet.grid(&format).ok_or(PdfError::SheetTooSmall)?;
    let marks = crop_marks(&grid, &format);
    let part = |cards: &[ComposedCard]| {
        let mut book = if sheet.with_bleed { Book::for_press() } else { Book::default() };
        for on_sheet in cards.chunks(grid.slots()) {
            for side in [Side::Front, Side::Back] {
                let mut page = Page::new(paper, paper);
                for (slot, card) in on_sheet.iter().enumerate() {
                    let (row, column) = (slot / grid.columns, slot % grid.columns);
                    let column = if side == Side::Back { grid.columns - 1 - column } else { column };
                    page.draw_side_at(card, side, grid.corner(row, column), grid.bleed, &mut book);
                }
                page.draw_marks(&marks, &mut book);
                book.push(page);
            }
        }
        book.into_part()
    };
    let parts = cards.chunks(grid.slots() * SHEETS_PER_PART).map(part).collect::<Result<_, _>>()?;
    Part::save(parts, info, &fingerprint(cards))
}

/// Short lines in the margins, in line with each cut.
fn crop_marks(grid: &Grid, card: &CardFormat) -> Vec<Mark> {
    let (near, far) = (MARK_GAP, MARK_GAP + MARK_LENGTH);
    let block = &grid.block;
    let mut marks = Vec::new();
    let mut line = |from: (f64, f64), to: (f64, f64)| {
        let outline = Outline { steps: vec![Step::Move(at(from.0, from.1)), Step::Line(at(to.0, to.1))] };
        marks.push(Mark::Stroke { outline, ink: Ink::BLACK, width: MARK_WIDTH });
    };
    let mut cuts: Vec<f64> = (0..grid.columns).map(|column| grid.corner(0, column).x).collect();
    cuts.extend((0..grid.columns).map(|column| grid.corner(0, column).x + card.width));
    for x in once_each(cuts) {
        line((x, block.y - far), (x, block.y - near));
        line((x, block.bottom() + near), (x, block.bottom() + far));
    }
    let mut cuts: Vec<f64> = (0..grid.rows).map(|row| grid.corner(row, 0).y).collect();
    cuts.extend((0..grid.rows).map(|row| grid.corner(row, 0).y + card.height));
    for y in once_each(cuts) {
        line((block.x - far, y), (block.x - near, y));
        line((block.right() + near, y), (block.right() + far, y));
    }
    marks
}

/// Cuts in their order; those that two cards share count once.
fn once_each(mut cuts: Vec<f64>) -> Vec<f64> {
    cuts.sort_by(f64::total_cmp);
    cuts.dedup_by(|next, cut| (*next - *cut).abs() < 0.01);
    cuts
}
