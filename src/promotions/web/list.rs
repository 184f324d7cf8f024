//! `/campaigns`: all offers, in the order in which they count.

use super::say::{OfferSaid, Standing, today};
use crate::app::SharedApp;
use crate::kernel::text::fold;
use crate::promotions::ledger::{Limit, limits_of};
use crate::promotions::{KnownOffer, store};
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, Visitor, Words};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::{Conn, DbError};
use serde::Deserialize;

/// How many offers are read at once.
const CHUNK: u32 = 500;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/campaigns", get(show))
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    state: String,
    #[serde(default)]
    q: String,
}

/// A part of the list, with how many offers stand in it.
struct Tab {
    state: &'static str,
    name: String,
    count: usize,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "promotions/list.html")]
struct ListPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    tabs: Vec<Tab>,
    wanted: &'a Wanted,
    offers: Vec<OfferSaid>,
    is_empty: bool,
    total: String,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let all = load(&mut conn, &app, visitor.words).await?;
    drop(conn);
    let text = fold(&wanted.q);
    let found =
        |offer: &&OfferSaid| text.split(' ').all(|word| fold(&offer.name).contains(word) || offer.key.contains(word));
    let is_wanted = |offer: &&OfferSaid| match wanted.state.as_str() {
        "" => offer.standing != Standing::Archived,
        state => offer.standing.as_str() == state,
    };
    let offers: Vec<OfferSaid> = all.iter().filter(found).filter(is_wanted).cloned().collect();
    let page = ListPage {
        desk: Desk::load(&app, &caller).await?,
        tabs: tabs(&all, &wanted.state, visitor.words),
        total: visitor.words.t1("campaigns-total", "count", i64::try_from(offers.len()).unwrap_or(i64::MAX)),
        is_empty: all.is_empty(),
        offers,
        wanted: &wanted,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn load(conn: &mut Conn, app: &SharedApp, words: Words) -> Result<Vec<OfferSaid>, DbError> {
    let mut all: Vec<KnownOffer> = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = store::offers_page(conn, after.as_deref(), CHUNK).await?;
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let limits: Vec<Limit> =
        all.iter().flat_map(|known| limits_of(&known.offer, None)).chain(all.iter().flat_map(counted)).collect();
    let uses = store::uses(conn, &limits).await?;
    let museum = &app.config.museum;
    let day = today(app.clock.now(), museum.zone());
    let mut codes = store::first_codes(conn).await?;
    let said = |known: &KnownOffer| OfferSaid {
        code: codes.remove(known.key.as_str()),
        ..OfferSaid::of(known, &uses, words, &museum.currency, day)
    };
    Ok(all.iter().map(said).collect())
}

/// The counters that a list shows, whether or not the offer limits them.
pub(super) fn counted(known: &KnownOffer) -> [Limit; 2] {
    [Limit::offer_orders(known.key.as_str()), Limit::offer_tickets(known.key.as_str())]
}

fn tabs(all: &[OfferSaid], chosen: &str, words: Words) -> Vec<Tab> {
    let every = Tab {
        state: "",
        name: words.t("campaigns-all"),
        count: all.iter().filter(|offer| offer.standing != Standing::Archived).count(),
        is_chosen: chosen.is_empty(),
    };
    let of_state = |standing: Standing| Tab {
        state: standing.as_str(),
        name: words.t(&format!("offer-state-{}", standing.as_str())),
        count: all.iter().filter(|offer| offer.standing == standing).count(),
        is_chosen: chosen == standing.as_str(),
    };
    std::iter::once(every).chain(Standing::ALL.map(of_state)).collect()
}
