//! The pages of partners: for staff the institutions with what they bring, for the partner its way to book and its stocks of codes.

mod form;
mod list;
mod path;
mod record;
mod stock;

pub use path::booking_for;

use crate::app::SharedApp;
use axum::Router;

/// The pages of this capability.
pub fn router() -> Router<SharedApp> {
    Router::new().merge(list::router()).merge(record::router()).merge(path::router()).merge(stock::router())
}
