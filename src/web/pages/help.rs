//! `/help`: whom to ask, and, for staff, which keys lead where.

use super::desk::Desk;
use super::visitor::Visitor;
use crate::app::SharedApp;
use crate::web::caller::ANY_ROLE;
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/help", get(show))
}

#[derive(Template)]
#[template(path = "layout/help.html")]
struct VisitorPage<'a> {
    visitor: &'a Visitor,
}

#[derive(Template)]
#[template(path = "layout/help_desk.html")]
struct DeskPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
}

async fn show(
    State(app): State<SharedApp>,
    caller: Result<Allowed<ANY_ROLE>, Problem>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    match caller {
        Ok(Allowed(caller)) => {
            let desk = Desk::load(&app, &caller).await?;
            Ok(Visitor::show(StatusCode::OK, &DeskPage { visitor: &visitor, desk }))
        }
        Err(_) => Ok(Visitor::show(StatusCode::OK, &VisitorPage { visitor: &visitor })),
    }
}
