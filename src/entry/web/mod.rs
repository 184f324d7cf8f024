//! The pages of the entry: the check that answers with the whole screen, and the gates as an administrator keeps
//! them.

mod admissions;
mod check;
mod device;
mod devices;
mod noticed;
mod pin;
mod rules;
mod station;
mod verdict;

use crate::app::SharedApp;
use axum::Router;

/// The pages for checking cards, and those for gates.
pub fn router() -> Router<SharedApp> {
    Router::new()
        .merge(check::router())
        .merge(admissions::router())
        .merge(pin::router())
        .merge(devices::router())
        .merge(device::router())
        .merge(noticed::router())
}
