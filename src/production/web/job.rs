//! `/print-jobs/{id}`: a job of which the printer's word is not enough. Whoever printed reads what came out, and says where the others
//! go.

use super::check::{ReadCard, read_back};
use super::printing::{what, why};
use super::run::{FaceView, face_view, find};
use crate::app::SharedApp;
use crate::kernel::ids::{PrintJobId, PrintRunId};
use crate::production::end_print_job::{CheckJobError, Rest, end_check};
use crate::production::print_job::{JobState, PrintJob, Why};
use crate::production::print_run::PrintRun;
use crate::production::store;
use crate::web::caller::{Caller, PERSONALIZATION};
use crate::web::pages::{Desk, Done, Fields, FormErrors, PageForm, Visitor, act_once};
use crate::web::{Allowed, PathKey, Problem};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use db::Conn;

pub(super) fn router() -> Router<SharedApp> {
    Router::new()
        .route("/print-jobs/{id}", get(show))
        .route("/print-jobs/{id}/scan", post(read))
        .route("/print-jobs/{id}/checked", post(end))
}

#[derive(Template)]
#[template(path = "production/job.html")]
struct JobPage<'a> {
    visitor: &'a Visitor,
    desk: Desk,
    job: PrintJob,
    run: PrintRun,
    what: String,
    why: String,
    counted: Option<String>,
    faces: Vec<FaceView>,
    count_read: i64,
    read: Option<ReadCard>,
    errors: FormErrors,
    once: String,
}

impl JobPage<'_> {
    fn is_to_check(&self) -> bool {
        self.job.state == JobState::ToCheck
    }

    fn left(&self) -> i64 {
        self.faces.len().try_into().unwrap_or_default()
    }

    /// Whether the others may be believed to have come out as well.
    fn can_confirm_rest(&self) -> bool {
        self.job.why == Some(Why::PassedOn) && self.count_read > 0
    }

    fn is_run_cancelled(&self) -> bool {
        self.run.preparation.cancelled_at.is_some()
    }
}

async fn show(
    State(app): State<SharedApp>,
    Allowed(caller): Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<PrintJobId>,
) -> Result<Response, Problem> {
    page(&app, &caller, &visitor, id, StatusCode::OK, None, FormErrors::default()).await
}

async fn page(
    app: &SharedApp,
    caller: &Caller,
    visitor: &Visitor,
    id: PrintJobId,
    status: StatusCode,
    read: Option<ReadCard>,
    errors: FormErrors,
) -> Result<Response, Problem> {
    let words = visitor.words;
    let mut conn = app.db.snapshot().await?;
    let (job, run) = job_of_run(&mut conn, id).await?;
    let printer = store::printers::find(&mut conn, &job.printer).await?;
    let printer = printer.map_or_else(|| job.printer.to_string(), |printer| printer.name);
    let faces = store::run_cards::faces_of_job(&mut conn, id).await?;
    let page = JobPage {
        run: find(&mut conn, run).await?,
        what: what(&job, &printer, words),
        why: why(&job, words),
        counted: job.impressions.map(|count| {
            let (count, pages) = (words.count(count.into()), words.count(job.pages().into()));
            words.t2("printer-counted", ("count", count), ("pages", pages))
        }),
        faces: faces.iter().map(|face| face_view(face, words)).collect(),
        count_read: store::print_jobs::count_read(&mut conn, id).await?,
        desk: Desk::load(app, caller).await?,
        once: visitor.fresh_once(),
        visitor,
        job,
        read,
        errors,
    };
    Ok(Visitor::show(status, &page))
}

/// A job with cards of a run; a test card has nothing to look at here.
async fn job_of_run(conn: &mut Conn, id: PrintJobId) -> Result<(PrintJob, PrintRunId), Problem> {
    let job = store::print_jobs::find(conn, id).await?;
    job.and_then(|job| job.run.map(|run| (job, run))).ok_or_else(|| Problem::not_found("print job"))
}

async fn read(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<PrintJobId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let (_, run) = job_of_run(&mut app.db.read().await?, id).await?;
    let (status, read) = read_back(&app, caller.act(&app), &visitor, run, form.get("scan")).await?;
    page(&app, &caller.0, &visitor, id, status, Some(read), FormErrors::default()).await
}

async fn end(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    visitor: Visitor,
    PathKey(id): PathKey<PrintJobId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let (_, run) = job_of_run(&mut app.db.read().await?, id).await?;
    let (rest, note) = match form.get("rest") {
        "again" => (Rest::Again, "printer-checked-again"),
        "printed" => (Rest::Printed, "printer-checked-printed"),
        _ => (Rest::Queue, "printer-checked-queue"),
    };
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let left = store::print_jobs::pending(tx, id).await?.len();
        end_check(tx, &deed_act, id, rest).await?;
        let done = Done::at(format!("/print-runs/{run}")).saying(note);
        Ok::<_, CheckJobError>(done.counting(left.try_into().unwrap_or_default()))
    };
    let refusal = match act_once(&app, &act, form.get("once"), deed).await {
        Ok(response) => return Ok(response),
        Err(CheckJobError::NotToCheck(_)) => visitor.words.problem("already_checked"),
        Err(CheckJobError::ReadEach) => visitor.words.problem("read_each_card"),
        Err(error) => return Err(error.into()),
    };
    let mut errors = FormErrors::default();
    errors.add("rest", refusal);
    page(&app, &caller.0, &visitor, id, StatusCode::CONFLICT, None, errors).await
}
