//! `/api/v1/print-runs/{id}/print`, `/api/v1/print-jobs`: what was sent to printers, and what came out.

use super::print_runs::PrintRunBody;
use crate::app::SharedApp;
use crate::kernel::UtcMs;
use crate::kernel::ids::{PrintJobId, PrintRunId};
use crate::kernel::slug::Slug;
use crate::production::end_print_job::{CheckJobError, Rest, end_check, stop};
use crate::production::files::Part;
use crate::production::print_job::{JobState, PrintJob, Why};
use crate::production::printer::Remark;
use crate::production::send_to_printer::{SendError, send_to_printer};
use crate::production::store;
use crate::web::caller::PERSONALIZATION;
use crate::web::list::{Items, PageQuery};
use crate::web::problem::ProblemBody;
use crate::web::{Allowed, Body, NoBody, PathKey, Problem, Query};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::Conn;
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(print_on_printer))
        .routes(routes!(list_print_jobs))
        .routes(routes!(read_print_job))
        .routes(routes!(stop_print_job))
        .routes(routes!(end_check_of_print_job))
}

/// Where to print.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PrintOn {
    /// The printer's key.
    printer: Slug,
    /// The place of the first card, from 1. Absent: the first of the run.
    #[serde(default)]
    #[schema(minimum = 1)]
    from: Option<u32>,
    /// The place of the last card. Absent: the last of the run.
    #[serde(default)]
    #[schema(minimum = 1)]
    to: Option<u32>,
}

/// What becomes of the cards of a job that nobody read.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct EndOfCheck {
    /// They wait for another run (`queue`) or to be sent again in this one (`again`); or they came out as well (`printed`), which is
    /// believed only of a job that a queue passed on, and after one of its cards was read.
    rest: Rest,
}

/// Cards that were sent to a printer together.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct PrintJobBody {
    /// The job's id.
    id: PrintJobId,
    /// The run of its cards; a test card has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<PrintRunId>,
    /// Which of its run it is, from 1.
    part: u32,
    /// The printer's key.
    printer: Slug,
    /// How many cards it has.
    cards: u32,
    /// How far it has come.
    state: JobState,
    /// Why it is to be checked, or was released.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why>,
    /// How many sides came out, as far as the printer counts them.
    #[serde(skip_serializing_if = "Option::is_none")]
    impressions: Option<u32>,
    /// What the printer said last about itself.
    says: Vec<Remark>,
    /// Whether somebody wants it stopped.
    stop_asked: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: UtcMs,
    /// When it was over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<UtcMs>,
}

impl From<PrintJob> for PrintJobBody {
    fn from(job: PrintJob) -> Self {
        Self {
            id: job.id,
            run: job.run,
            part: job.part,
            printer: job.printer,
            cards: job.cards,
            state: job.state,
            why: job.why,
            impressions: job.impressions,
            says: job.says,
            stop_asked: job.stop_asked,
            created_at: job.created_at,
            ended_at: job.ended_at,
        }
    }
}

/// Sends the cards of a run that wait to a card printer: at most 50 at once, the next ones when those are printed. A card that is in
/// another job is left to it.
#[utoipa::path(post, path = "/api/v1/print-runs/{id}/print", tag = "production", request_body = PrintOn,
    params(("id" = PrintRunId, Path, description = "The run's id.")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = PrintRunBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn print_on_printer(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<PrintRunId>,
    body: Body<PrintOn>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let PrintOn { printer, from, to } = body.value;
    let run = find_run(&mut app.db.read().await?, id).await?;
    let part = Part::of(run.cards(), from, to)
        .ok_or_else(|| Problem::invalid("from", "out_of_range", "the run has no such places"))?;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| {
            send_to_printer(tx, &act, id, &printer, part).await?;
            Ok(PrintRunBody::from(find_run(tx, id).await?))
        }
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// The jobs of a run, the newest first.
#[utoipa::path(get, path = "/api/v1/print-runs/{id}/jobs", tag = "production",
    params(("id" = PrintRunId, Path, description = "The run's id."), PageQuery), security(("api_key" = ["personalization"])),
    responses((status = 200, body = Items<PrintJobBody>), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn list_print_jobs(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(run): PathKey<PrintRunId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Items<PrintJobBody>>, Problem> {
    let mut conn = app.db.read().await?;
    find_run(&mut conn, run).await?;
    let page = store::print_jobs::page(&mut conn, run, query.after.as_deref(), query.rows()).await?;
    Ok(Json(Items::of(page, |job| Ok::<_, Problem>(job.into()))?))
}

/// One job.
#[utoipa::path(get, path = "/api/v1/print-jobs/{id}", tag = "production", params(("id" = PrintJobId, Path, description = "The job's id.")),
    security(("api_key" = ["personalization"])),
    responses((status = 200, body = PrintJobBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn read_print_job(
    State(app): State<SharedApp>,
    _: Allowed<PERSONALIZATION>,
    PathKey(job): PathKey<PrintJobId>,
) -> Result<Json<PrintJobBody>, Problem> {
    let job = store::print_jobs::find(&mut app.db.read().await?, job).await?;
    Ok(Json(job.ok_or_else(|| Problem::not_found("print job"))?.into()))
}

/// Stops a job: the printer is told to cancel it. What came out until then is to be checked, and no further load follows.
#[utoipa::path(post, path = "/api/v1/print-jobs/{id}/stop", tag = "production",
    params(("id" = PrintJobId, Path, description = "The job's id.")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = PrintJobBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn stop_print_job(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(job): PathKey<PrintJobId>,
    body: NoBody,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(PrintJobBody::from(stop(tx, &act, job).await?))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

/// Ends the look at what came out of a job that is to be checked. Its cards were read with `scan-back` or confirmed before; this says
/// what becomes of the others.
#[utoipa::path(post, path = "/api/v1/print-jobs/{id}/checked", tag = "production", request_body = EndOfCheck,
    params(("id" = PrintJobId, Path, description = "The job's id.")), security(("api_key" = ["personalization"])),
    responses((status = 200, body = PrintJobBody), (status = "4XX", body = ProblemBody, content_type = "application/problem+json")))]
async fn end_check_of_print_job(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(job): PathKey<PrintJobId>,
    body: Body<EndOfCheck>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let rest = body.value.rest;
    let deed = {
        let act = act.clone();
        async move |tx: &mut Conn| Ok(PrintJobBody::from(end_check(tx, &act, job, rest).await?))
    };
    body.once.write(&app, &act, StatusCode::OK, deed).await
}

async fn find_run(conn: &mut Conn, run: PrintRunId) -> Result<crate::production::PrintRun, Problem> {
    store::runs::find(conn, run).await?.ok_or_else(|| Problem::not_found("print run"))
}

impl From<SendError> for Problem {
    fn from(error: SendError) -> Self {
        match error {
            SendError::NoSuchRun => Self::not_found("print run"),
            SendError::NoPrinterSetUp => {
                let detail =
                    "No card printer is set up. Print the run's file cards.pdf and confirm the cards as printed.";
                Self::conflict("no_printer_set_up", detail)
            }
            SendError::UnknownPrinter(key) => {
                Self::invalid("printer", "unknown_key", format!("there is no printer {key} in use"))
            }
            SendError::PrinterInUse(key) => {
                Self::conflict("printer_in_use", "The printer is at another job.").with("printer", key)
            }
            SendError::NothingToPrint(state) => {
                Self::conflict("nothing_to_print", "Every card of the choice is printed, spoiled, or with a printer.")
                    .with("state", state)
            }
            SendError::Db(error) => error.into(),
        }
    }
}

impl From<CheckJobError> for Problem {
    fn from(error: CheckJobError) -> Self {
        match error {
            CheckJobError::NoSuchJob => Self::not_found("print job"),
            CheckJobError::NotToCheck(state) => {
                Self::conflict("wrong_state", "The job does not stand where this goes.").with("state", state)
            }
            CheckJobError::ReadEach => Self::conflict(
                "read_each_card",
                "Read each card of this job that came out, or at least one after a queue passed it on.",
            ),
            CheckJobError::Settle(error) => error.into(),
            CheckJobError::Db(error) => error.into(),
        }
    }
}
