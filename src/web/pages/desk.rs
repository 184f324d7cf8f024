//! The desk: the frame around all pages for staff, and the page with which their day begins.

use super::visitor::Visitor;
use crate::app::SharedApp;
use crate::cards::queue::{self, Queue};
use crate::dispatch;
use crate::dispatch::ready_list::Counts;
use crate::kernel::period::local_day;
use crate::kernel::roles::Roles;
use crate::web::caller::{ANY_ROLE, Caller, MAILROOM, PERSONALIZATION};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

/// The path of the page with which the day begins.
pub const START: &str = "/desk";

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/desk", get(start))
}

/// A place in the left rail.
#[derive(Debug, Clone)]
pub struct Place {
    /// The key of its name.
    pub name: &'static str,
    /// Where it is.
    pub path: &'static str,
    /// What waits there.
    pub waiting: Option<i64>,
}

/// What the frame shows of the member of staff.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Their name.
    pub name: String,
    /// The places that they may go to.
    pub places: Vec<Place>,
}

impl Desk {
    /// The frame for a caller.
    pub fn of(caller: &Caller) -> Self {
        let all = [(ANY_ROLE, Place { name: "place-start", path: START, waiting: None })];
        Self {
            name: caller.name.clone().unwrap_or_default(),
            places: all.into_iter().filter(|(mask, _)| caller.roles.may(*mask)).map(|(_, place)| place).collect(),
        }
    }

    /// Whether this place is where the visitor is.
    pub fn is_at(&self, visitor: &Visitor, place: &Place) -> bool {
        visitor.path == place.path
    }
}

/// A number on the start page, with what it counts and what to do about it.
struct Count {
    number: String,
    what: String,
    is_nothing: bool,
}

#[derive(Template)]
#[template(path = "layout/start_of_day.html")]
struct StartPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    greeting: String,
    today: String,
    counts: Vec<Count>,
}

async fn start(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ANY_ROLE>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let waiting =
        Waiting { cards: queue::count(&mut conn).await?, ready: dispatch::store::count_ready(&mut conn).await? };
    drop(conn);
    let today = local_day(app.clock.now(), app.config.museum.zone());
    let desk = Desk::of(&caller);
    let page = StartPage {
        greeting: visitor.words.t1("greeting", "name", desk.name.as_str()),
        desk,
        today: visitor.words.weekday_and_date(today),
        counts: counts(caller.roles, &waiting, &visitor),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// What waits on the desks.
struct Waiting {
    cards: Queue,
    ready: Counts,
}

/// What waits for these roles.
fn counts(roles: Roles, waiting: &Waiting, visitor: &Visitor) -> Vec<Count> {
    let Waiting { cards, ready } = waiting;
    let to_lay_ready = ready.pickup.values().map(|count| i64::from(*count)).sum();
    let all = [
        (PERSONALIZATION, "count-to-personalize", cards.to_personalize),
        (PERSONALIZATION, "count-set-aside", cards.set_aside),
        (PERSONALIZATION, "count-ready-to-print", cards.ready_to_print),
        (PERSONALIZATION, "count-in-print-run", cards.in_print_run),
        (PERSONALIZATION, "count-to-issue", i64::from(ready.counter)),
        (MAILROOM, "count-to-post", i64::from(ready.mail)),
        (MAILROOM, "count-to-lay-ready", to_lay_ready),
        (MAILROOM, "count-to-collect", cards.deposited),
        (MAILROOM, "count-returned", cards.returned),
    ];
    let mine = all.into_iter().filter(|(mask, ..)| roles.may(*mask));
    mine.map(|(_, key, number)| Count {
        number: visitor.words.count(number),
        what: visitor.words.t1(key, "count", number),
        is_nothing: number == 0,
    })
    .collect()
}
