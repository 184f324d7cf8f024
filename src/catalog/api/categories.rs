//! `/api/v1/categories`.

use super::{create_object, list_objects, read_object, remove_object, replace_object};
use crate::app::SharedApp;
use crate::catalog::Category;
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
    OpenApiRouter::new().routes(routes!(list_categories, create_category)).routes(routes!(
        read_category,
        replace_category,
        remove_category
    ))
}

/// All price categories, in their order.
#[utoipa::path(get, path = "/api/v1/categories", tag = "catalog", params(PageQuery),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Items<Category>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_categories(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<Category>>, Problem> {
    list_objects(&app, &query).await
}

/// One price category.
#[utoipa::path(get, path = "/api/v1/categories/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Category), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_category(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<Category>, Problem> {
    read_object(&app, &key).await
}

/// Adds a price category.
#[utoipa::path(post, path = "/api/v1/categories", tag = "catalog", request_body = Category, security(("api_key" = ["admin"])),
    responses((status = 201, body = Category), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_category(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<Category>,
) -> Result<Response, Problem> {
    create_object(&app, caller.act(&app), body).await
}

/// Replaces a price category. Its key never changes.
#[utoipa::path(put, path = "/api/v1/categories/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    request_body = Category, security(("api_key" = ["admin"])),
    responses((status = 200, body = Category), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn replace_category(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: Body<Category>,
) -> Result<Response, Problem> {
    replace_object(&app, caller.act(&app), key, body).await
}

/// Removes a price category that nothing refers to.
#[utoipa::path(delete, path = "/api/v1/categories/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["admin"])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn remove_category(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: NoBody,
) -> Result<Response, Problem> {
    remove_object::<Category>(&app, caller.act(&app), key, body).await
}
