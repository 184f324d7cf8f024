//! `/api/v1/products`.

use super::{create_object, list_objects, read_object, remove_object, replace_object};
use crate::app::SharedApp;
use crate::catalog::Product;
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
    OpenApiRouter::new().routes(routes!(list_products, create_product)).routes(routes!(
        read_product,
        replace_product,
        remove_product
    ))
}

/// All products, in their order.
#[utoipa::path(get, path = "/api/v1/products", tag = "catalog", params(PageQuery),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Items<Product>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_products(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<Product>>, Problem> {
    list_objects(&app, &query).await
}

/// One product.
#[utoipa::path(get, path = "/api/v1/products/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Product), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_product(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<Product>, Problem> {
    read_object(&app, &key).await
}

/// Adds a product.
#[utoipa::path(post, path = "/api/v1/products", tag = "catalog", request_body = Product, security(("api_key" = ["admin"])),
    responses((status = 201, body = Product), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_product(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<Product>,
) -> Result<Response, Problem> {
    create_object(&app, caller.act(&app), body).await
}

/// Replaces a product. Its kind never changes.
#[utoipa::path(put, path = "/api/v1/products/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    request_body = Product, security(("api_key" = ["admin"])),
    responses((status = 200, body = Product), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn replace_product(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: Body<Product>,
) -> Result<Response, Problem> {
    replace_object(&app, caller.act(&app), key, body).await
}

/// Removes a product that nothing refers to.
#[utoipa::path(delete, path = "/api/v1/products/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["admin"])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn remove_product(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: NoBody,
) -> Result<Response, Problem> {
    remove_object::<Product>(&app, caller.act(&app), key, body).await
}
