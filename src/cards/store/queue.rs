//! Counts of what waits.

use super::parsed;
use crate::cards::card::CardState;
use db::{Conn, DbError, args};

db::statements! {
    /// How many annual tickets nobody has completed yet.
    COUNT_AWAITING = "SELECT COUNT(*) FROM annual_tickets WHERE state = 'awaiting_personalization' AND status <> 'cancelled'";
    /// How many cards stand in each state in which somebody waits for them; nobody waits for a trial.
    COUNT_CARDS = "SELECT state, COUNT(*) FROM cards WHERE state IN ('waiting_for_layout', 'set_aside', 'ready_to_print',
        'in_print_run', 'deposited', 'returned') AND COALESCE(set_aside_reason, '') <> 'test_order' GROUP BY state";
}

pub(in crate::cards) async fn awaiting(conn: &mut Conn) -> Result<i64, DbError> {
    let (count,): (i64,) = conn.fetch_one(&COUNT_AWAITING, args![]).await?;
    Ok(count)
}

pub(in crate::cards) async fn cards_by_state(conn: &mut Conn) -> Result<Vec<(CardState, i64)>, DbError> {
    let rows: Vec<(String, i64)> = conn.fetch_all(&COUNT_CARDS, args![]).await?;
    rows.into_iter().map(|(state, count)| Ok((parsed(&state)?, count))).collect()
}
