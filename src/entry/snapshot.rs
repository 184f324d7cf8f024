//! Makes the snapshot of all entry rights: once per change, and not for every gate that asks.

use super::store::rights;
use crate::app::App;
use crate::kernel::Act;
use card::CardId;
use db::{DbError, Position};
use gate_protocol::snapshot::{Header, SnapshotError, Writer};
use std::sync::Arc;

/// Rows that are read at a time.
const CHUNK_ROWS: u32 = 10_000;

/// A finished snapshot file.
#[derive(Debug)]
pub struct MadeSnapshot {
    position: Position,
    /// The bytes of the file.
    pub file: Vec<u8>,
}

/// Why no snapshot was made.
#[derive(Debug, thiserror::Error)]
pub enum MakeSnapshotError {
    /// The rows cannot be written.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl MadeSnapshot {
    /// Changes whenever the file does.
    pub fn tag(&self) -> String {
        format!("\"{}-{}\"", self.position.epoch, self.position.seq)
    }
}

/// The snapshot as of now. While one is being made, others wait for it.
///
/// # Errors
/// When the database refuses.
pub async fn snapshot(app: &App, act: &Act) -> Result<Arc<MadeSnapshot>, MakeSnapshotError> {
    let mut kept = app.gates.snapshot.lock().await;
    let position = app.gates.position(&app.db, &app.random).await?;
    if let Some(made) = kept.as_ref().filter(|made| made.position == position) {
        return Ok(made.clone());
    }
    let made = Arc::new(make(app, act, position).await?);
    *kept = Some(made.clone());
    Ok(made)
}

/// Reads all rows, also those that changed since the position: they come once more as changes.
async fn make(app: &App, act: &Act, position: Position) -> Result<MadeSnapshot, MakeSnapshotError> {
    let mut conn = app.db.snapshot().await?;
    let mut writer = Writer::new()?;
    let mut after: Option<CardId> = None;
    loop {
        let rows = rights::chunk(&mut conn, after, CHUNK_ROWS).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.right.card_id);
        rows.iter().try_for_each(|row| writer.push(row))?;
    }
    let header = Header { epoch: position.epoch.clone(), sequence: position.seq, made_ms: act.now.0 };
    let file = writer.finish(&header, app.keys.root())?;
    Ok(MadeSnapshot { position, file })
}
