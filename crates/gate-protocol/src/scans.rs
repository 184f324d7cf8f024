//! Scans on their way to the server: batches, and an answer for every event.

use card::{CardId, PinTag, Reason, Verdict};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Direction;

/// Most events in one batch.
pub const SCANS_PER_BATCH_MAX: usize = 500;
/// Longest reader name and boot id.
const NAME_CHARS_MAX: usize = 100;
/// Longest reason for an admission by hand, in characters.
pub const REASON_CHARS_MAX: usize = 200;
/// The holder and seven companions.
const ADMITTED_MAX: u8 = 8;

/// Scans to store. `E` is [`ScanEvent`] at the gate; the server takes each event as raw JSON first,
/// so that one it does not understand is kept aside and the others are stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanBatch<E = ScanEvent> {
    /// The boot in which the batch was sent.
    pub boot_id: String,
    /// The monotonic clock of that boot when it was sent, in milliseconds: events of the same boot
    /// get their right time from it, whatever the wall clock said.
    pub sent_monotonic_ms: i64,
    /// The events, oldest first.
    pub events: Vec<E>,
}

/// One scan and its outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanEvent {
    /// Made once, when the card was scanned: the same event sent twice is stored once.
    pub id: Uuid,
    /// The name of the reader at this gate.
    pub reader: String,
    /// Way in or way out.
    pub direction: Direction,
    /// The boot in which the card was scanned.
    pub boot_id: String,
    /// The monotonic clock of that boot, in milliseconds.
    pub monotonic_ms: i64,
    /// The wall clock, right or wrong, in milliseconds since 1970.
    pub wall_ms: i64,
    /// The time that the gate trusted and decided by, in milliseconds since 1970.
    pub trusted_ms: i64,
    /// The card, when the code could be read as one.
    pub card_id: Option<CardId>,
    /// The issue number on the plastic, when it was a signed code.
    pub issue: Option<u8>,
    /// The SHA-256 of the text, when no card is known for it.
    pub text_sha256: Option<TextHash>,
    /// What the gate answered.
    pub verdict: VerdictWord,
    /// Why, unless it simply admitted.
    pub reason: Option<Reason>,
    /// The sequence number of the data by which it decided.
    pub snapshot_seq: i64,
    /// The server was out of reach.
    pub offline: bool,
    /// How many persons were admitted; 0 for refusals and test cards.
    pub admitted_count: u8,
    /// Who admitted by hand whom the gate had refused, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<ByHand>,
}

/// A person let somebody in whom the gate had refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByHand {
    /// Whose PIN it was.
    pub by: PinTag,
    /// The scan that was refused; its reason is the reason of this event.
    pub of: Uuid,
    /// Why, in their words: 1 to [`REASON_CHARS_MAX`] characters.
    pub reason: String,
}

/// SHA-256 of a text that was scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TextHash(#[serde(with = "card::hex_bytes")] pub [u8; 32]);

/// A verdict without its permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictWord {
    /// Admitted.
    Admit,
    /// Admitted, and staff were told why to look.
    Attention,
    /// Refused.
    Refuse,
}

/// One answer per event of the batch, in the same order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanAnswers {
    /// The nonce of the request: nobody else can tell a gate that its scans are safe.
    pub nonce: String,
    /// The answers.
    pub answers: Vec<ScanAnswer>,
}

/// What became of one event. The gate may forget it in each case: it is kept by the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanAnswer {
    /// The event's id, if it could be read.
    pub id: Option<Uuid>,
    /// What became of it.
    pub outcome: ScanOutcome,
    /// Why it was set aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What became of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanOutcome {
    /// Stored now.
    Stored,
    /// Stored before: an earlier answer was lost.
    Duplicate,
    /// Not understood; kept aside for a person to look at.
    Quarantined,
}

/// An event contradicts itself or passes a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidScan {
    /// The shape is not an event's.
    #[error("not_understood")]
    NotUnderstood,
    /// The id is not a `UUIDv7`.
    #[error("id_not_v7")]
    IdNotV7,
    /// A name is empty, too long, or holds control characters.
    #[error("name")]
    Name,
    /// Neither a card nor a text, or both.
    #[error("card_or_text")]
    CardOrText,
    /// An admission without count or a refusal with one, or more than eight persons.
    #[error("admitted_count")]
    AdmittedCount,
    /// A plain admission with a reason, or another verdict without.
    #[error("verdict_and_reason")]
    VerdictAndReason,
    /// Admitted by hand, and yet not admitted, or without a reason in words.
    #[error("by_hand")]
    ByHand,
    /// A time before 1970 or after the year 9999.
    #[error("time_out_of_range")]
    TimeOutOfRange,
}

impl ScanEvent {
    /// Reads one event strictly.
    ///
    /// # Errors
    /// [`InvalidScan`]; its text is the reason to keep with the event.
    pub fn parse(event: &serde_json::Value) -> Result<Self, InvalidScan> {
        let event = Self::deserialize(event).map_err(|_| InvalidScan::NotUnderstood)?;
        event.check().map(|()| event)
    }

    /// Tests the bounds and that the parts agree.
    ///
    /// # Errors
    /// The first [`InvalidScan`] that applies.
    pub fn check(&self) -> Result<(), InvalidScan> {
        const YEAR_10000_MS: i64 = 253_402_300_800_000;
        let in_range = |ms: i64| (0..YEAR_10000_MS).contains(&ms);
        let named =
            |name: &str| (1..=NAME_CHARS_MAX).contains(&name.chars().count()) && !name.contains(char::is_control);
        let refused = self.verdict == VerdictWord::Refuse;
        let plain = self.verdict == VerdictWord::Admit;
        if self.id.get_version_num() != 7 {
            Err(InvalidScan::IdNotV7)
        } else if !named(&self.reader) || !named(&self.boot_id) {
            Err(InvalidScan::Name)
        } else if self.card_id.is_some() == self.text_sha256.is_some() {
            Err(InvalidScan::CardOrText)
        } else if refused && self.admitted_count > 0 || self.admitted_count > ADMITTED_MAX {
            Err(InvalidScan::AdmittedCount)
        } else if plain == self.reason.is_some() {
            Err(InvalidScan::VerdictAndReason)
        } else if self.by_hand.as_ref().is_some_and(|hand| self.verdict != VerdictWord::Attention || !hand.is_said()) {
            Err(InvalidScan::ByHand)
        } else if ![self.monotonic_ms, self.wall_ms, self.trusted_ms].into_iter().all(in_range) {
            Err(InvalidScan::TimeOutOfRange)
        } else {
            Ok(())
        }
    }
}

impl ByHand {
    /// Whether somebody said why, in so many words.
    fn is_said(&self) -> bool {
        (1..=REASON_CHARS_MAX).contains(&self.reason.chars().count()) && !self.reason.contains(char::is_control)
    }
}

impl VerdictWord {
    /// The word in messages and stores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admit => "admit",
            Self::Attention => "attention",
            Self::Refuse => "refuse",
        }
    }
}

impl From<&Verdict> for VerdictWord {
    fn from(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Admit(_) => Self::Admit,
            Verdict::Attention(..) => Self::Attention,
            Verdict::Refuse(_) => Self::Refuse,
        }
    }
}

impl ScanOutcome {
    /// The word in messages and stores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Duplicate => "duplicate",
            Self::Quarantined => "quarantined",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn event() -> Value {
        json!({
            "id": "01936f2e-0000-7000-8000-000000000001", "reader": "desk", "direction": "in",
            "boot_id": "b", "monotonic_ms": 5, "wall_ms": 6, "trusted_ms": 7, "card_id": "12",
            "issue": 1, "text_sha256": null, "verdict": "admit", "reason": null,
            "snapshot_seq": 9, "offline": true, "admitted_count": 2,
        })
    }

    fn by_hand(reason: &str) -> Value {
        json!({"by": "0102030405060708", "of": "01936f2e-0000-7000-8000-000000000002", "reason": reason})
    }

    #[test]
    fn an_admission_by_hand_is_read() {
        let mut raw = event();
        for (key, value) in
            [("verdict", json!("attention")), ("reason", json!("expired")), ("by_hand", by_hand("late bus"))]
        {
            raw[key] = value;
        }
        let read = ScanEvent::parse(&raw).expect("an event");
        assert_eq!(serde_json::to_value(&read).expect("JSON"), raw);
    }

    #[test]
    fn an_event_is_read_strictly() {
        let read = ScanEvent::parse(&event()).expect("an event");
        assert_eq!(serde_json::to_value(&read).expect("JSON"), event());
        let hash = "ab".repeat(32);
        for (change, expected) in [
            (json!({"id": "nonsense"}), InvalidScan::NotUnderstood),
            (json!({"direction": "up"}), InvalidScan::NotUnderstood),
            (json!({"text_sha256": "ab"}), InvalidScan::NotUnderstood),
            (json!({"admitted_count": 256}), InvalidScan::NotUnderstood),
            (json!({"id": "01936f2e-0000-4000-8000-000000000001"}), InvalidScan::IdNotV7),
            (json!({"reader": ""}), InvalidScan::Name),
            (json!({"reader": "a\u{0}"}), InvalidScan::Name),
            (json!({"boot_id": "x".repeat(101)}), InvalidScan::Name),
            (json!({"card_id": null}), InvalidScan::CardOrText),
            (json!({"text_sha256": hash}), InvalidScan::CardOrText),
            (json!({"admitted_count": 9}), InvalidScan::AdmittedCount),
            (json!({"verdict": "refuse", "reason": "expired"}), InvalidScan::AdmittedCount),
            (json!({"reason": "expired"}), InvalidScan::VerdictAndReason),
            (json!({"verdict": "attention"}), InvalidScan::VerdictAndReason),
            (json!({"by_hand": by_hand("late bus")}), InvalidScan::ByHand),
            (json!({"verdict": "attention", "reason": "expired", "by_hand": by_hand("")}), InvalidScan::ByHand),
            (
                json!({"verdict": "attention", "reason": "expired", "by_hand": by_hand(&"x".repeat(201))}),
                InvalidScan::ByHand,
            ),
            (json!({"wall_ms": -1}), InvalidScan::TimeOutOfRange),
            (json!({"trusted_ms": i64::MAX}), InvalidScan::TimeOutOfRange),
        ] {
            let mut changed = event();
            for (key, value) in change.as_object().expect("an object") {
                changed[key] = value.clone();
            }
            assert_eq!(ScanEvent::parse(&changed), Err(expected), "{change}");
        }
    }

    #[test]
    fn one_foreign_event_does_not_spoil_the_batch() {
        let batch = json!({"boot_id": "b", "sent_monotonic_ms": 9, "events": [event(), 17, {"a": []}]});
        let batch: ScanBatch<Value> = serde_json::from_value(batch).expect("a batch");
        let read: Vec<_> = batch.events.iter().map(|event| ScanEvent::parse(event).is_ok()).collect();
        assert_eq!(read, [true, false, false]);
    }
}
