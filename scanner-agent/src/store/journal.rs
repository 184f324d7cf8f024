//! `journal.db`: every scan and its outcome, written and synced before anyone is told.

use std::path::Path;

use card::{CardDay, CardId, LastAdmission, RecentUse};
use gate_protocol::{Direction, ScanEvent, ScanOutcome, VerdictWord};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::open;

const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE scans (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        event TEXT NOT NULL,
        trusted_ms INTEGER NOT NULL,
        card_id INTEGER,
        issue INTEGER,
        day INTEGER NOT NULL,
        admitted INTEGER NOT NULL,
        reason TEXT,
        outcome TEXT
    ) STRICT;
    CREATE INDEX scans_card ON scans (card_id, trusted_ms) WHERE admitted = 1;
    CREATE INDEX scans_unsent ON scans (number) WHERE outcome IS NULL;
    CREATE INDEX scans_time ON scans (trusted_ms);
",
    "
    CREATE TABLE pin_tries (at_ms INTEGER NOT NULL) STRICT;
",
];

/// One connection to `journal.db`.
#[derive(Debug)]
pub struct Journal(Connection);

impl Journal {
    /// Opens the file.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        open::open(path, MIGRATIONS).map(Self)
    }

    /// Writes scans, all or none; they are on disk when this returns. `day` is the house's day of each.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn record<'e>(&mut self, scans: impl IntoIterator<Item = &'e (ScanEvent, CardDay)>) -> rusqlite::Result<()> {
        let transaction = self.0.transaction()?;
        for (event, day) in scans {
            let text = serde_json::to_string(event)
                .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
            let admitted = event.verdict != VerdictWord::Refuse && event.direction == Direction::In;
            transaction
                .prepare_cached(
                    "INSERT INTO scans (id, event, trusted_ms, card_id, issue, day, admitted, reason)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    event.id.to_string(),
                    text,
                    event.trusted_ms,
                    event.card_id.map(CardId::to_stored),
                    event.issue,
                    day.days(),
                    admitted,
                    event.reason.map(card::Reason::as_str),
                ])?;
        }
        transaction.commit()
    }

    /// What is remembered of a card's admissions here.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn recall(&self, card_id: CardId) -> rusqlite::Result<RecentUse> {
        let mut statement = self.0.prepare_cached(
            "SELECT trusted_ms, reason, min(day) OVER (), max(issue) OVER () FROM scans
             WHERE card_id = ?1 AND admitted = 1 ORDER BY trusted_ms DESC LIMIT 1",
        )?;
        let mut rows = statement.query([card_id.to_stored()])?;
        let Some(row) = rows.next()? else { return Ok(RecentUse::default()) };
        let reason = row.get_ref(1)?.as_str_or_null()?.and_then(|text| text.parse().ok());
        Ok(RecentUse {
            last: Some(LastAdmission { at_ms: row.get(0)?, reason }),
            first_day: Some(CardDay::new(row.get(2)?)),
            highest_issue: row.get(3)?,
        })
    }

    /// The oldest scans that the server has not answered for.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn unsent(&self, limit: usize) -> rusqlite::Result<Vec<ScanEvent>> {
        let mut statement =
            self.0.prepare_cached("SELECT event FROM scans WHERE outcome IS NULL ORDER BY number LIMIT ?1")?;
        let texts = statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| row.get::<_, String>(0))?;
        let events = texts.map(|text| serde_json::from_str(&text?).map_err(unreadable));
        events.collect()
    }

    /// How many scans the server has not answered for.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn unsent_count(&self) -> rusqlite::Result<i64> {
        self.0.query_row("SELECT count(*) FROM scans WHERE outcome IS NULL", [], |row| row.get(0))
    }

    /// Notes what the server answered.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn settle(&mut self, outcomes: &[(Uuid, ScanOutcome)]) -> rusqlite::Result<()> {
        let transaction = self.0.transaction()?;
        for (id, outcome) in outcomes {
            transaction
                .prepare_cached("UPDATE scans SET outcome = ?2 WHERE id = ?1")?
                .execute(params![id.to_string(), outcome.as_str()])?;
        }
        transaction.commit()
    }

    /// Deletes scans from before `before_ms` that the server has.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn prune(&self, before_ms: i64) -> rusqlite::Result<usize> {
        self.0.execute("DELETE FROM scans WHERE trusted_ms < ?1 AND outcome IS NOT NULL", [before_ms])
    }

    /// A scan that was refused: this one, or the last one since `since_ms`; with the day it was written for.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn refused(&self, id: Option<Uuid>, since_ms: i64) -> rusqlite::Result<Option<(ScanEvent, CardDay)>> {
        let mut statement = self.0.prepare_cached(
            "SELECT event, day FROM scans WHERE trusted_ms >= ?2 AND (?1 IS NULL OR id = ?1) ORDER BY number DESC LIMIT 50",
        )?;
        let mut rows = statement.query(params![id.map(|id| id.to_string()), since_ms])?;
        while let Some(row) = rows.next()? {
            let event: ScanEvent = serde_json::from_str(row.get_ref(0)?.as_str()?).map_err(unreadable)?;
            if event.verdict == VerdictWord::Refuse {
                return Ok(Some((event, CardDay::new(row.get(1)?))));
            }
        }
        Ok(None)
    }

    /// Notes that a PIN is tried, unless `most` were tried since `since_ms`. Answers whether it may be.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn try_pin(&mut self, now_ms: i64, since_ms: i64, most: u32) -> rusqlite::Result<bool> {
        let transaction = self.0.transaction()?;
        let tried: u32 =
            transaction.query_row("SELECT count(*) FROM pin_tries WHERE at_ms > ?1", [since_ms], |row| row.get(0))?;
        if tried < most {
            transaction.execute("INSERT INTO pin_tries (at_ms) VALUES (?1)", [now_ms])?;
        }
        transaction.commit()?;
        Ok(tried < most)
    }

    /// The PIN was right: the tries before it count no more.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn forget_pin_tries(&self) -> rusqlite::Result<()> {
        self.0.execute("DELETE FROM pin_tries", []).map(drop)
    }

    /// The latest time of a scan, in milliseconds of trusted time.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn last_trusted_ms(&self) -> rusqlite::Result<Option<i64>> {
        self.0.query_row("SELECT max(trusted_ms) FROM scans", [], |row| row.get(0))
    }
}

fn unreadable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
}

#[cfg(test)]
mod tests {
    use card::Reason;

    use super::*;

    fn scan(number: u128, trusted_ms: i64, verdict: VerdictWord, issue: u8) -> (ScanEvent, CardDay) {
        let event = ScanEvent {
            id: Uuid::from_u128(number),
            reader: "stdin".into(),
            direction: Direction::In,
            boot_id: "b".into(),
            monotonic_ms: 1,
            wall_ms: 2,
            trusted_ms,
            card_id: Some(CardId::new(u64::MAX)),
            issue: Some(issue),
            text_sha256: None,
            verdict,
            reason: (verdict != VerdictWord::Admit).then_some(Reason::ReEntry),
            snapshot_seq: 3,
            offline: true,
            admitted_count: u8::from(verdict != VerdictWord::Refuse),
            by_hand: None,
        };
        (event, CardDay::new(u16::try_from(trusted_ms / 1_000).expect("small")))
    }

    #[test]
    fn admissions_are_remembered_and_refusals_are_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal = Journal::open(&folder.path().join("journal.db")).expect("open");
        let card = CardId::new(u64::MAX);
        assert_eq!(journal.recall(card).expect("readable"), RecentUse::default());
        journal
            .record(&[
                scan(1, 4_000, VerdictWord::Admit, 2),
                scan(2, 9_000, VerdictWord::Attention, 1),
                scan(3, 11_000, VerdictWord::Refuse, 7),
            ])
            .expect("written");
        assert_eq!(
            journal.recall(card).expect("readable"),
            RecentUse {
                last: Some(LastAdmission { at_ms: 9_000, reason: Some(Reason::ReEntry) }),
                first_day: Some(CardDay::new(4)),
                highest_issue: Some(2),
            }
        );
        assert_eq!(journal.last_trusted_ms().expect("readable"), Some(11_000));
    }

    #[test]
    fn what_was_not_answered_stays_and_comes_in_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut journal = Journal::open(&folder.path().join("journal.db")).expect("open");
        let scans: Vec<_> = (1..=5).map(|n| scan(n, 1_000, VerdictWord::Admit, 1)).collect();
        journal.record(&scans).expect("written");
        assert!(journal.record(&scans[..1]).is_err(), "one id, one scan");
        journal
            .settle(&[(scans[0].0.id, ScanOutcome::Stored), (scans[2].0.id, ScanOutcome::Duplicate)])
            .expect("settled");
        let unsent: Vec<_> = journal.unsent(2).expect("readable").into_iter().map(|event| event.id).collect();
        assert_eq!(unsent, [scans[1].0.id, scans[3].0.id]);
        assert_eq!(journal.prune(2_000).expect("pruned"), 2, "only what the server has");
        assert_eq!(journal.unsent_count().expect("readable"), 3);
    }
}
