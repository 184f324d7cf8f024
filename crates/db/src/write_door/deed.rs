//! One deed on its way through the door, with its caller waiting outside.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::{Conn, DbError};

/// A deed of unknown types, as the writers see it.
pub(super) trait Deed: Send {
    /// Whether somebody still waits for the answer.
    fn is_awaited(&self) -> bool;

    /// Runs the deed and keeps its outcome; answers whether its changes are to stay.
    fn run<'a>(&'a mut self, conn: &'a mut Conn) -> Pin<Box<dyn Future<Output = Verdict> + 'a>>;

    /// Tells the caller the outcome, after the commit.
    fn answer(self: Box<Self>);

    /// Tells the caller that nothing of it was kept.
    fn refuse(self: Box<Self>, error: DbError);
}

/// What is to become of a deed's changes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Verdict {
    Keep,
    Undo,
    /// As `Undo`, but a statement may still be running: the deed was cut off.
    Abandon,
}

/// What the caller hears.
pub(super) struct Answer<T, E, F> {
    pub(super) result: Result<T, E>,
    /// The deed itself, when running it again may help.
    pub(super) again: Option<F>,
}

/// A deed with its caller.
pub(super) struct Waiting<T, E, F> {
    deed: F,
    limit: Duration,
    outcome: Option<(Result<T, E>, bool)>,
    reply: oneshot::Sender<Answer<T, E, F>>,
}

impl<T, E, F> Waiting<T, E, F> {
    pub(super) fn new(deed: F, limit: Duration, reply: oneshot::Sender<Answer<T, E, F>>) -> Self {
        Self { deed, limit, outcome: None, reply }
    }
}

impl<T, E, F> Deed for Waiting<T, E, F>
where
    F: AsyncFn(&mut Conn) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    fn is_awaited(&self) -> bool {
        !self.reply.is_closed()
    }

    fn run<'a>(&'a mut self, conn: &'a mut Conn) -> Pin<Box<dyn Future<Output = Verdict> + 'a>> {
        Box::pin(async move {
            conn.start_deed(self.limit);
            let deed = async {
                let done = (self.deed)(conn).await?;
                conn.send_later_ones().await?;
                Ok(done)
            };
            let ended = guarded(deed, self.limit).await;
            let cut_off = matches!(ended, Err(DbError::TooLong { .. }));
            let (result, again) = match ended {
                Ok(Ok(_)) if conn.has_failed() => (Err(DbError::Aborted.into()), conn.was_contended()),
                Ok(Ok(value)) => (Ok(value), false),
                Ok(Err(error)) => (Err(error), conn.was_contended()),
                Err(error) => (Err(error.into()), false),
            };
            let verdict = match &result {
                Ok(_) => Verdict::Keep,
                Err(_) if cut_off => Verdict::Abandon,
                Err(_) => Verdict::Undo,
            };
            self.outcome = Some((result, again));
            verdict
        })
    }

    fn answer(self: Box<Self>) {
        let Self { deed, outcome, reply, .. } = *self;
        let (result, again) = outcome.unwrap_or_else(|| (Err(DbError::Closed.into()), false));
        // A caller that went away wants no answer.
        let _ = reply.send(Answer { result, again: again.then_some(deed) });
    }

    fn refuse(self: Box<Self>, error: DbError) {
        let Self { deed, reply, .. } = *self;
        let again = error.is_retryable().then_some(deed);
        let _ = reply.send(Answer { result: Err(error.into()), again });
    }
}

/// Runs a future, but neither for longer than `limit` nor through a panic.
async fn guarded<O>(future: impl Future<Output = O>, limit: Duration) -> Result<O, DbError> {
    let mut future = pin!(future);
    let calm = poll_fn(|context| {
        // The deed's own state is not looked at again after a panic, and the connection is rolled back.
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(_) => std::task::Poll::Ready(Err(DbError::Panicked)),
        }
    });
    match tokio::time::timeout(limit, calm).await {
        Ok(ended) => ended,
        Err(_) => Err(DbError::TooLong { limit_secs: limit.as_secs() }),
    }
}
