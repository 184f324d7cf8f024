//! `/admin/devices/{id}`: one gate: paired, moved, ruled, revoked; and which blocks it does not know yet.

use super::devices::{DeviceSaid, PlaceChoice, Places, chosen_place};
use super::noticed::CardSaid;
use super::rules::{RuleField, chosen_rules, rule_fields};
use crate::app::SharedApp;
use crate::entry::add_device::{AddDeviceError, renew_pairing_code};
use crate::entry::heard;
use crate::entry::move_device::move_device;
use crate::entry::noticed::{self, Lacks};
use crate::entry::revoke_device::revoke_device;
use crate::entry::set_rules::{SetRulesError, set_rules};
use crate::entry::store::devices;
use crate::kernel::ids::DeviceId;
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Done, Fields, HistoryRow, PageForm, Visitor, act_once, act_once_showing, history};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;

/// So many cards whose block a gate does not know are named.
const LACKING_MAX: usize = 20;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/admin/devices/{id}", get(show))
        .route("/admin/devices/{id}/pairing-code", post(renew))
        .route("/admin/devices/{id}/move", post(move_to))
        .route("/admin/devices/{id}/rules", post(rule))
        .route("/admin/devices/{id}/revoke", get(ask_to_revoke).post(revoke))
}

#[derive(Template)]
#[template(path = "entry/device.html")]
struct DevicePage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    device: DeviceSaid,
    /// The pairing code in two groups, shown this once.
    code: Option<String>,
    plain_code: String,
    server: String,
    places: Vec<PlaceChoice>,
    rules: Vec<RuleField>,
    foreign_codes: bool,
    hours: u16,
    /// Cards whose block the gate does not know, with the annual ticket of each.
    lacking: Vec<CardSaid>,
    history: Vec<HistoryRow>,
    once: String,
}

async fn show(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<DeviceId>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, id, None).await
}

pub(super) async fn page(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    id: DeviceId,
    code: Option<String>,
) -> Result<Response, Problem> {
    heard::write_down(app).await?;
    let mut conn = app.db.read().await?;
    let device = devices::find(&mut conn, id).await?.ok_or_else(|| Problem::not_found("device"))?;
    let places = Places::load(&mut conn).await?;
    let position = app.gates.position(&app.db, &app.random).await?;
    let lacks = noticed::lacks(&mut conn, &position, std::slice::from_ref(&device)).await?.pop().flatten();
    let lacking = match &lacks {
        Some(Lacks::Blocks(cards)) => CardSaid::of(&mut conn, cards.get(..LACKING_MAX).unwrap_or(cards)).await?,
        _ => Vec::new(),
    };
    let history = history::of(&mut conn, &visitor.words, app.config.museum.zone(), &[("device", &id)]).await?;
    drop(conn);
    let grouped = code
        .as_deref()
        .map(|code| code.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" "));
    let stands = match &device.exhibition {
        Some(exhibition) => format!("{}/{exhibition}", device.house),
        None => device.house.to_string(),
    };
    let page = DevicePage {
        places: places.choices(&stands),
        desk: Desk::load(app, &caller.0).await?,
        device: DeviceSaid::of(&device, &places, lacks.as_ref(), visitor.words, app.clock.now()),
        server: app.config.server.base_url.trim_end_matches('/').to_owned(),
        code: grouped,
        plain_code: code.unwrap_or_default(),
        rules: rule_fields(device.rules, visitor.words),
        foreign_codes: device.rules.foreign_codes,
        hours: device.rules.stale_after_hours,
        lacking,
        once: visitor.fresh_once(),
        history,
        visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn renew(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<DeviceId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let code = renew_pairing_code(tx, &deed_act, id).await?;
        Ok::<_, AddDeviceError>((Done::at(format!("/admin/devices/{id}")), code.as_str().to_owned()))
    };
    let (response, made) = act_once_showing(&app, &act, form.get("once"), deed).await?;
    match made {
        Some(code) => page(&app, &caller, &visitor, id, Some(code)).await,
        None => Ok(response),
    }
}

/// Sets the rules of the gate, or of all gates of its house.
async fn rule(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<DeviceId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let rules = chosen_rules(&form).ok_or(SetRulesError::Hours)?;
    let whole_house = form.has("whole_house");
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        set_rules(tx, &deed_act, id, rules, whole_house).await?;
        Ok::<_, SetRulesError>(Done::at(format!("/admin/devices/{id}")).saying("device-rules-set"))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}

/// Moves a gate; it learns so by itself.
async fn move_to(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<DeviceId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let (house, exhibition) = chosen_place(&form);
    let house = house.ok_or(AddDeviceError::UnknownHouse)?;
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        move_device(tx, &deed_act, id, &house, exhibition.as_ref()).await?;
        Ok::<_, AddDeviceError>(Done::at(format!("/admin/devices/{id}")).saying("device-moved"))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}

#[derive(Template)]
#[template(path = "entry/device_revoke.html")]
struct RevokePage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    id: DeviceId,
    name: String,
    once: String,
}

async fn ask_to_revoke(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<DeviceId>,
) -> Result<Response, Problem> {
    let device = devices::find(&mut app.db.read().await?, id).await?.ok_or_else(|| Problem::not_found("device"))?;
    let desk = Desk::load(&app, &caller).await?;
    let page = RevokePage { visitor: &visitor, desk, id, name: device.name, once: visitor.fresh_once() };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn revoke(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    PathKey(id): PathKey<DeviceId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        revoke_device(tx, &deed_act, id).await?;
        Ok::<_, db::DbError>(Done::at(format!("/admin/devices/{id}")).saying("device-is-revoked"))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}
