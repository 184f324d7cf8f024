//! Pictures of cards and holders for whoever is signed in: the faces as they are printed, and the portrait.

use crate::app::SharedApp;
use crate::cards::queue;
use crate::kernel::ids::CardId;
use crate::people;
use crate::production::print_data::{Face, PORTRAIT, file_key};
use crate::production::store;
use crate::web::caller::{MAILROOM, PERSONALIZATION};
use crate::web::pages::Fields;
use crate::web::{Allowed, PathKey, Problem, Query};
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Kept by this browser alone, and not for long: these are pictures of people.
const CACHE: &str = "private, max-age=600";

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/cards/{id}/preview.png", get(front_or_back)).route("/cards/{id}/portrait.jpg", get(portrait))
}

async fn front_or_back(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | MAILROOM }>,
    PathKey(card): PathKey<CardId>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let side = if query.get("side") == "back" { Face::Back } else { Face::Front };
    let missing = || Problem::not_found("picture");
    let (_, frozen) = store::print_data::of_card(&mut app.db.read().await?, card).await?.ok_or_else(missing)?;
    let key = file_key(&frozen.ok_or_else(missing)?, side.file_name());
    answer(&app, &key, "image/png").await
}

/// The portrait that was frozen for the card, or else the one of its holder.
async fn portrait(
    State(app): State<SharedApp>,
    _: Allowed<{ PERSONALIZATION | MAILROOM }>,
    PathKey(card): PathKey<CardId>,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let missing = || Problem::not_found("picture");
    let found = queue::find(&mut conn, card).await?.ok_or_else(missing)?;
    let photo = found.ticket.photo_id.ok_or_else(missing)?;
    let key = match found.card.print_data_sha256 {
        Some(hash) => file_key(&hash, PORTRAIT),
        None => people::store::find_photo(&mut conn, photo).await?.ok_or_else(missing)?.file,
    };
    drop(conn);
    answer(&app, &key, "image/jpeg").await
}

async fn answer(app: &SharedApp, key: &str, media_type: &'static str) -> Result<Response, Problem> {
    let found = app.files.find(key).await.map_err(|error| Problem::internal("a picture cannot be read", &error))?;
    let bytes = found.ok_or_else(|| Problem::not_found("picture"))?;
    Ok(([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, CACHE)], bytes).into_response())
}
