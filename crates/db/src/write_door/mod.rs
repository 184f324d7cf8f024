//! The write door: deeds queue up, writers take them, many share one commit.
//!
//! A *deed* is the closure given to [`Db::write`](crate::Db::write). It runs on a writer, which is a
//! thread with one connection. SQLite has one writer: it begins a transaction, runs the deeds that are
//! waiting, each inside a savepoint, commits once, and only then answers all their callers. It never
//! waits for company: a lone deed is committed at once, and deeds that arrive during a commit make up
//! the next batch by themselves.
//!
//! PostgreSQL has several writers. Most commit each deed by itself, so that a long one keeps its locks
//! from nobody but those who want the same rows. Deeds that all want the same rows, such as orders with
//! their number without gaps, would only wait for each other's commits: they go *in turn*, through one
//! more writer that works as SQLite's does.
//!
//! Because deeds run on the writer's own thread their futures need not be `Send`; the future of
//! `Db::write` always is.

mod batch;
mod deed;
mod writer;

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use self::deed::{Answer, Deed, Waiting};
use crate::open::Target;
use crate::{Backend, Conn, DbError, Options};

/// Deeds that may wait in the queue before callers have to wait to enter it.
const QUEUE_LENGTH: usize = 1_024;
/// Runs of one deed, the first included, before contention is answered as an error.
const ATTEMPTS_MAX: u32 = 8;

/// What a write door has done since it was opened.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Figures {
    /// Deeds that succeeded and were committed.
    pub deeds: u64,
    /// Commits that carried them.
    pub commits: u64,
    /// Times a deed was run again because of contention.
    pub retries: u64,
}

#[derive(Debug)]
pub(crate) struct WriteDoor {
    entrance: Mutex<Option<Entrance>>,
    writers: Mutex<Vec<JoinHandle<()>>>,
    counters: Arc<Counters>,
    deed_limit: Duration,
}

type Sender = mpsc::Sender<Box<dyn Deed>>;

/// Where deeds come in.
#[derive(Debug, Clone)]
struct Entrance {
    usual: Sender,
    in_turn: Sender,
}

#[derive(Debug, Default)]
struct Counters {
    deeds: AtomicU64,
    commits: AtomicU64,
    retries: AtomicU64,
}

impl Counters {
    fn count_commit(&self, deeds: u64) {
        self.deeds.fetch_add(deeds, Ordering::Relaxed);
        self.commits.fetch_add(1, Ordering::Relaxed);
    }
}

impl WriteDoor {
    /// Starts the writers. On SQLite the file is there when this returns.
    pub(crate) async fn open(target: &Target, options: &Options) -> Result<Self, DbError> {
        let counters = Arc::new(Counters::default());
        let start = |link, shared, queue| writer::start(target.clone(), link, shared, queue, counters.clone());
        let (in_turn, queue) = queue();
        let mut writers = Vec::new();
        let usual = match target.backend() {
            Backend::Sqlite => {
                writers.push(start(Some(target.connect_writer().await?), true, queue)?);
                in_turn.clone()
            }
            // Each connects by itself: a connection to a server belongs to the runtime it was made in.
            Backend::Postgres => {
                writers.push(start(None, true, queue)?);
                let (usual, queue) = self::queue();
                for _ in 0..options.pg_connections.max(1) {
                    writers.push(start(None, false, queue.clone())?);
                }
                usual
            }
        };
        Ok(Self {
            entrance: Mutex::new(Some(Entrance { usual, in_turn })),
            writers: Mutex::new(writers),
            counters,
            deed_limit: Duration::from_secs(options.deed_limit_secs),
        })
    }

    /// Lets a deed through, again and again while it meets with contention. `in_turn`: after those that went in turn before it.
    pub(crate) async fn run<T, E, F>(&self, mut deed: F, in_turn: bool) -> Result<T, E>
    where
        F: AsyncFn(&mut Conn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        if writer::is_writer_of(&self.counters) {
            return Err(DbError::Nested.into());
        }
        let mut attempt = 1;
        loop {
            let (reply, answered) = oneshot::channel();
            self.enter(Box::new(Waiting::new(deed, self.deed_limit, reply)), in_turn).await?;
            let Answer { result, again } = answered.await.map_err(|_| DbError::Closed)?;
            match again {
                Some(same) if attempt < ATTEMPTS_MAX => deed = same,
                _ => return result,
            }
            self.counters.retries.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(pause(attempt)).await;
            attempt += 1;
        }
    }

    pub(crate) fn figures(&self) -> Figures {
        Figures {
            deeds: self.counters.deeds.load(Ordering::Relaxed),
            commits: self.counters.commits.load(Ordering::Relaxed),
            retries: self.counters.retries.load(Ordering::Relaxed),
        }
    }

    /// Lets nobody in any more and waits until the queue is done.
    pub(crate) async fn close(&self) {
        drop(self.entrance.lock().unwrap_or_else(PoisonError::into_inner).take());
        let writers: Vec<_> = self.writers.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect();
        let joined = tokio::task::spawn_blocking(move || {
            for writer in writers {
                if writer.join().is_err() {
                    tracing::error!("a database writer had panicked");
                }
            }
        });
        // It cannot be cancelled once it runs, and has nothing to tell.
        let _ = joined.await;
    }

    async fn enter(&self, deed: Box<dyn Deed>, in_turn: bool) -> Result<(), DbError> {
        let entrance = self.entrance.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let entrance = entrance.ok_or(DbError::Closed)?;
        let queue = if in_turn { entrance.in_turn } else { entrance.usual };
        queue.send(deed).await.map_err(|_| DbError::Closed)
    }
}

/// A queue of deeds, with its end for one or more writers.
fn queue() -> (Sender, writer::Queue) {
    let (entrance, queue) = mpsc::channel(QUEUE_LENGTH);
    (entrance, Arc::new(tokio::sync::Mutex::new(queue)))
}

/// A random pause that doubles its range with each attempt, so that rivals part.
fn pause(attempt: u32) -> Duration {
    let range_ms = 10_u64 << attempt.min(5);
    // The standard library's own hasher keys are random enough for this.
    let random = RandomState::new().hash_one(attempt);
    Duration::from_millis(1 + random % range_ms)
}
