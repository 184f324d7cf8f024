//! `/admin/layouts`: the layouts of cards, how far each has come, and the upload of a new or changed one.

use crate::app::SharedApp;
use crate::production::agree_layout::AgreeLayoutError;
use crate::production::layout::{LayoutState, LayoutVersion};
use crate::production::layout_package::LayoutPackage;
use crate::production::store::layouts;
use crate::production::upload_layout::{keep_files, upload_layout};
use crate::web::body::UPLOAD_BYTES_MAX;
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Done, FormErrors, Visitor, act_once};
use crate::web::{Allowed, Problem};
use askama::Template;
use axum::Router;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use card_face::{Finding, builtin};
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/admin/layouts", get(show).post(upload)).layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
}

/// A version of a layout in words.
pub(super) struct LayoutSaid {
    pub(super) title: String,
    pub(super) id: String,
    pub(super) version: u32,
    pub(super) tone: &'static str,
    pub(super) symbol: &'static str,
    pub(super) state: String,
    products: String,
    agreed: String,
    by: String,
    pub(super) fingerprint: String,
}

/// A finding in words: where, what kind, and what exactly.
pub(super) struct FindingSaid {
    pub(super) line: usize,
    /// The line and the column.
    pub(super) place: String,
    pub(super) path: String,
    pub(super) kind: String,
    pub(super) message: String,
}

#[derive(Template)]
#[template(path = "production/layouts.html")]
struct LayoutsPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    layouts: Vec<LayoutSaid>,
    /// The layouts that come with the program and are not here yet: id and title.
    shipped: Vec<(&'static str, String)>,
    errors: FormErrors,
    findings: Vec<FindingSaid>,
    once: String,
}

async fn show(State(app): State<SharedApp>, caller: Allowed<ADMIN>, visitor: Visitor) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, FormErrors::default(), Vec::new()).await
}

async fn page(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    errors: FormErrors,
    findings: Vec<Finding>,
) -> Result<Response, Problem> {
    let all = layouts::all(&mut app.db.read().await?).await?;
    let is_new = |id: &str| !all.iter().any(|layout| layout.id == id);
    let titled = |id| (id, visitor.t(&format!("layout-shipped-{id}")));
    let page = LayoutsPage {
        desk: Desk::load(app, &caller.0).await?,
        shipped: builtin::ALL.into_iter().map(|(id, _)| id).filter(|id| is_new(id)).map(titled).collect(),
        findings: findings.into_iter().map(|finding| finding_said(finding, visitor)).collect(),
        layouts: all.iter().map(|layout| said(layout, visitor, app)).collect(),
        once: visitor.fresh_once(),
        errors,
        visitor,
    };
    Ok(Visitor::show(page.errors.status(), &page))
}

/// What was uploaded.
#[derive(Default)]
struct Posted {
    once: String,
    /// The id of a layout that comes with the program, instead of a file.
    shipped: String,
    file: Vec<u8>,
}

async fn upload(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    posted: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let posted = parts(posted).await?;
    let refused = |key: &str, findings: Vec<Finding>| {
        let mut errors = FormErrors::default();
        errors.add("file", visitor.t(key));
        page(&app, &caller, &visitor, errors, findings)
    };
    let shipped = builtin::ALL.into_iter().find(|(id, _)| posted.file.is_empty() && *id == posted.shipped);
    let package = match shipped {
        Some((_, file)) => Ok(LayoutPackage::of_text(file)),
        None => LayoutPackage::read(&posted.file),
    };
    let package = match package {
        Ok(package) => package,
        Err(error) => return refused(&format!("layout-wrong-{}", error.reason().replace('_', "-")), Vec::new()).await,
    };
    let failed = |error: anyhow::Error| Problem::internal("the files of a layout cannot be kept", &error);
    keep_files(&app, &package).await.map_err(failed)?;
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let layout = upload_layout(tx, &deed_act, &package).await?;
        let there = format!("/admin/layouts/{}?version={}", layout.id, layout.version);
        Ok(Done::at(there).saying("layout-uploaded").naming(layout.name()))
    };
    match act_once(&app, &act, &posted.once, deed).await {
        Ok(answer) => Ok(answer),
        Err(AgreeLayoutError::Mistakes(findings)) => refused("layout-wrong-findings", findings).await,
        Err(AgreeLayoutError::VersionTaken { .. }) => refused("layout-wrong-version-taken", Vec::new()).await,
        Err(AgreeLayoutError::Db(error)) => Err(error.into()),
    }
}

async fn parts(posted: Result<Multipart, MultipartRejection>) -> Result<Posted, Problem> {
    let bad = |error: &dyn std::fmt::Display| Problem::new(StatusCode::BAD_REQUEST, "bad_form", error.to_string());
    let mut form = posted.map_err(|rejection| bad(&rejection))?;
    let mut found = Posted::default();
    while let Some(field) = form.next_field().await.map_err(|error| bad(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|error| bad(&error))?;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "once" => found.once = text(),
            "shipped" => found.shipped = text(),
            "file" => found.file = bytes.to_vec(),
            _ => {}
        }
    }
    Ok(found)
}

pub(super) fn said(layout: &LayoutVersion, visitor: &Visitor, app: &SharedApp) -> LayoutSaid {
    let words = visitor.words;
    let language = words.language.as_str();
    let title = layout.title.get(language).or_else(|| layout.title.values().next()).cloned();
    let (tone, symbol) = match layout.state {
        LayoutState::Draft => ("plain", "○"),
        LayoutState::Proposed => ("attention", "!"),
        LayoutState::Agreed => ("good", "✓"),
        LayoutState::Retired => ("plain", "■"),
    };
    let for_all = || words.t("layout-all-products");
    let names: Vec<&str> = layout.products.iter().chain(&layout.houses).map(String::as_str).collect();
    LayoutSaid {
        title: title.unwrap_or_else(|| layout.id.clone()),
        id: layout.id.clone(),
        version: layout.version,
        tone,
        symbol,
        state: words.t(&format!("layout-state-{}", layout.state.as_str())),
        products: if names.is_empty() { for_all() } else { names.join(", ") },
        agreed: layout.agreed_at.map(|at| words.moment(at, app.config.museum.zone())).unwrap_or_default(),
        by: layout.agreed_by.clone().unwrap_or_default(),
        fingerprint: layout.content_sha256.chars().take(12).collect(),
    }
}

pub(super) fn finding_said(finding: Finding, visitor: &Visitor) -> FindingSaid {
    let key = format!("layout-finding-{}", finding.reason.replace('_', "-"));
    FindingSaid {
        line: finding.line,
        place: visitor.words.t2("layout-place", ("line", finding.line), ("column", finding.column)),
        path: finding.path,
        kind: visitor.t(&key),
        message: finding.message,
    }
}
