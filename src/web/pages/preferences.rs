//! The visitor's choice of light or dark, and of signs as keys. The language is chosen by a link, `?lang=`, on any page.

use super::cookies;
use super::form::{PageForm, local_path};
use super::visitor::{Theme, keys_cookie, theme_cookie};
use crate::app::SharedApp;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use serde::Deserialize;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/preferences", post(keep))
}

#[derive(Debug, Deserialize)]
struct Choice {
    theme: Option<String>,
    keys: Option<String>,
    back: String,
}

async fn keep(State(app): State<SharedApp>, PageForm(choice): PageForm<Choice>) -> Response {
    let mut back = Redirect::to(local_path(&choice.back, "/")).into_response();
    if let Some(theme) = &choice.theme {
        back = cookies::set(back, &theme_cookie(&app, Theme::of(theme)));
    }
    if let Some(keys) = &choice.keys {
        back = cookies::set(back, &keys_cookie(&app, keys != "off"));
    }
    back
}
