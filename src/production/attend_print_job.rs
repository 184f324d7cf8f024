//! Attends to a job of a printer: the background work that every job leaves behind.
//!
//! Each time one step is done, the result is kept, and the work asks for itself again: a second later while cards are printed, later
//! and later while the printer is busy or silent. So a server that dies in the middle goes on where the job stands. What the printer
//! knows of a job is asked before it is made, by its name: a job is never made twice. Before the document is handed over that is
//! written down: from then on it may have been printed, and nothing but the printer's own word, or a person, decides.

use super::end_print_job::{end_printed, end_released, end_to_check};
use super::files;
use super::print_data::sha256;
use super::print_job::{JobState, PrintJob, Said, Verdict, Why, judge, pause_millis};
use super::printer_door::{Door, DoorError};
use super::store;
use crate::app::{App, SharedApp};
use crate::jobs;
use crate::kernel::ids::PrintJobId;
use crate::kernel::{Act, Actor, UtcMs};
use anyhow::{anyhow, bail};
use db::{Conn, DbError};
use std::time::Duration;

/// The kind of the work; its subject is the job's id.
pub const PRINT: &str = "printer.print";
/// How long a step may talk to the printer. Shorter than the step holds the job, and that shorter than the runner holds the work.
const TALK: Duration = Duration::from_secs(25);
/// How long a step holds its job.
const HELD_MILLIS: i64 = 35_000;
/// How often a printer is asked while it prints.
const LOOK_MILLIS: i64 = 1_000;
/// How often in a row a printer may not take a job: with the pauses between, about a quarter of an hour.
const FAILURES_MAX: u32 = 32;
/// How long a printer that has the document may not answer.
const SILENT_MILLIS_MAX: i64 = 15 * 60 * 1_000;
/// How long nothing may move: long enough for somebody to come and mend a jam.
const STUCK_MILLIS_MAX: i64 = 2 * 60 * 60 * 1_000;

/// What a step led to.
enum Next {
    /// Attend again after so many milliseconds.
    Again(i64),
    /// All cards came out.
    Printed,
    /// A person looks.
    ToCheck(Why),
    /// Nothing was printed.
    Released(Why),
}

/// Does one step of the job with this id. A job that is over, or to which somebody else attends, is left alone.
///
/// # Errors
/// When the database or the file store does not answer, or what was frozen is gone.
pub async fn attend(app: SharedApp, subject: String) -> anyhow::Result<()> {
    let id: PrintJobId = subject.parse().map_err(|_| anyhow!("the work names no print job"))?;
    let now = app.clock.now();
    let until = now.plus_millis(HELD_MILLIS);
    if !app.db.write(async move |tx: &mut Conn| store::print_jobs::hold(tx, id, now, until).await).await? {
        return Ok(());
    }
    let Some(mut job) = store::print_jobs::find(&mut app.db.read().await?, id).await? else { return Ok(()) };
    let next = match step(&app, &mut job).await {
        Ok(next) => next,
        Err(error) => {
            // The runner tries again sooner than the job would be free.
            app.db.write(async move |tx: &mut Conn| store::print_jobs::let_go(tx, id).await).await?;
            return Err(error);
        }
    };
    conclude(&app, &app.act(Actor::System), job, next).await?;
    Ok(())
}

async fn conclude(app: &App, act: &Act, job: PrintJob, next: Next) -> Result<(), DbError> {
    let act = act.clone();
    app.db
        .write(async move |tx: &mut Conn| {
            let mut job = job.clone();
            match next {
                Next::Again(pause) => {
                    store::print_jobs::keep(tx, &job).await?;
                    jobs::enqueue_unless_waiting(tx, &act, PRINT, job.id, act.now.plus_millis(pause)).await?;
                }
                Next::Printed => end_printed(tx, &act, &mut job).await?,
                Next::ToCheck(why) => end_to_check(tx, &act, &mut job, why).await?,
                Next::Released(why) => end_released(tx, &act, &mut job, why).await?,
            }
            store::print_jobs::let_go(tx, job.id).await
        })
        .await
}

async fn step(app: &App, job: &mut PrintJob) -> anyhow::Result<Next> {
    let door = Door::open(&job.uri, TALK)?;
    hear(&door, app.clock.now(), job).await;
    match (job.state, job.printer_job) {
        (JobState::Sent, Some(number)) => follow(app, &door, job, number).await,
        (JobState::Created, Some(number)) => hand_over(app, &door, job, number).await,
        _ => announce(app, &door, job).await,
    }
}

/// Keeps what the printer says about itself, for people.
async fn hear(door: &Door, now: UtcMs, job: &mut PrintJob) {
    if let Ok(said) = door.printer().await {
        job.says = said.remarks;
        job.answered_at = Some(now);
    }
}

/// Makes the printer know the job, unless it does.
async fn announce(app: &App, door: &Door, job: &mut PrintJob) -> anyhow::Result<Next> {
    let name = job.name();
    let found = match door.find_job(&name).await {
        Ok(found) => found,
        Err(error) => return Ok(refused(job, &error)),
    };
    if found.is_none() && job.stop_asked {
        return Ok(Next::Released(Why::Stopped));
    }
    let said = match found {
        Some(said) => said,
        None => match door.create_job(&name).await {
            Ok(said) => said,
            Err(error) => return Ok(refused(job, &error)),
        },
    };
    job.printer_job = Some(said.number);
    job.printer_job_uuid.clone_from(&said.uuid);
    job.failures = 0;
    // A job that lacks its document is new; any other one got it from a step whose end nobody saw.
    job.state = if said.lacks_document() { JobState::Created } else { JobState::Sent };
    job.moved_at = Some(app.clock.now());
    if job.state == JobState::Sent {
        return Ok(Next::Again(0));
    }
    keep(app, job).await?;
    hand_over(app, door, job, said.number).await
}

/// Hands the document over.
async fn hand_over(app: &App, door: &Door, job: &mut PrintJob, number: i32) -> anyhow::Result<Next> {
    let said = match door.look(number).await {
        Ok(said) if job.is_told_by(&said) => said,
        // The printer was switched off and on: it knows nothing of a job that had no document.
        Ok(_) | Err(DoorError::Unknown) => {
            job.state = JobState::Waiting;
            return Ok(again_later(job));
        }
        Err(error) => return Ok(refused(job, &error)),
    };
    if job.stop_asked {
        return Ok(match door.cancel(number).await {
            Ok(()) | Err(DoorError::Unknown) => Next::Released(Why::Stopped),
            Err(error) => refused(job, &error),
        });
    }
    if said.is_over() {
        return Ok(Next::Released(Why::Refused));
    }
    let pdf = match file(app, job).await {
        Ok(pdf) => pdf,
        Err(error) => {
            tracing::warn!(job = %job.id, error = format!("{error:#}"), "the file of a print job cannot be made");
            if let Err(error) = door.cancel(number).await {
                tracing::debug!(job = %job.id, %error, "a printer does not cancel a job");
            }
            return Ok(Next::Released(Why::NoFile));
        }
    };
    job.state = JobState::Sent;
    keep(app, job).await?;
    match door.send(number, pdf).await {
        Ok(()) => {
            job.failures = 0;
            job.moved_at = Some(app.clock.now());
            Ok(Next::Again(LOOK_MILLIS))
        }
        Err(DoorError::Busy(_)) => {
            job.state = JobState::Created;
            Ok(again_later(job))
        }
        // Whether it came through is for the printer to say.
        Err(DoorError::Refused(_) | DoorError::Unknown | DoorError::Silent(_)) => Ok(again_later(job)),
    }
}

/// The file of a job: the same bytes whenever it is made.
async fn file(app: &App, job: &mut PrintJob) -> anyhow::Result<Vec<u8>> {
    let pdf = files::file_of_job(app, job).await?;
    let hash = sha256(&pdf).to_vec();
    if job.file_sha256.get_or_insert_with(|| hash.clone()) != &hash {
        bail!("it is not the one that was made before");
    }
    Ok(pdf)
}

/// Looks how far the printer is.
async fn follow(app: &App, door: &Door, job: &mut PrintJob, number: i32) -> anyhow::Result<Next> {
    let now = app.clock.now();
    let said = match door.look(number).await {
        Ok(said) if job.is_told_by(&said) => said,
        Ok(_) | Err(DoorError::Unknown) => return Ok(Next::ToCheck(Why::Vanished)),
        Err(error) => {
            tracing::debug!(job = %job.id, %error, "a printer does not tell how far it is");
            let heard = job.answered_at.or(job.moved_at).unwrap_or(job.created_at);
            return Ok(match now.0 - heard.0 {
                ..=SILENT_MILLIS_MAX => again_later(job),
                _ => Next::ToCheck(Why::Unreachable),
            });
        }
    };
    job.failures = 0;
    job.answered_at = Some(now);
    if said.impressions != job.impressions {
        job.moved_at = Some(now);
    }
    job.impressions = said.impressions;
    if said.lacks_document() {
        job.state = JobState::Created;
        return Ok(again_later(job));
    }
    let trust = store::printers::find(&mut app.db.read().await?, &job.printer).await?.map(|printer| printer.trust);
    let trust = trust.ok_or_else(|| anyhow!("the printer of a job is gone"))?;
    match judge(&said, job.pages(), trust) {
        Verdict::Printed => Ok(Next::Printed),
        Verdict::ToCheck(why) => Ok(Next::ToCheck(why)),
        Verdict::GoOn => Ok(go_on(door, job, &said, now).await),
    }
}

/// Cancels what somebody wants stopped or what hangs; otherwise looks again.
async fn go_on(door: &Door, job: &mut PrintJob, said: &Said, now: UtcMs) -> Next {
    let is_stuck = now.0 - job.moved_at.unwrap_or(job.created_at).0 > STUCK_MILLIS_MAX;
    if !job.stop_asked && !is_stuck {
        return Next::Again(LOOK_MILLIS);
    }
    if let Err(error) = door.cancel(said.number).await {
        tracing::debug!(job = %job.id, %error, "a printer does not cancel a job");
    }
    if is_stuck { Next::ToCheck(Why::Stuck) } else { Next::Again(LOOK_MILLIS) }
}

/// What follows when a printer did not take a job: it is asked again, later and later, and at last the cards are free again. Nothing
/// was printed, because it never had the document.
fn refused(job: &mut PrintJob, error: &DoorError) -> Next {
    tracing::debug!(job = %job.id, %error, "a printer does not take a job");
    match error {
        DoorError::Refused(_) => Next::Released(Why::Refused),
        _ if job.stop_asked => Next::Released(Why::Stopped),
        DoorError::Silent(_) if job.failures >= FAILURES_MAX => Next::Released(Why::Unreachable),
        _ if job.failures >= FAILURES_MAX => Next::Released(Why::Busy),
        _ => again_later(job),
    }
}

fn again_later(job: &mut PrintJob) -> Next {
    let pause = pause_millis(job.failures);
    job.failures = job.failures.saturating_add(1);
    Next::Again(pause)
}

async fn keep(app: &App, job: &PrintJob) -> Result<(), DbError> {
    let job = job.clone();
    app.db.write(async move |tx: &mut Conn| store::print_jobs::keep(tx, &job).await).await
}
