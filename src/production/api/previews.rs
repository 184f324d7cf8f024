//! `GET /api/v1/cards/{id}/preview.png`.

use super::FileBytes;
use crate::app::SharedApp;
use crate::cards::card::CardState;
use crate::kernel::ids::CardId;
use crate::production::print_data::{Face, file_key};
use crate::production::store;
use crate::web::caller::{MAILROOM, PERSONALIZATION};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, PathKey, Problem, Query};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(preview_card))
}

/// Which face.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct PreviewQuery {
    /// The face; absent: the front.
    #[serde(default)]
    side: Face,
}

/// A picture of one face of a card, from the same composition that is printed. 409 `wrong_state` while nothing is frozen for it.
#[utoipa::path(get, path = "/api/v1/cards/{id}/preview.png", tag = "production",
    params(("id" = CardId, Path, description = "The card's id."), PreviewQuery),
    security(("api_key" = ["personalization", "mailroom"])),
    responses((status = 200, body = FileBytes, content_type = "image/png"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn preview_card(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | MAILROOM }>,
    PathKey(card): PathKey<CardId>,
    Query(query): Query<PreviewQuery>,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let (state, frozen) =
        store::print_data::of_card(&mut conn, card).await?.ok_or_else(|| Problem::not_found("card"))?;
    drop(conn);
    let frozen = frozen.ok_or_else(|| {
        Problem::conflict("wrong_state", "Nothing is frozen for this card yet.")
            .with("state", state)
            .with("expected", [CardState::ReadyToPrint])
    })?;
    let key = file_key(&frozen, query.side.file_name());
    let picture = app.files.get(&key).await.map_err(|error| Problem::internal("a preview is missing", &error))?;
    Ok(([(header::CONTENT_TYPE, "image/png")], picture).into_response())
}
