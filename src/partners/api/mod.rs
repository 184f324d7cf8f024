//! Institutions under `/api/v1`.

use super::institution::{Institution, InstitutionData};
use super::save::{self, SaveError};
use super::store;
use crate::app::{App, SharedApp};
use crate::kernel::UtcMs;
use crate::kernel::address::Address;
use crate::kernel::ids::InstitutionId;
use crate::kernel::slug::Slug;
use crate::web::caller::{MARKETING, SHOP};
use crate::web::list::{self, Items};
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

/// Whoever may read institutions.
const READERS: u8 = SHOP | MARKETING;

/// The operations of this capability.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(list_institutions, make_institution))
        .routes(routes!(read_institution, change_institution))
        .routes(routes!(renew_links))
}

/// Which institutions.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct InstitutionQuery {
    /// Words of the name, the contact or the address.
    q: Option<String>,
    /// The most items of the page: 1 to 500, 50 by default.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// An institution.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct InstitutionBody {
    /// The id, as the audit and orders name it.
    id: InstitutionId,
    /// The key, which offers and audiences name as the partner.
    key: Slug,
    /// What it is called.
    name: String,
    /// Whom to ask for.
    #[serde(skip_serializing_if = "String::is_empty")]
    contact: String,
    /// Where its invoices are mailed.
    email: String,
    /// Its telephone.
    #[serde(skip_serializing_if = "String::is_empty")]
    phone: String,
    /// The language of letters.
    language: String,
    /// Where its invoices go.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Address>,
    /// In how many days it pays; absent: as everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    invoice_days: Option<u16>,
    /// The offers whose codes it hands out.
    offers: Vec<Slug>,
    /// What staff note.
    #[serde(skip_serializing_if = "String::is_empty")]
    notes: String,
    /// Where it books.
    booking_url: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: UtcMs,
}

impl InstitutionBody {
    fn of(app: &App, institution: Institution) -> Self {
        let booking_url = booking_url(app, &institution);
        let Institution { id, data, created_at, .. } = institution;
        let InstitutionData { key, name, contact, email, phone, language, address, invoice_days, offers, notes } = data;
        Self {
            id,
            key,
            name,
            contact,
            email,
            phone,
            language,
            address,
            invoice_days,
            offers,
            notes,
            booking_url,
            created_at,
        }
    }
}

/// Where an institution books.
pub(super) fn booking_url(app: &App, institution: &Institution) -> String {
    format!("{}/partner/{}", app.config.server.base_url.trim_end_matches('/'), institution.token)
}

/// Institutions, by their keys.
#[utoipa::path(get, path = "/api/v1/institutions", tag = "institutions", params(InstitutionQuery), security(("api_key" = ["shop", "marketing"])),
    responses((status = 200, body = Items<InstitutionBody>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_institutions(
    State(app): State<SharedApp>,
    _: Allowed<READERS>,
    Query(query): Query<InstitutionQuery>,
) -> Result<Json<Items<InstitutionBody>>, Problem> {
    let mut conn = app.db.read().await?;
    let text = query.q.unwrap_or_default();
    let page = store::page(&mut conn, &text, query.after.as_deref(), list::rows(query.limit)).await?;
    Ok(Json(Items::of(page, |one| Ok::<_, Problem>(InstitutionBody::of(&app, one)))?))
}

/// Makes an institution, with a link to book at.
#[utoipa::path(post, path = "/api/v1/institutions", tag = "institutions", request_body = InstitutionData, security(("api_key" = ["marketing"])),
    responses((status = 201, body = InstitutionBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn make_institution(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    body: Body<InstitutionData>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let (deed_act, home, data) = (act.clone(), app.clone(), body.value);
    let deed =
        async move |tx: &mut Conn| Ok(InstitutionBody::of(&home, save::make(tx, &deed_act, data.clone()).await?));
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// One institution.
#[utoipa::path(get, path = "/api/v1/institutions/{key}", tag = "institutions", params(("key" = Slug, Path, description = "its key")),
    security(("api_key" = ["shop", "marketing"])),
    responses((status = 200, body = InstitutionBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_institution(
    State(app): State<SharedApp>,
    _: Allowed<READERS>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<InstitutionBody>, Problem> {
    let found = store::find(&mut app.db.read().await?, &key).await?.ok_or_else(unknown)?;
    Ok(Json(InstitutionBody::of(&app, found)))
}

/// Changes what is said of an institution; its key and its links stay.
#[utoipa::path(put, path = "/api/v1/institutions/{key}", tag = "institutions", params(("key" = Slug, Path, description = "its key")),
    request_body = InstitutionData, security(("api_key" = ["marketing"])),
    responses((status = 200, body = InstitutionBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn change_institution(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    body: Body<InstitutionData>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let (deed_act, home, data) = (act.clone(), app.clone(), body.value);
    let deed = async move |tx: &mut Conn| {
        Ok(InstitutionBody::of(&home, save::change(tx, &deed_act, &key, data.clone()).await?))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Gives an institution new links, to book at and to its stocks. The old ones lead nowhere from now on.
#[utoipa::path(post, path = "/api/v1/institutions/{key}/links", tag = "institutions", params(("key" = Slug, Path, description = "its key")),
    request_body = NoFields, security(("api_key" = ["marketing"])),
    responses((status = 200, body = InstitutionBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn renew_links(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    body: Body<NoFields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let (deed_act, home) = (act.clone(), app.clone());
    let deed = async move |tx: &mut Conn| Ok(InstitutionBody::of(&home, save::renew_links(tx, &deed_act, &key).await?));
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Nothing is to be said.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NoFields {}

pub(super) fn unknown() -> Problem {
    Problem::not_found("institution")
}

impl From<SaveError> for Problem {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Input(finding) => finding.into(),
            SaveError::KeyTaken => Self::conflict("key_taken", "There is an institution with this key already."),
            SaveError::NotFound => unknown(),
            SaveError::Db(error) => error.into(),
        }
    }
}
