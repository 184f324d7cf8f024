//! `GET /api/v1/dispatch-list`.

use crate::app::SharedApp;
use crate::dispatch::ready_list::{Counts, Pile, ReadyCard, Way};
use crate::dispatch::store;
use crate::kernel::slug::Slug;
use crate::web::caller::{MAILROOM, PERSONALIZATION};
use crate::web::list;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Problem, Query};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(list_cards_to_dispatch))
}

/// Which pile.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct DispatchQuery {
    /// Only cards that come to their holders in this way.
    kind: Option<Way>,
    /// Only cards that are to be laid ready in the house with this key.
    #[param(value_type = Option<String>)]
    house: Option<Slug>,
    /// The most items of the page: 1 to 500, 50 by default.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A page of the cards that are ready for dispatch.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct DispatchList {
    /// The cards, the longest waiting first.
    items: Vec<ReadyCard>,
    /// Pass it as `after` for the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// How many cards wait in each pile, whichever the list shows.
    counts: Counts,
}

/// The cards that are ready for dispatch: to be posted, to be laid ready, to be issued at the counter. A card is in the list that its
/// holder wants now.
#[utoipa::path(get, path = "/api/v1/dispatch-list", tag = "dispatch", params(DispatchQuery),
    security(("api_key" = ["personalization", "mailroom"])),
    responses((status = 200, body = DispatchList), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_cards_to_dispatch(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | MAILROOM }>,
    Query(query): Query<DispatchQuery>,
) -> Result<Json<DispatchList>, Problem> {
    let pile =
        Pile::of(query.kind, query.house).map_err(|message| Problem::invalid("house", "not_with_others", message))?;
    let mut conn = app.db.snapshot().await?;
    let page = store::ready(&mut conn, &pile, query.after.as_deref(), list::rows(query.limit)).await?;
    let counts = store::count_ready(&mut conn).await?;
    Ok(Json(DispatchList { items: page.items, next: page.next, counts }))
}
