//! Many gates at one server.

use crate::gate::annual_ticket_with_card;
use crate::gate_equal::{SetClock, gate};
use db::args;
use serde_json::json;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use testkit::Server;
use tokio::task::block_in_place;

const GATES: i64 = 5;
/// How long it may take until it is written down what gates told.
const WRITING_LIMIT: Duration = Duration::from_secs(10);

db::statements! {
    /// Of how many devices it is known what they know, and how many different things these are.
    KNOWN = "SELECT COUNT(known_seq), COUNT(DISTINCT known_seq) FROM devices";
}

on_both_databases! {
    async fn all_gates_learn_of_a_block_and_it_is_written_down_that_they_know(app: TestApp) {
        let app = app.furnished().await;
        let (id, code) = annual_ticket_with_card(&app).await;
        let clock = Arc::new(SetClock::default());
        let mut gates = Vec::new();
        for _ in 0..GATES {
            gates.push(gate(&app, "stadtmuseum", None, &clock).await);
        }
        app.personalization().post(&format!("/api/v1/annual-tickets/{id}/block"), &json!({"reason": "lost"})).await.expect(200);
        tokio::time::sleep(Duration::from_millis(300)).await;
        for gate in &gates {
            block_in_place(|| gate.agent.sync()).expect("in step");
            assert_eq!(gate.agent.check(&code).reason().map(card::Reason::as_str), Some("blocked"));
            // The server learns with the next question what was taken over with this one.
            block_in_place(|| gate.agent.sync()).expect("in step");
        }
        let began = Instant::now();
        loop {
            let known: (i64, i64) = app.app.db.read().await.expect("a reader").fetch_one(&KNOWN, args![]).await.expect("counts");
            if known == (GATES, 1) {
                break;
            }
            assert!(began.elapsed() < WRITING_LIMIT, "{known:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

#[test]
fn a_server_may_hold_as_many_connections_as_its_system_allows() {
    let data = tempfile::tempdir().expect("a folder");
    // The program as a system starts it that is sparing at first.
    let sparing = data.path().join("sparing");
    let program = env!("CARGO_BIN_EXE_passepartout");
    fs::write(&sparing, format!("#!/bin/sh\nulimit -S -n 200\nexec '{program}' \"$@\"\n")).expect("written");
    fs::set_permissions(&sparing, fs::Permissions::from_mode(0o700)).expect("a program");
    let server = Server::start(&sparing, data.path(), None).expect("a server");
    let limits = fs::read_to_string(format!("/proc/{}/limits", server.pid())).expect("limits");
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).expect("a limit");
    let (now, most) = {
        let mut words = line.split_whitespace();
        (words.next().expect("a limit"), words.next().expect("a limit"))
    };
    assert_ne!(most, "200");
    assert_eq!(now, most);
    server.stop().expect("stopped");
}
