//! The pages of accounts.

mod sign_in;

use crate::app::SharedApp;
use axum::Router;

/// The pages for signing in and out.
pub fn router() -> Router<SharedApp> {
    sign_in::router()
}
