//! `/mailroom`: what waits in each list, and the first cards of the two that matter most.

use super::view::{List, MailRow};
use crate::app::SharedApp;
use crate::cards::queue::{self, Sort};
use crate::dispatch::store;
use crate::dispatch::waiting_times::overdue_before;
use crate::production::web::view::Names;
use crate::web::caller::MAILROOM;
use crate::web::pages::{Desk, Fields, Visitor};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

/// How many cards of a list are shown.
const FIRST: u32 = 5;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/mailroom", get(show))
}

/// A number: a link to what it counts.
pub(super) struct Tile {
    pub(super) count: String,
    pub(super) word: String,
    pub(super) path: String,
    pub(super) is_here: bool,
}

/// One of the two lists.
struct Panel {
    title: String,
    path: String,
    total: i64,
    rows: Vec<MailRow>,
    go: String,
    is_first: bool,
}

#[derive(Template)]
#[template(path = "dispatch/overview.html")]
struct OverviewPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    tiles: Vec<Tile>,
    panels: Vec<Panel>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MAILROOM>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let desk = Desk::load(&app, &caller).await?;
    let (now, words, zone) = (app.clock.now(), visitor.words, app.config.museum.zone());
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, words).await?;
    let waiting = store::count_ready(&mut conn).await?;
    let lying = store::count_lying(&mut conn, overdue_before(now)).await?;
    let to_lay_ready: i64 = waiting.pickup.values().map(|count| i64::from(*count)).sum();
    let mut panels = Vec::new();
    for (list, total, go) in
        [(List::Post, i64::from(waiting.mail), "mailroom-go-post"), (List::Shelf, to_lay_ready, "mailroom-go-shelf")]
    {
        let page = queue::page(&mut conn, &list.filter(&Fields::default(), now), Sort::Waiting, None, FIRST).await?;
        panels.push(Panel {
            title: words.t(&format!("mailroom-list-{}", list.as_str())),
            path: list.path(),
            total,
            rows: page.items.iter().map(|item| MailRow::of(item, &names, words, zone, now)).collect(),
            go: words.t(go),
            is_first: false,
        });
    }
    let first = panels.iter().position(|panel| panel.total > 0).unwrap_or_default();
    panels[first].is_first = true;
    let page = OverviewPage { visitor: &visitor, desk, tiles: tiles(&waiting, &lying, &visitor, None), panels };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// The numbers of all lists.
pub(super) fn tiles(
    waiting: &crate::dispatch::ready_list::Counts,
    lying: &store::Lying,
    visitor: &Visitor,
    here: Option<List>,
) -> Vec<Tile> {
    let words = visitor.words;
    let count = |list: List| match list {
        List::Post => waiting.mail.into(),
        List::Shelf => waiting.pickup.values().map(|count| i64::from(*count)).sum(),
        List::Counter => waiting.counter.into(),
        List::Deposited => lying.deposited.values().sum(),
        List::Returned => lying.returned,
    };
    let tile = |list: List| Tile {
        count: words.count(count(list)),
        word: words.t(&format!("mailroom-tile-{}", list.as_str())),
        path: list.path(),
        is_here: here == Some(list) && !visitor.query.contains("overdue="),
    };
    let mut tiles: Vec<Tile> = List::ALL.into_iter().map(tile).collect();
    let overdue = Tile {
        count: words.count(lying.overdue),
        word: words.t("mailroom-tile-overdue"),
        path: "/mailroom/deposited?overdue=1".to_owned(),
        is_here: here == Some(List::Deposited) && visitor.query.contains("overdue="),
    };
    tiles.insert(4, overdue);
    tiles
}
