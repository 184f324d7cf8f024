//! Faces of cards: the layout file, composition in millimetres, PDF and PNG. Bytes in, bytes out.
//!
//! 1. [`parse_layout`] reads what a museum agreed to, or says everything that is wrong with it;
//! 2. a [`Composer`] finds the layout's faces and composes its artwork, once for many cards;
//! 3. [`Composer::compose`] puts one person on one card, or says why that card must be set aside;
//! 4. [`cards_pdf`], [`sheets_pdf`], [`letters_pdf`] and [`preview_png`] draw what was composed.
//!
//! The same layout, data, fonts and [`FileInfo`] give the same bytes. Nothing here reads a clock, a network or a
//! database; files are read through an [`AssetSource`].
//!
//! ```
//! use card_face::{CardData, Composer, FileInfo, Fonts, NoAssets, PageEdge, builtin, cards_pdf, parse_layout};
//!
//! let layout = parse_layout(builtin::MAT, &NoAssets).expect("the layout that ships is right");
//! let composer = Composer::new(&layout, &Fonts::bundled())?;
//! let mut card = CardData {
//!     number: "04711202611219".to_owned(),
//!     code: "1234567890".repeat(20),
//!     valid_until: "2027-11-20".to_owned(),
//!     photo_jpeg: Some(card_face::sample_portrait(1)),
//!     ..CardData::default()
//! };
//! card.holder.family_name = Some("Sukarno".to_owned());
//! let composed = composer.compose(&card)?;
//! let info = FileInfo { title: "Run 7".to_owned(), created_ms: 0 };
//! let pdf = cards_pdf(&[composed], PageEdge::Trim, &info)?;
//! assert!(pdf.starts_with(b"%PDF"));
//!
//! card.holder.family_name = Some("李".to_owned());
//! assert_eq!(composer.compose(&card).unwrap_err().reason(), "missing_glyph");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod builtin;
mod codes;
mod compose;
mod data;
mod document;
mod fonts;
mod geometry;
mod layout;
mod letter;
mod pdf;
mod picture;
mod portrait;
mod preview;
mod proof;
mod qr_penalty;
mod refusal;
mod text;
mod web_font;

pub use compose::{ComposeError, ComposedCard, Composer, FontMissing, Side, compose};
pub use data::{CardData, Holder};
pub use document::{Block, ComposedDocument, Document, DocumentWriter, Paper, Weight, document_pdf};
pub use fonts::{Fonts, NotAFont};
pub use layout::{
    Agreement, AssetFolder, AssetSource, CardFormat, Finding, Layout, LayoutState, NoAssets, Variable, VariableExample,
    parse_layout,
};
pub use letter::{ComposedLetter, LetterText, LetterWriter, letters_pdf};
pub use pdf::{CARDS_PER_JOB_MAX, FileInfo, LongFile, PageEdge, PdfError, Sheet, cards_pdf, sheets_pdf};
pub use portrait::sample_portrait;
pub use preview::{PREVIEW_DPI_MAX, PreviewError, preview_png};
pub use proof::{ProofCase, ProofError, check_layout, proof_cases, proof_pdf};
pub use refusal::SetAside;
