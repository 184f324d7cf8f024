//! `/api/v1/price-lists`.

use super::{create_object, list_objects, read_object, remove_object, replace_object};
use crate::app::SharedApp;
use crate::catalog::PriceList;
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
    OpenApiRouter::new().routes(routes!(list_price_lists, create_price_list)).routes(routes!(
        read_price_list,
        replace_price_list,
        remove_price_list
    ))
}

/// All price lists with their prices, by key.
#[utoipa::path(get, path = "/api/v1/price-lists", tag = "catalog", params(PageQuery),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Items<PriceList>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_price_lists(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<PriceList>>, Problem> {
    list_objects(&app, &query).await
}

/// One price list.
#[utoipa::path(get, path = "/api/v1/price-lists/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = PriceList), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_price_list(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<PriceList>, Problem> {
    read_object(&app, &key).await
}

/// Adds a price list.
#[utoipa::path(post, path = "/api/v1/price-lists", tag = "catalog", request_body = PriceList, security(("api_key" = ["admin"])),
    responses((status = 201, body = PriceList), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_price_list(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<PriceList>,
) -> Result<Response, Problem> {
    create_object(&app, caller.act(&app), body).await
}

/// Replaces a price list. All its prices are replaced.
#[utoipa::path(put, path = "/api/v1/price-lists/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    request_body = PriceList, security(("api_key" = ["admin"])),
    responses((status = 200, body = PriceList), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn replace_price_list(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: Body<PriceList>,
) -> Result<Response, Problem> {
    replace_object(&app, caller.act(&app), key, body).await
}

/// Removes a price list that nothing refers to.
#[utoipa::path(delete, path = "/api/v1/price-lists/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["admin"])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn remove_price_list(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: NoBody,
) -> Result<Response, Problem> {
    remove_object::<PriceList>(&app, caller.act(&app), key, body).await
}
