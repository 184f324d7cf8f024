//! Tells a gate what changed since it last asked.

use super::device::Device;
use super::heard;
use super::kept::tag;
use crate::app::SharedApp;
use db::DbError;
use gate_protocol::{CHANGES_LIMIT_MAX, Changes};

/// Where a gate stands in the history of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The history.
    pub epoch: String,
    /// The number of the last change it knows.
    pub after: i64,
}

/// Why a gate was told nothing.
#[derive(Debug, thiserror::Error)]
pub enum ChangesError {
    /// The cursor belongs to another history: the gate must take the snapshot.
    #[error("the cursor belongs to another history")]
    OtherHistory,
    /// A document cannot be written as JSON.
    #[error(transparent)]
    Unwritable(#[from] serde_json::Error),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The changes behind the cursor, at most `limit` of them, and the tags of what the gate should know beside them.
///
/// # Errors
/// [`ChangesError::OtherHistory`] when the cursor is not one of this history.
pub async fn changes(
    app: &SharedApp,
    device: &Device,
    nonce: &str,
    cursor: Cursor,
    limit: u32,
) -> Result<Changes, ChangesError> {
    let position = app.gates.position(&app.db, &app.random).await?;
    if cursor.epoch != position.epoch || !(0..=position.seq).contains(&cursor.after) {
        return Err(ChangesError::OtherHistory);
    }
    heard::note(app, device.id, Some(&cursor));
    let documents_tag = app.gates.newsroom.documents_tag(app).await?;
    let limit = limit.clamp(1, CHANGES_LIMIT_MAX);
    let rows = app.gates.kept.rows(&app.db, cursor.after, &position, limit).await?;
    let more = u32::try_from(rows.len()).is_ok_and(|count| count == limit);
    let upto = if more { rows.last().map_or(position.seq, |row| row.seq) } else { position.seq };
    let tags = app.gates.kept.tags(&app.db, device, &documents_tag).await?;
    Ok(Changes {
        nonce: nonce.to_owned(),
        epoch: position.epoch,
        after: cursor.after,
        upto,
        more,
        rows: rows.to_vec(),
        server_time_ms: app.clock.now().0,
        keys_tag: tag(&app.keys.key_list())?,
        scopes_tag: tags.scopes,
        foreign_tag: tags.foreign,
        documents_tag: documents_tag.to_string(),
    })
}
