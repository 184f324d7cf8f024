//! `/api/v1/print-runs`.

use crate::app::SharedApp;
use crate::cards::card::CardState;
use crate::catalog;
use crate::kernel::UtcMs;
use crate::kernel::ids::{CardId, PrintRunId};
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::production::confirm_printed::{Which, confirm_printed};
use crate::production::print_run::{Outcome, PrintRun, RUN_CARDS_MAX, RunState, SetAside};
use crate::production::report_spoiled::report_spoiled;
use crate::production::scan_back::{ScannedBack, scan_back};
use crate::production::settle::SettleError;
use crate::production::start_run::{StartRunError, Wanted, find_damaged, start_run};
use crate::production::store;
use crate::production::store::runs::Member;
use crate::web::caller::PERSONALIZATION;
use crate::web::list::{Items, PageQuery};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use card::{CardNumber, KeyRing, Reason};
use db::Conn;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The longest reason, in characters.
const REASON_CHARS_MAX: usize = 200;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(list_print_runs, start_print_run))
        .routes(routes!(read_print_run))
        .routes(routes!(list_cards_of_print_run))
        .routes(routes!(send_to_printer))
        .routes(routes!(confirm_cards_printed))
        .routes(routes!(report_cards_spoiled))
        .routes(routes!(scan_card_back))
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
    /// Without `cards`: at most so many.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1000)]
    max: Option<u32>,
}

/// A print run.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct PrintRunBody {
    /// The run's id.
    id: PrintRunId,
    /// Its number, counted up from 1.
    number: u32,
    /// How far it has come.
    state: RunState,
    /// How many cards were frozen.
    cards: u32,
    /// How many of them have finished faces.
    rendered: u32,
    /// How many came out.
    printed: u32,
    /// How many were spoiled.
    spoiled: u32,
    /// How many became void before they came out.
    withdrawn: u32,
    /// How many were read after printing.
    verified: u32,
    /// The cards that were wanted, but are set aside, with the reasons.
    set_aside: Vec<SetAside>,
    /// When it was started.
    #[schema(value_type = String, format = DateTime)]
    created_at: UtcMs,
    /// When its last card got an outcome.
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
            cards: run.counts.cards(),
            // Only cards with finished faces are frozen.
            rendered: run.counts.cards(),
            printed: run.counts.printed,
            spoiled: run.counts.spoiled,
            withdrawn: run.counts.withdrawn,
            verified: run.counts.verified,
            set_aside: run.set_aside,
            created_at: run.created_at,
            closed_at: run.closed_at,
        }
    }
}

/// A card of a run.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct RunCard {
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

/// Which cards of a run.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
enum CardsOrAll {
    /// All that have no outcome yet.
    All(All),
    /// Exactly these.
    These(Vec<CardId>),
}

/// The word `all`.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum All {
    /// All.
    All,
}

/// Which cards came out.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PrintedCards {
    /// The ids of the cards, or `all`.
    cards: CardsOrAll,
}

/// Which cards are spoiled.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct SpoiledCards {
    /// The ids of the cards.
    #[schema(min_items = 1, max_items = 1000)]
    cards: Vec<CardId>,
    /// What happened.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// What was read.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct ReadCode {
    /// The text of the card's QR code, or its card number.
    #[schema(min_length = 14, max_length = 210)]
    code: String,
}

/// What a card that was read is, and the run as it is now.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct ScannedBackBody {
    #[serde(flatten)]
    run: PrintRunBody,
    /// The card that was read.
    scanned: RunCard,
    /// Whether it had been read before: it lies there twice, or was read twice.
    repeated: bool,
}

impl From<ScannedBack> for ScannedBackBody {
    fn from(read: ScannedBack) -> Self {
        Self { run: read.run.into(), scanned: read.member.into(), repeated: read.repeated }
    }
}

/// Where to print.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PrintOn {
    /// The printer's key.
    printer: Slug,
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
    let damaged = find_damaged(&app, &wanted)
        .await
        .map_err(|error| Problem::internal("the frozen portraits cannot be looked at", &error))?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| {
            if let Some(product) = &wanted.product
                && catalog::store::product(tx, product).await?.is_none()
            {
                return Err(Problem::invalid("product", "unknown_key", format!("there is no product {product}")));
            }
            let run = start_run(tx, &act, &wanted, &damaged).await?;
            Ok(PrintRunBody::from(run))
        }
    };
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
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
    let page = store::runs::members(&mut conn, run, query.after.as_deref(), query.rows()).await?;
    Ok(Json(Items::of(page, |member| Ok::<_, Problem>(member.into()))?))
}

/// Sends a run to a card printer. No printer can be set up in this version, so every call is refused with `no_printer_set_up`:
/// print the file `cards.pdf` of the run and confirm it with `printed` or `scan-back`.
#[utoipa::path(post, path = "/api/v1/print-runs/{id}/print", tag = "production", request_body = PrintOn,
    params(("id" = PrintRunId, Path, description = "The run's id.")), security(("api_key" = ["personalization"])),
    responses((status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn send_to_printer(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    body: Body<PrintOn>,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    store::runs::find(&mut conn, run).await?.ok_or_else(|| Problem::not_found("print run"))?;
    Err(Problem::conflict(
        "no_printer_set_up",
        "No card printer is set up. Print the run's file cards.pdf and confirm the cards as printed.",
    )
    .with("printer", body.value.printer))
}

/// Confirms that cards came out. They are ready for dispatch in the same moment.
#[utoipa::path(post, path = "/api/v1/print-runs/{id}/printed", tag = "production", request_body = PrintedCards,
    params(("id" = PrintRunId, Path, description = "The run's id.")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = PrintRunBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn confirm_cards_printed(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    body: Body<PrintedCards>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let which = match body.value.cards {
        CardsOrAll::All(All::All) => Which::All,
        CardsOrAll::These(cards) => Which::These(set_of(cards)?),
    };
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(PrintRunBody::from(confirm_printed(tx, &act, run, &which).await?))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Reports that the plastic of cards is lost. They wait for the next run.
#[utoipa::path(post, path = "/api/v1/print-runs/{id}/spoiled", tag = "production", request_body = SpoiledCards,
    params(("id" = PrintRunId, Path, description = "The run's id.")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = PrintRunBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn report_cards_spoiled(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    body: Body<SpoiledCards>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let cards = set_of(body.value.cards)?;
    let reason = clean(&body.value.reason);
    if !(1..=REASON_CHARS_MAX).contains(&reason.chars().count()) {
        return Err(Problem::invalid("reason", "invalid_value", "a reason of 1 to 200 characters is needed"));
    }
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(PrintRunBody::from(report_spoiled(tx, &act, run, &cards, &reason).await?))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// A card that came out was read: it is printed, if that was not confirmed yet, and verified.
#[utoipa::path(post, path = "/api/v1/print-runs/{id}/scan-back", tag = "production", request_body = ReadCode,
    params(("id" = PrintRunId, Path, description = "The run's id.")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = ScannedBackBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn scan_card_back(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    body: Body<ReadCode>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let digits = digits(&body.value.code)?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(ScannedBackBody::from(scan_back(tx, &act, run, &digits).await?))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

fn wanted(new: NewPrintRun) -> Result<Wanted, Problem> {
    let both = new.cards.is_some() && (new.product.is_some() || new.max.is_some());
    if both {
        return Err(Problem::invalid(
            "cards",
            "not_with_others",
            "name either the cards, or a product and the most cards",
        ));
    }
    let most = new.max.unwrap_or(RUN_CARDS_MAX);
    if !(1..=RUN_CARDS_MAX).contains(&most) {
        return Err(Problem::invalid("max", "out_of_range", format!("a run has 1 to {RUN_CARDS_MAX} cards")));
    }
    let cards = new.cards.map(set_of).transpose()?;
    Ok(Wanted { cards, product: new.product, most })
}

fn set_of(cards: Vec<CardId>) -> Result<BTreeSet<CardId>, Problem> {
    let cards: BTreeSet<CardId> = cards.into_iter().collect();
    if (1..=RUN_CARDS_MAX as usize).contains(&cards.len()) {
        Ok(cards)
    } else {
        Err(Problem::invalid("cards", "out_of_range", format!("1 to {RUN_CARDS_MAX} cards are needed")))
    }
}

/// The digits of a card number, which people type with blanks, or of a code text.
fn digits(text: &str) -> Result<String, Problem> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // Whether the code is genuine need not be asked: only a card of the run is looked for.
    let is_number = CardNumber::parse(&digits).is_ok();
    let is_code = !matches!(card::read(&digits, &KeyRing::default()), Err(Reason::Malformed));
    if is_number || is_code {
        Ok(digits)
    } else {
        Err(Problem::invalid("code", "malformed", "this is neither a card code nor a card number"))
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

impl From<SettleError> for Problem {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::NoSuchRun => Self::not_found("print run"),
            SettleError::RunOver(state) => {
                Self::conflict("wrong_state", "All cards of this run have an outcome already.")
                    .with("state", state)
                    .with("expected", [RunState::Open])
            }
            SettleError::NotInRun(card) => {
                let problem = Self::conflict("not_in_run", "This card does not belong to this run.");
                match card {
                    Some(card) => problem.with("card", card),
                    None => problem,
                }
            }
            SettleError::Settled(member) => {
                let detail = format!("Card {} is {} in this run already.", member.number, member.outcome.as_str());
                Self::conflict("wrong_state", detail)
                    .with("card", member.card)
                    .with("state", member.state)
                    .with("outcome", member.outcome)
                    .with("expected", [CardState::InPrintRun])
            }
            SettleError::Card { card, refusal } => Self::from(refusal).with("card", card),
            SettleError::Db(error) => error.into(),
        }
    }
}
