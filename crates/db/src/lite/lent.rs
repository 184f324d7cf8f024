//! Connections for short reads, lent and given back.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::LiteConn;

/// How many connections wait to be lent again. Whoever has one does not wait for anything else, so about as many are lent at once as
/// threads run.
const IDLE_MAX: usize = 8;

/// Lends connections that only read.
#[derive(Debug)]
pub(crate) struct Lender {
    path: PathBuf,
    kept: usize,
    /// None once it is closed.
    idle: Mutex<Option<Vec<LiteConn>>>,
}

/// A connection that goes back when it is dropped, without the transaction that was begun on it.
#[derive(Debug)]
pub(crate) struct Lent {
    conn: Option<LiteConn>,
    in_transaction: bool,
    lender: Arc<Lender>,
}

impl Lender {
    /// Lends connections to this file. `kept`: how many statements stay prepared on each.
    pub(crate) fn new(path: PathBuf, kept: usize) -> Arc<Self> {
        Arc::new(Self { path, kept, idle: Mutex::new(Some(Vec::new())) })
    }

    /// A connection, with a transaction if it is to see one state throughout.
    pub(crate) fn lend(self: &Arc<Self>, in_transaction: bool) -> Result<Lent, sqlx::Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).as_mut().map(Vec::pop);
        let conn = match idle.ok_or(sqlx::Error::PoolClosed)? {
            Some(conn) => conn,
            None => LiteConn::open_reader(&self.path, self.kept)?,
        };
        if in_transaction {
            conn.control("BEGIN")?;
        }
        Ok(Lent { conn: Some(conn), in_transaction, lender: self.clone() })
    }

    /// Lends no more, and closes what is not lent.
    pub(crate) fn close(&self) {
        drop(self.idle.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

impl Lent {
    /// The connection.
    pub(crate) fn conn(&mut self) -> Result<&mut LiteConn, sqlx::Error> {
        // It is there until the drop.
        self.conn.as_mut().ok_or(sqlx::Error::PoolClosed)
    }

    /// Whether it sees one state throughout.
    pub(crate) fn is_snapshot(&self) -> bool {
        self.in_transaction
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        if self.in_transaction && conn.control("ROLLBACK").is_err() {
            return;
        }
        let mut idle = self.lender.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(idle) = idle.as_mut().filter(|idle| idle.len() < IDLE_MAX) {
            idle.push(conn);
        }
    }
}
