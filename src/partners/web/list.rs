//! `/partners`: the institutions, and which of them wait for codes.

use crate::app::SharedApp;
use crate::partners::store;
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, Visitor, address};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Rows of a page.
const ROWS: u32 = 50;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/partners", get(show))
}

/// What somebody looks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    after: String,
}

/// An institution in the list.
struct Row {
    key: String,
    name: String,
    contact: String,
    email: String,
    /// How many wishes for codes wait, as a sentence.
    waiting: Option<String>,
}

#[derive(Template)]
#[template(path = "partners/list.html")]
struct ListPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    asked: &'a Asked,
    rows: Vec<Row>,
    next: Option<String>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let mut conn = app.db.snapshot().await?;
    let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
    let page = store::page(&mut conn, &asked.q, after, ROWS).await?;
    let waiting: BTreeMap<String, i64> = store::open_requests(&mut conn).await?.into_iter().collect();
    drop(conn);
    let row = |one: crate::partners::Institution| Row {
        waiting: waiting.get(&one.id.to_string()).map(|count| visitor.words.t1("partner-wishes", "count", *count)),
        key: one.data.key.to_string(),
        name: one.data.name,
        contact: one.data.contact,
        email: one.data.email,
    };
    let page = ListPage {
        desk: Desk::load(&app, &caller).await?,
        rows: page.items.into_iter().map(row).collect(),
        next: page.next.map(|next| address("/partners", &[("q", &asked.q), ("after", &next)])),
        asked: &asked,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}
