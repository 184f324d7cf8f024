//! `/print-runs`: all runs, the newest first.

use crate::app::SharedApp;
use crate::cards::web::StateLabel;
use crate::kernel::ids::PrintRunId;
use crate::production::print_run::{PrintRun, RunState};
use crate::production::store;
use crate::web::caller::PERSONALIZATION;
use crate::web::pages::{Desk, Fields, Visitor, Words, address};
use crate::web::{Allowed, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono_tz::Tz;

/// The rows of a page.
const ROWS: u32 = 30;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/print-runs", get(show))
}

/// A run in the list.
struct RunRow {
    id: PrintRunId,
    number: u32,
    started: String,
    cards: u32,
    printed: u32,
    spoiled: u32,
    label: StateLabel,
}

#[derive(Template)]
#[template(path = "production/runs.html")]
struct RunsPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    rows: Vec<RunRow>,
    next: Option<String>,
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<PERSONALIZATION>,
    visitor: Visitor,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let desk = Desk::load(&app, &caller).await?;
    let mut conn = app.db.read().await?;
    let after = Some(query.get("after")).filter(|after| !after.is_empty());
    let page = store::runs::page(&mut conn, after, ROWS).await?;
    let zone = app.config.museum.zone();
    let page = RunsPage {
        desk,
        rows: page.items.iter().map(|run| row(run, visitor.words, zone)).collect(),
        next: page.next.map(|next| address("/print-runs", &[("after", next.as_str())])),
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

fn row(run: &PrintRun, words: Words, zone: Tz) -> RunRow {
    RunRow {
        id: run.id,
        number: run.number,
        started: words.moment(run.created_at, zone),
        cards: run.cards(),
        printed: run.counts.printed,
        spoiled: run.counts.spoiled,
        label: label(run, words),
    }
}

/// How far a run has come.
pub(super) fn label(run: &PrintRun, words: Words) -> StateLabel {
    let (tone, symbol, key) = match run.state() {
        RunState::Open if run.preparation.is_under_way() => ("calm", "▶", "print-run-preparing"),
        RunState::Open => ("attention", "!", "print-run-open"),
        RunState::Closed => ("good", "✓", "print-run-closed"),
        RunState::Cancelled => ("plain", "✕", "print-run-cancelled"),
    };
    StateLabel { tone, symbol, word: words.t(key) }
}
