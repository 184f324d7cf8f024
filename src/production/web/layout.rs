//! `/admin/layouts/{id}`: one version of a layout: how it looks, what is wrong with it, what changed, and its next step.

use super::layouts::{FindingSaid, LayoutSaid, finding_said, said};
use crate::app::SharedApp;
use crate::production::differences::{Difference, differences};
use crate::production::layout::{LayoutState, LayoutVersion};
use crate::production::propose_layout::{
    LayoutStepError, agree_on_proposal, check_and_prove, findings, propose_layout, retire_layout,
};
use crate::production::{layout_preview, layout_source, store};
use crate::web::caller::ADMIN;
use crate::web::pages::{Desk, Done, Fields, FormErrors, HistoryRow, PageForm, Visitor, act_once, address, history};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use db::Conn;
use std::collections::BTreeSet;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/admin/layouts/{id}", get(show)).route("/admin/layouts/{id}/step", post(step))
}

/// A line of the file.
struct Line {
    number: usize,
    text: String,
    is_wrong: bool,
}

/// A case of the proof.
struct Case {
    caption: String,
    is_shown: bool,
}

#[derive(Template)]
#[template(path = "production/layout.html")]
struct LayoutPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    layout: &'a LayoutVersion,
    said: LayoutSaid,
    versions: Vec<LayoutSaid>,
    cases: Vec<Case>,
    /// The number of the card whose holder is shown instead.
    holder: String,
    /// The addresses of front and back.
    faces: [String; 2],
    findings: Vec<FindingSaid>,
    lines: Vec<Line>,
    /// The version before, and what changed since.
    before: Option<u32>,
    changes: Vec<Difference>,
    name: String,
    errors: FormErrors,
    history: Vec<HistoryRow>,
    once: String,
}

impl LayoutPage<'_> {
    fn is_draft(&self) -> bool {
        self.layout.state == LayoutState::Draft
    }

    fn is_proposed(&self) -> bool {
        self.layout.state == LayoutState::Proposed
    }

    fn is_agreed(&self) -> bool {
        self.layout.state == LayoutState::Agreed
    }

    fn address_of(&self, file: &str) -> String {
        format!("/admin/layouts/{}/{file}?version={}", self.layout.id, self.layout.version)
    }
}

async fn show(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<String>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, &id, &query, FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    visitor: &Visitor,
    id: &str,
    query: &Fields,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let failed = |error: anyhow::Error| Problem::internal("a layout cannot be shown", &error);
    let mut conn = app.db.snapshot().await?;
    let versions: Vec<_> = store::layouts::all(&mut conn).await?.into_iter().filter(|layout| layout.id == id).collect();
    let wanted = query.get("version").parse::<u32>().ok();
    let layout = versions.iter().find(|layout| wanted.is_none_or(|wanted| layout.version == wanted));
    let layout = layout.ok_or_else(|| Problem::not_found("layout"))?;
    let package = layout_source::load_used(app, &mut conn, id, layout.version).await.map_err(failed)?;
    let before = versions.iter().map(|other| other.version).filter(|other| *other < layout.version).max();
    let changes = match before {
        Some(before) => {
            let old = store::layouts::body(&mut conn, id, before).await?.unwrap_or_default();
            differences(&old, &package.body)
        }
        None => Vec::new(),
    };
    let cases = layout_preview::captions(app, &mut conn, layout).await.map_err(failed)?;
    let zone = app.config.museum.zone();
    let history = history::of(&mut conn, &visitor.words, zone, &[("layout", &layout.name())]).await?;
    drop(conn);
    let body = package.body.clone();
    let check = tokio::task::spawn_blocking(move || findings(&package));
    let found = check.await.map_err(|error| Problem::internal("the check of a layout did not end", &error))?;
    let wrong: BTreeSet<usize> = found.iter().map(|finding| finding.line).collect();
    let line =
        |(number, text): (usize, &str)| Line { number, text: text.to_owned(), is_wrong: wrong.contains(&number) };
    let case = query.get("case").parse().ok().filter(|case| *case < cases.len()).unwrap_or(0);
    let holder = query.get("holder").to_owned();
    let picture = |side: &str| {
        let (version, case) = (layout.version.to_string(), case.to_string());
        let query =
            [("version", version.as_str()), ("side", side), ("case", case.as_str()), ("holder", holder.as_str())];
        address(&format!("/admin/layouts/{id}/preview.png"), &query)
    };
    let page = LayoutPage {
        desk: Desk::load(app, &caller.0).await?,
        said: said(layout, visitor, app),
        versions: versions.iter().map(|version| said(version, visitor, app)).collect(),
        faces: ["front", "back"].map(picture),
        findings: found.into_iter().map(|finding| finding_said(finding, visitor)).collect(),
        lines: (1..).zip(body.lines()).map(line).collect(),
        name: caller.0.name.clone().unwrap_or_default(),
        once: visitor.fresh_once(),
        cases: (0..).zip(cases).map(|(index, caption)| Case { caption, is_shown: index == case }).collect(),
        holder,
        before,
        changes,
        errors,
        history,
        layout,
        visitor,
    };
    Ok(Visitor::show(page.errors.status(), &page))
}

async fn step(
    State(app): State<SharedApp>,
    caller: Allowed<ADMIN>,
    visitor: Visitor,
    PathKey(id): PathKey<String>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let version: u32 = form.get("version").parse().map_err(|_| Problem::not_found("layout"))?;
    let there = format!("/admin/layouts/{id}?version={version}");
    match go(&app, &caller, &id, version, &form).await {
        Ok(response) => Ok(response),
        Err(LayoutStepError::Unknown) => Err(Problem::not_found("layout")),
        Err(LayoutStepError::Db(error)) => Err(error.into()),
        Err(LayoutStepError::Internal(error)) => Err(Problem::internal("a layout cannot go on", &error)),
        // The page shows where it stands, and the findings.
        Err(LayoutStepError::WrongState(_) | LayoutStepError::Findings(_)) => Ok(Redirect::to(&there).into_response()),
        Err(LayoutStepError::Changed) => {
            let mut errors = FormErrors::default();
            errors.add("by", visitor.t("layout-wrong-changed"));
            page(&app, &caller, &visitor, &id, &form, errors).await
        }
        Err(LayoutStepError::NoName) => {
            let mut errors = FormErrors::default();
            errors.add("by", visitor.t("layout-wrong-name"));
            page(&app, &caller, &visitor, &id, &form, errors).await
        }
    }
}

async fn go(
    app: &SharedApp,
    caller: &Allowed<ADMIN>,
    id: &str,
    version: u32,
    form: &Fields,
) -> Result<Response, LayoutStepError> {
    let act = caller.act(app);
    let (deed_act, deed_id) = (act.clone(), id.to_owned());
    let done = move |layout: &LayoutVersion, says: &str| {
        let there = format!("/admin/layouts/{}?version={}", layout.id, layout.version);
        Done::at(there).saying(says).naming(layout.name())
    };
    match form.get("step") {
        "propose" => {
            let checked = check_and_prove(app, id, version).await?;
            let deed = async move |tx: &mut Conn| {
                let layout = propose_layout(tx, &deed_act, &deed_id, version, &checked).await?;
                Ok::<_, LayoutStepError>(done(&layout, "layout-was-proposed"))
            };
            act_once(app, &act, form.get("once"), deed).await
        }
        "agree" => {
            let (content, by) = (form.get("content_sha256").to_owned(), form.get("by").to_owned());
            let deed = async move |tx: &mut Conn| {
                let layout = agree_on_proposal(tx, &deed_act, &deed_id, version, &content, &by).await?;
                Ok::<_, LayoutStepError>(done(&layout, "layout-was-agreed"))
            };
            act_once(app, &act, form.get("once"), deed).await
        }
        "retire" => {
            let deed = async move |tx: &mut Conn| {
                let layout = retire_layout(tx, &deed_act, &deed_id, version).await?;
                Ok::<_, LayoutStepError>(done(&layout, "layout-was-retired"))
            };
            act_once(app, &act, form.get("once"), deed).await
        }
        _ => Err(LayoutStepError::Unknown),
    }
}
