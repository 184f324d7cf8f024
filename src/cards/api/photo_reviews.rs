//! `/api/v1/photo-reviews` and `/api/v1/annual-tickets/{id}/photo/..`: visitors' portraits that somebody has to look at.

use super::bodies::{AnnualTicketBody, listed_body};
use super::deeds::{answer, prepare_now, today};
use super::refusals;
use crate::app::SharedApp;
use crate::cards::review_photo::{accept, ask_again};
use crate::cards::store::{annual_tickets, photos};
use crate::kernel::ids::{AnnualTicketId, PhotoId};
use crate::kernel::period::local_day;
use crate::people::Shortcoming;
use crate::web::caller::PERSONALIZATION;
use crate::web::list::{Items, PageQuery};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new().routes(routes!(list_waiting)).routes(routes!(post_accept)).routes(routes!(post_ask_again))
}

/// Which portrait was looked at.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct AcceptBody {
    /// The `id` of the portrait that was seen: a decision about one that was replaced meanwhile is refused.
    photo: PhotoId,
}

/// Which portrait was looked at, and why another one is wanted.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct AskAgainBody {
    /// The `id` of the portrait that was seen: a decision about one that was replaced meanwhile is refused.
    photo: PhotoId,
    /// What is wrong with it. The holder reads it in their own language.
    reason: Shortcoming,
}

/// An annual ticket whose holder is asked for another portrait.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct AskedAgainBody {
    /// The annual ticket.
    #[serde(flatten)]
    annual_ticket: AnnualTicketBody,
    /// Whether a mail asks for it; without an address for mail somebody hands out the link.
    mailed: bool,
}

/// Annual tickets that are complete but for the look at the portrait, the longest waiting first.
#[utoipa::path(get, path = "/api/v1/photo-reviews", tag = "annual tickets", params(PageQuery),
    security(("api_key" = ["personalization"])),
    responses((status = 200, body = Items<AnnualTicketBody>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_waiting(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<AnnualTicketBody>>, Problem> {
    let today = local_day(app.clock.now(), app.config.museum.zone());
    let mut conn = app.db.snapshot().await?;
    let page = photos::waiting(&mut conn, query.after.as_deref(), query.rows()).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for id in page.items {
        let ticket = annual_tickets::find(&mut conn, id).await?.ok_or_else(refusals::unknown)?;
        items.push(listed_body(&mut conn, &ticket, today).await?);
    }
    Ok(Json(Items { items, next: page.next }))
}

/// Accepts the portrait: the card goes on to be printed.
#[utoipa::path(post, path = "/api/v1/annual-tickets/{id}/photo/accept", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")), request_body = AcceptBody,
    security(("api_key" = ["personalization"])),
    responses((status = 200, body = AnnualTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn post_accept(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<AnnualTicketId>,
    body: Body<AcceptBody>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let (today, deed_act, seen) = (today(&app, &act), act.clone(), body.value.photo);
    let deed = async move |tx: &mut Conn| {
        accept(tx, &deed_act, id, seen).await?;
        answer(tx, id, today).await
    };
    let response = body.once.write(&app, &act, StatusCode::OK, deed).await?;
    prepare_now(&app, id).await;
    Ok(response)
}

/// Asks for another portrait: the holder gets a mail with the reason, and the holder's link takes one again.
#[utoipa::path(post, path = "/api/v1/annual-tickets/{id}/photo/ask-again", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")), request_body = AskAgainBody,
    security(("api_key" = ["personalization"])),
    responses((status = 200, body = AskedAgainBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn post_ask_again(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<AnnualTicketId>,
    body: Body<AskAgainBody>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let (today, deed_act) = (today(&app, &act), act.clone());
    let AskAgainBody { photo, reason } = body.value;
    let deed = async move |tx: &mut Conn| {
        let mailed = ask_again(tx, &deed_act, id, photo, reason).await?;
        let annual_ticket = answer(tx, id, today).await?;
        Ok::<_, Problem>(AskedAgainBody { annual_ticket, mailed })
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}
