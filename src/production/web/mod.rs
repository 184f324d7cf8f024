//! The pages of production.

mod drafts;

use crate::app::SharedApp;
use axum::Router;

/// The pages of this capability.
pub fn router() -> Router<SharedApp> {
    Router::new().merge(drafts::router())
}
