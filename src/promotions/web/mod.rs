//! Campaigns: the pages on which marketing makes offers and their codes.

mod check;
mod code;
mod code_files;
mod codes;
mod edit;
mod expert;
mod import;
mod import_rows;
mod list;
mod offer_form;
mod record;
mod say;
mod texts;
mod version;
mod versions;
mod what_if;

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
        .merge(import::router())
        .merge(check::router())
        .merge(texts::router())
        .merge(version::router())
        .merge(what_if::router())
}
