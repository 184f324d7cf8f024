//! `/password`: another password for oneself.

use crate::accounts::change_password::{ChangePasswordError, change_password};
use crate::app::SharedApp;
use crate::kernel::Actor;
use crate::web::caller::ANY_ROLE;
use crate::web::pages::{Desk, Done, FormErrors, PageForm, Visitor, cookies};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/password", get(show).post(change))
}

#[derive(Deserialize)]
struct Typed {
    password: String,
    new_password: String,
}

#[derive(Template)]
#[template(path = "accounts/password.html")]
struct PasswordPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    errors: FormErrors,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ANY_ROLE>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let desk = Desk::load(&app, &caller).await?;
    let page = PasswordPage { visitor: &visitor, desk, errors: FormErrors::default() };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn change(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<ANY_ROLE>,
    headers: HeaderMap,
    visitor: Visitor,
    PageForm(typed): PageForm<Typed>,
) -> Result<Response, Problem> {
    let Actor::Staff(staff) = caller.actor else { return Err(Problem::not_found("page")) };
    let token = cookies::session_token(&app, &headers).unwrap_or_default();
    let (field, key) = match change_password(&app, staff, &token, &typed.password, &typed.new_password).await {
        Ok(()) => return Ok(Done::at("/password").saying("password-changed").respond(&app)),
        Err(ChangePasswordError::Wrong) => ("password", "password-wrong"),
        Err(ChangePasswordError::TooOften) => ("password", "sign-in-too-often"),
        Err(ChangePasswordError::TooShort) => ("new_password", "password-too-short"),
        Err(ChangePasswordError::Db(error)) => return Err(error.into()),
    };
    let mut errors = FormErrors::default();
    errors.add(field, visitor.t(key));
    let desk = Desk::load(&app, &caller).await?;
    Ok(Visitor::show(StatusCode::UNPROCESSABLE_ENTITY, &PasswordPage { visitor: &visitor, desk, errors }))
}
