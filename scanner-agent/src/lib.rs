//! The gate program: reads codes, decides at once, remembers, syncs.
//!
//! It decides locally, always. There is no online mode and no offline mode: the network only makes the
//! local data fresher.
//!
//! * [`reader`]: from key reports, or lines, to one text per scan;
//! * [`agent`]: one scan: read, look up, decide (`crates/card`), remember, answer;
//! * [`store`]: `cards.db`, which can be fetched again, and `journal.db`, which cannot;
//! * [`sync`]: pairing, keys, scopes, snapshot, changes, and the upload of scans;
//! * [`gate`]: what a permit opens;
//! * [`clock`], [`trusted_time`]: which time it is, and how far that can be trusted;
//! * [`run`], [`doctor`], [`cli`]: the program around it.
//!
//! Promises: nothing is answered before it was written to the journal and synced to disk, unless the
//! disk itself fails, which is said aloud; nothing is deleted because of an error answer; no name and no
//! photo ever reaches this machine.

pub mod agent;
mod beliefs;
pub mod cli;
pub mod clock;
mod config;
pub mod doctor;
pub mod gate;
mod home;
mod random;
pub mod reader;
pub mod run;
pub mod store;
pub mod sync;
pub mod trusted_time;

pub use agent::{Agent, Decision, GateState, HandAdmission, Language, Outside, OverruleError, Status, Synced};
pub use config::Config;
pub use home::{Home, Identity};
pub use random::{ChaChaRandom, Random};
pub use sync::push::Pushed;
