//! `/api/v1/offers`.

use super::sentence;
use crate::app::SharedApp;
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use crate::promotions::change_offers::{self, OfferChange, OfferDeedError};
use crate::promotions::ledger::{Limit, Uses, limits_of};
use crate::promotions::offer::KnownOffer;
use crate::promotions::store;
use crate::web::caller::MARKETING;
use crate::web::list::{Items, PageQuery};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, NoBody, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::{Conn, DbError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(list_offers, create_offer))
        .routes(routes!(read_offer, replace_offer, change_offer, remove_offer))
        .routes(routes!(read_history))
}

/// An offer in the JSON of pricing scenarios, without `codes`. Answers add `position`, `version`, `created_at`, `updated_at`, and
/// what was used so far: `orders_used`, `tickets_used` and, in each item limit, `tickets_used`. In requests these are ignored.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = Object)]
struct OfferJson(Value);

/// What to change of an offer without sending all of it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct OfferPatch {
    /// Switch it on or off.
    enabled: Option<bool>,
    /// Move it to this place of the list; places count from 1.
    #[schema(minimum = 1)]
    position: Option<u32>,
    /// Put it away, which switches it off, or take it out again.
    archived: Option<bool>,
}

/// One version of an offer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct VersionItem {
    /// The version; the first is 1.
    version: u32,
    /// Who made it, as in the audit.
    changed_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    changed_at: UtcMs,
    /// What the offer said then.
    #[schema(value_type = Object)]
    offer: Value,
}

/// All offers, in the order of the list: of several `automatic` ones the first counts.
#[utoipa::path(get, path = "/api/v1/offers", tag = "promotions", params(PageQuery), security(("api_key" = ["marketing"])),
    responses((status = 200, body = Items<OfferJson>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_offers(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<OfferJson>>, Problem> {
    let mut conn = app.db.read().await?;
    let page = store::offers_page(&mut conn, query.after.as_deref(), query.rows()).await?;
    let limits: Vec<Limit> = page.items.iter().flat_map(|known| limits_of(&known.offer, None)).collect();
    let uses = store::uses(&mut conn, &limits).await?;
    Ok(Json(Items::of(page, |known| view(known, &uses))?))
}

/// One offer.
#[utoipa::path(get, path = "/api/v1/offers/{key}", tag = "promotions",
    params(("key" = Slug, Path, description = "its key")), security(("api_key" = ["marketing"])),
    responses((status = 200, body = OfferJson), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_offer(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
) -> Result<Json<OfferJson>, Problem> {
    let mut conn = app.db.read().await?;
    let known = store::find_offer(&mut conn, &key).await?.ok_or_else(|| Problem::not_found("offer"))?;
    Ok(Json(view_one(&mut conn, known).await?))
}

/// Makes an offer, at the end of the list. Its `id` becomes its key.
#[utoipa::path(post, path = "/api/v1/offers", tag = "promotions", request_body = OfferJson, security(("api_key" = ["marketing"])),
    responses((status = 201, body = OfferJson), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn create_offer(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    body: Body<OfferJson>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let known = change_offers::create(tx, &deed_act, &body.value.0).await?;
        view_one(tx, known).await
    };
    body.once.write(&app, &act, StatusCode::CREATED, deed).await
}

/// Replaces what an offer says. Orders that were placed keep their price.
#[utoipa::path(put, path = "/api/v1/offers/{key}", tag = "promotions",
    params(("key" = Slug, Path, description = "its key")), request_body = OfferJson, security(("api_key" = ["marketing"])),
    responses((status = 200, body = OfferJson), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn replace_offer(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    body: Body<OfferJson>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let known = change_offers::replace(tx, &deed_act, &key, &body.value.0).await?;
        view_one(tx, known).await
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Switches an offer on or off, moves it on the list, or puts it away.
#[utoipa::path(patch, path = "/api/v1/offers/{key}", tag = "promotions",
    params(("key" = Slug, Path, description = "its key")), request_body = OfferPatch, security(("api_key" = ["marketing"])),
    responses((status = 200, body = OfferJson), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn change_offer(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    body: Body<OfferPatch>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let OfferPatch { enabled, position, archived } = body.value;
    let change = OfferChange { enabled, position, archived };
    let deed = async move |tx: &mut Conn| {
        let known = change_offers::change(tx, &deed_act, &key, change).await?;
        view_one(tx, known).await
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Removes an offer that was never used, with its codes. One that was used can be disabled.
#[utoipa::path(delete, path = "/api/v1/offers/{key}", tag = "promotions",
    params(("key" = Slug, Path, description = "its key")), security(("api_key" = ["marketing"])),
    responses((status = 204), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn remove_offer(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| Ok(change_offers::remove(tx, &deed_act, &key).await?);
    body.once.write(&app, &act, StatusCode::NO_CONTENT, deed).await
}

/// All versions of an offer, the newest first.
#[utoipa::path(get, path = "/api/v1/offers/{key}/history", tag = "promotions",
    params(("key" = Slug, Path, description = "its key"), PageQuery), security(("api_key" = ["marketing"])),
    responses((status = 200, body = Items<VersionItem>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_history(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    PathKey(key): PathKey<Slug>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<VersionItem>>, Problem> {
    let mut conn = app.db.read().await?;
    store::find_offer(&mut conn, &key).await?.ok_or_else(|| Problem::not_found("offer"))?;
    let page = store::versions_page(&mut conn, &key, query.after.as_deref(), query.rows()).await?;
    let item = |version: store::OfferVersion| {
        Ok::<_, Problem>(VersionItem {
            version: version.version,
            changed_by: version.changed_by,
            changed_at: version.changed_at,
            offer: version.body,
        })
    };
    Ok(Json(Items::of(page, item)?))
}

async fn view_one(conn: &mut Conn, known: KnownOffer) -> Result<OfferJson, Problem> {
    let uses = store::uses(conn, &limits_of(&known.offer, None)).await?;
    view(known, &uses)
}

fn view(mut known: KnownOffer, uses: &Uses) -> Result<OfferJson, Problem> {
    uses.fill(&mut known.offer, None);
    let mut body: Map<String, Value> = match serde_json::to_value(&known.offer) {
        Ok(Value::Object(body)) => body,
        Ok(_) => Map::new(),
        Err(error) => return Err(Problem::internal("an offer is no JSON", &error)),
    };
    body.insert("orders_used".to_owned(), json!(known.offer.orders_used));
    body.insert("tickets_used".to_owned(), json!(known.offer.tickets_used));
    if known.archived {
        body.insert("archived".to_owned(), json!(true));
    }
    body.insert("position".to_owned(), json!(known.position));
    body.insert("version".to_owned(), json!(known.version));
    body.insert("created_at".to_owned(), json!(known.created_at));
    body.insert("updated_at".to_owned(), json!(known.updated_at));
    Ok(OfferJson(Value::Object(body)))
}

impl From<OfferDeedError> for Problem {
    fn from(error: OfferDeedError) -> Self {
        match error {
            OfferDeedError::NotFound => Self::not_found("offer"),
            OfferDeedError::KeyTaken => Self::conflict("key_taken", sentence(&error)),
            OfferDeedError::WasUsed => Self::conflict("offer_was_used", sentence(&error)),
            OfferDeedError::KeyChanged => Self::invalid("id", "key_changed", sentence(&error)),
            OfferDeedError::Offer(error) => Self::invalid(error.path.clone(), "invalid_value", error.message),
            OfferDeedError::Db(DbError::NotOneRow { .. }) => Self::conflict(
                "changed_meanwhile",
                "Somebody else changed this offer at the same moment. Please look again.",
            ),
            OfferDeedError::Db(error) => error.into(),
        }
    }
}
