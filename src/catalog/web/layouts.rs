//! `/admin/layouts`: the layouts of cards and how far each has come. They are agreed outside of the pages.

use crate::app::SharedApp;
use crate::production::layout::{LayoutState, LayoutVersion};
use crate::production::store::layouts;
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Visitor};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/admin/layouts", get(show))
}

/// A version of a layout.
struct LayoutSaid {
    title: String,
    id: String,
    version: u32,
    tone: &'static str,
    symbol: &'static str,
    state: String,
    products: String,
    agreed: String,
    fingerprint: String,
}

#[derive(Template)]
#[template(path = "catalog/layouts.html")]
struct LayoutsPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    layouts: Vec<LayoutSaid>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let all = layouts::all(&mut app.db.read().await?).await?;
    let page = LayoutsPage {
        desk: Desk::load(&app, &caller).await?,
        layouts: all.into_iter().map(|layout| said(layout, &visitor, &app)).collect(),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

fn said(layout: LayoutVersion, visitor: &Visitor, app: &SharedApp) -> LayoutSaid {
    let words = visitor.words;
    let language = words.language.as_str();
    let title = layout.title.get(language).or_else(|| layout.title.values().next()).cloned();
    let (tone, symbol) = match layout.state {
        LayoutState::Draft => ("plain", "○"),
        LayoutState::Proposed => ("attention", "!"),
        LayoutState::Agreed => ("good", "✓"),
        LayoutState::Retired => ("plain", "■"),
    };
    LayoutSaid {
        title: title.unwrap_or_else(|| layout.id.clone()),
        id: layout.id,
        version: layout.version,
        tone,
        symbol,
        state: words.t(&format!("layout-state-{}", layout.state.as_str())),
        products: if layout.products.is_empty() { words.t("layout-all-products") } else { layout.products.join(", ") },
        agreed: layout.agreed_at.map(|at| words.moment(at, app.config.museum.zone())).unwrap_or_default(),
        fingerprint: layout.content_sha256.chars().take(12).collect(),
    }
}
