//! The jobs of printers in the database, and which cards of a run are in one.

use crate::kernel::ids::{CardId, PrintJobId, PrintRunId};
use crate::kernel::slug::Slug;
use crate::kernel::{Act, UtcMs};
use crate::production::PrintData;
use crate::production::print_job::{JobState, PrintJob, Why};
use db::{Conn, DbError, Desc, List, Page, args, sqlx};

db::statements! {
    /// The next cards of a run that no job has.
    FREE_POSITIONS = "SELECT m.position FROM print_run_cards m JOIN cards c ON c.id = m.card_id
        WHERE m.run_id = $1 AND m.position BETWEEN $2 AND $3 AND m.outcome = 'pending' AND m.print_job_id IS NULL
        AND c.state = 'in_print_run' ORDER BY m.position LIMIT $4";
    /// Puts cards of a run into a job; cards that another job has stay there.
    TAKE_CARDS = "UPDATE print_run_cards SET print_job_id = $1 WHERE run_id = $2 AND position BETWEEN $3 AND $4 AND outcome = 'pending'
        AND print_job_id IS NULL AND card_id IN (SELECT id FROM cards WHERE run_id = $2 AND state = 'in_print_run')";
    /// Takes the cards without an outcome out of a job.
    FREE_CARDS = "UPDATE print_run_cards SET print_job_id = NULL WHERE print_job_id = $1 AND outcome = 'pending'";
    /// How many jobs a run has had.
    COUNT_JOBS = "SELECT COUNT(*) FROM print_jobs WHERE run_id = $1";
    /// Adds a job.
    INSERT_JOB = "INSERT INTO print_jobs (id, run_id, part, printer_key, printer_uri, from_position, to_position, cards, state, created_by,
        created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10)";
    /// One job.
    FIND_JOB = "SELECT id, run_id, part, printer_key, printer_uri, from_position, to_position, cards, state, why, file_sha256, printer_job,
        printer_job_uuid, impressions, says, failures, stop_asked, answered_at, moved_at, created_at, ended_at
        FROM print_jobs WHERE id = $1";
    /// The job that a printer is at.
    JOB_ON_PRINTER = "SELECT id, run_id, part, printer_key, printer_uri, from_position, to_position, cards, state, why, file_sha256,
        printer_job, printer_job_uuid, impressions, says, failures, stop_asked, answered_at, moved_at, created_at, ended_at
        FROM print_jobs WHERE printer_key = $1 AND state IN ('waiting', 'created', 'sent') ORDER BY id LIMIT 1";
    /// The jobs of a run that are not over.
    OPEN_JOBS = "SELECT id, run_id, part, printer_key, printer_uri, from_position, to_position, cards, state, why, file_sha256, printer_job,
        printer_job_uuid, impressions, says, failures, stop_asked, answered_at, moved_at, created_at, ended_at
        FROM print_jobs WHERE run_id = $1 AND state IN ('waiting', 'created', 'sent', 'to_check') ORDER BY id LIMIT 100";
    /// The last job of a printer without a run.
    LAST_TEST = "SELECT id, run_id, part, printer_key, printer_uri, from_position, to_position, cards, state, why, file_sha256, printer_job,
        printer_job_uuid, impressions, says, failures, stop_asked, answered_at, moved_at, created_at, ended_at
        FROM print_jobs WHERE printer_key = $1 AND run_id IS NULL ORDER BY id DESC LIMIT 1";
    /// Somebody begins to attend to a job, unless somebody else does.
    HOLD_JOB = "UPDATE print_jobs SET held_until = $3 WHERE id = $1 AND state IN ('waiting', 'created', 'sent')
        AND (held_until IS NULL OR held_until < $2)";
    /// Keeps what became of a job.
    KEEP_JOB = "UPDATE print_jobs SET state = $2, why = $3, file_sha256 = $4, printer_job = $5, printer_job_uuid = $6, impressions = $7,
        says = $8, failures = $9, answered_at = $10, moved_at = $11, ended_at = $12 WHERE id = $1";
    /// Nobody attends to a job any more.
    LET_GO = "UPDATE print_jobs SET held_until = NULL WHERE id = $1";
    /// Somebody wants a job stopped.
    ASK_TO_STOP = "UPDATE print_jobs SET stop_asked = 1 WHERE id = $1 AND state IN ('waiting', 'created', 'sent')";
    /// A job is looked at to the end.
    END_CHECK = "UPDATE print_jobs SET state = 'checked', ended_at = $2 WHERE id = $1 AND state = 'to_check'";
    /// Jobs of a run whose cards all have an outcome need no look any more.
    END_CHECKS = "UPDATE print_jobs SET state = 'checked', ended_at = $2 WHERE run_id = $1 AND state = 'to_check' AND NOT EXISTS (
        SELECT 1 FROM print_run_cards m JOIN cards c ON c.id = m.card_id
        WHERE m.print_job_id = print_jobs.id AND m.outcome = 'pending' AND c.state = 'in_print_run')";
    /// The cards of a job without an outcome, in their order.
    PENDING_OF_JOB = "SELECT m.card_id FROM print_run_cards m JOIN cards c ON c.id = m.card_id
        WHERE m.print_job_id = $1 AND m.outcome = 'pending' AND c.state = 'in_print_run' ORDER BY m.position";
    /// What was frozen for the cards of a job without an outcome, in their order.
    FROZEN_OF_JOB = "SELECT d.sha256, d.body FROM print_run_cards m JOIN print_data d ON d.sha256 = m.print_data_sha256
        WHERE m.print_job_id = $1 ORDER BY m.position";
    /// How many cards of a job were read.
    COUNT_READ = "SELECT COUNT(*) FROM print_run_cards WHERE print_job_id = $1 AND verified_at IS NOT NULL";
    /// How many jobs a person has to look at.
    COUNT_TO_CHECK = "SELECT COUNT(*) FROM print_jobs WHERE state = 'to_check'";
}

/// The jobs.
const JOBS: &str = "SELECT id, run_id, part, printer_key, printer_uri, from_position, to_position, cards, state, why, file_sha256,
    printer_job, printer_job_uuid, impressions, says, failures, stop_asked, answered_at, moved_at, created_at, ended_at FROM print_jobs";

#[derive(sqlx::FromRow)]
struct JobRow {
    id: String,
    run_id: Option<String>,
    part: i64,
    printer_key: String,
    printer_uri: String,
    from_position: i64,
    to_position: i64,
    cards: i64,
    state: String,
    why: Option<String>,
    file_sha256: Option<Vec<u8>>,
    printer_job: Option<i64>,
    printer_job_uuid: Option<String>,
    impressions: Option<i64>,
    says: String,
    failures: i64,
    stop_asked: i64,
    answered_at: Option<i64>,
    moved_at: Option<i64>,
    created_at: i64,
    ended_at: Option<i64>,
}

impl JobRow {
    fn job(self) -> Result<PrintJob, DbError> {
        let why = |word: String| Why::of(&word).ok_or_else(|| super::unfit("print_jobs.why"));
        Ok(PrintJob {
            id: super::id("print_jobs.id", &self.id)?,
            run: self.run_id.map(|run| super::id("print_jobs.run_id", &run)).transpose()?,
            part: super::count(self.part),
            printer: super::id("print_jobs.printer_key", &self.printer_key)?,
            uri: self.printer_uri,
            from: super::count(self.from_position),
            to: super::count(self.to_position),
            cards: super::count(self.cards),
            state: JobState::of(&self.state).ok_or_else(|| super::unfit("print_jobs.state"))?,
            why: self.why.map(why).transpose()?,
            file_sha256: self.file_sha256,
            printer_job: self.printer_job.and_then(|number| i32::try_from(number).ok()),
            printer_job_uuid: self.printer_job_uuid,
            impressions: self.impressions.map(super::count),
            says: super::json("print_jobs.says", &self.says)?,
            failures: super::count(self.failures),
            stop_asked: self.stop_asked == 1,
            answered_at: self.answered_at.map(UtcMs),
            moved_at: self.moved_at.map(UtcMs),
            created_at: UtcMs(self.created_at),
            ended_at: self.ended_at.map(UtcMs),
        })
    }
}

/// The places of the next cards of a run between two places that no job has, at most so many.
pub async fn free_positions(
    conn: &mut Conn,
    run: PrintRunId,
    from: u32,
    to: u32,
    most: u32,
) -> Result<Vec<u32>, DbError> {
    let rows: Vec<(i64,)> = conn.fetch_all(&FREE_POSITIONS, args![run.to_string(), from, to, most]).await?;
    Ok(rows.into_iter().map(|(position,)| super::count(position)).collect())
}

/// Puts the free cards of a run between two places into a job that is there. Answers how many there were.
pub async fn take_cards(tx: &mut Conn, job: PrintJobId, run: PrintRunId, from: u32, to: u32) -> Result<u64, DbError> {
    tx.execute(&TAKE_CARDS, args![job.to_string(), run.to_string(), from, to]).await
}

/// Takes the cards without an outcome out of a job: their run has them to print again.
pub async fn free_cards(tx: &mut Conn, job: PrintJobId) -> Result<u64, DbError> {
    tx.execute(&FREE_CARDS, args![job.to_string()]).await
}

/// How many jobs a run has had.
pub async fn count(conn: &mut Conn, run: PrintRunId) -> Result<u32, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT_JOBS, args![run.to_string()]).await?;
    Ok(super::count(count))
}

/// Adds a job that waits.
pub async fn insert(tx: &mut Conn, act: &Act, job: &PrintJob) -> Result<(), DbError> {
    let args = args![
        job.id.to_string(),
        job.run.map(|run| run.to_string()),
        job.part,
        job.printer.as_str(),
        &job.uri,
        job.from,
        job.to,
        job.cards,
        act.actor.to_string(),
        act.now.0
    ];
    tx.execute_one(&INSERT_JOB, args).await
}

/// One job.
pub async fn find(conn: &mut Conn, job: PrintJobId) -> Result<Option<PrintJob>, DbError> {
    one(conn, &FIND_JOB, job.to_string()).await
}

/// The job that a printer is at.
pub async fn on_printer(conn: &mut Conn, printer: &Slug) -> Result<Option<PrintJob>, DbError> {
    one(conn, &JOB_ON_PRINTER, printer.to_string()).await
}

/// The last test card of a printer.
pub async fn last_test(conn: &mut Conn, printer: &Slug) -> Result<Option<PrintJob>, DbError> {
    one(conn, &LAST_TEST, printer.to_string()).await
}

async fn one(conn: &mut Conn, statement: &'static db::Sql, key: String) -> Result<Option<PrintJob>, DbError> {
    let row: Option<JobRow> = conn.fetch_optional(statement, args![key]).await?;
    row.map(JobRow::job).transpose()
}

/// The jobs of a run that printers are at, or that are to be checked; the oldest first.
pub async fn open(conn: &mut Conn, run: PrintRunId) -> Result<Vec<PrintJob>, DbError> {
    let rows: Vec<JobRow> = conn.fetch_all(&OPEN_JOBS, args![run.to_string()]).await?;
    rows.into_iter().map(JobRow::job).collect()
}

/// A page of the jobs of a run, the newest first.
pub async fn page(
    conn: &mut Conn,
    run: PrintRunId,
    after: Option<&str>,
    limit: u32,
) -> Result<Page<PrintJob>, DbError> {
    let list = List::new(JOBS).filter("run_id = ?", run.to_string()).order("id", "id", Desc).after(after).limit(limit);
    let page: Page<JobRow> = conn.list(list).await?;
    let items = page.items.into_iter().map(JobRow::job).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// Begins to attend to a job until a moment. `false` when somebody does, or it is over.
pub async fn hold(tx: &mut Conn, job: PrintJobId, now: UtcMs, until: UtcMs) -> Result<bool, DbError> {
    Ok(tx.execute(&HOLD_JOB, args![job.to_string(), now.0, until.0]).await? == 1)
}

/// Keeps what became of a job.
pub async fn keep(tx: &mut Conn, job: &PrintJob) -> Result<(), DbError> {
    let args = args![
        job.id.to_string(),
        job.state.as_str(),
        job.why.map(Why::as_str),
        job.file_sha256.as_deref(),
        job.printer_job.map(i64::from),
        job.printer_job_uuid.as_deref(),
        job.impressions.map(i64::from),
        super::to_json(&job.says),
        job.failures,
        job.answered_at.map(|at| at.0),
        job.moved_at.map(|at| at.0),
        job.ended_at.map(|at| at.0)
    ];
    tx.execute_one(&KEEP_JOB, args).await
}

/// Ends attending to a job.
pub async fn let_go(tx: &mut Conn, job: PrintJobId) -> Result<(), DbError> {
    tx.execute_one(&LET_GO, args![job.to_string()]).await
}

/// Notes that somebody wants a job stopped. `false` when it is over.
pub async fn ask_to_stop(tx: &mut Conn, job: PrintJobId) -> Result<bool, DbError> {
    Ok(tx.execute(&ASK_TO_STOP, args![job.to_string()]).await? == 1)
}

/// The look at a job is over. `false` when there was none to take.
pub async fn end_check(tx: &mut Conn, job: PrintJobId, now: UtcMs) -> Result<bool, DbError> {
    Ok(tx.execute(&END_CHECK, args![job.to_string(), now.0]).await? == 1)
}

/// The look at those jobs of a run is over whose cards all have an outcome.
pub async fn end_checks(tx: &mut Conn, run: PrintRunId, now: UtcMs) -> Result<(), DbError> {
    tx.execute(&END_CHECKS, args![run.to_string(), now.0]).await?;
    Ok(())
}

/// The cards of a job without an outcome, in their order.
pub async fn pending(conn: &mut Conn, job: PrintJobId) -> Result<Vec<CardId>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&PENDING_OF_JOB, args![job.to_string()]).await?;
    rows.into_iter().map(|(card,)| super::id("print_run_cards.card_id", &card)).collect()
}

/// What was frozen for the cards of a job and its hash, in their order.
pub async fn frozen(conn: &mut Conn, job: PrintJobId) -> Result<Vec<(Vec<u8>, PrintData)>, DbError> {
    let rows: Vec<(Vec<u8>, String)> = conn.fetch_all(&FROZEN_OF_JOB, args![job.to_string()]).await?;
    rows.into_iter().map(|(sha256, body)| Ok((sha256, super::json("print_data.body", &body)?))).collect()
}

/// How many cards of a job were read.
pub async fn count_read(conn: &mut Conn, job: PrintJobId) -> Result<i64, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT_READ, args![job.to_string()]).await?;
    Ok(count)
}

/// How many jobs a person has to look at.
pub async fn count_to_check(conn: &mut Conn) -> Result<i64, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT_TO_CHECK, args![]).await?;
    Ok(count)
}
