//! `/mailroom/pickup`: which card does somebody come for? Found by pickup code, name, address for mail, order or card number.

use super::view::MailRow;
use crate::app::SharedApp;
use crate::cards::queue::{self, CardAndTicket, Filter, Sort};
use crate::cards::{CardState, find};
use crate::dispatch::PickupCode;
use crate::dispatch::store::pickup_desk;
use crate::kernel::ids::CardId;
use crate::kernel::slug::Slug;
use crate::kernel::text::{clean, fold};
use crate::production::web::view::Names;
use crate::web::caller::{MAILROOM, PERSONALIZATION};
use crate::web::pages::{Desk, Fields, Visitor};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use db::{Conn, DbError};

/// The most cards that are shown.
const ROWS: u32 = 50;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/mailroom/pickup", get(show))
}

#[derive(Template)]
#[template(path = "dispatch/pickup.html")]
struct PickupPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    asked: &'a str,
    house: &'a str,
    houses: Vec<(Slug, String)>,
    rows: Option<Vec<MailRow>>,
}

impl PickupPage<'_> {
    fn is_house(&self, key: &Slug) -> bool {
        key.as_str() == self.house
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<{ PERSONALIZATION | MAILROOM }>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let desk = Desk::load(&app, &caller).await?;
    let (words, now, zone) = (visitor.words, app.clock.now(), app.config.museum.zone());
    let asked = clean(query.get("q"));
    let mut conn = app.db.snapshot().await?;
    let names = Names::read(&mut conn, words).await?;
    let house: Option<Slug> = query.get("house").parse().ok();
    let rows = if asked.is_empty() {
        None
    } else {
        let found = lying(&mut conn, &app, &asked, house).await?;
        if let [only] = found.as_slice() {
            return Ok(Redirect::to(&format!("/mailroom/handover?card={}", only.card.id)).into_response());
        }
        Some(found.iter().map(|item| MailRow::of(item, &names, words, zone, now)).collect())
    };
    let page =
        PickupPage { desk, asked: &asked, house: query.get("house"), houses: names.houses, rows, visitor: &visitor };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// The cards that lie ready and fit, in one house or in any: the first way in which any is found counts.
async fn lying(
    conn: &mut Conn,
    app: &SharedApp,
    asked: &str,
    house: Option<Slug>,
) -> Result<Vec<CardAndTicket>, DbError> {
    let mut cards: Vec<CardId> = find::in_hand(conn, &app.keys, asked).await?.into_iter().collect();
    if cards.is_empty() {
        cards = match PickupCode::parse(asked) {
            Ok(code) => pickup_desk::by_code(conn, code.as_str()).await?,
            Err(_) => Vec::new(),
        };
    }
    if cards.is_empty() && asked.contains('@') {
        cards = pickup_desk::by_mail(conn, asked).await?;
    }
    if cards.is_empty() {
        cards = pickup_desk::by_order(conn, &asked.to_uppercase()).await?;
    }
    let filter = Filter { states: vec![CardState::Deposited], house, ..Filter::default() };
    let filter = match cards.as_slice() {
        [] => Filter { words: fold(asked), ..filter },
        _ => Filter { cards: Some(cards), ..filter },
    };
    Ok(queue::page(conn, &filter, Sort::Name, None, ROWS).await?.items)
}
