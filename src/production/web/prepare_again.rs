//! `POST /cards/{id}/prepare-again`: a card that was set aside is tried once more, after somebody mended what was wrong.

use crate::app::SharedApp;
use crate::cards::card::Step;
use crate::cards::{PREPARE_PRINT_DATA, StepError, queue, steps};
use crate::jobs;
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
    Router::new().route("/cards/{id}/prepare-again", post(prepare_again))
}

async fn prepare_again(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(card): PathKey<CardId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let found = queue::find(&mut app.db.read().await?, card).await?.ok_or_else(|| Problem::not_found("card"))?;
    let deed = {
        let act = act.clone();
        let name = found.ticket.holder.name();
        async move |tx: &mut Conn| -> Result<Done, StepError> {
            steps::take(tx, &act, card, &Step::Renew).await?;
            Ok(Done::at("/print?state=set_aside").saying("print-prepared-again").naming(&name))
        }
    };
    match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => {
            jobs::run_now(&app, PREPARE_PRINT_DATA, card).await?;
            Ok(response)
        }
        // It went on meanwhile: the list shows where it stands.
        Err(StepError::WrongState(_)) => Ok(Redirect::to("/print?state=set_aside").into_response()),
        Err(error) => Err(error.into()),
    }
}
