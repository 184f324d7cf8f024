//! Who works here: members of staff with passwords, and programs with keys.
//!
//! Passwords are kept as argon2id hashes. An API key is 256 random bits, shown once and kept as its SHA-256. Both carry roles, and
//! special rights such as `promotion.override`. In a browser a member of staff signs in and has a *session*. Who forgot the
//! password gets a link by mail or from an administrator, which works once.

pub mod api;
pub mod api_key;
pub mod change_password;
pub mod change_staff;
pub mod mail_requests;
pub mod password;
pub mod reset;
pub mod session;
pub mod sign_in;
pub mod staff;
mod store;
pub mod web;
