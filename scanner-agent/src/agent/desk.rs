//! What a scan needs of the disk: the cards, the journal, and what could not be written to it.

use card::{CardDay, CardId, ForeignHash, LastAdmission, Moment, Reading, Reason, RecentUse, Verdict, decide, read};
use gate_protocol::{Direction, ScanEvent, VerdictWord};

use crate::beliefs::Beliefs;
use crate::reader::framing::{bare_of, code_of};
use crate::store::{CardStore, Journal};

/// When the journal fails: this many scans are kept in memory until it works again.
const UNWRITTEN_MAX: usize = 10_000;

/// What a scan needs of the disk.
pub(super) struct Desk {
    pub(super) cards: CardStore,
    pub(super) journal: Journal,
    /// Scans that could not be written.
    unwritten: Vec<(ScanEvent, CardDay)>,
}

/// A verdict with what was read.
pub(super) struct Judged<'t> {
    /// The code in the text.
    pub(super) code: &'t str,
    pub(super) verdict: Verdict,
    pub(super) card_id: Option<CardId>,
    pub(super) issue: Option<u8>,
}

impl Desk {
    pub(super) fn new(cards: CardStore, journal: Journal) -> Self {
        Self { cards, journal, unwritten: Vec::new() }
    }

    /// What to say of a text as the reader typed it.
    pub(super) fn judge<'t>(
        &self,
        text: &'t str,
        beliefs: &Beliefs,
        direction: Direction,
        moment: &Moment,
    ) -> Judged<'t> {
        let code = code_of(text);
        let reading = match read(code, &beliefs.ring).or_else(|reason| foreign(text, beliefs, reason).ok_or(reason)) {
            Ok(reading) => reading,
            Err(reason) => return Judged { code, verdict: Verdict::Refuse(reason), card_id: None, issue: None },
        };
        let found = match &reading {
            Reading::Signed(card) => self.cards.find(card.code().card_id),
            Reading::Short(hash) => self.cards.find_short(*hash),
            Reading::Foreign(card_id) => self.cards.find(*card_id),
        };
        let right = found.unwrap_or_else(|error| {
            tracing::error!(%error, "the card store cannot be read: the card counts as unknown");
            None
        });
        let (card_id, issue) = match &reading {
            Reading::Signed(card) => (Some(card.code().card_id), Some(card.code().issue)),
            Reading::Short(_) | Reading::Foreign(_) => (right.map(|right| right.card_id), None),
        };
        let recent = match (card_id, direction) {
            (Some(card_id), Direction::In) => self.recall(card_id),
            _ => RecentUse::default(),
        };
        let verdict = decide(&reading, right.as_ref(), beliefs.gate(), &recent, moment);
        Judged { code, verdict, card_id, issue }
    }

    /// Writes a scan to the journal. Answers whether it is on the disk; if not, it is kept in memory.
    pub(super) fn write(&mut self, scan: (ScanEvent, CardDay)) -> bool {
        self.unwritten.push(scan);
        self.write_unwritten()
    }

    /// Writes what could not be written before. Answers whether nothing is left.
    pub(super) fn write_unwritten(&mut self) -> bool {
        if self.unwritten.is_empty() {
            return true;
        }
        match self.journal.record(&self.unwritten) {
            Ok(()) => self.unwritten.clear(),
            Err(error) => {
                tracing::error!(%error, unwritten = self.unwritten.len(), "the journal cannot be written");
                if self.unwritten.len() > UNWRITTEN_MAX {
                    self.unwritten.remove(0);
                }
            }
        }
        self.unwritten.is_empty()
    }

    /// The last scan that could not be written was refused for that.
    pub(super) fn refuse_last(&mut self) {
        if let Some((event, _)) = self.unwritten.last_mut() {
            event.verdict = VerdictWord::Refuse;
            event.reason = Some(Reason::JournalBroken);
            event.admitted_count = 0;
        }
    }

    /// Whether scans wait for the journal to work again.
    pub(super) fn is_journal_broken(&self) -> bool {
        !self.unwritten.is_empty()
    }

    /// What is remembered of a card, also while the journal cannot be written.
    fn recall(&self, card_id: CardId) -> RecentUse {
        let written = self.journal.recall(card_id).unwrap_or_else(|error| {
            tracing::error!(%error, "the journal cannot be read: earlier entries are not known");
            RecentUse::default()
        });
        let entered = |(event, _): &&(ScanEvent, CardDay)| {
            event.card_id == Some(card_id) && event.direction == Direction::In && event.verdict != VerdictWord::Refuse
        };
        self.unwritten.iter().filter(entered).fold(written, |recent, (event, day)| RecentUse {
            last: Some(LastAdmission { at_ms: event.trusted_ms, reason: event.reason }),
            first_day: Some(recent.first_day.map_or(*day, |first| first.min(*day))),
            highest_issue: recent.highest_issue.max(event.issue),
        })
    }
}

/// The card that a text stands for as a code of an older system, where the house takes such codes.
fn foreign(text: &str, beliefs: &Beliefs, reason: Reason) -> Option<Reading> {
    if !beliefs.settings.policy.foreign_codes || !ForeignHash::may_follow(reason) {
        return None;
    }
    beliefs.foreign.get(&ForeignHash::of_text(bare_of(text))?).copied().map(Reading::Foreign)
}
