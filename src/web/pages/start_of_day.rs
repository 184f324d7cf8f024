//! `/desk`: the page with which the day begins, and what waits.

use super::desk::{Desk, Waiting};
use super::visitor::Visitor;
use crate::app::SharedApp;
use crate::kernel::period::local_day;
use crate::kernel::roles::Roles;
use crate::web::caller::{ANY_ROLE, MAILROOM, PERSONALIZATION};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/desk", get(start))
}

/// A number, what it counts, and where the work is.
struct Count {
    number: String,
    what: String,
    path: &'static str,
    is_nothing: bool,
}

/// A place where nothing is counted, and what it is for.
struct Way {
    name: String,
    what: String,
    path: &'static str,
}

#[derive(Template)]
#[template(path = "layout/start_of_day.html")]
struct StartPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    greeting: String,
    today: String,
    ways: Vec<Way>,
    counts: Vec<Count>,
}

async fn start(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ANY_ROLE>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let waiting = Waiting::now(&app, caller.roles).await?;
    let today = local_day(app.clock.now(), app.config.museum.zone());
    let desk = Desk::of(&caller, &waiting);
    let page = StartPage {
        ways: ways(&desk, &visitor),
        greeting: visitor.words.t1("greeting", "name", desk.name.as_str()),
        desk,
        today: visitor.words.weekday_and_date(today),
        counts: counts(caller.roles, &waiting, &visitor),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// The places that are told what they are for, because nothing is counted there.
fn ways(desk: &Desk, visitor: &Visitor) -> Vec<Way> {
    let told = desk.places.iter().filter_map(|place| {
        let what = match place.name {
            "place-box-office" => "way-box-office",
            "place-orders" => "way-orders",
            "place-campaigns" => "way-campaigns",
            "place-entry" => "way-entry",
            "place-admin" => "way-admin",
            _ => return None,
        };
        Some(Way { name: visitor.t(place.name), what: visitor.t(what), path: place.path })
    });
    told.collect()
}

/// What waits for these roles.
fn counts(roles: Roles, waiting: &Waiting, visitor: &Visitor) -> Vec<Count> {
    let Waiting { cards, ready } = waiting;
    let all = [
        (PERSONALIZATION, "count-to-personalize", "/annual-tickets", cards.to_personalize),
        (PERSONALIZATION, "count-photos-to-review", "/annual-tickets/photos", cards.photos_to_review),
        (PERSONALIZATION, "count-set-aside", "/print", cards.set_aside),
        (PERSONALIZATION, "count-ready-to-print", "/print", cards.ready_to_print),
        (PERSONALIZATION, "count-in-print-run", "/print", cards.in_print_run),
        (PERSONALIZATION, "count-to-issue", "/annual-tickets", i64::from(ready.counter)),
        (MAILROOM, "count-to-post", "/mailroom", i64::from(ready.mail)),
        (MAILROOM, "count-to-lay-ready", "/mailroom", waiting.to_lay_ready()),
        (MAILROOM, "count-to-collect", "/mailroom", cards.deposited),
        (MAILROOM, "count-returned", "/mailroom", cards.returned),
    ];
    let mine = all.into_iter().filter(|(mask, ..)| roles.may(*mask));
    mine.map(|(_, key, path, number)| Count {
        number: visitor.words.count(number),
        what: visitor.words.t1(key, "count", number),
        path,
        is_nothing: number == 0,
    })
    .collect()
}
