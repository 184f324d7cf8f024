//! `/sign-in` and `/sign-out`.

use crate::accounts::session;
use crate::accounts::sign_in::{SignInError, WINDOW_SECS, sign_in};
use crate::app::SharedApp;
use crate::kernel::Actor;
use crate::web::Problem;
use crate::web::pages::{Carried, ClientAddress, FormErrors, PageForm, Visitor, cookies, desk, local_path};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use db::Conn;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/sign-in", get(show).post(begin)).route("/sign-out", post(end))
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    /// Where to go on to.
    #[serde(default)]
    then: String,
    /// Whether somebody just signed out.
    #[serde(default)]
    signed_out: Option<String>,
}

#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: String,
    #[serde(default)]
    then: String,
    /// A form that waits to be sent again: where to, and its fields.
    #[serde(default)]
    carried_path: String,
    #[serde(default)]
    carried: String,
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage<'a> {
    visitor: &'a Visitor,
    then: &'a str,
    email: &'a str,
    signed_out: bool,
    carried: Option<&'a Carried>,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "accounts/send_again.html")]
struct SendAgainPage<'a> {
    visitor: &'a Visitor,
    carried: &'a Carried,
}

async fn show(
    State(app): State<SharedApp>,
    headers: HeaderMap,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    if let Some(token) = cookies::session_token(&app, &headers) {
        let mut conn = app.db.read().await?;
        if session::find(&mut conn, &token, app.clock.now()).await?.is_some() {
            return Ok(Redirect::to(local_path(&wanted.then, desk::START)).into_response());
        }
    }
    let signed_out = wanted.signed_out.is_some();
    let page = SignInPage {
        visitor: &visitor,
        then: &wanted.then,
        email: "",
        signed_out,
        carried: None,
        errors: FormErrors::default(),
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// The answer to a form that was sent after the session had ended: the sign-in, which carries the form on.
pub(crate) fn sign_in_again(visitor: &Visitor, carried: &Carried) -> Response {
    let errors = FormErrors::default();
    let page = SignInPage { visitor, then: "", email: "", signed_out: false, carried: Some(carried), errors };
    Visitor::show(StatusCode::UNAUTHORIZED, &page)
}

async fn begin(
    State(app): State<SharedApp>,
    visitor: Visitor,
    ClientAddress(client): ClientAddress,
    PageForm(typed): PageForm<Credentials>,
) -> Result<Response, Problem> {
    let carried = Carried::new(&typed.carried_path, &typed.carried);
    let (status, key) = match sign_in(&app, &typed.email, &typed.password, client).await {
        Ok(token) => {
            let on = match &carried {
                Some(carried) => Visitor::show(StatusCode::OK, &SendAgainPage { visitor: &visitor, carried }),
                None => Redirect::to(local_path(&typed.then, desk::START)).into_response(),
            };
            return Ok(cookies::set(on, &cookies::of_session(&app, token)));
        }
        Err(SignInError::Wrong) => (StatusCode::UNPROCESSABLE_ENTITY, "sign-in-wrong"),
        Err(SignInError::TooOften) => (StatusCode::TOO_MANY_REQUESTS, "sign-in-too-often"),
        Err(SignInError::Db(error)) => return Err(error.into()),
    };
    let mut errors = FormErrors::default();
    errors.add("email", visitor.t(key));
    let page = SignInPage {
        visitor: &visitor,
        then: &typed.then,
        email: &typed.email,
        signed_out: false,
        carried: carried.as_ref(),
        errors,
    };
    let mut response = Visitor::show(status, &page);
    if status == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(header::RETRY_AFTER, WINDOW_SECS.into());
    }
    Ok(response)
}

async fn end(State(app): State<SharedApp>, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(token) = cookies::session_token(&app, &headers) {
        let mut conn = app.db.read().await?;
        if let Some(found) = session::find(&mut conn, &token, app.clock.now()).await? {
            let act = app.act(Actor::Staff(found.staff));
            app.db.write(async move |tx: &mut Conn| session::end(tx, &act, &token, found.staff).await).await?;
        }
    }
    let out = Redirect::to("/sign-in?signed_out=1").into_response();
    Ok(cookies::set(out, &cookies::of_no_session(&app)))
}
