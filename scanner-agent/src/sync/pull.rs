//! Taking over what the server knows: changes, the snapshot when there is no other way, keys and scopes
//! whenever their tags change.

use std::sync::Arc;

use card::{KeyList, KeyRing};
use gate_protocol::{
    CHANGES_LIMIT_MAX, Changes, Document, FOREIGN_CODES_MAX, ForeignCodes, GateScopes, STAFF_MAX, open, snapshot,
};

use super::SyncError;
use super::client::{Client, Sealed};
use super::snapshot_part::SnapshotPart;
use crate::beliefs::Beliefs;
use crate::store::{CardStore, Cursor, OTHER_HISTORY_TAG, Stored};

/// Without changes, the time of the last sync is written to disk this often, in milliseconds: writing it
/// every few seconds would wear out memory cards.
const SYNCED_WRITE_MS: i64 = 60_000;

/// A snapshot, then the changes behind it; the server may begin another history in between, once.
const SNAPSHOTS_MAX: usize = 2;
/// The clocks of several servers may differ by so much, in milliseconds.
const CLOCKS_DIFFER_MS: i64 = 10 * 60_000;

/// The writing side of the card store.
pub(crate) struct Puller {
    pub(crate) cards: CardStore,
    client: Arc<Client>,
    part: SnapshotPart,
}

/// What a pull brought.
#[derive(Clone, Debug)]
pub(crate) struct Pulled {
    pub(crate) cursor: Cursor,
    /// Changed rows that were taken over.
    pub(crate) rows: usize,
    /// Keys, scopes or foreign codes changed.
    pub(crate) documents: bool,
    /// Tells the server which documents are known.
    pub(crate) documents_tag: String,
}

impl Puller {
    pub(crate) fn new(cards: CardStore, client: Arc<Client>, part: SnapshotPart) -> Self {
        Self { cards, client, part }
    }

    /// Takes over everything new. `now_ms` signs the requests; `heard` is told the server's time whenever
    /// it comes under its seal.
    pub(crate) fn pull(&mut self, now_ms: &dyn Fn() -> i64, heard: &mut dyn FnMut(i64)) -> Result<Pulled, SyncError> {
        let mut pulled_rows = 0;
        let mut documents = false;
        let mut snapshots = 0;
        loop {
            let cursor = self.cards.cursor()?;
            let changes = match &cursor {
                Some(cursor) => self.changes(cursor, now_ms())?,
                None => None,
            };
            let (Some(cursor), Some(changes)) = (&cursor, changes) else {
                snapshots += 1;
                if snapshots > SNAPSHOTS_MAX {
                    return Err(SyncError::Distrusted("the server refuses to go on from its own snapshot".into()));
                }
                self.take_snapshot(cursor.as_ref(), now_ms())?;
                continue;
            };
            heard(changes.server_time_ms);
            documents |= self.take_document::<KeyList>("/keys", &changes.keys_tag, now_ms())?;
            documents |= self.take_document::<GateScopes>("/scopes", &changes.scopes_tag, now_ms())?;
            documents |= self.take_foreign(&changes.foreign_tag, now_ms())?;
            pulled_rows += changes.rows.len();
            let next = self.take_changes(cursor, &changes)?;
            if !changes.more {
                let documents_tag = changes.documents_tag;
                return Ok(Pulled { cursor: next, rows: pulled_rows, documents, documents_tag });
            }
        }
    }

    /// The changes behind the cursor; `None` when the server's history does not know it.
    fn changes(&self, cursor: &Cursor, now_ms: i64) -> Result<Option<Changes>, SyncError> {
        let path = format!("/changes?epoch={}&after={}&limit={CHANGES_LIMIT_MAX}", cursor.epoch, cursor.seq);
        let Sealed { document, nonce, .. } = match self.client.get::<Changes>(&path, now_ms) {
            Err(SyncError::Refused { status: 410, .. }) => return Ok(None),
            result => result?,
        };
        if document.fits(&nonce, &cursor.epoch, cursor.seq) {
            Ok(Some(document))
        } else {
            Err(SyncError::Distrusted("the changes do not belong to the question".into()))
        }
    }

    fn take_changes(&mut self, cursor: &Cursor, changes: &Changes) -> Result<Cursor, SyncError> {
        let synced_ms = changes.server_time_ms;
        let next = Cursor { epoch: cursor.epoch.clone(), seq: changes.upto, synced_ms };
        let moved = next.seq != cursor.seq || !changes.rows.is_empty();
        if moved || synced_ms.saturating_sub(cursor.synced_ms).saturating_abs() >= SYNCED_WRITE_MS {
            self.cards.apply(&changes.rows, &next)?;
        }
        Ok(next)
    }

    /// Takes over a snapshot. What is known stays until the new one is complete and believed: that the server's history is another
    /// one is said without a seal, and must not make a gate forget its blocks. For the same reason a snapshot from before
    /// the last sync is not believed.
    fn take_snapshot(&mut self, before: Option<&Cursor>, now_ms: i64) -> Result<(), SyncError> {
        if before.is_some() {
            tracing::info!("the server's history is another one: taking the snapshot");
        }
        let known_ms = before.map_or(i64::MIN, |cursor| cursor.synced_ms.saturating_sub(CLOCKS_DIFFER_MS));
        let source = self.part.complete(&self.client, now_ms)?;
        let root = self.client.root().clone();
        let replaced = self.cards.replace(|put| {
            let header = snapshot::read(source, &root, |row| put(&row).map_err(SyncError::from))?;
            if header.made_ms < known_ms {
                return Err(SyncError::Distrusted("an older snapshot".into()));
            }
            Ok(Cursor { epoch: header.epoch, seq: header.sequence, synced_ms: header.made_ms })
        });
        self.part.discard();
        replaced
    }

    /// Without a tag there are no such codes, and those at hand count no more.
    fn take_foreign(&self, tag: &str, now_ms: i64) -> Result<bool, SyncError> {
        if !tag.is_empty() {
            return self.take_document::<ForeignCodes>("/foreign", tag, now_ms);
        }
        Ok(self.cards.forget_document(ForeignCodes::KIND)?)
    }

    /// Fetches a document unless the one at hand carries the tag. Answers whether it changed.
    fn take_document<D: Document + Believable>(&self, path: &str, tag: &str, now_ms: i64) -> Result<bool, SyncError> {
        let stored = self.cards.document(D::KIND)?;
        if stored.as_ref().is_some_and(|stored| stored.tag == tag) {
            return Ok(false);
        }
        let Sealed { document, body, seal, .. } = self.client.get::<D>(path, now_ms)?;
        let before = stored.filter(|stored| stored.tag != OTHER_HISTORY_TAG);
        let before = before.and_then(|stored| open::<D>(&stored.body, &stored.seal, self.client.root()).ok());
        document.check(before.as_ref()).map_err(SyncError::Distrusted)?;
        self.cards.set_document(D::KIND, &Stored { tag: tag.to_owned(), body, seal })?;
        Ok(true)
    }
}

/// What the documents at hand say on top of what was told at the pairing. A document whose seal does not
/// hold counts as absent: the next sync fetches it.
pub(crate) fn beliefs(cards: &CardStore, client: &Client, mut beliefs: Beliefs) -> Result<Beliefs, SyncError> {
    if let Some(scopes) = stored::<GateScopes>(cards, client)? {
        beliefs.set_scopes(&scopes);
    }
    beliefs.set_foreign(&stored::<ForeignCodes>(cards, client)?.unwrap_or_default());
    if let Some(keys) = stored::<KeyList>(cards, client)? {
        beliefs.ring = KeyRing::new(&keys).map_err(|error| SyncError::Distrusted(error.to_string()))?;
    }
    Ok(beliefs)
}

fn stored<D: Document>(cards: &CardStore, client: &Client) -> Result<Option<D>, SyncError> {
    let Some(stored) = cards.document(D::KIND)? else { return Ok(None) };
    match open(&stored.body, &stored.seal, client.root()) {
        Ok(document) => Ok(Some(document)),
        Err(error) => {
            tracing::error!(%error, "a stored document is not used");
            Ok(None)
        }
    }
}

/// What a document must be beyond being sealed.
trait Believable: Sized {
    /// A sentence when it must not take the place of the one before.
    fn check(&self, before: Option<&Self>) -> Result<(), String>;
}

impl Believable for KeyList {
    fn check(&self, before: Option<&Self>) -> Result<(), String> {
        if before.is_some_and(|before| before.serial > self.serial) {
            return Err("an older key list".into());
        }
        KeyRing::new(self).map(drop).map_err(|error| error.to_string())
    }
}

impl Believable for GateScopes {
    fn check(&self, _: Option<&Self>) -> Result<(), String> {
        bounded("persons who admit by hand", self.gate.staff.len(), STAFF_MAX)
    }
}

impl Believable for ForeignCodes {
    fn check(&self, _: Option<&Self>) -> Result<(), String> {
        bounded("codes of an older system", self.codes.len(), FOREIGN_CODES_MAX)
    }
}

fn bounded(what: &str, count: usize, most: usize) -> Result<(), String> {
    if count > most { Err(format!("{count} {what}: more than {most}")) } else { Ok(()) }
}
