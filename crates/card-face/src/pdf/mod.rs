//! Print files, written with printpdf.
//!
//! Promises: portraits and pictures go in as they are; texts are embedded, subset fonts with their characters; black
//! is gray 0 in vectors; every page states its boxes; the same cards give the same bytes.
//!
//! printpdf is used where it is sound and corrected where it is not, all in this folder: `pages` turns marks into its
//! operations, `fonts` hands it subset faces, `finish` sets boxes, dates and the file's id on the finished document, `join` puts
//! parts together, `long` puts whole files together that are longer than memory.

mod artwork;
mod finish;
mod fonts;
mod inks;
mod join;
mod long;
mod pages;
mod sheets;

pub use long::LongFile;
pub(crate) use pages::{Book, Page, Part};
pub use sheets::{Sheet, sheets_pdf};

use crate::compose::{ComposedCard, Side};
use crate::geometry::Frame;

/// Most cards that a card printer takes in one job, and cards of a part in which larger files are made.
pub const CARDS_PER_JOB_MAX: usize = 100;

/// What a print file says about itself. Part of "same input, same bytes": the date is the caller's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileInfo {
    /// Title of the document, such as the number of the print run; no personal data.
    pub title: String,
    /// When the run was made, in milliseconds since 1970 (UTC).
    pub created_ms: i64,
}

/// Where a page ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageEdge {
    /// At the edge of the card: for card printers.
    #[default]
    Trim,
    /// Beyond it by the layout's bleed, with trim and bleed boxes, in the inks of a press: for print providers.
    Bleed,
}

/// A print file that could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// No cards were given.
    #[error("there are no cards to print")]
    Empty,
    /// The cards are not all of one size.
    #[error("the cards are not all of one size")]
    MixedFormats,
    /// The cards do not fit the sheet.
    #[error("the cards do not fit the sheet")]
    SheetTooSmall,
    /// A font could not be embedded.
    #[error("the font {0} cannot be embedded")]
    Font(String),
    /// The document could not be written.
    #[error("the print file cannot be written: {0}")]
    Writing(String),
}

/// Makes a file with two pages per card, front and back.
///
/// Memory grows with the file: about twice its size. Card printers are given at most [`CARDS_PER_JOB_MAX`] at once.
///
/// # Errors
/// If there are no cards, or a font cannot be embedded.
pub fn cards_pdf(cards: &[ComposedCard], edge: PageEdge, info: &FileInfo) -> Result<Vec<u8>, PdfError> {
    let part = |cards: &[ComposedCard]| {
        let mut book = match edge {
            PageEdge::Trim => Book::default(),
            PageEdge::Bleed => Book::for_press(),
        };
        for card in cards {
            for side in [Side::Front, Side::Back] {
                let trim = Frame::new(0.0, 0.0, card.format.width, card.format.height);
                let media = match edge {
                    PageEdge::Trim => trim,
                    PageEdge::Bleed => trim.grown(card.format.bleed),
                };
                let mut page = Page::new(media, trim);
                page.draw_side(card, side, &mut book);
                book.push(page);
            }
        }
        book.into_part()
    };
    let parts = cards.chunks(CARDS_PER_JOB_MAX).map(part).collect::<Result<_, _>>()?;
    Part::save(parts, info, &fingerprint(cards))
}

/// What tells one file's id from another's.
fn fingerprint(cards: &[ComposedCard]) -> Vec<&str> {
    cards.iter().flat_map(|card| [card.layout.as_str(), card.number()]).collect()
}
