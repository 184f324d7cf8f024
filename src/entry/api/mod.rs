//! Devices and the manual check under `/api/v1`, and the calls of gates under `/gate/v1`.

mod check;
mod devices;
mod gate;
mod signed;
mod wait;

use crate::app::SharedApp;
use axum::Router;
use utoipa_axum::router::OpenApiRouter;

/// The operations for staff and their programs.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().merge(check::router()).merge(devices::router())
}

/// The calls of gates. Their contract is the crate `gate-protocol`.
pub fn gate_router() -> Router<SharedApp> {
    gate::router()
}
