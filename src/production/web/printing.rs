//! A run at its printers: sending it, what comes out, and stopping.

use super::printers::RemarkSaid;
use super::run::find;
use crate::app::SharedApp;
use crate::kernel::ids::{PrintJobId, PrintRunId};
use crate::kernel::slug::Slug;
use crate::production::end_print_job::{CheckJobError, stop};
use crate::production::files::Part;
use crate::production::print_job::{JOB_CARDS_MAX, JobState, PrintJob};
use crate::production::print_run::PrintRun;
use crate::production::send_to_printer::{SendError, send_to_printer};
use crate::production::store;
use crate::web::caller::PERSONALIZATION;
use crate::web::pages::{Done, Fields, PageForm, Words, act_once};
use crate::web::{Allowed, PathKey, Problem};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use db::{Conn, DbError};

pub(super) fn router() -> Router<SharedApp> {
    Router::new().route("/print-runs/{id}/print", post(send)).route("/print-jobs/{id}/stop", post(stop_job))
}

/// What of a run is with printers.
pub(super) struct Printing {
    /// The printers to choose from: key and name.
    pub(super) printers: Vec<(Slug, String)>,
    /// The jobs that printers are at.
    pub(super) live: Vec<LiveJob>,
    /// The jobs that somebody has to look at.
    pub(super) to_check: Vec<JobToCheck>,
    /// Whether cards wait that no printer has.
    pub(super) is_free: bool,
    /// How many cards came out, those of the present jobs included.
    pub(super) out: u32,
}

/// A job that a printer is at.
pub(super) struct LiveJob {
    pub(super) id: PrintJobId,
    pub(super) printer: String,
    pub(super) so_far: String,
    pub(super) says: Vec<RemarkSaid>,
    pub(super) is_silent: bool,
    pub(super) is_stopping: bool,
}

/// A job that somebody has to look at.
pub(super) struct JobToCheck {
    pub(super) id: PrintJobId,
    pub(super) what: String,
    pub(super) why: String,
}

impl Printing {
    /// Reads it.
    pub(super) async fn read(conn: &mut Conn, run: &PrintRun, words: Words) -> Result<Self, DbError> {
        let printers = store::printers::in_use(conn).await?;
        let open = store::print_jobs::open(conn, run.id).await?;
        let free = store::print_jobs::free_positions(conn, run.id, 1, run.cards(), 1).await?;
        let name =
            |key: &Slug| printers.iter().find(|one| one.key == *key).map_or(key.to_string(), |one| one.name.clone());
        let live = open.iter().filter(|job| job.state.is_under_way());
        let coming: u32 = live.clone().filter_map(PrintJob::cards_out).sum();
        Ok(Self {
            live: live.map(|job| LiveJob::of(job, name(&job.printer), words)).collect(),
            to_check: open
                .iter()
                .filter(|job| job.state == JobState::ToCheck)
                .map(|job| JobToCheck::of(job, &name(&job.printer), words))
                .collect(),
            is_free: !free.is_empty() && run.preparation.cancelled_at.is_none(),
            out: run.counts.printed + coming,
            printers: printers.into_iter().map(|printer| (printer.key, printer.name)).collect(),
        })
    }

    /// Whether the run can be sent to a printer now.
    pub(super) fn can_send(&self) -> bool {
        self.is_free && !self.printers.is_empty() && self.live.is_empty()
    }
}

impl LiveJob {
    fn of(job: &PrintJob, printer: String, words: Words) -> Self {
        let cards = words.count(job.cards.into());
        let so_far = match job.cards_out() {
            Some(out) if job.state == JobState::Sent => {
                words.t2("print-of", ("done", words.count(out.into())), ("all", cards))
            }
            _ => words.t1("printer-cards-on-their-way", "count", i64::from(job.cards)),
        };
        Self {
            id: job.id,
            printer,
            so_far,
            says: RemarkSaid::all(&job.says, words),
            is_silent: job.failures > 0,
            is_stopping: job.stop_asked,
        }
    }
}

impl JobToCheck {
    fn of(job: &PrintJob, printer: &str, words: Words) -> Self {
        Self { id: job.id, what: what(job, printer, words), why: why(job, words) }
    }
}

/// A job in a line: its printer and how many cards it has.
pub(super) fn what(job: &PrintJob, printer: &str, words: Words) -> String {
    words.t2("printer-job", ("printer", printer.to_owned()), ("count", words.count(job.cards.into())))
}

/// Why a job is to be checked.
pub(super) fn why(job: &PrintJob, words: Words) -> String {
    job.why.map_or_else(String::new, |why| words.t(&format!("print-why-{}", why.as_str().replace('_', "-"))))
}

async fn send(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<PrintRunId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let run = find(&mut app.db.read().await?, id).await?;
    let place = |name| form.get(name).parse().ok();
    let part = Part::of(run.cards(), place("from"), place("to"));
    let part = part.ok_or_else(|| Problem::invalid("from", "out_of_range", "the run has no such places"))?;
    let printer: Slug = form.get("printer").parse().map_err(|_| Problem::not_found("printer"))?;
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        send_to_printer(tx, &deed_act, id, &printer, part).await?;
        let done = Done::at(format!("/print-runs/{id}")).saying("printer-run-sent");
        Ok::<_, SendError>(done.counting(JOB_CARDS_MAX.into()))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}

async fn stop_job(
    State(app): State<SharedApp>,
    caller: Allowed<PERSONALIZATION>,
    PathKey(id): PathKey<PrintJobId>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, Problem> {
    let act = caller.act(&app);
    let deed_act = act.clone();
    let deed = async move |tx: &mut Conn| {
        let job = stop(tx, &deed_act, id).await?;
        let on = job.run.map_or_else(|| format!("/admin/printers/{}", job.printer), |run| format!("/print-runs/{run}"));
        Ok::<_, CheckJobError>(Done::at(on).saying("printer-stop-asked"))
    };
    Ok(act_once(&app, &act, form.get("once"), deed).await?)
}
