//! The page at `/` of a server that is no demo.

use super::pages::Visitor;
use super::problem::Problem;
use crate::app::SharedApp;
use askama::Template;
use axum::Router;
use axum::response::Html;
use axum::routing::get;

#[derive(Template)]
#[template(path = "layout/start.html")]
struct StartPage {
    visitor: Visitor,
}

/// `/`.
pub fn router() -> Router<SharedApp> {
    Router::new().route("/", get(start))
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
