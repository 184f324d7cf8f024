//! The form of one object of the catalog: to add it, to change it, and to remove it while nothing refers to it.

use super::field::{to_fields, to_json};
use super::form::{Shown, Widget, note, note_finding, shown, wrong};
use super::sheet::{Sheet, SheetKind, with_sheet};
use super::shelf::Shelf;
use crate::app::SharedApp;
use crate::catalog::create::{CreateError, create};
use crate::catalog::remove::{RemoveError, remove};
use crate::catalog::replace::{ReplaceError, replace};
use crate::kernel::slug::Slug;
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Done, Fields, FormErrors, HistoryRow, PageForm, Visitor, act_once, history};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::Conn;
use serde_json::Value;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/admin/catalog/{kind}/new", get(show_new).post(add))
        .route("/admin/catalog/{kind}/{key}", get(show).post(change))
        .route("/admin/catalog/{kind}/{key}/delete", get(ask_to_delete).post(delete))
}

#[derive(Template)]
#[template(path = "catalog/object.html")]
struct ObjectPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    kind: SheetKind,
    /// The object that is changed; none: a new one.
    key: Option<&'a Slug>,
    title: String,
    fields: Vec<Shown>,
    errors: FormErrors,
    notes: Vec<String>,
    history: Vec<HistoryRow>,
    once: String,
}

impl ObjectPage<'_> {
    fn list_title(&self) -> String {
        self.visitor.t(&format!("catalog-{}", self.kind.as_str()))
    }

    fn action(&self) -> String {
        match self.key {
            Some(key) => format!("/admin/catalog/{}/{key}", self.kind.as_str()),
            None => format!("/admin/catalog/{}/new", self.kind.as_str()),
        }
    }
}

fn kind_of(word: &str) -> Result<SheetKind, Problem> {
    SheetKind::of(word).ok_or_else(|| Problem::not_found("page"))
}

fn place_of((word, key): (String, String)) -> Result<(SheetKind, Slug), Problem> {
    Ok((kind_of(&word)?, key.parse().map_err(|_| Problem::not_found("object"))?))
}

async fn show_new(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    Path(word): Path<String>,
) -> Result<Response, Problem> {
    let kind = kind_of(&word)?;
    let mut form = Fields::default();
    for (name, value) in usual(kind) {
        form.put(*name, *value);
    }
    form.put("time_zone", app.config.museum.time_zone.as_str());
    with_sheet!(kind, Object => page::<Object>(&app, &caller, &visitor, kind, None, &form, FormErrors::default()).await)
}

/// What most new objects of a kind say.
fn usual(kind: SheetKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        SheetKind::Houses => &[("country", "DE"), ("not_collected", "attention")],
        SheetKind::Audiences => &[("check_proof", "1")],
        SheetKind::Products => &[
            ("kind", "annual_ticket"),
            ("validity_start", "purchase"),
            ("validity_months", "12"),
            ("vat_rate", "7"),
            ("annual_tickets", "1"),
            ("companions", "0"),
            ("reentry_secs", "600"),
            ("reentry_policy", "attention"),
            ("required_fields", "photo"),
            ("required_fields", "given_name"),
            ("required_fields", "family_name"),
        ],
        _ => &[],
    }
}

async fn show(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    Path(place): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (kind, key) = place_of(place)?;
    with_sheet!(kind, Object => show_object::<Object>(&app, &caller, &visitor, kind, &key).await)
}

async fn show_object<O: Sheet>(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    kind: SheetKind,
    key: &Slug,
) -> Result<Response, Problem> {
    let object = find::<O>(app, key).await?;
    let shelf = Shelf::load(app, visitor.words).await?;
    let json = serde_json::to_value(&object).map_err(|error| Problem::internal("an object is no JSON", &error))?;
    // The zone of a moment depends on the house, which stands in the object.
    let mut known = Fields::default();
    known.put("house", json.get("house").and_then(Value::as_str).unwrap_or_default());
    let form = to_fields(&O::fields(&shelf, &known), &json);
    page::<O>(app, caller, visitor, kind, Some(key), &form, FormErrors::default()).await
}

async fn add(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    Path(word): Path<String>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let kind = kind_of(&word)?;
    with_sheet!(kind, Object => save::<Object>(&app, &caller, &visitor, kind, None, &form).await)
}

async fn change(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    Path(place): Path<(String, String)>,
    PageForm(mut form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let (kind, key) = place_of(place)?;
    form.put("key", key.as_str());
    with_sheet!(kind, Object => save::<Object>(&app, &caller, &visitor, kind, Some(&key), &form).await)
}

/// Why an object was not saved.
enum SaveError {
    Finding(crate::catalog::object::Finding),
    KeyTaken,
    Problem(Problem),
}

impl From<db::DbError> for SaveError {
    fn from(error: db::DbError) -> Self {
        Self::Problem(error.into())
    }
}

async fn save<O: Sheet>(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    kind: SheetKind,
    key: Option<&Slug>,
    form: &Fields,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let shelf = Shelf::load(app, words).await?;
    let fields = O::fields(&shelf, form);
    let mut errors = FormErrors::default();
    let object: Option<O> = match to_json(&fields, form) {
        Ok(json) => match serde_path_to_error::deserialize(json) {
            Ok(object) => Some(object),
            Err(error) => {
                note(&mut errors, &fields, &error.path().to_string(), "invalid_value", words);
                None
            }
        },
        Err(unreadable) => {
            for field in unreadable {
                errors.add(field, wrong(field, "invalid_value", words));
            }
            None
        }
    };
    let Some(object) = object else {
        return page::<O>(app, caller, visitor, kind, key, form, errors).await;
    };
    let title = object.title(&shelf);
    let act = caller.act(app);
    let (deed_act, old) = (act.clone(), key.cloned());
    let deed = async move |tx: &mut Conn| {
        let said = match &old {
            None => {
                create(tx, &deed_act, object.clone()).await.map_err(|error| match error {
                    CreateError::Invalid(finding) => SaveError::Finding(finding),
                    CreateError::KeyTaken(..) => SaveError::KeyTaken,
                    CreateError::Db(error) => error.into(),
                })?;
                "catalog-added"
            }
            Some(old) => {
                replace(tx, &deed_act, old, object.clone()).await.map_err(|error| match error {
                    ReplaceError::Invalid(finding) => SaveError::Finding(finding),
                    other => SaveError::Problem(other.into()),
                })?;
                "catalog-saved"
            }
        };
        Ok(Done::at(format!("/admin/catalog/{}", kind.as_str())).saying(said).naming(&title))
    };
    match act_once(app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(SaveError::Problem(problem)) => return Err(problem),
        Err(SaveError::KeyTaken) => errors.add("key", words.problem("catalog_key_taken")),
        Err(SaveError::Finding(finding)) => note_finding(&mut errors, &fields, &finding, words),
    }
    page::<O>(app, caller, visitor, kind, key, form, errors).await
}

async fn page<O: Sheet>(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    kind: SheetKind,
    key: Option<&Slug>,
    form: &Fields,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let shelf = Shelf::load(app, visitor.words).await?;
    let fields = O::fields(&shelf, form);
    let (title, notes, history) = match key {
        Some(key) => {
            let object = find::<O>(app, key).await?;
            let mut conn = app.db.read().await?;
            let zone = app.config.museum.zone();
            let history = history::of(&mut conn, &visitor.words, zone, &[(O::KIND.as_str(), key)]).await?;
            (object.title(&shelf), object.notes(&shelf), history)
        }
        None => (visitor.t(&format!("catalog-{}-new", kind.as_str())), Vec::new(), Vec::new()),
    };
    let status = errors.status();
    let page = ObjectPage {
        desk: Desk::load(app, &caller.0).await?,
        fields: shown(&fields, form, &errors, &shelf, key.is_none()),
        once: visitor.fresh_once(),
        visitor,
        kind,
        key,
        title,
        errors,
        notes,
        history,
    };
    Ok(Visitor::show(status, &page))
}

async fn find<O: Sheet>(app: &SharedApp, key: &Slug) -> Result<O, Problem> {
    let found = O::find(&mut app.db.read().await?, key).await?;
    found.ok_or_else(|| Problem::not_found(&O::KIND.to_string()))
}

#[derive(Template)]
#[template(path = "catalog/delete.html")]
struct DeletePage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    kind: SheetKind,
    key: &'a Slug,
    title: String,
    once: String,
}

async fn ask_to_delete(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    Path(place): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (kind, key) = place_of(place)?;
    let shelf = Shelf::load(&app, visitor.words).await?;
    let title = with_sheet!(kind, Object => find::<Object>(&app, &key).await?.title(&shelf));
    let desk = Desk::load(&app, &caller.0).await?;
    let page = DeletePage { visitor: &visitor, desk, kind, key: &key, title, once: visitor.fresh_once() };
    Ok(Visitor::show(StatusCode::OK, &page))
}

async fn delete(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    Path(place): Path<(String, String)>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let (kind, key) = place_of(place)?;
    with_sheet!(kind, Object => delete_object::<Object>(&app, &caller, kind, key, &form).await)
}

async fn delete_object<O: Sheet>(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    kind: SheetKind,
    key: Slug,
    form: &Fields,
) -> Result<Response, Problem> {
    let act = caller.act(app);
    let deed_act = act.clone();
    let list = format!("/admin/catalog/{}", kind.as_str());
    let deed = async move |tx: &mut Conn| match remove::<O>(tx, &deed_act, &key).await {
        Ok(()) => Ok(Done::at(&list).saying("catalog-removed").naming(&key)),
        Err(RemoveError::InUse(_)) => Ok(Done::at(format!("{list}/{key}")).saying("catalog-in-use").naming(&key)),
        Err(error) => Err(error),
    };
    Ok(act_once(app, &act, form.get("once"), deed).await?)
}
