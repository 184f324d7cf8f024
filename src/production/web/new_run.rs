//! `/print-runs/new` and `POST /print-runs`: says in numbers what a new run would print, and starts it.

use super::view::{Names, way_key};
use crate::app::SharedApp;
use crate::cards::plastic::Card;
use crate::cards::queue::{self, Filter, Sort};
use crate::cards::{CardState, Way};
use crate::kernel::ids::CardId;
use crate::kernel::slug::Slug;
use crate::kernel::text::fold;
use crate::production::print_run::RUN_CARDS_MAX;
use crate::production::start_run::{StartRunError, Wanted, find_damaged, start_run};
use crate::web::caller::{Caller, PERSONALIZATION};
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::{Conn, DbError};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/print-runs/new", get(ask)).route("/print-runs", post(start))
}

/// How many fronts are shown.
const FRONTS: usize = 3;

/// How many cards have something in common.
struct Share {
    what: String,
    count: String,
}

#[derive(Template)]
#[template(path = "production/new_run.html")]
struct NewRunPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    once: String,
    errors: FormErrors,
    /// The cards, exactly these, where they were ticked or searched for.
    named: Vec<CardId>,
    product: &'a str,
    house: &'a str,
    delivery: &'a str,
    count: usize,
    products: Vec<Share>,
    ways: Vec<Share>,
    set_aside: i64,
    /// Fronts to look at.
    fronts: Vec<(String, String)>,
}

async fn ask(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<PERSONALIZATION>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, &query, StatusCode::OK, FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    query: &Fields,
    status: StatusCode,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let desk = Desk::load(app, caller).await?;
    let mut conn = app.db.snapshot().await?;
    let words = visitor.words;
    let names = Names::read(&mut conn, words).await?;
    let chosen = chosen(&mut conn, query).await?;
    let is_named = query.has("card") || query.has("q");
    let set_aside = Filter { states: vec![CardState::SetAside], product: slug(query, "product"), ..Filter::default() };
    let page = NewRunPage {
        visitor,
        desk,
        once: visitor.fresh_once(),
        errors,
        named: if is_named { chosen.iter().map(|card| card.id).collect() } else { Vec::new() },
        product: query.get("product"),
        house: query.get("house"),
        delivery: query.get("delivery"),
        count: chosen.len(),
        products: shares(&chosen, |card| names.product(&card.product), visitor),
        ways: shares(&chosen, |card| words.t(way_key(card.way)), visitor),
        set_aside: if is_named { 0 } else { queue::total(&mut conn, &set_aside).await? },
        fronts: queue::with_tickets(&mut conn, chosen.iter().take(FRONTS).cloned().collect())
            .await?
            .iter()
            .map(|item| {
                let path = super::view::front_path(item.card.id, item.card.print_data_sha256.as_deref());
                (path, item.ticket.holder.name())
            })
            .collect(),
    };
    Ok(Visitor::show(status, &page))
}

async fn start(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let named: BTreeSet<CardId> = form.all("card").into_iter().filter_map(|id| id.parse().ok()).collect();
    let wanted = Wanted {
        cards: (!named.is_empty()).then_some(named),
        product: slug(&form, "product"),
        house: slug(&form, "house"),
        way: Way::of(form.get("delivery")),
        most: most(&form),
    };
    let damaged = find_damaged(&app, &wanted)
        .await
        .map_err(|error| Problem::internal("the frozen portraits cannot be looked at", &error))?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| -> Result<Done, StartRunError> {
            let run = start_run(tx, &act, &wanted, &damaged).await?;
            let cards = i64::from(run.counts.cards());
            let done = Done::at(format!("/print-runs/{}", run.id));
            Ok(done.saying("print-run-started").naming(run.number).counting(cards))
        }
    };
    let refusal = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(StartRunError::Db(error)) => return Err(error.into()),
        Err(StartRunError::NothingToPrint { .. }) => visitor.words.problem("nothing_to_print"),
        Err(StartRunError::Card { .. }) => visitor.words.problem("card_taken"),
    };
    let mut errors = FormErrors::default();
    errors.add("new-run", refusal);
    page(&app, &caller.0, &visitor, &form, StatusCode::CONFLICT, errors).await
}

/// The cards that the run would freeze, the longest waiting first.
async fn chosen(conn: &mut Conn, query: &Fields) -> Result<Vec<Card>, DbError> {
    let named: Vec<CardId> = query.all("card").into_iter().filter_map(|id| id.parse().ok()).collect();
    let filter = Filter {
        states: vec![CardState::ReadyToPrint],
        way: Way::of(query.get("delivery")),
        house: slug(query, "house"),
        product: slug(query, "product"),
        words: fold(query.get("q")),
        cards: (!named.is_empty()).then_some(named),
        ..Filter::default()
    };
    queue::first(conn, &filter, Sort::Waiting, most(query)).await
}

/// The most cards that somebody wants in the run.
fn most(fields: &Fields) -> u32 {
    fields.get("max").parse().unwrap_or(RUN_CARDS_MAX).clamp(1, RUN_CARDS_MAX)
}

fn slug(fields: &Fields, name: &str) -> Option<Slug> {
    fields.get(name).parse().ok()
}

fn shares(cards: &[Card], of: impl Fn(&Card) -> String, visitor: &Visitor) -> Vec<Share> {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for card in cards {
        *counts.entry(of(card)).or_default() += 1;
    }
    counts.into_iter().map(|(what, count)| Share { what, count: visitor.words.count(count) }).collect()
}
