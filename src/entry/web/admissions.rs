//! `/entry/admissions`: admitting somebody by hand, with the reason.

use super::check::{ask, station_of};
use crate::app::SharedApp;
use crate::entry::admit_by_hand::{AdmitError, ByHand, admit_by_hand};
use crate::kernel::period;
use crate::web::caller::ENTRY;
use crate::web::pages::desk::Desk;
use crate::web::pages::{Done, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use db::Conn;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/entry/admissions", post(admit))
}

#[derive(Debug, Deserialize)]
struct AdmissionForm {
    #[serde(default)]
    once: String,
    scan: String,
    #[serde(default)]
    reason: String,
}

#[derive(Template)]
#[template(path = "entry/admission.html")]
struct AdmissionPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    scan: &'a str,
    reason: &'a str,
    once: String,
    errors: FormErrors,
}

async fn admit(
    State(app): State<SharedApp>,
    caller: Allowed<ENTRY>,
    visitor: Visitor,
    headers: HeaderMap,
    PageForm(form): PageForm<AdmissionForm>,
) -> Result<Response, Problem> {
    let Some((station, house)) = station_of(&app, &headers).await? else {
        return Ok(Redirect::to("/entry").into_response());
    };
    let act = caller.act(&app);
    let (answer, _) = ask(&app, &station, &form.scan, act.now).await?;
    let hand = ByHand {
        house: station.house,
        card: answer.card.as_ref().map(|card| card.id),
        issue: answer.card.as_ref().and_then(|card| card.issue),
        against: answer.verdict.reason(),
        day: period::local_day(act.now, house.zone()),
        reason: form.reason.clone(),
    };
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        admit_by_hand(tx, &deed_act, &hand).await?;
        Ok::<_, AdmitError>(Done::at("/entry").saying("entry-admitted"))
    };
    match act_once(&app, &act, &form.once, deed).await {
        Ok(response) => Ok(response),
        Err(AdmitError::NoReason) => {
            let mut errors = FormErrors::default();
            errors.add("reason", visitor.t("problem-no-reason"));
            let page = AdmissionPage {
                desk: Desk::load(&app, &caller.0).await?,
                scan: &form.scan,
                reason: &form.reason,
                once: visitor.fresh_once(),
                errors,
                visitor: &visitor,
            };
            Ok(Visitor::show(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(AdmitError::Db(error)) => Err(error.into()),
    }
}
