//! What is shown before somebody agrees: every case that a layout can come to, checked and on paper.
//!
//! [`check_layout`] finds what would go wrong on a card later: a face that is not installed, a longest case that does not fit, a
//! letter that no face shows, a condition that never holds. [`proof_pdf`] puts the usual and the longest card of each language, and both
//! answers of each condition, side by side.

mod cases;
mod check;
mod sheets;

pub use cases::{ProofCase, proof_cases};
pub use check::check_layout;
pub use sheets::{ProofError, proof_pdf};
