//! Fitting a text into its box: smaller, then on more lines, then refused.

use std::sync::Arc;

use super::shape::{FaceStack, ShapedLine};
use crate::fonts::Face;
use crate::geometry::{Frame, PT_PER_MM, Point, at};
use crate::layout::{Align, Fit, TextElement, VerticalAlign};

/// Steps in which the type gets smaller while lines are searched, in points.
const SIZE_STEP_PT: f64 = 0.25;

/// Forgives rounding when widths are compared, in millimetres.
const SLACK: f64 = 0.01;

/// Glyphs of one face at one size.
#[derive(Debug, Clone)]
pub(crate) struct PlacedRun {
    pub(crate) face: Arc<Face>,
    pub(crate) size_pt: f64,
    pub(crate) quarter_turns: u8,
    pub(crate) glyphs: Vec<PlacedGlyph>,
}

/// A glyph's origin on the card.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlacedGlyph {
    pub(crate) id: u16,
    pub(crate) origin: Point,
    /// The characters it stands for, together with the following glyphs whose text is empty.
    pub(crate) text: String,
}

/// Why a text cannot be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FitRefusal {
    /// No face shows this character.
    MissingGlyph(char),
    /// It does not fit, even at the smallest size and on all lines.
    TooLong,
}

/// How a text is to be set.
pub(crate) struct Setting<'a> {
    pub(crate) element: &'a TextElement,
    pub(crate) faces: &'a FaceStack,
}

/// Sets a cleaned text.
pub(crate) fn fit(text: &str, setting: &Setting<'_>) -> Result<Vec<PlacedRun>, FitRefusal> {
    let lines: Vec<&str> = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let element = setting.element;
    let (size, lines) = match element.fit {
        Fit::Shrink => setting.shrunk(&lines)?.map_or_else(|| setting.wrapped(&lines), Ok)?,
        Fit::Wrap => setting.wrapped(&lines)?,
        Fit::Error => {
            let lines = setting.shape_all(&lines)?;
            if !setting.holds(&lines, element.size_pt) {
                return Err(FitRefusal::TooLong);
            }
            (element.size_pt, lines)
        }
        Fit::Clip => (element.size_pt, setting.clipped(&lines)?),
    };
    Ok(setting.place(lines, size))
}

impl Setting<'_> {
    /// The box as the text sees it: upright.
    fn room(&self) -> (f64, f64) {
        let frame = &self.element.frame;
        if self.element.quarter_turns.is_multiple_of(2) {
            (frame.width, frame.height)
        } else {
            (frame.height, frame.width)
        }
    }

    fn shape(&self, line: &str) -> Result<ShapedLine, FitRefusal> {
        self.faces.shape(line, self.element.tracking).map_err(FitRefusal::MissingGlyph)
    }

    fn shape_all(&self, lines: &[&str]) -> Result<Vec<ShapedLine>, FitRefusal> {
        lines.iter().map(|line| self.shape(line)).collect()
    }

    /// Height of a capital letter in type sizes.
    fn cap_height(&self) -> f64 {
        self.faces.first().map_or(0.7, |face| f64::from(face.cap_height) / f64::from(face.units_per_em))
    }

    /// Height of a block of lines in type sizes.
    #[expect(clippy::cast_precision_loss, reason = "a card has few lines")]
    fn block(&self, lines: usize) -> f64 {
        self.cap_height() + self.element.leading * lines.saturating_sub(1) as f64
    }

    fn holds(&self, lines: &[ShapedLine], size_pt: f64) -> bool {
        let (width, height) = self.room();
        let size = size_pt / PT_PER_MM;
        let widest = lines.iter().map(|line| line.width).fold(0.0, f64::max);
        widest * size <= width + SLACK && self.block(lines.len()) * size <= height + SLACK
    }

    /// The lines as they are, in the largest type that fits.
    fn shrunk(&self, lines: &[&str]) -> Result<Option<(f64, Vec<ShapedLine>)>, FitRefusal> {
        let lines = self.shape_all(lines)?;
        let (width, height) = self.room();
        let widest = lines.iter().map(|line| line.width).fold(f64::MIN_POSITIVE, f64::max);
        let largest = (width / widest).min(height / self.block(lines.len())) * PT_PER_MM;
        let size = self.element.size_pt.min(largest);
        Ok((size + 1e-6 >= self.element.min_size_pt).then_some((size, lines)))
    }

    /// The text on as many lines as the element has, in the largest type that fits.
    fn wrapped(&self, lines: &[&str]) -> Result<(f64, Vec<ShapedLine>), FitRefusal> {
        let lines_max = self.element.lines.max(lines.len());
        let mut size = self.element.size_pt;
        loop {
            let width = self.room().0 / (size / PT_PER_MM);
            let mut broken = Vec::new();
            let fits = lines.iter().try_fold(true, |fits, line| {
                Ok::<_, FitRefusal>(fits && self.broken(line, width, lines_max, &mut broken)?)
            })?;
            if fits && self.holds(&broken, size) {
                return Ok((size, broken));
            }
            if size <= self.element.min_size_pt {
                return Err(FitRefusal::TooLong);
            }
            size = (size - SIZE_STEP_PT).max(self.element.min_size_pt);
        }
    }

    /// Breaks one line after blanks and hyphens; false if a word alone is too wide or the lines run out.
    fn broken(
        &self,
        text: &str,
        width: f64,
        lines_max: usize,
        broken: &mut Vec<ShapedLine>,
    ) -> Result<bool, FitRefusal> {
        let mut rest = text;
        while !rest.is_empty() {
            if broken.len() == lines_max {
                return Ok(false);
            }
            let mut taken: Option<(usize, ShapedLine)> = None;
            for end in breaks(rest) {
                let line = self.shape(rest[..end].trim_end())?;
                if line.width > width + SLACK {
                    break;
                }
                taken = Some((end, line));
            }
            let Some((end, line)) = taken else {
                return Ok(false);
            };
            broken.push(line);
            rest = rest[end..].trim_start();
        }
        Ok(true)
    }

    /// The lines without what stands over the right edge.
    fn clipped(&self, lines: &[&str]) -> Result<Vec<ShapedLine>, FitRefusal> {
        let mut lines = self.shape_all(lines)?;
        lines.truncate(self.element.lines);
        let width = self.room().0 / (self.element.size_pt / PT_PER_MM);
        for line in &mut lines {
            for run in &mut line.runs {
                run.glyphs.retain(|glyph| glyph.end <= width);
            }
            line.width = line.width.min(width);
        }
        Ok(lines)
    }

    fn place(&self, lines: Vec<ShapedLine>, size_pt: f64) -> Vec<PlacedRun> {
        let element = self.element;
        let (width, height) = self.room();
        let size = size_pt / PT_PER_MM;
        let block = self.block(lines.len()) * size;
        let cap_height = self.cap_height() * size;
        let first_baseline = match element.valign {
            VerticalAlign::Top => cap_height,
            VerticalAlign::Middle => (height - block) / 2.0 + cap_height,
            VerticalAlign::Bottom => height - 0.22 * size - block + cap_height,
            VerticalAlign::Baseline => height - block + cap_height,
        };
        let mut runs = Vec::new();
        let mut baseline = first_baseline;
        for line in lines {
            let spare = width - line.width * size;
            let left = match element.align {
                Align::Left => 0.0,
                Align::Center => spare / 2.0,
                Align::Right => spare,
            };
            for run in line.runs {
                let place = |x: f64, y: f64| turned(&element.frame, element.quarter_turns, x, y);
                let glyphs = run.glyphs.into_iter().map(|glyph| PlacedGlyph {
                    id: glyph.id,
                    origin: place(left + glyph.x * size, baseline - glyph.y * size),
                    text: glyph.text,
                });
                let (face, quarter_turns) = (run.face, element.quarter_turns);
                runs.push(PlacedRun { face, size_pt, quarter_turns, glyphs: glyphs.collect() });
            }
            baseline += element.leading * size;
        }
        runs
    }
}

/// A point of the upright box on the card, where the box is turned clockwise.
fn turned(frame: &Frame, quarter_turns: u8, x: f64, y: f64) -> Point {
    match quarter_turns % 4 {
        0 => at(frame.x + x, frame.y + y),
        1 => at(frame.right() - y, frame.y + x),
        2 => at(frame.right() - x, frame.bottom() - y),
        _ => at(frame.x + y, frame.bottom() - x),
    }
}

/// Where a line may end: after each blank and hyphen, and at the end.
fn breaks(text: &str) -> Vec<usize> {
    let after = |(start, character): (usize, char)| {
        let inside = start > 0 && (character == ' ' || character == '-' || character == '\u{2010}');
        inside.then(|| start + character.len_utf8())
    };
    let mut ends: Vec<usize> = text.char_indices().filter_map(after).collect();
    if ends.last() != Some(&text.len()) {
        ends.push(text.len());
    }
    ends
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::fonts::Fonts;
    use crate::layout::{Ink, LetterCase};

    fn faces() -> FaceStack {
        let fonts = Fonts::bundled();
        FaceStack { faces: vec![Arc::clone(fonts.find("Libertinus Serif", "Bold").expect("bundled"))] }
    }

    fn element(fit: Fit, lines: usize) -> TextElement {
        TextElement {
            texts: BTreeMap::new(),
            frame: Frame::new(30.0, 20.0, 40.0, 12.0),
            font: String::new(),
            size_pt: 14.0,
            min_size_pt: 7.0,
            fit,
            align: Align::Left,
            valign: VerticalAlign::Baseline,
            lines,
            leading: 1.1,
            tracking: 0.0,
            ink: Ink::BLACK,
            quarter_turns: 0,
            case: LetterCase::AsWritten,
        }
    }

    fn set(text: &str, element: &TextElement) -> Result<Vec<PlacedRun>, FitRefusal> {
        fit(text, &Setting { element, faces: &faces() })
    }

    fn baselines(runs: &[PlacedRun]) -> Vec<f64> {
        let mut found: Vec<f64> = runs.iter().flat_map(|run| run.glyphs.iter().map(|glyph| glyph.origin.y)).collect();
        found.dedup();
        found
    }

    #[test]
    fn a_name_shrinks_then_wraps_then_is_refused() {
        let element = element(Fit::Shrink, 2);
        for (name, lines, size) in [
            ("Zoë Müller", 1, 14.0..=14.0),
            ("Maximiliane von Hohenzollern", 1, 7.0..=12.0),
            ("Maximiliane Friederike von Hohenzollern-Sigmaringen", 2, 7.0..=14.0),
        ] {
            let runs = set(name, &element).expect(name);
            assert_eq!(baselines(&runs).len(), lines, "{name}");
            assert!(size.contains(&runs[0].size_pt), "{name}: {}", runs[0].size_pt);
        }
        let long = "Maximiliane Friederike Charlotte Wilhelmine Auguste von Hohenzollern-Sigmaringen zu Nassau";
        assert_eq!(set(long, &element).err(), Some(FitRefusal::TooLong));
        assert_eq!(set(&"x".repeat(60), &element).err(), Some(FitRefusal::TooLong));
    }

    #[test]
    fn the_last_line_stands_on_the_edge_of_the_box() {
        for text in ["Zoë", "Zoë\nMüller"] {
            let runs = set(text, &element(Fit::Shrink, 2)).expect("fits");
            let last = runs.last().expect("a run").glyphs[0].origin;
            assert!((last.y - 32.0).abs() < 1e-9, "{last:?}");
            assert!((last.x - 30.0).abs() < 0.1);
        }
    }

    #[test]
    fn every_glyph_stays_in_its_box_whatever_the_turn() {
        for quarter_turns in 0..4 {
            let frame = Frame::new(30.0, 10.0, 40.0, 30.0);
            let element = TextElement { frame, quarter_turns, ..element(Fit::Shrink, 2) };
            for run in set("Maximiliane\nSigmaringen", &element).expect("fits") {
                for glyph in &run.glyphs {
                    let dot = Frame::new(glyph.origin.x, glyph.origin.y, 0.0, 0.0);
                    assert!(dot.within(&element.frame), "{quarter_turns}: {dot:?}");
                }
            }
        }
    }

    #[test]
    fn other_ways_to_fit() {
        let wrapped = set("one two three four five six seven", &element(Fit::Wrap, 3)).expect("fits");
        assert_eq!(baselines(&wrapped).len(), 2);
        assert!(wrapped[0].size_pt > 12.0, "{}", wrapped[0].size_pt);
        assert_eq!(set(&"word ".repeat(12), &element(Fit::Error, 1)).err(), Some(FitRefusal::TooLong));
        let clipped = set(&"word ".repeat(12), &element(Fit::Clip, 1)).expect("cut");
        assert!(clipped[0].glyphs.len() < 40 && clipped[0].glyphs.len() > 10);
        assert!(set(" \n ", &element(Fit::Error, 1)).expect("nothing to set").is_empty());
    }
}
