//! Readers: from key reports, or lines, to one text per scan.

pub mod evdev;
pub mod framing;
pub mod habits;
pub mod keys;
pub mod serial;

use std::time::Duration;

use gate_protocol::Direction;

/// How often a reader that is not there is looked for.
const SEARCH_PAUSE: Duration = Duration::from_millis(500);

/// What a reader hands over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The reader's name.
    pub reader: String,
    /// Way in or way out.
    pub direction: Direction,
    /// What was read.
    pub content: Content,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A text as the reader typed it.
    Text(String),
    /// Key reports were lost: "please scan again".
    Spoiled,
    /// The reader is not there.
    Gone,
    /// The reader is there.
    Back,
}
