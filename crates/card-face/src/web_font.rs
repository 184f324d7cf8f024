//! A face of the cards as a font for pages: the letters of European names, small enough to send.

use crate::fonts::Fonts;
use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use std::ops::RangeInclusive;

/// Latin with all its marks, Greek, Cyrillic, punctuation, currencies and the minus sign.
const LETTERS: [RangeInclusive<u32>; 6] = [
    0x20..=0x17F,    // Latin
    0x370..=0x45F,   // Greek, Cyrillic
    0x1E00..=0x1EF9, // Latin of Vietnamese and others
    0x2010..=0x2044, // punctuation
    0x20A0..=0x20BF, // currencies
    0x2212..=0x2212, // the minus sign
];

impl Fonts {
    /// The face of this family and style as an OpenType font with the letters of European names; `None` when there is no such face
    /// or it cannot be cut down.
    pub fn for_pages(&self, family: &str, style: &str) -> Option<Vec<u8>> {
        let face = self.find(family, style)?;
        let glyphs = face.with_tables(|tables| {
            let letters = LETTERS.into_iter().flatten().filter_map(char::from_u32);
            let mut glyphs: Vec<u16> = letters.filter_map(|letter| tables.glyph_index(letter)).map(|id| id.0).collect();
            glyphs.push(0);
            glyphs.sort_unstable();
            glyphs.dedup();
            glyphs
        })?;
        let font = ReadScope::new(face.data()).read::<FontData<'_>>().ok()?;
        let tables = font.table_provider(0).ok()?;
        subset(&tables, &glyphs, &SubsetProfile::Minimal, CmapTarget::Unicode).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_font_is_small_and_knows_the_letters_of_names() {
        let font = Fonts::bundled().for_pages("Libertinus Serif", "Semibold").expect("a font");
        assert!(font.len() < 120_000, "{} bytes", font.len());
        let face = rustybuzz::ttf_parser::Face::parse(&font, 0).expect("a font");
        for letter in "Zoë Müller-Nguyễn Đặng Łucja Ζήσης Ж 12,90 € −–“”".chars().filter(|letter| *letter != ' ')
        {
            assert!(face.glyph_index(letter).is_some(), "{letter}");
        }
        assert!(face.glyph_index('李').is_none());
    }
}
