//! The pages of reports: which there are, and one page for each, with its chart, its table and its files.

mod chart;
mod overview;
mod page;

pub use chart::ChartView;

use crate::app::SharedApp;
use axum::Router;

/// The pages of this capability.
pub fn router() -> Router<SharedApp> {
    Router::new().merge(overview::router()).merge(page::router())
}
