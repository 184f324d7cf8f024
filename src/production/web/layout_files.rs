//! What hangs on a layout: pictures of its cases or of anybody's card in it, its proof, and its file.

use crate::app::SharedApp;
use crate::cards::{draft, find, queue};
use crate::kernel::period::local_day;
use crate::production::layout_preview::{preview_case, preview_content};
use crate::production::preview::Preview;
use crate::production::print_data::Face;
use crate::production::propose_layout::{LayoutStepError, proof};
use crate::production::{LayoutVersion, store};
use crate::web::caller::ADMIN;
use crate::web::pages::{Fields, Visitor};
use crate::web::{Allowed, PathKey, Problem, Query};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/admin/layouts/{id}/preview.png", get(preview))
        .route("/admin/layouts/{id}/proof.pdf", get(proof_file))
        .route("/admin/layouts/{id}/layout.toml", get(layout_file))
}

/// A case of the proof, or the card with the number or code `holder`.
async fn preview(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<String>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let face = if query.get("side") == "back" { Face::Back } else { Face::Front };
    let failed = |error: anyhow::Error| Problem::internal("a preview of a layout cannot be drawn", &error);
    let mut conn = app.db.snapshot().await?;
    let layout = version(&mut conn, &id, &query).await?;
    let drawn = if query.get("holder").is_empty() {
        let case = query.get("case").parse().unwrap_or(0);
        preview_case(&app, conn, &layout, case, face).await.map_err(failed)?
    } else {
        let missing = || Problem::not_found("card");
        let card = find::in_hand(&mut conn, &app.keys, query.get("holder")).await?.ok_or_else(missing)?;
        let found = queue::find(&mut conn, card).await?.ok_or_else(missing)?;
        let today = local_day(app.clock.now(), app.config.museum.zone());
        let content = draft(&mut conn, found.ticket.id, None, None, today).await?.ok_or_else(missing)?;
        preview_content(&app, conn, &layout, content, face).await.map_err(failed)?
    };
    match drawn {
        Preview::Picture(png) => Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response()),
        Preview::NoLayout | Preview::SetAside(_) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, visitor.t("preview-failed")).into_response())
        }
    }
}

async fn proof_file(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    PathKey(id): PathKey<String>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let layout = version(&mut app.db.read().await?, &id, &query).await?;
    let pdf = proof(&app, &layout.id, layout.version).await.map_err(|error| match error {
        LayoutStepError::Db(error) => error.into(),
        LayoutStepError::Internal(error) => Problem::internal("a proof cannot be made", &error),
        _ => Problem::not_found("proof"),
    })?;
    Ok(download(&layout, "pdf", "application/pdf", pdf))
}

async fn layout_file(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    PathKey(id): PathKey<String>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let layout = version(&mut conn, &id, &query).await?;
    let body = store::layouts::body(&mut conn, &layout.id, layout.version).await?;
    let body = body.ok_or_else(|| Problem::not_found("layout"))?;
    Ok(download(&layout, "toml", "application/toml", body.into_bytes()))
}

fn download(layout: &LayoutVersion, ending: &str, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{}-{}.{ending}\"", layout.id, layout.version);
    ([(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}

/// The version that the query names, else the newest one.
async fn version(conn: &mut Conn, id: &str, query: &Fields) -> Result<LayoutVersion, Problem> {
    let missing = || Problem::not_found("layout");
    let wanted = query.get("version").parse::<u32>().ok();
    let mut versions = store::layouts::all(conn).await?.into_iter().filter(|layout| layout.id == id);
    versions.find(|layout| wanted.is_none_or(|wanted| layout.version == wanted)).ok_or_else(missing)
}
