//! Sends cards of a run to a printer, a feeder's load after the other; or a test card, which counts nowhere.
//!
//! Each load is a job, stored here before the printer hears of it. Its cards belong to it and to no other, so that two people or two
//! printers at one run never print a card twice. [`attend_print_job`](super::attend_print_job) does the talking.

use super::attend_print_job::PRINT;
use super::files::Part;
use super::print_job::{JOB_CARDS_MAX, JobState, PrintJob};
use super::print_run::RunState;
use super::printer::Printer;
use super::store;
use crate::audit;
use crate::jobs;
use crate::kernel::Act;
use crate::kernel::ids::{PrintJobId, PrintRunId};
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use serde_json::json;

/// Why nothing was sent to a printer.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// There is no such run.
    #[error("there is no such print run")]
    NoSuchRun,
    /// No printer is in use at all.
    #[error("no card printer is set up")]
    NoPrinterSetUp,
    /// There is no such printer in use.
    #[error("there is no printer {0} in use")]
    UnknownPrinter(Slug),
    /// The printer has another job.
    #[error("the printer {0} is at another job")]
    PrinterInUse(Slug),
    /// Every card of the choice has an outcome, or is in another job.
    #[error("no card of the choice waits to be printed")]
    NothingToPrint(RunState),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Sends the cards of a part of a run that wait, and that no other job has, to a printer: the first load now, the next ones when it is
/// printed.
///
/// # Errors
/// When there is no such run or printer, the printer is at another job, or no card waits.
pub async fn send_to_printer(
    tx: &mut Conn,
    act: &Act,
    run: PrintRunId,
    printer: &Slug,
    part: Part,
) -> Result<PrintJob, SendError> {
    let state = store::runs::find(tx, run).await?.ok_or(SendError::NoSuchRun)?;
    let printer = free_printer(tx, printer).await?;
    let over = || SendError::NothingToPrint(state.state());
    if state.preparation.cancelled_at.is_some() {
        return Err(over());
    }
    let job = next_load(tx, act, run, &printer, part).await?.ok_or_else(over)?;
    let detail = json!({ "printer": printer.key, "from": part.first, "to": part.last });
    audit::record(tx, act, audit::Entry::new("print_run.sent", "print_run", run).detail(detail)).await?;
    Ok(job)
}

/// Sends the load that follows a printed job, if cards wait for it, the run was not cancelled and nobody stopped the printer.
pub(super) async fn send_next(tx: &mut Conn, act: &Act, done: &PrintJob) -> Result<(), DbError> {
    let Some(run) = done.run.filter(|_| !done.stop_asked) else { return Ok(()) };
    let is_wanted = store::runs::find(tx, run).await?.is_some_and(|run| run.preparation.cancelled_at.is_none());
    let printer = store::printers::find(tx, &done.printer).await?.filter(|printer| printer.in_use);
    if let (true, Some(printer)) = (is_wanted, printer) {
        next_load(tx, act, run, &printer, Part { first: done.from, last: done.to }).await?;
    }
    Ok(())
}

/// Sends a test card to a printer. No card of anybody, and no count of plastic, knows of it.
///
/// # Errors
/// When there is no such printer, or it is at another job.
pub async fn send_test_card(tx: &mut Conn, act: &Act, printer: &Slug) -> Result<PrintJob, SendError> {
    let printer = free_printer(tx, printer).await?;
    let job = job(act, None, 1, &printer, Part { first: 1, last: 1 }, 1);
    enqueue(tx, act, &job).await?;
    audit::record(tx, act, audit::Entry::new("printer.test_card_sent", "printer", &printer.key)).await?;
    Ok(job)
}

/// A printer in use that is at no job.
async fn free_printer(tx: &mut Conn, key: &Slug) -> Result<Printer, SendError> {
    let Some(printer) = store::printers::find(tx, key).await?.filter(|printer| printer.in_use) else {
        let is_any = !store::printers::in_use(tx).await?.is_empty();
        return Err(if is_any { SendError::UnknownPrinter(key.clone()) } else { SendError::NoPrinterSetUp });
    };
    match store::print_jobs::on_printer(tx, key).await? {
        Some(_) => Err(SendError::PrinterInUse(key.clone())),
        None => Ok(printer),
    }
}

async fn next_load(
    tx: &mut Conn,
    act: &Act,
    run: PrintRunId,
    printer: &Printer,
    part: Part,
) -> Result<Option<PrintJob>, DbError> {
    store::runs::lock(tx, run).await?;
    let places = store::print_jobs::free_positions(tx, run, part.first, part.last, JOB_CARDS_MAX).await?;
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return Ok(None) };
    let number = store::print_jobs::count(tx, run).await? + 1;
    let cards = u32::try_from(places.len()).unwrap_or(JOB_CARDS_MAX);
    let job = job(act, Some(run), number, printer, part, cards);
    enqueue(tx, act, &job).await?;
    if store::print_jobs::take_cards(tx, job.id, run, *first, *last).await? != u64::from(cards) {
        // The run is locked, so nobody else can have taken one.
        return Err(DbError::NotFound);
    }
    Ok(Some(job))
}

fn job(act: &Act, run: Option<PrintRunId>, number: u32, printer: &Printer, part: Part, cards: u32) -> PrintJob {
    let id: PrintJobId = act.new_id();
    PrintJob {
        id,
        run,
        part: number,
        printer: printer.key.clone(),
        uri: printer.uri.clone(),
        from: part.first,
        to: part.last,
        cards,
        state: JobState::Waiting,
        why: None,
        file_sha256: None,
        printer_job: None,
        printer_job_uuid: None,
        impressions: None,
        says: Vec::new(),
        failures: 0,
        stop_asked: false,
        answered_at: None,
        moved_at: None,
        created_at: act.now,
        ended_at: None,
    }
}

async fn enqueue(tx: &mut Conn, act: &Act, job: &PrintJob) -> Result<(), DbError> {
    store::print_jobs::insert(tx, act, job).await?;
    jobs::enqueue(tx, act, PRINT, job.id).await
}
