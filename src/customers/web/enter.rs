//! `/my/link` and `/my/enter/{token}`: a link by mail proves an address. Opening it shows a button; only the button uses the link up, so
//! that a program that looks at mails before their reader does uses up nothing.

use super::session;
use crate::app::SharedApp;
use crate::customers::prove;
use crate::kernel::Actor;
use crate::web::pages::mail_requests::{MailRequestError, count};
use crate::web::pages::{ClientAddress, Done, FormErrors, PageForm, Visitor, act_once};
use crate::web::{PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::{Conn, DbError};
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/my/link", post(ask)).route("/my/enter/{token}", get(show).post(enter))
}

#[derive(Deserialize)]
struct Typed {
    once: String,
    email: String,
}

#[derive(Template)]
#[template(path = "customers/ask.html")]
pub(super) struct AskPage<'a> {
    visitor: &'a Visitor,
    once: String,
    email: &'a str,
    /// Whether a mail was asked for.
    asked: bool,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "customers/enter.html")]
struct EnterPage<'a> {
    visitor: &'a Visitor,
    token: &'a str,
    works: bool,
}

/// The page on which a stranger asks for a link.
pub(super) fn ask_page(visitor: &Visitor, asked: bool) -> Response {
    let page = AskPage { once: visitor.fresh_once(), email: "", asked, errors: FormErrors::default(), visitor };
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
                prove::ask_for_link(tx, &deed_act, &address, language.as_str()).await?;
                Ok::<_, DbError>(Done::at("/my?asked=1"))
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
    Ok(Visitor::show(status, &AskPage { once, email: &typed.email, asked: false, errors, visitor: &visitor }))
}

async fn show(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathKey(token): PathKey<String>,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let works = prove::works(&mut conn, &token, app.clock.now()).await?;
    let status = if works { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok(Visitor::show(status, &EnterPage { visitor: &visitor, token: &token, works }))
}

async fn enter(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathKey(token): PathKey<String>,
) -> Result<Response, Problem> {
    let act = app.act(Actor::Visitor);
    let taken = token.clone();
    let begun = app.db.write(async move |tx: &mut Conn| prove::enter(tx, &act, &taken).await).await?;
    if let Some(session) = begun {
        return Ok(session::begun(&app, Done::at("/my").respond(&app), session));
    }
    let page = EnterPage { visitor: &visitor, token: &token, works: false };
    Ok(Visitor::show(StatusCode::NOT_FOUND, &page))
}
