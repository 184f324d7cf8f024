//! Texts: cleaned, shaped with fallback faces in both directions, and fitted into their boxes.

mod clean;
mod fit;
mod shape;

pub(crate) use clean::clean;
pub(crate) use fit::{FitRefusal, PlacedGlyph, PlacedRun, Setting, fit};
pub(crate) use shape::FaceStack;
