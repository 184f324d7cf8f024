//! Tells a gate what changed since it last asked.

use super::device::Device;
use super::settings;
use super::store::{devices, foreign, rights};
use crate::app::App;
use db::{Conn, DbError};
use gate_protocol::{CHANGES_LIMIT_MAX, Changes};
use sha2::{Digest, Sha256};

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
    app: &App,
    device: &Device,
    nonce: &str,
    cursor: Cursor,
    limit: u32,
) -> Result<Changes, ChangesError> {
    let position = app.gates.position(&app.db, &app.random).await?;
    if cursor.epoch != position.epoch || !(0..=position.seq).contains(&cursor.after) {
        return Err(ChangesError::OtherHistory);
    }
    note_what_it_knows(app, device, &cursor).await?;
    let documents_tag = app.gates.newsroom.documents_tag(app).await?;
    let limit = limit.clamp(1, CHANGES_LIMIT_MAX);
    let mut conn = app.db.read().await?;
    let rows = rights::changed(&mut conn, cursor.after, position.seq, limit).await?;
    let more = u32::try_from(rows.len()).is_ok_and(|count| count == limit);
    let upto = if more { rows.last().map_or(position.seq, |row| row.seq) } else { position.seq };
    let scopes = settings::gate_scopes(&mut conn, device).await?;
    Ok(Changes {
        nonce: nonce.to_owned(),
        epoch: position.epoch,
        after: cursor.after,
        upto,
        more,
        rows,
        server_time_ms: app.clock.now().0,
        keys_tag: tag(&app.keys.key_list())?,
        scopes_tag: tag(&scopes)?,
        foreign_tag: foreign::tag(&mut conn).await?,
        documents_tag: documents_tag.to_string(),
    })
}

/// Keeps how far the gate has come, so that staff see which gate does not know which block yet.
pub(super) async fn note_what_it_knows(app: &App, device: &Device, cursor: &Cursor) -> Result<(), DbError> {
    let is_known = device.known_epoch.as_deref() == Some(&cursor.epoch) && device.known_seq == Some(cursor.after);
    if is_known {
        return Ok(());
    }
    let (id, cursor) = (device.id, cursor.clone());
    app.db.write(async move |tx: &mut Conn| devices::set_known(tx, id, &cursor.epoch, cursor.after).await).await
}

/// A text that changes whenever the document does.
fn tag(document: &impl serde::Serialize) -> serde_json::Result<String> {
    Ok(hex::encode(&Sha256::digest(serde_json::to_vec(document)?)[..16]))
}
