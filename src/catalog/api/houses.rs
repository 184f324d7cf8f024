//! `/api/v1/houses`.

use super::{create_object, list_objects, read_object, remove_object, replace_object};
use crate::app::SharedApp;
use crate::catalog::House;
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
    OpenApiRouter::new().routes(routes!(list_houses, create_house)).routes(routes!(
        read_house,
        replace_house,
        remove_house
    ))
}

/// All houses, by key.
#[utoipa::path(get, path = "/api/v1/houses", tag = "catalog", params(PageQuery),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Items<House>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_houses(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<House>>, Problem> {
    list_objects(&app, &query).await
}

/// One house.
#[utoipa::path(get, path = "/api/v1/houses/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = House), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_house(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<House>, Problem> {
    read_object(&app, &key).await
}

/// Adds a house. Its own scope is made with it.
#[utoipa::path(post, path = "/api/v1/houses", tag = "catalog", request_body = House, security(("api_key" = ["admin"])),
    responses((status = 201, body = House), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_house(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<House>,
) -> Result<Response, Problem> {
    create_object(&app, caller.act(&app), body).await
}

/// Replaces a house. Its key never changes.
#[utoipa::path(put, path = "/api/v1/houses/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    request_body = House, security(("api_key" = ["admin"])),
    responses((status = 200, body = House), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn replace_house(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: Body<House>,
) -> Result<Response, Problem> {
    replace_object(&app, caller.act(&app), key, body).await
}

/// Removes a house that nothing refers to.
#[utoipa::path(delete, path = "/api/v1/houses/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["admin"])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn remove_house(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: NoBody,
) -> Result<Response, Problem> {
    remove_object::<House>(&app, caller.act(&app), key, body).await
}
