//! `/api/v1/annual-tickets`: reading them.

use super::bodies::{AnnualTicketBody, full_body, listed_body};
use super::photo_upload::PictureFile;
use super::refusals;
use crate::app::SharedApp;
use crate::cards::annual_ticket::Personalized;
use crate::cards::store::{annual_tickets, cards};
use crate::kernel::ids::AnnualTicketId;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::kernel::text::fold;
use crate::people::store::find_photo;
use crate::web::caller::{ENTRY, MAILROOM, PERSONALIZATION};
use crate::web::list::{self, Items};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use card::CardNumber;
use db::Conn;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(list_annual_tickets))
        .routes(routes!(read_annual_ticket))
        .routes(routes!(read_photo))
}

/// Which annual tickets.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct AnnualTicketQuery {
    /// Words of a name, or a number of the annual ticket or of a card.
    q: Option<String>,
    /// Only those in this state.
    state: Option<Personalized>,
    /// Only those of this product.
    product: Option<Slug>,
    /// The most items of the page: 1 to 500, 50 by default.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Annual tickets, the newest first.
#[utoipa::path(get, path = "/api/v1/annual-tickets", tag = "annual tickets", params(AnnualTicketQuery),
    security(("api_key" = ["personalization", "mailroom"])),
    responses((status = 200, body = Items<AnnualTicketBody>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_annual_tickets(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | MAILROOM }>,
    Query(query): Query<AnnualTicketQuery>,
) -> Result<Json<Items<AnnualTicketBody>>, Problem> {
    let today = local_day(app.clock.now(), app.config.museum.zone());
    let mut conn = app.db.snapshot().await?;
    let words = fold(query.q.as_deref().unwrap_or_default());
    let of_card = of_card_number(&mut conn, query.q.as_deref()).await?;
    let filter = annual_tickets::Filter {
        state: query.state,
        product: query.product.as_ref().map(Slug::as_str),
        id: of_card,
        words: if of_card.is_some() { "" } else { &words },
        ..annual_tickets::Filter::default()
    };
    let rows = list::rows(query.limit);
    let page = annual_tickets::page(&mut conn, &filter, query.after.as_deref(), rows).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for ticket in &page.items {
        items.push(listed_body(&mut conn, ticket, today).await?);
    }
    Ok(Json(Items { items, next: page.next }))
}

/// One annual ticket with its card and its history.
#[utoipa::path(get, path = "/api/v1/annual-tickets/{id}", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")),
    security(("api_key" = ["personalization", "mailroom"])),
    responses((status = 200, body = AnnualTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_annual_ticket(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | MAILROOM }>,
    PathKey(id): PathKey<AnnualTicketId>,
) -> Result<Json<AnnualTicketBody>, Problem> {
    let today = local_day(app.clock.now(), app.config.museum.zone());
    let mut conn = app.db.snapshot().await?;
    let ticket = annual_tickets::find(&mut conn, id).await?.ok_or_else(refusals::unknown)?;
    Ok(Json(full_body(&mut conn, &ticket, today).await?))
}

/// The portrait: for whoever personalizes, and for whoever compares it at the entry.
#[utoipa::path(get, path = "/api/v1/annual-tickets/{id}/photo", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")),
    security(("api_key" = ["personalization", "entry"])),
    responses((status = 200, body = PictureFile, content_type = "image/jpeg"), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_photo(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | ENTRY }>,
    PathKey(id): PathKey<AnnualTicketId>,
) -> Result<Response, Problem> {
    let photo = {
        let mut conn = app.db.snapshot().await?;
        let ticket = annual_tickets::find(&mut conn, id).await?.ok_or_else(refusals::unknown)?;
        match ticket.photo_id {
            Some(photo) => find_photo(&mut conn, photo).await?,
            None => None,
        }
    };
    let photo = photo.ok_or_else(|| Problem::not_found("portrait"))?;
    let jpeg = app.files.get(&photo.file).await.map_err(|error| Problem::internal("a portrait is gone", &error))?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], jpeg).into_response())
}

async fn of_card_number(conn: &mut Conn, q: Option<&str>) -> Result<Option<AnnualTicketId>, Problem> {
    let Some(number) = q.and_then(|q| CardNumber::parse(q).ok()) else { return Ok(None) };
    let Some(card) = cards::id_of_number(conn, number).await? else { return Ok(None) };
    Ok(cards::find(conn, card).await?.map(|card| card.annual_ticket_id))
}
