//! What all pages share: the visitor's language and theme, the frame around the content, sign-in, and error pages.
//!
//! Pages are rendered by the server from `templates/`, work without scripts, and load nothing from elsewhere. A page handler takes
//! a [`Visitor`] and answers by [`Visitor::show`]; for a page behind the sign-in it takes [`Allowed`](crate::web::Allowed) first,
//! as an API operation does, and stands in the frame of a [`Desk`]. Forms that act do so by [`act_once()`]. Refusals are [`Problem`](crate::web::Problem)s here too: [`visit`] turns them into pages for browsers.
//!
//! Promises:
//! * a form that comes from another site is refused before its handler sees it;
//! * a page path takes sessions and never API keys' place: the API takes keys alone;
//! * a form that is sent twice acts once;
//! * a form that was sent after the session had ended is offered again after the sign-in;
//! * every text stands in `locales/`, in every language.

mod act_once;
pub mod ask_for_mail;
mod carried;
mod client;
pub mod cookies;
pub mod desk;
mod error_page;
pub mod export;
mod fields;
mod form;
mod help;
pub mod history;
pub mod language;
pub mod mails;
mod notice;
mod own_page;
pub mod paper;
pub mod postal;
mod preferences;
mod search;
mod start_of_day;
mod visitor;
pub mod words;

pub use act_once::{Done, act_once, act_once_in_turn, act_once_showing};
pub use carried::{Carried, CarriedField};
pub use client::ClientAddress;
pub use desk::Desk;
pub use fields::{Fields, amount};
pub use form::{FieldError, FormErrors, PageForm, address, encode, local_path};
pub use history::HistoryRow;
pub use language::Language;
pub use notice::Toast;
pub use visitor::{Theme, Visitor, visit};
pub use words::Words;

use crate::app::SharedApp;
use crate::{
    accounts, audit, cards, catalog, customers, dispatch, entry, mail, partners, production, promotions, reports, sales,
};
use axum::Router;
use tower_http::csrf::CsrfLayer;

/// All pages, behind the check of where a form comes from.
pub fn router(app: &SharedApp) -> Router<SharedApp> {
    let pages = Router::new()
        .merge(help::router())
        .merge(own_page::router())
        .merge(start_of_day::router())
        .merge(preferences::router())
        .merge(search::router())
        .merge(accounts::web::router())
        .merge(audit::web::router())
        .merge(cards::web::router())
        .merge(catalog::web::router())
        .merge(customers::web::router())
        .merge(entry::web::router())
        .merge(mail::web::router())
        .merge(production::web::router())
        .merge(promotions::web::router())
        .merge(sales::web::router())
        .merge(dispatch::web::router())
        .merge(partners::web::router())
        .merge(reports::web::router());
    pages.layer(same_origin(&app.config.server.base_url))
}

/// Whether a path belongs to the pages, and not to programs.
pub fn is_page(path: &str) -> bool {
    !["/api/", "/gate/", "/assets/", "/healthz", "/readyz", "/metrics"].iter().any(|start| path.starts_with(start))
}

fn same_origin(base_url: &str) -> CsrfLayer {
    let usual = CsrfLayer::new();
    // Behind a proxy that changes the host the browser's origin is that of the configured address.
    let origin = base_url.split('/').take(3).collect::<Vec<_>>().join("/");
    if origin.is_empty() {
        return usual;
    }
    usual.add_trusted_origin(&origin).unwrap_or_else(|error| {
        tracing::warn!(%error, "server.base_url is no web address; forms are checked against the host alone");
        CsrfLayer::new()
    })
}
