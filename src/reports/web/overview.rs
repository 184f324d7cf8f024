//! `/reports`: which reports there are.

use crate::app::SharedApp;
use crate::reports::Report;
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, Visitor};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/reports", get(show))
}

#[derive(Template)]
#[template(path = "reports/overview.html")]
struct OverviewPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    /// Word in the address, name, what it tells.
    reports: Vec<(&'static str, String, String)>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let said = |report: Report| {
        let word = report.as_str();
        (word, visitor.t(&format!("report-{word}")), visitor.t(&format!("report-{word}-lead")))
    };
    let reports = Report::ALL.map(said).to_vec();
    let page = OverviewPage { desk: Desk::load(&app, &caller).await?, reports, visitor: &visitor };
    Ok(Visitor::show(StatusCode::OK, &page))
}
