//! `/campaigns/{key}/texts`: what customers read about an offer, in each language.

use super::record::find;
use crate::app::SharedApp;
use crate::kernel::slug::Slug;
use crate::kernel::text::clean;
use crate::promotions::change_offers::{self, OfferDeedError};
use crate::promotions::offer::OfferText;
use crate::promotions::store;
use crate::web::caller::MARKETING;
use crate::web::pages::{Desk, Done, Fields, FormErrors, Language, PageForm, Visitor, act_once};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use db::Conn;

/// The most characters of a name.
const NAME_CHARS_MAX: usize = 120;
/// The most characters of a sentence.
const DESCRIPTION_CHARS_MAX: usize = 300;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/campaigns/{key}/texts", get(show).post(keep))
}

#[derive(Template)]
#[template(path = "promotions/texts.html")]
struct TextsPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    key: &'a Slug,
    name: String,
    description: String,
    /// The name of each language, and its two fields.
    languages: [(&'static str, &'static str, &'static str); 3],
    form: &'a Fields,
    errors: FormErrors,
    once: String,
}

/// The fields for a name and a sentence in a language.
const fn fields(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::De => ("name-de", "description-de"),
        Language::En => ("name-en", "description-en"),
        Language::Fr => ("name-fr", "description-fr"),
    }
}

async fn show(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
) -> Result<Response, Problem> {
    let mut form = Fields::default();
    for (language, text) in store::texts_of(&mut app.db.read().await?, &key).await? {
        form.put(format!("name-{language}"), text.name.unwrap_or_default());
        form.put(format!("description-{language}"), text.description.unwrap_or_default());
    }
    page(&app, &caller, &visitor, &key, &form, FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Allowed<MARKETING>,
    visitor: &Visitor,
    key: &Slug,
    form: &Fields,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let known = find(&mut app.db.read().await?, key).await?;
    let status = errors.status();
    let page = TextsPage {
        desk: Desk::load(app, &caller.0).await?,
        name: known.offer.name.unwrap_or_else(|| key.to_string()),
        description: known.offer.description.unwrap_or_default(),
        languages: Language::ALL.map(|language| {
            let (name, description) = fields(language);
            (language.own_name(), name, description)
        }),
        once: visitor.fresh_once(),
        key,
        form,
        errors,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

async fn keep(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let mut errors = FormErrors::default();
    let mut text = |field: &'static str, most: usize| {
        let text = clean(form.get(field));
        if text.chars().count() > most {
            let most = visitor.words.count(i64::try_from(most).unwrap_or(i64::MAX));
            errors.add(field, visitor.words.t1("offer-text-too-long", "most", most));
        }
        (!text.is_empty()).then_some(text)
    };
    let texts = Language::ALL.map(|language| {
        let (name, description) = fields(language);
        let (name, description) = (text(name, NAME_CHARS_MAX), text(description, DESCRIPTION_CHARS_MAX));
        (language.as_str(), OfferText { name, description })
    });
    if !errors.is_empty() {
        return page(&app, &caller, &visitor, &key, &form, errors).await;
    }
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let known = change_offers::tell(tx, &deed_act, &key, &texts).await?;
        let name = known.offer.name.unwrap_or_else(|| key.to_string());
        Ok::<_, OfferDeedError>(Done::at(format!("/campaigns/{key}")).saying("offer-texts-kept").naming(name))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}
