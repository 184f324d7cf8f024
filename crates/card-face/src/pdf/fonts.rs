//! Faces as a PDF carries them: only the glyphs that are used, renumbered, with their widths and characters.

use std::collections::BTreeMap;
use std::sync::Arc;

use printpdf::{FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub};
use rustybuzz::ttf_parser::GlyphId;
use subsetter::GlyphRemapper;

use super::PdfError;
use crate::fonts::Face;

/// The faces of one file, in the order they were first used.
#[derive(Default)]
pub(super) struct UsedFonts {
    fonts: Vec<UsedFont>,
}

pub(super) struct UsedFont {
    face: Arc<Face>,
    remapper: GlyphRemapper,
    /// Advance widths by new glyph number, in font units.
    widths: BTreeMap<u16, u16>,
    /// What each new glyph number stands for.
    texts: BTreeMap<u16, String>,
}

/// A glyph as the file numbers it.
pub(super) struct NumberedGlyph {
    pub(super) id: u16,
    /// Advance in thousandths of the type size, as the file's width table has it.
    pub(super) width: f64,
    /// The characters that the file says it stands for.
    pub(super) text: String,
    /// Whether those are the ones it stands for here; otherwise they must be written beside it.
    pub(super) tells_text: bool,
}

impl UsedFonts {
    /// Resource name of the font at an index.
    pub(super) fn name(index: usize) -> String {
        format!("Face{index}")
    }

    /// The index of a face, new or known.
    pub(super) fn index_of(&mut self, face: &Arc<Face>) -> usize {
        if let Some(index) = self.fonts.iter().position(|font| Arc::ptr_eq(&font.face, face)) {
            return index;
        }
        self.fonts.push(UsedFont {
            face: Arc::clone(face),
            remapper: GlyphRemapper::new(),
            widths: BTreeMap::new(),
            texts: BTreeMap::new(),
        });
        self.fonts.len() - 1
    }

    pub(super) fn font(&mut self, index: usize) -> Option<&mut UsedFont> {
        self.fonts.get_mut(index)
    }

    /// Embeds every face: its subset, and nothing that was not used.
    pub(super) fn into_pdf_fonts(self) -> Result<Vec<(String, PdfFont)>, PdfError> {
        let embed = |(index, font): (usize, UsedFont)| Ok((Self::name(index), font.into_pdf_font()?));
        self.fonts.into_iter().enumerate().map(embed).collect()
    }
}

impl UsedFont {
    /// Numbers a glyph; a glyph that already stands for other characters, or for a part of some, does not
    /// tell its text.
    pub(super) fn number(&mut self, glyph: u16, text: &str) -> NumberedGlyph {
        let id = self.remapper.remap(glyph);
        let face = &self.face;
        let width = *self.widths.entry(id).or_insert_with(|| {
            face.with_tables(|tables| tables.glyph_hor_advance(GlyphId(glyph))).flatten().unwrap_or(0)
        });
        let text_or_joiner = if text.is_empty() { "\u{200D}" } else { text };
        let known = self.texts.entry(id).or_insert_with(|| text_or_joiner.to_owned());
        let width = in_thousandths(width, self.face.units_per_em);
        NumberedGlyph { id, width, text: known.clone(), tells_text: known == text }
    }

    fn into_pdf_font(self) -> Result<PdfFont, PdfError> {
        let face = &self.face;
        let subset = subsetter::subset(face.data(), 0, &self.remapper);
        let subset = subset.map_err(|_| PdfError::Font(face.postscript_name.clone()))?;
        let metrics = face.with_tables(|tables| {
            let bounds = tables.global_bounding_box();
            let metrics = PdfFontMetricsStub {
                units_per_em: face.units_per_em,
                x_min: bounds.x_min,
                y_min: bounds.y_min,
                x_max: bounds.x_max,
                y_max: bounds.y_max,
                us_weight_class: tables.weight().to_number(),
                ..PdfFontMetricsStub::default()
            };
            (metrics, FontMetrics { ascent: tables.ascender(), descent: tables.descender() })
        });
        let (pdf_font_metrics, font_metrics) = metrics.ok_or_else(|| PdfError::Font(face.postscript_name.clone()))?;
        let is_cff = subset.starts_with(b"OTTO");
        Ok(PdfFont::new(ParsedFont {
            original_bytes: subset,
            font_index: 0,
            font_name: Some(format!("{}+{}", self.tag(), face.postscript_name)),
            codepoint_to_glyph: BTreeMap::new(),
            glyph_widths: self.widths,
            units_per_em: face.units_per_em,
            font_metrics,
            font_type: if is_cff { FontType::OpenTypeCFF(()) } else { FontType::TrueType },
            pdf_font_metrics,
        }))
    }

    /// Six capital letters that differ with the glyphs of the subset, as PDF asks of subset fonts.
    fn tag(&self) -> String {
        let glyphs = self.remapper.remapped_gids();
        let mut hash = glyphs.fold(0xCBF2_9CE4_8422_2325_u64, |hash, glyph| {
            (hash ^ u64::from(glyph)).wrapping_mul(0x0000_0100_0000_01B3)
        });
        let mut letter = || {
            let letter = u8::try_from(hash % 26).unwrap_or(0);
            hash /= 26;
            char::from(b'A' + letter)
        };
        (0..6).map(|_| letter()).collect()
    }
}

/// The whole number that printpdf writes into its table of widths.
fn in_thousandths(width: u16, units_per_em: u16) -> f64 {
    (f64::from(width) * 1000.0 / f64::from(units_per_em)).trunc()
}
