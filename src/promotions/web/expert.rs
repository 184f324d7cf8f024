//! An offer as JSON, for what the form has no field for.

use super::edit::{carry_out, stored};
use crate::app::SharedApp;
use crate::kernel::slug::Slug;
use crate::promotions::change_offers::OfferDeedError;
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, Fields, FormErrors, PageForm, Visitor};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/campaigns/expert", get(show_new).post(create))
        .route("/campaigns/{key}/expert", get(show_edit).post(replace))
}

#[derive(Template)]
#[template(path = "promotions/expert.html")]
struct ExpertPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    key: Option<Slug>,
    text: &'a str,
    errors: FormErrors,
    once: String,
}

impl ExpertPage<'_> {
    fn action(&self) -> String {
        match &self.key {
            Some(key) => format!("/campaigns/{key}/expert"),
            None => "/campaigns/expert".to_owned(),
        }
    }

    fn back(&self) -> String {
        match &self.key {
            Some(key) => format!("/campaigns/{key}"),
            None => "/campaigns".to_owned(),
        }
    }
}

async fn show_new(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let draft = json!({"id": "", "name": "", "activation": "code", "effect": {"type": "percent_off", "percent": "10"}});
    Ok(show(&visitor, Desk::load(&app, &caller).await?, None, &pretty(&draft), FormErrors::default()))
}

async fn show_edit(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
) -> Result<Response, Problem> {
    let offer = stored(&mut app.db.read().await?, &key).await?;
    Ok(show(&visitor, Desk::load(&app, &caller).await?, Some(key), &pretty(&offer), FormErrors::default()))
}

async fn create(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    save(&app, &caller, &visitor, None, &form).await
}

async fn replace(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    save(&app, &caller, &visitor, Some(key), &form).await
}

async fn save(
    app: &SharedApp,
    caller: &Allowed<MARKETING>,
    visitor: &Visitor,
    key: Option<Slug>,
    form: &Fields,
) -> Result<Response, Problem> {
    let text = form.get("json");
    let refuse = async |message: String| {
        let mut errors = FormErrors::default();
        errors.add("json", message);
        Ok::<_, Problem>(show(visitor, Desk::load(app, &caller.0).await?, key.clone(), text, errors))
    };
    let offer: Value = match serde_json::from_str(text) {
        Ok(offer) => offer,
        Err(error) => {
            let place = ("line", number(error.line()));
            return refuse(visitor.words.t2("expert-no-json", place, ("column", number(error.column())))).await;
        }
    };
    match carry_out(app, caller, key.as_ref(), form.get("once"), offer).await {
        Ok(response) => Ok(response),
        Err(OfferDeedError::Offer(error)) => {
            let place = if error.path.is_empty() { "$" } else { error.path.as_str() };
            refuse(visitor.words.t2("expert-wrong", ("path", place), ("message", error.message.as_str()))).await
        }
        Err(OfferDeedError::KeyTaken) => refuse(visitor.words.problem("offer_key_taken")).await,
        Err(OfferDeedError::KeyChanged) => refuse(visitor.words.problem("offer_key_changed")).await,
        Err(error) => Err(error.into()),
    }
}

fn number(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn show(visitor: &Visitor, desk: Desk, key: Option<Slug>, text: &str, errors: FormErrors) -> Response {
    let status = errors.status();
    Visitor::show(status, &ExpertPage { visitor, desk, key, text, errors, once: visitor.fresh_once() })
}

fn pretty(offer: &Value) -> String {
    serde_json::to_string_pretty(offer).unwrap_or_default()
}
