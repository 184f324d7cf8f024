//! Setting the blocks of a document: each at a place, answering where it ends.

use qrcode::EcLevel;

use super::{Block, Paper, Weight};
use crate::codes::{self, CodePlace};
use crate::compose::Mark;
use crate::geometry::{Frame, Outline, PT_PER_MM, Step, at};
use crate::layout::{Align, Fit, Ink, TextElement};
use crate::letter::{Type, element};
use crate::refusal::SetAside;
use crate::text::{FaceStack, FitRefusal, PlacedRun, Setting, clean, fit};

/// What stands for a character that no face shows.
const UNKNOWN_CHARACTER: char = '?';
/// How small a text may get before it is cut, as a share of its size.
const SHRINK_MAX: f64 = 0.55;
const LINES_MAX: usize = 20;
const LEADING: f64 = 1.25;
/// How deep letters hang below the last baseline, in type sizes.
const DESCENT: f64 = 0.3;
/// A quarter of a point.
const HAIRLINE: f64 = 0.25 / PT_PER_MM;
/// The second line of a mat, inside the first.
const BEVEL: f64 = 1.2;
const SOFT: Ink = Ink::Gray(0.35);

/// Where blocks stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) left: f64,
    pub(super) width: f64,
}

/// A block in its place.
pub(super) struct Piece {
    pub(super) marks: Vec<Mark>,
    /// Where the next block begins.
    pub(super) bottom: f64,
}

/// Sizes that fit a paper; types in points, lengths in millimetres.
struct Sizes {
    title: f64,
    heading: f64,
    text: f64,
    small: f64,
    large: f64,
    gap: f64,
    figure_width: f64,
    code: f64,
    code_dpi: f64,
    mat_padding: f64,
    centred_code: bool,
}

const ON_A4: Sizes = Sizes {
    title: 24.0,
    heading: 13.0,
    text: 10.5,
    small: 8.5,
    large: 17.0,
    gap: 5.0,
    figure_width: 38.0,
    code: 46.0,
    code_dpi: 300.0,
    mat_padding: 8.0,
    centred_code: false,
};
const ON_ROLL: Sizes = Sizes {
    title: 15.0,
    heading: 11.0,
    text: 9.5,
    small: 8.0,
    large: 14.0,
    gap: 3.0,
    figure_width: 24.0,
    code: 50.0,
    code_dpi: 203.2,
    mat_padding: 3.0,
    centred_code: true,
};

/// Sets blocks on one kind of paper.
pub(super) struct Setter<'f> {
    regular: &'f FaceStack,
    semibold: &'f FaceStack,
    sizes: &'static Sizes,
}

impl<'f> Setter<'f> {
    pub(super) fn new(regular: &'f FaceStack, semibold: &'f FaceStack, paper: Paper) -> Self {
        let sizes = match paper {
            Paper::A4 => &ON_A4,
            Paper::Roll80 => &ON_ROLL,
        };
        Self { regular, semibold, sizes }
    }

    /// Sets a block with its upper edge at `top`.
    pub(super) fn set(&self, block: &Block, column: Column, top: f64) -> Result<Piece, SetAside> {
        let sizes = self.sizes;
        let piece = match block {
            Block::Letterhead(name) => self.letterhead(name, column, top),
            Block::Title(text) => Self::text(text, self.semibold, sizes.title, column, top).lowered(1.5),
            Block::Heading(text) => {
                Self::text(text, self.semibold, sizes.heading, column, top + sizes.gap / 2.0).lowered(1.0)
            }
            Block::Text(text, weight) => {
                let (faces, size) = self.type_of(*weight);
                Self::text(text, faces, size, column, top).inked(*weight).lowered(1.5)
            }
            Block::Lines(lines) => {
                let mut piece = Piece { marks: Vec::new(), bottom: top };
                for line in lines.iter().filter(|line| !line.is_empty()) {
                    let next = Self::text(line, self.regular, sizes.text, column, piece.bottom_of_line());
                    piece = piece.and(next);
                }
                piece.lowered(1.5)
            }
            Block::Row { label, figure, weight: Weight::Large } => {
                self.row(label, figure, Weight::Large, column, top + sizes.gap / 3.0)
            }
            Block::Row { label, figure, weight } => self.row(label, figure, *weight, column, top),
            Block::Cells(cells, weight) => self.cells(cells, *weight, column, top),
            Block::Rule => rule(column, top + 0.8).lowered(2.0),
            Block::Gap => Piece { marks: Vec::new(), bottom: top + sizes.gap },
            Block::Code { text, caption } => self.code(text, caption, column, top)?,
            Block::Mat(blocks) => self.mat(blocks, column, top)?,
        };
        Ok(piece)
    }

    fn type_of(&self, weight: Weight) -> (&'f FaceStack, f64) {
        match weight {
            Weight::Plain => (self.regular, self.sizes.text),
            Weight::Strong => (self.semibold, self.sizes.text),
            Weight::Small => (self.regular, self.sizes.small),
            Weight::Large => (self.semibold, self.sizes.large),
        }
    }

    fn letterhead(&self, name: &str, column: Column, top: f64) -> Piece {
        const WIDTH: f64 = 5.0;
        const HEIGHT: f64 = 6.2;
        let outer = Frame::new(column.left, top, WIDTH, HEIGHT);
        let inner = outer.grown(-1.4);
        let stroke = |frame: &Frame, width| Mark::Stroke { outline: Outline::rect(frame), ink: Ink::BLACK, width };
        let beside = Column { left: column.left + WIDTH + 3.0, width: column.width - WIDTH - 3.0 };
        let name = Self::text(name, self.semibold, self.sizes.heading, beside, top + 1.4);
        let bottom = name.bottom.max(top + HEIGHT);
        let mut marks = vec![stroke(&outer, 0.4), stroke(&inner, HAIRLINE)];
        marks.extend(name.marks);
        Piece { marks, bottom }.lowered(self.sizes.gap * 1.6)
    }

    fn row(&self, label: &str, figure: &str, weight: Weight, column: Column, top: f64) -> Piece {
        let (faces, size) = self.type_of(weight);
        let figures = self.sizes.figure_width;
        let left = Column { left: column.left, width: column.width - figures - 2.0 };
        let right = Column { left: column.left + column.width - figures, width: figures };
        let label = Self::text(label, faces, size, left, top);
        let figure = Self::aligned(figure, faces, size, right, top, Align::Right);
        label.beside(figure).inked(weight).lowered(0.9)
    }

    #[expect(clippy::cast_precision_loss, reason = "a row has few cells")]
    fn cells(&self, cells: &[String], weight: Weight, column: Column, top: f64) -> Piece {
        let (faces, size) = self.type_of(weight);
        let width = column.width / cells.len().max(1) as f64;
        let mut row = Piece { marks: Vec::new(), bottom: top };
        for (index, cell) in cells.iter().enumerate() {
            let place = Column { left: column.left + width * index as f64, width };
            let align = if index == 0 { Align::Left } else { Align::Right };
            row = row.beside(Self::aligned(cell, faces, size, place, top, align));
        }
        row.inked(weight).lowered(0.8)
    }

    fn code(&self, text: &str, caption: &str, column: Column, top: f64) -> Result<Piece, SetAside> {
        let side = self.sizes.code.min(column.width);
        let left = if self.sizes.centred_code { column.left + (column.width - side) / 2.0 } else { column.left };
        let frame = Frame::new(left, top, side, side);
        let place = CodePlace { frame, quiet: 4, module_min: 0.3, snap_dpi: Some(self.sizes.code_dpi) };
        let code =
            codes::qr(text, EcLevel::M, &place).map_err(|_| SetAside::CodeUnwritable { field: "code".to_owned() })?;
        let marks = vec![Mark::Code { code, ink: Ink::BLACK }];
        let beneath = Column { left, width: side };
        let caption = Self::aligned(caption, self.semibold, self.sizes.text, beneath, top + side, Align::Center);
        Ok(Piece { marks, bottom: top + side }.and(caption).lowered(2.0))
    }

    /// Blocks in a mat. Where there is room beside them, codes stand at the right.
    fn mat(&self, blocks: &[Block], column: Column, top: f64) -> Result<Piece, SetAside> {
        let padding = self.sizes.mat_padding;
        let inside = Column { left: column.left + padding, width: column.width - 2.0 * padding };
        let is_code = |block: &&Block| matches!(block, Block::Code { .. });
        let beside = !self.sizes.centred_code && blocks.iter().any(|block| is_code(&block));
        let side = if beside { self.sizes.code } else { 0.0 };
        let text_column = Column { width: inside.width - side, ..inside };
        let mut texts = Piece { marks: Vec::new(), bottom: top + padding };
        for block in blocks.iter().filter(|block| !(beside && is_code(block))) {
            let next = self.set(block, text_column, texts.bottom)?;
            texts = texts.and(next);
        }
        let mut codes = Piece { marks: Vec::new(), bottom: top + padding };
        let code_column = Column { left: inside.left + text_column.width, width: side };
        for block in blocks.iter().filter(|block| beside && is_code(block)) {
            // The quiet zone of the code is room enough above it.
            let next = self.set(block, code_column, (codes.bottom - padding / 2.0).max(top))?;
            codes = codes.and(next);
        }
        let mut piece = texts.beside(codes);
        let outer = Frame::new(column.left, top, column.width, piece.bottom + padding - 1.0 - top);
        for frame in [outer, outer.grown(-BEVEL)] {
            let outline = Outline::rect(&frame);
            piece.marks.push(Mark::Stroke { outline, ink: SOFT, width: HAIRLINE });
        }
        piece.bottom = outer.bottom();
        Ok(piece.lowered(self.sizes.gap))
    }

    fn text(text: &str, faces: &FaceStack, size_pt: f64, column: Column, top: f64) -> Piece {
        Self::aligned(text, faces, size_pt, column, top, Align::Left)
    }

    fn aligned(text: &str, faces: &FaceStack, size: f64, column: Column, top: f64, align: Align) -> Piece {
        let of_type = Type { faces, size_pt: size, min_size_pt: size * SHRINK_MAX };
        let frame = Frame::new(column.left, top, column.width, 1_000.0);
        let wrapped = TextElement { fit: Fit::Wrap, leading: LEADING, align, ..element(frame, &of_type, LINES_MAX) };
        let runs = readable(text, &wrapped, faces);
        let baseline = runs.iter().flat_map(|run| run.glyphs.iter().map(|glyph| glyph.origin.y)).fold(top, f64::max);
        let bottom = if runs.is_empty() { top } else { baseline + DESCENT * size / PT_PER_MM };
        Piece { marks: runs.into_iter().map(|run| Mark::Text { run, ink: Ink::BLACK }).collect(), bottom }
    }
}

impl Piece {
    fn lowered(mut self, by: f64) -> Self {
        self.bottom += by;
        self
    }

    /// Where another line of the same block begins.
    fn bottom_of_line(&self) -> f64 {
        self.bottom + 0.8
    }

    fn and(mut self, next: Self) -> Self {
        self.marks.extend(next.marks);
        self.bottom = next.bottom;
        self
    }

    fn beside(mut self, other: Self) -> Self {
        self.marks.extend(other.marks);
        self.bottom = self.bottom.max(other.bottom);
        self
    }

    fn inked(mut self, weight: Weight) -> Self {
        if weight == Weight::Small {
            for mark in &mut self.marks {
                if let Mark::Text { ink, .. } = mark {
                    *ink = SOFT;
                }
            }
        }
        self
    }
}

fn rule(column: Column, y: f64) -> Piece {
    let outline =
        Outline { steps: vec![Step::Move(at(column.left, y)), Step::Line(at(column.left + column.width, y))] };
    Piece { marks: vec![Mark::Stroke { outline, ink: SOFT, width: HAIRLINE }], bottom: y }
}

/// A text as well as it can be set: what no face shows is replaced, what is too wide gets smaller and then is cut.
pub(crate) fn readable(text: &str, element: &TextElement, faces: &FaceStack) -> Vec<PlacedRun> {
    let mut text = clean(text);
    loop {
        match fit(&text, &Setting { element, faces }) {
            Ok(runs) => return runs,
            Err(FitRefusal::MissingGlyph(character)) if character != UNKNOWN_CHARACTER => {
                text = text.replace(character, &UNKNOWN_CHARACTER.to_string());
            }
            Err(FitRefusal::TooLong) if element.fit != Fit::Clip => {
                let cut = TextElement { fit: Fit::Clip, size_pt: element.min_size_pt, ..element.clone() };
                return readable(&text, &cut, faces);
            }
            Err(_) => return Vec::new(),
        }
    }
}
