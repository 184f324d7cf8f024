//! `/password/{token}`: a new password by the link of an administrator.

use crate::accounts::password;
use crate::accounts::reset::{self, ResetError};
use crate::app::SharedApp;
use crate::kernel::Actor;
use crate::web::pages::{Done, FormErrors, PageForm, Visitor};
use crate::web::{PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::Conn;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/password/{token}", get(show).post(set))
}

#[derive(Deserialize)]
struct Typed {
    new_password: String,
}

#[derive(Template)]
#[template(path = "accounts/reset.html")]
struct ResetPage<'a> {
    visitor: &'a Visitor,
    /// Whether the link works.
    works: bool,
    errors: FormErrors,
}

async fn show(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathKey(token): PathKey<String>,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let works = reset::find(&mut conn, &token, app.clock.now()).await?.is_some();
    let status = if works { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok(Visitor::show(status, &ResetPage { visitor: &visitor, works, errors: FormErrors::default() }))
}

async fn set(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathKey(token): PathKey<String>,
    PageForm(typed): PageForm<Typed>,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let works = reset::find(&mut conn, &token, app.clock.now()).await?.is_some();
    drop(conn);
    let over = ResetPage { visitor: &visitor, works: false, errors: FormErrors::default() };
    if !works {
        return Ok(Visitor::show(StatusCode::NOT_FOUND, &over));
    }
    if !password::is_long_enough(&typed.new_password) {
        let mut errors = FormErrors::default();
        errors.add("new_password", visitor.t("password-too-short"));
        return Ok(Visitor::show(StatusCode::UNPROCESSABLE_ENTITY, &ResetPage { errors, works: true, ..over }));
    }
    let act = app.act(Actor::System);
    let random = act.random.clone();
    let hash = tokio::task::spawn_blocking(move || password::hash(&typed.new_password, &*random))
        .await
        .map_err(|error| Problem::internal("the password was not hashed", &error))?
        .map_err(|message| Problem::internal("the password was not hashed", &message))?;
    let done = app.db.write(async move |tx: &mut Conn| reset::set_password(tx, &act, &token, &hash).await);
    match done.await {
        Ok(()) => Ok(Done::at("/sign-in").saying("password-set").respond(&app)),
        Err(ResetError::LinkOver | ResetError::NotFound) => Ok(Visitor::show(StatusCode::NOT_FOUND, &over)),
        Err(ResetError::Db(error)) => Err(error.into()),
    }
}
