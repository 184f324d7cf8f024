//! Pictures of a side for screens, drawn from the same composition as the print file.

use image::ImageDecoder;
use rustybuzz::ttf_parser::{self, GlyphId};
use tiny_skia::{
    Color, FillRule, FilterQuality, Mask, Paint, PathBuilder, Pattern, Pixmap, PremultipliedColorU8, SpreadMode,
    Stroke, Transform,
};

use crate::compose::{ComposedCard, Mark, Side};
use crate::geometry::{Frame, Outline, PT_PER_MM, Step};
use crate::layout::Ink;
use crate::picture::{Jpeg, Picture, Pixels};
use crate::text::PlacedRun;

/// Highest resolution of a preview; what is finer goes to print files.
pub const PREVIEW_DPI_MAX: u16 = 1200;

/// Most pixels of a preview; a card at 1200 dpi has ten million.
const PREVIEW_PIXELS_MAX: f64 = 40e6;

/// A preview that cannot be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PreviewError {
    /// The portrait or a picture of the layout is damaged.
    #[error("a picture on the card is damaged")]
    Picture,
    /// The resolution is zero, above [`PREVIEW_DPI_MAX`], or gives too many pixels.
    #[error("the resolution of a preview lies between 1 and {PREVIEW_DPI_MAX} dpi")]
    Resolution,
    /// The PNG could not be written.
    #[error("the preview could not be written as PNG")]
    Encoding,
}

/// Draws one side as PNG, cut to the rounded corners of the card; outside them it is transparent.
///
/// # Errors
/// If a picture is damaged or the resolution is out of range.
pub fn preview_png(card: &ComposedCard, side: Side, dpi: u16) -> Result<Vec<u8>, PreviewError> {
    let pixmap = draw(card, side, dpi)?;
    pixmap.encode_png().map_err(|_| PreviewError::Encoding)
}

fn draw(card: &ComposedCard, side: Side, dpi: u16) -> Result<Pixmap, PreviewError> {
    if dpi == 0 || dpi > PREVIEW_DPI_MAX {
        return Err(PreviewError::Resolution);
    }
    let scale = f64::from(dpi) / 25.4;
    let (width, height) = (card.format.width, card.format.height);
    if width * height * scale * scale > PREVIEW_PIXELS_MAX {
        return Err(PreviewError::Resolution);
    }
    let mut canvas = Canvas {
        pixmap: Pixmap::new(pixels(width * scale), pixels(height * scale)).ok_or(PreviewError::Resolution)?,
        transform: Transform::from_scale(narrow(scale), narrow(scale)),
    };
    let composed = card.side(side);
    let edge = Outline::rounded(&Frame::new(0.0, 0.0, width, height), [card.format.radius; 4]);
    let corners = canvas.mask(&edge);
    for mark in composed.artwork.iter().chain(&composed.marks) {
        canvas.draw(mark)?;
    }
    let mut pixmap = canvas.pixmap;
    if let Some(corners) = corners {
        pixmap.apply_mask(&corners);
    }
    Ok(pixmap)
}

struct Canvas {
    pixmap: Pixmap,
    /// From millimetres to pixels.
    transform: Transform,
}

impl Canvas {
    fn draw(&mut self, mark: &Mark) -> Result<(), PreviewError> {
        match mark {
            Mark::Fill { outline, ink } => {
                if let Some(path) = path_of(outline) {
                    self.pixmap.fill_path(&path, &paint(*ink), FillRule::Winding, self.transform, None);
                }
            }
            Mark::Stroke { outline, ink, width } => {
                if let Some(path) = path_of(outline) {
                    let stroke = Stroke { width: narrow(*width), ..Stroke::default() };
                    self.pixmap.stroke_path(&path, &paint(*ink), &stroke, self.transform, None);
                }
            }
            Mark::Code { code, ink } => {
                let mut outline = Outline::default();
                for block in code.frames() {
                    outline.push_rect(&block);
                }
                if let Some(path) = path_of(&outline) {
                    self.pixmap.fill_path(&path, &paint(*ink), FillRule::Winding, self.transform, None);
                }
            }
            Mark::Text { run, ink } => self.draw_text(run, *ink),
            Mark::Picture { picture, frame, mask } => self.draw_picture(picture, frame, mask.as_ref())?,
        }
        Ok(())
    }

    fn draw_text(&mut self, run: &PlacedRun, ink: Ink) {
        let scale = run.size_pt / PT_PER_MM / f64::from(run.face.units_per_em);
        let mut glyphs = GlyphPath { builder: PathBuilder::new(), scale, run, origin: (0.0, 0.0) };
        run.face.with_tables(|tables| {
            for glyph in &run.glyphs {
                glyphs.origin = (glyph.origin.x, glyph.origin.y);
                tables.outline_glyph(GlyphId(glyph.id), &mut glyphs);
            }
        });
        if let Some(path) = glyphs.builder.finish() {
            self.pixmap.fill_path(&path, &paint(ink), FillRule::Winding, self.transform, None);
        }
    }

    fn draw_picture(&mut self, picture: &Picture, frame: &Frame, mask: Option<&Outline>) -> Result<(), PreviewError> {
        let picture = match picture {
            Picture::Jpeg(jpeg) => decoded(jpeg),
            Picture::Pixels(pixels) => veiled(pixels),
        };
        let picture = picture.ok_or(PreviewError::Picture)?;
        let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
        let placed = Transform::from_row(
            narrow(frame.width / width),
            0.0,
            0.0,
            narrow(frame.height / height),
            narrow(frame.x),
            narrow(frame.y),
        );
        let shader = Pattern::new(picture.as_ref(), SpreadMode::Pad, FilterQuality::Bicubic, 1.0, placed);
        let paint = Paint { shader, anti_alias: true, ..Paint::default() };
        let whole = Outline::rect(frame);
        if let Some(path) = path_of(mask.unwrap_or(&whole)) {
            self.pixmap.fill_path(&path, &paint, FillRule::Winding, self.transform, None);
        }
        Ok(())
    }

    fn mask(&self, outline: &Outline) -> Option<Mask> {
        let mut mask = Mask::new(self.pixmap.width(), self.pixmap.height())?;
        mask.fill_path(&path_of(outline)?, FillRule::Winding, true, self.transform);
        Some(mask)
    }
}

/// Decodes a picture that was normalised when it came in.
fn decoded(jpeg: &Jpeg) -> Option<Pixmap> {
    let decoder = image::codecs::jpeg::JpegDecoder::new(std::io::Cursor::new(&jpeg.data[..])).ok()?;
    if decoder.dimensions() != (jpeg.width, jpeg.height) {
        return None;
    }
    let pixels = image::DynamicImage::from_decoder(decoder).ok()?.into_rgb8();
    let mut pixmap = Pixmap::new(jpeg.width, jpeg.height)?;
    for (target, source) in pixmap.pixels_mut().iter_mut().zip(pixels.pixels()) {
        let [red, green, blue] = source.0;
        *target = PremultipliedColorU8::from_rgba(red, green, blue, u8::MAX)?;
    }
    Some(pixmap)
}

/// The pixels of a picture with their transparency.
fn veiled(pixels: &Pixels) -> Option<Pixmap> {
    let mut pixmap = Pixmap::new(pixels.width, pixels.height)?;
    let alphas = pixels.alpha.iter().flatten().copied().chain(std::iter::repeat(u8::MAX));
    for ((target, rgb), alpha) in pixmap.pixels_mut().iter_mut().zip(pixels.rgb.chunks_exact(3)).zip(alphas) {
        *target = tiny_skia::ColorU8::from_rgba(rgb[0], rgb[1], rgb[2], alpha).premultiply();
    }
    Some(pixmap)
}

/// Collects glyph outlines in millimetres.
struct GlyphPath<'r> {
    builder: PathBuilder,
    /// Millimetres per font unit.
    scale: f64,
    run: &'r PlacedRun,
    origin: (f64, f64),
}

impl GlyphPath<'_> {
    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = (f64::from(x) * self.scale, -f64::from(y) * self.scale);
        let (x, y) = match self.run.quarter_turns % 4 {
            0 => (x, y),
            1 => (-y, x),
            2 => (-x, -y),
            _ => (y, -x),
        };
        (narrow(self.origin.0 + x), narrow(self.origin.1 + y))
    }
}

impl ttf_parser::OutlineBuilder for GlyphPath<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.point(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.point(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.point(x1, y1), self.point(x, y));
        self.builder.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.point(x1, y1), self.point(x2, y2), self.point(x, y));
        self.builder.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}

fn path_of(outline: &Outline) -> Option<tiny_skia::Path> {
    let mut builder = PathBuilder::new();
    for step in &outline.steps {
        match *step {
            Step::Move(p) => builder.move_to(narrow(p.x), narrow(p.y)),
            Step::Line(p) => builder.line_to(narrow(p.x), narrow(p.y)),
            Step::Curve(a, b, p) => {
                builder.cubic_to(narrow(a.x), narrow(a.y), narrow(b.x), narrow(b.y), narrow(p.x), narrow(p.y));
            }
            Step::Close => builder.close(),
        }
    }
    builder.finish()
}

fn paint(ink: Ink) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    match ink {
        Ink::Gray(white) => {
            let white = narrow(white).clamp(0.0, 1.0);
            paint.set_color(Color::from_rgba(white, white, white, 1.0).unwrap_or(Color::BLACK));
        }
        Ink::Mixed { rgb: [red, green, blue], .. } => paint.set_color_rgba8(red, green, blue, u8::MAX),
    }
    paint
}

#[expect(clippy::cast_possible_truncation, reason = "screens need no more than 24 bits")]
fn narrow(value: f64) -> f32 {
    value as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of cards are small and positive")]
fn pixels(length: f64) -> u32 {
    length.round().max(1.0) as u32
}
