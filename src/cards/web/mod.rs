//! The pages of cards: the holder's own page, behind the personal link.

mod own_form;
mod own_ticket;
mod self_service;

use crate::app::SharedApp;
use axum::Router;

/// The pages of this capability.
pub fn router() -> Router<SharedApp> {
    self_service::router()
}
