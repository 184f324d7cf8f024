//! Gates, what they know and what they saw.
//!
//! A *device* is one gate agent. Staff add it for a house, or an exhibition of one, and read out its pairing code; the agent shows
//! the code and its public key, and is *paired*. From then on it signs every call, and believes what the root key sealed: keys,
//! scopes, changes, the snapshot. A device that is *revoked* is told so, and forgets its cards.
//!
//! What gates know of a card is its *entry right*, which [`crate::cards`] writes. A change is numbered when it is first read, so
//! that no gate can miss one, and every gate asks with the number of the last change it knows. A *scan* is one reading at a gate.
//! It is a fact: it is stored once, whatever the server thinks of it, and an event that is not understood is kept aside.
//!
//! Promises:
//! * the manual check and the gates decide by the same function, [`card::decide`];
//! * a request of a gate is carried out once: its signature covers all it says, and its nonce is used up;
//! * a batch of scans is answered event by event, and sending it again changes nothing;
//! * no name and no photo leaves the server for a gate;
//! * who is admitted by hand, at the desk or by PIN at a gate, is admitted for a reason that is kept.

pub mod add_device;
pub mod admit_by_hand;
pub mod api;
pub mod changes;
pub mod check;
pub mod device;
mod gates;
mod heard;
pub mod import_foreign;
pub mod ingest;
mod kept;
pub mod move_device;
mod news;
pub mod noticed;
pub mod pair;
pub mod recognise;
pub mod revoke_device;
pub mod rules;
pub mod set_pin;
pub mod set_rules;
pub mod settings;
pub mod snapshot;
mod store;
pub mod web;

pub use add_device::{AddDeviceError, add_device};
pub use device::{CodeLife, Device, DeviceState, NewDevice};
pub use gates::Gates;
