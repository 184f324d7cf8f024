//! `/api/v1/cards`: reading them, and keeping one that is printed though something changed since.

use super::bodies::{CardBody, card_history};
use crate::app::SharedApp;
use crate::cards::card::CardState;
use crate::cards::keep_printed::keep_printed;
use crate::cards::plastic::Card;
use crate::cards::store::{annual_tickets, cards};
use crate::kernel::ids::{AnnualTicketId, CardId};
use crate::kernel::slug::Slug;
use crate::kernel::text::fold;
use crate::web::caller::{MAILROOM, PERSONALIZATION};
use crate::web::list::{self, Items};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, NoBody, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::Deserialize;
use std::collections::HashMap;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(list_cards)).routes(routes!(read_card)).routes(routes!(keep_card))
}

/// Which cards.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct CardQuery {
    /// Only those in this state.
    state: Option<CardState>,
    /// Only those that lie, or are to be laid ready, in this house.
    house: Option<Slug>,
    /// Only those of this product.
    product: Option<Slug>,
    /// Words of the holder's name, or the card's number.
    q: Option<String>,
    /// The most items of the page: 1 to 500, 50 by default.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Cards, the oldest first.
#[utoipa::path(get, path = "/api/v1/cards", tag = "cards", params(CardQuery),
    security(("api_key" = ["personalization", "mailroom"])),
    responses((status = 200, body = Items<CardBody>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_cards(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | MAILROOM }>,
    Query(query): Query<CardQuery>,
) -> Result<Json<Items<CardBody>>, Problem> {
    let mut conn = app.db.snapshot().await?;
    let words = fold(query.q.as_deref().unwrap_or_default());
    let filter = cards::Filter {
        state: query.state,
        house: query.house.as_ref().map(Slug::as_str),
        product: query.product.as_ref().map(Slug::as_str),
        words: &words,
    };
    let rows = list::rows(query.limit);
    let page = cards::page(&mut conn, &filter, query.after.as_deref(), rows).await?;
    let ids: Vec<AnnualTicketId> = page.items.iter().map(|card| card.annual_ticket_id).collect();
    let tickets = annual_tickets::of_ids(&mut conn, &ids).await?;
    let tickets: HashMap<_, _> = tickets.iter().map(|ticket| (ticket.id, ticket)).collect();
    let body = |card: &Card| Some(CardBody::of(card, tickets.get(&card.annual_ticket_id)?));
    Ok(Json(Items { items: page.items.iter().filter_map(body).collect(), next: page.next }))
}

/// One card with its history.
#[utoipa::path(get, path = "/api/v1/cards/{id}", tag = "cards", params(("id" = CardId, Path, description = "its id")),
    security(("api_key" = ["personalization", "mailroom"])),
    responses((status = 200, body = CardBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_card(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | MAILROOM }>,
    PathKey(id): PathKey<CardId>,
) -> Result<Json<CardBody>, Problem> {
    Ok(Json(full_card(&mut app.db.snapshot().await?, id).await?))
}

/// Keeps a printed card that differs from what is known of its holder by now. The next change is a question again.
#[utoipa::path(post, path = "/api/v1/cards/{id}/keep", tag = "cards", params(("id" = CardId, Path, description = "its id")),
    security(("api_key" = ["personalization"])),
    responses((status = 200, body = CardBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn keep_card(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<CardId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        keep_printed(tx, &deed_act, id).await?;
        full_card(tx, id).await
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

async fn full_card(conn: &mut Conn, id: CardId) -> Result<CardBody, Problem> {
    let unknown = || Problem::not_found("card");
    let card = cards::find(conn, id).await?.ok_or_else(unknown)?;
    let ticket = annual_tickets::find(conn, card.annual_ticket_id).await?.ok_or_else(unknown)?;
    let mut body = CardBody::of(&card, &ticket);
    body.history = Some(card_history(conn, id).await?);
    Ok(body)
}
