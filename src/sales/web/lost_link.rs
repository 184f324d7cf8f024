//! `/shop/lost-link`: the links of somebody's orders by mail, with the same answer for every address.

use crate::app::SharedApp;
use crate::kernel::Actor;
use crate::sales::send_link::ask_for_links;
use crate::web::Problem;
use crate::web::pages::mail_requests::{MailRequestError, count};
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
    Router::new().route("/shop/lost-link", get(show).post(ask))
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
#[template(path = "sales/lost_link.html")]
struct LostLinkPage<'a> {
    visitor: &'a Visitor,
    once: String,
    email: &'a str,
    asked: bool,
    errors: FormErrors,
}

async fn show(visitor: Visitor, Query(shown): Query<Shown>) -> Response {
    let asked = shown.asked.is_some();
    let errors = FormErrors::default();
    let page = LostLinkPage { once: visitor.fresh_once(), email: "", asked, errors, visitor: &visitor };
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
                ask_for_links(tx, &deed_act, &address, language.as_str()).await?;
                Ok::<_, DbError>(Done::at("/shop/lost-link?asked=1"))
            };
            return Ok(act_once(&app, &act, &typed.once, deed).await?);
        }
        Err(MailRequestError::Db(error)) => return Err(error.into()),
        Err(refusal) => refusal,
    };
    let mut errors = FormErrors::default();
    errors.add("email", visitor.t(refusal.text()));
    let status = match refusal {
        MailRequestError::TooOften => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let once = visitor.fresh_once();
    let page = LostLinkPage { once, email: &typed.email, asked: false, errors, visitor: &visitor };
    Ok(Visitor::show(status, &page))
}
