//! `/api/v1/print-runs`.

use crate::app::SharedApp;
use crate::cards::Way;
use crate::cards::card::CardState;
use crate::catalog;
use crate::kernel::UtcMs;
use crate::kernel::ids::{CardId, PrintRunId};
use crate::kernel::slug::Slug;
use crate::production::cancel_run::{cancel_most, cancel_run};
use crate::production::join_run::join_at_start;
use crate::production::print_run::{Choice, NAMED_CARDS_MAX, Outcome, PrintRun, RUN_CARDS_MAX, RunState, SetAside};
use crate::production::start_run::{StartRunError, Wanted, find_damaged, start_run};
use crate::production::store;
use crate::production::store::run_cards::Member;
use crate::web::caller::PERSONALIZATION;
use crate::web::list::{Items, PageQuery};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, NoBody, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(list_print_runs, start_print_run))
        .routes(routes!(read_print_run))
        .routes(routes!(list_cards_of_print_run))
        .routes(routes!(cancel_print_run))
}

/// Which cards a new run freezes.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPrintRun {
    /// Exactly these cards. Absent: the cards that are ready, the longest waiting first.
    #[serde(default)]
    #[schema(min_items = 1, max_items = 1000)]
    cards: Option<Vec<CardId>>,
    /// Without `cards`: only cards of the product with this key.
    #[serde(default)]
    product: Option<Slug>,
    /// Without `cards`: only cards that are to be laid ready in the house with this key.
    #[serde(default)]
    house: Option<Slug>,
    /// Without `cards`: only cards that come to their holders in this way.
    #[serde(default)]
    delivery: Option<Way>,
    /// Without `cards`: only cards that were finalized before this moment.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    finalized_before: Option<UtcMs>,
    /// Without `cards`: at most so many. Of a long run the cards join one after the other: `rendered` tells how many have.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 10000)]
    max: Option<u32>,
    /// Whether the run closes only when each printed card was read.
    #[serde(default)]
    read_each: bool,
}

/// A print run.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct PrintRunBody {
    /// The run's id.
    id: PrintRunId,
    /// Its number, counted up from 1.
    number: u32,
    /// How far it has come.
    state: RunState,
    /// How many cards it has.
    cards: u32,
    /// How many of them are frozen, with finished faces.
    rendered: u32,
    /// How many of them stand in its print files.
    prepared: u32,
    /// How many came out.
    printed: u32,
    /// How many were spoiled.
    spoiled: u32,
    /// How many left the run before they came out: they became void, or the run was cancelled.
    withdrawn: u32,
    /// How many were read after printing.
    verified: u32,
    /// How many came out and were not read yet.
    unread: u32,
    /// Whether the run closes only when each printed card was read.
    read_each: bool,
    /// How much plastic was used, that of spoiled cards included.
    blanks: u32,
    /// The cards that were wanted, but are set aside, with the reasons.
    set_aside: Vec<SetAside>,
    /// When it was started.
    #[schema(value_type = String, format = DateTime)]
    created_at: UtcMs,
    /// When its last card got an outcome, or was read where each is to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<UtcMs>,
}

impl From<PrintRun> for PrintRunBody {
    fn from(run: PrintRun) -> Self {
        Self {
            id: run.id,
            number: run.number,
            state: run.state(),
            cards: run.cards(),
            // Only cards with finished faces are frozen.
            rendered: run.counts.cards(),
            prepared: run.preparation.composed,
            printed: run.counts.printed,
            spoiled: run.counts.spoiled,
            withdrawn: run.counts.withdrawn,
            verified: run.counts.verified,
            unread: run.counts.unread,
            read_each: run.read_each,
            blanks: run.counts.blanks(),
            set_aside: run.set_aside,
            created_at: run.created_at,
            closed_at: run.closed_at,
        }
    }
}

/// A card of a run.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct RunCard {
    /// The card.
    card: CardId,
    /// Its number.
    number: String,
    /// Its place in the run, from 1.
    position: u32,
    /// What became of it.
    outcome: Outcome,
    /// Where the card stands now.
    state: CardState,
    /// Why it was spoiled.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// When it was read after printing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    verified_at: Option<UtcMs>,
}

impl From<Member> for RunCard {
    fn from(member: Member) -> Self {
        Self {
            card: member.card,
            number: member.number,
            position: member.position,
            outcome: member.outcome,
            state: member.state,
            reason: member.reason,
            verified_at: member.verified_at,
        }
    }
}

/// All runs, the newest first.
#[utoipa::path(get, path = "/api/v1/print-runs", tag = "production", params(PageQuery), security(("api_key" = ["personalization"])),
    responses((status = 200, body = Items<PrintRunBody>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_print_runs(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<PrintRunBody>>, Problem> {
    let mut conn = app.db.read().await?;
    let page = store::runs::page(&mut conn, query.after.as_deref(), query.rows()).await?;
    Ok(Json(Items::of(page, |run| Ok::<_, Problem>(run.into()))?))
}

/// Starts a run: freezes the cards, so that nobody else prints them. A card that is set aside does not hold up the others.
#[utoipa::path(post, path = "/api/v1/print-runs", tag = "production", request_body = NewPrintRun, security(("api_key" = ["personalization"])),
    responses((status = 201, body = PrintRunBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn start_print_run(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    body: Body<NewPrintRun>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let wanted = wanted(body.value)?;
    let run: PrintRunId = act.new_id();
    let damaged = find_damaged(&app, &act, &wanted)
        .await
        .map_err(|error| Problem::internal("the frozen portraits cannot be looked at", &error))?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| {
            if let Some(product) = &wanted.choice.product
                && catalog::store::product(tx, product).await?.is_none()
            {
                return Err(Problem::invalid("product", "unknown_key", format!("there is no product {product}")));
            }
            let run = start_run(tx, &act, run, &wanted, &damaged).await?;
            Ok(PrintRunBody::from(run))
        }
    };
    let answer = body.once.write(&app, &act, StatusCode::CREATED, deed).await?;
    join_at_start(&app, &act, run).await;
    Ok(answer)
}

/// One run.
#[utoipa::path(get, path = "/api/v1/print-runs/{id}", tag = "production", params(("id" = PrintRunId, Path, description = "The run's id.")),
    security(("api_key" = ["personalization"])),
    responses((status = 200, body = PrintRunBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_print_run(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
) -> Result<Json<PrintRunBody>, Problem> {
    let mut conn = app.db.read().await?;
    let run = store::runs::find(&mut conn, run).await?.ok_or_else(|| Problem::not_found("print run"))?;
    Ok(Json(run.into()))
}

/// The cards of a run, in the order in which they are printed.
#[utoipa::path(get, path = "/api/v1/print-runs/{id}/cards", tag = "production",
    params(("id" = PrintRunId, Path, description = "The run's id."), PageQuery), security(("api_key" = ["personalization"])),
    responses((status = 200, body = Items<RunCard>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_cards_of_print_run(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<RunCard>>, Problem> {
    let mut conn = app.db.read().await?;
    store::runs::find(&mut conn, run).await?.ok_or_else(|| Problem::not_found("print run"))?;
    let page = store::run_cards::members(&mut conn, run, query.after.as_deref(), query.rows()).await?;
    Ok(Json(Items::of(page, |member| Ok::<_, Problem>(member.into()))?))
}

/// Cancels a run: the making of its files stops, and the cards that have no outcome yet wait for another run. No plastic is counted as lost.
#[utoipa::path(post, path = "/api/v1/print-runs/{id}/cancel", tag = "production",
    params(("id" = PrintRunId, Path, description = "The run's id.")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = PrintRunBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn cancel_print_run(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    cancel_most(&app, &act, run).await?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(PrintRunBody::from(cancel_run(tx, &act, run).await?))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

fn wanted(new: NewPrintRun) -> Result<Wanted, Problem> {
    let NewPrintRun { cards, product, house, delivery, finalized_before, max, read_each } = new;
    let choice = Choice { product, house, way: delivery, finalized_before };
    if cards.is_some() && (choice != Choice::default() || max.is_some()) {
        return Err(Problem::invalid(
            "cards",
            "not_with_others",
            "name either the cards, or what they have in common and the most cards",
        ));
    }
    let most = max.unwrap_or(RUN_CARDS_MAX);
    if !(1..=RUN_CARDS_MAX).contains(&most) {
        return Err(Problem::invalid("max", "out_of_range", format!("a run has 1 to {RUN_CARDS_MAX} cards")));
    }
    Ok(Wanted { cards: cards.map(set_of).transpose()?, choice, most, read_each })
}

pub(super) fn set_of(cards: Vec<CardId>) -> Result<BTreeSet<CardId>, Problem> {
    let cards: BTreeSet<CardId> = cards.into_iter().collect();
    if (1..=NAMED_CARDS_MAX as usize).contains(&cards.len()) {
        Ok(cards)
    } else {
        Err(Problem::invalid("cards", "out_of_range", format!("1 to {NAMED_CARDS_MAX} cards are needed")))
    }
}

impl From<StartRunError> for Problem {
    fn from(error: StartRunError) -> Self {
        match error {
            StartRunError::NothingToPrint { set_aside } => {
                Self::conflict("nothing_to_print", "No card is ready to print.").with("set_aside", set_aside)
            }
            StartRunError::Card { card, refusal } => Self::from(refusal).with("card", card),
            StartRunError::Db(error) => error.into(),
        }
    }
}
