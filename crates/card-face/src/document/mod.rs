//! Documents of a sale: receipts, vouchers and day tickets, on A4 or on the paper roll of a till printer.
//!
//! A document is a list of blocks under each other. On A4 they flow over as many pages as they need, a block never broken; on a roll
//! each sheet is as long as what stands on it. Unlike a card, a document is never set aside for a name: a character that no face
//! shows is replaced, and what is too wide gets smaller.

mod set;

use crate::compose::{FontMissing, Mark};
use crate::fonts::Fonts;
use crate::geometry::Frame;
use crate::letter::stack;
use crate::pdf::{Book, FileInfo, Page, Part, PdfError};
use crate::refusal::SetAside;
use crate::text::FaceStack;
pub(crate) use set::readable;
use set::{Column, Setter};

/// What a document is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// A4 upright.
    #[default]
    A4,
    /// The roll of a till printer, 80 mm wide.
    Roll80,
}

/// How much a text weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// As most texts.
    #[default]
    Plain,
    /// What counts.
    Strong,
    /// What is beside the point.
    Small,
    /// The one figure of the document.
    Large,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Who made it: the mark and a name.
    Letterhead(String),
    /// What the document is.
    Title(String),
    /// What the following is about.
    Heading(String),
    /// A paragraph.
    Text(String, Weight),
    /// Lines under each other, such as an address.
    Lines(Vec<String>),
    /// A text and its figure.
    Row {
        /// At the left edge.
        label: String,
        /// At the right edge.
        figure: String,
        /// How much both weigh.
        weight: Weight,
    },
    /// A row of a table: the first cell at the left, the others right-aligned.
    Cells(Vec<String>, Weight),
    /// A line across.
    Rule,
    /// Some room.
    Gap,
    /// A QR code with the text beneath it.
    Code {
        /// What it says.
        text: String,
        /// What stands beneath it.
        caption: String,
    },
    /// Blocks in a mat of their own, kept together. On A4 its codes stand at the right.
    Mat(Vec<Block>),
}

/// A document to compose: sheets of blocks; each sheet begins a new page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The sheets.
    pub sheets: Vec<Vec<Block>>,
}

/// A finished document, ready for [`document_pdf`].
#[derive(Debug, Clone)]
pub struct ComposedDocument {
    pages: Vec<(Frame, Vec<Mark>)>,
}

/// Sets documents in the faces of the program.
#[derive(Debug, Clone)]
pub struct DocumentWriter {
    regular: FaceStack,
    semibold: FaceStack,
}

impl DocumentWriter {
    /// Finds the faces.
    ///
    /// # Errors
    /// If one is not installed.
    pub fn new(fonts: &Fonts) -> Result<Self, FontMissing> {
        Ok(Self { regular: stack(fonts, "Regular")?, semibold: stack(fonts, "Semibold")? })
    }

    /// Sets a document.
    ///
    /// # Errors
    /// When a code cannot be written.
    pub fn compose(&self, document: &Document, paper: Paper) -> Result<ComposedDocument, SetAside> {
        let setter = Setter::new(&self.regular, &self.semibold, paper);
        let mut pages = Vec::new();
        for sheet in &document.sheets {
            match paper {
                Paper::A4 => pages.extend(flowed(&setter, sheet)?),
                Paper::Roll80 => pages.push(rolled(&setter, sheet)?),
            }
        }
        Ok(ComposedDocument { pages })
    }
}

/// Makes the file of a document.
///
/// # Errors
/// If it has no pages, or a font cannot be embedded.
pub fn document_pdf(document: &ComposedDocument, info: &FileInfo) -> Result<Vec<u8>, PdfError> {
    let mut book = Book::default();
    for (paper, marks) in &document.pages {
        let mut page = Page::new(*paper, *paper);
        page.draw_marks(marks, &mut book);
        book.push(page);
    }
    if document.pages.is_empty() {
        return Err(PdfError::Empty);
    }
    Part::save(vec![book.into_part()?], info, &[])
}

const A4: Frame = Frame::new(0.0, 0.0, 210.0, 297.0);
const A4_COLUMN: Column = Column { left: 25.0, width: 160.0 };
const A4_TOP: f64 = 22.0;
const A4_BOTTOM: f64 = 275.0;
const ROLL_WIDTH: f64 = 80.0;
const ROLL_COLUMN: Column = Column { left: 4.0, width: 72.0 };
const ROLL_TOP: f64 = 6.0;
/// What a printer feeds before it cuts.
const ROLL_TAIL: f64 = 10.0;

/// Blocks on as many pages as they need.
fn flowed(setter: &Setter<'_>, sheet: &[Block]) -> Result<Vec<(Frame, Vec<Mark>)>, SetAside> {
    let mut pages: Vec<Vec<Mark>> = vec![Vec::new()];
    let mut top = A4_TOP;
    for block in sheet {
        let mut piece = setter.set(block, A4_COLUMN, top)?;
        if piece.bottom > A4_BOTTOM && top > A4_TOP {
            pages.push(Vec::new());
            piece = setter.set(block, A4_COLUMN, A4_TOP)?;
        }
        top = piece.bottom;
        if let Some(page) = pages.last_mut() {
            page.extend(piece.marks);
        }
    }
    let count = pages.len();
    if count > 1 {
        for (index, page) in pages.iter_mut().enumerate() {
            let number = Block::Text(format!("{} / {count}", index + 1), Weight::Small);
            page.extend(setter.set(&number, A4_COLUMN, A4_BOTTOM + 6.0)?.marks);
        }
    }
    Ok(pages.into_iter().map(|marks| (A4, marks)).collect())
}

/// Blocks on one sheet that is as long as they are.
fn rolled(setter: &Setter<'_>, sheet: &[Block]) -> Result<(Frame, Vec<Mark>), SetAside> {
    let mut marks = Vec::new();
    let mut top = ROLL_TOP;
    for block in sheet {
        let piece = setter.set(block, ROLL_COLUMN, top)?;
        top = piece.bottom;
        marks.extend(piece.marks);
    }
    Ok((Frame::new(0.0, 0.0, ROLL_WIDTH, (top + ROLL_TAIL).ceil()), marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer() -> DocumentWriter {
        DocumentWriter::new(&Fonts::bundled()).expect("bundled faces")
    }

    fn sheet(blocks: Vec<Block>) -> Document {
        Document { sheets: vec![blocks] }
    }

    fn row(label: &str) -> Block {
        Block::Row { label: label.to_owned(), figure: "12,00 €".to_owned(), weight: Weight::Plain }
    }

    #[test]
    fn a_long_receipt_flows_over_pages_and_a_roll_gets_longer() {
        let rows = |count: usize| sheet((0..count).map(|_| row("Tageskarte")).collect());
        let pages = |count, paper| writer().compose(&rows(count), paper).expect("set").pages;
        assert_eq!(pages(3, Paper::A4).len(), 1);
        assert!(pages(120, Paper::A4).len() > 1);
        let (short, long) = (pages(3, Paper::Roll80), pages(120, Paper::Roll80));
        assert_eq!((short.len(), long.len()), (1, 1));
        assert!(long[0].0.height > short[0].0.height + 100.0);
    }

    #[test]
    fn no_name_keeps_a_document_from_being_made() {
        for name in ["李 小龍", "Nguyễn Thị Đặng", "שרה כהן", &"x".repeat(300), "", " \u{202E} "] {
            for paper in [Paper::A4, Paper::Roll80] {
                let document =
                    sheet(vec![Block::Title(name.to_owned()), row(name), Block::Lines(vec![name.to_owned()])]);
                let composed = writer().compose(&document, paper).expect(name);
                let info = FileInfo { title: "Receipt".to_owned(), created_ms: 0 };
                assert!(document_pdf(&composed, &info).expect("a file").starts_with(b"%PDF"));
            }
        }
    }

    #[test]
    fn nothing_stands_outside_of_the_paper() {
        let code = Block::Code { text: "1234567890".repeat(20), caption: "0123 4567".to_owned() };
        let blocks =
            vec![Block::Letterhead("Stadtmuseum".to_owned()), Block::Mat(vec![row("a b c"), code]), Block::Rule];
        for paper in [Paper::A4, Paper::Roll80] {
            for (page, marks) in writer().compose(&sheet(blocks.clone()), paper).expect("set").pages {
                for mark in marks {
                    let spots: Vec<Frame> = match mark {
                        Mark::Text { run, .. } => run
                            .glyphs
                            .iter()
                            .map(|glyph| Frame::new(glyph.origin.x, glyph.origin.y, 0.0, 0.0))
                            .collect(),
                        Mark::Code { code, .. } => code.frames().collect(),
                        _ => Vec::new(),
                    };
                    assert!(spots.iter().all(|spot| spot.within(&page)), "{paper:?}");
                }
            }
        }
    }

    #[test]
    fn an_empty_document_makes_no_file() {
        let composed = writer().compose(&Document::default(), Paper::A4).expect("set");
        let info = FileInfo { title: String::new(), created_ms: 0 };
        assert_eq!(document_pdf(&composed, &info), Err(PdfError::Empty));
    }
}
