//! `/api/v1/personalizations/{token}`: the holder's own link. The token is the key: there is no other.
//!
//! The same deeds and rules as for staff; after it is finalized the link shows the annual ticket and changes nothing.

use super::bodies::{OwnTicketBody, PortrayedBody, own_body};
use super::deeds::{PersonalizationBody, prepare_now, today};
use super::photo_upload::{PhotoUpload, PictureFile, tidy_up};
use super::refusals;
use crate::app::SharedApp;
use crate::cards::annual_ticket::Personalized;
use crate::cards::finalize::finalize;
use crate::cards::personalize::{PersonalizeError, personalize};
use crate::cards::portray::portray;
use crate::cards::review_photo::review_of;
use crate::cards::store::annual_tickets;
use crate::kernel::ids::AnnualTicketId;
use crate::kernel::period::local_day;
use crate::kernel::{Act, Actor};
use crate::people::store::find_photo;
use crate::web::problem::ProblemBody;
use crate::web::{Body, NoBody, PathKey, Problem};
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use db::Conn;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// No token is longer.
const TOKEN_CHARS_MAX: usize = 64;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(read_own, put_own))
        .routes(routes!(read_own_photo, put_own_photo))
        .routes(routes!(finalize_own))
}

/// The annual ticket whose link this is.
#[derive(Debug, Clone, Copy)]
pub struct Own(pub(in crate::cards) AnnualTicketId);

impl FromRequestParts<SharedApp> for Own {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Problem> {
        let PathKey(token) = PathKey::<String>::from_request_parts(parts, app).await?;
        let unknown = || Problem::not_found("personalization");
        if token.len() > TOKEN_CHARS_MAX || token.contains('\0') {
            return Err(unknown());
        }
        let mut conn = app.db.read().await?;
        annual_tickets::id_of_token(&mut conn, &token).await?.map(Self).ok_or_else(unknown)
    }
}

impl Own {
    /// The annual ticket.
    pub const fn ticket(self) -> AnnualTicketId {
        self.0
    }

    /// What the holder begins now.
    pub(in crate::cards) fn act(self, app: &SharedApp) -> Act {
        app.act(Actor::Holder(self.0))
    }
}

/// What the link shows.
#[utoipa::path(get, path = "/api/v1/personalizations/{token}", tag = "personal link",
    params(("token" = String, Path, description = "the token of the link")),
    responses((status = 200, body = OwnTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_own(State(app): State<SharedApp>, own: Own) -> Result<Json<OwnTicketBody>, Problem> {
    let today = local_day(app.clock.now(), app.config.museum.zone());
    let mut conn = app.db.snapshot().await?;
    let ticket = annual_tickets::find(&mut conn, own.0).await?.ok_or_else(refusals::unknown)?;
    Ok(Json(own_body(&mut conn, &ticket, today).await?))
}

/// Says whose it is, until it is finalized.
#[utoipa::path(put, path = "/api/v1/personalizations/{token}", tag = "personal link",
    params(("token" = String, Path, description = "the token of the link")), request_body = PersonalizationBody,
    responses((status = 200, body = OwnTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn put_own(State(app): State<SharedApp>, own: Own, body: Body<PersonalizationBody>) -> Result<Response, Problem> {
    let act = own.act(&app);
    let today = today(&app, &act);
    let given = body.value.checked(today)?;
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        personalize(tx, &deed_act, own.0, &given, today).await?;
        answer(tx, own.0, today).await
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// The portrait.
#[utoipa::path(get, path = "/api/v1/personalizations/{token}/photo", tag = "personal link",
    params(("token" = String, Path, description = "the token of the link")),
    responses((status = 200, body = PictureFile, content_type = "image/jpeg"), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
pub(in crate::cards) async fn read_own_photo(State(app): State<SharedApp>, own: Own) -> Result<Response, Problem> {
    let photo = {
        let mut conn = app.db.snapshot().await?;
        let ticket = annual_tickets::find(&mut conn, own.0).await?.ok_or_else(refusals::unknown)?;
        match ticket.photo_id {
            Some(photo) => find_photo(&mut conn, photo).await?,
            None => None,
        }
    };
    let photo = photo.ok_or_else(|| Problem::not_found("portrait"))?;
    let jpeg = app.files.get(&photo.file).await.map_err(|error| Problem::internal("a portrait is gone", &error))?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], jpeg).into_response())
}

/// Puts a portrait on it, until it is finalized, and after that when the museum asks for another one. What a person should look at is shown to the holder and to the desk.
#[utoipa::path(put, path = "/api/v1/personalizations/{token}/photo", tag = "personal link",
    params(("token" = String, Path, description = "the token of the link")),
    request_body(content = PictureFile, content_type = "image/jpeg"),
    responses((status = 200, body = PortrayedBody<OwnTicketBody>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn put_own_photo(State(app): State<SharedApp>, own: Own, upload: PhotoUpload) -> Result<Response, Problem> {
    let act = own.act(&app);
    let today = today(&app, &act);
    demand_open(&app, own.0).await?;
    let portrait = upload.store(&app, &act).await?;
    let (deed_act, stored) = (act.clone(), portrait.clone());
    let deed = async move |tx: &mut Conn| {
        portray(tx, &deed_act, own.0, &stored).await?;
        let annual_ticket = answer(tx, own.0, today).await?;
        Ok(PortrayedBody { annual_ticket, warnings: stored.photo.findings.clone() })
    };
    let response = upload.once.write(&app, &act, StatusCode::OK, deed).await;
    tidy_up(&app, &portrait).await;
    prepare_now(&app, own.0).await;
    response
}

/// Completes the personalization: the card is made, and the link changes nothing any more.
#[utoipa::path(post, path = "/api/v1/personalizations/{token}/finalize", tag = "personal link",
    params(("token" = String, Path, description = "the token of the link")),
    responses((status = 200, body = OwnTicketBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn finalize_own(State(app): State<SharedApp>, own: Own, body: NoBody) -> Result<Response, Problem> {
    let act = own.act(&app);
    let (today, zone, deed_act) = (today(&app, &act), app.config.museum.zone(), act.clone());
    let deed = async move |tx: &mut Conn| {
        finalize(tx, &deed_act, own.0, today, zone).await?;
        answer(tx, own.0, today).await
    };
    let response = body.once.write(&app, &act, StatusCode::OK, deed).await?;
    prepare_now(&app, own.0).await;
    Ok(response)
}

/// Refuses an upload that cannot be taken any more before its picture is decoded.
async fn demand_open(app: &SharedApp, id: AnnualTicketId) -> Result<(), Problem> {
    let mut conn = app.db.read().await?;
    let ticket = annual_tickets::find(&mut conn, id).await?.ok_or_else(refusals::unknown)?;
    let is_asked = review_of(&mut conn, &ticket).await?.shortcoming().is_some();
    if ticket.state == Personalized::Complete && !is_asked {
        return Err(PersonalizeError::AlreadyFinalized.into());
    }
    Ok(())
}

async fn answer(tx: &mut Conn, id: AnnualTicketId, today: NaiveDate) -> Result<OwnTicketBody, Problem> {
    let ticket = annual_tickets::find(tx, id).await?.ok_or_else(refusals::unknown)?;
    Ok(own_body(tx, &ticket, today).await?)
}
