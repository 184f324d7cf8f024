//! Which form of a colour a file is written in. Black is gray 0 on both paths.

use std::fmt::Write as _;

use printpdf::{Cmyk, Color, Greyscale, Rgb};

use crate::layout::Ink;

/// Whose inks a file is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Inks {
    /// Card printers and desks: red, green and blue.
    #[default]
    Screen,
    /// A press: the mix that the layout gives, where it gives one.
    Press,
}

/// A colour as printpdf takes it.
pub(super) fn color(ink: Ink, inks: Inks) -> Color {
    match parts(ink, inks) {
        Parts::Gray(white) => Color::Greyscale(Greyscale::new(narrow(white), None)),
        Parts::Rgb(parts) => {
            let [red, green, blue] = parts.map(narrow);
            Color::Rgb(Rgb::new(red, green, blue, None))
        }
        Parts::Cmyk(parts) => {
            let [cyan, magenta, yellow, black] = parts.map(narrow);
            Color::Cmyk(Cmyk::new(cyan, magenta, yellow, black, None))
        }
    }
}

/// Writes a colour as operators of a content stream: those for fills, or those for strokes.
pub(super) fn write_ink(ink: Ink, inks: Inks, stroke: bool, content: &mut String) {
    let (parts, operator) = match parts(ink, inks) {
        Parts::Gray(white) => (vec![white], if stroke { "G" } else { "g" }),
        Parts::Rgb(parts) => (parts.to_vec(), if stroke { "RG" } else { "rg" }),
        Parts::Cmyk(parts) => (parts.to_vec(), if stroke { "K" } else { "k" }),
    };
    for part in parts {
        let _ = write!(content, "{} ", (part * 10_000.0).round() / 10_000.0);
    }
    content.push_str(operator);
    content.push('\n');
}

enum Parts {
    Gray(f64),
    Rgb([f64; 3]),
    Cmyk([f64; 4]),
}

fn parts(ink: Ink, inks: Inks) -> Parts {
    match ink {
        Ink::Gray(white) => Parts::Gray(white),
        Ink::Mixed { cmyk: Some(parts), .. } if inks == Inks::Press => Parts::Cmyk(parts),
        Ink::Mixed { rgb, .. } => Parts::Rgb(rgb.map(|part| f64::from(part) / 255.0)),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "shares of ink need no more than 24 bits")]
fn narrow(value: f64) -> f32 {
    value as f32
}
