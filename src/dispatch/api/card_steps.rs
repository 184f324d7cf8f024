//! `POST /api/v1/cards/{id}/undo` and `/make-ready`.

use super::{MovedCard, required_text};
use crate::app::SharedApp;
use crate::cards::steps::UndoError;
use crate::dispatch::make_ready::make_ready;
use crate::dispatch::undo::undo;
use crate::kernel::ids::CardId;
use crate::kernel::text::REASON_CHARS_MAX;
use crate::web::caller::MAILROOM;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, NoBody, PathKey, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(undo_last_step)).routes(routes!(make_card_ready))
}

/// Why a step is taken back.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct UndoReason {
    /// What went wrong.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// A card whose last step was taken back.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct UndoneStep {
    #[serde(flatten)]
    card: MovedCard,
    /// The step that was taken back, for instance `dispatched`.
    undone: String,
}

/// Takes back the last step of a card, with a reason: that it was printed, spoiled, dispatched, deposited, made ready, handed over or
/// returned. 409 `nothing_to_undo` for any other step.
#[utoipa::path(post, path = "/api/v1/cards/{id}/undo", tag = "dispatch", request_body = UndoReason,
    params(("id" = CardId, Path, description = "The card's id.")), security(("api_key" = ["mailroom"])),
    responses((status = 200, body = UndoneStep), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn undo_last_step(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    PathKey(card): PathKey<CardId>,
    body: Body<UndoReason>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let reason = required_text("reason", &body.value.reason, REASON_CHARS_MAX)?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| {
            let undone = undo(tx, &act, card, &reason).await?;
            Ok(UndoneStep { card: undone.card.into(), undone: undone.step })
        }
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Takes a deposited card off its shelf, or a returned card out of its envelope: it is ready for dispatch again.
#[utoipa::path(post, path = "/api/v1/cards/{id}/make-ready", tag = "dispatch",
    params(("id" = CardId, Path, description = "The card's id.")), security(("api_key" = ["mailroom"])),
    responses((status = 200, body = MovedCard), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn make_card_ready(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    PathKey(card): PathKey<CardId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(MovedCard::from(make_ready(tx, &act, card).await?))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

impl From<UndoError> for Problem {
    fn from(error: UndoError) -> Self {
        match error {
            UndoError::UnknownCard => Self::not_found("card"),
            UndoError::NothingToUndo { state } => {
                Self::conflict("nothing_to_undo", "How the card came where it stands cannot be taken back.")
                    .with("state", state)
            }
            UndoError::Db(error) => error.into(),
        }
    }
}
