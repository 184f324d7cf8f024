//! `/api/v1/transfer-boxes`: boxes in which cards travel between houses.

use super::optional_text;
use super::steps::in_box;
use crate::app::SharedApp;
use crate::dispatch::store::boxes;
use crate::dispatch::transfer::{self, BoxError, TransferBox};
use crate::kernel::ids::{CardId, TransferBoxId};
use crate::kernel::slug::Slug;
use crate::web::caller::MAILROOM;
use crate::web::list;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, NoBody, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(list_boxes, make_box))
        .routes(routes!(show_box))
        .routes(routes!(put_card_in))
        .routes(routes!(send_box))
        .routes(routes!(unpack_card))
        .routes(routes!(close_box))
        .routes(routes!(take_card_out))
}

/// A new box.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewBox {
    /// The key of the house to which it goes.
    house: Slug,
}

/// A card that is put in.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct CardIn {
    /// The id of the card.
    card: CardId,
}

/// A card that was read in the other house.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct CardOut {
    /// The id of the card.
    card: CardId,
    /// Where it is laid ready.
    #[serde(default)]
    #[schema(max_length = 100)]
    shelf: Option<String>,
}

/// Which boxes.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct BoxQuery {
    /// The most items of the page: 1 to 500, 50 by default.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A page of boxes.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct BoxList {
    /// The boxes, the last made first.
    items: Vec<TransferBox>,
    /// Pass it as `after` for the next page; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A box with its cards.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct BoxAndCards {
    #[serde(flatten)]
    transfer_box: TransferBox,
    /// The cards that were not read in the other house. In a closed box they are missing.
    left_cards: Vec<CardId>,
}

/// All boxes, the last made first.
#[utoipa::path(get, path = "/api/v1/transfer-boxes", tag = "dispatch", params(BoxQuery), security(("api_key" = ["mailroom"])),
    responses((status = 200, body = BoxList), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_boxes(
    State(app): State<SharedApp>,
    _: Allowed<MAILROOM>,
    Query(query): Query<BoxQuery>,
) -> Result<Json<BoxList>, Problem> {
    let page =
        boxes::page(&mut app.db.snapshot().await?, None, query.after.as_deref(), list::rows(query.limit)).await?;
    Ok(Json(BoxList { items: page.items, next: page.next }))
}

/// Makes an empty box for a house.
#[utoipa::path(post, path = "/api/v1/transfer-boxes", tag = "dispatch", request_body = NewBox, security(("api_key" = ["mailroom"])),
    responses((status = 201, body = TransferBox), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn make_box(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    body: Body<NewBox>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let house = body.value.house;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(transfer::make_box(tx, &act, &house).await?)
    };
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// A box, and which of its cards were not read in the other house.
#[utoipa::path(get, path = "/api/v1/transfer-boxes/{id}", tag = "dispatch",
    params(("id" = TransferBoxId, Path, description = "The box's id.")), security(("api_key" = ["mailroom"])),
    responses((status = 200, body = BoxAndCards), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn show_box(
    State(app): State<SharedApp>,
    _: Allowed<MAILROOM>,
    PathKey(id): PathKey<TransferBoxId>,
) -> Result<Json<BoxAndCards>, Problem> {
    let mut conn = app.db.snapshot().await?;
    let transfer_box = boxes::find(&mut conn, id).await?.ok_or_else(|| Problem::not_found("box"))?;
    let left_cards = boxes::left_in(&mut conn, id).await?;
    Ok(Json(BoxAndCards { transfer_box, left_cards }))
}

/// Puts a card into an open box. It must be ready for dispatch and wanted in the house of the box: else 409 `not_for_this_box`.
#[utoipa::path(post, path = "/api/v1/transfer-boxes/{id}/cards", tag = "dispatch", request_body = CardIn,
    params(("id" = TransferBoxId, Path, description = "The box's id.")), security(("api_key" = ["mailroom"])),
    responses((status = 200, body = TransferBox), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn put_card_in(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    PathKey(id): PathKey<TransferBoxId>,
    body: Body<CardIn>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let card = body.value.card;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(transfer::put_in(tx, &act, id, card).await?)
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Takes a card out of the box in which it lies, where it was packed.
#[utoipa::path(post, path = "/api/v1/cards/{id}/take-out", tag = "dispatch",
    params(("id" = CardId, Path, description = "The card's id.")), security(("api_key" = ["mailroom"])),
    responses((status = 200, body = TransferBox), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn take_card_out(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    PathKey(card): PathKey<CardId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(transfer::take_out(tx, &act, card).await?)
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Sends a box on its way.
#[utoipa::path(post, path = "/api/v1/transfer-boxes/{id}/send", tag = "dispatch",
    params(("id" = TransferBoxId, Path, description = "The box's id.")), security(("api_key" = ["mailroom"])),
    responses((status = 200, body = TransferBox), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn send_box(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    PathKey(id): PathKey<TransferBoxId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(transfer::send(tx, &act, id).await?)
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Reads a card out of a box that came: it lies ready in the house of the box. The last card closes the box.
#[utoipa::path(post, path = "/api/v1/transfer-boxes/{id}/arrivals", tag = "dispatch", request_body = CardOut,
    params(("id" = TransferBoxId, Path, description = "The box's id.")), security(("api_key" = ["mailroom"])),
    responses((status = 200, body = TransferBox), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn unpack_card(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    PathKey(id): PathKey<TransferBoxId>,
    body: Body<CardOut>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let card = body.value.card;
    let shelf = optional_text("shelf", body.value.shelf, 100)?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(transfer::unpack(tx, &act, id, card, shelf.clone()).await?)
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Closes a box after it was unpacked. Cards that nobody read are missing from then on; `left` counts them.
#[utoipa::path(post, path = "/api/v1/transfer-boxes/{id}/close", tag = "dispatch",
    params(("id" = TransferBoxId, Path, description = "The box's id.")), security(("api_key" = ["mailroom"])),
    responses((status = 200, body = TransferBox), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn close_box(
    State(app): State<SharedApp>,
    caller: Allowed<MAILROOM>,
    PathKey(id): PathKey<TransferBoxId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(transfer::close(tx, &act, id).await?)
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

impl From<BoxError> for Problem {
    fn from(error: BoxError) -> Self {
        match error {
            BoxError::NoSuchHouse => Self::invalid("house", "unknown_key", error.to_string()),
            BoxError::UnknownBox => Self::not_found("box"),
            BoxError::UnknownCard => Self::not_found("card"),
            BoxError::WrongState(state) => {
                Self::conflict("wrong_box_state", "The box does not allow this now.").with("state", state)
            }
            BoxError::Empty => Self::conflict("box_is_empty", "There is no card in the box."),
            BoxError::NotForHouse(item, why) => {
                Self::conflict("not_for_this_box", why.to_string()).with("state", item.card.state)
            }
            BoxError::InBox(number) => in_box(number),
            BoxError::NotInBox => Self::conflict("not_in_this_box", "The card is not in this box."),
            BoxError::Deposit(error) => error.into(),
            BoxError::Db(error) => error.into(),
        }
    }
}
