//! The print runs in the database.

use crate::kernel::ids::PrintRunId;
use crate::kernel::{Act, UtcMs};
use crate::production::print_run::{Counts, Preparation, PrintRun, RunState, SetAside};
use db::{Conn, DbError, Desc, List, Page, args, sqlx};

db::statements! {
    /// The next number of a run.
    NEXT_NUMBER = "INSERT INTO number_series (name, last) VALUES ('print_run', 1)
        ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING last";
    /// Starts a run.
    INSERT_RUN = "INSERT INTO print_runs (id, number, set_aside, created_by, created_at) VALUES ($1, $2, $3, $4, $5)";
    /// The making of a run's files begins, or begins anew.
    BEGIN_PREPARATION = "UPDATE print_runs SET prepared = 0, preparing_since = $2
        WHERE id = $1 AND prepared_at IS NULL AND cancelled_at IS NULL";
    /// So many of a run's cards are composed.
    ADVANCE_PREPARATION = "UPDATE print_runs SET prepared = $2 WHERE id = $1 AND cancelled_at IS NULL";
    /// A run's files are there.
    END_PREPARATION = "UPDATE print_runs SET prepared_at = $2 WHERE id = $1 AND cancelled_at IS NULL";
    /// Keeps others from sending cards of the run until the end of the deed; on SQLite only one deed writes at a time.
    LOCK_RUN = { lite: "SELECT id FROM print_runs WHERE id = $1", pg: "SELECT id FROM print_runs WHERE id = $1 FOR UPDATE" };
    /// A run is cancelled.
    CANCEL_RUN = "UPDATE print_runs SET cancelled_at = $2 WHERE id = $1 AND cancelled_at IS NULL";
}

/// The runs with their cards counted. A pending card that became void has left the run.
const RUNS: &str = "SELECT r.id, r.number, r.set_aside, r.created_at, r.prepared, r.preparing_since, r.prepared_at, r.cancelled_at,
    CAST(SUM(CASE WHEN m.outcome = 'pending' AND c.state <> 'void' THEN 1 ELSE 0 END) AS BIGINT) AS pending,
    CAST(SUM(CASE WHEN m.outcome = 'withdrawn' OR (m.outcome = 'pending' AND c.state = 'void') THEN 1 ELSE 0 END) AS BIGINT) AS withdrawn,
    CAST(SUM(CASE WHEN m.outcome = 'printed' THEN 1 ELSE 0 END) AS BIGINT) AS printed,
    CAST(SUM(CASE WHEN m.outcome = 'spoiled' THEN 1 ELSE 0 END) AS BIGINT) AS spoiled,
    CAST(SUM(CASE WHEN m.verified_at IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS verified,
    MAX(m.outcome_at) AS last_outcome_at
    FROM print_runs r JOIN print_run_cards m ON m.run_id = r.id JOIN cards c ON c.id = m.card_id";

const RUN_COLUMNS: &str =
    "r.id, r.number, r.set_aside, r.created_at, r.prepared, r.preparing_since, r.prepared_at, r.cancelled_at";

#[derive(sqlx::FromRow)]
struct RunRow {
    id: String,
    number: i64,
    set_aside: String,
    created_at: i64,
    prepared: i64,
    preparing_since: Option<i64>,
    prepared_at: Option<i64>,
    cancelled_at: Option<i64>,
    pending: i64,
    withdrawn: i64,
    printed: i64,
    spoiled: i64,
    verified: i64,
    last_outcome_at: Option<i64>,
}

impl RunRow {
    fn run(self) -> Result<PrintRun, DbError> {
        let counts = Counts {
            pending: super::count(self.pending),
            printed: super::count(self.printed),
            spoiled: super::count(self.spoiled),
            withdrawn: super::count(self.withdrawn),
            verified: super::count(self.verified),
        };
        let closed = counts.state() == RunState::Closed;
        Ok(PrintRun {
            id: super::id("print_runs.id", &self.id)?,
            number: super::count(self.number),
            counts,
            preparation: Preparation {
                composed: super::count(self.prepared),
                since: self.preparing_since.map(UtcMs),
                finished_at: self.prepared_at.map(UtcMs),
                cancelled_at: self.cancelled_at.map(UtcMs),
            },
            set_aside: super::json("print_runs.set_aside", &self.set_aside)?,
            created_at: UtcMs(self.created_at),
            closed_at: self.last_outcome_at.filter(|_| closed).map(UtcMs),
        })
    }
}

/// Starts a run with the next number, without cards yet. Answers its number.
pub async fn insert(tx: &mut Conn, act: &Act, run: PrintRunId, set_aside: &[SetAside]) -> Result<u32, DbError> {
    let (number,): (i64,) = tx.fetch_one(&NEXT_NUMBER, args![]).await?;
    let set_aside = super::to_json(&set_aside);
    tx.execute_one(&INSERT_RUN, args![run.to_string(), number, set_aside, act.actor.to_string(), act.now.0]).await?;
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

/// One run.
pub async fn find(conn: &mut Conn, run: PrintRunId) -> Result<Option<PrintRun>, DbError> {
    let list = List::new(RUNS).filter("r.id = ?", run.to_string()).group_by(RUN_COLUMNS).order("r.id", "r.id", Desc);
    let page: Page<RunRow> = conn.list(list.limit(1)).await?;
    page.items.into_iter().next().map(RunRow::run).transpose()
}

/// A page of all runs, the newest first.
pub async fn page(conn: &mut Conn, after: Option<&str>, limit: u32) -> Result<Page<PrintRun>, DbError> {
    let list = List::new(RUNS).group_by(RUN_COLUMNS).order("r.id", "r.id", Desc).after(after).limit(limit);
    let page: Page<RunRow> = conn.list(list).await?;
    let items = page.items.into_iter().map(RunRow::run).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}
