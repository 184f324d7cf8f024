//! `/campaigns/{key}/codes/import`: codes from a file. What the file would do is shown before anything is written.
//!
//! The file waits in the file store under its hash until it is taken or a day is over.

use super::codes::uses;
use super::import_rows::{RowSaid, said};
use super::record::find;
use crate::app::SharedApp;
use crate::jobs;
use crate::kernel::UtcMs;
use crate::kernel::slug::Slug;
use crate::promotions::code_rows::Columns;
use crate::promotions::import_codes::{self, ImportError, Remarkable, Report, Wanted};
use crate::promotions::{FORGET_IMPORT, store};
use crate::tables::{Cell, FileKind};
use crate::web::caller::MARKETING;
use crate::web::download::{self, Rows, Unfinished};
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::upload::{self, Upload};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use db::{Conn, DbError};
use serde::Deserialize;
use std::fs::File;

/// How long a file waits to be taken.
const KEPT_MILLIS: i64 = 24 * 3_600_000;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/campaigns/{key}/codes/import", get(show).post(receive))
        .route("/campaigns/{key}/codes/import/{file}", get(preview).post(confirm))
        .route("/campaigns/{key}/codes/import/{file}/problems.csv", get(problems))
        .layer(DefaultBodyLimit::disable())
}

/// How the file is read, as it stands in the address. Columns count from 1; empty: the headings tell, or there is no such column.
#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    code: String,
    #[serde(default)]
    uses: String,
    #[serde(default)]
    enabled: String,
    #[serde(default)]
    headings: String,
    #[serde(default)]
    max_uses: String,
}

impl Asked {
    fn wanted(&self, offer: &Slug) -> Wanted {
        let column = |text: &str| text.parse::<usize>().ok()?.checked_sub(1);
        let columns = column(&self.code).map(|code| Columns {
            code,
            uses: column(&self.uses),
            enabled: column(&self.enabled),
            has_headings: self.headings != "0",
        });
        Wanted { offer: offer.clone(), columns, max_uses: self.max_uses.parse().ok().filter(|uses| *uses > 0) }
    }
}

/// A file that was taken, as the page shows it.
struct PastSaid {
    when: String,
    rows: String,
    added: String,
    known: String,
    wrong: String,
}

#[derive(Template)]
#[template(path = "promotions/import.html")]
struct ImportPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    key: &'a Slug,
    name: String,
    past: Vec<PastSaid>,
    errors: FormErrors,
}

/// A column to choose.
struct ColumnSaid {
    number: String,
    name: String,
}

#[derive(Template)]
#[template(path = "promotions/import_preview.html")]
struct PreviewPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    key: &'a Slug,
    name: String,
    file: &'a str,
    counts: String,
    doubts: Option<String>,
    before: Option<String>,
    columns: Vec<ColumnSaid>,
    chosen: Asked,
    remarkable: Vec<RowSaid>,
    first: Vec<RowSaid>,
    any: bool,
    query: String,
    once: String,
}

async fn show(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, &key, None).await
}

async fn page(
    app: &SharedApp,
    caller: &Allowed<MARKETING>,
    visitor: &Visitor,
    key: &Slug,
    problem: Option<String>,
) -> Result<Response, Problem> {
    let mut conn = app.db.read().await?;
    let offer = find(&mut conn, key).await?;
    let past = store::latest_imports(&mut conn, key).await?;
    drop(conn);
    let mut errors = FormErrors::default();
    if let Some(problem) = problem {
        errors.add("file", problem);
    }
    let status = errors.status();
    let words = visitor.words;
    let zone = app.config.museum.zone();
    let said = |past: store::PastImport| PastSaid {
        when: words.moment(UtcMs(past.imported_at), zone),
        rows: words.count(past.row_count),
        added: words.count(past.added_count),
        known: words.count(past.known_count),
        wrong: words.count(past.wrong_count),
    };
    let page = ImportPage {
        desk: Desk::load(app, &caller.0).await?,
        name: offer.offer.name.unwrap_or_else(|| key.to_string()),
        past: past.into_iter().map(said).collect(),
        key,
        errors,
        visitor,
    };
    Ok(Visitor::show(status, &page))
}

async fn receive(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    PathKey(key): PathKey<Slug>,
    request: Request,
) -> Result<Response, Problem> {
    find(&mut app.db.read().await?, &key).await?;
    let Upload { mut file, sha256 } = upload::receive(request).await?;
    let kept = file_key(&sha256);
    app.files.put_file(&kept, &mut file).await.map_err(|error| Problem::internal("a file cannot be kept", &error))?;
    let act = caller.act(&app);
    app.db
        .write(async move |tx: &mut Conn| {
            let until = act.now.plus_millis(KEPT_MILLIS);
            jobs::enqueue_at(tx, &act, FORGET_IMPORT, &kept, until).await
        })
        .await?;
    // A file that cannot be read at all is refused where it was chosen.
    let wanted = Asked::default().wanted(&key);
    match import_codes::preview(&app.db, &wanted, file).await {
        Ok(_) | Err(ImportError::NoCodeColumn(_)) => {
            Ok(Redirect::to(&format!("/campaigns/{key}/codes/import/{sha256}")).into_response())
        }
        Err(error) => {
            let said = refusal(error, &visitor)?;
            page(&app, &caller, &visitor, &key, Some(said)).await
        }
    }
}

fn file_key(sha256: &str) -> String {
    format!("imports/{sha256}")
}

/// The file that was sent before.
async fn kept(app: &SharedApp, file: &str) -> Result<File, Problem> {
    let is_hash = file.len() == 64 && file.bytes().all(|byte| byte.is_ascii_hexdigit());
    let found = if is_hash { app.files.fetch(&file_key(file)).await } else { Ok(None) };
    let found = found.map_err(|error| Problem::internal("a kept file cannot be read", &error))?;
    found.ok_or_else(|| Problem::not_found("file"))
}

/// The sentence for a file that is not taken.
fn refusal(error: ImportError, visitor: &Visitor) -> Result<String, Problem> {
    Ok(match error {
        ImportError::Unreadable(error) => visitor.t(&format!("codes-import-{}", error.as_str())),
        ImportError::Empty => visitor.t("codes-import-empty"),
        ImportError::NoCodeColumn(_) => visitor.t("codes-import-no-column"),
        ImportError::Db(error) => return Err(error.into()),
    })
}

async fn preview(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    Path((key, file)): Path<(Slug, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let mut wanted = asked.wanted(&key);
    let report = match import_codes::preview(&app.db, &wanted, kept(&app, &file).await?).await {
        // Nobody has to know headings: the first column is as good a guess as any, and is shown.
        Err(ImportError::NoCodeColumn(_)) => {
            wanted.columns = Some(Columns { code: 0, uses: None, enabled: None, has_headings: true });
            import_codes::preview(&app.db, &wanted, kept(&app, &file).await?).await
        }
        other => other,
    };
    let report = match report {
        Ok(report) => report,
        Err(error) => {
            let said = refusal(error, &visitor)?;
            return page(&app, &caller, &visitor, &key, Some(said)).await;
        }
    };
    let mut conn = app.db.read().await?;
    let offer = find(&mut conn, &key).await?;
    let before = store::imported_at(&mut conn, &key, &file).await?;
    drop(conn);
    let words = visitor.words;
    let chosen = chosen(&report, &asked);
    let zone = app.config.museum.zone();
    let page = PreviewPage {
        desk: Desk::load(&app, &caller.0).await?,
        name: offer.offer.name.unwrap_or_else(|| key.to_string()),
        counts: counts(&report, &visitor),
        doubts: (report.tally.doubtful > 0)
            .then(|| words.t1("codes-import-doubtful", "count", number(report.tally.doubtful))),
        before: before.map(|when| words.t1("codes-import-before", "when", words.moment(when, zone))),
        columns: columns(&report),
        query: query(&chosen),
        chosen,
        any: report.tally.added > 0,
        remarkable: report.remarkable.iter().map(|(row, verdict)| said(row, verdict, &visitor)).collect(),
        first: report.first.iter().map(|(row, verdict)| said(row, verdict, &visitor)).collect(),
        key: &key,
        file: &file,
        once: visitor.fresh_once(),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn counts(report: &Report, visitor: &Visitor) -> String {
    let tally = &report.tally;
    let of = |key: &str, count: u64| visitor.words.t1(key, "count", number(count));
    [of("codes-import-new", tally.added), of("codes-import-known", tally.known), of("codes-import-wrong", tally.wrong)]
        .join(" ")
}

/// How the file was read, as the fields show it.
fn chosen(report: &Report, asked: &Asked) -> Asked {
    let column = |at: Option<usize>| at.map(|at| (at + 1).to_string()).unwrap_or_default();
    Asked {
        code: column(Some(report.columns.code)),
        uses: column(report.columns.uses),
        enabled: column(report.columns.enabled),
        headings: if report.columns.has_headings { "1" } else { "0" }.to_owned(),
        max_uses: asked.max_uses.clone(),
    }
}

fn query(chosen: &Asked) -> String {
    format!(
        "code={}&uses={}&enabled={}&headings={}&max_uses={}",
        chosen.code,
        chosen.uses,
        chosen.enabled,
        chosen.headings,
        crate::web::pages::encode(&chosen.max_uses)
    )
}

fn columns(report: &Report) -> Vec<ColumnSaid> {
    let name = |(at, head): (usize, &String)| {
        let place = at + 1;
        ColumnSaid { number: place.to_string(), name: format!("{place} · {head}") }
    };
    report.heads.iter().enumerate().map(name).collect()
}

async fn confirm(
    State(app): State<SharedApp>,
    caller: Allowed<MARKETING>,
    visitor: Visitor,
    Path((key, file)): Path<(Slug, String)>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let field = |name: &str| form.get(name).to_owned();
    let asked = Asked {
        code: field("code"),
        uses: field("uses"),
        enabled: field("enabled"),
        headings: field("headings"),
        max_uses: field("max_uses"),
    };
    let mut errors = FormErrors::default();
    uses(&form, "max_uses", &mut errors, &visitor);
    if !errors.is_empty() {
        return Err(Problem::invalid("max_uses", "out_of_range", "a number from 1 on is needed"));
    }
    find(&mut app.db.read().await?, &key).await?;
    let act = caller.act(&app);
    let report = import_codes::import(&app.db, &act, &asked.wanted(&key), kept(&app, &file).await?, &file).await;
    let added = match report {
        Ok(report) => number(report.tally.added),
        Err(error) => {
            let said = refusal(error, &visitor)?;
            return page(&app, &caller, &visitor, &key, Some(said)).await;
        }
    };
    let there = format!("/campaigns/{key}/codes/import");
    let deed =
        async move |_: &mut Conn| Ok::<_, DbError>(Done::at(there.clone()).saying("codes-imported").counting(added));
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}

/// The rows that are left out or doubtful, as a file to mend and send again.
async fn problems(
    State(app): State<SharedApp>,
    _: Allowed<MARKETING>,
    visitor: Visitor,
    Path((key, file)): Path<(Slug, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let source = kept(&app, &file).await?;
    let heads = ["codes-import-line", "code", "codes-import-why"].map(|head| visitor.t(head)).to_vec();
    let mut found = Remarkable::of(&app.db, &asked.wanted(&key), source).await?;
    let name = format!("codes-{key}-problems");
    let fill = async move |mut rows: Rows| {
        loop {
            let portion = match found.next().await {
                Ok(Some(portion)) => portion,
                Ok(None) => return Ok(rows),
                Err(ImportError::Db(error)) => return Err(error.into()),
                // The file breaks off here, and so does what is told of it.
                Err(_) => return Err(Unfinished::Gone),
            };
            for (row, verdict) in portion {
                let said = said(&row, &verdict, &visitor);
                rows.add(vec![Cell::Whole(number(row.number)), said.code.into(), said.state.2.into()]).await?;
            }
        }
    };
    Ok(download::table(&name, FileKind::Csv, heads, fill))
}
