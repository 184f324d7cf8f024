//! The two databases: `cards.db`, which can be fetched again, and `journal.db`, which cannot. Two files,
//! so that taking over a delta never blocks a scan.

mod cards;
mod journal;
mod open;

pub use cards::{CardStore, Cursor, OTHER_HISTORY_TAG, Stored};
pub use journal::Journal;
