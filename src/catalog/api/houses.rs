//! `/api/v1/houses`.

use super::{create_object, list_objects, read_object, remove_object, replace_object};
use crate::app::SharedApp;
use crate::catalog::House;
use crate::catalog::leave_network::{self, LeaveError, Leaving};
use crate::catalog::object::Finding;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::kernel::text::{REASON_CHARS_MAX, clean};
use crate::web::caller::{ADMIN, ANY_ROLE};
use crate::web::list::{Items, PageQuery};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, NoBody, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(list_houses, create_house))
        .routes(routes!(read_house, replace_house, remove_house))
        .routes(routes!(leave))
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

/// A house leaves the network.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct LeaveRequest {
    /// Why.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
    /// Only look at what would become of the products; nothing is changed.
    #[serde(default)]
    preview: bool,
}

/// Takes a house out of all that is sold from now on. What was sold goes on opening it until its last day: each scope keeps its houses,
/// and the products go over to successors without this one.
#[utoipa::path(post, path = "/api/v1/houses/{key}/leave", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    request_body = LeaveRequest, security(("api_key" = ["admin"])),
    responses((status = 200, body = Leaving), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn leave(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: Body<LeaveRequest>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let LeaveRequest { reason, preview } = body.value;
    let reason = clean(&reason);
    if !(1..=REASON_CHARS_MAX).contains(&reason.chars().count()) {
        return Err(Finding::value("reason", format!("a reason has 1 to {REASON_CHARS_MAX} characters")).into());
    }
    let today = local_day(act.now, app.config.museum.zone());
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        if preview {
            return Ok(leave_network::preview(tx, &key, today).await?);
        }
        Ok(leave_network::leave_network(tx, &deed_act, &key, today, &reason).await?)
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

impl From<LeaveError> for Problem {
    fn from(error: LeaveError) -> Self {
        match error {
            LeaveError::NotFound => Self::not_found("house"),
            LeaveError::NothingToChange => Self::conflict("nothing_to_change", "No product opens this house any more."),
            LeaveError::Db(error) => error.into(),
        }
    }
}
