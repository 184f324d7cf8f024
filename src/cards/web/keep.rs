//! `POST /cards/{id}/keep`: a printed card stays as it is, though something about its holder changed.

use crate::app::SharedApp;
use crate::cards::keep_printed::{KeepError, keep_printed};
use crate::kernel::ids::CardId;
use crate::web::caller::PERSONALIZATION;
use crate::web::pages::{Done, Fields, PageForm, act_once};
use crate::web::{Allowed, PathKey, Problem};
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/cards/{id}/keep", post(keep))
}

async fn keep(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<CardId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let (act, path) = (caller.act(&app), format!("/cards/{id}"));
    let deed = {
        let (act, path) = (act.clone(), path.clone());
        async move |tx: &mut Conn| -> Result<Done, KeepError> {
            keep_printed(tx, &act, id).await?;
            Ok(Done::at(&path).saying("card-kept"))
        }
    };
    match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => Ok(response),
        // Somebody else decided, or it was replaced: the page shows how things stand.
        Err(KeepError::NothingDiffers) => Ok(Redirect::to(&path).into_response()),
        Err(error) => Err(error.into()),
    }
}
