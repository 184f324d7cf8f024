//! `/api/v1/events`.

use super::{create_object, read_object, remove_object, replace_object};
use crate::app::SharedApp;
use crate::catalog::Event;
use crate::catalog::create_series::{SeriesCount, create_series};
use crate::catalog::label_events::{LabelCount, LabelEdit, label_events};
use crate::catalog::series::EventSeries;
use crate::catalog::store::EventFilter;
use crate::kernel::slug::Slug;
use crate::web::caller::{ADMIN, ANY_ROLE};
use crate::web::list::{self, Items};
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
        .routes(routes!(list_events, create_event))
        .routes(routes!(edit_event_labels))
        .routes(routes!(create_event_series))
        .routes(routes!(read_event, replace_event, remove_event))
}

/// Which events of the list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct EventQuery {
    /// Only events of this house.
    house: Option<Slug>,
    /// Only events of this exhibition.
    exhibition: Option<Slug>,
    /// The most items of the page: 1 to 500, 50 by default.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// All events, the earliest first.
#[utoipa::path(get, path = "/api/v1/events", tag = "catalog", params(EventQuery),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Items<Event>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_events(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    Query(query): Query<EventQuery>,
) -> Result<Json<Items<Event>>, Problem> {
    let filter = EventFilter { house: query.house, exhibition: query.exhibition };
    let mut conn = app.db.read().await?;
    let page = filter.page(&mut conn, query.after.as_deref(), list::rows(query.limit)).await?;
    Ok(Json(Items { items: page.items, next: page.next }))
}

/// One event.
#[utoipa::path(get, path = "/api/v1/events/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["shop", "personalization", "mailroom", "entry", "marketing"])),
    responses((status = 200, body = Event), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_event(
    State(app): State<SharedApp>,
    _: Allowed<ANY_ROLE>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<Event>, Problem> {
    read_object(&app, &key).await
}

/// Adds an event.
#[utoipa::path(post, path = "/api/v1/events", tag = "catalog", request_body = Event, security(("api_key" = ["admin"])),
    responses((status = 201, body = Event), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_event(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<Event>,
) -> Result<Response, Problem> {
    create_object(&app, caller.act(&app), body).await
}

/// Replaces an event. Its key never changes.
#[utoipa::path(put, path = "/api/v1/events/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    request_body = Event, security(("api_key" = ["admin"])),
    responses((status = 200, body = Event), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn replace_event(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: Body<Event>,
) -> Result<Response, Problem> {
    replace_object(&app, caller.act(&app), key, body).await
}

/// Removes an event that nothing refers to.
#[utoipa::path(delete, path = "/api/v1/events/{key}", tag = "catalog", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["admin"])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn remove_event(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(key): PathKey<Slug>,
    body: NoBody,
) -> Result<Response, Problem> {
    remove_object::<Event>(&app, caller.act(&app), key, body).await
}

/// Edits all events of a house, an exhibition, a period or with a label: adds and removes labels, sets price list and capacity. With
/// `preview` they are only counted.
#[utoipa::path(post, path = "/api/v1/events/labels", tag = "catalog", request_body = LabelEdit, security(("api_key" = ["admin"])),
    responses((status = 200, body = LabelCount), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn edit_event_labels(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<LabelEdit>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| Ok(label_events(tx, &deed_act, body.value.clone()).await?);
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Adds the events of a series: on days of the week, at times, for a period. Events that are there already stay as they are. With
/// `preview` they are only counted.
#[utoipa::path(post, path = "/api/v1/events/series", tag = "catalog", request_body = EventSeries, security(("api_key" = ["admin"])),
    responses((status = 201, body = SeriesCount), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_event_series(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<EventSeries>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| Ok(create_series(tx, &deed_act, &body.value).await?);
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}
