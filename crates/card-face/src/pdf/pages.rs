//! Marks as printpdf's operations, page by page.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::Document;
use printpdf::{
    Codepoint, CurTransMat, DictItem, ExternalStream, ExternalXObject, FontId, LinePoint, Mm, Op, PaintMode,
    PdfDocument, PdfFontHandle, PdfPage, Point as PdfPoint, Polygon, PolygonRing, Pt, TextItem, TextMatrix,
    WindingOrder, XObject, XObjectId, XObjectTransform,
};

use super::artwork::{form_content, points};
use super::finish::{MASK_KEY, PageBoxes, finish, save};
use super::fonts::UsedFonts;
use super::inks::{Inks, color};
use super::{FileInfo, PdfError};
use crate::compose::{ComposedCard, ComposedSide, Mark, Side};
use crate::geometry::{Frame, Outline, PT_PER_MM, Point, Step};
use crate::layout::Ink;
use crate::picture::{Jpeg, Picture, Pixels};
use crate::text::{PlacedGlyph, PlacedRun};

/// The pages of a file with what they share.
#[derive(Default)]
pub(crate) struct Book {
    inks: Inks,
    pages: Vec<Page>,
    fonts: UsedFonts,
    /// Forms and pictures by the address of what they show, which lives as long as the cards do.
    shared: BTreeMap<usize, String>,
    objects: Vec<(String, ExternalXObject)>,
}

/// Finished pages; a file is made of one or more.
pub(crate) struct Part(Document);

impl Part {
    /// Writes the file; `fingerprint` goes into its id.
    pub(crate) fn save(parts: Vec<Self>, info: &FileInfo, fingerprint: &[&str]) -> Result<Vec<u8>, PdfError> {
        save(parts.into_iter().map(|part| part.0).collect(), info, fingerprint)
    }
}

/// One page: its boxes, and operations in points from its lower left corner.
pub(crate) struct Page {
    media: Frame,
    trim: Frame,
    ops: Vec<Op>,
}

impl Book {
    /// A book in the inks of a press.
    pub(crate) fn for_press() -> Self {
        Self { inks: Inks::Press, ..Self::default() }
    }

    pub(crate) fn push(&mut self, page: Page) {
        self.pages.push(page);
    }

    /// The pages as a part of a file.
    pub(crate) fn into_part(self) -> Result<Part, PdfError> {
        let mut document = PdfDocument::new("");
        for (name, font) in self.fonts.into_pdf_fonts()? {
            document.resources.fonts.map.insert(FontId(name), font);
        }
        for (name, object) in self.objects {
            document.resources.xobjects.map.insert(XObjectId(name), XObject::External(object));
        }
        let boxes: Vec<_> = self.pages.iter().map(|page| PageBoxes { media: page.media, trim: page.trim }).collect();
        document.pages = self.pages.into_iter().map(Page::into_pdf_page).collect();
        finish(&document, &boxes).map(Part)
    }

    /// The name of the form that shows a layout's artwork.
    fn artwork(&mut self, marks: &Arc<Vec<Mark>>, bounds: &Frame) -> String {
        let address = Arc::as_ptr(marks).addr();
        if let Some(name) = self.shared.get(&address) {
            return name.clone();
        }
        let corners = [bounds.x, -bounds.bottom(), bounds.right(), -bounds.y];
        let dict = BTreeMap::from([
            ("Type".to_owned(), name("XObject")),
            ("Subtype".to_owned(), name("Form")),
            ("BBox".to_owned(), DictItem::Array(corners.map(|corner| DictItem::Real(pt(corner))).to_vec())),
            ("Resources".to_owned(), DictItem::Dict { map: BTreeMap::new() }),
        ]);
        self.add(address, dict, form_content(marks, self.inks).into_bytes())
    }

    /// The name of a picture, passed through as the JPEG it is.
    fn jpeg(&mut self, jpeg: &Arc<Jpeg>) -> String {
        let address = Arc::as_ptr(jpeg).addr();
        if let Some(name) = self.shared.get(&address) {
            return name.clone();
        }
        let space = if jpeg.channels == 1 { "DeviceGray" } else { "DeviceRGB" };
        let mut dict = image(jpeg.width, jpeg.height, space);
        dict.insert("Filter".to_owned(), name("DCTDecode"));
        self.add(address, dict, jpeg.data.to_vec())
    }

    /// The name of a picture without loss; its transparency is an object of its own.
    fn pixels(&mut self, pixels: &Arc<Pixels>) -> String {
        let address = Arc::as_ptr(pixels).addr();
        if let Some(name) = self.shared.get(&address) {
            return name.clone();
        }
        let mut dict = image(pixels.width, pixels.height, "DeviceRGB");
        if let Some(alpha) = &pixels.alpha {
            let mask = image(pixels.width, pixels.height, "DeviceGray");
            let mask = self.add(alpha.as_ptr().addr(), mask, alpha.clone());
            dict.insert(MASK_KEY.to_owned(), name(&mask));
        }
        self.add(address, dict, pixels.rgb.clone())
    }

    fn add(&mut self, address: usize, dict: BTreeMap<String, DictItem>, content: Vec<u8>) -> String {
        let name = format!("Object{:04}", self.objects.len());
        // Compressed when the document is finished, if it is not a picture.
        let stream = ExternalStream { dict, content, compress: false };
        self.objects.push((name.clone(), ExternalXObject { stream, width: None, height: None, dpi: None }));
        self.shared.insert(address, name.clone());
        name
    }
}

impl Page {
    /// A page that ends at `media`; `trim` is where it is cut.
    pub(crate) fn new(media: Frame, trim: Frame) -> Self {
        Self { media, trim, ops: Vec::new() }
    }

    /// Draws a side of a card whose upper left corner is the origin.
    pub(crate) fn draw_side(&mut self, card: &ComposedCard, side: Side, book: &mut Book) {
        let composed = card.side(side);
        let (width, height) = (card.format.width, card.format.height);
        self.ops.push(Op::SaveGraphicsState);
        if composed.upside_down {
            let corner = [self.media.x.mul_add(-2.0, width), 2.0f64.mul_add(self.media.bottom(), -height)];
            let [x, y] = corner.map(pt);
            self.transform([-1.0, 0.0, 0.0, -1.0, x, y]);
        }
        self.draw_composed(composed, &Frame::new(0.0, 0.0, width, height).grown(card.format.bleed), book);
        self.ops.push(Op::RestoreGraphicsState);
    }

    /// Draws a side of a card at a place of a sheet, cut at the card's edge or beyond it by a bleed.
    pub(crate) fn draw_side_at(&mut self, card: &ComposedCard, side: Side, corner: Point, bleed: f64, book: &mut Book) {
        let edge = Frame::new(0.0, 0.0, card.format.width, card.format.height).grown(bleed);
        self.ops.push(Op::SaveGraphicsState);
        self.transform([1.0, 0.0, 0.0, 1.0, pt(corner.x), pt(-corner.y)]);
        self.clip(&Outline::rect(&edge));
        // Inside the moved system, the card lies as if the page began at its corner.
        self.draw_side(card, side, book);
        self.ops.push(Op::RestoreGraphicsState);
    }

    /// Draws marks in the page's own millimetres.
    pub(crate) fn draw_marks(&mut self, marks: &[Mark], book: &mut Book) {
        for mark in marks {
            self.draw(mark, book);
        }
    }

    fn draw_composed(&mut self, side: &ComposedSide, bounds: &Frame, book: &mut Book) {
        if !side.artwork.is_empty() {
            let name = book.artwork(&side.artwork, bounds);
            let origin = self.point(Point { x: 0.0, y: 0.0 });
            self.ops.push(Op::SaveGraphicsState);
            self.transform([1.0, 0.0, 0.0, 1.0, origin.x.0, origin.y.0]);
            self.use_object(name);
            self.ops.push(Op::RestoreGraphicsState);
        }
        self.draw_marks(&side.marks, book);
    }

    fn draw(&mut self, mark: &Mark, book: &mut Book) {
        match mark {
            Mark::Fill { outline, ink } => {
                self.ops.push(Op::SetFillColor { col: color(*ink, book.inks) });
                let polygon = self.polygon(outline, PaintMode::Fill);
                self.ops.push(Op::DrawPolygon { polygon });
            }
            Mark::Stroke { outline, ink, width } => {
                self.ops.push(Op::SetOutlineColor { col: color(*ink, book.inks) });
                self.ops.push(Op::SetOutlineThickness { pt: Pt(pt(*width)) });
                let polygon = self.polygon(outline, PaintMode::Stroke);
                self.ops.push(Op::DrawPolygon { polygon });
            }
            Mark::Code { code, ink } => {
                self.ops.push(Op::SaveGraphicsState);
                self.ops.push(Op::SetFillColor { col: color(*ink, book.inks) });
                let origin = self.point(code.origin);
                let [across, down] = [code.cell.0, code.cell.1].map(|length| narrow(length * PT_PER_MM));
                self.transform([across, 0.0, 0.0, -down, origin.x.0, origin.y.0]);
                let rings = code.blocks.iter().copied().map(cells).collect();
                let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
                self.ops.push(Op::DrawPolygon { polygon });
                self.ops.push(Op::RestoreGraphicsState);
            }
            Mark::Text { run, ink } => self.draw_text(run, *ink, book),
            Mark::Picture { picture, frame, mask } => {
                let name = match picture {
                    Picture::Jpeg(jpeg) => book.jpeg(jpeg),
                    Picture::Pixels(pixels) => book.pixels(pixels),
                };
                self.ops.push(Op::SaveGraphicsState);
                if let Some(mask) = mask {
                    self.clip(mask);
                }
                let corner = self.point(Point { x: frame.x, y: frame.bottom() });
                self.transform([pt(frame.width), 0.0, 0.0, pt(frame.height), corner.x.0, corner.y.0]);
                self.use_object(name);
                self.ops.push(Op::RestoreGraphicsState);
            }
        }
    }

    /// One text section per run. Upright glyphs on one baseline follow each other, with their distances corrected
    /// in thousandths of the type size; any other glyph gets its own matrix.
    fn draw_text(&mut self, run: &PlacedRun, ink: Ink, book: &mut Book) {
        let index = book.fonts.index_of(&run.face);
        let Some(font) = book.fonts.font(index) else {
            return;
        };
        let handle = PdfFontHandle::External(FontId(UsedFonts::name(index)));
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetFillColor { col: color(ink, book.inks) });
        self.ops.push(Op::SetFont { font: handle, size: Pt(narrow(run.size_pt)) });
        let thousandth = run.size_pt / PT_PER_MM / 1000.0;
        let mut line: Vec<Codepoint> = Vec::new();
        // Where the pen stands after the glyphs of `line`.
        let mut pen: Option<Point> = None;
        for cluster in clusters(&run.glyphs) {
            let numbered: Vec<_> = cluster.iter().map(|glyph| font.number(glyph.id, &glyph.text)).collect();
            let spelled = cluster.len() > 1 || numbered.iter().any(|glyph| !glyph.tells_text);
            if spelled {
                self.show(&mut line);
                self.begin_spelled(&cluster[0].text);
            }
            for (glyph, numbered) in cluster.iter().zip(numbered) {
                let upright = run.quarter_turns == 0;
                let follows = pen.filter(|pen| upright && (pen.y - glyph.origin.y).abs() < 1e-6);
                let mut x = glyph.origin.x;
                if let (Some(pen), Some(last)) = (follows, line.last_mut()) {
                    let back = ((pen.x - x) / thousandth).round();
                    last.offset = narrow(back);
                    x = pen.x - back * thousandth;
                } else {
                    self.show(&mut line);
                    let matrix = text_matrix(run.quarter_turns, self.point(glyph.origin));
                    self.ops.push(Op::SetTextMatrix { matrix });
                }
                pen = Some(Point { x: x + numbered.width * thousandth, y: glyph.origin.y });
                line.push(Codepoint { gid: numbered.id, offset: 0.0, cid: Some(numbered.text) });
            }
            if spelled {
                self.show(&mut line);
                self.ops.push(Op::EndMarkedContentWithProperties);
            }
        }
        self.show(&mut line);
        self.ops.push(Op::EndTextSection);
    }

    fn show(&mut self, line: &mut Vec<Codepoint>) {
        if !line.is_empty() {
            self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(std::mem::take(line))] });
        }
    }

    /// Opens a stretch whose glyphs do not tell their characters: those are written beside them.
    fn begin_spelled(&mut self, text: &str) {
        let utf16 = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes));
        let spelled = DictItem::String { data: utf16.collect(), literal: false };
        let properties = DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), spelled)]) };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
    }

    fn clip(&mut self, outline: &Outline) {
        let polygon = self.polygon(outline, PaintMode::Clip);
        self.ops.push(Op::DrawPolygon { polygon });
    }

    fn transform(&mut self, matrix: [f32; 6]) {
        self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
    }

    fn use_object(&mut self, name: String) {
        let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
        self.ops.push(Op::UseXobject { id: XObjectId(name), transform });
    }

    /// A point on the page in points from its lower left corner.
    fn point(&self, point: Point) -> PdfPoint {
        PdfPoint { x: Pt(pt(point.x - self.media.x)), y: Pt(pt(self.media.bottom() - point.y)) }
    }

    fn polygon(&self, outline: &Outline, mode: PaintMode) -> Polygon {
        let mut rings: Vec<PolygonRing> = Vec::new();
        let push = |rings: &mut Vec<PolygonRing>, point: Point, bezier: bool| {
            if let Some(ring) = rings.last_mut() {
                ring.points.push(LinePoint { p: self.point(point), bezier });
            }
        };
        for step in &outline.steps {
            match *step {
                Step::Move(p) => {
                    rings.push(PolygonRing::default());
                    push(&mut rings, p, false);
                }
                Step::Line(p) => push(&mut rings, p, false),
                Step::Curve(a, b, p) => {
                    push(&mut rings, a, true);
                    push(&mut rings, b, true);
                    push(&mut rings, p, false);
                }
                Step::Close => {}
            }
        }
        Polygon { rings, mode, winding_order: WindingOrder::NonZero }
    }

    fn into_pdf_page(self) -> PdfPage {
        // The boxes are set when the document is finished.
        PdfPage::new(Mm(narrow(self.media.width)), Mm(narrow(self.media.height)), self.ops)
    }
}

/// A block of a code in the code's own grid.
fn cells(block: [u16; 4]) -> PolygonRing {
    let [left, top, width, height] = block.map(f32::from);
    let (right, bottom) = (left + width, top + height);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    let corner = |(x, y)| LinePoint { p: PdfPoint { x: Pt(x), y: Pt(y) }, bezier: false };
    PolygonRing { points: corners.map(corner).to_vec() }
}

/// A glyph together with the following ones that share its characters.
fn clusters(glyphs: &[PlacedGlyph]) -> impl Iterator<Item = &[PlacedGlyph]> {
    glyphs.chunk_by(|_, next| next.text.is_empty())
}

fn text_matrix(quarter_turns: u8, origin: PdfPoint) -> TextMatrix {
    let [a, b, c, d] = match quarter_turns % 4 {
        0 => [1.0, 0.0, 0.0, 1.0],
        1 => [0.0, -1.0, 1.0, 0.0],
        2 => [-1.0, 0.0, 0.0, -1.0],
        _ => [0.0, 1.0, -1.0, 0.0],
    };
    TextMatrix::Raw([a, b, c, d, origin.x.0, origin.y.0])
}

/// What a PDF says about every picture.
fn image(width: u32, height: u32, space: &str) -> BTreeMap<String, DictItem> {
    BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), DictItem::Int(width.into())),
        ("Height".to_owned(), DictItem::Int(height.into())),
        ("ColorSpace".to_owned(), name(space)),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
    ])
}

fn name(text: &str) -> DictItem {
    DictItem::Name(text.as_bytes().to_vec())
}

fn pt(length: f64) -> f32 {
    narrow(points(length))
}

#[expect(clippy::cast_possible_truncation, reason = "pages need no more than 24 bits")]
fn narrow(value: f64) -> f32 {
    value as f32
}
