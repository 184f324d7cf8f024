//! `/admin/catalog/{kind}`: the objects of one kind.

use super::sheet::{Sheet, SheetKind, with_sheet};
use super::shelf::Shelf;
use crate::app::SharedApp;
use crate::web::caller::{ADMIN, Caller};
use crate::web::pages::{Desk, Visitor, encode};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

/// Objects on a page.
const ROWS: u32 = 100;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/admin/catalog/{kind}", get(show))
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    after: Option<String>,
}

/// An object in a list.
struct Row {
    key: String,
    title: String,
    facts: String,
}

#[derive(Template)]
#[template(path = "catalog/list.html")]
struct ListPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    kind: SheetKind,
    rows: Vec<Row>,
    next: Option<String>,
}

impl ListPage<'_> {
    fn title(&self) -> String {
        self.visitor.t(&format!("catalog-{}", self.kind.as_str()))
    }

    fn lead(&self) -> String {
        self.visitor.t(&format!("catalog-{}-lead", self.kind.as_str()))
    }

    fn is_events(&self) -> bool {
        self.kind == SheetKind::Events
    }

    fn has_labels(&self) -> bool {
        self.kind == SheetKind::Events && !self.rows.is_empty()
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(word): PathKey<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let kind = SheetKind::of(&word).ok_or_else(|| Problem::not_found("page"))?;
    with_sheet!(kind, Object => list::<Object>(&app, &caller, &visitor, kind, &wanted).await)
}

async fn list<O: Sheet>(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    kind: SheetKind,
    wanted: &Wanted,
) -> Result<Response, Problem> {
    let shelf = Shelf::load(app, visitor.words).await?;
    let found = O::page(&mut app.db.read().await?, wanted.after.as_deref(), ROWS).await?;
    let row = |object: &O| Row {
        key: object.key().to_string(),
        title: object.title(&shelf),
        facts: object.facts(&shelf).join(" · "),
    };
    let page = ListPage {
        desk: Desk::load(app, caller).await?,
        rows: found.items.iter().map(row).collect(),
        next: found.next.map(|after| format!("/admin/catalog/{}?after={}", kind.as_str(), encode(&after))),
        kind,
        visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}
