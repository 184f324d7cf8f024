//! `/my/link` and `/my/enter/{token}`: a link by mail proves an address. Opening it shows a button; only the button uses the link up, so
//! that a program that looks at mails before their reader does uses up nothing.

use super::session;
use crate::app::SharedApp;
use crate::customers::prove;
use crate::kernel::Actor;
use crate::web::pages::ask_for_mail::{AskedFor, MailForm};
use crate::web::pages::{ClientAddress, Done, PageForm, Visitor};
use crate::web::{PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/my/link", post(ask)).route("/my/enter/{token}", get(show).post(enter))
}

/// What a stranger is shown at `/my`.
pub(super) static FORM: MailForm = MailForm {
    path: "/my/link",
    shown_at: "/my",
    title: "my-title",
    lead: "my-lead",
    send: "my-send-link",
    asked: "my-asked",
    autocomplete: "email",
    offers_another: true,
    then: ("/shop", "shop-to-shop"),
    otherwise: Some(("/shop/lost-link", "lost-link-title")),
};

#[derive(Template)]
#[template(path = "customers/enter.html")]
struct EnterPage<'a> {
    visitor: &'a Visitor,
    token: &'a str,
    works: bool,
}

async fn ask(
    State(app): State<SharedApp>,
    visitor: Visitor,
    client: ClientAddress,
    PageForm(typed): PageForm<AskedFor>,
) -> Result<Response, Problem> {
    FORM.ask(&app, &visitor, client, &typed, prove::ask_for_link).await
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
