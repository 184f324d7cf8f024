//! Claims jobs and carries them out.

use super::store::{self, Job, Lane};
use crate::app::SharedApp;
use db::{Conn, DbError};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use tokio::task::JoinHandle;

/// How long a claimed job belongs to its runner.
const LEASE_MILLIS: i64 = 120_000;
/// The same for what asks printers: it is short work, and after a crash people stand beside the printer.
const PRINTER_LEASE_MILLIS: i64 = 40_000;
/// How long an idle runner sleeps.
const IDLE: Duration = Duration::from_millis(500);
/// How long to wait between two looks at a job that another runner holds, and how often to look.
const LOOK: Duration = Duration::from_millis(20);
const LOOKS_MAX: u32 = 250;
/// The pause after the first failure; it doubles each time.
const RETRY_MILLIS: i64 = 2_000;

type Work = Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send>>;
type Handler = Box<dyn Fn(SharedApp, String) -> Work + Send + Sync>;

/// Which function does which kind of job. Filled once, where the application is wired.
#[derive(Default)]
pub struct Handlers(HashMap<&'static str, Handler>);

impl Handlers {
    /// Adds the handler of a kind. It is given the application and the id of the job's subject.
    pub fn add<F, Fut>(&mut self, kind: &'static str, handler: F)
    where
        F: Fn(SharedApp, String) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.0.insert(kind, Box::new(move |app, subject| Box::pin(handler(app, subject))));
    }
}

/// Runs all due jobs, one after the other, until none is due. Answers how many were done.
pub async fn run_due(app: &SharedApp) -> Result<usize, DbError> {
    let mut done = 0;
    loop {
        let before = done;
        for lane in Lane::ALL {
            done += run_lane(app, lane).await?;
        }
        if done == before {
            return Ok(done);
        }
    }
}

async fn run_lane(app: &SharedApp, lane: Lane) -> Result<usize, DbError> {
    let mut done = 0;
    loop {
        let now = app.clock.now();
        let claimed = app
            .db
            .write(async move |tx: &mut Conn| {
                store::claim_due(tx, lane, now, now.plus_millis(lease_millis(lane))).await
            })
            .await?;
        let Some(job) = claimed else { return Ok(done) };
        carry_out(app, job).await?;
        done += 1;
    }
}

const fn lease_millis(lane: Lane) -> i64 {
    match lane {
        Lane::Inside | Lane::Outside => LEASE_MILLIS,
        Lane::Printers => PRINTER_LEASE_MILLIS,
    }
}

/// Carries out the waiting jobs of one kind and subject at once, so that the caller's next read sees their result. A job that
/// another runner holds is awaited for a few seconds; a job that fails waits for its next attempt as always.
pub async fn run_now(app: &SharedApp, kind: &'static str, subject: impl ToString) -> Result<(), DbError> {
    let now = app.clock.now();
    let subject = subject.to_string();
    let wanted = subject.clone();
    let claimed = app
        .db
        .write(async move |tx: &mut Conn| {
            store::claim_subject(tx, kind, &wanted, now, now.plus_millis(LEASE_MILLIS)).await
        })
        .await?;
    for job in claimed {
        carry_out(app, job).await?;
    }
    for _ in 0..LOOKS_MAX {
        if store::count_open(&mut app.db.read().await?, kind, &subject, now).await? == 0 {
            break;
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

/// Starts a runner for each lane, which go on until the task is aborted.
pub fn spawn(app: SharedApp) -> JoinHandle<()> {
    tokio::spawn(async move {
        let [inside, outside, printers] = Lane::ALL.map(|lane| run_for_ever(&app, lane));
        tokio::join!(inside, outside, printers);
    })
}

async fn run_for_ever(app: &SharedApp, lane: Lane) {
    loop {
        if let Err(error) = run_lane(app, lane).await {
            tracing::warn!(%error, "the job queue does not answer");
        }
        tokio::time::sleep(IDLE).await;
    }
}

async fn carry_out(app: &SharedApp, job: Job) -> Result<(), DbError> {
    let result = match app.handlers.0.get(job.kind.as_str()) {
        Some(handler) => handler(app.clone(), job.subject.clone()).await,
        None => Err(anyhow::anyhow!("no handler for jobs of kind {}", job.kind)),
    };
    let now = app.clock.now();
    match result {
        Ok(()) => app.db.write(async move |tx: &mut Conn| store::finish(tx, &job.id).await).await,
        Err(error) => {
            tracing::warn!(job = job.id, kind = job.kind, attempts = job.attempts, %error, "a job failed");
            let pause = RETRY_MILLIS << job.attempts.clamp(0, 10);
            let error = format!("{error:#}");
            app.db
                .write(async move |tx: &mut Conn| store::postpone(tx, &job, now.plus_millis(pause), &error).await)
                .await
        }
    }
}
