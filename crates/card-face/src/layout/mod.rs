//! The agreed layout: what stands where on a card, as a museum wrote it down.
//!
//! A layout is a TOML file. Reading is strict: an unknown key is a mistake, and every mistake is reported with its
//! line, so that a layout that parses is a layout that can be drawn. Lengths are millimetres from the upper left
//! corner of the finished card, type sizes are points.
//!
//! * [`parse_layout`] reads a file with its assets;
//! * [`Layout::content_sha256`] names what was agreed: it covers all of the file but `state` and `[agreement]`.

mod check;
mod condition;
mod elements;
mod hash;
mod outline;
mod parse;
mod reader;
mod template;
mod variable;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use condition::{Condition, Value};
pub(crate) use outline::parse_outline;
pub use parse::parse_layout;
pub(crate) use parse::parse_strictly;
pub use reader::Finding;
pub(crate) use template::Template;
pub use variable::Variable;

use crate::codes::Symbology;
use crate::geometry::{Frame, Outline};
use crate::picture::Picture;

/// Where a layout finds the files it names.
pub trait AssetSource {
    /// The bytes of the file with this name, or nothing if there is none.
    fn read(&self, file: &str) -> Option<Vec<u8>>;
}

/// For layouts that draw everything themselves.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoAssets;

impl AssetSource for NoAssets {
    fn read(&self, _file: &str) -> Option<Vec<u8>> {
        None
    }
}

/// Finds assets in one folder; names with path separators find nothing.
#[derive(Debug, Clone)]
pub struct AssetFolder(
    /// The folder.
    pub std::path::PathBuf,
);

impl AssetSource for AssetFolder {
    fn read(&self, file: &str) -> Option<Vec<u8>> {
        let plain = !file.is_empty() && !file.starts_with('.') && !file.contains(['/', '\\', '\0']);
        plain.then(|| std::fs::read(self.0.join(file)).ok()).flatten()
    }
}

/// How far a layout has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LayoutState {
    /// Being worked on.
    Draft,
    /// Complete and offered to the museum.
    Proposed,
    /// Agreed by a named person; this version never changes again.
    Agreed,
    /// No longer used for new cards.
    Retired,
}

/// Who agreed to a layout, and when.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Agreement {
    /// The person at the museum.
    pub by: String,
    /// RFC 3339 instant, as written in the file.
    pub at: String,
    /// What was agreed: equals [`Layout::content_sha256`].
    pub content_sha256: String,
    /// SHA-256 of the proof that was shown, if one was kept.
    pub proof_sha256: Option<String>,
}

/// The plastic: lengths in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CardFormat {
    /// Width of the finished card.
    pub width: f64,
    /// Height of the finished card.
    pub height: f64,
    /// Radius of the corners.
    pub radius: f64,
    /// How far artwork reaches beyond the edge.
    pub bleed: f64,
    /// Distance from the edge that texts and codes keep.
    pub safe: f64,
    /// Dots per inch of the printer; codes are snapped to its dots.
    pub dpi: f64,
}

/// A layout that parsed without findings.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Stable name of the design.
    pub id: String,
    /// Version; raised with every change.
    pub version: u32,
    /// Title by language.
    pub title: BTreeMap<String, String>,
    /// The languages its texts are in, two letters each; empty if it has none or all.
    pub languages: Vec<String>,
    /// How far it has come.
    pub state: LayoutState,
    /// Present exactly if the state is agreed or retired.
    pub agreement: Option<Agreement>,
    /// Product keys it is for; empty means all.
    pub products: Vec<String>,
    /// House keys it is for; empty means all.
    pub houses: Vec<String>,
    /// The plastic.
    pub card: CardFormat,
    /// SHA-256 (hex) over everything but `state` and `[agreement]`.
    pub content_sha256: String,
    pub(crate) fonts: BTreeMap<String, FontEntry>,
    pub(crate) fallback: Vec<String>,
    pub(crate) fallback_place: Place,
    pub(crate) examples: Vec<VariableExample>,
    pub(crate) front: SideLayout,
    pub(crate) back: SideLayout,
}

/// A face that a layout names.
#[derive(Debug, Clone)]
pub(crate) enum FontChoice {
    Named { family: String, style: String },
    File { sha256: String, data: Arc<[u8]> },
}

/// The faces of a layout by the names it gives them.
#[derive(Debug, Clone)]
pub(crate) struct FontEntry {
    pub(crate) choice: FontChoice,
    pub(crate) place: Place,
}

/// A variable's example and its longest case, for proofs.
#[derive(Debug, Clone)]
pub struct VariableExample {
    /// The variable.
    pub variable: Variable,
    /// A usual value.
    pub example: Option<String>,
    /// The longest value the layout must still hold.
    pub longest: Option<String>,
}

/// A printing colour. Which of its forms is used depends on the path it takes: black is always gray 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Ink {
    /// Share of white, 0 to 1.
    Gray(f64),
    /// For screens and card printers, with the mix for presses.
    Mixed { rgb: [u8; 3], cmyk: Option<[f64; 4]> },
}

impl FontChoice {
    /// Stands for a font whose table is wrong, in a layout that is refused anyway.
    fn nothing() -> Self {
        Self::Named { family: String::new(), style: String::new() }
    }
}

impl Ink {
    pub(crate) const BLACK: Self = Self::Gray(0.0);
    pub(crate) const WHITE: Self = Self::Gray(1.0);
}

#[derive(Debug, Clone, Default)]
pub(crate) struct SideLayout {
    /// The side is printed upside down.
    pub(crate) upside_down: bool,
    pub(crate) elements: Vec<Element>,
}

#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) when: Option<When>,
    pub(crate) kind: ElementKind,
    /// Where it says what it shows: its text, its data, or the element itself.
    pub(crate) place: Place,
}

/// On which cards an element stands.
#[derive(Debug, Clone)]
pub(crate) struct When {
    /// As it is written.
    pub(crate) text: String,
    pub(crate) condition: Condition,
    pub(crate) place: Place,
}

/// A place in a layout file, for what is found out about it after reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Place {
    /// A mistake at this place.
    pub(crate) fn finding(&self, reason: &'static str, message: impl Into<String>) -> Finding {
        let Self { path, line, column } = self.clone();
        Finding { path, line, column, reason, message: message.into() }
    }
}

#[derive(Debug, Clone)]
pub(crate) enum ElementKind {
    Text(TextElement),
    Photo(PhotoElement),
    Image { frame: Frame, picture: Picture },
    Qr(QrElement),
    Barcode(BarcodeElement),
    Shape(ShapeElement),
    Group(Vec<Element>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Smaller type first, then more lines, then refuse.
    Shrink,
    /// More lines first, then smaller type, then refuse.
    Wrap,
    /// Cut off what does not fit.
    Clip,
    /// Refuse what does not fit.
    Error,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Center,
    Right,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VerticalAlign {
    Top,
    Middle,
    Bottom,
    /// The last line stands on the lower edge of the box.
    Baseline,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LetterCase {
    AsWritten,
    Upper,
    Lower,
}

#[derive(Debug, Clone)]
pub(crate) struct TextElement {
    /// By language; the text for all languages stands under the empty one.
    pub(crate) texts: BTreeMap<String, Template>,
    pub(crate) frame: Frame,
    pub(crate) font: String,
    pub(crate) size_pt: f64,
    pub(crate) min_size_pt: f64,
    pub(crate) fit: Fit,
    pub(crate) align: Align,
    pub(crate) valign: VerticalAlign,
    pub(crate) lines: usize,
    /// Distance of baselines in type sizes.
    pub(crate) leading: f64,
    /// Extra space after each letter, in type sizes.
    pub(crate) tracking: f64,
    pub(crate) ink: Ink,
    pub(crate) quarter_turns: u8,
    pub(crate) case: LetterCase,
}

/// What of the frame a photo fills.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Mask {
    /// All of it, with corners of this radius.
    Round(f64),
    /// The ellipse in it.
    Ellipse,
}

#[derive(Debug, Clone)]
pub(crate) struct PhotoElement {
    pub(crate) frame: Frame,
    /// Fill the frame and cut what stands over; otherwise show all of it.
    pub(crate) cover: bool,
    pub(crate) mask: Mask,
    /// Refuse below this resolution at the printed size.
    pub(crate) min_dpi: f64,
    /// Leave the place empty when there is no photo; otherwise the card is set aside.
    pub(crate) may_be_blank: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct QrElement {
    pub(crate) data: Template,
    pub(crate) frame: Frame,
    pub(crate) correction: qrcode::EcLevel,
    pub(crate) quiet: u32,
    pub(crate) min_module: f64,
    pub(crate) snap_dots: bool,
    pub(crate) background: Option<Ink>,
}

#[derive(Debug, Clone)]
pub(crate) struct BarcodeElement {
    pub(crate) symbology: Symbology,
    pub(crate) data: Template,
    pub(crate) frame: Frame,
    pub(crate) quiet: u32,
    pub(crate) min_x: f64,
    pub(crate) text_below: Option<BarcodeText>,
    pub(crate) background: Option<Ink>,
}

#[derive(Debug, Clone)]
pub(crate) struct BarcodeText {
    pub(crate) font: String,
    pub(crate) size_pt: f64,
}

#[derive(Debug, Clone)]
pub(crate) struct ShapeElement {
    pub(crate) outline: Outline,
    pub(crate) fill: Option<Ink>,
    pub(crate) stroke: Option<(Ink, f64)>,
}

impl Layout {
    /// Title in `language`, else in any language the file has, else the id.
    pub fn title_in(&self, language: &str) -> &str {
        self.title.get(language).or_else(|| self.title.values().next()).unwrap_or(&self.id)
    }

    /// The language of a card whose holder would like `wanted`.
    pub fn language_for<'l>(&'l self, wanted: &'l str) -> &'l str {
        let spoken = self.languages.is_empty() || self.languages.iter().any(|language| language == wanted);
        if spoken { wanted } else { self.languages.first().map_or(wanted, String::as_str) }
    }

    /// Examples and longest cases of the variables, as the layout declares them.
    pub fn examples(&self) -> &[VariableExample] {
        &self.examples
    }
}
