//! What was done under a key is not done again.
//!
//! A deed and its answer are committed together. Whoever comes with the key again gets that answer: it is looked for before the deed, beside
//! the writers, and once more when the deed is refused, since a refusal may only mean that the same request was quicker on another way.

use super::store::{self, StoredAnswer};
use crate::kernel::{Act, UtcMs};
use db::{Conn, Db, DbError};
use std::sync::Arc;

/// The key of a request.
#[derive(Debug)]
pub(super) struct Key {
    actor: String,
    text: String,
    now: UtcMs,
}

/// How a request with a key ended.
pub(super) enum Ended<T> {
    /// It was carried out.
    Done(T),
    /// It had been carried out before.
    Before(StoredAnswer),
}

impl Key {
    /// A key that whoever acts has named.
    pub(super) fn new(act: &Act, text: String) -> Arc<Self> {
        Arc::new(Self { actor: act.actor.to_string(), text, now: act.now })
    }

    /// Carries the deed out and stores what it says is to be answered to repetitions; or answers what was stored before.
    ///
    /// # Errors
    /// The deed's refusal. Nothing is stored then.
    pub(super) async fn once<T, E, F>(self: Arc<Self>, db: &Db, deed: F) -> Result<Ended<T>, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: AsyncFn(&mut Conn) -> Result<(T, StoredAnswer), E> + Send + Sync + 'static,
    {
        if let Some(stored) = self.stored(db).await? {
            return Ok(Ended::Before(stored));
        }
        let this = self.clone();
        let ended = db.write(async move |tx: &mut Conn| {
            let (done, answer) = deed(tx).await?;
            store::store_answer(tx, &this.actor, &this.text, &answer, this.now)?;
            Ok::<_, E>(done)
        });
        match ended.await {
            Ok(done) => Ok(Ended::Done(done)),
            Err(refusal) => self.stored(db).await?.map(Ended::Before).ok_or(refusal),
        }
    }

    async fn stored(&self, db: &Db) -> Result<Option<StoredAnswer>, DbError> {
        store::find_answer(&mut db.read_briefly().await?, &self.actor, &self.text).await
    }
}
