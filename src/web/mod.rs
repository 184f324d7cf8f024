//! What all pages and API resources share: the router, problem answers, callers, request bodies, idempotency, headers.
//!
//! A resource extracts its input in the order *credentials, role, shape*, and then calls one deed inside [`once::Once::write`]
//! or reads through a [`db::Conn`]. Refusals of deeds become [`problem::Problem`]s; their status and reason stand beside the
//! deed's API, in the capability.

pub mod assets;
pub mod body;
pub mod caller;
pub mod download;
pub mod headers;
pub mod health;
pub mod hear_out;
pub mod input;
pub mod list;
pub mod metrics;
pub mod once;
pub mod openapi;
pub mod operation;
pub mod pages;
pub mod problem;
mod repeat;
pub mod router;
pub mod start;
mod store;
pub mod upload;

pub use body::{Body, MaybeBody, NoBody, RawBody};
pub use caller::Allowed;
pub use input::{PathKey, Query};
pub use once::Once;
pub use problem::Problem;
