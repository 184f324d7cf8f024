//! `/admin/catalog/events/series`: many events at once, counted before they are made.

use super::field::{Choice, LANGUAGES};
use super::shelf::Shelf;
use crate::app::SharedApp;
use crate::catalog::create_series::{CreateSeriesError, SeriesCount, create_series};
use crate::catalog::series::EventSeries;
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Done, Fields, FormErrors, Language, PageForm, Visitor, Words, act_once};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::Conn;
use serde_json::{Map, Value, json};

/// The fields of the form by the first part of the path of a finding.
const FIELDS: [&str; 11] =
    ["key", "names", "house", "exhibition", "from", "until", "weekdays", "times", "capacity", "price_list", "labels"];
/// The days of the week as the form sends them.
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/admin/catalog/events/series", get(show).post(make))
}

#[derive(Template)]
#[template(path = "catalog/series.html")]
struct SeriesPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    /// The fields for the name: id, language, its own name.
    names: Vec<(String, &'static str, String)>,
    houses: Vec<Choice>,
    exhibitions: Vec<Choice>,
    price_lists: Vec<Choice>,
    weekdays: Vec<Choice>,
    labels_hint: String,
    form: &'a Fields,
    errors: FormErrors,
    count: Option<SeriesCount>,
    once: String,
}

impl SeriesPage<'_> {
    /// What was counted, as a sentence.
    fn counted(&self) -> Option<String> {
        let SeriesCount { created, skipped, .. } = self.count?;
        Some(self.visitor.words.t2("series-count", ("created", created), ("skipped", skipped)))
    }

    fn is(&self, field: &str, choice: &Choice) -> bool {
        self.form.get(field) == choice.value
    }
}

async fn show(State(app): State<SharedApp>, caller: Allowed<ADMIN>, visitor: Visitor) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, &Fields::default(), FormErrors::default(), None).await
}

async fn make(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let mut errors = FormErrors::default();
    let preview = form.has("preview");
    let series = match serde_path_to_error::deserialize::<_, EventSeries>(to_json(&form, preview)) {
        Ok(series) => series,
        Err(error) => {
            note(&mut errors, &error.path().to_string(), visitor.words);
            return page(&app, &caller, &visitor, &form, errors, None).await;
        }
    };
    let act = caller.act(&app);
    let deed_act = act.clone();
    if preview {
        let counted = app.db.write(async move |tx: &mut Conn| create_series(tx, &deed_act, &series).await).await;
        return match counted {
            Ok(count) => page(&app, &caller, &visitor, &form, errors, Some(count)).await,
            Err(error) => refused(&app, &caller, &visitor, &form, error).await,
        };
    }
    let deed = async move |tx: &mut Conn| {
        let count = create_series(tx, &deed_act, &series).await?;
        let created = i64::try_from(count.created).unwrap_or(i64::MAX);
        Ok::<_, CreateSeriesError>(Done::at("/admin/catalog/events").saying("series-done").counting(created))
    };
    match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => Ok(response),
        Err(error) => refused(&app, &caller, &visitor, &form, error).await,
    }
}

async fn refused(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    form: &Fields,
    error: CreateSeriesError,
) -> Result<Response, Problem> {
    let CreateSeriesError::Invalid(finding) = error else { return Err(error.into()) };
    let mut errors = FormErrors::default();
    note(&mut errors, &finding.path, visitor.words);
    page(app, caller, visitor, form, errors, None).await
}

/// What is wrong, beside its field.
fn note(errors: &mut FormErrors, path: &str, words: Words) {
    let first = path.split(['.', '[']).next().unwrap_or_default();
    let field = FIELDS.into_iter().find(|field| *field == first).unwrap_or("key");
    errors.add(field, words.t(&format!("wrong-series-{}", field.replace('_', "-"))));
}

fn to_json(form: &Fields, preview: bool) -> Value {
    let words = |name: &str| -> Vec<String> {
        form.get(name).split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let names = LANGUAGES.map(|language| (language, form.get(&format!("names_{language}"))));
    let names = names.into_iter().filter(|(_, name)| !name.is_empty());
    let names: Map<String, Value> = names.map(|(language, name)| (language.to_owned(), json!(name))).collect();
    let mut json = json!({"names": names, "weekdays": form.all("weekdays"), "times": words("times"),
        "labels": words("labels"), "preview": preview});
    for name in ["key", "house", "exhibition", "from", "until", "price_list"] {
        if form.has(name) {
            json[name] = json!(form.get(name));
        }
    }
    if form.has("capacity") {
        json["capacity"] =
            form.get("capacity").parse::<u32>().map_or_else(|_| json!(form.get("capacity")), |n| json!(n));
    }
    // A key that is missing is a key that is not right.
    for name in ["key", "house", "from", "until"] {
        if json.get(name).is_none() {
            json[name] = json!("");
        }
    }
    json
}

async fn page(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    form: &Fields,
    errors: FormErrors,
    count: Option<SeriesCount>,
) -> Result<Response, Problem> {
    let shelf = Shelf::load(app, visitor.words).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let name = |language: &'static str| {
        let own = language.parse::<Language>().map_or_else(|()| language.to_owned(), |one| one.own_name().to_owned());
        (format!("names_{language}"), language, own)
    };
    let weekday = |(place, word): (usize, &str)| Choice {
        value: word.to_owned(),
        name: visitor.t(&format!("weekday-{}", place + 1)),
    };
    let page = SeriesPage {
        desk: Desk::load(app, &caller.0).await?,
        names: LANGUAGES.map(name).into(),
        houses: shelf.house_choices(),
        exhibitions: shelf.exhibition_choices(),
        price_lists: shelf.price_list_choices(),
        weekdays: WEEKDAYS.into_iter().enumerate().map(weekday).collect(),
        labels_hint: shelf.labels_hint(),
        once: visitor.fresh_once(),
        visitor,
        form,
        errors,
        count,
    };
    Ok(Visitor::show(status, &page))
}
