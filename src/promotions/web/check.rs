//! `/campaigns/{key}/check`: what keeps an offer from acting as it was meant.

use super::record::find;
use super::say::today;
use crate::app::SharedApp;
use crate::catalog::store as catalog;
use crate::kernel::UtcMs;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::promotions::conflicts::{Conflict, House, conflicts};
use crate::promotions::{KnownOffer, store};
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, Visitor};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono_tz::Tz;
use db::{Conn, DbError};

/// The most events to come that are looked at.
const EVENTS_MAX: u32 = 5_000;
/// How many offers are read at once.
const CHUNK: u32 = 500;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/campaigns/{key}/check", get(show))
}

/// A conflict in words.
struct Said {
    tone: &'static str,
    symbol: &'static str,
    text: String,
    /// The page of the other offer.
    path: Option<String>,
}

#[derive(Template)]
#[template(path = "promotions/check.html")]
struct CheckPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    key: &'a Slug,
    name: String,
    found: Vec<Said>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
) -> Result<Response, Problem> {
    let zone = app.config.museum.zone();
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let known = find(&mut conn, &key).await?;
    let has_codes = store::first_codes(&mut conn).await?.contains_key(key.as_str());
    let others = all_offers(&mut conn).await?;
    let house = house(&mut conn, now, zone).await?;
    drop(conn);
    let found = conflicts(&known, has_codes, &others, &house, today(now, zone));
    let page = CheckPage {
        desk: Desk::load(&app, &caller).await?,
        found: found.iter().map(|conflict| said(conflict, &others, &visitor)).collect(),
        name: known.offer.name.unwrap_or_else(|| key.to_string()),
        key: &key,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn all_offers(conn: &mut Conn) -> Result<Vec<KnownOffer>, DbError> {
    let (mut all, mut after): (Vec<KnownOffer>, Option<String>) = (Vec::new(), None);
    loop {
        let page = store::offers_page(conn, after.as_deref(), CHUNK).await?;
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
}

async fn house(conn: &mut Conn, now: UtcMs, zone: Tz) -> Result<House, DbError> {
    let categories = catalog::categories(conn).await?;
    let events = catalog::events_between(conn, None, now, None, EVENTS_MAX).await?;
    Ok(House {
        houses: catalog::houses(conn).await?.into_iter().map(|house| house.key.to_string()).collect(),
        exhibitions: catalog::exhibitions(conn).await?.into_iter().map(|one| one.key.to_string()).collect(),
        products: catalog::products(conn).await?.into_iter().map(|product| product.key.to_string()).collect(),
        category_labels: categories.iter().flat_map(|category| category.labels.iter().cloned()).collect(),
        categories: categories.into_iter().map(|category| category.key.to_string()).collect(),
        event_labels: catalog::event_labels(conn).await?,
        events: events
            .into_iter()
            .map(|event| (event.key.to_string(), local_day(event.starts_at, zone), event.labels))
            .collect(),
    })
}

fn said(conflict: &Conflict, others: &[KnownOffer], visitor: &Visitor) -> Said {
    let words = visitor.words;
    let bad = |text| Said { tone: "attention", symbol: "!", text, path: None };
    match conflict {
        Conflict::NeverValid => bad(words.t("check-never-valid")),
        Conflict::Over(day) => bad(words.t1("check-over", "day", words.date(*day))),
        Conflict::UnreachableLabel(label) => bad(words.t1("check-unreachable-label", "label", label.as_str())),
        Conflict::UnknownKey(key) => bad(words.t1("check-unknown-key", "key", key.as_str())),
        Conflict::EventsNeverMeet => bad(words.t("check-events-never-meet")),
        Conflict::NoCode => bad(words.t("check-no-code")),
        Conflict::Overlap { with, how } => {
            let other = others.iter().find(|other| other.key == *with);
            let name = other.and_then(|other| other.offer.name.clone()).unwrap_or_else(|| with.to_string());
            let text = words.t1(&format!("check-overlap-{}", how.as_str()), "offer", name);
            Said { tone: "calm", symbol: "∩", text, path: Some(format!("/campaigns/{with}")) }
        }
    }
}
