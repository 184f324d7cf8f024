//! The people on the cards: what a holder is called, and what a holder looks like.
//!
//! A *holder* has a name of one or two parts and, where a product wants it, a birth date. A *portrait* is normalised once when it
//! comes in: turned as the camera said, cropped to 35:45, stored as JPEG without any metadata; the original is not kept. Neither
//! names nor portraits appear in logs or in the audit.

pub mod crop;
pub mod finding;
pub mod forget_photo;
pub mod holder;
pub mod photo;
pub mod picture_file;
pub mod review;
pub mod store;

pub use forget_photo::FORGET_PHOTO;
pub use holder::{Holder, HolderRefusal};
pub use review::{Review, Shortcoming};
