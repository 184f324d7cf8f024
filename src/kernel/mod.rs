//! The words that every part of the house uses: money, time, ids, names of things in several languages, addresses.
//!
//! Everything here is pure. Time and randomness come in through [`clock::Clock`] and [`random::RandomSource`], whose real
//! sources are wired once, in [`crate::app`].

pub mod act;
pub mod address;
pub mod clock;
pub mod country;
pub mod ids;
pub mod localized;
pub mod money;
pub mod period;
pub mod random;
pub mod roles;
pub mod slug;
pub mod text;

pub use act::{Act, Actor};
pub use clock::UtcMs;
pub use money::Cents;
