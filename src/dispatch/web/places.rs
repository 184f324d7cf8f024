//! `/mailroom/places`: where every card is that waits for somebody, for how long, and what is late; by house and by print run.

use crate::app::SharedApp;
use crate::cards::CardState;
use crate::cards::queue::{self, Filter, Sort};
use crate::cards::web::StateLabel;
use crate::dispatch::lateness::{BOX_DAYS, days_between, late_before};
use crate::dispatch::store::{boxes, monitor};
use crate::dispatch::transfer::BoxState;
use crate::kernel::ids::PrintRunId;
use crate::production::web::view::{CardRow, Names};
use crate::web::caller::{MAILROOM, PERSONALIZATION};
use crate::web::pages::{Desk, Fields, Visitor, address};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

const PATH: &str = "/mailroom/places";
/// The rows of a page of late cards.
const ROWS: u32 = 50;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/mailroom/places", get(show)).route("/mailroom/places/cards", get(show_cards))
}

/// Cards in one place.
struct PlaceRow {
    label: StateLabel,
    house: String,
    cards: i64,
    path: String,
    days: i64,
    late: i64,
    late_path: String,
}

/// Cards in boxes.
struct BoxedRow {
    state: String,
    house: String,
    cards: i64,
    days: i64,
    is_late: bool,
}

/// A print run and where its cards are.
struct RunRow {
    id: PrintRunId,
    number: i64,
    cards: i64,
    places: Vec<(StateLabel, i64)>,
}

#[derive(Template)]
#[template(path = "dispatch/places.html")]
struct PlacesPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    late: i64,
    places: Vec<PlaceRow>,
    boxes: Vec<BoxedRow>,
    runs: Vec<RunRow>,
}

#[derive(Template)]
#[template(path = "dispatch/place_cards.html")]
struct CardsPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    label: StateLabel,
    house: String,
    is_late: bool,
    total: i64,
    rows: Vec<(CardRow, Option<String>)>,
    next: Option<String>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let desk = Desk::load(&app, &caller).await?;
    let (words, now) = (visitor.words, app.clock.now());
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, words).await?;
    let house = |key: &str| key.parse().map(|key| names.house(&key)).unwrap_or_default();
    let places: Vec<PlaceRow> = monitor::places(&mut conn, now)
        .await?
        .into_iter()
        .map(|place| {
            let key = place.house.unwrap_or_default();
            let path = |late: &str| {
                let pairs = [("state", place.state.as_str()), ("house", key.as_str()), ("late", late)];
                address(&format!("{PATH}/cards"), &pairs)
            };
            PlaceRow {
                label: StateLabel::of_card(place.state, words),
                house: house(&key),
                cards: place.cards,
                path: path(""),
                days: days_between(place.since, now),
                late: place.late,
                late_path: path("1"),
            }
        })
        .collect();
    let boxes = boxes::count(&mut conn)
        .await?
        .into_iter()
        .map(|boxed| {
            let key = match boxed.state {
                BoxState::Open => "places-box-open",
                BoxState::Sent => "places-box-sent",
                BoxState::Arrived => "places-box-missing",
            };
            let days = days_between(boxed.since, now);
            let is_late = boxed.state == BoxState::Arrived || days >= BOX_DAYS;
            BoxedRow { state: words.t(key), house: house(&boxed.house), cards: boxed.cards, days, is_late }
        })
        .collect();
    let mut runs: Vec<RunRow> = Vec::new();
    for part in monitor::runs(&mut conn).await? {
        if runs.last().is_none_or(|run| run.id != part.run) {
            runs.push(RunRow { id: part.run, number: part.number, cards: 0, places: Vec::new() });
        }
        if let Some(run) = runs.last_mut() {
            run.cards += part.cards;
            run.places.push((StateLabel::of_card(part.state, words), part.cards));
        }
    }
    let late = places.iter().map(|place| place.late).sum();
    Ok(Visitor::show(StatusCode::OK, &PlacesPage { visitor: &visitor, desk, late, places, boxes, runs }))
}

async fn show_cards(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let desk = Desk::load(&app, &caller).await?;
    let (words, now) = (visitor.words, app.clock.now());
    let state = match query.get("state") {
        "" => CardState::ReadyForDispatch,
        word => word.parse().map_err(|_| Problem::not_found("place"))?,
    };
    let is_late = query.has("late");
    let filter = Filter {
        states: vec![state],
        house: query.get("house").parse().ok(),
        before: late_before(state, now).filter(|_| is_late),
        ..Filter::default()
    };
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, words).await?;
    let after = Some(query.get("after")).filter(|after| !after.is_empty());
    let found = queue::page(&mut conn, &filter, Sort::Waiting, after, ROWS).await?;
    let zone = app.config.museum.zone();
    let lies = boxes::of_cards(&mut conn, found.items.iter().map(|item| item.card.id)).await?;
    let row = |item| {
        let row = CardRow::of(item, &names, words, zone);
        let lies = lies.get(&row.id).map(|(number, _)| words.t1("mailroom-in-box", "number", number.to_string()));
        (row, lies)
    };
    let onward = |next: String| {
        let pairs = ["state", "house", "late"].map(|name| (name, query.get(name)));
        address(&format!("{PATH}/cards"), &[&pairs[..], &[("after", next.as_str())]].concat())
    };
    let page = CardsPage {
        desk,
        label: StateLabel::of_card(state, words),
        house: filter.house.as_ref().map(|house| names.house(house)).unwrap_or_default(),
        is_late,
        total: queue::total(&mut conn, &filter).await?,
        rows: found.items.iter().map(row).collect(),
        next: found.next.map(onward),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}
