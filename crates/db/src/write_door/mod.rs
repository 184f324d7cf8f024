//! The write door: deeds queue up, writers take them, many share one commit.
//!
//! A *deed* is the closure given to [`Db::write`](crate::Db::write). It runs on a writer, which is a
//! thread with one connection. SQLite has one writer, PostgreSQL several. A writer begins a
//! transaction, runs the deeds that are waiting, each inside a savepoint, commits once, and only then
//! answers all their callers. It never waits for company: a lone deed is committed at once, and
//! deeds that arrive during a commit make up the next batch by themselves.
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
    entrance: Mutex<Option<mpsc::Sender<Box<dyn Deed>>>>,
    writers: Mutex<Vec<JoinHandle<()>>>,
    counters: Arc<Counters>,
    deed_limit: Duration,
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
        let (entrance, queue) = mpsc::channel(QUEUE_LENGTH);
        let queue = Arc::new(tokio::sync::Mutex::new(queue));
        let counters = Arc::new(Counters::default());
        let mut links = Vec::new();
        match target.backend() {
            Backend::Sqlite => links.push(Some(target.connect_writer().await?)),
            // Each connects by itself: a connection to a server belongs to the runtime it was made in.
            Backend::Postgres => links.resize_with(options.pg_connections.max(1) as usize, || None),
        }
        let writers = links
            .into_iter()
            .map(|link| writer::start(target.clone(), link, queue.clone(), counters.clone()))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            entrance: Mutex::new(Some(entrance)),
            writers: Mutex::new(writers),
            counters,
            deed_limit: Duration::from_secs(options.deed_limit_secs),
        })
    }

    /// Lets a deed through, again and again while it meets with contention.
    pub(crate) async fn run<T, E, F>(&self, mut deed: F) -> Result<T, E>
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
            self.enter(Box::new(Waiting::new(deed, self.deed_limit, reply))).await?;
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

    async fn enter(&self, deed: Box<dyn Deed>) -> Result<(), DbError> {
        let entrance = self.entrance.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let entrance = entrance.ok_or(DbError::Closed)?;
        entrance.send(deed).await.map_err(|_| DbError::Closed)
    }
}

/// A random pause that doubles its range with each attempt, so that rivals part.
fn pause(attempt: u32) -> Duration {
    let range_ms = 10_u64 << attempt.min(5);
    // The standard library's own hasher keys are random enough for this.
    let random = RandomState::new().hash_one(attempt);
    Duration::from_millis(1 + random % range_ms)
}
