//! The pages of annual tickets and cards: the holder's own, behind the personal link, and those of the desk.

mod dossier;
mod person_form;
mod photo_form;
mod self_service;
pub mod state_label;

use crate::app::SharedApp;
use axum::Router;

pub use state_label::StateLabel;

/// The pages of this capability.
pub fn router() -> Router<SharedApp> {
    self_service::router()
}
