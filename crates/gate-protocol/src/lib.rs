//! Messages between gates and the server, and the signatures on both of their ways.
//!
//! | call | request | answer |
//! |---|---|---|
//! | `POST /gate/v1/pair` | [`PairRequest`] | [`PairAnswer`] |
//! | `GET /gate/v1/snapshot` | | a file as in [`snapshot`] |
//! | `GET /gate/v1/changes?epoch=E&after=N&limit=L` | | sealed [`Changes`], or 410: take the snapshot |
//! | `GET /gate/v1/scopes` | | sealed [`GateScopes`] |
//! | `GET /gate/v1/keys` | | sealed [`card::KeyList`] |
//! | `GET /gate/v1/foreign` | | sealed [`ForeignCodes`] |
//! | `GET /gate/v1/wait?after=N` | | [`WaitAnswer`]: a wake-up and nothing else; with `accept: text/event-stream` a stream of them |
//! | `POST /gate/v1/scans` | [`ScanBatch`] | sealed [`ScanAnswers`], one per event |
//!
//! Refusals are problem+json with a stable `reason`; a revoked device gets a sealed [`Revoked`] for every
//! call. `clock_skew` carries `server_time_ms`, by which the device may sign its next request.
//!
//! Every request but the first is signed with the device's key ([`request`]). What a gate must
//! believe is sealed with the root key that it pinned when it was paired ([`Document`]): the answer's
//! exact bytes are signed, the seal travels in the header [`SEAL_HEADER`]. So a network in between can
//! lose messages, but neither make nor change one.
//!
//! Every size is bounded, and no bytes from outside make a function panic.

mod changes;
mod pairing;
pub mod request;
mod scans;
mod seal;
mod settings;
pub mod snapshot;

pub use changes::{Changes, EntryRow, WaitAnswer};
pub use pairing::{PAIRING_CODE_DIGITS, PairAnswer, PairRequest, PairingCode, Revoked};
pub use scans::{
    ByHand, InvalidScan, REASON_CHARS_MAX, SCANS_PER_BATCH_MAX, ScanAnswer, ScanAnswers, ScanBatch, ScanEvent,
    ScanOutcome, TextHash, VerdictWord,
};
pub use seal::{Document, OpenError, SEAL_HEADER, open, seal};
pub use settings::{
    Direction, FOREIGN_CODES_MAX, ForeignCode, ForeignCodes, GateScopes, GateSettings, STAFF_MAX, ScopeEntry,
};

/// All gate calls begin with this.
pub const PATH_PREFIX: &str = "/gate/v1";
/// Most rows in one answer to `changes`.
pub const CHANGES_LIMIT_MAX: u32 = 5_000;
/// Longest time that the server keeps a `wait` open, in seconds.
pub const WAIT_SECS_MAX: u64 = 55;
/// While a stream of `wait` is silent, the server sends a heartbeat this often, in seconds: a gate that hears none has lost it.
pub const HEARTBEAT_SECS: u64 = 2;
/// The line of a stream of `wait` that says: something changed, ask for `changes`.
pub const NEWS_LINE: &str = "event: news";
/// Names the state of a database: a restored backup begins a new one, so that no gate takes its old
/// cursor for one into the new history.
pub const EPOCH_CHARS_MAX: usize = 64;
