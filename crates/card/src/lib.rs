//! The card code, its keys, and the admission decision; no input or output.
//!
//! A card carries digits only. [`read`] turns them into a [`Reading`] or the [`Reason`] why they
//! are none, and [`decide`] turns a reading, the local row of the card and the circumstances into a
//! [`Verdict`]. Gates and the server's manual check call these two functions and nothing else, so
//! they cannot disagree.
//!
//! Promises:
//! * a byte string has exactly one text and a text at most one byte string: no second text of a
//!   card passes;
//! * no text of any length or content makes a function panic;
//! * a [`Permit`] is made by [`decide`] alone, a [`HandPermit`] by the right PIN alone, and only these two open a gate;
//! * time, randomness and keys arrive as parameters.

mod code;
mod day;
mod decide;
mod digits;
mod foreign;
pub mod hex_bytes;
mod keys;
mod number;
mod overrule;
mod policy;
mod reason;
mod right;
mod scope;
mod seal;
mod short;
mod verdict;

pub use code::{CardCode, CardSigner, Flags, Reading, SIGNED_TEXT_DIGITS, SignedCard, read};
pub use day::{CardDay, last_day_of_months};
pub use decide::{ClockState, Gate, LastAdmission, Moment, RecentUse, SAME_SCAN_MS, decide};
pub use foreign::ForeignHash;
pub use keys::{InvalidKeyList, IssuerKey, KeyList, KeyRing};
pub use number::{CardNumber, InvalidCardNumber};
pub use overrule::{HandPermit, PIN_DIGITS_MAX, PIN_DIGITS_MIN, PinHash, PinTag, StaffPin};
pub use policy::{JournalBroken, Policy, Stale, Strictness, UnknownSigned};
pub use reason::{ParseReasonError, Reason};
pub use right::{CardId, EntryRight, ParseWordError, RightStatus};
pub use scope::{Exhibition, Place, Scope, ScopeId, Scopes};
pub use seal::{BadSeal, RootKey, RootSigner};
pub use short::{SHORT_TEXT_DIGITS, ShortCode, ShortHash};
pub use verdict::{Permit, Verdict};
