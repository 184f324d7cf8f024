//! Carrier letters: the sheet that a card travels on.
//!
//! A letter follows DIN 5008 form B: the address stands in the window of the envelope, fold marks at 105 and 210 mm.
//! The card is stuck below the lower fold. Beside its place stands the card number as Code 128, so that whoever packs
//! can scan letter and card and hear whether they belong together.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::codes::{self, CodePlace};
use crate::compose::{ComposedCard, FontMissing, Mark};
use crate::fonts::Fonts;
use crate::geometry::{Frame, Outline, PT_PER_MM, Step, at};
use crate::layout::{Align, Fit, Ink, LetterCase, TextElement, VerticalAlign};
use crate::pdf::{Book, FileInfo, Page, Part, PdfError};
use crate::refusal::SetAside;
use crate::text::{FaceStack, FitRefusal, Setting, clean, fit};

/// The paper: A4 upright.
const PAPER: Frame = Frame::new(0.0, 0.0, 210.0, 297.0);
/// Left edge of all text, and of the address in its window.
const TEXT_LEFT: f64 = 25.0;
const TEXT_WIDTH: f64 = 165.0;
/// The line above the address: who sends the letter, for mail that comes back.
const SENDER: Frame = Frame::new(TEXT_LEFT, 56.4, 80.0, 4.0);
/// Six lines of address end with the window at 90 mm.
const ADDRESS: Frame = Frame::new(TEXT_LEFT, 62.7, 80.0, 27.3);
const DATE: Frame = Frame::new(125.0, 84.0, 65.0, 5.0);
const SUBJECT: Frame = Frame::new(TEXT_LEFT, 98.5, TEXT_WIDTH, 6.0);
const BODY: Frame = Frame::new(TEXT_LEFT, 110.0, TEXT_WIDTH, 94.0);
const FOLDS: [f64; 2] = [105.0, 210.0];
const PUNCH: f64 = 148.5;
/// Upper edge of the card's place.
const CARD_TOP: f64 = 222.0;
/// The code of the card number stands left of the card's place.
const CODE: Frame = Frame::new(TEXT_LEFT, CARD_TOP, 34.0, 9.0);
const CODE_CAPTION: Frame = Frame::new(TEXT_LEFT, CARD_TOP + 10.5, 34.0, 4.0);
/// A longer code is as wide as there is room beside the card's place.
const CODE_WIDE: f64 = 74.0;
const CODE_DPI: f64 = 300.0;
/// Letters of a part in which larger files are made.
const LETTERS_PER_PART: usize = 200;
/// A quarter of a point.
const HAIRLINE: f64 = 0.25 / PT_PER_MM;

/// The words of one letter, in the language of whoever gets it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterText {
    /// The sender in one line.
    pub sender: String,
    /// Name and address, one entry per line; at most six.
    pub address: Vec<String>,
    /// Place and date, such as `Potsdam, 21. November 2026`.
    pub date: String,
    /// What it is about.
    pub subject: String,
    /// Salutation, text and closing, one entry per paragraph.
    pub paragraphs: Vec<String>,
    /// What the Code 128 says, if it is not the number of the card: at most 20 digits.
    pub code: Option<String>,
}

/// A finished letter, ready for [`letters_pdf`].
#[derive(Debug, Clone)]
pub struct ComposedLetter {
    number: String,
    marks: Vec<Mark>,
}

/// Sets letters in the faces of the program.
#[derive(Debug, Clone)]
pub struct LetterWriter {
    regular: FaceStack,
    semibold: FaceStack,
}

impl LetterWriter {
    /// Finds the faces.
    ///
    /// # Errors
    /// If one is not installed.
    pub fn new(fonts: &Fonts) -> Result<Self, FontMissing> {
        Ok(Self { regular: stack(fonts, "Regular")?, semibold: stack(fonts, "Semibold")? })
    }

    /// Sets the letter that a card travels on.
    ///
    /// # Errors
    /// Why this letter cannot be set; the field is `sender`, `address`, `date`, `subject` or `text`.
    pub fn compose(&self, card: &ComposedCard, text: &LetterText) -> Result<ComposedLetter, SetAside> {
        let mut marks = page_marks(card);
        let said = text.code.as_deref().unwrap_or_else(|| card.number());
        let wide = |frame: Frame| if text.code.is_some() { Frame { width: CODE_WIDE, ..frame } } else { frame };
        let place = CodePlace { frame: wide(CODE), quiet: 10, module_min: 0.25, snap_dpi: Some(CODE_DPI) };
        let code =
            codes::code128(said, &place).map_err(|_| SetAside::CodeUnwritable { field: "card.number".to_owned() })?;
        marks.push(Mark::Code { code, ink: Ink::BLACK });
        let regular = |size_pt, min_size_pt| Type { faces: &self.regular, size_pt, min_size_pt };
        let semibold = Type { faces: &self.semibold, size_pt: 12.5, min_size_pt: 9.0 };
        let caption = TextElement { align: Align::Center, ..element(wide(CODE_CAPTION), &regular(7.5, 6.0), 1) };
        set(said, &caption, &self.regular, "card.number", &mut marks)?;
        let line = |frame, of_type: &Type<'_>, text: &str, field, marks: &mut Vec<Mark>| {
            set(text, &element(frame, of_type, 1), of_type.faces, field, marks)
        };
        line(SENDER, &regular(7.5, 5.5), &text.sender, "sender", &mut marks)?;
        let date = TextElement { align: Align::Right, ..element(DATE, &regular(10.5, 8.0), 1) };
        set(&text.date, &date, &self.regular, "date", &mut marks)?;
        line(SUBJECT, &semibold, &text.subject, "subject", &mut marks)?;
        let address = TextElement { leading: 1.2, ..element(ADDRESS, &regular(10.5, 7.0), 6) };
        set(&text.address.join("\n"), &address, &self.regular, "address", &mut marks)?;
        self.set_paragraphs(&text.paragraphs, &mut marks)?;
        Ok(ComposedLetter { number: card.number().to_owned(), marks })
    }

    /// Sets paragraphs under each other, half a line apart, until the lower fold.
    fn set_paragraphs(&self, paragraphs: &[String], marks: &mut Vec<Mark>) -> Result<(), SetAside> {
        const SIZE_PT: f64 = 11.0;
        const LEADING: f64 = 1.3;
        const LINES_MAX: usize = 30;
        let line_height = SIZE_PT / PT_PER_MM * LEADING;
        let mut top = BODY.y;
        for paragraph in paragraphs {
            let frame = Frame::new(BODY.x, top, BODY.width, (BODY.bottom() - top).max(0.1));
            let of_type = Type { faces: &self.regular, size_pt: SIZE_PT, min_size_pt: SIZE_PT };
            let element = TextElement { fit: Fit::Wrap, leading: LEADING, ..element(frame, &of_type, LINES_MAX) };
            let first = marks.len();
            set(paragraph, &element, &self.regular, "text", marks)?;
            let baselines = marks[first..].iter().filter_map(|mark| match mark {
                Mark::Text { run, .. } => run.glyphs.first().map(|glyph| glyph.origin.y),
                _ => None,
            });
            top = baselines.fold(top, f64::max) + line_height;
        }
        Ok(())
    }
}

/// Makes a file with one page per letter.
///
/// # Errors
/// If there are none, or a font cannot be embedded.
pub fn letters_pdf(letters: &[ComposedLetter], info: &FileInfo) -> Result<Vec<u8>, PdfError> {
    let part = |letters: &[ComposedLetter]| {
        let mut book = Book::default();
        for letter in letters {
            let mut page = Page::new(PAPER, PAPER);
            page.draw_marks(&letter.marks, &mut book);
            book.push(page);
        }
        book.into_part()
    };
    let parts = letters.chunks(LETTERS_PER_PART).map(part).collect::<Result<_, _>>()?;
    let numbers: Vec<&str> = letters.iter().map(|letter| letter.number.as_str()).collect();
    Part::save(parts, info, &numbers)
}

/// The faces of texts on paper, those that stand in for missing glyphs included.
pub(crate) fn stack(fonts: &Fonts, style: &str) -> Result<FaceStack, FontMissing> {
    let find = |family: &str| {
        let face = fonts.find_like(family, style).map(Arc::clone);
        face.ok_or_else(|| FontMissing(format!("{family} {style}")))
    };
    let faces = ["Libertinus Serif", "DejaVu Serif", "DejaVu Sans"].map(find);
    Ok(FaceStack { faces: faces.into_iter().collect::<Result<_, _>>()? })
}

/// A face and how large it is set.
pub(crate) struct Type<'f> {
    pub(crate) faces: &'f FaceStack,
    pub(crate) size_pt: f64,
    pub(crate) min_size_pt: f64,
}

/// A text of this type in a frame, on at most so many lines.
pub(crate) fn element(frame: Frame, of_type: &Type<'_>, lines: usize) -> TextElement {
    TextElement {
        texts: BTreeMap::new(),
        frame,
        font: String::new(),
        size_pt: of_type.size_pt,
        min_size_pt: of_type.min_size_pt,
        fit: Fit::Shrink,
        align: Align::Left,
        valign: VerticalAlign::Top,
        lines,
        leading: 1.2,
        tracking: 0.0,
        ink: Ink::BLACK,
        quarter_turns: 0,
        case: LetterCase::AsWritten,
    }
}

fn set(
    text: &str,
    element: &TextElement,
    faces: &FaceStack,
    field: &str,
    marks: &mut Vec<Mark>,
) -> Result<(), SetAside> {
    let runs = fit(&clean(text), &Setting { element, faces }).map_err(|refusal| match refusal {
        FitRefusal::MissingGlyph(character) => SetAside::MissingGlyph { field: field.to_owned(), character },
        FitRefusal::TooLong => SetAside::TextTooLong { field: field.to_owned() },
    })?;
    marks.extend(runs.into_iter().map(|run| Mark::Text { run, ink: element.ink }));
    Ok(())
}

/// Fold marks, punch mark, and the place of the card.
fn page_marks(card: &ComposedCard) -> Vec<Mark> {
    let hairline = |outline| Mark::Stroke { outline, ink: Ink::BLACK, width: HAIRLINE };
    let short = |y: f64, length: f64| Outline { steps: vec![Step::Move(at(4.0, y)), Step::Line(at(4.0 + length, y))] };
    let mut marks: Vec<Mark> = FOLDS.map(|y| hairline(short(y, 4.0))).to_vec();
    marks.push(hairline(short(PUNCH, 6.0)));
    let right = TEXT_LEFT + TEXT_WIDTH;
    let frame = Frame::new(right - card.format.width, CARD_TOP, card.format.width, card.format.height);
    marks.push(hairline(Outline::rounded(&frame, [card.format.radius; 4])));
    marks
}
