//! What many gates ask in the same moment: read once, kept while it is true, and told to all of them.

use super::changes::ChangesError;
use super::device::Device;
use super::settings;
use super::store::{foreign, rights};
use crate::kernel::ids::DeviceId;
use db::{Db, DbError, Position};
use gate_protocol::EntryRow;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Longer answers are for gates that were away for long; nobody else asks for the same.
const ROWS_KEPT_MAX: usize = 1_000;
/// So many answers are kept at a time.
const ANSWERS_KEPT_MAX: usize = 32;

/// The tags of documents beside the changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tags {
    /// Of the gate's settings and scopes.
    pub scopes: String,
    /// Of the codes of an older system.
    pub foreign: String,
}

/// What is kept for all gates.
#[derive(Debug, Default)]
pub(super) struct Kept {
    tags: Mutex<KeptTags>,
    rows: Mutex<KeptRows>,
}

/// Good as long as no document of any gate changed.
#[derive(Debug, Default)]
struct KeptTags {
    documents_tag: String,
    /// What a gate is told of itself, and the tags then.
    of_gates: HashMap<DeviceId, (String, Tags)>,
}

/// Good as long as nothing new was numbered.
#[derive(Debug, Default)]
struct KeptRows {
    upto: Option<Position>,
    behind: HashMap<(i64, u32), Arc<[EntryRow]>>,
}

impl Kept {
    /// The tags of what this gate should know while `documents_tag` stands for all documents.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn tags(&self, db: &Db, device: &Device, documents_tag: &str) -> Result<Tags, ChangesError> {
        let Device { name, house, exhibition, direction, rules, .. } = device;
        let itself = format!("{:?}", (name, house, exhibition, direction, rules));
        if let Some((of, tags)) = self.tags_of(documents_tag).of_gates.get(&device.id)
            && *of == itself
        {
            return Ok(tags.clone());
        }
        let mut conn = db.read().await?;
        let scopes = tag(&settings::gate_scopes(&mut conn, device).await?)?;
        let tags = Tags { scopes, foreign: foreign::tag(&mut conn).await? };
        self.tags_of(documents_tag).of_gates.insert(device.id, (itself, tags.clone()));
        Ok(tags)
    }

    /// The rows of the changes behind `after` up to and with a position, at most `limit`. A card that changed since may be among them
    /// as it was: it comes once more behind the position.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn rows(
        &self,
        db: &Db,
        after: i64,
        upto: &Position,
        limit: u32,
    ) -> Result<Arc<[EntryRow]>, DbError> {
        if after == upto.seq {
            return Ok(Arc::default());
        }
        if let Some(rows) = self.rows_upto(upto).behind.get(&(after, limit)) {
            return Ok(rows.clone());
        }
        let mut conn = db.read().await?;
        let rows: Arc<[EntryRow]> = rights::changed(&mut conn, after, upto.seq, limit).await?.into();
        drop(conn);
        let mut kept = self.rows_upto(upto);
        if rows.len() <= ROWS_KEPT_MAX && kept.behind.len() < ANSWERS_KEPT_MAX {
            kept.behind.insert((after, limit), rows.clone());
        }
        Ok(rows)
    }

    fn tags_of(&self, documents_tag: &str) -> MutexGuard<'_, KeptTags> {
        let mut kept = self.tags.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.documents_tag != documents_tag {
            *kept = KeptTags { documents_tag: documents_tag.to_owned(), of_gates: HashMap::new() };
        }
        kept
    }

    fn rows_upto(&self, upto: &Position) -> MutexGuard<'_, KeptRows> {
        let mut kept = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.upto.as_ref() != Some(upto) {
            *kept = KeptRows { upto: Some(upto.clone()), behind: HashMap::new() };
        }
        kept
    }
}

/// A text that changes whenever the document does.
///
/// # Errors
/// When it cannot be written as JSON.
pub(super) fn tag(document: &impl serde::Serialize) -> serde_json::Result<String> {
    Ok(hex::encode(&Sha256::digest(serde_json::to_vec(document)?)[..16]))
}
