//! `/shop/events`: what happens when, month by month; and the page of one event with what its tickets cost.

use super::new_prices::apply_offers;
use super::priced::{BasketView, look};
use super::shop::{kept, looker};
use super::tiles::{Shelf, Tile, shelves};
use super::wish::Wish;
use crate::app::SharedApp;
use crate::catalog::{Event, House, store as catalog};
use crate::kernel::UtcMs;
use crate::kernel::period::{local_day, start_of_day};
use crate::kernel::slug::Slug;
use crate::sales::api::shop;
use crate::sales::seats::{Seats, seats_of};
use crate::web::pages::{Visitor, Words};
use crate::web::{PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use chrono::{Datelike, Months, NaiveDate};
use chrono_tz::Tz;
use db::{Conn, DbError};
use serde::Deserialize;

/// The most events of a month on one page.
const MONTH_MAX: u32 = 500;
/// How many next dates are shown beside an empty month.
const NEXT_MAX: u32 = 5;
/// From this number on places count as few.
const FEW: u32 = 10;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/shop/events", get(show)).route("/shop/events/{key}", get(show_event))
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    /// The month, such as `2026-07`.
    #[serde(default)]
    month: Option<String>,
    /// Only events of this house.
    #[serde(default)]
    house: Option<String>,
}

/// An event in the calendar.
struct Date {
    key: Slug,
    name: String,
    time: String,
    house: String,
    seats: SeatsView,
}

/// What is said about the places of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SeatsView {
    /// In words; nothing where there are enough.
    pub(super) text: Option<String>,
    /// Whether none is left.
    pub(super) sold_out: bool,
}

#[derive(Template)]
#[template(path = "sales/shop_calendar.html")]
struct CalendarPage<'a> {
    visitor: &'a Visitor,
    month: String,
    houses: Vec<House>,
    house: Option<Slug>,
    /// The days with their dates.
    days: Vec<(String, Vec<Date>)>,
    /// The next dates, where the month has none.
    next_dates: Vec<(String, Date)>,
    /// The months before and after: address and name.
    before: Option<(String, String)>,
    after: (String, String),
    this: String,
}

#[derive(Template)]
#[template(path = "sales/shop_event.html")]
struct EventPage<'a> {
    visitor: &'a Visitor,
    key: &'a Slug,
    name: String,
    description: Option<String>,
    when: String,
    house: String,
    month: String,
    is_over: bool,
    seats: SeatsView,
    shelves: Vec<Shelf>,
    basket: BasketView,
    wish: &'a Wish,
}

async fn show(
    State(app): State<SharedApp>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let (words, now, zone) = (visitor.words, app.clock.now(), app.config.museum.zone());
    let today = local_day(now, zone);
    let first = wanted.month.as_deref().and_then(first_of_month).unwrap_or(today).with_day(1).unwrap_or(today);
    let following = first.checked_add_months(Months::new(1)).unwrap_or(first);
    let mut conn = app.db.snapshot().await?;
    let houses = catalog::houses(&mut conn).await?;
    let house = wanted.house.as_ref().and_then(|key| houses.iter().find(|house| house.key.as_str() == key));
    let house = house.map(|house| house.key.clone());
    let (from, until) = (start_of_day(first, zone).max(now), start_of_day(following, zone));
    let events = catalog::events_between(&mut conn, house.as_ref(), from, Some(until), MONTH_MAX).await?;
    let next = if events.is_empty() {
        catalog::events_between(&mut conn, house.as_ref(), now.max(until), None, NEXT_MAX).await?
    } else {
        Vec::new()
    };
    let dates = dates(&mut conn, &events, &houses, words).await?;
    let next = self::dates(&mut conn, &next, &houses, words).await?;
    drop(conn);
    let mut days: Vec<(String, Vec<Date>)> = Vec::new();
    for (day, date) in dates {
        match days.last_mut().filter(|(known, _)| *known == day) {
            Some((_, known)) => known.push(date),
            None => days.push((day, vec![date])),
        }
    }
    let link = |day: NaiveDate| {
        let of_house = house.as_ref().map(|house| format!("&house={house}")).unwrap_or_default();
        (format!("/shop/events?month={}{of_house}", day.format("%Y-%m")), month_name(day, words))
    };
    let before = first.checked_sub_months(Months::new(1)).filter(|_| first > today);
    let page = CalendarPage {
        month: month_name(first, words),
        days,
        next_dates: next,
        before: before.map(link),
        after: link(following),
        this: first.format("%Y-%m").to_string(),
        house: house.clone(),
        houses,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn show_event(
    State(app): State<SharedApp>,
    visitor: Visitor,
    headers: HeaderMap,
    PathKey(key): PathKey<Slug>,
) -> Result<Response, Problem> {
    let mut wish = kept(&app, &headers).await?;
    let shop = shop(&app);
    let known = wish.customer.clone();
    let looker = looker(&app, &visitor, &shop, known.as_ref());
    let (words, language) = (visitor.words, visitor.words.language.as_str());
    let mut conn = app.db.snapshot().await?;
    let event = catalog::event(&mut conn, &key).await?.ok_or_else(|| Problem::not_found("event"))?;
    let house = catalog::house(&mut conn, &event.house).await?;
    let zone = house.as_ref().map_or(shop.frame.zone, House::zone);
    let seats = seats_of(&mut conn, &[&event]).await?.remove(&key).unwrap_or_default();
    let mut shelves = shelves(&mut conn, &looker, Some(&event)).await?;
    shelves.retain(Shelf::is_for_a_day);
    apply_offers(&mut conn, &mut shelves, &looker, &wish, Some(&event), None).await?;
    let basket = look(&mut conn, &mut wish, &looker).await?;
    drop(conn);
    let page = EventPage {
        key: &key,
        name: event.names.get(language).to_owned(),
        description: event.descriptions.get(language).map(str::to_owned),
        when: words.moment(event.starts_at, zone),
        house: house.map(|house| house.name).unwrap_or_default(),
        month: local_day(event.starts_at, zone).format("%Y-%m").to_string(),
        is_over: event.starts_at < looker.now,
        seats: seats_view(seats, zone, words),
        shelves,
        basket,
        wish: &wish,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// The dates of events, each with its day.
async fn dates(
    conn: &mut Conn,
    events: &[Event],
    houses: &[House],
    words: Words,
) -> Result<Vec<(String, Date)>, DbError> {
    let seats = seats_of(conn, &events.iter().collect::<Vec<_>>()).await?;
    let date = |event: &Event| {
        let house = houses.iter().find(|house| house.key == event.house);
        let zone = house.map_or(Tz::UTC, House::zone);
        let local = event.starts_at.to_datetime().with_timezone(&zone);
        let date = Date {
            key: event.key.clone(),
            name: event.names.get(words.language.as_str()).to_owned(),
            time: words.time(local.time()),
            house: house.map(|house| house.name.clone()).unwrap_or_default(),
            seats: seats_view(seats.get(&event.key).copied().unwrap_or_default(), zone, words),
        };
        (words.weekday_and_date(local.date_naive()), date)
    };
    Ok(events.iter().map(date).collect())
}

/// What visitors are told about places: when few are left or none, and when those that are held may come back.
pub(super) fn seats_view(seats: Seats, zone: Tz, words: Words) -> SeatsView {
    let Some(left) = seats.left else { return SeatsView::default() };
    let few = match left {
        0 => Some(words.t("seats-none")),
        left if left <= FEW => Some(words.t1("seats-few", "count", left)),
        _ => None,
    };
    let held = seats.held.filter(|_| few.is_some()).map(|held| {
        let until: UtcMs = held.until;
        let time = words.time(until.to_datetime().with_timezone(&zone).time());
        words.t2("seats-held", ("count", held.amount), ("time", time))
    });
    let text = few.map(|few| held.map_or_else(|| few.clone(), |held| format!("{few} · {held}")));
    SeatsView { text, sold_out: left == 0 }
}

fn first_of_month(text: &str) -> Option<NaiveDate> {
    format!("{text}-01").parse().ok()
}

fn month_name(day: NaiveDate, words: Words) -> String {
    format!("{} {}", words.t(&format!("month-{}", day.month())), day.year())
}

impl CalendarPage<'_> {
    fn is_house(&self, house: &House) -> bool {
        self.house.as_ref() == Some(&house.key)
    }
}

impl EventPage<'_> {
    /// How many of a tile's tickets for this event are in the basket.
    fn in_basket(&self, shelf: &Shelf, tile: &Tile) -> u32 {
        let is_this = |line: &&super::wish::Wanted| {
            line.product == shelf.key
                && line.category == tile.category_key
                && line.audience == tile.audience_key
                && line.event.as_ref() == Some(self.key)
        };
        self.wish.lines.iter().filter(is_this).map(|line| line.quantity).sum()
    }

    fn add_one(&self, shelf: &Shelf, tile: &Tile) -> String {
        let (product, category) = (shelf.name.as_str(), tile.category.as_str());
        self.visitor.words.t2("shop-add-one", ("product", product), ("category", category))
    }
}
