//! The proof on paper: front and back of every case at its true size, with the edge of the card and the safe area drawn in.

use super::cases::{ProofCase, Words, proof_cases};
use crate::compose::{ComposedCard, Composer, FontMissing, Mark, Side};
use crate::document::readable;
use crate::fonts::Fonts;
use crate::geometry::{Frame, Outline, PT_PER_MM, at};
use crate::layout::{Ink, Layout, TextElement};
use crate::letter::{Type, element, stack};
use crate::pdf::{Book, FileInfo, Page, Part, PdfError};
use crate::text::FaceStack;

/// A4, or as much more as two cards side by side need.
const PAPER: (f64, f64) = (210.0, 297.0);
const MARGIN: f64 = 12.0;
const HEAD: f64 = 20.0;
const CAPTION: f64 = 6.0;
const GAP: f64 = 3.0;
const HAIRLINE: f64 = 0.25 / PT_PER_MM;
const SAFE_INK: Ink = Ink::Mixed { rgb: [31, 78, 121], cmyk: None };

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// A face of the layout or of the proof is not installed.
    #[error(transparent)]
    Font(#[from] FontMissing),
    /// The file could not be made.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

/// Makes the proof of a layout. A case that cannot be composed stands there with the reason in its place. The same layout gives the
/// same bytes; the file carries no date.
///
/// # Errors
/// If a face is missing or the file cannot be written.
pub fn proof_pdf(layout: &Layout, fonts: &Fonts) -> Result<Vec<u8>, ProofError> {
    let composer = Composer::new(layout, fonts)?;
    let cases = proof_cases(layout);
    let cards: Vec<_> =
        cases.iter().map(|case| (case, composer.compose(&case.card).map_err(|refusal| refusal.to_string()))).collect();
    let sheet = Sheet::new(layout, fonts)?;
    let pages = cards.chunks(sheet.rows);
    let count = pages.len();
    let mut book = Book::default();
    for (index, rows) in pages.enumerate() {
        let mut page = Page::new(sheet.paper, sheet.paper);
        page.draw_marks(&sheet.head(layout, index + 1, count), &mut book);
        for (row, (case, card)) in rows.iter().enumerate() {
            sheet.draw_case(&mut page, row, case, card, &mut book);
        }
        book.push(page);
    }
    let title = format!("{} {} {} {}", sheet.words.proof, layout.id, sheet.words.version, layout.version);
    Ok(Part::save(vec![book.into_part()?], &FileInfo { title, created_ms: 0 }, &[&layout.content_sha256])?)
}

struct Sheet {
    paper: Frame,
    card: Frame,
    safe: f64,
    radius: f64,
    rows: usize,
    words: Words,
    regular: FaceStack,
    semibold: FaceStack,
}

impl Sheet {
    fn new(layout: &Layout, fonts: &Fonts) -> Result<Self, FontMissing> {
        let card = Frame::new(0.0, 0.0, layout.card.width, layout.card.height);
        let width = PAPER.0.max(2.0 * card.width + GAP + 2.0 * MARGIN);
        let height = PAPER.1.max(HEAD + CAPTION + card.height + 2.0 * MARGIN);
        let room = height - 2.0 * MARGIN - HEAD;
        Ok(Self {
            paper: Frame::new(0.0, 0.0, width, height),
            rows: whole(room / (CAPTION + card.height + GAP)).max(1),
            card,
            safe: layout.card.safe,
            radius: layout.card.radius,
            words: Words::of(layout),
            regular: stack(fonts, "Regular")?,
            semibold: stack(fonts, "Semibold")?,
        })
    }

    fn head(&self, layout: &Layout, page: usize, pages: usize) -> Vec<Mark> {
        let language = layout.languages.first().map_or("de", String::as_str);
        let title = format!("{}: {}", self.words.proof, layout.title_in(language));
        let width = self.paper.width - 2.0 * MARGIN;
        let line = |top: f64| Frame::new(MARGIN, MARGIN + top, width, 6.0);
        let mut marks = Self::text(&title, line(0.0), &Type { faces: &self.semibold, size_pt: 15.0, min_size_pt: 8.0 });
        let card = &layout.card;
        let facts = format!(
            "{} · {} {} · {} × {} mm · {} dpi · {} {page}/{pages}",
            layout.id, self.words.version, layout.version, card.width, card.height, card.dpi, self.words.page
        );
        let small = Type { faces: &self.regular, size_pt: 8.5, min_size_pt: 5.0 };
        marks.extend(Self::text(&facts, line(8.0), &small));
        marks.extend(Self::text(&format!("SHA-256 {}", layout.content_sha256), line(12.5), &small));
        marks
    }

    fn draw_case(
        &self,
        page: &mut Page,
        row: usize,
        case: &ProofCase,
        card: &Result<ComposedCard, String>,
        book: &mut Book,
    ) {
        let top = MARGIN + HEAD + float(row) * (CAPTION + self.card.height + GAP);
        let left = (self.paper.width - 2.0 * self.card.width - GAP) / 2.0;
        let of_type = Type { faces: &self.semibold, size_pt: 9.0, min_size_pt: 5.0 };
        let caption = Frame::new(left, top, 2.0 * self.card.width + GAP, CAPTION - 1.0);
        page.draw_marks(&Self::text(&case.caption, caption, &of_type), book);
        for (column, side) in [Side::Front, Side::Back].into_iter().enumerate() {
            let corner = at(left + float(column) * (self.card.width + GAP), top + CAPTION);
            let frame = Frame::new(corner.x, corner.y, self.card.width, self.card.height);
            match card {
                Ok(card) => page.draw_side_at(card, side, corner, 0.0, book),
                Err(reason) => {
                    let of_type = Type { faces: &self.regular, size_pt: 9.0, min_size_pt: 5.0 };
                    page.draw_marks(&Self::text(reason, frame.grown(-self.safe), &of_type), book);
                }
            }
            let line = |outline, ink| Mark::Stroke { outline, ink, width: HAIRLINE };
            let edge = line(Outline::rounded(&frame, [self.radius; 4]), Ink::BLACK);
            let safe = line(Outline::rect(&frame.grown(-self.safe)), SAFE_INK);
            page.draw_marks(&[edge, safe], book);
        }
    }

    fn text(text: &str, frame: Frame, of_type: &Type<'_>) -> Vec<Mark> {
        let element: TextElement = element(frame, of_type, 2);
        let runs = readable(text, &element, of_type.faces);
        runs.into_iter().map(|run| Mark::Text { run, ink: element.ink }).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a sheet has few rows")]
fn float(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a sheet has few rows")]
fn whole(count: f64) -> usize {
    count.floor().max(0.0) as usize
}
