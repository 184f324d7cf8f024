//! `/api/v1/audiences`.

use super::{create_object, list_objects, read_object, remove_object, replace_object};
use crate::app::SharedApp;
use crate::catalog::Audience;
use crate::kernel::slug::Slug;
use crate::web::caller::{ADMIN, ANY_ROLE};
use crate::web::list::{Items, PageQuery};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, NoBody, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(list_audiences, create_audience)).routes(routes!(
        read_audience,
        replace_audience,
        remove_audience
    ))
}

/// All audiences, in their order.
#[utoipa::path(get, path = "/api/v1/audiences", tag = "catalog", params(PageQuery),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Items<Audience>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_audiences(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<Audience>>, Problem> {
    list_objects(&app, &query).await
}

/// One audience.
#[utoipa::path(get, path = "/api/v1/audiences/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Audience), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_audience(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<Audience>, Problem> {
    read_object(&app, &key).await
}

/// Adds an audience.
#[utoipa::path(post, path = "/api/v1/audiences", tag = "catalog", request_body = Audience, security(("api_key" = ["admin"])),
    responses((status = 201, body = Audience), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_audience(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<Audience>,
) -> Result<Response, Problem> {
    create_object(&app, caller.act(&app), body).await
}

/// Replaces an audience. Its key never changes.
#[utoipa::path(put, path = "/api/v1/audiences/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    request_body = Audience, security(("api_key" = ["admin"])),
    responses((status = 200, body = Audience), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn replace_audience(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: Body<Audience>,
) -> Result<Response, Problem> {
    replace_object(&app, caller.act(&app), key, body).await
}

/// Removes an audience that nothing refers to.
#[utoipa::path(delete, path = "/api/v1/audiences/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["admin"])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn remove_audience(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: NoBody,
) -> Result<Response, Problem> {
    remove_object::<Audience>(&app, caller.act(&app), key, body).await
}
