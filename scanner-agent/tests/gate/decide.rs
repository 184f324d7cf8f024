//! One gate without a network: what it decides, and what it remembers over restarts.

use std::path::Path;

use card::{CardId, CardSigner, EntryRight, Flags, IssuerKey, KeyList, RightStatus, RootSigner};
use gate_protocol::{Direction, Document as _, seal};
use scanner_agent::store::Stored;
use scanner_agent::trusted_time::Anchor;

use crate::support::{Folder, NOON_MS, TODAY, TestClock, YEAR_MS, code, right, scan, unsent};

#[test]
fn known_cards_are_judged_by_their_row_and_unknown_ones_by_their_code() {
    let folder = Folder::new();
    folder.know(&[right(1), EntryRight { status: RightStatus::Blocked, ..right(2) }]);
    let clock = TestClock::new("a", NOON_MS + 90_000);
    let agent = folder.open(&clock);
    assert_eq!(scan(&agent, &code(1, 0)), "admit", "its own end has passed, its row's has not");
    assert_eq!(scan(&agent, &code(2, u16::MAX)), "refuse blocked");
    assert_eq!(scan(&agent, &code(3, TODAY)), "admit");
    assert_eq!(scan(&agent, &code(4, TODAY - 1)), "refuse expired");
    assert_eq!(scan(&agent, "nonsense"), "refuse malformed");
    let decision = agent.decide(&format!("]Q1{}\r", code(5, TODAY)), "desk", Direction::In);
    assert_eq!((decision.card_id, decision.data_age_secs), (Some(CardId::new(5)), Some(90)));
    assert_eq!(unsent(&agent), 6);
}

#[test]
fn a_second_reading_is_the_same_scan_and_a_later_one_a_re_entry_also_after_a_restart() {
    let folder = Folder::new();
    folder.know(&[right(1), EntryRight { flags: Flags::NONE.with_single_entry(), ..right(2) }]);
    let clock = TestClock::new("a", NOON_MS);
    let agent = folder.open(&clock);
    for card in [1, 2] {
        assert_eq!(scan(&agent, &code(card, 0)), "admit");
    }
    clock.pass(2_000);
    let again = agent.decide(&code(1, 0), "desk", Direction::In);
    assert!(again.verdict.permit().expect("admitted").same_scan());
    assert_eq!(unsent(&agent), 2, "the same scan is not written twice");

    clock.pass(2_000);
    let agent = folder.open(&clock);
    assert_eq!(scan(&agent, &code(1, 0)), "attention re_entry");
    assert_eq!(scan(&agent, &code(2, 0)), "refuse already_used");
    assert_eq!(unsent(&agent), 4);
}

#[test]
fn a_clock_that_was_set_back_makes_no_expired_card_valid() {
    let folder = Folder::new();
    let anchor = Anchor { server_ms: NOON_MS, monotonic_ms: 5_000, boot_id: "a".into() };
    folder.cards().set_anchor(&anchor).expect("written");
    let set_back = NOON_MS - YEAR_MS;

    let agent = folder.open(&TestClock::new("a", set_back));
    assert_eq!(scan(&agent, &code(1, TODAY - 1)), "refuse expired");
    assert_eq!(scan(&agent, &code(2, TODAY)), "admit", "the server's time goes on");

    let next_boot = TestClock::new("b", set_back);
    next_boot.pass(60_000);
    let agent = folder.open(&next_boot);
    assert_eq!(scan(&agent, &code(3, TODAY - 1)), "refuse expired");
    assert_eq!(scan(&agent, &code(4, TODAY)), "attention clock_unsure");
}

#[test]
fn midnight_is_the_houses_midnight() {
    let folder = Folder::new();
    let clock = TestClock::new("a", NOON_MS + 12 * 3_600_000 - 1);
    let agent = folder.open(&clock);
    assert_eq!(scan(&agent, &code(1, TODAY)), "admit");
    clock.pass(1);
    assert_eq!(scan(&agent, &code(2, TODAY)), "refuse expired");
}

#[test]
fn a_stored_document_that_was_altered_is_not_believed() {
    let folder = Folder::new();
    let strange = CardSigner::new(1, &[3; 32]);
    let list = KeyList { serial: 2, keys: vec![IssuerKey::new(1, strange.public_key())] };
    let (body, seal) = seal(&list, &RootSigner::new(&[8; 32])).expect("JSON");
    folder.cards().set_document(KeyList::KIND, &Stored { tag: "t".into(), body, seal }).expect("written");
    let agent = folder.open(&TestClock::new("a", NOON_MS));
    assert_eq!(scan(&agent, &code(1, TODAY)), "refuse unknown_key");
}

#[test]
fn a_journal_that_fails_stops_nobody_and_loses_nothing_while_the_program_runs() {
    let folder = Folder::new();
    let agent = folder.open(&TestClock::new("a", NOON_MS));
    let in_journal = |sql: &str| {
        let journal = rusqlite::Connection::open(folder.home().journal()).expect("open");
        journal.execute_batch(sql).expect("done");
    };
    in_journal("ALTER TABLE scans RENAME TO elsewhere");
    assert_eq!(scan(&agent, &code(1, TODAY)), "admit");
    in_journal("ALTER TABLE elsewhere RENAME TO scans");
    assert_eq!(scan(&agent, &code(2, TODAY)), "admit");
    assert_eq!(unsent(&agent), 2);
}

#[test]
fn a_damaged_card_store_is_set_aside_and_the_journal_kept() {
    let folder = Folder::new();
    let clock = TestClock::new("a", NOON_MS);
    assert_eq!(scan(&folder.open(&clock), &code(1, TODAY)), "admit");
    damage(&folder.home().cards());
    clock.pass(60_000);
    let agent = folder.open(&clock);
    let status = agent.status().expect("readable");
    assert_eq!((status.cursor, status.cards, status.unsent), (None, 0, 1));
    assert_eq!(scan(&agent, &code(1, TODAY)), "refuse unknown_key", "until the next sync");
}

fn damage(database: &Path) {
    for companion in ["-wal", "-shm"] {
        let mut path = database.as_os_str().to_owned();
        path.push(companion);
        let _ = std::fs::remove_file(path);
    }
    std::fs::write(database, vec![b'x'; 8_192]).expect("written");
}
