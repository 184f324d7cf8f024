//! Faces of cards: the layout file, composition in millimetres, PDF and PNG. Bytes in, bytes out.

pub mod builtin;
mod codes;
mod compose;
mod data;
mod fonts;
mod geometry;
mod layout;
mod letter;
mod pdf;
mod picture;
mod portrait;
mod preview;
mod refusal;
mod text;

pub use compose::{ComposeError, ComposedCard, Composer, FontMissing, Side, compose};
pub use data::{CardData, Holder};
pub use fonts::{Fonts, NotAFont};
pub use layout::{
    Agreement, AssetFolder, AssetSource, CardFormat, Finding, Layout, LayoutState, NoAssets, Variable, VariableExample,
    parse_layout,
};
pub use letter::{ComposedLetter, LetterText, LetterWriter, letters_pdf};
pub use pdf::{CARDS_PER_JOB_MAX, FileInfo, PageEdge, PdfError, Sheet, cards_pdf, sheets_pdf};
pub use portrait::sample_portrait;
pub use preview::{PREVIEW_DPI_MAX, PreviewError, preview_png};
pub use refusal::SetAside;
