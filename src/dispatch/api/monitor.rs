//! `GET /api/v1/card-places`: where all cards that wait for somebody are.

use crate::app::SharedApp;
use crate::cards::CardState;
use crate::dispatch::store::{boxes, monitor};
use crate::dispatch::transfer::BoxState;
use crate::kernel::UtcMs;
use crate::web::caller::{MAILROOM, PERSONALIZATION};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Problem};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(list_card_places))
}

/// Cards that are in one place.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct CardPlace {
    /// Where they stand.
    state: CardState,
    /// The key of the house where they lie, or in which they are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    house: Option<String>,
    /// How many.
    cards: i64,
    /// How many of them have been there too long.
    late: i64,
    /// Since when the first of them is there.
    #[schema(value_type = String, format = DateTime)]
    since: UtcMs,
}

/// Cards that lie in boxes; they count under `places` as ready for dispatch too.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct BoxedCards {
    /// The key of the house to which the boxes go.
    house: String,
    /// Where the boxes are; in those that arrived the cards are missing.
    state: BoxState,
    /// How many cards.
    cards: i64,
    /// Since when the first of them lies there.
    #[schema(value_type = String, format = DateTime)]
    since: UtcMs,
}

/// Where cards are.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct CardPlaces {
    /// Where they wait for somebody, in the order of a card's life, then by house.
    places: Vec<CardPlace>,
    /// Those that lie in transfer boxes.
    boxes: Vec<BoxedCards>,
}

/// Where all cards are that wait for somebody: by state and house, since when, and how many are late.
#[utoipa::path(get, path = "/api/v1/card-places", tag = "dispatch", security(("api_key" = ["personalization", "mailroom"])),
    responses((status = 200, body = CardPlaces), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_card_places(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | MAILROOM }>,
) -> Result<Json<CardPlaces>, Problem> {
    let mut conn = app.db.snapshot().await?;
    let place = |place: monitor::Place| CardPlace {
        state: place.state,
        house: place.house,
        cards: place.cards,
        late: place.late,
        since: place.since,
    };
    let places = monitor::places(&mut conn, app.clock.now()).await?.into_iter().map(place).collect();
    let boxed = |boxed: boxes::Boxed| BoxedCards {
        house: boxed.house,
        state: boxed.state,
        cards: boxed.cards,
        since: boxed.since,
    };
    let boxes = boxes::count(&mut conn).await?.into_iter().map(boxed).collect();
    Ok(Json(CardPlaces { places, boxes }))
}
