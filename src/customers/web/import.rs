//! `/customers/import`: customers from a file. What it says is shown line by line before anything is kept; lines with something wrong
//! are left out.

use crate::app::SharedApp;
use crate::customers::import_file::{FileProblem, ImportLine, read, text_of};
use crate::customers::lists::{CustomerList, Imported, ListError, import};
use crate::customers::store;
use crate::kernel::ids::CustomerListId;
use crate::web::caller::SHOP;
use crate::web::pages::{Desk, Done, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;
use serde::Deserialize;

/// The most bytes of a file.
const FILE_BYTES_MAX: usize = 512 * 1024;
/// Lines that are shown; all are kept.
const SHOWN_MAX: usize = 200;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/customers/import", get(show).post(preview))
        .route("/customers/import/confirm", post(confirm))
        .layer(DefaultBodyLimit::max(FILE_BYTES_MAX * 2))
}

#[derive(Template)]
#[template(path = "customers/import.html")]
struct ImportPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    lists: Vec<CustomerList>,
    errors: FormErrors,
}

/// A line with what becomes of it.
struct Shown {
    line: ImportLine,
    /// Tone, symbol and word.
    state: (&'static str, &'static str, String),
}

#[derive(Template)]
#[template(path = "customers/import_preview.html")]
struct PreviewPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    lines: Vec<Shown>,
    /// How many lines are new, known and wrong, and how many are not shown.
    counts: String,
    wrong: Option<String>,
    more: Option<String>,
    /// Whether there is anything to keep.
    any: bool,
    list: Option<CustomerList>,
    text: String,
    once: String,
}

#[derive(Deserialize)]
struct ConfirmForm {
    once: String,
    text: String,
    #[serde(default)]
    list: String,
}

async fn show(State(app): State<SharedApp>, caller: Allowed<SHOP>, visitor: Visitor) -> Result<Response, Problem> {
    import_page(&app, &caller, &visitor, None).await
}

async fn import_page(
    app: &SharedApp,
    caller: &Allowed<SHOP>,
    visitor: &Visitor,
    problem: Option<FileProblem>,
) -> Result<Response, Problem> {
    let lists = store::lists::all(&mut app.db.read().await?).await?;
    let mut errors = FormErrors::default();
    if let Some(problem) = problem {
        errors.add("file", visitor.t(&format!("import-{}", problem.as_str())));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let desk = Desk::load(app, &caller.0).await?;
    Ok(Visitor::show(status, &ImportPage { visitor, desk, lists, errors }))
}

async fn preview(
    State(app): State<SharedApp>,
    caller: Allowed<SHOP>,
    visitor: Visitor,
    posted: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let (text, list) = parts(posted).await?;
    let words = visitor.words;
    let lines = match read(&text) {
        Ok(lines) => lines,
        Err(problem) => return import_page(&app, &caller, &visitor, Some(problem)).await,
    };
    let mut conn = app.db.snapshot().await?;
    let list = match list.parse::<CustomerListId>() {
        Ok(id) => store::lists::find(&mut conn, id).await?,
        Err(_) => None,
    };
    let (mut new, mut known, mut wrong) = (0_i64, 0_i64, 0_i64);
    let mut shown = Vec::new();
    for line in lines {
        let state = match line.wrong {
            Some(problem) => {
                wrong += 1;
                ("refused", "×", visitor.t(&format!("import-line-{}", problem.as_str())))
            }
            None if store::id_of_address(&mut conn, &line.address.to_lowercase()).await?.is_some() => {
                known += 1;
                ("calm", "=", visitor.t("import-known"))
            }
            None => {
                new += 1;
                ("good", "+", visitor.t("import-new"))
            }
        };
        shown.push(Shown { line, state });
    }
    drop(conn);
    // What is wrong comes first: it is what somebody has to look at.
    shown.sort_by_key(|shown| (shown.line.wrong.is_none(), shown.line.line));
    let more = shown.len().saturating_sub(SHOWN_MAX);
    shown.truncate(SHOWN_MAX);
    let page = PreviewPage {
        desk: Desk::load(&app, &caller.0).await?,
        lines: shown,
        counts: words.t2("import-counts", ("new", new), ("known", known)),
        wrong: (wrong > 0).then(|| words.t1("import-wrong", "count", wrong)),
        more: (more > 0).then(|| words.t1("import-more", "count", more)),
        any: new + known > 0,
        list,
        text,
        once: visitor.fresh_once(),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

/// The text of the file, and the list that was chosen.
async fn parts(posted: Result<Multipart, MultipartRejection>) -> Result<(String, String), Problem> {
    let bad = |error: &dyn std::fmt::Display| Problem::new(StatusCode::BAD_REQUEST, "bad_form", error.to_string());
    let mut form = posted.map_err(|rejection| bad(&rejection))?;
    let (mut text, mut list) = (String::new(), String::new());
    while let Some(field) = form.next_field().await.map_err(|error| bad(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|error| bad(&error))?;
        match name.as_str() {
            "file" if bytes.len() > FILE_BYTES_MAX => {
                return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "The file is too large."));
            }
            "file" => text = text_of(&bytes).replace('\0', ""),
            "list" => list = text_of(&bytes),
            _ => {}
        }
    }
    Ok((text, list))
}

async fn confirm(
    State(app): State<SharedApp>,
    caller: Allowed<SHOP>,
    visitor: Visitor,
    PageForm(form): PageForm<ConfirmForm>,
) -> Result<Response, Problem> {
    let lines = match read(&form.text) {
        Ok(lines) => lines,
        Err(problem) => return import_page(&app, &caller, &visitor, Some(problem)).await,
    };
    let list = form.list.parse::<CustomerListId>().ok();
    let language = app.config.museum.language.clone();
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let Imported { new, known } = import(tx, &deed_act, &lines, list, &language).await?;
        let there = list.map_or_else(|| "/customers".to_owned(), |list| format!("/customers?list={list}"));
        Ok(Done::at(there).saying("customers-imported").counting(new + known))
    };
    match act_once(&app, &act, &form.once, deed).await {
        Ok(answer) => Ok(answer),
        Err(ListError::NotFound | ListError::Name) => Err(Problem::not_found("list")),
        Err(ListError::Db(error)) => Err(error.into()),
    }
}
