//! `cards.db`: the rights of all cards, the cursor into the server's changes, and the sealed documents.

use std::path::Path;

use card::{CardDay, CardId, EntryRight, Flags, ScopeId, ShortHash};
use gate_protocol::EntryRow;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, TransactionBehavior, params};

use super::open;
use crate::trusted_time::Anchor;

const MIGRATIONS: &[&str] = &["
    CREATE TABLE rights (
        card_id INTEGER PRIMARY KEY,
        short_hash BLOB,
        scope INTEGER NOT NULL,
        not_before INTEGER NOT NULL,
        not_after INTEGER NOT NULL,
        issue INTEGER NOT NULL,
        flags INTEGER NOT NULL,
        status TEXT NOT NULL,
        reentry_secs INTEGER NOT NULL,
        reentry_policy TEXT NOT NULL,
        period_months INTEGER,
        first_entry INTEGER
    ) STRICT;
    CREATE INDEX rights_short ON rights (short_hash) WHERE short_hash IS NOT NULL;
    CREATE TABLE cursor (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        epoch TEXT NOT NULL,
        seq INTEGER NOT NULL,
        synced_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE anchor (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        server_ms INTEGER NOT NULL,
        monotonic_ms INTEGER NOT NULL,
        boot_id TEXT NOT NULL
    ) STRICT;
    CREATE TABLE documents (
        kind TEXT PRIMARY KEY,
        tag TEXT NOT NULL,
        body BLOB NOT NULL,
        seal TEXT NOT NULL
    ) STRICT;
"];

const RIGHT_COLUMNS: &str = "card_id, scope, not_before, not_after, issue, flags, status, reentry_secs, \
    reentry_policy, period_months, first_entry";

/// The tag of a document that was announced in another history of the server: it counts until a new one was fetched, which may
/// carry a lower serial, as after a restored backup.
pub const OTHER_HISTORY_TAG: &str = "other history";

/// One connection to `cards.db`.
#[derive(Debug)]
pub struct CardStore(Connection);

/// How far the local data has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The history that `seq` belongs to.
    pub epoch: String,
    /// The number of the last change that was taken over.
    pub seq: i64,
    /// When the data was last in step with the server, in milliseconds of its time.
    pub synced_ms: i64,
}

/// A sealed document as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The tag under which the server announced it.
    pub tag: String,
    /// The exact bytes.
    pub body: Vec<u8>,
    /// The seal over them.
    pub seal: String,
}

impl CardStore {
    /// Opens the file; a damaged one is set aside, since it can be fetched again.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        open::open(path, MIGRATIONS).map(Self)
    }

    /// The right of a card.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn find(&self, card_id: CardId) -> rusqlite::Result<Option<EntryRight>> {
        let sql = select(RIGHT_COLUMNS, "card_id = ?1");
        self.0.prepare_cached(&sql)?.query_row([card_id.to_stored()], right_of).optional()
    }

    /// The right of the card with this short code.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn find_short(&self, hash: ShortHash) -> rusqlite::Result<Option<EntryRight>> {
        let sql = select(RIGHT_COLUMNS, "short_hash = ?1");
        self.0.prepare_cached(&sql)?.query_row([hash.as_bytes()], right_of).optional()
    }

    /// How many cards are known.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count(&self) -> rusqlite::Result<i64> {
        self.0.query_row("SELECT count(*) FROM rights", [], |row| row.get(0))
    }

    /// How far the data has come; `None` before the first snapshot.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn cursor(&self) -> rusqlite::Result<Option<Cursor>> {
        self.0
            .query_row("SELECT epoch, seq, synced_ms FROM cursor", [], |row| {
                Ok(Cursor { epoch: row.get(0)?, seq: row.get(1)?, synced_ms: row.get(2)? })
            })
            .optional()
    }

    /// Replaces all rights by those that `fill` hands over. Scans see the old ones until `fill` has
    /// answered the cursor; an error leaves them as they are. Documents of another history are marked.
    ///
    /// # Errors
    /// What `fill` answers, or when the database refuses.
    pub fn replace<E: From<rusqlite::Error>>(
        &mut self,
        fill: impl FnOnce(&mut dyn FnMut(&EntryRow) -> rusqlite::Result<()>) -> Result<Cursor, E>,
    ) -> Result<(), E> {
        let transaction = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM rights", [])?;
        let cursor = fill(&mut |row| put(&transaction, row))?;
        transaction.execute(
            "UPDATE documents SET tag = ?1 WHERE EXISTS (SELECT 1 FROM cursor WHERE epoch <> ?2)",
            params![OTHER_HISTORY_TAG, cursor.epoch],
        )?;
        set_cursor(&transaction, &cursor)?;
        Ok(transaction.commit()?)
    }

    /// Takes over changed rows and the new cursor, both or neither.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn apply(&mut self, rows: &[EntryRow], cursor: &Cursor) -> rusqlite::Result<()> {
        let transaction = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for row in rows {
            put(&transaction, row)?;
        }
        set_cursor(&transaction, cursor)?;
        transaction.commit()
    }

    /// The last moment that the server told.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn anchor(&self) -> rusqlite::Result<Option<Anchor>> {
        self.0
            .query_row("SELECT server_ms, monotonic_ms, boot_id FROM anchor", [], |row| {
                Ok(Anchor { server_ms: row.get(0)?, monotonic_ms: row.get(1)?, boot_id: row.get(2)? })
            })
            .optional()
    }

    /// Keeps a moment that the server told.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_anchor(&self, anchor: &Anchor) -> rusqlite::Result<()> {
        let sql = "INSERT OR REPLACE INTO anchor (one, server_ms, monotonic_ms, boot_id) VALUES (1, ?1, ?2, ?3)";
        self.0.execute(sql, params![anchor.server_ms, anchor.monotonic_ms, anchor.boot_id]).map(drop)
    }

    /// A sealed document.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn document(&self, kind: &str) -> rusqlite::Result<Option<Stored>> {
        self.0
            .query_row("SELECT tag, body, seal FROM documents WHERE kind = ?1", [kind], |row| {
                Ok(Stored { tag: row.get(0)?, body: row.get(1)?, seal: row.get(2)? })
            })
            .optional()
    }

    /// Keeps a sealed document in place of the one before.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_document(&self, kind: &str, stored: &Stored) -> rusqlite::Result<()> {
        let sql = "INSERT OR REPLACE INTO documents (kind, tag, body, seal) VALUES (?1, ?2, ?3, ?4)";
        self.0.execute(sql, params![kind, stored.tag, stored.body, stored.seal]).map(drop)
    }

    /// Forgets a sealed document. Answers whether there was one.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn forget_document(&self, kind: &str) -> rusqlite::Result<bool> {
        self.0.execute("DELETE FROM documents WHERE kind = ?1", [kind]).map(|count| count > 0)
    }

    /// Forgets everything the server told, apart from the time.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn forget(&mut self) -> rusqlite::Result<()> {
        self.0.execute_batch("BEGIN IMMEDIATE; DELETE FROM rights; DELETE FROM cursor; DELETE FROM documents; COMMIT;")
    }
}

fn select(columns: &str, condition: &str) -> String {
    format!("SELECT {columns} FROM rights WHERE {condition}")
}

fn put(transaction: &Transaction<'_>, row: &EntryRow) -> rusqlite::Result<()> {
    let right = &row.right;
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO rights (card_id, short_hash, scope, not_before, not_after, issue, flags, status,
                reentry_secs, reentry_policy, period_months, first_entry)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            right.card_id.to_stored(),
            row.short_hash.as_ref().map(ShortHash::as_bytes),
            right.scope.get(),
            right.not_before.days(),
            right.not_after.days(),
            right.issue,
            right.flags.bits(),
            right.status.as_str(),
            right.reentry_secs,
            right.reentry_policy.as_str(),
            right.period_months,
            right.first_entry.map(CardDay::days),
        ])
        .map(drop)
}

fn set_cursor(transaction: &Transaction<'_>, cursor: &Cursor) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO cursor (one, epoch, seq, synced_ms) VALUES (1, ?1, ?2, ?3)";
    transaction.execute(sql, params![cursor.epoch, cursor.seq, cursor.synced_ms]).map(drop)
}

fn right_of(row: &Row<'_>) -> rusqlite::Result<EntryRight> {
    Ok(EntryRight {
        card_id: CardId::from_stored(row.get(0)?),
        scope: ScopeId::new(row.get(1)?),
        not_before: CardDay::new(row.get(2)?),
        not_after: CardDay::new(row.get(3)?),
        issue: row.get(4)?,
        flags: Flags::try_from(row.get::<_, u8>(5)?).map_err(|error| damaged(5, error.into()))?,
        status: row.get_ref(6)?.as_str()?.parse().map_err(|error| damaged(6, Box::new(error)))?,
        reentry_secs: row.get(7)?,
        reentry_policy: row.get_ref(8)?.as_str()?.parse().map_err(|error| damaged(8, Box::new(error)))?,
        period_months: row.get(9)?,
        first_entry: row.get::<_, Option<u16>>(10)?.map(CardDay::new),
    })
}

fn damaged(column: usize, error: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error)
}

#[cfg(test)]
pub(crate) mod tests {
    use card::{RightStatus, Strictness};

    use super::*;

    pub(crate) fn row(card_id: u64) -> EntryRow {
        EntryRow {
            seq: 1,
            short_hash: None,
            right: EntryRight {
                card_id: CardId::new(card_id),
                scope: ScopeId::new(1),
                not_before: CardDay::new(0),
                not_after: CardDay::new(9_000),
                issue: 1,
                flags: Flags::NONE,
                status: RightStatus::Active,
                reentry_secs: 600,
                reentry_policy: Strictness::Attention,
                period_months: None,
                first_entry: None,
            },
        }
    }

    fn cursor(seq: i64) -> Cursor {
        Cursor { epoch: "e".into(), seq, synced_ms: 5 }
    }

    #[test]
    fn rows_are_found_as_they_came() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = CardStore::open(&folder.path().join("cards.db")).expect("open");
        assert_eq!(store.cursor().expect("readable"), None);
        let hash = ShortHash::from_bytes([9; 10]);
        let mut full = row(u64::MAX);
        full.short_hash = Some(hash);
        full.right.status = RightStatus::NotCollected;
        full.right.reentry_policy = Strictness::Refuse;
        full.right.period_months = Some(12);
        full.right.first_entry = Some(CardDay::new(7));
        store.apply(&[full.clone(), row(4)], &cursor(2)).expect("applied");
        assert_eq!(store.find(CardId::new(u64::MAX)).expect("readable"), Some(full.right));
        assert_eq!(store.find_short(hash).expect("readable"), Some(full.right));
        assert_eq!(store.find(CardId::new(5)).expect("readable"), None);
        assert_eq!((store.cursor().expect("readable"), store.count().expect("readable")), (Some(cursor(2)), 2));
    }

    #[test]
    fn a_snapshot_replaces_all_or_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = CardStore::open(&folder.path().join("cards.db")).expect("open");
        store.apply(&[row(1)], &cursor(1)).expect("applied");
        let failed: Result<(), anyhow::Error> = store.replace(|put| {
            put(&row(2))?;
            anyhow::bail!("the file ended early")
        });
        assert!(failed.is_err());
        assert!(store.find(CardId::new(1)).expect("readable").is_some());
        assert!(store.find(CardId::new(2)).expect("readable").is_none());

        let replaced: Result<(), anyhow::Error> = store.replace(|put| {
            put(&row(2))?;
            Ok(cursor(7))
        });
        replaced.expect("replaced");
        assert!(store.find(CardId::new(1)).expect("readable").is_none());
        assert_eq!(store.cursor().expect("readable"), Some(cursor(7)));
        store.forget().expect("forgotten");
        assert_eq!((store.cursor().expect("readable"), store.count().expect("readable")), (None, 0));
    }
}
