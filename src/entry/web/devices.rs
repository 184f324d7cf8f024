//! `/admin/devices`: the gates: added, heard of, and what they do not know yet.

use super::device;
use crate::app::SharedApp;
use crate::catalog::{Exhibition, House, store as catalog};
use crate::entry::add_device::{AddDeviceError, add_device};
use crate::entry::device::{CodeLife, Device, DeviceState, NewDevice};
use crate::entry::heard;
use crate::entry::noticed::{self, Lacks};
use crate::entry::store::devices;
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, Words, act_once_showing, encode};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::Conn;
use gate_protocol::Direction;
use serde::Deserialize;

/// Gates on a page of the list.
const ROWS: u32 = 100;
/// The longest name of a gate, in characters.
const NAME_CHARS_MAX: usize = 100;
/// A gate that was silent for so long needs a look, in milliseconds. Gates ask at least every five minutes.
const SILENT_MS: i64 = 15 * 60 * 1_000;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/admin/devices", get(list)).route("/admin/devices/new", get(show_new).post(add))
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    after: Option<String>,
}

/// A gate in words.
pub(super) struct DeviceSaid {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) place: String,
    pub(super) direction: String,
    pub(super) tone: &'static str,
    pub(super) symbol: &'static str,
    pub(super) state: String,
    pub(super) heard: String,
    pub(super) version: String,
    /// Which blocks it does not know yet; empty for a gate that is not at work.
    pub(super) knows: String,
    pub(super) knows_all: bool,
    pub(super) is_ours: bool,
}

impl DeviceSaid {
    pub(super) fn of(device: &Device, places: &Places, lacks: Option<&Lacks>, words: Words, now: UtcMs) -> Self {
        let silent = device.last_seen_at.is_none_or(|at| now.0 - at.0 > SILENT_MS);
        let (tone, symbol, state) = match device.state {
            DeviceState::Unpaired => ("attention", "◷", "device-unpaired"),
            DeviceState::Paired if silent => ("attention", "!", "device-silent"),
            DeviceState::Paired => ("good", "✓", "device-paired"),
            DeviceState::Revoked => ("plain", "✕", "device-revoked"),
        };
        Self {
            id: device.id.to_string(),
            name: device.name.clone(),
            place: places.name(device),
            direction: words.t(if device.direction == Direction::Out { "device-out" } else { "device-in" }),
            tone,
            symbol,
            state: words.t(state),
            heard: heard(device.last_seen_at, now, words),
            version: device.agent_version.clone().unwrap_or_default(),
            knows: lacks.map(|lacks| knows(lacks, words)).unwrap_or_default(),
            knows_all: lacks.is_none_or(|lacks| *lacks == Lacks::Blocks(Vec::new())),
            is_ours: device.state != DeviceState::Revoked,
        }
    }
}

/// How long ago a gate made itself heard.
fn heard(at: Option<UtcMs>, now: UtcMs, words: Words) -> String {
    let Some(at) = at else { return words.t("device-never-heard") };
    let secs = (now.0 - at.0).max(0) / 1_000;
    match secs {
        0..=59 => words.t1("device-heard-seconds", "count", secs),
        60..=3_599 => words.t1("device-heard-minutes", "count", secs / 60),
        3_600..=86_399 => words.t1("device-heard-hours", "count", secs / 3_600),
        _ => words.t1("device-heard-days", "count", secs / 86_400),
    }
}

/// Which blocks a gate does not know yet.
fn knows(lacks: &Lacks, words: Words) -> String {
    match lacks {
        Lacks::Everything => words.t("device-knows-nothing"),
        Lacks::Blocks(cards) if cards.is_empty() => words.t("device-knows-all"),
        Lacks::Blocks(cards) => {
            words.t1("device-lacks-blocks", "count", i64::try_from(cards.len()).unwrap_or(i64::MAX))
        }
    }
}

/// Where gates can stand.
pub(super) struct Places {
    houses: Vec<House>,
    exhibitions: Vec<Exhibition>,
}

impl Places {
    pub(super) async fn load(conn: &mut Conn) -> Result<Self, db::DbError> {
        Ok(Self { houses: catalog::houses(conn).await?, exhibitions: catalog::exhibitions(conn).await? })
    }

    pub(super) fn name(&self, device: &Device) -> String {
        let house = self.houses.iter().find(|house| house.key == device.house).map(|house| house.name.clone());
        let exhibition = self.exhibitions.iter().find(|one| Some(&one.key) == device.exhibition.as_ref());
        house.into_iter().chain(exhibition.map(|one| one.name.clone())).collect::<Vec<_>>().join(" · ")
    }

    /// Houses, and exhibitions as `house/exhibition`, each with its name.
    pub(super) fn choices(&self, chosen: &str) -> Vec<PlaceChoice> {
        let choice = |value: String, name: String| PlaceChoice { on: value == chosen, value, name };
        let mut all = Vec::new();
        for house in &self.houses {
            all.push(choice(house.key.to_string(), house.name.clone()));
            for one in self.exhibitions.iter().filter(|one| one.house == house.key) {
                all.push(choice(format!("{}/{}", house.key, one.key), format!("{} · {}", house.name, one.name)));
            }
        }
        all
    }
}

/// A place to choose.
pub(super) struct PlaceChoice {
    pub(super) value: String,
    pub(super) name: String,
    pub(super) on: bool,
}

#[derive(Template)]
#[template(path = "entry/devices.html")]
struct ListPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    devices: Vec<DeviceSaid>,
    /// How much gates noticed lately.
    noticed: usize,
    next: Option<String>,
}

async fn list(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ADMIN>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    heard::write_down(&app).await?;
    let mut conn = app.db.read().await?;
    let found = devices::page(&mut conn, wanted.after.as_deref(), ROWS).await?;
    let places = Places::load(&mut conn).await?;
    let position = app.gates.position(&app.db, &app.random).await?;
    let lacks = noticed::lacks(&mut conn, &position, &found.items).await?;
    let seen = noticed::noticed(&mut conn, app.clock.now()).await?;
    drop(conn);
    let now = app.clock.now();
    let said = |(device, lacks): (&Device, &Option<Lacks>)| {
        DeviceSaid::of(device, &places, lacks.as_ref(), visitor.words, now)
    };
    let page = ListPage {
        desk: Desk::load(&app, &caller).await?,
        devices: found.items.iter().zip(&lacks).map(said).collect(),
        noticed: [seen.by_hand.len(), seen.conflicts.len(), seen.travels.len()].iter().sum(),
        next: found.next.map(|after| format!("/admin/devices?after={}", encode(&after))),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

#[derive(Template)]
#[template(path = "entry/device_new.html")]
struct NewPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    form: &'a Fields,
    places: Vec<PlaceChoice>,
    errors: FormErrors,
    once: String,
}

async fn show_new(State(app): State<SharedApp>, caller: Allowed<ADMIN>, visitor: Visitor) -> Result<Response, Problem> {
    new_page(&app, &caller, &visitor, &Fields::default(), FormErrors::default()).await
}

async fn new_page(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    form: &Fields,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let places = Places::load(&mut app.db.read().await?).await?;
    let status = errors.status();
    let page = NewPage {
        desk: Desk::load(app, &caller.0).await?,
        places: places.choices(form.get("place")),
        once: visitor.fresh_once(),
        visitor,
        form,
        errors,
    };
    Ok(Visitor::show(status, &page))
}

async fn add(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let mut errors = FormErrors::default();
    let name = clean(form.get("name"));
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        errors.add("name", visitor.words.problem("device_name"));
    }
    let (house, exhibition) = chosen_place(&form);
    let Some(house) = house.filter(|_| errors.is_empty()) else {
        if !form.has("place") {
            errors.add("place", visitor.words.problem("unknown_house"));
        }
        return new_page(&app, &caller, &visitor, &form, errors).await;
    };
    let direction = if form.get("direction") == "out" { Direction::Out } else { Direction::In };
    let new = NewDevice { name, house, exhibition, direction };
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let (id, code) = add_device(tx, &deed_act, &new, CodeLife::Minutes).await?;
        Ok((Done::at(format!("/admin/devices/{id}")), (id, code.as_str().to_owned())))
    };
    let (response, made) = match act_once_showing(&app, &act, form.get("once"), deed).await {
        Ok(done) => done,
        Err(AddDeviceError::Db(error)) => return Err(error.into()),
        Err(_) => {
            errors.add("place", visitor.words.problem("unknown_house"));
            return new_page(&app, &caller, &visitor, &form, errors).await;
        }
    };
    match made {
        Some((id, code)) => device::page(&app, &caller, &visitor, id, Some(code)).await,
        None => Ok(response),
    }
}

/// A place as [`Places::choices`] writes it.
pub(super) fn chosen_place(form: &Fields) -> (Option<Slug>, Option<Slug>) {
    match form.get("place").split_once('/') {
        Some((house, exhibition)) => (house.parse().ok(), exhibition.parse().ok()),
        None => (form.get("place").parse().ok(), None),
    }
}
