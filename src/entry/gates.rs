//! What one server process keeps for its gates: when it last looked for changes, the snapshot it made, what many of
//! them ask, what they let know, and how often somebody guessed at pairing codes.

use super::heard::Notes;
use super::kept::Kept;
use super::news::Newsroom;
use super::snapshot::MadeSnapshot;
use crate::kernel::UtcMs;
use crate::kernel::random::RandomSource;
use db::{Conn, Db, DbError, Position, Sequencer};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A process looks for changes at most this often.
const SEQUENCER_PAUSE: Duration = Duration::from_millis(200);
/// So many wrong pairing codes are accepted ..
const WRONG_CODES_MAX: usize = 20;
/// .. in so much time, in milliseconds.
const WRONG_CODES_WINDOW_MS: i64 = 60_000;

/// What one server process keeps for its gates.
#[derive(Debug)]
pub struct Gates {
    rights: Sequencer,
    pub(super) snapshot: tokio::sync::Mutex<Option<Arc<MadeSnapshot>>>,
    wrong_codes: Mutex<VecDeque<UtcMs>>,
    pub(super) newsroom: Newsroom,
    pub(super) kept: Kept,
    pub(super) notes: Notes,
}

impl Default for Gates {
    fn default() -> Self {
        Self {
            rights: Sequencer::new("entry_rights", "code_id", SEQUENCER_PAUSE),
            snapshot: tokio::sync::Mutex::default(),
            wrong_codes: Mutex::default(),
            newsroom: Newsroom::default(),
            kept: Kept::default(),
            notes: Notes::default(),
        }
    }
}

impl Gates {
    /// Numbers what changed, and answers the number of the last change. The first call of an installation begins its history.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn position(&self, db: &Db, random: &Arc<dyn RandomSource>) -> Result<Position, DbError> {
        match self.rights.assign(db).await {
            Err(DbError::NotFound) => {
                let epoch = new_epoch(&**random);
                let rights = Sequencer::new("entry_rights", "code_id", SEQUENCER_PAUSE);
                db.write(async move |tx: &mut Conn| rights.start_clock(tx, &epoch).await).await?;
                self.rights.assign(db).await
            }
            result => result,
        }
    }

    /// Begins a new history, so that every gate takes the snapshot: after a backup was restored.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn begin_new_history(&self, tx: &mut Conn, random: &dyn RandomSource) -> Result<(), DbError> {
        let epoch = new_epoch(random);
        self.rights.start_clock(tx, &epoch).await?;
        self.rights.renew_epoch(tx, &epoch).await
    }

    /// Whether wrong pairing codes came too often lately for another one to be looked at.
    pub(super) fn is_guessing(&self, now: UtcMs) -> bool {
        let mut wrong_codes = self.wrong_codes.lock().unwrap_or_else(PoisonError::into_inner);
        wrong_codes.retain(|at| now.0.saturating_sub(at.0) < WRONG_CODES_WINDOW_MS);
        wrong_codes.len() >= WRONG_CODES_MAX
    }

    /// Notes a wrong pairing code.
    pub(super) fn note_wrong_code(&self, now: UtcMs) {
        self.wrong_codes.lock().unwrap_or_else(PoisonError::into_inner).push_back(now);
    }
}

fn new_epoch(random: &dyn RandomSource) -> String {
    hex::encode(random.bytes::<16>())
}
