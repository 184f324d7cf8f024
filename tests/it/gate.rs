//! The gate program against a real server, with a network between them that fails.

pub(crate) mod agent;
pub(crate) mod proxy;

use crate::entry::{day_ticket, scope_id, stranger_code, wrong_digit};
use crate::support::TestApp;
use agent::Gate;
use card::{CardCode, CardDay, CardId, Flags, ScopeId};
use gate_protocol::request::{Nonce, Request};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use passepartout::cards::{NewAnnualTicket, issue_annual_ticket};
use passepartout::catalog::store as catalog;
use passepartout::kernel::slug::Slug;
use proxy::Proxy;
use reqwest::Method;
use scanner_agent::sync::SyncError;
use serde_json::{Value, json};
use std::io::Cursor;
use std::time::{Duration, Instant};
use testkit::Answer;
use tokio::task::block_in_place;

/// How long after a block a gate may still admit.
const BLOCK_LIMIT: Duration = Duration::from_secs(5);

on_both_databases! {
    async fn a_card_issued_after_the_last_sync_is_admitted_without_the_network(app: TestApp) {
        let app = app.furnished().await;
        let (gate, network) = gate_behind_a_network(&app, "stadtmuseum").await;
        let known = day_ticket(&app, "stadtmuseum", "2026-07-04").await;
        network.cut();
        let codes = [
            known.clone(),
            day_ticket(&app, "schloss", "2026-07-04").await,
            day_ticket(&app, "stadtmuseum", "2026-07-05").await,
            stranger_code(1),
            wrong_digit(&known),
            String::new(),
        ];
        let verdicts = block_in_place(|| gate.scan(&codes));
        let said: Vec<_> = verdicts.iter().map(|verdict| (verdict["verdict"].clone(), verdict["reason"].clone())).collect();
        assert_eq!(said, [
            (json!("admit"), Value::Null),
            (json!("refuse"), json!("wrong_house")),
            (json!("refuse"), json!("not_yet_valid")),
            (json!("refuse"), json!("forged")),
            (json!("refuse"), json!("malformed")),
            (json!("refuse"), json!("malformed")),
        ]);
        assert!(verdicts[0]["data_age_secs"].is_u64(), "{}", verdicts[0]);
        assert!(verdicts[0]["card_id"].is_string() && verdicts[5]["card_id"].is_null(), "{verdicts:?}");
    }

    async fn a_block_reaches_the_gate_within_five_seconds(app: TestApp) {
        let app = app.furnished().await;
        let (gate, _network) = gate_behind_a_network(&app, "schloss").await;
        let (id, code) = annual_ticket_with_card(&app).await;
        let mut running = block_in_place(|| gate.start());
        let before = block_in_place(|| running.scan(&code));
        assert_eq!(before["reason"], "not_yet_collected", "the house refuses it by its own rule: {before}");

        app.personalization().post(&format!("/api/v1/annual-tickets/{id}/block"), &json!({"reason": "lost"})).await.expect(200);
        let blocked_at = Instant::now();
        while block_in_place(|| running.scan(&code))["reason"] != "blocked" {
            assert!(blocked_at.elapsed() < BLOCK_LIMIT, "the gate does not know the block yet");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        block_in_place(|| running.stop());
    }

    async fn five_hundred_offline_scans_are_stored_once_each_also_when_an_answer_is_lost(app: TestApp) {
        let app = app.furnished().await;
        let (gate, network) = gate_behind_a_network(&app, "stadtmuseum").await;
        let scope = ScopeId::new(scope_id(&app, "stadtmuseum").await);
        let codes: Vec<String> = (1..=500).map(|card_id| signed_code(&app, card_id, scope)).collect();
        network.cut();
        let verdicts = block_in_place(|| gate.scan(&codes));
        assert!(verdicts.iter().all(|verdict| verdict["verdict"] == "admit"), "{verdicts:?}");
        assert_eq!(stored_scans(&app).await, (0, 0));

        network.mend();
        network.lose_next_scan_answer();
        let agent = gate.agent();
        let lost = block_in_place(|| agent.upload());
        assert!(matches!(lost, Err(SyncError::Unreachable(_))), "{lost:?}");
        assert_eq!(stored_scans(&app).await, (500, 500));
        let pushed = block_in_place(|| agent.upload()).expect("uploaded");
        assert_eq!((pushed.stored, pushed.duplicate, pushed.quarantined), (0, 500, 0));
        assert_eq!(block_in_place(|| agent.upload()).expect("nothing left"), scanner_agent::Pushed::default());
        assert_eq!(stored_scans(&app).await, (500, 500));
    }

    async fn a_single_entry_at_one_gate_is_known_at_the_other(app: TestApp) {
        let app = app.furnished().await;
        let code = [day_ticket(&app, "stadtmuseum", "2026-07-04").await];
        let (first, _network) = gate_behind_a_network(&app, "stadtmuseum").await;
        let (second, _network) = gate_behind_a_network(&app, "stadtmuseum").await;
        assert_eq!(block_in_place(|| first.scan(&code))[0]["verdict"], "admit");
        // A server process looks for changes a few times a second.
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(block_in_place(|| second.scan(&code))[0]["reason"], "already_used");
        let question = json!({"code": code[0], "house": "stadtmuseum"});
        assert_eq!(app.entry().post("/api/v1/entry/check", &question).await.expect(200)["reason"], "already_used");
    }

    async fn a_gate_with_a_wrong_key_is_refused(app: TestApp) {
        let app = app.furnished().await;
        let (gate, _network) = gate_behind_a_network(&app, "stadtmuseum").await;
        gate.home().set_device_key(&[7; 32]).expect("written");
        let refused = block_in_place(|| gate.agent().sync());
        assert!(matches!(&refused, Err(SyncError::Refused { status: 401, reason }) if reason == "bad_signature"), "{refused:?}");
    }

    async fn a_pairing_code_pairs_once_and_runs_out(app: TestApp) {
        let app = app.furnished().await;
        let device = add_device(&app, "stadtmuseum").await;
        let code = device["pairing_code"].as_str().expect("a code");
        let request = json!({"pairing_code": code, "public_key": "d0".repeat(32), "agent_version": "1"});
        app.stranger().post("/gate/v1/pair", &request).await.expect_invalid("public_key", "unusable_key");
        let url = app.stranger().base_url().to_owned();
        block_in_place(|| Gate::pair(&url, code));
        let key = gate_protocol::request::DeviceKey::new(&[5; 32]).public_key();
        let again = json!({"pairing_code": code, "public_key": hex::encode(key), "agent_version": "1"});
        app.stranger().post("/gate/v1/pair", &again).await.expect_refusal(403, "unknown_pairing_code");

        let late = add_device(&app, "stadtmuseum").await;
        app.wait_secs(10 * 60);
        let late = json!({"pairing_code": late["pairing_code"], "public_key": hex::encode(key), "agent_version": "1"});
        app.stranger().post("/gate/v1/pair", &late).await.expect_refusal(403, "unknown_pairing_code");
        for _ in 0..20 {
            app.stranger().post("/gate/v1/pair", &late).await;
        }
        app.stranger().post("/gate/v1/pair", &late).await.expect_refusal(429, "too_many_attempts");
    }

    async fn a_request_is_carried_out_once_and_only_as_it_was_signed(app: TestApp) {
        let app = app.furnished().await;
        let (gate, _network) = gate_behind_a_network(&app, "stadtmuseum").await;
        app.stranger().get("/gate/v1/keys").await.expect_refusal(401, "malformed_credentials");
        send_signed(&app, &gate, 1, "/gate/v1/keys", 0).await.expect(200);
        send_signed(&app, &gate, 1, "/gate/v1/keys", 0).await.expect_refusal(401, "replayed");
        send_signed(&app, &gate, 2, "/gate/v1/scopes", 0).await.expect(200);
        let skewed = send_signed(&app, &gate, 3, "/gate/v1/keys", 400_000).await.expect_refusal(401, "clock_skew");
        assert_eq!(skewed["server_time_ms"], now_ms(&app));
        let other_history = "/gate/v1/changes?epoch=other&after=0";
        send_signed(&app, &gate, 4, other_history, 0).await.expect_refusal(410, "other_history");
        let snapshot = send_signed(&app, &gate, 5, "/gate/v1/snapshot", 0).await;
        assert!(snapshot.status == 200 && snapshot.body.starts_with(b"PPSNAP"));
    }

    async fn a_revoked_gate_forgets_its_cards(app: TestApp) {
        let app = app.furnished().await;
        let code = day_ticket(&app, "stadtmuseum", "2026-07-04").await;
        let device = add_device(&app, "stadtmuseum").await;
        let (url, pairing_code) = (app.stranger().base_url().to_owned(), device["pairing_code"].as_str().expect("a code"));
        let gate = block_in_place(|| Gate::pair(&url, pairing_code));
        let agent = gate.agent();
        assert_eq!(agent.status().expect("readable").cards, 1);
        let path = format!("/api/v1/devices/{}/revoke", device["id"].as_str().expect("an id"));
        app.admin().post(&path, &json!({})).await.expect(200);

        let told = block_in_place(|| agent.sync());
        assert!(matches!(told, Err(SyncError::Revoked)), "{told:?}");
        assert_eq!(agent.status().expect("readable").cards, 0);
        assert_eq!(block_in_place(|| gate.scan(&[code]))[0]["reason"], "unknown_key");
    }

    async fn after_a_restored_backup_gates_start_over(app: TestApp) {
        let app = app.furnished().await;
        day_ticket(&app, "stadtmuseum", "2026-07-04").await;
        let (gate, _network) = gate_behind_a_network(&app, "stadtmuseum").await;
        let agent = gate.agent();
        let epoch = || agent.status().expect("readable").cursor.expect("in step").epoch;
        let before = epoch();
        let shared = app.app.clone();
        let restored = app.app.db.write(async move |tx: &mut db::Conn| {
            shared.gates.begin_new_history(tx, &*shared.random).await
        });
        restored.await.expect("a new history");
        tokio::time::sleep(Duration::from_millis(300)).await;
        block_in_place(|| agent.sync()).expect("in step again");
        assert_ne!(epoch(), before);
        assert_eq!(agent.status().expect("readable").cards, 1);
    }

    async fn an_event_that_is_not_understood_is_kept_aside_and_the_others_are_stored(app: TestApp) {
        let app = app.furnished().await;
        let (gate, _network) = gate_behind_a_network(&app, "stadtmuseum").await;
        let good = json!({
            "id": "01936f2e-0000-7000-8000-000000000001", "reader": "desk", "direction": "in", "boot_id": "b",
            "monotonic_ms": 1, "wall_ms": 1, "trusted_ms": 1, "card_id": "5", "issue": 1, "text_sha256": null,
            "verdict": "refuse", "reason": "blocked", "snapshot_seq": 0, "offline": false, "admitted_count": 0,
        });
        let batch = json!({"boot_id": "b", "sent_monotonic_ms": 2, "events": [{"id": "nonsense\u{0}"}, good, 17]});
        for (nonce, first) in [(1, "stored"), (2, "duplicate")] {
            let answer = post_signed(&app, &gate, nonce, "/gate/v1/scans", &batch).await.expect(200);
            let outcomes: Vec<_> = answer["answers"].as_array().expect("answers").iter().map(|a| a["outcome"].clone()).collect();
            assert_eq!(outcomes, [json!("quarantined"), json!(first), json!("quarantined")]);
        }
        assert_eq!(stored_scans(&app).await, (1, 1));
    }
}

pub(crate) async fn add_device(app: &TestApp, house: &str) -> Value {
    app.admin().post("/api/v1/devices", &json!({"name": "Gate", "house": house})).await.expect(201)
}

/// A paired gate whose way to the server is a network that a test can cut.
pub(crate) async fn gate_behind_a_network(app: &TestApp, house: &str) -> (Gate, Proxy) {
    let network = Proxy::to(app.stranger().base_url());
    let device = add_device(app, house).await;
    let pairing_code = device["pairing_code"].as_str().expect("a code");
    (block_in_place(|| Gate::pair(&network.url(), pairing_code)), network)
}

/// A code that this museum signed and never told its gates about.
pub(crate) fn signed_code(app: &TestApp, card_id: u64, scope: ScopeId) -> String {
    app.app.keys.signer(app.act().now).sign(&CardCode {
        card_id: CardId::new(card_id),
        scope,
        not_before: CardDay::FIRST,
        not_after: CardDay::LAST,
        issue: 1,
        flags: Flags::NONE,
    })
}

/// A personalized annual ticket: its id and the code of its card.
pub(crate) async fn annual_ticket_with_card(app: &TestApp) -> (String, String) {
    let act = app.act();
    let issued = app.app.db.write(async move |tx: &mut db::Conn| {
        let key = |text: &str| text.parse::<Slug>().expect("a key");
        let product = catalog::product(tx, &key("jahreskarte")).await?.expect("a product");
        let category = catalog::category(tx, &key("adult")).await?.expect("a category");
        let scope = catalog::scope(tx, &key("alle-haeuser")).await?.and_then(|scope| scope.id).expect("a scope");
        let new = NewAnnualTicket {
            order_id: act.new_id(),
            ticket_id: act.new_id(),
            product: &product,
            category: &category,
            scope_id: scope,
            paid: true,
            is_test: false,
            purchased_on: "2026-07-04".parse().expect("a day"),
            exchanged_on: None,
            starts_on: None,
            delivery: None,
            address: None,
            language: "de".to_owned(),
        };
        issue_annual_ticket(tx, &act, &new).await
    });
    let id = issued.await.expect("an annual ticket").id.to_string();
    let desk = app.personalization();
    let path = format!("/api/v1/annual-tickets/{id}");
    let whose = json!({"holder": {"given_name": "Ada", "family_name": "Lovelace"}, "delivery": {"kind": "counter"}});
    desk.put(&format!("{path}/personalization"), &whose).await.expect(200);
    desk.put_file(&format!("{path}/photo"), "image/jpeg", portrait()).await.expect(200);
    desk.post(&format!("{path}/finalize"), &json!({})).await.expect(200);
    app.run_jobs().await;
    let ticket = desk.get(&path).await.expect(200);
    (id, ticket["card"]["code"].as_str().unwrap_or_else(|| panic!("no card: {ticket}")).to_owned())
}

/// A picture that passes the checks of a portrait.
fn portrait() -> Vec<u8> {
    let shade = |x: u32, y: u32| u8::try_from((x * 7 + y * 13) % 200 + 28).expect("a shade");
    let picture = RgbImage::from_fn(700, 900, |x, y| Rgb([shade(x, y), shade(y, x), shade(x, x)]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut bytes, ImageFormat::Jpeg).expect("a JPEG");
    bytes.into_inner()
}

/// How many scans the server has, and how many different ids among them.
async fn stored_scans(app: &TestApp) -> (i64, i64) {
    static COUNT: db::Sql = {
        const SQL: &str = "SELECT COUNT(*), COUNT(DISTINCT id) FROM scans";
        db::Sql::new("count", SQL, SQL)
    };
    app.app.db.read().await.expect("a connection").fetch_one(&COUNT, db::args![]).await.expect("counts")
}

fn now_ms(app: &TestApp) -> i64 {
    app.app.clock.now().0
}

/// A request as the gate would sign it, `ahead_ms` before its time, with a nonce of the test's choice.
pub(crate) async fn send_signed(app: &TestApp, gate: &Gate, nonce: u8, path: &str, ahead_ms: i64) -> Answer {
    let request = Request { method: "GET", path_and_query: path, body: b"" };
    Answer::to(signed(app, gate, nonce, request, ahead_ms)).await
}

pub(crate) async fn post_signed(app: &TestApp, gate: &Gate, nonce: u8, path: &str, body: &Value) -> Answer {
    let body = body.to_string();
    let request = Request { method: "POST", path_and_query: path, body: body.as_bytes() };
    Answer::to(signed(app, gate, nonce, request, 0).body(body)).await
}

pub(crate) fn signed(
    app: &TestApp,
    gate: &Gate,
    nonce: u8,
    request: Request<'_>,
    ahead_ms: i64,
) -> reqwest::RequestBuilder {
    let key = gate.home().device_key().expect("a key");
    let device = gate.home().identity().expect("readable").expect("paired").device_id;
    let credentials = key.sign(request, &device, now_ms(app) + ahead_ms, Nonce::from_random([nonce; 16]));
    let method = Method::from_bytes(request.method.as_bytes()).expect("a method");
    let start = app.stranger().request(method, request.path_and_query);
    credentials.to_headers().into_iter().fold(start, |request, (name, value)| request.header(name, value))
}
