//! `/api/v1/exhibitions`.

use super::{create_object, list_objects, read_object, remove_object, replace_object};
use crate::app::SharedApp;
use crate::catalog::Exhibition;
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
    OpenApiRouter::new().routes(routes!(list_exhibitions, create_exhibition)).routes(routes!(
        read_exhibition,
        replace_exhibition,
        remove_exhibition
    ))
}

/// All exhibitions, by key.
#[utoipa::path(get, path = "/api/v1/exhibitions", tag = "catalog", params(PageQuery),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Items<Exhibition>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_exhibitions(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<Exhibition>>, Problem> {
    list_objects(&app, &query).await
}

/// One exhibition.
#[utoipa::path(get, path = "/api/v1/exhibitions/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Exhibition), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_exhibition(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<Exhibition>, Problem> {
    read_object(&app, &key).await
}

/// Adds an exhibition.
#[utoipa::path(post, path = "/api/v1/exhibitions", tag = "catalog", request_body = Exhibition, security(("api_key" = ["admin"])),
    responses((status = 201, body = Exhibition), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_exhibition(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<Exhibition>,
) -> Result<Response, Problem> {
    create_object(&app, caller.act(&app), body).await
}

/// Replaces an exhibition. It stays in its house.
#[utoipa::path(put, path = "/api/v1/exhibitions/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    request_body = Exhibition, security(("api_key" = ["admin"])),
    responses((status = 200, body = Exhibition), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn replace_exhibition(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: Body<Exhibition>,
) -> Result<Response, Problem> {
    replace_object(&app, caller.act(&app), key, body).await
}

/// Removes an exhibition that nothing refers to.
#[utoipa::path(delete, path = "/api/v1/exhibitions/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["admin"])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn remove_exhibition(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: NoBody,
) -> Result<Response, Problem> {
    remove_object::<Exhibition>(&app, caller.act(&app), key, body).await
}
