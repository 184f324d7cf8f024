//! What a person should look at before a portrait is printed.

use image::{DynamicImage, RgbImage};

/// Mean brightness (0 to 255) outside of which faces are hard to know.
const BRIGHTNESS: std::ops::RangeInclusive<f64> = 55.0..=238.0;
/// Variance of the Laplacian below which there is no sharp edge in the picture.
const SHARPNESS_MIN: f64 = 10.0;

/// Something that a person should look at before the card is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The picture had another shape: a large part was cut off.
    Aspect,
    /// It has fewer than 300 dots per inch in print.
    LowResolution,
    /// It is dark.
    Dark,
    /// It is overexposed.
    Bright,
    /// Nothing in it is sharp.
    Blurred,
}

impl Finding {
    /// The word for the finding.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aspect => "aspect",
            Self::LowResolution => "low_resolution",
            Self::Dark => "dark",
            Self::Bright => "bright",
            Self::Blurred => "blurred",
        }
    }
}

/// What the picture itself tells: its brightness, and whether anything in it is sharp.
pub(super) fn look(picture: &RgbImage) -> Vec<Finding> {
    let gray = DynamicImage::ImageRgb8(picture.clone()).into_luma8();
    let count = f64::from(gray.width()) * f64::from(gray.height());
    let mean = gray.pixels().map(|pixel| f64::from(pixel.0[0])).sum::<f64>() / count.max(1.0);
    let mut findings = Vec::new();
    if mean < *BRIGHTNESS.start() {
        findings.push(Finding::Dark);
    }
    if mean > *BRIGHTNESS.end() {
        findings.push(Finding::Bright);
    }
    let at = |x: u32, y: u32| f64::from(gray.get_pixel(x, y).0[0]);
    let (mut sum, mut squares, mut edges) = (0.0, 0.0, 0.0_f64);
    for y in 1..gray.height().saturating_sub(1) {
        for x in 1..gray.width().saturating_sub(1) {
            let edge = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4.0 * at(x, y);
            sum += edge;
            squares += edge * edge;
            edges += 1.0;
        }
    }
    let edges = edges.max(1.0);
    if squares / edges - (sum / edges).powi(2) < SHARPNESS_MIN {
        findings.push(Finding::Blurred);
    }
    findings
}
