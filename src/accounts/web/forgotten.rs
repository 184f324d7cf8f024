//! `/password/forgotten`: a link for a new password by mail, with the same answer whoever asks.

use crate::accounts::mail_requests::{MailRequestError, count};
use crate::accounts::reset;
use crate::app::SharedApp;
use crate::kernel::Actor;
use crate::web::Problem;
use crate::web::pages::{ClientAddress, Done, FormErrors, PageForm, Visitor, act_once};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::{Conn, DbError};
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/password/forgotten", get(show).post(ask))
}

#[derive(Debug, Default, Deserialize)]
struct Shown {
    /// Present after it was asked.
    asked: Option<String>,
}

#[derive(Deserialize)]
struct Typed {
    once: String,
    email: String,
}

#[derive(Template)]
#[template(path = "accounts/forgotten.html")]
struct ForgottenPage<'a> {
    visitor: &'a Visitor,
    once: String,
    email: &'a str,
    asked: bool,
    errors: FormErrors,
}

async fn show(visitor: Visitor, Query(shown): Query<Shown>) -> Response {
    let errors = FormErrors::default();
    let asked = shown.asked.is_some();
    let page = ForgottenPage { once: visitor.fresh_once(), email: "", asked, errors, visitor: &visitor };
    Visitor::show(StatusCode::OK, &page)
}

async fn ask(
    State(app): State<SharedApp>,
    visitor: Visitor,
    client: ClientAddress,
    PageForm(typed): PageForm<Typed>,
) -> Result<Response, Problem> {
    let act = app.act(Actor::Visitor);
    let refusal = match count(&app, &typed.email, client.0).await {
        Ok(address) => {
            let (deed_act, language) = (act.clone(), visitor.words.language);
            let deed = async move |tx: &mut Conn| {
                reset::ask_for_link(tx, &deed_act, &address, language.as_str()).await?;
                Ok::<_, DbError>(Done::at("/password/forgotten?asked=1"))
            };
            return Ok(act_once(&app, &act, &typed.once, deed).await?);
        }
        Err(MailRequestError::Db(error)) => return Err(error.into()),
        Err(refusal) => refusal,
    };
    let mut errors = FormErrors::default();
    errors.add("email", visitor.t(refusal.text()));
    let page =
        ForgottenPage { once: visitor.fresh_once(), email: &typed.email, asked: false, errors, visitor: &visitor };
    let status = match refusal {
        MailRequestError::TooOften => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Visitor::show(status, &page))
}
