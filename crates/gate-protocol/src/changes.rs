//! Changes: what became of which card since a gate last asked.

use card::{EntryRight, ShortHash};
use serde::{Deserialize, Serialize};

/// The answer to `changes`. Applied as a whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The nonce of the request: an older answer cannot be played again.
    pub nonce: String,
    /// The history that the sequence numbers belong to.
    pub epoch: String,
    /// The cursor of the request.
    pub after: i64,
    /// The cursor to ask with next.
    pub upto: i64,
    /// More rows are waiting.
    pub more: bool,
    /// One row per changed card, strictly increasing by `seq`; a card that left is a row, too.
    pub rows: Vec<EntryRow>,
    /// The server's clock, in milliseconds since 1970.
    pub server_time_ms: i64,
    /// Changes whenever `keys` would answer something new.
    pub keys_tag: String,
    /// Changes whenever `scopes` would answer something new.
    pub scopes_tag: String,
    /// Changes whenever `foreign` would answer something new; empty while there are no codes of an older system.
    #[serde(default)]
    pub foreign_tag: String,
    /// Changes whenever any document may: a gate hands it to `wait`, which wakes it when it is no longer true.
    #[serde(default)]
    pub documents_tag: String,
}

/// The right of one card as gates keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRow {
    /// The number of this change.
    pub seq: i64,
    /// The hash of the card's short code, if it has one.
    pub short_hash: Option<ShortHash>,
    /// What the card may do.
    #[serde(flatten)]
    pub right: EntryRight,
}

/// The answer to `wait`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitAnswer {
    /// Something changed: ask for `changes`.
    pub changed: bool,
}

impl Changes {
    /// Whether the answer belongs to the request and its rows are in order.
    pub fn fits(&self, nonce: &str, epoch: &str, after: i64) -> bool {
        let seqs = || self.rows.iter().map(|row| row.seq);
        let increasing = seqs().zip(seqs().skip(1)).all(|(a, b)| a < b);
        let inside = seqs().all(|seq| after < seq && seq <= self.upto);
        self.nonce == nonce && self.epoch == epoch && self.after == after && self.upto >= after && increasing && inside
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use card::{CardDay, CardId, Flags, RightStatus, ScopeId, Strictness};
    use proptest::prelude::*;

    use super::*;

    /// Any row, with `seq` 0.
    pub(crate) fn any_row() -> impl Strategy<Value = EntryRow> {
        let numbers = any::<(u64, u16, u16, u16, u8, u32)>();
        let options = any::<(Option<u16>, Option<u16>, Option<[u8; 10]>)>();
        (numbers, options, 0_u8..128, 0_usize..4, any::<bool>()).prop_map(
            |(numbers, (months, first, hash), flags, status, strict)| EntryRow {
                seq: 0,
                short_hash: hash.map(ShortHash::from_bytes),
                right: EntryRight {
                    card_id: CardId::new(numbers.0),
                    scope: ScopeId::new(numbers.1),
                    not_before: CardDay::new(numbers.2),
                    not_after: CardDay::new(numbers.3),
                    issue: numbers.4,
                    flags: Flags::from_bits(flags).expect("bit 7 is clear"),
                    status: [RightStatus::Active, RightStatus::NotCollected, RightStatus::Blocked, RightStatus::Void]
                        [status],
                    reentry_secs: numbers.5,
                    reentry_policy: if strict { Strictness::Refuse } else { Strictness::Attention },
                    period_months: months,
                    first_entry: first.map(CardDay::new),
                },
            },
        )
    }

    fn changes(seqs: &[i64]) -> Changes {
        let row = r#"{"seq":0,"short_hash":null,"card_id":"18446744073709551615","scope":1,
            "not_before":2516,"not_after":2880,"issue":1,"flags":0,"status":"active",
            "reentry_secs":600,"reentry_policy":"attention","period_months":null,"first_entry":null}"#;
        let row: EntryRow = serde_json::from_str(row).expect("a row");
        assert_eq!(row.right.card_id.get(), u64::MAX);
        Changes {
            nonce: "n".into(),
            epoch: "e".into(),
            after: 4,
            upto: 9,
            more: false,
            rows: seqs.iter().map(|seq| EntryRow { seq: *seq, ..row.clone() }).collect(),
            server_time_ms: 0,
            keys_tag: String::new(),
            scopes_tag: String::new(),
            foreign_tag: String::new(),
            documents_tag: String::new(),
        }
    }

    #[test]
    fn an_answer_fits_its_request_only() {
        assert!(changes(&[5, 7, 9]).fits("n", "e", 4));
        assert!(changes(&[]).fits("n", "e", 4));
        assert!(!changes(&[5]).fits("m", "e", 4), "an older answer");
        assert!(!changes(&[5]).fits("n", "f", 4), "another history");
        assert!(!changes(&[5]).fits("n", "e", 3), "another cursor");
        assert!(!changes(&[4]).fits("n", "e", 4), "a row from before the cursor");
        assert!(!changes(&[10]).fits("n", "e", 4), "a row behind the next cursor");
        assert!(!changes(&[5, 5]).fits("n", "e", 4), "a number twice");
    }

    proptest! {
        #[test]
        fn rows_come_back(row in any_row()) {
            let json = serde_json::to_string(&row)?;
            prop_assert_eq!(serde_json::from_str::<EntryRow>(&json)?, row);
        }
    }
}
