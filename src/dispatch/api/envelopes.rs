//! `POST /api/v1/envelopes`, and the letter of a card.

use super::{MovedCards, optional_text, set_of};
use crate::app::SharedApp;
use crate::dispatch::pack::{PackError, Packing, post_envelope};
use crate::kernel::ids::CardId;
use crate::production::api::FileBytes;
use crate::production::letters::{envelope_of, letter_of};
use crate::web::caller::MAILROOM;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, PathKey, Problem};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use db::Conn;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(post_cards_in_envelope)).routes(routes!(card_letter_pdf))
}

/// An envelope of which the letter and every card were read.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PackedEnvelope {
    /// The 20 digits of the code on the letter.
    #[schema(max_length = 40)]
    letter: String,
    /// The ids of the cards.
    #[schema(min_items = 1, max_items = 1000)]
    cards: Vec<CardId>,
    /// Who carries it.
    #[serde(default)]
    #[schema(max_length = 100)]
    carrier: Option<String>,
    /// The number of the consignment.
    #[serde(default)]
    #[schema(max_length = 100)]
    tracking: Option<String>,
}

/// Posts the cards of an envelope together, if they are all of its cards and the letter is theirs. 409 `wrong_letter` when it is another
/// one's, or void because address or cards have changed; 409 `wrong_pair` when the cards are not exactly those of the envelope.
#[utoipa::path(post, path = "/api/v1/envelopes", tag = "dispatch", request_body = PackedEnvelope, security(("api_key" = ["mailroom"])),
    responses((status = 201, body = MovedCards), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn post_cards_in_envelope(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    body: Body<PackedEnvelope>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let letter = body.value.letter.parse();
    let letter = letter.map_err(|()| Problem::invalid("letter", "invalid_value", "20 digits are needed"))?;
    let packing = Packing { cards: set_of(body.value.cards)?.into_iter().collect(), letter: Some(letter) };
    let carrier = optional_text("carrier", body.value.carrier, 100)?;
    let tracking = optional_text("tracking", body.value.tracking, 100)?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| {
            let moved = post_envelope(tx, &act, &packing, carrier.clone(), tracking.clone()).await?;
            Ok(MovedCards::of(moved))
        }
    };
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// The letter on which a card travels, with all cards that go with it. 404 when the card is not to be posted now.
#[utoipa::path(get, path = "/api/v1/cards/{id}/letter.pdf", tag = "dispatch",
    params(("id" = CardId, Path, description = "The card's id.")), security(("api_key" = ["mailroom"])),
    responses((status = 200, body = FileBytes, content_type = "application/pdf"),
        (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn card_letter_pdf(
    State(app): State<SharedApp>,
    _: Allowed<MAILROOM>,
    PathKey(card): PathKey<CardId>,
) -> Result<Response, Problem> {
    let envelope = envelope_of(&mut app.db.read().await?, card).await?.ok_or_else(|| Problem::not_found("letter"))?;
    let bytes = letter_of(&app, envelope).await?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}

impl From<PackError> for Problem {
    fn from(error: PackError) -> Self {
        match error {
            PackError::OtherLetter | PackError::VoidLetter => Self::conflict("wrong_letter", error.to_string()),
            PackError::Unknown | PackError::NotToPost(..) | PackError::OtherEnvelope(_) | PackError::Incomplete => {
                Self::conflict("wrong_pair", error.to_string())
            }
            PackError::Batch(error) => error.into(),
            PackError::Db(error) => error.into(),
        }
    }
}
