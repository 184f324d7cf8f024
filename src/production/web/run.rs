//! `/print-runs/{id}`: one run, how far it is, its files, and the way to cancel it.

use super::printing::Printing;
use super::runs::label;
use super::view::front_path;
use crate::app::SharedApp;
use crate::cards::web::StateLabel;
use crate::kernel::UtcMs;
use crate::kernel::ids::{CardId, PrintRunId};
use crate::production::cancel_run::{cancel_most, cancel_run};
use crate::production::files::RunFile;
use crate::production::print_run::{Outcome, PrintRun, RunState};
use crate::production::settle::SettleError;
use crate::production::store;
use crate::production::store::run_cards::Face;
use crate::web::caller::{Caller, PERSONALIZATION};
use crate::web::pages::{Desk, Done, Fields, HistoryRow, PageForm, Visitor, Words, act_once, address, history};
use crate::web::{Allowed, PathKey, Problem, Query};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use db::Conn;

/// The faces of a page.
const FACES: u32 = 60;

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/print-runs/{id}", get(show)).route("/print-runs/{id}/cancel", get(ask_to_cancel).post(cancel))
}

/// A file to keep.
struct FileLink {
    name: &'static str,
    what: String,
}

/// A card of the run.
pub(super) struct FaceView {
    pub(super) card: CardId,
    pub(super) position: u32,
    pub(super) number: String,
    pub(super) holder: String,
    pub(super) front: String,
    pub(super) label: StateLabel,
    pub(super) reason: Option<String>,
    pub(super) is_read: bool,
}

#[derive(Template)]
#[template(path = "production/run.html")]
struct RunPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    run: PrintRun,
    label: StateLabel,
    started: String,
    progress: Option<Progress>,
    printing: Printing,
    once: String,
    files: Vec<FileLink>,
    faces: Vec<FaceView>,
    next: Option<String>,
    set_aside: i64,
    history: Vec<HistoryRow>,
}

/// How far the files are.
struct Progress {
    done: u32,
    all: u32,
    so_far: String,
    rate: Option<String>,
    left: Option<String>,
}

impl RunPage<'_> {
    fn is_open(&self) -> bool {
        self.run.state() == RunState::Open
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<PrintRunId>,
    Query(query): Query<Fields>,
) -> Result<Response, Problem> {
    let desk = Desk::load(&app, &caller).await?;
    let mut conn = app.db.snapshot().await?;
    let words = visitor.words;
    let run = find(&mut conn, id).await?;
    let after = Some(query.get("after")).filter(|after| !after.is_empty());
    let faces = store::run_cards::faces(&mut conn, id, false, after, FACES).await?;
    let zone = app.config.museum.zone();
    let is_open = run.state() == RunState::Open;
    let page = RunPage {
        desk,
        label: label(&run, words),
        started: words.moment(run.created_at, zone),
        progress: (is_open && run.preparation.is_under_way()).then(|| progress(&run, app.clock.now(), words)),
        files: files(&run, words),
        faces: faces.items.iter().map(|face| face_view(face, words)).collect(),
        next: faces.next.map(|next| address(&format!("/print-runs/{id}"), &[("after", next.as_str())])),
        set_aside: run.set_aside.len().try_into().unwrap_or_default(),
        history: history::of(&mut conn, &words, zone, &[("print_run", &id)]).await?,
        printing: Printing::read(&mut conn, &run, words).await?,
        once: visitor.fresh_once(),
        run,
        visitor: &visitor,
    };
    Ok(Visitor::show(StatusCode::OK, &page))
}

#[derive(Template)]
#[template(path = "production/cancel_run.html")]
struct CancelPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    run: PrintRun,
    once: String,
}

async fn ask_to_cancel(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<PrintRunId>,
) -> Result<Response, Problem> {
    cancel_page(&app, &caller, &visitor, id, StatusCode::OK).await
}

async fn cancel_page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    id: PrintRunId,
    status: StatusCode,
) -> Result<Response, Problem> {
    let desk = Desk::load(app, caller).await?;
    let run = find(&mut app.db.read().await?, id).await?;
    Ok(Visitor::show(status, &CancelPage { visitor, desk, run, once: visitor.fresh_once() }))
}

async fn cancel(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<PrintRunId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let before = i64::from(find(&mut app.db.read().await?, id).await?.counts.pending);
    cancel_most(&app, &act, id).await?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| -> Result<Done, SettleError> {
            let run = cancel_run(tx, &act, id).await?;
            let done = Done::at(format!("/print-runs/{id}")).saying("print-run-cancelled-note");
            Ok(done.naming(run.number).counting(before))
        }
    };
    match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => Ok(response),
        // Nothing waits in it any more: the page says so.
        Err(SettleError::RunOver(_)) => cancel_page(&app, &caller.0, &visitor, id, StatusCode::CONFLICT).await,
        Err(error) => Err(error.into()),
    }
}

/// The run, or 404.
pub(super) async fn find(conn: &mut Conn, id: PrintRunId) -> Result<PrintRun, Problem> {
    store::runs::find(conn, id).await?.ok_or_else(|| Problem::not_found("print run"))
}

/// A card of a run as people look at it.
pub(super) fn face_view(face: &Face, words: Words) -> FaceView {
    let member = &face.member;
    let (tone, symbol) = match member.outcome {
        Outcome::Pending => ("plain", "…"),
        Outcome::Printed => ("good", "✓"),
        Outcome::Spoiled => ("attention", "!"),
        Outcome::Withdrawn => ("plain", "✕"),
    };
    FaceView {
        card: member.card,
        position: member.position,
        number: grouped(&member.number),
        holder: face.holder.clone(),
        front: front_path(member.card, Some(&face.print_data_sha256)),
        label: StateLabel { tone, symbol, word: words.t(&format!("print-outcome-{}", member.outcome.as_str())) },
        reason: member.reason.as_deref().map(|reason| spoil_reason(reason, words)),
        is_read: member.verified_at.is_some(),
    }
}

/// A card number in the groups in which people read it.
pub(super) fn grouped(digits: &str) -> String {
    card::CardNumber::parse(digits).map_or_else(|_| digits.to_owned(), |number| number.to_string())
}

/// A reason that was chosen from the list in the visitor's words, or as somebody typed it.
fn spoil_reason(reason: &str, words: Words) -> String {
    let key = format!("why-{reason}");
    if words.has(&key) { words.t(&key) } else { reason.to_owned() }
}

/// How many cards of how many are composed.
pub(super) fn so_far(run: &PrintRun, words: Words) -> String {
    let (done, all) = (words.count(run.preparation.composed.into()), words.count(run.cards().into()));
    words.t2("print-of", ("done", done), ("all", all))
}

fn progress(run: &PrintRun, now: UtcMs, words: Words) -> Progress {
    let (preparation, all) = (run.preparation, run.cards());
    if run.joining.is_some() {
        let done = run.counts.cards();
        let figures = (words.count(done.into()), words.count(all.into()));
        let so_far = words.t2("print-joining", ("done", figures.0), ("all", figures.1));
        return Progress { done, all, so_far, rate: None, left: None };
    }
    let rate = preparation.rate(now).map(|rate| words.t1("print-rate", "rate", rate));
    let left = preparation.secs_left(all, now).map(|secs| match secs {
        0..=90 => words.t1("print-secs-left", "secs", i64::from(secs)),
        _ => words.t1("print-mins-left", "mins", i64::from(secs.div_ceil(60))),
    });
    Progress { done: preparation.composed, all, so_far: so_far(run, words), rate, left }
}

fn files(run: &PrintRun, words: Words) -> Vec<FileLink> {
    if run.state() == RunState::Cancelled {
        return Vec::new();
    }
    let link = |name: &'static str| FileLink { name, what: words.t(&format!("print-file-{}", name.replace('.', "-"))) };
    let mut files: Vec<FileLink> = RunFile::ALL.into_iter().map(|file| link(file.name())).collect();
    files.insert(2, link("letters.pdf"));
    files
}
