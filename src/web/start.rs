//! The page at `/`, and the one style sheet.

use crate::app::SharedApp;
use askama::Template;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;

use super::pages::Visitor;
use super::problem::Problem;

#[derive(Template)]
#[template(path = "layout/start.html")]
struct StartPage {
    visitor: Visitor,
}

/// `/` of a server that is no demo, and the style sheet.
pub fn router() -> Router<SharedApp> {
    Router::new().route("/", get(start)).merge(assets())
}

/// The style sheet.
pub fn assets() -> Router<SharedApp> {
    Router::new().route("/assets/app.css", get(style_sheet))
}

/// A rendered page.
///
/// # Errors
/// When the template cannot be rendered.
pub fn page(template: &impl Template) -> Result<Html<String>, Problem> {
    template.render().map(Html).map_err(|error| Problem::internal("a page cannot be rendered", &error))
}

async fn start(visitor: Visitor) -> Result<Html<String>, Problem> {
    page(&StartPage { visitor })
}

async fn style_sheet() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
    ];
    (headers, include_str!("../../static/app.css"))
}
