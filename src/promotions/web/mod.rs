//! Campaigns: the pages on which marketing makes offers and their codes.

mod code;
mod code_files;
mod codes;
mod edit;
mod expert;
mod list;
mod offer_form;
mod record;
mod say;
mod versions;

pub use codes::code_path;

use crate::app::SharedApp;
use axum::Router;

/// The pages for offers and codes.
pub fn router() -> Router<SharedApp> {
    Router::new()
        .merge(list::router())
        .merge(edit::router())
        .merge(expert::router())
        .merge(record::router())
        .merge(codes::router())
        .merge(code::router())
        .merge(code_files::router())
}
