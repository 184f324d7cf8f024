//! A writer: a thread with a runtime and one connection, taking deeds from the queue.

use std::cell::Cell;
use std::ptr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use sqlx::Connection;
use tokio::sync::{Mutex, mpsc};

use super::Counters;
use super::batch::Batch;
use super::deed::Deed;
use crate::conn::Link;
use crate::open::Target;
use crate::{Conn, DbError};

/// Deeds in one commit.
const BATCH_DEEDS_MAX: usize = 64;
/// A batch takes no further deed once it is this old, so that the first does not wait too long.
const BATCH_AGE_MAX: Duration = Duration::from_millis(10);

pub(super) type Queue = Arc<Mutex<mpsc::Receiver<Box<dyn Deed>>>>;

thread_local! {
    /// The door whose writer this thread is, by the address of its counters.
    static DOOR: Cell<*const Counters> = const { Cell::new(ptr::null()) };
}

/// Whether the current thread is a writer of the door with these counters: a deed is calling.
pub(super) fn is_writer_of(counters: &Arc<Counters>) -> bool {
    ptr::eq(DOOR.get(), Arc::as_ptr(counters))
}

/// Starts a writer. Without a link it connects when its first deed comes. `shared`: deeds that wait share a commit.
pub(super) fn start(
    target: Target,
    link: Option<Link>,
    shared: bool,
    queue: Queue,
    counters: Arc<Counters>,
) -> Result<JoinHandle<()>, DbError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let thread = std::thread::Builder::new().name("db-writer".to_owned()).spawn(move || {
        DOOR.set(Arc::as_ptr(&counters));
        runtime.block_on(async move {
            let mut writer = Writer { target, conn: link.map(Conn::new), shared, queue, counters };
            writer.serve().await;
            writer.leave().await;
        });
    })?;
    Ok(thread)
}

struct Writer {
    target: Target,
    conn: Option<Conn>,
    shared: bool,
    queue: Queue,
    counters: Arc<Counters>,
}

impl Writer {
    /// Works until the door is closed and the queue is empty.
    async fn serve(&mut self) {
        while let Some(deed) = self.next().await {
            if !deed.is_awaited() {
                continue;
            }
            if let Err((deed, error)) = self.carry(deed).await {
                tracing::warn!(%error, "the database writer cannot begin a transaction");
                deed.refuse(error);
            }
        }
    }

    /// Runs the deed and those that wait behind it in one transaction.
    async fn carry(&mut self, first: Box<dyn Deed>) -> Result<(), (Box<dyn Deed>, DbError)> {
        let mut conn = match self.begin().await {
            Ok(conn) => conn,
            Err(error) => return Err((first, error)),
        };
        let mut batch = Batch::new(&mut conn, self.shared);
        let began = Instant::now();
        let mut next = Some(first);
        while let Some(deed) = next.take() {
            let takes_more = batch.run(deed).await;
            if takes_more && batch.len() < BATCH_DEEDS_MAX && began.elapsed() < BATCH_AGE_MAX {
                next = waiting(&self.queue);
            }
        }
        let counters = &self.counters;
        let ended = batch.end(|deeds| counters.count_commit(deeds)).await;
        if ended.usable {
            self.conn = Some(conn);
        }
        Ok(())
    }

    /// A connection with an open transaction; a new connection if the old one turns out to be dead.
    async fn begin(&mut self) -> Result<Conn, DbError> {
        if let Some(mut conn) = self.conn.take() {
            match Batch::begin(&mut conn, self.shared).await {
                Ok(()) => return Ok(conn),
                Err(error) if error.is_broken_link() => {}
                Err(error) => {
                    self.conn = Some(conn);
                    return Err(error);
                }
            }
        }
        let mut conn = Conn::new(self.target.connect_writer().await?);
        Batch::begin(&mut conn, self.shared).await?;
        Ok(conn)
    }

    async fn next(&self) -> Option<Box<dyn Deed>> {
        self.queue.lock().await.recv().await
    }

    async fn leave(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        let closed = match conn.into_link() {
            Link::LiteWrite(conn) => conn.close(),
            Link::PgWrite(conn) => conn.close().await,
            _ => Ok(()),
        };
        if let Err(error) = closed {
            tracing::warn!(%error, "the database writer could not close its connection");
        }
    }
}

/// A deed that waits in the queue right now and is still wanted.
fn waiting(queue: &Queue) -> Option<Box<dyn Deed>> {
    let mut queue = queue.try_lock().ok()?;
    std::iter::from_fn(|| queue.try_recv().ok()).find(|deed| deed.is_awaited())
}
