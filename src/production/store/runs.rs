//! The print runs in the database.

use crate::kernel::ids::PrintRunId;
use crate::kernel::{Act, UtcMs};
use crate::production::print_run::{Counts, Joining, Preparation, PrintRun, RunState, SetAside};
use db::{Conn, DbError, List, Page, args, sqlx};
use std::collections::HashMap;

db::statements! {
    /// The next number of a run.
    NEXT_NUMBER = "INSERT INTO number_series (name, last) VALUES ('print_run', 1)
        ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING last";
    /// Starts a run.
    INSERT_RUN = "INSERT INTO print_runs (id, number, set_aside, read_each, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    /// The making of a run's files begins, or goes on.
    BEGIN_PREPARATION = "UPDATE print_runs SET preparing_since = COALESCE(preparing_since, $2)
        WHERE id = $1 AND prepared_at IS NULL AND cancelled_at IS NULL";
    /// What is still to join a run, and the cards that were set aside so far.
    SET_JOINING = "UPDATE print_runs SET joining = $2, set_aside = $3 WHERE id = $1";
    /// So many of a run's cards are composed.
    ADVANCE_PREPARATION = "UPDATE print_runs SET prepared = $2 WHERE id = $1 AND cancelled_at IS NULL";
    /// A run's files are there.
    END_PREPARATION = "UPDATE print_runs SET prepared_at = $2 WHERE id = $1 AND cancelled_at IS NULL";
    /// Keeps others from sending cards of the run until the end of the deed; on SQLite only one deed writes at a time.
    LOCK_RUN = { lite: "SELECT id FROM print_runs WHERE id = $1", pg: "SELECT id FROM print_runs WHERE id = $1 FOR UPDATE" };
    /// A run is cancelled, and nothing joins it any more.
    CANCEL_RUN = "UPDATE print_runs SET cancelled_at = $2, joining = NULL WHERE id = $1 AND cancelled_at IS NULL";
}

const RUNS: &str = "SELECT r.id, r.number, r.set_aside, r.joining, r.read_each, r.created_at, r.prepared, r.preparing_since, r.prepared_at,
    r.cancelled_at FROM print_runs r";

/// The cards of runs by outcome.
const OUTCOMES: &str = "SELECT m.run_id,
    CAST(SUM(CASE WHEN m.outcome = 'pending' THEN 1 ELSE 0 END) AS BIGINT) AS pending,
    CAST(SUM(CASE WHEN m.outcome = 'withdrawn' THEN 1 ELSE 0 END) AS BIGINT) AS withdrawn,
    CAST(SUM(CASE WHEN m.outcome = 'printed' THEN 1 ELSE 0 END) AS BIGINT) AS printed,
    CAST(SUM(CASE WHEN m.outcome = 'spoiled' THEN 1 ELSE 0 END) AS BIGINT) AS spoiled,
    CAST(COUNT(m.verified_at) AS BIGINT) AS verified, MAX(m.outcome_at) AS last_outcome_at,
    MAX(m.verified_at) AS last_read_at FROM print_run_cards m";

/// The cards of runs that became void: those without an outcome have left their run, and nobody need read those that came out.
const VOID: &str = "SELECT c.run_id, CAST(SUM(CASE WHEN m.outcome = 'pending' THEN 1 ELSE 0 END) AS BIGINT) AS pending,
    CAST(SUM(CASE WHEN m.outcome = 'printed' THEN 1 ELSE 0 END) AS BIGINT) AS unread FROM cards c JOIN print_run_cards m ON m.run_id = c.run_id AND m.card_id = c.id";

#[derive(sqlx::FromRow)]
struct RunRow {
    id: String,
    number: i64,
    set_aside: String,
    joining: Option<String>,
    read_each: i64,
    created_at: i64,
    prepared: i64,
    preparing_since: Option<i64>,
    prepared_at: Option<i64>,
    cancelled_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct OutcomesRow {
    run_id: String,
    pending: i64,
    withdrawn: i64,
    printed: i64,
    spoiled: i64,
    verified: i64,
    last_outcome_at: Option<i64>,
    last_read_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct VoidRow {
    run_id: String,
    pending: i64,
    unread: i64,
}

impl RunRow {
    fn run(self, outcomes: Option<&OutcomesRow>, void: Option<&VoidRow>) -> Result<PrintRun, DbError> {
        let (void, void_unread) = void.map_or((0, 0), |void| (void.pending, void.unread));
        let counts = outcomes.map_or(Counts::default(), |row| Counts {
            pending: super::count(row.pending - void),
            printed: super::count(row.printed),
            spoiled: super::count(row.spoiled),
            withdrawn: super::count(row.withdrawn + void),
            verified: super::count(row.verified),
            unread: super::count(row.printed - row.verified - void_unread),
        });
        let joining: Option<Joining> = self.joining.map(|text| super::json("print_runs.joining", &text)).transpose()?;
        let read_each = self.read_each != 0;
        let last = outcomes.and_then(|row| row.last_outcome_at.max(row.last_read_at.filter(|_| read_each)));
        let mut run = PrintRun {
            id: super::id("print_runs.id", &self.id)?,
            number: super::count(self.number),
            counts,
            joining,
            read_each,
            preparation: Preparation {
                composed: super::count(self.prepared),
                since: self.preparing_since.map(UtcMs),
                finished_at: self.prepared_at.map(UtcMs),
                cancelled_at: self.cancelled_at.map(UtcMs),
            },
            set_aside: super::json("print_runs.set_aside", &self.set_aside)?,
            created_at: UtcMs(self.created_at),
            closed_at: None,
        };
        run.closed_at = last.filter(|_| run.state() == RunState::Closed).map(UtcMs);
        Ok(run)
    }
}

/// Starts a run with the next number, without cards yet. Answers its number.
pub async fn insert(
    tx: &mut Conn,
    act: &Act,
    run: PrintRunId,
    set_aside: &[SetAside],
    read_each: bool,
) -> Result<u32, DbError> {
    let (number,): (i64,) = tx.fetch_one(&NEXT_NUMBER, args![]).await?;
    let set_aside = super::to_json(&set_aside);
    let args = args![run.to_string(), number, set_aside, i64::from(read_each), act.actor.to_string(), act.now.0];
    tx.execute_one(&INSERT_RUN, args).await?;
    Ok(super::count(number))
}

/// The making of a run's files begins. `false` when they are there already, or the run was cancelled.
pub async fn begin_preparation(tx: &mut Conn, run: PrintRunId, now: UtcMs) -> Result<bool, DbError> {
    Ok(tx.execute(&BEGIN_PREPARATION, args![run.to_string(), now.0]).await? == 1)
}

/// So many cards of a run are composed. `false` when the run was cancelled.
pub async fn advance_preparation(tx: &mut Conn, run: PrintRunId, composed: u32) -> Result<bool, DbError> {
    Ok(tx.execute(&ADVANCE_PREPARATION, args![run.to_string(), composed]).await? == 1)
}

/// A run's files are there. `false` when the run was cancelled.
pub async fn end_preparation(tx: &mut Conn, run: PrintRunId, now: UtcMs) -> Result<bool, DbError> {
    Ok(tx.execute(&END_PREPARATION, args![run.to_string(), now.0]).await? == 1)
}

/// Keeps others from sending cards of the run until the end of the deed.
pub async fn lock(tx: &mut Conn, run: PrintRunId) -> Result<(), DbError> {
    let _: (String,) = tx.fetch_one(&LOCK_RUN, args![run.to_string()]).await?;
    Ok(())
}

/// A run is cancelled. `false` when it was before.
pub async fn cancel(tx: &mut Conn, run: PrintRunId, now: UtcMs) -> Result<bool, DbError> {
    Ok(tx.execute(&CANCEL_RUN, args![run.to_string(), now.0]).await? == 1)
}

/// What is still to join a run, nothing when it is whole, and all that were set aside so far.
pub async fn set_joining(
    tx: &mut Conn,
    run: PrintRunId,
    joining: Option<&Joining>,
    set_aside: &[SetAside],
) -> Result<(), DbError> {
    let joining = joining.map(super::to_json);
    tx.execute_one(&SET_JOINING, args![run.to_string(), joining, super::to_json(&set_aside)]).await
}

/// One run.
pub async fn find(conn: &mut Conn, run: PrintRunId) -> Result<Option<PrintRun>, DbError> {
    let list = List::new(RUNS).filter("r.id = ?", run.to_string()).newest_first("r.id").limit(1);
    let page: Page<RunRow> = conn.list(list).await?;
    Ok(counted(conn, page.items).await?.pop())
}

/// A page of all runs, the newest first.
pub async fn page(conn: &mut Conn, after: Option<&str>, limit: u32) -> Result<Page<PrintRun>, DbError> {
    let page: Page<RunRow> = conn.list(List::new(RUNS).newest_first("r.id").after(after).limit(limit)).await?;
    Ok(Page { items: counted(conn, page.items).await?, next: page.next })
}

/// The runs with their cards counted.
async fn counted(conn: &mut Conn, rows: Vec<RunRow>) -> Result<Vec<PrintRun>, DbError> {
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let most = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    let outcomes = List::new(OUTCOMES).filter_any("m.run_id", ids.clone()).group_by("m.run_id");
    let outcomes: Page<OutcomesRow> = conn.list(outcomes.oldest_first("m.run_id").limit(most)).await?;
    let outcomes: HashMap<String, OutcomesRow> =
        outcomes.items.into_iter().map(|row| (row.run_id.clone(), row)).collect();
    let void = List::new(VOID).filter_any("c.run_id", ids).filter_plain("c.state = 'void' AND m.verified_at IS NULL");
    let void: Page<VoidRow> = conn.list(void.group_by("c.run_id").oldest_first("c.run_id").limit(most)).await?;
    let void: HashMap<String, VoidRow> = void.items.into_iter().map(|row| (row.run_id.clone(), row)).collect();
    rows.into_iter()
        .map(|row| {
            let (outcomes, void) = (outcomes.get(&row.id), void.get(&row.id));
            row.run(outcomes, void)
        })
        .collect()
}
