//! One transaction and the deeds that share it.

use std::sync::Arc;

use super::deed::{Deed, Verdict};
use crate::{Backend, Conn, DbError};

/// Deeds that were run in one transaction and are not answered yet.
pub(super) struct Batch<'c> {
    conn: &'c mut Conn,
    shared: bool,
    /// Whether the open savepoint has nothing after it: there is one from the beginning.
    untouched: bool,
    deeds: Vec<Box<dyn Deed>>,
    kept: u64,
    abandoned: bool,
    broken: Option<DbError>,
}

/// How a batch left its connection.
pub(super) struct Ended {
    /// Whether the connection is fit for the next batch.
    pub(super) usable: bool,
}

impl<'c> Batch<'c> {
    /// Begins the transaction of a batch. `shared`: more than one deed may join, each behind a savepoint.
    pub(super) async fn begin(conn: &mut Conn, shared: bool) -> Result<(), DbError> {
        conn.control(match (conn.backend(), shared) {
            // Takes the write lock at once; a deferred one could fail in the middle of a deed.
            (Backend::Sqlite, true) => "BEGIN IMMEDIATE; SAVEPOINT deed",
            (Backend::Sqlite, false) => "BEGIN IMMEDIATE",
            (Backend::Postgres, true) => "BEGIN ISOLATION LEVEL READ COMMITTED; SAVEPOINT deed",
            (Backend::Postgres, false) => "BEGIN ISOLATION LEVEL READ COMMITTED",
        })
        .await
    }

    /// A batch on a connection whose transaction [began](Self::begin) in the same way.
    pub(super) fn new(conn: &'c mut Conn, shared: bool) -> Self {
        Self { conn, shared, untouched: true, deeds: Vec::new(), kept: 0, abandoned: false, broken: None }
    }

    /// Runs one deed. Answers whether the batch can take another.
    pub(super) async fn run(&mut self, mut deed: Box<dyn Deed>) -> bool {
        let outcome = self.run_in_savepoint(&mut *deed).await;
        self.deeds.push(deed);
        match outcome {
            Ok(Verdict::Keep) => self.kept += 1,
            Ok(Verdict::Undo) => {}
            Ok(Verdict::Abandon) => self.abandoned = true,
            // Some failures (disk full) make SQLite drop the whole transaction with its savepoints.
            Err(error) => self.broken = Some(error),
        }
        self.shared && self.broken.is_none()
    }

    pub(super) fn len(&self) -> usize {
        self.deeds.len()
    }

    /// Commits what is to stay, counts it, then answers every caller.
    ///
    /// Refused deeds are answered here too, not earlier: a refusal may rest on what another deed of
    /// the batch wrote, and holds only once that is committed.
    pub(super) async fn end(self, count: impl FnOnce(u64)) -> Ended {
        let outcome = match self.broken {
            Some(error) => Err(error),
            None if self.kept == 0 => Ok(()),
            None => self.conn.control("COMMIT").await,
        };
        let committed = outcome.is_ok() && self.kept > 0;
        if committed {
            count(self.kept);
        }
        let usable = if committed {
            true
        } else if self.abandoned && self.conn.backend() == Backend::Postgres {
            // Its server may be busy with the cut-off statement for a long time.
            false
        } else {
            self.conn.control("ROLLBACK").await.is_ok()
        };
        match outcome {
            Ok(()) => self.deeds.into_iter().for_each(Deed::answer),
            Err(error) => {
                let cause = Arc::new(error);
                for deed in self.deeds {
                    deed.refuse(DbError::Commit(cause.clone()));
                }
            }
        }
        Ended { usable }
    }

    async fn run_in_savepoint(&mut self, deed: &mut dyn Deed) -> Result<Verdict, DbError> {
        if !self.shared {
            return Ok(deed.run(self.conn).await);
        }
        if !self.untouched {
            self.conn.control("RELEASE SAVEPOINT deed; SAVEPOINT deed").await?;
        }
        let verdict = deed.run(self.conn).await;
        if verdict != Verdict::Keep {
            // The savepoint stays, for the next deed.
            self.conn.control("ROLLBACK TO SAVEPOINT deed").await?;
        }
        self.untouched = verdict != Verdict::Keep;
        Ok(verdict)
    }
}
