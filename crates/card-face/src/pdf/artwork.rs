//! Artwork that all cards of a layout share, as one form that every page refers to.

use std::fmt::Write as _;

use super::inks::{Inks, write_ink};
use crate::compose::Mark;
use crate::geometry::{Outline, PT_PER_MM, Step};

/// The content stream of a form: fills and strokes in points, `y` downwards turned upwards about zero.
pub(super) fn form_content(marks: &[Mark], inks: Inks) -> String {
    let mut content = String::new();
    for mark in marks {
        match mark {
            Mark::Fill { outline, ink } => {
                write_ink(*ink, inks, false, &mut content);
                write_path(outline, &mut content);
                content.push_str("f\n");
            }
            Mark::Stroke { outline, ink, width } => {
                write_ink(*ink, inks, true, &mut content);
                let _ = writeln!(content, "{} w", points(*width));
                write_path(outline, &mut content);
                content.push_str("S\n");
            }
            // Artwork is made of shapes only.
            Mark::Code { .. } | Mark::Text { .. } | Mark::Picture { .. } => {}
        }
    }
    content
}

/// Millimetres as points, rounded to what printers can tell apart.
pub(super) fn points(length: f64) -> f64 {
    (length * PT_PER_MM * 1000.0).round() / 1000.0
}

fn write_path(outline: &Outline, content: &mut String) {
    for step in &outline.steps {
        let _ = match *step {
            Step::Move(p) => writeln!(content, "{} {} m", points(p.x), points(-p.y)),
            Step::Line(p) => writeln!(content, "{} {} l", points(p.x), points(-p.y)),
            Step::Curve(a, b, p) => {
                let [ax, ay, bx, by, px, py] = [a.x, -a.y, b.x, -b.y, p.x, -p.y].map(points);
                writeln!(content, "{ax} {ay} {bx} {by} {px} {py} c")
            }
            Step::Close => writeln!(content, "h"),
        };
    }
}
