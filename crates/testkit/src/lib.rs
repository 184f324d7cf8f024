//! What tests and benches share, through the public door alone: a [`Client`] of the API, the server as a [`Server`] process, and a
//! [`museum`] to work with, and steps of a [`story`] to tell.
//!
//! Only [`copies`] goes another way. Nothing here knows the server's types. Whatever a test does, a customer's own program could do as well.
//!
//! Functions panic when something does not go as the test needs it; the panic says what was answered instead.

mod client;
pub mod copies;
pub mod museum;
mod server;
pub mod story;

pub use client::{Answer, Client};
pub use server::Server;
