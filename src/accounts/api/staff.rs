//! `/api/v1/staff`.

use super::checked;
use crate::accounts::password;
use crate::accounts::staff::{self, AddStaffError, NewStaff};
use crate::accounts::store::{self, StaffRow};
use crate::app::SharedApp;
use crate::kernel::ids::StaffId;
use crate::kernel::roles::{Role, Roles};
use crate::web::caller::ADMIN;
use crate::web::list::{Items, PageQuery};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(list_staff, add_staff)).routes(routes!(change_staff))
}

/// A member of staff to add.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct StaffRequest {
    /// The address with which they sign in.
    #[schema(max_length = 254)]
    email: String,
    /// Their name.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Their first password, of 10 characters or more.
    #[schema(min_length = 10, max_length = 200)]
    password: String,
    /// What they may do.
    #[schema(min_items = 1)]
    roles: Vec<Role>,
    /// Special rights: `promotion.override`, `refund.used`.
    #[serde(default)]
    rights: Vec<String>,
}

/// A member of staff.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct StaffView {
    /// Their id.
    id: String,
    /// The address with which they sign in.
    email: String,
    /// Their name.
    name: String,
    /// What they may do.
    roles: Vec<Role>,
    /// Special rights.
    rights: Vec<String>,
    /// Whether they can no longer sign in.
    disabled: bool,
}

/// A member of staff who was just added.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct AddedStaff {
    /// Their id.
    id: StaffId,
}

/// All members of staff, who came first first.
#[utoipa::path(get, path = "/api/v1/staff", tag = "accounts", params(PageQuery), security(("api_key" = ["admin"])),
    responses((status = 200, body = Items<StaffView>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_staff(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<StaffView>>, Problem> {
    let mut conn = app.db.read().await?;
    let page = store::staff_page(&mut conn, query.after.as_deref(), query.rows()).await?;
    Ok(Json(Items { items: page.items.into_iter().map(StaffView::from).collect(), next: page.next }))
}

/// Adds a member of staff.
#[utoipa::path(post, path = "/api/v1/staff", tag = "accounts", request_body = StaffRequest, security(("api_key" = ["admin"])),
    responses((status = 201, body = AddedStaff), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn add_staff(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<StaffRequest>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let request = body.value;
    let (name, roles) = checked(&request.name, &request.roles, &request.rights)?;
    let random = act.random.clone();
    let password = request.password;
    let password_hash = tokio::task::spawn_blocking(move || password::hash(&password, &*random))
        .await
        .map_err(|error| Problem::internal("the password was not hashed", &error))?
        .map_err(|message| Problem::invalid("password", "invalid_value", message))?;
    let new = NewStaff { email: request.email, name, password_hash, roles, rights: request.rights };
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| Ok(AddedStaff { id: staff::add(tx, &deed_act, &new).await? });
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// What is to change about a member of staff.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct StaffChange {
    /// Whether they can no longer sign in. Who is disabled is signed out everywhere at once.
    disabled: bool,
}

/// A member of staff who was just changed.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct ChangedStaff {
    /// Their id.
    id: StaffId,
    /// Whether they can no longer sign in.
    disabled: bool,
}

/// Lets a member of staff no longer sign in, or again.
#[utoipa::path(patch, path = "/api/v1/staff/{id}", tag = "accounts", params(("id" = StaffId, Path, description = "their id")),
    request_body = StaffChange, security(("api_key" = ["admin"])),
    responses((status = 200, body = ChangedStaff), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn change_staff(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<StaffId>,
    body: Body<StaffChange>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let StaffChange { disabled } = body.value;
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        if staff::set_disabled(tx, &deed_act, id, disabled).await? {
            Ok(ChangedStaff { id, disabled })
        } else {
            Err(Problem::not_found("member of staff"))
        }
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

impl From<StaffRow> for StaffView {
    fn from(row: StaffRow) -> Self {
        Self {
            id: row.id,
            email: row.email,
            name: row.name,
            roles: Roles::from_text(&row.roles).iter().collect(),
            rights: row.rights.split(',').filter(|right| !right.is_empty()).map(str::to_owned).collect(),
            disabled: row.disabled,
        }
    }
}

impl From<AddStaffError> for Problem {
    fn from(error: AddStaffError) -> Self {
        match error {
            AddStaffError::NotAnEmail(_) => Self::invalid("email", "invalid_value", error.to_string()),
            AddStaffError::EmailTaken => {
                Self::conflict("email_taken", "Somebody with this e-mail address works here already.")
            }
            AddStaffError::Db(error) => error.into(),
        }
    }
}
