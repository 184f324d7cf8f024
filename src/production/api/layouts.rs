//! `GET /api/v1/layouts`.

use crate::app::SharedApp;
use crate::production::{LayoutVersion, store};
use crate::web::caller::ADMIN;
use crate::web::list::Items;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(list_layouts)).routes(routes!(read_layout))
}

/// Which version.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct VersionQuery {
    /// The version; absent: the newest.
    #[param(minimum = 1)]
    version: Option<u32>,
}

/// A version of a layout with its file.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct LayoutFile {
    #[serde(flatten)]
    layout: LayoutVersion,
    /// The layout file, TOML.
    file: String,
}

/// All versions of all layouts, the newest of each first.
#[utoipa::path(get, path = "/api/v1/layouts", tag = "production", security(("api_key" = ["admin"])),
    responses((status = 200, body = Items<LayoutVersion>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_layouts(State(app): State<SharedApp>, _: Allowed<ADMIN>) -> Result<Json<Items<LayoutVersion>>, Problem> {
    let mut conn = app.db.read().await?;
    Ok(Json(Items::all(store::layouts::all(&mut conn).await?)))
}

/// One version of a layout with its file.
#[utoipa::path(get, path = "/api/v1/layouts/{id}", tag = "production", params(("id" = String, Path, description = "The layout's id."), VersionQuery),
    security(("api_key" = ["admin"])),
    responses((status = 200, body = LayoutFile), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_layout(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    PathKey(id): PathKey<String>,
    Query(query): Query<VersionQuery>,
) -> Result<Json<LayoutFile>, Problem> {
    let mut conn = app.db.read().await?;
    let layouts = store::layouts::all(&mut conn).await?;
    let layout = layouts
        .into_iter()
        .find(|layout| layout.id == id && query.version.is_none_or(|version| layout.version == version))
        .ok_or_else(|| Problem::not_found("layout"))?;
    let file = store::layouts::body(&mut conn, &layout.id, layout.version).await?;
    let file = file.ok_or_else(|| Problem::not_found("layout"))?;
    Ok(Json(LayoutFile { layout, file }))
}
