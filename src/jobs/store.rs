//! The queue in the database.

use super::ATTEMPTS_MAX;
use crate::kernel::ids::JobId;
use crate::kernel::{Act, UtcMs};
use db::{Conn, DbError, args};

db::statements! {
    /// Adds a job.
    ENQUEUE = "INSERT INTO jobs (id, kind, subject, state, run_at, attempts, created_at) VALUES ($1, $2, $3, 'waiting', $4, 0, $5)";
    /// Adds a job, unless one of its kind waits for its subject already.
    ENQUEUE_UNLESS_WAITING = "INSERT INTO jobs (id, kind, subject, state, run_at, attempts, created_at)
        SELECT $1, $2, $3, 'waiting', $4, 0, $5 WHERE NOT EXISTS (
            SELECT 1 FROM jobs WHERE kind = $2 AND subject = $3 AND state = 'waiting')";
    /// Claims the next due job of a lane, or one whose lease has run out.
    CLAIM_DUE = {
        lite: "UPDATE jobs SET state = 'running', leased_until = $2, attempts = attempts + 1 WHERE id = (
            SELECT id FROM jobs WHERE ((state = 'waiting' AND run_at <= $1) OR (state = 'running' AND leased_until < $1))
            AND CASE WHEN kind LIKE 'outside.%' THEN 'outside' WHEN kind LIKE 'printer.%' THEN 'printer' ELSE 'inside' END = $3 ORDER BY run_at, id LIMIT 1)
            RETURNING id, kind, subject, attempts",
        pg: "UPDATE jobs SET state = 'running', leased_until = $2, attempts = attempts + 1 WHERE id = (
            SELECT id FROM jobs WHERE ((state = 'waiting' AND run_at <= $1) OR (state = 'running' AND leased_until < $1))
            AND CASE WHEN kind LIKE 'outside.%' THEN 'outside' WHEN kind LIKE 'printer.%' THEN 'printer' ELSE 'inside' END = $3 ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, kind, subject, attempts"
    };
    /// Claims a waiting job of one kind and subject.
    CLAIM_SUBJECT = "UPDATE jobs SET state = 'running', leased_until = $4, attempts = attempts + 1
        WHERE state = 'waiting' AND run_at <= $3 AND kind = $1 AND subject = $2 RETURNING id, kind, subject, attempts";
    /// Due or running jobs of one kind and subject.
    COUNT_OPEN = "SELECT COUNT(*) FROM jobs WHERE kind = $1 AND subject = $2
        AND (state = 'running' OR (state = 'waiting' AND run_at <= $3))";
    /// The job is done.
    FINISH = "DELETE FROM jobs WHERE id = $1";
    /// The job failed and waits, or stays failed.
    POSTPONE = "UPDATE jobs SET state = $2, run_at = $3, leased_until = NULL, last_error = $4 WHERE id = $1";
    /// Jobs that gave up.
    COUNT_FAILED = "SELECT COUNT(*) FROM jobs WHERE state = 'failed'";
}

/// A claimed job.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Job {
    /// The job's id.
    pub id: String,
    /// Which handler does it.
    pub kind: String,
    /// The id of what it is about.
    pub subject: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
}

/// Who waits for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// Our own work.
    Inside,
    /// Work that waits for other machines: the kinds that begin with `outside.`.
    Outside,
    /// Work that waits for card printers: the kinds that begin with `printer.`.
    Printers,
}

impl Lane {
    pub(super) const ALL: [Self; 3] = [Self::Inside, Self::Outside, Self::Printers];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Outside => "outside",
            Self::Printers => "printer",
        }
    }
}

/// Adds a job to the transaction of the deed that wants it done.
pub async fn enqueue(tx: &mut Conn, act: &Act, kind: &'static str, subject: impl ToString) -> Result<(), DbError> {
    enqueue_at(tx, act, kind, subject, act.now).await
}

/// Adds a job that is not to be done before a moment.
pub async fn enqueue_at(
    tx: &mut Conn,
    act: &Act,
    kind: &'static str,
    subject: impl ToString,
    run_at: UtcMs,
) -> Result<(), DbError> {
    let id: JobId = act.new_id();
    tx.execute_later(&ENQUEUE, args![id.to_string(), kind, subject.to_string(), run_at.0, act.now.0])
}

/// Adds a job that is not to be done before a moment, unless one of its kind waits for its subject already: a job that asks for itself
/// again does so once, however often it ran.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue_unless_waiting(
    tx: &mut Conn,
    act: &Act,
    kind: &'static str,
    subject: impl ToString,
    run_at: UtcMs,
) -> Result<(), DbError> {
    let id: JobId = act.new_id();
    tx.execute(&ENQUEUE_UNLESS_WAITING, args![id.to_string(), kind, subject.to_string(), run_at.0, act.now.0]).await?;
    Ok(())
}

/// The number of jobs that gave up.
pub async fn count_failed(conn: &mut Conn) -> Result<i64, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT_FAILED, args![]).await?;
    Ok(count)
}

pub(super) async fn claim_due(
    tx: &mut Conn,
    lane: Lane,
    now: UtcMs,
    leased_until: UtcMs,
) -> Result<Option<Job>, DbError> {
    tx.fetch_optional(&CLAIM_DUE, args![now.0, leased_until.0, lane.as_str()]).await
}

pub(super) async fn claim_subject(
    tx: &mut Conn,
    kind: &str,
    subject: &str,
    now: UtcMs,
    leased_until: UtcMs,
) -> Result<Vec<Job>, DbError> {
    tx.fetch_all(&CLAIM_SUBJECT, args![kind, subject, now.0, leased_until.0]).await
}

pub(super) async fn count_open(conn: &mut Conn, kind: &str, subject: &str, now: UtcMs) -> Result<i64, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT_OPEN, args![kind, subject, now.0]).await?;
    Ok(count)
}

pub(super) async fn finish(tx: &mut Conn, id: &str) -> Result<(), DbError> {
    tx.execute_one(&FINISH, args![id]).await
}

pub(super) async fn postpone(tx: &mut Conn, job: &Job, run_at: UtcMs, error: &str) -> Result<(), DbError> {
    let state = if job.attempts >= ATTEMPTS_MAX { "failed" } else { "waiting" };
    tx.execute_one(&POSTPONE, args![&job.id, state, run_at.0, error]).await
}
