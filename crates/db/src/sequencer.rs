//! Numbers for changed rows, given when they are read.
//!
//! A writer of the table sets `change_seq = NULL` on each row that it changes. Whoever wants to read
//! the changes asks [`Sequencer::assign`] first: one short transaction locks the clock row, numbers
//! all committed unnumbered rows from there, and advances the clock. Then `change_seq > $cursor
//! ORDER BY change_seq` gives every row whose state the reader has not seen. Numbers given when
//! writing could become visible out of order, and a reader would skip the late ones for ever.
//!
//! Deletions must be states of rows. The random epoch beside the clock belongs into every cursor:
//! when it changes (a backup was restored), readers start over.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::dynamic::Dynamic;
use crate::{Bind, Conn, Db, DbError, args};

crate::statements! {
    /// Makes the clock of a table unless it is there.
    START_CLOCK = "INSERT INTO change_clock (name, last_seq, epoch) VALUES ($1, 0, $2) ON CONFLICT (name) DO NOTHING";
    /// Makes all readers start over.
    RENEW_EPOCH = "UPDATE change_clock SET epoch = $2 WHERE name = $1";
    /// The clock, held until the transaction ends.
    LOCK_CLOCK = {
        lite: "SELECT last_seq, epoch FROM change_clock WHERE name = $1",
        pg: "SELECT last_seq, epoch FROM change_clock WHERE name = $1 FOR UPDATE",
    };
    /// Advances the clock.
    ADVANCE_CLOCK = "UPDATE change_clock SET last_seq = $2 WHERE name = $1";
}

/// How many rows are numbered in one transaction: after a restore all of them wait, and nobody else may write meanwhile.
const ROWS_AT_ONCE: i64 = 100_000;

/// A place in the changes of a table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Position {
    /// Changes when the numbers start over.
    pub epoch: String,
    /// Number of the last change.
    pub seq: i64,
}

/// Numbers the changes of one table.
///
/// The table has a primary key of one column, and the column `change_seq`, the latter with an index and a partial index on
/// its nulls; the clock lies in `change_clock (name TEXT PRIMARY KEY, last_seq, epoch TEXT)` under
/// the table's name.
#[derive(Debug)]
pub struct Sequencer {
    table: &'static str,
    key: &'static str,
    pause: Duration,
    last: Mutex<Option<(Instant, Position)>>,
}

impl Sequencer {
    /// A sequencer for a table with the primary key `key`, which looks for changes at most once in `pause`. Share one per
    /// process: each keeps its own time.
    pub fn new(table: &'static str, key: &'static str, pause: Duration) -> Self {
        Self { table, key, pause, last: Mutex::new(None) }
    }

    /// Makes the clock unless it exists. `epoch` is a fresh random text.
    pub async fn start_clock(&self, tx: &mut Conn, epoch: &str) -> Result<(), DbError> {
        tx.execute(&START_CLOCK, args![self.table, epoch]).await.map(drop)
    }

    /// Gives the clock a new epoch, so that all readers start over. `epoch` is a fresh random text.
    pub async fn renew_epoch(&self, tx: &mut Conn, epoch: &str) -> Result<(), DbError> {
        tx.execute_one(&RENEW_EPOCH, args![self.table, epoch]).await
    }

    /// Numbers the changes that are committed by now, and answers the number of the last one.
    ///
    /// Within the pause it answers what it found last. [`DbError::NotFound`]: there is no clock.
    pub async fn assign(&self, db: &Db) -> Result<Position, DbError> {
        let mut last = self.last.lock().await;
        if let Some((at, position)) = &*last
            && at.elapsed() < self.pause
        {
            return Ok(position.clone());
        }
        let (mut position, mut has_changes) = look(db, self.table).await?;
        while has_changes {
            let (table, key) = (self.table, self.key);
            (position, has_changes) = db.write(async move |tx| number(tx, table, key).await).await?;
        }
        *last = Some((Instant::now(), position.clone()));
        Ok(position)
    }
}

/// The clock, and whether there are unnumbered rows, in one look.
async fn look(db: &Db, table: &'static str) -> Result<(Position, bool), DbError> {
    let mut sql = Dynamic::default();
    sql.push("SELECT last_seq, epoch, (SELECT COUNT(*) FROM (SELECT 1 FROM ").push(table);
    sql.push(" WHERE change_seq IS NULL LIMIT 1) AS dirty) FROM change_clock WHERE name = ");
    sql.push_value(table.bind());
    let (text, args) = sql.finish();
    let rows: Vec<(i64, String, i64)> = db.read().await?.rows(text, args).await?.decode()?;
    let (seq, epoch, dirty) = rows.into_iter().next().ok_or(DbError::NotFound)?;
    Ok((Position { epoch, seq }, dirty > 0))
}

/// Numbers some rows; answers whether others may be left.
async fn number(tx: &mut Conn, table: &'static str, key: &'static str) -> Result<(Position, bool), DbError> {
    let (last_seq, epoch): (i64, String) = tx.fetch_one(&LOCK_CLOCK, args![table]).await?;
    let mut sql = Dynamic::default();
    sql.push("UPDATE ").push(table).push(" SET change_seq = numbered.seq FROM (SELECT ").push(key).push(" AS id, ");
    sql.push_value(last_seq.bind())
        .push(" + ROW_NUMBER() OVER (ORDER BY ")
        .push(key)
        .push(") AS seq FROM (SELECT ")
        .push(key);
    sql.push(" FROM ").push(table).push(" WHERE change_seq IS NULL ORDER BY ").push(key).push(" LIMIT ");
    sql.push_value(ROWS_AT_ONCE.bind()).push(") AS waiting) AS numbered WHERE ");
    sql.push(table).push(".").push(key).push(" = numbered.id");
    let (text, args) = sql.finish();
    let numbered = tx.run(text, args).await?;
    // Rows that nobody fetches: there may be a million. Whoever holds the clock gives the highest numbers.
    let mut highest = Dynamic::default();
    highest.push("SELECT MAX(change_seq) FROM ").push(table);
    let (text, args) = highest.finish();
    let found: Vec<(Option<i64>,)> = tx.rows(text, args).await?.decode()?;
    let seq = found.into_iter().find_map(|(seq,)| seq).unwrap_or(last_seq).max(last_seq);
    if seq > last_seq {
        tx.execute_one(&ADVANCE_CLOCK, args![table, seq]).await?;
    }
    Ok((Position { epoch, seq }, numbered >= ROWS_AT_ONCE.unsigned_abs()))
}
