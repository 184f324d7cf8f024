//! The catalog as an administrator keeps it: a list and a form per kind of object, made from one description of its fields.

mod field;
mod form;
mod hub;
mod labels;
mod leave;
mod list;
mod object;
mod prices;
mod series;
mod sheet;
mod sheet_product;
mod shelf;

use crate::app::SharedApp;
use axum::Router;

/// The pages for the catalog, and the page with which administration begins.
pub fn router() -> Router<SharedApp> {
    Router::new()
        .merge(hub::router())
        .merge(list::router())
        .merge(object::router())
        .merge(labels::router())
        .merge(leave::router())
        .merge(series::router())
}
