//! Whom a gate believes, whom the server believes, and what a thief of a gate holds in his hands.

use crate::entry::day_ticket;
use crate::gate::agent::Gate;
use crate::gate::{add_device, annual_ticket_with_card, gate_behind_a_network, send_signed, signed};
use gate_protocol::request::Request;
use passepartout::kernel::roles::Role;
use scanner_agent::sync::SyncError;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use testkit::Answer;
use tokio::task::block_in_place;

/// How long a gate may stand at its old place after it was moved.
const MOVE_LIMIT: Duration = Duration::from_secs(5);

on_both_databases! {
    async fn a_stolen_gate_holds_no_name_no_secret_and_no_code(app: TestApp) {
        let app = app.furnished().await;
        let (_, code) = annual_ticket_with_card(&app).await;
        let ticket = day_ticket(&app, "stadtmuseum", "2026-07-04").await;
        let (gate, _network) = gate_behind_a_network(&app, "stadtmuseum").await;
        let said = block_in_place(|| gate.scan(&[code.clone(), ticket.clone(), "Ada Lovelace".to_owned()]));
        assert_eq!(said.len(), 3);

        let mut secrets = vec![code, ticket];
        for text in ["Ada", "Lovelace", "Potsdam", "example.org"] {
            secrets.push(text.to_owned());
        }
        let mut files = 0;
        for entry in fs::read_dir(app.folder().join("keys")).expect("the server's keys") {
            secrets.push(fs::read_to_string(entry.expect("a file").path()).expect("a key").trim().to_owned());
        }
        for entry in fs::read_dir(gate.home().path()).expect("the gate's folder") {
            let path = entry.expect("a file").path();
            let bytes = fs::read(&path).expect("readable");
            files += 1;
            for secret in &secrets {
                let raw = hex::decode(secret).unwrap_or_else(|_| secret.clone().into_bytes());
                let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
                assert!(!holds(secret.as_bytes()) && !holds(&raw), "{} holds {secret}", path.display());
            }
        }
        assert!(files >= 4, "key, identity and two databases");
    }

    async fn what_the_network_altered_is_refused_and_changes_nothing(app: TestApp) {
        let app = app.furnished().await;
        let known = day_ticket(&app, "stadtmuseum", "2026-07-04").await;
        let (gate, network) = gate_behind_a_network(&app, "stadtmuseum").await;
        let agent = gate.agent();
        let before = agent.status().expect("readable");
        let is_as_before = || {
            let now = agent.status().expect("readable");
            (now.cards, now.cursor.map(|cursor| cursor.seq)) == (before.cards, before.cursor.clone().map(|cursor| cursor.seq))
                && agent.check(&known).verdict.as_str() == "admit"
        };
        day_ticket(&app, "stadtmuseum", "2026-07-05").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        network.alter(Some("/gate/v1/changes"));
        let synced = block_in_place(|| agent.sync());
        assert!(matches!(synced, Err(SyncError::Distrusted(_))), "{synced:?}");
        assert!(is_as_before());

        // A new history, of which only an altered snapshot comes: the gate keeps what it knows.
        let shared = app.app.clone();
        let restored = app.app.db.write(async move |tx: &mut db::Conn| shared.gates.begin_new_history(tx, &*shared.random).await);
        restored.await.expect("a new history");
        tokio::time::sleep(Duration::from_millis(300)).await;
        network.alter(Some("/gate/v1/snapshot"));
        let synced = block_in_place(|| agent.sync());
        assert!(matches!(synced, Err(SyncError::Distrusted(_) | SyncError::Unreachable(_))), "{synced:?}");
        assert!(is_as_before());

        for path in ["/gate/v1/keys", "/gate/v1/scopes"] {
            network.alter(Some(path));
            let synced = block_in_place(|| agent.sync());
            assert!(matches!(synced, Err(SyncError::Distrusted(_))), "{path}: {synced:?}");
            assert_eq!(agent.check(&known).verdict.as_str(), "admit", "{path}");
        }
        network.alter(None);
        block_in_place(|| agent.sync()).expect("in step");
        assert_eq!(agent.status().expect("readable").cards, 2);
    }

    async fn a_snapshot_goes_on_where_the_line_broke(app: TestApp) {
        let app = app.furnished().await;
        day_ticket(&app, "stadtmuseum", "2026-07-04").await;
        let (gate, network) = gate_behind_a_network(&app, "stadtmuseum").await;
        let agent = gate.agent();
        let shared = app.app.clone();
        let restored = app.app.db.write(async move |tx: &mut db::Conn| shared.gates.begin_new_history(tx, &*shared.random).await);
        restored.await.expect("a new history");
        tokio::time::sleep(Duration::from_millis(300)).await;
        network.break_next_snapshot();
        let broken = block_in_place(|| agent.sync());
        assert!(matches!(broken, Err(SyncError::Unreachable(_))), "{broken:?}");
        assert_eq!((agent.status().expect("readable").cards, network.ranges_asked()), (1, 0), "what it knew stays");
        block_in_place(|| agent.sync()).expect("the rest");
        assert_eq!((agent.status().expect("readable").cards, network.ranges_asked()), (1, 1));
        assert!(!gate.home().path().join("snapshot.part").exists());
    }

    async fn a_request_with_another_body_or_path_is_refused(app: TestApp) {
        let app = app.furnished().await;
        let (gate, _network) = gate_behind_a_network(&app, "stadtmuseum").await;
        let (body, other) = (json!({"a": 1}).to_string(), json!({"a": 2}).to_string());
        let request = Request { method: "POST", path_and_query: "/gate/v1/scans", body: body.as_bytes() };
        Answer::to(signed(&app, &gate, 1, request, 0).body(other)).await.expect_refusal(401, "bad_signature");
        for ahead_ms in [-400_000, 400_000] {
            send_signed(&app, &gate, 2, "/gate/v1/keys", ahead_ms).await.expect_refusal(401, "clock_skew");
        }
    }

    async fn a_gate_is_moved_from_the_server(app: TestApp) {
        let app = app.furnished().await;
        let code = day_ticket(&app, "schloss", "2026-07-04").await;
        let device = add_device(&app, "stadtmuseum").await;
        let (url, pairing_code) = (app.stranger().base_url().to_owned(), device["pairing_code"].as_str().expect("a code"));
        let gate = block_in_place(|| Gate::pair(&url, pairing_code));
        let mut running = block_in_place(|| gate.start());
        assert_eq!(block_in_place(|| running.scan(&code))["reason"], "wrong_house");

        let path = format!("/api/v1/devices/{}/move", device["id"].as_str().expect("an id"));
        let moved = app.admin().post(&path, &json!({"house": "schloss"})).await.expect(200);
        let at = Instant::now();
        assert_eq!(moved["house"], "schloss");
        while block_in_place(|| running.scan(&code))["verdict"] != "admit" {
            assert!(at.elapsed() < MOVE_LIMIT, "the gate does not know its new place");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        block_in_place(|| running.stop());
        app.admin().post(&path, &json!({"house": "zoo"})).await.expect_invalid("house", "unknown_house");
        let elsewhere = json!({"house": "schloss", "exhibition": "stadtansichten"});
        app.admin().post(&path, &elsewhere).await.expect_invalid("exhibition", "unknown_exhibition");
    }

    async fn a_gate_is_moved_on_its_page(app: TestApp) {
        let app = app.furnished().await;
        let device = add_device(&app, "stadtmuseum").await;
        let path = format!("/admin/devices/{}", device["id"].as_str().expect("an id"));
        let mut admin = app.browser_of(Role::Admin).await;
        let page = admin.get(&path).await.text();
        assert!(page.contains("The gate stands at"), "{page}");
        let form = [("place", "stadtmuseum/stadtansichten"), ("once", "move-1")];
        assert_eq!(admin.post(&format!("{path}/move"), &form).await.status, 303);
        let listed = app.admin().get(&format!("/api/v1{}", path.trim_start_matches("/admin"))).await.expect(200);
        assert_eq!(listed["exhibition"], "stadtansichten");
    }
}

#[test]
fn every_reason_has_words_of_its_own_in_each_language() {
    for language in ["de", "en", "fr"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language).join("entry.ftl");
        let words = fs::read_to_string(file).expect("words");
        let of = |reason: card::Reason| {
            let key = format!("verdict-{} = ", reason.as_str().replace('_', "-"));
            words.lines().find_map(|line| line.strip_prefix(&key)).unwrap_or_else(|| panic!("{language}: {key}"))
        };
        let said: BTreeSet<&str> = card::Reason::ALL.into_iter().map(of).collect();
        assert_eq!(said.len(), card::Reason::ALL.len(), "{language}: two reasons say the same");
    }
}
