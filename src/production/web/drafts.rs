//! Pictures of cards that nobody has completed yet: for the holder behind the personal link, and for the desk.
//!
//! With GET the front shows what is stored, with POST what is typed and not stored yet. What is typed travels in the body, so that no
//! name stands in an address.

use crate::app::SharedApp;
use crate::cards::api::Own;
use crate::cards::draft;
use crate::kernel::ids::AnnualTicketId;
use crate::kernel::period::local_day;
use crate::people::Holder;
use crate::production::preview::{Preview, preview};
use crate::web::caller::PERSONALIZATION;
use crate::web::pages::{PageForm, Visitor};
use crate::web::{Allowed, PathKey, Problem};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/p/{token}/preview.png", get(own_stored).post(own_typed))
        .route("/annual-tickets/{id}/preview.png", get(stored).post(typed))
}

/// What faces show and somebody may be typing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    given_name: String,
    family_name: String,
    birth_date: String,
    starts_on: String,
}

async fn own_stored(State(app): State<SharedApp>, visitor: Visitor, own: Own) -> Result<Response, Problem> {
    draw(&app, visitor, own.ticket(), None).await
}

async fn own_typed(
    State(app): State<SharedApp>,
    visitor: Visitor,
    own: Own,
    PageForm(typed): PageForm<Typed>,
) -> Result<Response, Problem> {
    draw(&app, visitor, own.ticket(), Some(typed)).await
}

async fn stored(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<AnnualTicketId>,
) -> Result<Response, Problem> {
    draw(&app, visitor, id, None).await
}

async fn typed(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<AnnualTicketId>,
    PageForm(typed): PageForm<Typed>,
) -> Result<Response, Problem> {
    draw(&app, visitor, id, Some(typed)).await
}

/// The picture, or 422 with a sentence that says why there is none.
async fn draw(
    app: &SharedApp,
    visitor: Visitor,
    id: AnnualTicketId,
    typed: Option<Typed>,
) -> Result<Response, Problem> {
    let today = local_day(app.clock.now(), app.config.museum.zone());
    let (holder, starts_on) = match &typed {
        Some(typed) => {
            let birth_date = typed.birth_date.parse().ok();
            let holder = Holder::typed(Some(&typed.given_name), Some(&typed.family_name), birth_date, today);
            (holder.ok(), typed.starts_on.parse().ok())
        }
        None => (None, None),
    };
    let mut conn = app.db.snapshot().await?;
    let content = draft(&mut conn, id, holder, starts_on, today).await?;
    let failed = |error: anyhow::Error| Problem::internal("a preview cannot be drawn", &error);
    let drawn = match content {
        Some(content) => preview(app, conn, content).await.map_err(failed)?,
        None => Preview::NoLayout,
    };
    let key = match drawn {
        Preview::Picture(png) => return Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response()),
        Preview::NoLayout => "preview-no-layout".to_owned(),
        Preview::SetAside(reason) => format!("preview-{}", reason.replace('_', "-")),
    };
    let key = if visitor.words.has(&key) { key } else { "preview-failed".to_owned() };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visitor.t(&key)).into_response())
}
