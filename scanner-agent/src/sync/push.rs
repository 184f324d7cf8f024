//! Handing scans to the server, batch after batch, until it has answered for each.

use std::sync::Arc;

use gate_protocol::{SCANS_PER_BATCH_MAX, ScanAnswers, ScanBatch, ScanEvent, ScanOutcome};
use uuid::Uuid;

use super::SyncError;
use super::client::{Client, Sealed};
use crate::clock::Clock;
use crate::store::Journal;

/// The uploading side of the journal.
pub(crate) struct Pusher {
    pub(crate) journal: Journal,
    client: Arc<Client>,
}

/// What the server answered, scan by scan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pushed {
    /// Scans that it stored now.
    pub stored: usize,
    /// Scans that it had before: an earlier answer was lost.
    pub duplicate: usize,
    /// Scans that it keeps aside for a person to look at.
    pub quarantined: usize,
}

impl Pusher {
    pub(crate) fn new(journal: Journal, client: Arc<Client>) -> Self {
        Self { journal, client }
    }

    /// Sends everything that was not answered for yet.
    pub(crate) fn push(&mut self, clock: &dyn Clock, now_ms: &dyn Fn() -> i64) -> Result<Pushed, SyncError> {
        let mut pushed = Pushed::default();
        loop {
            let events = self.journal.unsent(SCANS_PER_BATCH_MAX)?;
            if events.is_empty() {
                return Ok(pushed);
            }
            let batch =
                ScanBatch { boot_id: clock.boot_id().to_owned(), sent_monotonic_ms: clock.monotonic_ms(), events };
            let body = serde_json::to_vec(&batch).map_err(|error| SyncError::Local(error.into()))?;
            let Sealed { document, nonce, .. } = self.client.post::<ScanAnswers>("/scans", &body, now_ms())?;
            if document.nonce != nonce {
                return Err(SyncError::Distrusted("the answer to other scans".into()));
            }
            let outcomes = outcomes(&batch.events, &document)?;
            self.journal.settle(&outcomes)?;
            for (id, outcome) in outcomes {
                match outcome {
                    ScanOutcome::Stored => pushed.stored += 1,
                    ScanOutcome::Duplicate => pushed.duplicate += 1,
                    ScanOutcome::Quarantined => {
                        tracing::warn!(%id, "the server keeps a scan aside");
                        pushed.quarantined += 1;
                    }
                }
            }
        }
    }
}

/// Each event with its answer. An answer for another event, or one too few, is no answer at all.
fn outcomes(events: &[ScanEvent], answers: &ScanAnswers) -> Result<Vec<(Uuid, ScanOutcome)>, SyncError> {
    let fits = events.len() == answers.answers.len()
        && events.iter().zip(&answers.answers).all(|(event, answer)| answer.id.is_none_or(|id| id == event.id));
    if !fits {
        return Err(SyncError::Distrusted("the answers do not belong to the scans".into()));
    }
    Ok(events.iter().zip(&answers.answers).map(|(event, answer)| (event.id, answer.outcome)).collect())
}
