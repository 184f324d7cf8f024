//! What a house may set, and what a person may do: stale data, a broken journal, keys that were withdrawn, codes of an older system,
//! admissions by hand.

use card::{
    CardCode, CardDay, CardId, CardSigner, Flags, ForeignHash, IssuerKey, JournalBroken, KeyList, Policy, ScopeId,
    Stale,
};
use gate_protocol::{ForeignCode, ForeignCodes, ScanEvent, VerdictWord};
use rusqlite::Connection;
use scanner_agent::store::Journal;
use scanner_agent::{GateState, OverruleError};

use crate::support::{Folder, NOON_MS, PIN, TODAY, TestClock, code, right, scan, settings, signer, staff};

const HOUR_MS: i64 = 60 * 60 * 1_000;

/// What the journal holds, the oldest first.
fn journal(folder: &Folder) -> Vec<ScanEvent> {
    Journal::open(&folder.home().journal()).expect("open").unsent(100).expect("readable")
}

#[test]
fn stale_data_does_what_the_house_says() {
    for (stale, known, unknown) in [
        (Stale::Warn, "admit", "admit"),
        (Stale::Attention, "attention stale_data", "attention stale_data"),
        (Stale::RefuseUnknown, "admit", "refuse unknown_card"),
    ] {
        let folder = Folder::new();
        folder.know(&[right(1)]);
        folder.rule(Policy { stale, stale_after_hours: 2, ..Policy::default() });
        let clock = TestClock::new("a", NOON_MS);
        let agent = folder.open(&clock);
        clock.pass(2 * HOUR_MS - 1_000);
        assert_eq!(scan(&agent, &code(1, TODAY + 9)), "admit", "{stale:?}: not stale yet");
        assert_eq!(agent.state(), GateState::Offline);
        clock.pass(HOUR_MS);
        assert_eq!(agent.state(), GateState::OfflineTooLong);
        assert_eq!(scan(&agent, &code(1, TODAY + 9)), known, "{stale:?}");
        assert_eq!(scan(&agent, &code(2, TODAY + 9)), unknown, "{stale:?}");
    }
}

#[test]
fn a_gate_that_cannot_write_opens_or_stays_shut_as_the_house_says() {
    for (rule, said) in [(JournalBroken::Open, "admit"), (JournalBroken::StayShut, "refuse journal_broken")] {
        let folder = Folder::new();
        folder.rule(Policy { journal_broken: rule, ..Policy::default() });
        let clock = TestClock::new("a", NOON_MS);
        let agent = folder.open(&clock);
        assert_eq!(scan(&agent, &code(1, TODAY + 9)), "admit");
        let saboteur = Connection::open(folder.home().journal()).expect("open");
        saboteur.execute_batch("ALTER TABLE scans RENAME TO hidden").expect("renamed");
        assert_eq!(scan(&agent, &code(2, TODAY + 9)), said, "{rule:?}");
        assert_eq!(scan(&agent, "12"), "refuse malformed", "what is invalid is said first");
        assert_eq!(agent.state(), GateState::JournalBroken);
        saboteur.execute_batch("ALTER TABLE hidden RENAME TO scans").expect("mended");
        clock.pass(60_000);
        assert_eq!(scan(&agent, &code(3, TODAY + 9)), "admit");
        assert_eq!(agent.state(), GateState::Offline);
        let kept: Vec<_> = journal(&folder).iter().map(|event| event.reason.map(card::Reason::as_str)).collect();
        let second = (rule == JournalBroken::StayShut).then_some("journal_broken");
        assert_eq!(kept, [None, second, Some("malformed"), None], "nothing was lost");
    }
}

#[test]
fn the_cards_of_a_withdrawn_key_pass_only_where_they_are_known() {
    let folder = Folder::new();
    folder.know(&[right(1)]);
    let second = CardSigner::new(2, &[8; 32]);
    let by_second = |card_id| {
        second.sign(&CardCode {
            card_id: CardId::new(card_id),
            scope: ScopeId::new(1),
            not_before: CardDay::FIRST,
            not_after: CardDay::LAST,
            issue: 1,
            flags: Flags::NONE,
        })
    };
    let first = IssuerKey::new(1, signer().public_key());
    let next = IssuerKey { not_issued_before: CardDay::new(TODAY), ..IssuerKey::new(2, second.public_key()) };
    let clock = TestClock::new("a", NOON_MS);
    let said = |serial, first: IssuerKey| {
        folder.keep(&KeyList { serial, keys: vec![first, next.clone()] });
        let agent = folder.open(&clock);
        clock.pass(HOUR_MS);
        [code(1, TODAY + 9), code(2, TODAY + 9), by_second(3)]
            .map(|code| agent.check(&code).reason().map(card::Reason::as_str))
    };
    assert_eq!(said(2, first.clone()), [None, None, None], "both keys count while one follows the other");
    let retired = IssuerKey { not_issued_after: Some(CardDay::new(TODAY)), ..first.clone() };
    assert_eq!(said(3, retired), [None, None, None], "a card may be younger than the data");
    let revoked = IssuerKey { revoked: true, ..first };
    assert_eq!(said(4, revoked), [None, Some("unknown_card"), None]);
}

#[test]
fn a_code_of_an_older_system_opens_as_the_card_it_stands_for_where_the_house_takes_such() {
    let folder = Folder::new();
    folder.know(&[right(1)]);
    let hash = ForeignHash::of_text("JK-2019-0042A").expect("a code");
    folder.keep(&ForeignCodes { codes: vec![ForeignCode { hash, card_id: CardId::new(1) }] });
    let clock = TestClock::new("a", NOON_MS);
    assert_eq!(scan(&folder.open(&clock), "JK-2019-0042A"), "refuse malformed", "it is not switched on");
    folder.rule(Policy { foreign_codes: true, ..Policy::default() });
    let agent = folder.open(&clock);
    for typed in ["JK-2019-0042A", "]C1jk201900 42a"] {
        clock.pass(1_000);
        assert_eq!(scan(&agent, typed), "admit", "{typed}");
    }
    assert_eq!(scan(&agent, "JK-2019-0043A"), "refuse malformed");
    clock.pass(60_000);
    assert_eq!(scan(&agent, &code(1, TODAY + 9)), "attention re_entry", "it is the same card");
    assert!(journal(&folder).iter().all(|event| event.issue.is_none() || event.card_id == Some(CardId::new(1))));
}

#[test]
fn a_person_with_a_pin_admits_whom_the_gate_refused() {
    let folder = Folder::new();
    let clock = TestClock::new("a", NOON_MS);
    let agent = folder.open(&clock);
    let nothing = agent.overrule(None, PIN, "late bus");
    assert!(matches!(nothing, Err(OverruleError::NothingRefused)), "{nothing:?}");
    assert_eq!(scan(&agent, &code(1, TODAY - 1)), "refuse expired");
    assert!(matches!(agent.overrule(None, PIN, "  "), Err(OverruleError::NoReason)));
    assert!(matches!(agent.overrule(None, "290418", "late bus"), Err(OverruleError::WrongPin)));
    let admitted = agent.overrule(None, PIN, " late bus ").expect("admitted");
    assert_eq!((admitted.permit.by(), admitted.against), (staff()[0].tag, Some(card::Reason::Expired)));

    let kept = journal(&folder);
    let [refused, by_hand] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!(
        (by_hand.verdict, by_hand.admitted_count, by_hand.card_id),
        (VerdictWord::Attention, 1, refused.card_id)
    );
    let hand = by_hand.by_hand.as_ref().expect("by hand");
    assert_eq!((hand.of, hand.reason.as_str(), hand.by), (refused.id, "late bus", staff()[0].tag));
    assert_eq!(by_hand.check(), Ok(()));
    clock.pass(10 * 60_000 + 1);
    let too_late = agent.overrule(Some(refused.id), PIN, "late bus");
    assert!(matches!(too_late, Err(OverruleError::NothingRefused)), "{too_late:?}");
}

#[test]
fn wrong_pins_lock_the_gate_also_after_a_new_start() {
    let folder = Folder::new();
    let clock = TestClock::new("a", NOON_MS);
    let agent = folder.open(&clock);
    assert_eq!(scan(&agent, "12"), "refuse malformed");
    for _ in 0..5 {
        assert!(matches!(agent.overrule(None, "735164", "late bus"), Err(OverruleError::WrongPin)));
    }
    drop(agent);
    let agent = folder.open(&clock);
    assert!(matches!(agent.overrule(None, PIN, "late bus"), Err(OverruleError::Locked)));
    clock.pass(15 * 60_000);
    assert_eq!(scan(&agent, "12"), "refuse malformed");
    agent.overrule(None, PIN, "late bus").expect("admitted");
}

#[test]
fn what_the_disk_says_counts_only_under_its_seal() {
    let folder = Folder::new();
    folder.rule(Policy { foreign_codes: true, ..Policy::default() });
    let hash = ForeignHash::of_text("JK-2019-0042A").expect("a code");
    folder.know(&[right(1)]);
    folder.keep(&ForeignCodes { codes: vec![ForeignCode { hash, card_id: CardId::new(1) }] });
    let clock = TestClock::new("a", NOON_MS);
    let database = Connection::open(folder.home().cards()).expect("open");
    database
        .execute("UPDATE documents SET body = CAST(CAST(body AS TEXT) || ' ' AS BLOB) WHERE kind = 'foreign'", [])
        .expect("altered");
    assert_eq!(scan(&folder.open(&clock), "JK-2019-0042A"), "refuse malformed");
    database.execute("UPDATE documents SET body = CAST(replace(CAST(body AS TEXT), 'museum', 'castle') AS BLOB) WHERE kind = 'scopes'", []).expect("altered");
    let agent = folder.open(&clock);
    assert_eq!(
        agent.check(&code(1, TODAY + 9)).reason(),
        Some(card::Reason::WrongHouse),
        "no scopes, so nothing opens"
    );
    assert!(!settings().policy.foreign_codes);
}
