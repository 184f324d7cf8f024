//! Paint and brushes of portraits: plain colours on a canvas of 350 x 450 units.

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LinearGradient, Paint, Path, PathBuilder, Pixmap, Point, Shader,
    SpreadMode, Stroke, Transform,
};

use crate::geometry::Step;
use crate::layout::parse_outline;

const WIDTH: u16 = 630;
const HEIGHT: u16 = 810;
/// Pixels per unit.
const SCALE: f32 = 1.8;
const JPEG_QUALITY: u8 = 88;

/// A plain colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shade(pub(super) u8, pub(super) u8, pub(super) u8);

impl Shade {
    /// This colour with a share of another.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes lies a byte")]
    pub(super) fn mixed(self, other: Self, share: f32) -> Self {
        let mix = |from: u8, to: u8| (f32::from(from) + (f32::from(to) - f32::from(from)) * share).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    pub(super) fn darker(self, share: f32) -> Self {
        self.mixed(Self(0x1A, 0x10, 0x14), share)
    }

    pub(super) fn lighter(self, share: f32) -> Self {
        self.mixed(Self(0xFF, 0xFD, 0xF8), share)
    }

    fn color(self, opacity: u8) -> Color {
        Color::from_rgba8(self.0, self.1, self.2, opacity)
    }
}

/// What a portrait is painted on. Outlines are path data in units; what cannot be read paints nothing.
pub(super) struct Easel {
    canvas: Option<Pixmap>,
    /// From units to pixels.
    transform: Transform,
}

impl Easel {
    pub(super) fn new() -> Self {
        let canvas = Pixmap::new(WIDTH.into(), HEIGHT.into());
        Self { canvas, transform: Transform::from_scale(SCALE, SCALE) }
    }

    /// Everything from here on is painted larger, as if the person came nearer.
    pub(super) fn come_nearer(&mut self, factor: f32) {
        const BETWEEN_THE_EYES: (f32, f32) = (175.0, 228.0);
        let (x, y) = BETWEEN_THE_EYES;
        let nearer = Transform::from_translate(-x, -y).post_scale(factor, factor).post_translate(x, y);
        self.transform = self.transform.pre_concat(nearer);
    }

    /// A ground that fades from the top to the bottom.
    pub(super) fn fade(&mut self, top: Shade, bottom: Shade) {
        let stops = vec![GradientStop::new(0.0, top.color(255)), GradientStop::new(1.0, bottom.color(255))];
        let (from, to) = (Point::from_xy(0.0, 0.0), Point::from_xy(0.0, 450.0));
        let Some(shader) = LinearGradient::new(from, to, stops, SpreadMode::Pad, Transform::identity()) else { return };
        self.paint("M 0 0 H 350 V 450 H 0 Z", shader);
    }

    pub(super) fn fill(&mut self, outline: &str, shade: Shade) {
        self.paint(outline, Shader::SolidColor(shade.color(255)));
    }

    /// A little shadow, as light from the left leaves it.
    pub(super) fn veil(&mut self, outline: &str) {
        self.paint(outline, Shader::SolidColor(Shade(0x40, 0x18, 0x20).color(22)));
    }

    /// A thin cover, such as a beard of three days.
    pub(super) fn haze(&mut self, outline: &str, shade: Shade) {
        self.paint(outline, Shader::SolidColor(shade.color(70)));
    }

    /// The shine of a pair of glasses.
    pub(super) fn glass(&mut self, outline: &str) {
        self.paint(outline, Shader::SolidColor(Shade(0xFF, 0xFF, 0xFF).color(36)));
    }

    pub(super) fn blush(&mut self, x: f32, y: f32, radius: f32) {
        let outline = Self::oval_path(x, y, radius, radius * 0.8);
        self.paint(&outline, Shader::SolidColor(Shade(0xD8, 0x4C, 0x40).color(38)));
    }

    pub(super) fn circle(&mut self, x: f32, y: f32, radius: f32, shade: Shade) {
        self.oval(x, y, radius, radius, shade);
    }

    pub(super) fn oval(&mut self, x: f32, y: f32, rx: f32, ry: f32, shade: Shade) {
        self.fill(&Self::oval_path(x, y, rx, ry), shade);
    }

    /// Path data of an oval.
    pub(super) fn oval_path(x: f32, y: f32, rx: f32, ry: f32) -> String {
        let (kx, ky) = (rx * 0.5523, ry * 0.5523);
        let (left, right, top, bottom) = (x - rx, x + rx, y - ry, y + ry);
        format!(
            "M {right} {y} C {right} {} {} {bottom} {x} {bottom} C {} {bottom} {left} {} {left} {y} \
             C {left} {} {} {top} {x} {top} C {} {top} {right} {} {right} {y} Z",
            y + ky,
            x + kx,
            x - kx,
            y + ky,
            y - ky,
            x - kx,
            x + kx,
            y - ky,
        )
    }

    pub(super) fn line(&mut self, outline: &str, width: f32, shade: Shade) {
        let (Some(canvas), Some(path)) = (&mut self.canvas, path(outline)) else { return };
        let paint = Paint { shader: Shader::SolidColor(shade.color(255)), anti_alias: true, ..Paint::default() };
        let stroke = Stroke { width, line_cap: LineCap::Round, ..Stroke::default() };
        canvas.stroke_path(&path, &paint, &stroke, self.transform, None);
    }

    /// Fills by the even-odd rule, so that an outline inside another cuts a hole.
    fn paint(&mut self, outline: &str, shader: Shader<'_>) {
        let (Some(canvas), Some(path)) = (&mut self.canvas, path(outline)) else { return };
        let paint = Paint { shader, anti_alias: true, ..Paint::default() };
        canvas.fill_path(&path, &paint, FillRule::EvenOdd, self.transform, None);
    }

    /// The picture as a baseline JPEG.
    pub(super) fn jpeg(self) -> Vec<u8> {
        let pixels = self.canvas.map(Pixmap::take).unwrap_or_default();
        let mut jpeg = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut jpeg, JPEG_QUALITY);
        encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
        let encoded = encoder.encode(&pixels, WIDTH, HEIGHT, jpeg_encoder::ColorType::Rgba);
        if encoded.is_err() {
            jpeg.clear();
        }
        jpeg
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a canvas needs no more than 24 bits")]
fn path(outline: &str) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for step in parse_outline(outline).ok()?.steps {
        match step {
            Step::Move(p) => builder.move_to(p.x as f32, p.y as f32),
            Step::Line(p) => builder.line_to(p.x as f32, p.y as f32),
            Step::Curve(a, b, p) => {
                builder.cubic_to(a.x as f32, a.y as f32, b.x as f32, b.y as f32, p.x as f32, p.y as f32);
            }
            Step::Close => builder.close(),
        }
    }
    builder.finish()
}
