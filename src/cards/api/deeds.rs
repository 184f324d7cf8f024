//! `/api/v1/annual-tickets/{id}/..`: what staff do with them.

use super::bodies::{AnnualTicketBody, HolderBody, PortrayedBody, full_body};
use super::photo_upload::{PhotoUpload, PictureFile, tidy_up};
use super::refusals;
use crate::app::SharedApp;
use crate::cards::block::{block, unblock};
use crate::cards::card::CardState;
use crate::cards::delivery::Delivery;
use crate::cards::finalize::finalize;
use crate::cards::forget_holder::forget_holder;
use crate::cards::personalize::{Personalization, personalize};
use crate::cards::portray::portray;
use crate::cards::prepare_print_data::PREPARE_PRINT_DATA;
use crate::cards::renew::renew;
use crate::cards::replace::replace;
use crate::cards::store::{annual_tickets, cards};
use crate::cards::withdraw_link::withdraw_link;
use crate::jobs;
use crate::kernel::Act;
use crate::kernel::address::Address;
use crate::kernel::ids::{AnnualTicketId, OrderId};
use crate::kernel::period::local_day;
use crate::kernel::text::{REASON_CHARS_MAX, clean};
use crate::people::Holder;
use crate::web::caller::PERSONALIZATION;
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, MaybeBody, NoBody, PathKey, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use db::{Conn, DbError};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(put_personalization))
        .routes(routes!(put_photo))
        .routes(routes!(post_finalize))
        .routes(routes!(post_block))
        .routes(routes!(post_unblock))
        .routes(routes!(post_withdraw_link))
        .routes(routes!(post_replace))
        .routes(routes!(post_renew))
        .routes(routes!(post_forget))
}

/// The parts of a personalization. What is absent stays as it is; what is there replaces its part as a whole.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonalizationBody {
    /// Whose it is.
    #[serde(default)]
    holder: Option<HolderBody>,
    /// Where the holder lives.
    #[serde(default)]
    address: Option<Address>,
    /// How the card comes to the holder.
    #[serde(default)]
    delivery: Option<Delivery>,
    /// The first day, for products that let it be chosen.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    starts_on: Option<NaiveDate>,
    /// The `revision` that was read. When somebody changed one of the sent parts since then, nothing is stored, and the answer is
    /// 409 with the differences. Absent: what is sent counts.
    #[serde(default)]
    revision: Option<String>,
}

impl PersonalizationBody {
    /// The parts as they are stored.
    pub(super) fn checked(self, today: NaiveDate) -> Result<Personalization, Problem> {
        let holder = self.holder.map(|typed| {
            Holder::typed(typed.given_name.as_deref(), typed.family_name.as_deref(), typed.birth_date, today)
        });
        let address = self.address.map(Address::checked).transpose();
        Ok(Personalization {
            holder: holder.transpose().map_err(refusals::holder)?,
            address: address.map_err(|refusal| refusals::address(&refusal))?,
            delivery: self.delivery,
            starts_on: self.starts_on,
            seen: self.revision,
        })
    }
}

/// Why it is blocked.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct BlockBody {
    /// `lost`, `stolen`, `misuse`, or another short word or sentence without personal data.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Why a card is replaced.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplaceBody {
    /// `lost` and `stolen` make the old card worthless at once; absent: the reason of the block, if there is one.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 200)]
    reason: Option<String>,
}

/// Says whose it is. After it is finalized, a card that was not printed yet is made anew by itself.
#[utoipa::path(put, path = "/api/v1/annual-tickets/{id}/personalization", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")), request_body = PersonalizationBody,
    security(("api_key" = ["personalization"])),
    responses((status = 200, body = AnnualTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn put_personalization(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<AnnualTicketId>,
    body: Body<PersonalizationBody>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let today = today(&app, &act);
    let given = body.value.checked(today)?;
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        personalize(tx, &deed_act, id, &given, today).await?;
        answer(tx, id, today).await
    };
    let response = body.once.write(&app, &act, StatusCode::OK, deed).await?;
    prepare_now(&app, id).await;
    Ok(response)
}

/// Puts a portrait on it.
#[utoipa::path(put, path = "/api/v1/annual-tickets/{id}/photo", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")),
    request_body(content = PictureFile, content_type = "image/jpeg"),
    security(("api_key" = ["personalization"])),
    responses((status = 200, body = PortrayedBody<AnnualTicketBody>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn put_photo(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<AnnualTicketId>,
    upload: PhotoUpload,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let today = today(&app, &act);
    demand_known(&app, id).await?;
    let portrait = upload.store(&app, &act).await?;
    let (deed_act, stored) = (act.clone(), portrait.clone());
    let deed = async move |tx: &mut Conn| {
        portray(tx, &deed_act, id, &stored).await?;
        let annual_ticket = answer(tx, id, today).await?;
        Ok(PortrayedBody { annual_ticket, warnings: stored.photo.findings.clone() })
    };
    let response = upload.once.write(&app, &act, StatusCode::OK, deed).await;
    tidy_up(&app, &portrait).await;
    prepare_now(&app, id).await;
    response
}

/// Completes the personalization: its card is made.
#[utoipa::path(post, path = "/api/v1/annual-tickets/{id}/finalize", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = AnnualTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn post_finalize(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<AnnualTicketId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let (today, zone, deed_act) = (today(&app, &act), app.config.museum.zone(), act.clone());
    let deed = async move |tx: &mut Conn| {
        finalize(tx, &deed_act, id, today, zone).await?;
        answer(tx, id, today).await
    };
    let response = body.once.write(&app, &act, StatusCode::OK, deed).await?;
    prepare_now(&app, id).await;
    Ok(response)
}

/// Blocks it: the gates refuse it within seconds.
#[utoipa::path(post, path = "/api/v1/annual-tickets/{id}/block", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")), request_body = BlockBody,
    security(("api_key" = ["personalization"])),
    responses((status = 200, body = AnnualTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn post_block(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<AnnualTicketId>,
    body: Body<BlockBody>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let reason = reason(&body.value.reason)?;
    let (today, deed_act) = (today(&app, &act), act.clone());
    let deed = async move |tx: &mut Conn| {
        block(tx, &deed_act, id, &reason).await?;
        answer(tx, id, today).await
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Lifts the block.
#[utoipa::path(post, path = "/api/v1/annual-tickets/{id}/unblock", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = AnnualTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn post_unblock(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<AnnualTicketId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let (today, deed_act) = (today(&app, &act), act.clone());
    let deed = async move |tx: &mut Conn| {
        unblock(tx, &deed_act, id).await?;
        answer(tx, id, today).await
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Takes the holder's link back: the old one opens nothing any more, and a new one stands in its place.
#[utoipa::path(post, path = "/api/v1/annual-tickets/{id}/withdraw-link", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = AnnualTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn post_withdraw_link(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<AnnualTicketId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let (today, deed_act) = (today(&app, &act), act.clone());
    let deed = async move |tx: &mut Conn| {
        withdraw_link(tx, &deed_act, id).await?;
        answer(tx, id, today).await
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Replaces its card by one of the next issue.
#[utoipa::path(post, path = "/api/v1/annual-tickets/{id}/replace", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")), request_body = Option<ReplaceBody>,
    security(("api_key" = ["personalization"])),
    responses((status = 200, body = AnnualTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn post_replace(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<AnnualTicketId>,
    body: MaybeBody<ReplaceBody>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let reason = body.value.reason.as_deref().map(reason).transpose()?;
    let (today, deed_act) = (today(&app, &act), act.clone());
    let deed = async move |tx: &mut Conn| {
        replace(tx, &deed_act, id, reason.as_deref()).await?;
        answer(tx, id, today).await
    };
    let response = body.once.write(&app, &act, StatusCode::OK, deed).await?;
    prepare_now(&app, id).await;
    Ok(response)
}

/// Renews it: while it is valid its end moves on by the period, afterwards the period begins anew today. The card stays.
#[utoipa::path(post, path = "/api/v1/annual-tickets/{id}/renew", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = AnnualTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn post_renew(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<AnnualTicketId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let (today, deed_act) = (today(&app, &act), act.clone());
    let deed = async move |tx: &mut Conn| {
        renew(tx, &deed_act, id, today).await?;
        answer(tx, id, today).await
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Why a person is forgotten.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct ForgetBody {
    /// A short word or sentence without personal data.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Forgets whose it is: name, day of birth, address and portrait are gone at once and for good. The right stays, by its card number. A
/// card that is still in the house has to be handed out before, or its sale cancelled (`card_in_the_house`).
#[utoipa::path(post, path = "/api/v1/annual-tickets/{id}/forget", tag = "annual tickets",
    params(("id" = AnnualTicketId, Path, description = "its id")), request_body = ForgetBody, security(("api_key" = ["personalization"])),
    responses((status = 200, body = AnnualTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn post_forget(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<AnnualTicketId>,
    body: Body<ForgetBody>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let reason = reason(&body.value.reason)?;
    let (today, deed_act) = (today(&app, &act), act.clone());
    let deed = async move |tx: &mut Conn| {
        forget_holder(tx, &deed_act, id, &reason).await?;
        answer(tx, id, today).await
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Makes waiting print data at once, so that the caller's next read sees it. What fails is tried again by the job queue.
pub(in crate::cards) async fn prepare_now(app: &SharedApp, id: AnnualTicketId) {
    let prepared = async {
        let waiting = {
            let mut conn = app.db.read().await?;
            cards::of_annual_ticket(&mut conn, id).await?
        };
        for card in waiting.iter().filter(|card| card.state == CardState::Preparing) {
            jobs::run_now(app, PREPARE_PRINT_DATA, card.id).await?;
        }
        Ok::<_, DbError>(())
    };
    if let Err(error) = prepared.await {
        tracing::warn!(%error, annual_ticket = %id, "print data is left to the job queue");
    }
}

/// Makes the print data at once that waited for the payment of an order.
pub async fn prepare_order_now(app: &SharedApp, order: OrderId) {
    let issued = async {
        let mut conn = app.db.read().await?;
        crate::cards::of_order(&mut conn, order).await
    };
    match issued.await {
        Ok(issued) => {
            for annual_ticket in issued {
                prepare_now(app, annual_ticket.annual_ticket_id).await;
            }
        }
        Err(error) => tracing::warn!(%error, %order, "print data is left to the job queue"),
    }
}

/// The museum's day of an act.
pub(super) fn today(app: &SharedApp, act: &Act) -> NaiveDate {
    local_day(act.now, app.config.museum.zone())
}

/// Refuses an upload for an annual ticket that is none before its picture is decoded.
async fn demand_known(app: &SharedApp, id: AnnualTicketId) -> Result<(), Problem> {
    let mut conn = app.db.read().await?;
    annual_tickets::find(&mut conn, id).await?.map(drop).ok_or_else(refusals::unknown)
}

/// The state after a deed, as staff see it.
pub(super) async fn answer(tx: &mut Conn, id: AnnualTicketId, today: NaiveDate) -> Result<AnnualTicketBody, Problem> {
    let ticket = annual_tickets::find(tx, id).await?.ok_or_else(refusals::unknown)?;
    Ok(full_body(tx, &ticket, today).await?)
}

fn reason(typed: &str) -> Result<String, Problem> {
    let reason = clean(typed);
    if (1..=REASON_CHARS_MAX).contains(&reason.chars().count()) {
        Ok(reason)
    } else {
        Err(Problem::invalid("reason", "invalid_value", format!("a reason has 1 to {REASON_CHARS_MAX} characters")))
    }
}
