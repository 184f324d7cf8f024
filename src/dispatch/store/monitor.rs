//! Where all cards are, counted.

use super::unfit;
use crate::cards::CardState;
use crate::dispatch::lateness::WAITING;
use crate::kernel::UtcMs;
use crate::kernel::ids::PrintRunId;
use db::{Conn, DbError, args};

db::statements! {
    /// The cards of a state by house, since when the first of them is there, and how many came there before a moment.
    COUNT_STATE = "SELECT house_key, COUNT(*), CAST(MIN(changed_at) AS BIGINT),
        CAST(SUM(CASE WHEN changed_at < $2 THEN 1 ELSE 0 END) AS BIGINT)
        FROM cards WHERE state = $1 GROUP BY house_key ORDER BY house_key";
    /// Where the cards of the last print runs are, each in the last run that had it.
    COUNT_RUNS = "SELECT r.id, r.number, c.state, COUNT(*) FROM (SELECT id, number FROM print_runs ORDER BY number DESC LIMIT 20) r
        JOIN cards c ON c.run_id = r.id
        GROUP BY r.id, r.number, c.state ORDER BY r.number DESC, c.state";
}

/// Cards that are in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where they stand.
    pub state: CardState,
    /// The house where they lie, or in which they are wanted.
    pub house: Option<String>,
    /// How many.
    pub cards: i64,
    /// Since when the first of them is there.
    pub since: UtcMs,
    /// How many of them are late.
    pub late: i64,
}

/// Cards of a print run that stand in one place.
#[derive(Debug, Clone)]
pub struct OfRun {
    /// The run.
    pub run: PrintRunId,
    /// Its number.
    pub number: i64,
    /// Where they stand.
    pub state: CardState,
    /// How many.
    pub cards: i64,
}

/// Where cards wait for somebody, in the order of a card's life, then by house.
pub(in crate::dispatch) async fn places(conn: &mut Conn, now: UtcMs) -> Result<Vec<Place>, DbError> {
    let mut places = Vec::new();
    for (state, _) in WAITING {
        let before = crate::dispatch::lateness::late_before(state, now).unwrap_or(UtcMs(0));
        let rows: Vec<(Option<String>, i64, i64, i64)> =
            conn.fetch_all(&COUNT_STATE, args![state.as_str(), before.0]).await?;
        let place = |(house, cards, since, late)| Place { state, house, cards, since: UtcMs(since), late };
        places.extend(rows.into_iter().map(place));
    }
    Ok(places)
}

/// Where the cards of the last print runs are, the last run first.
pub(in crate::dispatch) async fn runs(conn: &mut Conn) -> Result<Vec<OfRun>, DbError> {
    let rows: Vec<(String, i64, String, i64)> = conn.fetch_all(&COUNT_RUNS, args![]).await?;
    let of_run = |(run, number, state, cards): (String, i64, String, i64)| {
        Ok(OfRun {
            run: run.parse().map_err(|_| unfit("print_runs.id"))?,
            number,
            state: state.parse().map_err(|_| unfit("cards.state"))?,
            cards,
        })
    };
    rows.into_iter().map(of_run).collect()
}
