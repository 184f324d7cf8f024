//! `/entry`: the check of cards. The answer fills the screen; without scripts it is a page of its own, with them it lies over the
//! page and goes by itself.

use super::station::{self, PAUSES_SECS, Station};
use super::verdict::Said;
use crate::app::SharedApp;
use crate::cards;
use crate::catalog::{Exhibition, House, store as catalog};
use crate::entry::check::{Answer, CheckError, Question, check};
use crate::kernel::UtcMs;
use crate::kernel::ids::AnnualTicketId;
use crate::web::caller::ENTRY;
use crate::web::pages::desk::Desk;
use crate::web::pages::{Language, PageForm, Visitor, Words, cookies};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use card::CardNumber;
use db::{Conn, DbError};
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/entry", get(show).post(answer))
        .route("/entry/station", post(choose_station))
        .route("/entry/pulse", get(pulse))
        .route("/entry/portraits/{id}", get(portrait))
}

#[derive(Template)]
#[template(path = "entry/check.html")]
struct CheckPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    station: Option<Station>,
    place: String,
    places: Vec<PlaceChoice>,
    pauses: [u32; 4],
}

impl CheckPage<'_> {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn is_pause(&self, secs: &u32) -> bool {
        self.station.as_ref().map_or(Station::PAUSE_USUAL_SECS, |station| station.pause_secs) == *secs
    }
}

/// A place to choose.
struct PlaceChoice {
    value: String,
    name: String,
    is_chosen: bool,
}

/// The whole screen.
#[derive(Template)]
#[template(path = "entry/verdict.html")]
struct VerdictPage<'a> {
    visitor: &'a Visitor,
    said: Said,
    /// The texts in the language of the guest.
    words: Words,
    place: String,
    time: String,
    scan: String,
    pause_secs: u32,
    once: String,
}

impl VerdictPage<'_> {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn is_guests(&self, language: &Language) -> bool {
        self.words.language == *language
    }
}

/// The houses and exhibitions where cards can be checked.
struct Places {
    houses: Vec<House>,
    exhibitions: Vec<Exhibition>,
}

impl Places {
    async fn load(conn: &mut Conn) -> Result<Self, DbError> {
        Ok(Self { houses: catalog::houses(conn).await?, exhibitions: catalog::exhibitions(conn).await? })
    }

    /// The station that the browser remembers, if it is still there.
    fn station(&self, headers: &HeaderMap) -> Option<Station> {
        let kept: Option<Station> = cookies::find(headers, station::COOKIE).and_then(|text| text.parse().ok());
        kept.filter(|kept| self.house(kept).is_some() && (kept.exhibition.is_none() || self.exhibition(kept).is_some()))
            .or_else(|| Station::only(&self.houses, &self.exhibitions))
    }

    fn house(&self, station: &Station) -> Option<&House> {
        self.houses.iter().find(|house| house.key == station.house)
    }

    fn exhibition(&self, station: &Station) -> Option<&Exhibition> {
        let wanted = station.exhibition.as_ref()?;
        self.exhibitions.iter().find(|one| one.key == *wanted && one.house == station.house)
    }

    fn name(&self, station: &Station) -> String {
        let house = self.house(station).map_or("", |house| house.name.as_str());
        match self.exhibition(station) {
            Some(exhibition) => format!("{house} · {}", exhibition.name),
            None => house.to_owned(),
        }
    }

    fn choices(&self, chosen: Option<&Station>) -> Vec<PlaceChoice> {
        let chosen = chosen.map(Station::place);
        let of_house = |house: &House| {
            let whole = (house.key.to_string(), house.name.clone());
            let parts = self.exhibitions.iter().filter(|one| one.house == house.key);
            let parts =
                parts.map(|one| (format!("{}/{}", house.key, one.key), format!("{} · {}", house.name, one.name)));
            std::iter::once(whole).chain(parts.collect::<Vec<_>>())
        };
        let choice =
            |(value, name): (String, String)| PlaceChoice { is_chosen: chosen.as_ref() == Some(&value), value, name };
        self.houses.iter().flat_map(of_house).map(choice).collect()
    }

    fn clock(&self, station: &Station, at: UtcMs) -> String {
        let zone = self.house(station).map_or(chrono_tz::Tz::UTC, House::zone);
        at.to_datetime().with_timezone(&zone).format("%H:%M").to_string()
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ENTRY>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let places = Places::load(&mut conn).await?;
    drop(conn);
    let station = places.station(&headers);
    let page = CheckPage {
        desk: Desk::load(&app, &caller).await?,
        place: station.as_ref().map(|station| places.name(station)).unwrap_or_default(),
        places: places.choices(station.as_ref()),
        station,
        pauses: PAUSES_SECS,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

#[derive(Debug, Deserialize)]
struct Scanned {
    scan: String,
    /// The language of the guest; that of the page when absent.
    #[serde(default)]
    guest: Option<String>,
}

async fn answer(
    State(app): State<SharedApp>,
    _: Allowed<ENTRY>,
    visitor: Visitor,
    headers: HeaderMap,
    PageForm(scanned): PageForm<Scanned>,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let places = Places::load(&mut conn).await?;
    drop(conn);
    let Some(station) = places.station(&headers) else { return Ok(Redirect::to("/entry").into_response()) };
    let now = app.clock.now();
    let (found, was_typed) = ask(&app, &station, &scanned.scan, now).await?;
    let words = scanned.guest.and_then(|tag| tag.parse().ok()).map_or(visitor.words, Words::of);
    let page = VerdictPage {
        said: Said::of(&found, words, was_typed),
        words,
        place: places.name(&station),
        time: places.clock(&station, now),
        scan: scanned.scan,
        pause_secs: station.pause_secs,
        once: visitor.fresh_once(),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// What the check says of a scanned code, or of a card number that somebody typed; and whether it was typed.
pub(super) async fn ask(
    app: &SharedApp,
    station: &Station,
    text: &str,
    at: UtcMs,
) -> Result<(Answer, bool), CheckError> {
    let typed = match CardNumber::parse(text) {
        Ok(number) => cards::code_of_number(&mut app.db.read().await?, number).await?,
        Err(_) => None,
    };
    let was_typed = typed.is_some();
    let code = typed.unwrap_or_else(|| text.to_owned());
    let question = Question { code, house: station.house.clone(), exhibition: station.exhibition.clone(), at };
    Ok((check(app, &question).await?, was_typed))
}

/// The station that the browser remembers.
pub(super) async fn station_of(app: &SharedApp, headers: &HeaderMap) -> Result<Option<(Station, House)>, Problem> {
    let places = Places::load(&mut app.db.read().await?).await?;
    let station = places.station(headers);
    Ok(station.and_then(|station| {
        let house = places.house(&station)?.clone();
        Some((station, house))
    }))
}

#[derive(Debug, Deserialize)]
struct StationForm {
    place: String,
    #[serde(default)]
    pause: Option<u32>,
}

async fn choose_station(
    State(app): State<SharedApp>,
    _: Allowed<ENTRY>,
    PageForm(form): PageForm<StationForm>,
) -> Result<Response, Problem> {
    let back = Redirect::to("/entry").into_response();
    let Some(chosen) = Station::chosen(&form.place, form.pause.unwrap_or_default()) else { return Ok(back) };
    let cookie = cookies::to_keep(&app, station::COOKIE, chosen.to_string(), station::REMEMBERED_SECS);
    Ok(cookies::set(back, &cookie))
}

/// Says that the server is there and who asks is still signed in.
async fn pulse(_: Allowed<ENTRY>) -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The portrait to compare a guest with.
async fn portrait(
    State(app): State<SharedApp>,
    _: Allowed<ENTRY>,
    PathKey(id): PathKey<AnnualTicketId>,
) -> Result<Response, Problem> {
    let not_found = || Problem::not_found("portrait");
    let mut conn = app.db.read().await?;
    let photo = cards::portray::portrait_of(&mut conn, id).await?.ok_or_else(not_found)?;
    drop(conn);
    let internal = |error: anyhow::Error| Problem::internal("a portrait cannot be read", &error);
    let jpeg = app.files.find(&photo.file).await.map_err(internal)?.ok_or_else(not_found)?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"))], jpeg).into_response())
}
