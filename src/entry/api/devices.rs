//! `/api/v1/devices`.

use crate::app::SharedApp;
use crate::entry::add_device::{self, AddDeviceError};
use crate::entry::device::{CodeLife, Device, DeviceState, NewDevice};
use crate::entry::heard;
use crate::entry::rules::GateRules;
use crate::entry::set_rules::{self, SetRulesError};
use crate::entry::store::devices;
use crate::entry::{move_device, revoke_device};
use crate::kernel::UtcMs;
use crate::kernel::ids::DeviceId;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::web::caller::ADMIN;
use crate::web::list::{Items, PageQuery};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, NoBody, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use gate_protocol::Direction;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The longest name of a gate, in characters.
const NAME_CHARS_MAX: usize = 100;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(list_devices, create_device))
        .routes(routes!(read_device))
        .routes(routes!(renew_pairing_code))
        .routes(routes!(revoke))
        .routes(routes!(move_device))
        .routes(routes!(put_rules))
}

/// A gate to add.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct DeviceRequest {
    /// What staff call it.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// The house it stands in.
    house: Slug,
    /// The exhibition it leads into.
    #[serde(default)]
    exhibition: Option<Slug>,
    /// Way in (the default) or way out.
    #[serde(default)]
    direction: Option<Way>,
}

/// Where a gate goes.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct MoveRequest {
    /// The house it will stand in.
    house: Slug,
    /// The exhibition it will lead into.
    #[serde(default)]
    exhibition: Option<Slug>,
}

/// How a gate is to decide where a house may choose. What is left out is as usual.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct RulesRequest {
    /// The rules.
    #[schema(value_type = RulesShape)]
    rules: GateRules,
    /// For all gates of its house.
    #[serde(default)]
    whole_house: bool,
}

/// The rules of a gate.
#[derive(utoipa::ToSchema)]
#[schema(as = GateRules)]
#[expect(dead_code, reason = "describes the rules in the API's document")]
struct RulesShape {
    /// A well-signed card that the gate does not know: `admit` or `refuse`.
    #[schema(required = false, pattern = "^(admit|refuse)$")]
    unknown_signed: String,
    /// Data that was not in step for so many hours is stale; 0: never.
    #[schema(required = false, maximum = 744)]
    stale_after_hours: u16,
    /// What a gate with stale data does: `warn`, `attention` or `refuse_unknown`.
    #[schema(required = false, pattern = "^(warn|attention|refuse_unknown)$")]
    stale: String,
    /// What a gate does that cannot write down entries: `open` or `stay_shut`.
    #[schema(required = false, pattern = "^(open|stay_shut)$")]
    journal_broken: String,
    /// What a gate does that does not know the time: `attention` or `refuse`.
    #[schema(required = false, pattern = "^(attention|refuse)$")]
    clock_unsure: String,
    /// Whether codes of an older system open here.
    #[schema(required = false)]
    foreign_codes: bool,
}

/// Way in or way out.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum Way {
    /// Visitors enter here.
    In,
    /// Visitors leave here.
    Out,
}

/// A gate that waits for its agent.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct AddedDevice {
    /// Its id.
    id: DeviceId,
    /// Eight digits for `scanner-agent pair`, good for ten minutes.
    pairing_code: String,
}

/// A gate.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct DeviceView {
    /// Its id.
    id: DeviceId,
    /// What staff call it.
    name: String,
    /// The house it stands in.
    house: Slug,
    /// The exhibition it leads into.
    #[serde(skip_serializing_if = "Option::is_none")]
    exhibition: Option<Slug>,
    /// Way in or way out.
    direction: Way,
    /// Whether it is one of ours.
    state: DeviceState,
    /// The version of its program.
    #[serde(skip_serializing_if = "Option::is_none")]
    agent_version: Option<String>,
    /// When it last made itself heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    last_seen_at: Option<UtcMs>,
    /// The number of the last change that it knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    known_sequence: Option<i64>,
    /// How it is to decide.
    #[schema(value_type = RulesShape)]
    rules: GateRules,
    /// When it was added.
    #[schema(value_type = String, format = DateTime)]
    created_at: UtcMs,
}

/// All gates, the oldest first.
#[utoipa::path(get, path = "/api/v1/devices", tag = "entry", params(PageQuery), security(("api_key" = ["admin"])),
    responses((status = 200, body = Items<DeviceView>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_devices(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<DeviceView>>, Problem> {
    heard::write_down(&app).await?;
    let mut conn = app.db.read().await?;
    let page = devices::page(&mut conn, query.after.as_deref(), query.rows()).await?;
    Ok(Json(Items { items: page.items.into_iter().map(DeviceView::from).collect(), next: page.next }))
}

/// Adds a gate, and shows the code with which its agent is paired.
#[utoipa::path(post, path = "/api/v1/devices", tag = "entry", request_body = DeviceRequest, security(("api_key" = ["admin"])),
    responses((status = 201, body = AddedDevice), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_device(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    body: Body<DeviceRequest>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let new = checked(body.value)?;
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let (id, code) = add_device::add_device(tx, &deed_act, &new, CodeLife::Minutes).await?;
        Ok(AddedDevice { id, pairing_code: code.as_str().to_owned() })
    };
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// One gate.
#[utoipa::path(get, path = "/api/v1/devices/{id}", tag = "entry", params(("id" = DeviceId, Path, description = "its id")),
    security(("api_key" = ["admin"])),
    responses((status = 200, body = DeviceView), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_device(
    State(app): State<SharedApp>,
    _: Allowed<ADMIN>,
    PathKey(id): PathKey<DeviceId>,
) -> Result<Json<DeviceView>, Problem> {
    heard::write_down(&app).await?;
    let mut conn = app.db.read().await?;
    let device = devices::find(&mut conn, id).await?.ok_or_else(|| Problem::not_found("device"))?;
    Ok(Json(device.into()))
}

/// Hands out another pairing code: the first one ran out, or the machine was replaced.
#[utoipa::path(post, path = "/api/v1/devices/{id}/pairing-code", tag = "entry",
    params(("id" = DeviceId, Path, description = "its id")), security(("api_key" = ["admin"])),
    responses((status = 200, body = AddedDevice), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn renew_pairing_code(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<DeviceId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let code = add_device::renew_pairing_code(tx, &deed_act, id).await?;
        Ok(AddedDevice { id, pairing_code: code.as_str().to_owned() })
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Revokes a gate: it is told so, and forgets its cards.
#[utoipa::path(post, path = "/api/v1/devices/{id}/revoke", tag = "entry", params(("id" = DeviceId, Path, description = "its id")),
    security(("api_key" = ["admin"])),
    responses((status = 200, body = DeviceView), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn revoke(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<DeviceId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        revoke_device::revoke_device(tx, &deed_act, id).await?;
        let device = devices::find(tx, id).await?.ok_or_else(|| Problem::not_found("device"))?;
        Ok(DeviceView::from(device))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Moves a gate to another house or exhibition; it learns so within seconds.
#[utoipa::path(post, path = "/api/v1/devices/{id}/move", tag = "entry", params(("id" = DeviceId, Path, description = "its id")),
    request_body = MoveRequest, security(("api_key" = ["admin"])),
    responses((status = 200, body = DeviceView), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn move_device(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<DeviceId>,
    body: Body<MoveRequest>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let (deed_act, to) = (act.clone(), body.value);
    let deed = async move |tx: &mut Conn| {
        move_device::move_device(tx, &deed_act, id, &to.house, to.exhibition.as_ref()).await?;
        let device = devices::find(tx, id).await?.ok_or_else(|| Problem::not_found("device"))?;
        Ok(DeviceView::from(device))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Sets the rules of a gate, or of all gates of its house; they learn so within seconds.
#[utoipa::path(put, path = "/api/v1/devices/{id}/rules", tag = "entry", params(("id" = DeviceId, Path, description = "its id")),
    request_body = RulesRequest, security(("api_key" = ["admin"])),
    responses((status = 200, body = DeviceView), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn put_rules(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<DeviceId>,
    body: Body<RulesRequest>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let (deed_act, RulesRequest { rules, whole_house }) = (act.clone(), body.value);
    let deed = async move |tx: &mut Conn| {
        set_rules::set_rules(tx, &deed_act, id, rules, whole_house).await?;
        let device = devices::find(tx, id).await?.ok_or_else(|| Problem::not_found("device"))?;
        Ok(DeviceView::from(device))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

fn checked(request: DeviceRequest) -> Result<NewDevice, Problem> {
    let name = clean(&request.name);
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        return Err(Problem::invalid("name", "invalid_value", format!("a name has 1 to {NAME_CHARS_MAX} characters")));
    }
    let direction = match request.direction {
        Some(Way::Out) => Direction::Out,
        Some(Way::In) | None => Direction::In,
    };
    Ok(NewDevice { name, house: request.house, exhibition: request.exhibition, direction })
}

impl From<Device> for DeviceView {
    fn from(device: Device) -> Self {
        Self {
            id: device.id,
            name: device.name,
            house: device.house,
            exhibition: device.exhibition,
            direction: if device.direction == Direction::Out { Way::Out } else { Way::In },
            state: device.state,
            agent_version: device.agent_version,
            last_seen_at: device.last_seen_at,
            known_sequence: device.known_seq,
            rules: device.rules,
            created_at: device.created_at,
        }
    }
}

impl From<AddDeviceError> for Problem {
    fn from(error: AddDeviceError) -> Self {
        let message = error.to_string();
        match error {
            AddDeviceError::UnknownHouse => Self::invalid("house", "unknown_house", message),
            AddDeviceError::UnknownExhibition => Self::invalid("exhibition", "unknown_exhibition", message),
            AddDeviceError::UnknownDevice => Self::not_found("device"),
            AddDeviceError::Db(error) => error.into(),
        }
    }
}

impl From<SetRulesError> for Problem {
    fn from(error: SetRulesError) -> Self {
        let message = error.to_string();
        match error {
            SetRulesError::Hours => Self::invalid("rules.stale_after_hours", "out_of_bounds", message),
            SetRulesError::UnknownDevice => Self::not_found("device"),
            SetRulesError::Db(error) => error.into(),
        }
    }
}
