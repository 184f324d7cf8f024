//! `GET /api/v1/audit`.

use super::store;
use crate::app::SharedApp;
use crate::audit::Record;
use crate::web::caller::ADMIN;
use crate::web::list::{self, Items};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Problem, Query};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(read_audit))
}

/// Which records.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct AuditQuery {
    /// Only records of this kind of thing, for instance `card`.
    subject_kind: Option<String>,
    /// Only records of the thing with this id or key.
    subject_id: Option<String>,
    /// The most items of the page: 1 to 500, 50 by default.
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// The audit, the newest record first.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(AuditQuery), security(("api_key" = ["admin"])),
    responses((status = 200, body = Items<Record>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_audit(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    Query(query): Query<AuditQuery>,
) -> Result<Json<Items<Record>>, Problem> {
    let mut conn = app.db.read().await?;
    let AuditQuery { subject_kind, subject_id, limit, after } = query;
    let filter = store::Filter { subject_kind, subject_id, ..store::Filter::default() };
    let page = store::filtered(&mut conn, &filter, after.as_deref(), list::rows(limit)).await?;
    Ok(Json(Items { items: page.items, next: page.next }))
}
