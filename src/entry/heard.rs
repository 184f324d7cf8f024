//! What gates let the server know by calling: that they are there, and how far they have come.
//!
//! Thousands of gates call often, after each change all of them. What they say of themselves is noted in memory, and a moment later written
//! down for all of them at once. What a crash takes with it is said again with the next call.

use super::changes::Cursor;
use super::store::devices;
use crate::app::{App, SharedApp};
use crate::kernel::UtcMs;
use crate::kernel::ids::DeviceId;
use db::{Conn, DbError};
use gate_protocol::request::NONCE_KEPT_MS;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long a note waits for others.
const PAUSE: Duration = Duration::from_secs(1);

/// The last that was heard of a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heard {
    /// When.
    pub at: UtcMs,
    /// How far it has come, where it said so.
    pub known: Option<Cursor>,
}

/// What was heard and is not written down yet.
#[derive(Debug, Default)]
pub(super) struct Notes(Mutex<HashMap<DeviceId, Heard>>);

impl Notes {
    /// Answers whether this is the first note since they were taken.
    fn add(&self, device: DeviceId, at: UtcMs, known: Option<&Cursor>) -> bool {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = notes.is_empty();
        let heard = notes.entry(device).or_insert(Heard { at, known: None });
        heard.at = at;
        if let Some(known) = known {
            heard.known = Some(known.clone());
        }
        is_first
    }

    fn take(&self) -> HashMap<DeviceId, Heard> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Notes that a gate called just now, and how far it has come where it said so.
pub(super) fn note(app: &SharedApp, device: DeviceId, known: Option<&Cursor>) {
    if !app.gates.notes.add(device, app.clock.now(), known) {
        return;
    }
    let app = Arc::downgrade(app);
    tokio::spawn(async move {
        tokio::time::sleep(PAUSE).await;
        let Some(app) = app.upgrade() else { return };
        if let Err(error) = write_down(&app).await {
            tracing::warn!(%error, "what gates let know is not written down");
        }
    });
}

/// Writes down what was heard by now, for whoever wants to read it; and forgets nonces that are too old to be used again.
///
/// # Errors
/// When the database refuses.
pub(super) async fn write_down(app: &App) -> Result<(), DbError> {
    let heard = app.gates.notes.take();
    if heard.is_empty() {
        return Ok(());
    }
    let forgotten_before = app.clock.now().plus_millis(-NONCE_KEPT_MS);
    app.db
        .write(async move |tx: &mut Conn| {
            devices::set_heard(tx, &heard).await?;
            devices::forget_nonces(tx, forgotten_before).await
        })
        .await
}
