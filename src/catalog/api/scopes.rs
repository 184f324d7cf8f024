//! `/api/v1/scopes`.

use super::{create_object, list_objects, read_object, remove_object, replace_object};
use crate::app::SharedApp;
use crate::catalog::Scope;
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
    OpenApiRouter::new().routes(routes!(list_scopes, create_scope)).routes(routes!(
        read_scope,
        replace_scope,
        remove_scope
    ))
}

/// All scopes, by key.
#[utoipa::path(get, path = "/api/v1/scopes", tag = "catalog", params(PageQuery),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Items<Scope>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_scopes(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<Scope>>, Problem> {
    list_objects(&app, &query).await
}

/// One scope.
#[utoipa::path(get, path = "/api/v1/scopes/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Scope), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_scope(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<Scope>, Problem> {
    read_object(&app, &key).await
}

/// Adds a scope. Without an id it gets the next free one.
#[utoipa::path(post, path = "/api/v1/scopes", tag = "catalog", request_body = Scope, security(("api_key" = ["admin"])),
    responses((status = 201, body = Scope), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_scope(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<Scope>,
) -> Result<Response, Problem> {
    create_object(&app, caller.act(&app), body).await
}

/// Replaces a scope. Its id never changes.
#[utoipa::path(put, path = "/api/v1/scopes/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    request_body = Scope, security(("api_key" = ["admin"])),
    responses((status = 200, body = Scope), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn replace_scope(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: Body<Scope>,
) -> Result<Response, Problem> {
    replace_object(&app, caller.act(&app), key, body).await
}

/// Removes a scope that nothing refers to.
#[utoipa::path(delete, path = "/api/v1/scopes/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["admin"])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn remove_scope(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: NoBody,
) -> Result<Response, Problem> {
    remove_object::<Scope>(&app, caller.act(&app), key, body).await
}
