//! The pages of customers: their own, behind a link by mail, and those of the desk.

mod enter;
mod forget;
mod import;
mod list;
mod lists;
mod my;
pub mod own_mail;
mod record;
mod session;

pub use session::signed_in;

use crate::app::SharedApp;
use axum::Router;

/// The pages of this capability.
pub fn router() -> Router<SharedApp> {
    my::router()
        .merge(enter::router())
        .merge(forget::router())
        .merge(list::router())
        .merge(lists::router())
        .merge(import::router())
        .merge(record::router())
}
