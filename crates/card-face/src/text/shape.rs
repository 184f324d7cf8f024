//! One line of text: split by direction and by face, shaped, and put side by side in the order it is seen.

use std::ops::Range;
use std::sync::Arc;

use rustybuzz::{Direction, UnicodeBuffer};
use unicode_bidi::BidiInfo;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::fonts::Face;

/// The first right-to-left characters of Unicode; texts below need no reordering.
const FIRST_RIGHT_TO_LEFT: char = '\u{590}';

/// A face and what stands in for it, in order.
#[derive(Debug, Clone)]
pub(crate) struct FaceStack {
    pub(crate) faces: Vec<Arc<Face>>,
}

/// A shaped line; lengths are in type sizes (ems), glyphs from left to right.
pub(crate) struct ShapedLine {
    pub(crate) width: f64,
    pub(crate) runs: Vec<ShapedRun>,
}

pub(crate) struct ShapedRun {
    pub(crate) face: Arc<Face>,
    pub(crate) glyphs: Vec<ShapedGlyph>,
}

pub(crate) struct ShapedGlyph {
    pub(crate) id: u16,
    /// Left edge of the glyph's advance plus its own offset.
    pub(crate) x: f64,
    /// Height above the baseline.
    pub(crate) y: f64,
    /// Where the next glyph begins.
    pub(crate) end: f64,
    /// The characters that this glyph and the ones after it with an empty text stand for.
    pub(crate) text: String,
}

impl FaceStack {
    /// The face for the greater part of a text.
    pub(crate) fn first(&self) -> Option<&Arc<Face>> {
        self.faces.first()
    }

    /// Shapes one line; `tracking` is added after each cluster of left-to-right text.
    ///
    /// # Errors
    /// The first character that no face can show.
    pub(crate) fn shape(&self, text: &str, tracking: f64) -> Result<ShapedLine, char> {
        let mut line = ShapedLine { width: 0.0, runs: Vec::new() };
        for (range, right_to_left) in directions(text) {
            let mut parts = self.by_face(&text[range])?;
            if right_to_left {
                parts.reverse();
            }
            for (face, part) in parts {
                line.append(face, part, right_to_left, if right_to_left { 0.0 } else { tracking })?;
            }
        }
        line.width = (line.width - tracking).max(0.0);
        Ok(line)
    }

    /// Cuts a text into stretches that one face can show.
    fn by_face<'t>(&self, text: &'t str) -> Result<Vec<(&Arc<Face>, &'t str)>, char> {
        let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
        for cluster in clusters(text) {
            let characters = &text[cluster.clone()];
            let index = self.faces.iter().position(|face| shows(face, characters));
            let index = index.ok_or_else(|| self.first_missing(characters))?;
            match parts.last_mut() {
                Some((last, range)) if *last == index => range.end = cluster.end,
                _ => parts.push((index, cluster)),
            }
        }
        Ok(parts.into_iter().map(|(index, range)| (&self.faces[index], &text[range])).collect())
    }

    /// The character of a cluster to name when no face can show all of it.
    fn first_missing(&self, cluster: &str) -> char {
        let shown = |character: char| {
            let mut buffer = [0; 4];
            let text = character.encode_utf8(&mut buffer);
            self.faces.iter().any(|face| shows(face, text))
        };
        cluster.chars().find(|character| !shown(*character)).or_else(|| cluster.chars().next()).unwrap_or('\u{FFFD}')
    }
}

impl ShapedLine {
    fn append(&mut self, face: &Arc<Face>, text: &str, right_to_left: bool, tracking: f64) -> Result<(), char> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.guess_segment_properties();
        let first = text.chars().next().unwrap_or('\u{FFFD}');
        let shaped = face.with_tables(|tables| rustybuzz::shape(tables, &[], buffer)).ok_or(first)?;
        let infos = shaped.glyph_infos();
        let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        let units = f64::from(face.units_per_em);
        let mut glyphs = Vec::with_capacity(infos.len());
        let mut pen = self.width;
        for (index, (info, position)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
            let start = info.cluster as usize;
            let end = starts.iter().find(|other| **other > start).copied().unwrap_or(text.len());
            let characters = text.get(start..end).unwrap_or_default();
            let id = u16::try_from(info.glyph_id).ok().filter(|id| *id != 0);
            let id = id.ok_or_else(|| characters.chars().next().unwrap_or(first))?;
            let leads = index == 0 || infos[index - 1].cluster != info.cluster;
            let closes = infos.get(index + 1).is_none_or(|next| next.cluster != info.cluster);
            let x = pen + f64::from(position.x_offset) / units;
            pen += f64::from(position.x_advance) / units + if closes { tracking } else { 0.0 };
            glyphs.push(ShapedGlyph {
                id,
                x,
                y: f64::from(position.y_offset) / units,
                end: pen,
                text: if leads { characters.to_owned() } else { String::new() },
            });
        }
        self.width = pen;
        self.runs.push(ShapedRun { face: Arc::clone(face), glyphs });
        Ok(())
    }
}

/// Stretches of one direction, in the order they are seen from left to right.
fn directions(text: &str) -> Vec<(Range<usize>, bool)> {
    if text.is_empty() {
        return Vec::new();
    }
    if text.chars().all(|character| character < FIRST_RIGHT_TO_LEFT) {
        return vec![(0..text.len(), false)];
    }
    let bidi = BidiInfo::new(text, None);
    let mut found = Vec::new();
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        found.extend(runs.into_iter().map(|run| (run.clone(), levels[run.start].is_rtl())));
    }
    found
}

/// A base character with its marks and joiners, which stay in one face.
fn clusters(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        match found.last_mut() {
            Some(last) if is_combining_mark(character) || is_joiner(character) => last.end = end,
            _ => found.push(start..end),
        }
    }
    found
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}')
}

/// Whether a face has a glyph for each character, or for each part of its decomposed form.
fn shows(face: &Face, cluster: &str) -> bool {
    let has = |tables: &rustybuzz::Face<'_>, character: char| {
        is_joiner(character) || tables.glyph_index(character).is_some_and(|glyph| glyph.0 != 0)
    };
    face.with_tables(|tables| {
        cluster.chars().all(|character| has(tables, character)) || cluster.nfd().all(|character| has(tables, character))
    })
    .unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::Fonts;

    fn stack() -> FaceStack {
        let fonts = Fonts::bundled();
        let face = |family| Arc::clone(fonts.find_like(family, "Regular").expect(family));
        FaceStack { faces: ["Libertinus Serif", "DejaVu Serif", "DejaVu Sans"].map(face).to_vec() }
    }

    fn text_of(line: &ShapedLine) -> String {
        line.runs.iter().flat_map(|run| run.glyphs.iter().map(|glyph| glyph.text.as_str())).collect()
    }

    #[test]
    fn names_of_many_scripts_have_glyphs() {
        let stack = stack();
        for name in [
            "Müller-Nguyễn",
            "Łukasz Żółć",
            "Ελένη Παπαδοπούλου",
            "Юлия Щербакова",
            "Đặng Thị Ngọc Ánh",
            "שרה כהן",
            "فاطمة الزهراء",
            "გიორგი",
            "Հայկ",
            "Øystein Ångström",
            "Þórður",
            "Ğülşen Çağlı",
            "O’Neill",
        ] {
            let line = stack.shape(name, 0.0).unwrap_or_else(|c| panic!("{name}: {c}"));
            assert!(line.width > 1.0, "{name}");
            let mut seen: Vec<char> = text_of(&line).chars().collect();
            let mut given: Vec<char> = name.chars().collect();
            seen.sort_unstable();
            given.sort_unstable();
            assert_eq!(seen, given, "each character belongs to exactly one cluster");
        }
    }

    #[test]
    fn right_to_left_text_is_seen_from_the_right() {
        let line = stack().shape("שרה Cohen", 0.0).expect("glyphs");
        assert_eq!(text_of(&line), "Cohen הרש");
        let ends: Vec<f64> = line.runs.iter().flat_map(|run| run.glyphs.iter().map(|glyph| glyph.end)).collect();
        assert!(ends.is_sorted(), "{ends:?}");
    }

    #[test]
    fn a_missing_character_is_named() {
        for (text, missing) in [("李小龙", '李'), ("Anna 𒀀", '𒀀'), ("สมชาย", 'ส')] {
            assert_eq!(stack().shape(text, 0.0).err(), Some(missing), "{text}");
        }
    }

    #[test]
    fn tracking_widens_between_letters_only() {
        let stack = stack();
        let plain = stack.shape("ABC", 0.0).expect("glyphs").width;
        let wide = stack.shape("ABC", 0.1).expect("glyphs").width;
        assert!((wide - plain - 0.2).abs() < 1e-9);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,20}") {
            let _ = stack_once().shape(&text, 0.0);
        }
    }

    fn stack_once() -> &'static FaceStack {
        static STACK: std::sync::OnceLock<FaceStack> = std::sync::OnceLock::new();
        STACK.get_or_init(stack)
    }
}
