//! `/api/v1/dispatches`, `/deposits`, `/handovers` and `/returns`.

use super::{MovedCard, MovedCards, optional_text, required_text, set_of};
use crate::app::SharedApp;
use crate::dispatch::PickupCode;
use crate::dispatch::batch::BatchError;
use crate::dispatch::deposit::{Deposit, DepositError, Opening, deposit};
use crate::dispatch::hand_over::{HandOverError, Handover, Proof, hand_over};
use crate::dispatch::hand_to_post::hand_to_post;
use crate::dispatch::take_back::take_back;
use crate::kernel::ids::CardId;
use crate::kernel::slug::Slug;
use crate::kernel::text::REASON_CHARS_MAX;
use crate::web::caller::{MAILROOM, PERSONALIZATION};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(dispatch_cards))
        .routes(routes!(deposit_cards))
        .routes(routes!(hand_card_over))
        .routes(routes!(return_card))
}

/// Cards that were given to the post.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDispatch {
    /// The ids of the cards.
    #[schema(min_items = 1, max_items = 1000)]
    cards: Vec<CardId>,
    /// Who carries them.
    #[serde(default)]
    #[schema(max_length = 100)]
    carrier: Option<String>,
    /// The number of the consignment.
    #[serde(default)]
    #[schema(max_length = 100)]
    tracking: Option<String>,
}

/// Cards that were laid ready in a house.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDeposit {
    /// The ids of the cards.
    #[schema(min_items = 1, max_items = 1000)]
    cards: Vec<CardId>,
    /// The key of the house.
    house: Slug,
    /// Shelf, box or drawer.
    #[serde(default)]
    #[schema(max_length = 100)]
    shelf: Option<String>,
    /// What is to be said at the desk: 4 to 32 letters and digits. Absent: the name is enough.
    #[serde(default)]
    #[schema(min_length = 4, max_length = 40)]
    pickup_code: Option<String>,
    /// Whether a code is to be made and mailed to the holder, if the order has an address for mail and no code is given.
    #[serde(default)]
    mail_pickup_code: bool,
}

/// A card that was given to its holder, or to somebody in the holder's name.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewHandover {
    /// The id of the card.
    card: CardId,
    /// Who took it, if it was not the holder.
    #[serde(default)]
    #[schema(max_length = 200)]
    picked_up_by: Option<String>,
    /// What was said at the desk. It must be the code of the deposit, if that has one.
    #[serde(default)]
    #[schema(max_length = 40)]
    pickup_code: Option<String>,
    /// What somebody else showed.
    #[serde(default)]
    proof: Option<Proof>,
    /// Why somebody else came.
    #[serde(default)]
    #[schema(max_length = 200)]
    reason: Option<String>,
}

/// A card that came back by post.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewReturn {
    /// The id of the card.
    card: CardId,
    /// What stands on the envelope.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Records that cards were given to the post: all of them, or none.
#[utoipa::path(post, path = "/api/v1/dispatches", tag = "dispatch", request_body = NewDispatch, security(("api_key" = ["mailroom"])),
    responses((status = 201, body = MovedCards), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn dispatch_cards(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    body: Body<NewDispatch>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let cards = set_of(body.value.cards)?;
    let carrier = optional_text("carrier", body.value.carrier, 100)?;
    let tracking = optional_text("tracking", body.value.tracking, 100)?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| {
            let moved = hand_to_post(tx, &act, &cards, carrier.clone(), tracking.clone()).await?;
            Ok(MovedCards::of(moved))
        }
    };
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// Records that cards lie ready in a house: all of them, or none.
#[utoipa::path(post, path = "/api/v1/deposits", tag = "dispatch", request_body = NewDeposit, security(("api_key" = ["mailroom"])),
    responses((status = 201, body = MovedCards), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn deposit_cards(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    body: Body<NewDeposit>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let cards = set_of(body.value.cards)?;
    let opening = match pickup_code(body.value.pickup_code)? {
        Some(code) => Opening::Said(code),
        None if body.value.mail_pickup_code => Opening::Mailed,
        None => Opening::Name,
    };
    let place = Deposit { house: body.value.house, shelf: optional_text("shelf", body.value.shelf, 100)?, opening };
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(MovedCards::of(deposit(tx, &act, &cards, &place).await?))
    };
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// Records that a card is in its holder's hand: issued at the counter, fetched from its shelf, or confirmed after the post brought it.
#[utoipa::path(post, path = "/api/v1/handovers", tag = "dispatch", request_body = NewHandover,
    security(("api_key" = ["personalization", "mailroom"])),
    responses((status = 201, body = MovedCard), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn hand_card_over(
    State(app): State<SharedApp>,
    caller: Allowed<{ PERSONALIZATION | MAILROOM }>,
    body: Body<NewHandover>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let card = body.value.card;
    let handover = Handover {
        picked_up_by: optional_text("picked_up_by", body.value.picked_up_by, 200)?,
        pickup_code: pickup_code(body.value.pickup_code)?,
        proof: body.value.proof,
        reason: optional_text("reason", body.value.reason, REASON_CHARS_MAX)?,
    };
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| {
            let moved = hand_over(tx, &act, card, &handover).await?;
            Ok(MovedCard::from(moved))
        }
    };
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// Records that a card came back by post. The holder's right is not touched.
#[utoipa::path(post, path = "/api/v1/returns", tag = "dispatch", request_body = NewReturn, security(("api_key" = ["mailroom"])),
    responses((status = 201, body = MovedCard), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn return_card(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    body: Body<NewReturn>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let card = body.value.card;
    let reason = required_text("reason", &body.value.reason, REASON_CHARS_MAX)?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(MovedCard::from(take_back(tx, &act, card, Some(reason.clone())).await?))
    };
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

fn pickup_code(text: Option<String>) -> Result<Option<PickupCode>, Problem> {
    let typed = text.filter(|text| !text.trim().is_empty());
    let code = typed.map(|text| PickupCode::parse(&text)).transpose();
    code.map_err(|error| Problem::invalid("pickup_code", "invalid_value", error.to_string()))
}

/// The card is on its way to another house.
pub(super) fn in_box(number: i64) -> Problem {
    Problem::conflict("in_transfer_box", "The card lies in a box on its way to another house.").with("box", number)
}

impl From<BatchError> for Problem {
    fn from(error: BatchError) -> Self {
        match error {
            BatchError::InBox { card, number } => in_box(number).with("card", card),
            BatchError::Card { card, refusal } => Self::from(refusal).with("card", card),
            BatchError::Db(error) => error.into(),
        }
    }
}

impl From<DepositError> for Problem {
    fn from(error: DepositError) -> Self {
        match error {
            DepositError::NoSuchHouse(_) => Self::invalid("house", "unknown_key", error.to_string()),
            DepositError::Cards(error) => error.into(),
            DepositError::Db(error) => error.into(),
        }
    }
}

impl From<HandOverError> for Problem {
    fn from(error: HandOverError) -> Self {
        match error {
            HandOverError::WrongPickupCode => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong_pickup_code", "The pickup code is another one.")
            }
            HandOverError::InBox(number) => in_box(number),
            HandOverError::Step(error) => error.into(),
            HandOverError::Db(error) => error.into(),
        }
    }
}
