//! Scan anywhere, and search: from any desk page to the record that somebody has in hand or in mind.
//!
//! `/scan` understands what a scanner read or somebody typed, and leads straight to the one record; everything else it hands on to
//! `/search`. What a role may not open is not found.

mod recognise;
mod results;
mod scan;

use crate::app::SharedApp;
use axum::Router;
use axum::routing::get;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/scan", get(scan::lead)).route("/search", get(results::show))
}
