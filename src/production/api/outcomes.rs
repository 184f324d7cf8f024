//! What became of the cards of a run: `/api/v1/print-runs/{id}/printed`, `/spoiled`, `/scan-back`.

use super::print_runs::{PrintRunBody, RunCard, set_of};
use crate::app::SharedApp;
use crate::cards::CardState;
use crate::kernel::ids::{CardId, PrintRunId};
use crate::kernel::text::{REASON_CHARS_MAX, clean};
use crate::production::RunState;
use crate::production::confirm_printed::{Which, confirm_most, confirm_printed};
use crate::production::report_spoiled::report_spoiled;
use crate::production::scan_back::{ScannedBack, digits, scan_back};
use crate::production::settle::SettleError;
use crate::web::caller::PERSONALIZATION;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, PathKey, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(confirm_cards_printed))
        .routes(routes!(report_cards_spoiled))
        .routes(routes!(scan_card_back))
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
    /// The place of the card that was read before it, where that is further behind: the stack is in the wrong order.
    #[serde(skip_serializing_if = "Option::is_none")]
    out_of_order: Option<u32>,
}

impl From<ScannedBack> for ScannedBackBody {
    fn from(read: ScannedBack) -> Self {
        let ScannedBack { member, repeated, out_of_order, run } = read;
        Self { run: run.into(), scanned: member.into(), repeated, out_of_order }
    }
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
        CardsOrAll::All(All::All) => {
            confirm_most(&app, &act, run)
                .await
                .map_err(|error| Problem::internal("the cards of a run cannot be confirmed", &format!("{error:#}")))?;
            Which::All
        }
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
    let digits = digits(&body.value.code)
        .ok_or_else(|| Problem::invalid("code", "malformed", "this is neither a card code nor a card number"))?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(ScannedBackBody::from(scan_back(tx, &act, run, &digits).await?))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
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
