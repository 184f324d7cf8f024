//! How the jobs of printers end: by the word of the printer, without a print, or by somebody who looked at what came out.

use super::attend_print_job::PRINT;
use super::print_job::{JobState, PrintJob, Why};
use super::print_run::Outcome;
use super::send_to_printer::send_next;
use super::settle::{SettleError, settle};
use super::store;
use crate::audit;
use crate::cards::card::Step;
use crate::cards::steps::{self, StepError};
use crate::jobs;
use crate::kernel::Act;
use crate::kernel::ids::{CardId, PrintJobId, PrintRunId};
use db::{Conn, DbError};
use serde::Deserialize;
use serde_json::json;

/// What becomes of the cards of a job that nobody read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// They did not come out: they wait for another run.
    Queue,
    /// They did not come out: they wait in this run to be sent again.
    Again,
    /// They came out as well. Only where a queue passed the job on, and one of its cards was read.
    Printed,
}

/// Why the look at a job did not end.
#[derive(Debug, thiserror::Error)]
pub enum CheckJobError {
    /// There is no such job.
    #[error("there is no such print job")]
    NoSuchJob,
    /// Nobody has to look at it.
    #[error("the job is {}", .0.as_str())]
    NotToCheck(JobState),
    /// That the others came out as well is not believed.
    #[error("the cards of this job are read one by one")]
    ReadEach,
    /// A card does not allow what follows.
    #[error(transparent)]
    Settle(#[from] SettleError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// All cards of a job came out: they are ready for dispatch, and the next load is sent.
pub(super) async fn end_printed(tx: &mut Conn, act: &Act, job: &mut PrintJob) -> Result<(), DbError> {
    end(tx, act, job, JobState::Printed, None).await?;
    let Some(run) = job.run else { return Ok(()) };
    let cards = store::print_jobs::pending(tx, job.id).await?;
    ours(settle_all(tx, act, run, &cards).await)?;
    record(
        tx,
        act,
        run,
        "print_run.printed",
        json!({ "cards": cards.len(), "printer": job.printer, "part": job.part }),
    )
    .await?;
    send_next(tx, act, job).await
}

/// A person has to look at what came out. A test card is looked at anyway.
pub(super) async fn end_to_check(tx: &mut Conn, act: &Act, job: &mut PrintJob, why: Why) -> Result<(), DbError> {
    let state = if job.run.is_some() { JobState::ToCheck } else { JobState::Checked };
    end(tx, act, job, state, Some(why)).await?;
    let Some(run) = job.run else { return Ok(()) };
    let detail = json!({ "printer": job.printer, "part": job.part, "why": why });
    record(tx, act, run, "print_run.to_check", detail).await?;
    // Everything may have been read while it was printed.
    store::print_jobs::end_checks(tx, run, act.now).await
}

/// Nothing of a job was printed: its cards wait in their run.
pub(super) async fn end_released(tx: &mut Conn, act: &Act, job: &mut PrintJob, why: Why) -> Result<(), DbError> {
    end(tx, act, job, JobState::Released, Some(why)).await?;
    let Some(run) = job.run else { return Ok(()) };
    if is_cancelled(tx, run).await? {
        let cards = store::print_jobs::pending(tx, job.id).await?;
        ours(leave_run(tx, act, run, &cards).await)?;
    } else {
        store::print_jobs::free_cards(tx, job.id).await?;
    }
    let detail = json!({ "printer": job.printer, "part": job.part, "why": why });
    record(tx, act, run, "print_run.not_printed", detail).await
}

/// What became of cards that were looked up in the same transaction, so that nobody can have been faster.
fn ours(settled: Result<(), SettleError>) -> Result<(), DbError> {
    settled.map_err(|error| match error {
        SettleError::Db(error) => error,
        _ => DbError::NotFound,
    })
}

async fn is_cancelled(tx: &mut Conn, run: PrintRunId) -> Result<bool, DbError> {
    Ok(store::runs::find(tx, run).await?.is_some_and(|run| run.preparation.cancelled_at.is_some()))
}

async fn end(tx: &mut Conn, act: &Act, job: &mut PrintJob, state: JobState, why: Option<Why>) -> Result<(), DbError> {
    job.state = state;
    job.why = why;
    job.ended_at = Some(act.now);
    store::print_jobs::keep(tx, job).await
}

async fn record(
    tx: &mut Conn,
    act: &Act,
    run: PrintRunId,
    action: &str,
    detail: serde_json::Value,
) -> Result<(), DbError> {
    audit::record(tx, act, audit::Entry::new(action, "print_run", run).detail(detail)).await
}

/// Ends the look at a job: the cards that were read are printed already, and the others go where `rest` says.
///
/// # Errors
/// When there is no such job, nobody has to look at it, or its cards are to be read one by one.
pub async fn end_check(tx: &mut Conn, act: &Act, id: PrintJobId, rest: Rest) -> Result<PrintJob, CheckJobError> {
    let job = store::print_jobs::find(tx, id).await?.ok_or(CheckJobError::NoSuchJob)?;
    let run = job.run.filter(|_| job.state == JobState::ToCheck).ok_or(CheckJobError::NotToCheck(job.state))?;
    let cards = store::print_jobs::pending(tx, id).await?;
    match rest {
        Rest::Queue => leave_run(tx, act, run, &cards).await?,
        Rest::Again if is_cancelled(tx, run).await? => leave_run(tx, act, run, &cards).await?,
        Rest::Again => {
            store::print_jobs::free_cards(tx, id).await?;
        }
        Rest::Printed if job.why != Some(Why::PassedOn) || store::print_jobs::count_read(tx, id).await? == 0 => {
            return Err(CheckJobError::ReadEach);
        }
        Rest::Printed => settle_all(tx, act, run, &cards).await?,
    }
    store::print_jobs::end_check(tx, id, act.now).await?;
    let rest = match rest {
        Rest::Queue => "queue",
        Rest::Again => "again",
        Rest::Printed => "printed",
    };
    let detail = json!({ "printer": job.printer, "part": job.part, "cards": cards.len(), "rest": rest });
    record(tx, act, run, "print_run.checked", detail).await?;
    Ok(store::print_jobs::find(tx, id).await?.ok_or(DbError::NotFound)?)
}

async fn settle_all(tx: &mut Conn, act: &Act, run: PrintRunId, cards: &[CardId]) -> Result<(), SettleError> {
    for card in cards {
        settle(tx, act, run, *card, &Step::Print).await?;
    }
    Ok(())
}

/// Cards leave their run without a loss of plastic: they wait for another one.
///
/// # Errors
/// When a card does not allow it.
pub(super) async fn leave_run(tx: &mut Conn, act: &Act, run: PrintRunId, cards: &[CardId]) -> Result<(), SettleError> {
    for card in cards {
        store::run_cards::set_outcome(tx, act, run, *card, Outcome::Withdrawn, None).await?;
        match steps::take(tx, act, *card, &Step::LeaveRun).await {
            Ok(_) => {}
            Err(StepError::Db(error)) => return Err(error.into()),
            Err(refusal) => return Err(SettleError::Card { card: *card, refusal }),
        }
    }
    Ok(())
}

/// Stops a job: the printer is told to cancel it. What came out until then is looked at.
///
/// # Errors
/// When there is no such job, or it is over.
pub async fn stop(tx: &mut Conn, act: &Act, id: PrintJobId) -> Result<PrintJob, CheckJobError> {
    let job = store::print_jobs::find(tx, id).await?.ok_or(CheckJobError::NoSuchJob)?;
    if !store::print_jobs::ask_to_stop(tx, id).await? {
        return Err(CheckJobError::NotToCheck(job.state));
    }
    jobs::enqueue_unless_waiting(tx, act, PRINT, id, act.now).await?;
    if let Some(run) = job.run {
        record(tx, act, run, "print_run.stopped", json!({ "printer": job.printer, "part": job.part })).await?;
    }
    Ok(store::print_jobs::find(tx, id).await?.ok_or(DbError::NotFound)?)
}
