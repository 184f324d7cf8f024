//! `/print-runs/new` and `POST /print-runs`: says in numbers what a new run would print, and starts it.

use super::queue::made_before;
use super::view::{Names, way_key};
use crate::app::SharedApp;
use crate::cards::plastic::Card;
use crate::cards::queue::{self, Filter, Sort};
use crate::cards::{CardState, Way};
use crate::kernel::UtcMs;
use crate::kernel::ids::{CardId, PrintRunId};
use crate::kernel::slug::Slug;
use crate::kernel::text::fold;
use crate::production::join_run::join_at_start;
use crate::production::print_run::{Choice, Joining, NAMED_CARDS_MAX, RUN_CARDS_MAX};
use crate::production::start_run::{StartRunError, Wanted, find_damaged, start_run};
use crate::production::store;
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
const FRONTS: u32 = 3;

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
    age: &'a str,
    count: u32,
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
    let is_named = query.has("card") || query.has("q");
    let now = app.clock.now();
    let chosen = chosen(&mut conn, query, now, if is_named { most(query) } else { FRONTS }).await?;
    let shares = if is_named {
        Share::of_cards(&chosen)
    } else {
        let joining = Joining { choice: choice(query, now), ready_at: now, left: most(query) };
        store::candidates::count_shares(&mut conn, &joining).await?
    };
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
        age: query.get("age"),
        count: shares.values().sum(),
        products: Share::all(&shares, |(product, _)| names.product(product), visitor),
        ways: Share::all(&shares, |(_, way)| words.t(way_key(*way)), visitor),
        set_aside: if is_named { 0 } else { queue::total(&mut conn, &set_aside).await? },
        fronts: queue::with_tickets(&mut conn, chosen.iter().take(FRONTS as usize).cloned().collect())
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
        choice: choice(&form, act.now),
        most: most(&form),
        read_each: form.has("read_each"),
    };
    let run: PrintRunId = act.new_id();
    let damaged = find_damaged(&app, &act, &wanted)
        .await
        .map_err(|error| Problem::internal("the frozen portraits cannot be looked at", &error))?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| -> Result<Done, StartRunError> {
            let run = start_run(tx, &act, run, &wanted, &damaged).await?;
            let cards = i64::from(run.cards());
            let done = Done::at(format!("/print-runs/{}", run.id));
            Ok(done.saying("print-run-started").naming(run.number).counting(cards))
        }
    };
    let refusal = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => {
            join_at_start(&app, &act, run).await;
            return Ok(response);
        }
        Err(StartRunError::Db(error)) => return Err(error.into()),
        Err(StartRunError::NothingToPrint { .. }) => visitor.words.problem("nothing_to_print"),
        Err(StartRunError::Card { .. }) => visitor.words.problem("card_taken"),
    };
    let mut errors = FormErrors::default();
    errors.add("new-run", refusal);
    page(&app, &caller.0, &visitor, &form, StatusCode::CONFLICT, errors).await
}

/// The first cards that the run would freeze, the longest waiting first.
async fn chosen(conn: &mut Conn, query: &Fields, now: UtcMs, most: u32) -> Result<Vec<Card>, DbError> {
    let named: Vec<CardId> = query.all("card").into_iter().filter_map(|id| id.parse().ok()).collect();
    let Choice { product, house, way, finalized_before } = choice(query, now);
    let filter = Filter {
        states: vec![CardState::ReadyToPrint],
        way,
        house,
        product,
        made_before: finalized_before,
        words: fold(query.get("q")),
        cards: (!named.is_empty()).then_some(named),
        ..Filter::default()
    };
    queue::first(conn, &filter, Sort::Waiting, most).await
}

/// What the cards have in common.
fn choice(fields: &Fields, now: UtcMs) -> Choice {
    Choice {
        product: slug(fields, "product"),
        house: slug(fields, "house"),
        way: Way::of(fields.get("delivery")),
        finalized_before: made_before(fields.get("age"), now),
    }
}

/// The most cards that somebody wants in the run; of named ones as many as a list may name.
fn most(fields: &Fields) -> u32 {
    let limit = if fields.has("card") || fields.has("q") { NAMED_CARDS_MAX } else { RUN_CARDS_MAX };
    fields.get("max").parse().unwrap_or(limit).clamp(1, limit)
}

fn slug(fields: &Fields, name: &str) -> Option<Slug> {
    fields.get(name).parse().ok()
}

impl Share {
    /// The cards by product and way.
    fn of_cards(cards: &[Card]) -> BTreeMap<(Slug, Way), u32> {
        let mut counts = BTreeMap::new();
        for card in cards {
            *counts.entry((card.product.clone(), card.way)).or_default() += 1;
        }
        counts
    }

    fn all(counts: &BTreeMap<(Slug, Way), u32>, of: impl Fn(&(Slug, Way)) -> String, visitor: &Visitor) -> Vec<Self> {
        let mut shares: BTreeMap<String, u32> = BTreeMap::new();
        for (key, count) in counts {
            *shares.entry(of(key)).or_default() += count;
        }
        shares.into_iter().map(|(what, count)| Self { what, count: visitor.words.count(count.into()) }).collect()
    }
}
