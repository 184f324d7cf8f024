//! `/api/v1/sale-rules`.

use super::{create_object, list_objects, read_object, remove_object, replace_object};
use crate::app::SharedApp;
use crate::catalog::SaleRule;
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
    OpenApiRouter::new().routes(routes!(list_sale_rules, create_sale_rule)).routes(routes!(
        read_sale_rule,
        replace_sale_rule,
        remove_sale_rule
    ))
}

/// All sale rules, in their order.
#[utoipa::path(get, path = "/api/v1/sale-rules", tag = "catalog", params(PageQuery),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Items<SaleRule>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_sale_rules(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<SaleRule>>, Problem> {
    list_objects(&app, &query).await
}

/// One sale rule.
#[utoipa::path(get, path = "/api/v1/sale-rules/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = SaleRule), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_sale_rule(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<SaleRule>, Problem> {
    read_object(&app, &key).await
}

/// Adds a sale rule.
#[utoipa::path(post, path = "/api/v1/sale-rules", tag = "catalog", request_body = SaleRule, security(("api_key" = ["admin"])),
    responses((status = 201, body = SaleRule), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_sale_rule(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<SaleRule>,
) -> Result<Response, Problem> {
    create_object(&app, caller.act(&app), body).await
}

/// Replaces a sale rule. Its key never changes.
#[utoipa::path(put, path = "/api/v1/sale-rules/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    request_body = SaleRule, security(("api_key" = ["admin"])),
    responses((status = 200, body = SaleRule), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn replace_sale_rule(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: Body<SaleRule>,
) -> Result<Response, Problem> {
    replace_object(&app, caller.act(&app), key, body).await
}

/// Removes a sale rule that nothing refers to.
#[utoipa::path(delete, path = "/api/v1/sale-rules/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["admin"])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn remove_sale_rule(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: NoBody,
) -> Result<Response, Problem> {
    remove_object::<SaleRule>(&app, caller.act(&app), key, body).await
}
