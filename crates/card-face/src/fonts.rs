//! The faces that cards are set in: those that come with the program, and files of the house.

use std::borrow::Cow;
use std::sync::Arc;

use rustybuzz::ttf_parser;

/// What font makers call the style without a special name.
const PLAIN_STYLES: [&str; 4] = ["Regular", "Book", "Roman", "Normal"];

/// A set of faces, found by family and style.
///
/// Making one reads every face's tables; make it once and share it.
#[derive(Clone)]
pub struct Fonts {
    faces: Vec<Arc<Face>>,
}

/// A file that is no usable font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file is not a font with outlines")]
pub struct NotAFont;

impl Fonts {
    /// The faces that come with the program: `Libertinus Serif`, `DejaVu Sans`, `DejaVu Sans Mono`, `DejaVu Serif`.
    pub fn bundled() -> Self {
        let dejavu = [
            dejavu::sans::regular(),
            dejavu::sans::bold(),
            dejavu::sans::oblique(),
            dejavu::sans_condensed::regular(),
            dejavu::sans_condensed::bold(),
            dejavu::serif::regular(),
            dejavu::serif::bold(),
        ];
        let faces = typst_assets::fonts()
            .chain(dejavu)
            .filter_map(|data| Face::parse(Cow::Borrowed(data)))
            .filter(|face| face.family == "Libertinus Serif" || face.family.starts_with("DejaVu S"));
        Self { faces: faces.map(Arc::new).collect() }
    }

    /// Adds a font file of the house; it is found by the family and style it names.
    ///
    /// # Errors
    /// If the file is no font.
    pub fn add(&mut self, data: Vec<u8>) -> Result<(), NotAFont> {
        self.faces.push(Arc::new(Face::parse(Cow::Owned(data)).ok_or(NotAFont)?));
        Ok(())
    }

    /// Family and style of every face, in the order they were added.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.faces.iter().map(|face| (face.family.as_str(), face.style.as_str()))
    }

    /// The face of this family and style. The plain style goes by several names.
    pub(crate) fn find(&self, family: &str, style: &str) -> Option<&Arc<Face>> {
        let same = |left: &str, right: &str| left.eq_ignore_ascii_case(right);
        let plain = |style: &str| PLAIN_STYLES.iter().any(|plain| same(plain, style));
        let like = |found: &str| same(found, style) || (plain(found) && plain(style));
        self.faces.iter().find(|face| same(&face.family, family) && like(&face.style))
    }

    /// The face of this family in this style, else in its plain one.
    pub(crate) fn find_like(&self, family: &str, style: &str) -> Option<&Arc<Face>> {
        self.find(family, style).or_else(|| self.find(family, PLAIN_STYLES[0]))
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_list().entries(self.names()).finish()
    }
}

/// One face with what composing and embedding need of it.
pub(crate) struct Face {
    pub(crate) family: String,
    pub(crate) style: String,
    pub(crate) postscript_name: String,
    pub(crate) units_per_em: u16,
    /// Height of capital letters, in units.
    pub(crate) cap_height: i16,
    data: Cow<'static, [u8]>,
    /// Tables of a face that lives as long as the program, read once.
    tables: Option<rustybuzz::Face<'static>>,
}

impl Face {
    pub(crate) fn parse(data: Cow<'static, [u8]>) -> Option<Self> {
        let face = rustybuzz::Face::from_slice(&data, 0)?;
        let name = |id| name_of(&face, id);
        let family = name(ttf_parser::name_id::TYPOGRAPHIC_FAMILY).or_else(|| name(ttf_parser::name_id::FAMILY))?;
        let style =
            name(ttf_parser::name_id::TYPOGRAPHIC_SUBFAMILY).or_else(|| name(ttf_parser::name_id::SUBFAMILY))?;
        let postscript_name = name(ttf_parser::name_id::POST_SCRIPT_NAME).unwrap_or_else(|| family.replace(' ', ""));
        let units_per_em = u16::try_from(face.units_per_em()).ok().filter(|units| *units > 0)?;
        let cap_height = face.capital_height().unwrap_or_else(|| face.ascender() / 4 * 3);
        drop(face);
        let tables = match data {
            Cow::Borrowed(data) => rustybuzz::Face::from_slice(data, 0),
            Cow::Owned(_) => None,
        };
        Some(Self { family, style, postscript_name, units_per_em, cap_height, data, tables })
    }

    pub(crate) fn data(&self) -> &[u8] {
        &self.data
    }

    /// Runs `work` with the face's tables.
    pub(crate) fn with_tables<T>(&self, work: impl FnOnce(&rustybuzz::Face<'_>) -> T) -> Option<T> {
        match &self.tables {
            Some(tables) => Some(work(tables)),
            None => rustybuzz::Face::from_slice(&self.data, 0).map(|tables| work(&tables)),
        }
    }
}

impl std::fmt::Debug for Face {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {}", self.family, self.style)
    }
}

fn name_of(face: &ttf_parser::Face<'_>, id: u16) -> Option<String> {
    face.names().into_iter().filter(|name| name.name_id == id && name.is_unicode()).find_map(|name| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_faces_are_found_by_name() {
        let fonts = Fonts::bundled();
        for (family, style) in [
            ("Libertinus Serif", "Regular"),
            ("Libertinus Serif", "Bold"),
            ("Libertinus Serif", "Semibold"),
            ("Libertinus Serif", "Italic"),
            ("DejaVu Sans", "Regular"),
            ("dejavu sans", "Book"),
            ("DejaVu Sans", "Bold"),
            ("DejaVu Sans", "Condensed"),
            ("DejaVu Serif", "Regular"),
        ] {
            assert!(fonts.find(family, style).is_some(), "{family} {style} in {fonts:?}");
        }
        assert_eq!(fonts.find_like("DejaVu Sans", "Semibold").expect("plain").style, "Book");
        assert!(fonts.find_like("Comic Sans", "Regular").is_none());
    }

    #[test]
    fn other_files_are_no_fonts() {
        let mut fonts = Fonts::bundled();
        assert_eq!(fonts.add(b"%PDF-1.7".to_vec()), Err(NotAFont));
        assert_eq!(fonts.add(Vec::new()), Err(NotAFont));
        let house = dejavu::sans_mono::regular().to_vec();
        assert_eq!(fonts.add(house), Ok(()));
        assert!(fonts.find("DejaVu Sans Mono", "Book").is_some());
    }
}
