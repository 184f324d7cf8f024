//! `/api/v1/api-keys`.

use super::checked;
use crate::accounts::api_key;
use crate::accounts::store::{self, KeyRow};
use crate::app::SharedApp;
use crate::kernel::UtcMs;
use crate::kernel::ids::ApiKeyId;
use crate::kernel::roles::{Role, Roles};
use crate::web::caller::ADMIN;
use crate::web::list::{Items, PageQuery};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, NoBody, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(list_api_keys, create_api_key)).routes(routes!(revoke_api_key))
}

/// A key to make.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct KeyRequest {
    /// What the key is for.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// What its bearer may do.
    #[schema(min_items = 1)]
    roles: Vec<Role>,
    /// Special rights: `promotion.override`, `refund.used`.
    #[serde(default)]
    rights: Vec<String>,
}

/// A key, without its secret.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct KeyView {
    /// Its id.
    id: String,
    /// What it is for.
    name: String,
    /// What its bearer may do.
    roles: Vec<Role>,
    /// Special rights.
    rights: Vec<String>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: UtcMs,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<UtcMs>,
}

/// A key that was just made.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct MadeKey {
    /// Its id.
    id: ApiKeyId,
    /// The secret text. It is shown this once and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

/// All keys, the oldest first.
#[utoipa::path(get, path = "/api/v1/api-keys", tag = "accounts", params(PageQuery), security(("api_key" = ["admin"])),
    responses((status = 200, body = Items<KeyView>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_api_keys(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<KeyView>>, Problem> {
    let mut conn = app.db.read().await?;
    let page = store::key_page(&mut conn, query.after.as_deref(), query.rows()).await?;
    Ok(Json(Items { items: page.items.into_iter().map(KeyView::from).collect(), next: page.next }))
}

/// Makes a key, and shows its secret this once. The secret is not kept: a repetition under the same idempotency key answers the
/// same id without it.
#[utoipa::path(post, path = "/api/v1/api-keys", tag = "accounts", request_body = KeyRequest, security(("api_key" = ["admin"])),
    responses((status = 201, body = MadeKey), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_api_key(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<KeyRequest>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let KeyRequest { name, roles, rights } = body.value;
    let (name, roles) = checked(&name, &roles, &rights)?;
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let (id, key) = api_key::create(tx, &deed_act, &name, roles, &rights).await?;
        Ok(MadeKey { id, key: Some(key) })
    };
    let without_secret = |made: MadeKey| MadeKey { key: None, ..made };
    body.once.write_keeping(&app, &act, StatusCode::CREATED, deed, without_secret).await
}

/// Revokes a key: from now on it opens nothing.
#[utoipa::path(delete, path = "/api/v1/api-keys/{id}", tag = "accounts", params(("id" = ApiKeyId, Path, description = "its id")),
    security(("api_key" = ["admin"])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn revoke_api_key(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<ApiKeyId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        if api_key::revoke(tx, &deed_act, id).await? { Ok(()) } else { Err(Problem::not_found("API key")) }
    };
    body.once.write(&app, &act, StatusCode::NO_CONTENT, deed).await
}

impl From<KeyRow> for KeyView {
    fn from(row: KeyRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            roles: Roles::from_text(&row.roles).iter().collect(),
            rights: row.rights.split(',').filter(|right| !right.is_empty()).map(str::to_owned).collect(),
            created_at: UtcMs(row.created_at),
            revoked_at: row.revoked_at.map(UtcMs),
        }
    }
}
