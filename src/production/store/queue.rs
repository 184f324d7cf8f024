//! What waits for printing, counted.

use crate::cards::CardState;
use crate::kernel::ids::PrintRunId;
use db::{Conn, DbError, args};

db::statements! {
    /// How many cards stand in each state of the print desk.
    COUNT_STATES = "SELECT state, COUNT(*) FROM cards
        WHERE state IN ('waiting_for_layout', 'set_aside', 'ready_to_print', 'ready_for_dispatch') GROUP BY state";
    /// The runs whose cards have no outcome yet, and whether their files are there.
    COUNT_RUNS = "SELECT r.id, r.prepared_at IS NOT NULL, COUNT(*) FROM cards c JOIN print_runs r ON r.id = c.run_id
        WHERE c.state = 'in_print_run' GROUP BY r.id, r.prepared_at";
}

/// A run with cards that have no outcome yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenRun {
    /// The run.
    pub run: PrintRunId,
    /// Whether its files are there, so that its cards are to be checked.
    pub is_prepared: bool,
    /// How many of its cards have no outcome yet.
    pub cards: i64,
}

/// How many cards wait for a layout, are set aside, ready to print, or ready for dispatch; states without cards are left out.
pub async fn count_states(conn: &mut Conn) -> Result<Vec<(CardState, i64)>, DbError> {
    let rows: Vec<(String, i64)> = conn.fetch_all(&COUNT_STATES, args![]).await?;
    rows.into_iter()
        .map(|(state, count)| Ok((state.parse().map_err(|_| super::unfit("cards.state"))?, count)))
        .collect()
}

/// The runs whose cards have no outcome yet.
pub async fn open_runs(conn: &mut Conn) -> Result<Vec<OpenRun>, DbError> {
    let rows: Vec<(String, bool, i64)> = conn.fetch_all(&COUNT_RUNS, args![]).await?;
    rows.into_iter()
        .map(|(run, is_prepared, cards)| Ok(OpenRun { run: super::id("cards.run_id", &run)?, is_prepared, cards }))
        .collect()
}
