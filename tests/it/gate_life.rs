//! The life around a gate: keys that follow each other, rules that are set, persons who admit by hand, and what is noticed afterwards.

use crate::entry::{day_ticket, scope_id};
use crate::gate::agent::Gate;
use crate::gate::{add_device, annual_ticket_with_card, gate_behind_a_network, signed_code};
use crate::gate_equal::{SetClock, gate};
use card::{CardDay, KeyRing, ScopeId};
use gate_protocol::Direction;
use passepartout::entry::import_foreign::import_foreign;
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tokio::task::block_in_place;

/// How long a gate may take to learn of another key, rule or person.
const NEWS_LIMIT: Duration = Duration::from_secs(5);
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

on_both_databases! {
    async fn keys_follow_each_other_and_a_withdrawn_one_counts_no_more(app: TestApp) {
        let app = app.furnished().await;
        let known = day_ticket(&app, "stadtmuseum", "2026-07-04").await;
        let scope = ScopeId::new(scope_id(&app, "stadtmuseum").await);
        let never_told = signed_code(&app, 71, scope);
        let (gate, network) = gate_behind_a_network(&app, "stadtmuseum").await;
        let mut running = block_in_place(|| gate.start());
        assert_eq!(block_in_place(|| running.scan(&never_told))["verdict"], "admit");

        let (keys, now) = (&app.app.keys, app.act().now);
        let second = keys.make(&*app.app.random).expect("a key");
        let too_soon = keys.publish(second, CardDay::new(2_375), now, false).expect_err("two weeks of notice");
        assert!(too_soon.to_string().contains("14 days"), "{too_soon}");
        keys.publish(second, CardDay::new(2_375), now, true).expect("published");
        assert_eq!(keys.signer(now).key_id(), second);
        let by_second = signed_code(&app, 72, scope);
        let at = Instant::now();
        while block_in_place(|| running.scan(&by_second))["verdict"] != "admit" {
            assert!(at.elapsed() < NEWS_LIMIT, "the gate does not know the second key yet");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let third = signed_code(&app, 73, scope);
        keys.revoke(1, now).expect("revoked");
        let (first_again, at) = (never_told.clone(), Instant::now());
        while block_in_place(|| running.scan(&first_again))["reason"] != "unknown_card" {
            assert!(at.elapsed() < NEWS_LIMIT, "the gate does not know that the key was withdrawn");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        // What it learned counts without a network, too.
        network.cut();
        assert_eq!(block_in_place(|| running.scan(&known))["verdict"], "admit", "its data knows this one");
        assert_eq!(block_in_place(|| running.scan(&third))["verdict"], "admit");
        assert_eq!(block_in_place(|| running.scan(&never_told))["reason"], "unknown_card");
        block_in_place(|| running.stop());
        let question = json!({"code": never_told, "house": "stadtmuseum"});
        assert_eq!(app.entry().post("/api/v1/entry/check", &question).await.expect(200)["reason"], "unknown_card");
    }

    async fn rules_are_set_for_a_gate_or_its_house_and_reach_it_within_seconds(app: TestApp) {
        let app = app.furnished().await;
        let device = add_device(&app, "stadtmuseum").await;
        let other = add_device(&app, "stadtmuseum").await;
        let elsewhere = add_device(&app, "schloss").await;
        let path = |device: &Value| format!("/devices/{}", device["id"].as_str().expect("an id"));
        let (url, code) = (app.stranger().base_url().to_owned(), device["pairing_code"].as_str().expect("a code"));
        let gate = block_in_place(|| Gate::pair(&url, code));
        let mut running = block_in_place(|| gate.start());
        let never_told = signed_code(&app, 71, ScopeId::new(scope_id(&app, "stadtmuseum").await));
        assert_eq!(block_in_place(|| running.scan(&never_told))["verdict"], "admit");

        let rules = format!("/api/v1{}/rules", path(&device));
        app.admin().put(&rules, &json!({"rules": {"stale_after_hours": 745}})).await
            .expect_invalid("rules.stale_after_hours", "out_of_bounds");
        let set = app.admin().put(&rules, &json!({"rules": {"unknown_signed": "refuse"}})).await.expect(200);
        assert_eq!((&set["rules"]["unknown_signed"], &set["rules"]["stale"]), (&json!("refuse"), &json!("warn")));
        let at = Instant::now();
        while block_in_place(|| running.scan(&never_told))["reason"] != "unknown_card" {
            assert!(at.elapsed() < NEWS_LIMIT, "the gate does not know its rules");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        block_in_place(|| running.stop());

        let mut admin = app.browser_of(Role::Admin).await;
        let page = admin.get(&format!("/admin{}", path(&device))).await.text();
        assert!(page.contains("value=\"refuse\" selected"), "{page}");
        let form = [
            ("stale_after_hours", "6"), ("stale", "refuse_unknown"), ("unknown_signed", "admit"), ("clock_unsure", "refuse"),
            ("journal_broken", "stay_shut"), ("foreign_codes", "1"), ("whole_house", "1"), ("once", "rules-1"),
        ];
        assert_eq!(admin.post(&format!("/admin{}/rules", path(&device)), &form).await.status, 303);
        let expected = json!({"unknown_signed": "admit", "stale_after_hours": 6, "stale": "refuse_unknown",
            "journal_broken": "stay_shut", "clock_unsure": "refuse", "foreign_codes": true});
        for (device, is_of_the_house) in [(&device, true), (&other, true), (&elsewhere, false)] {
            let read = app.admin().get(&format!("/api/v1{}", path(device))).await.expect(200);
            assert_eq!(read["rules"] == expected, is_of_the_house, "{read}");
        }
    }

    async fn somebody_admits_by_pin_without_a_network_and_it_is_told(app: TestApp) {
        let app = app.furnished().await;
        let mut clerk = app.browser_of(Role::Entry).await;
        assert_eq!(clerk.post("/entry/pin", &[("pin", "123456"), ("once", "pin-1")]).await.status, 422);
        assert_eq!(clerk.post("/entry/pin", &[("pin", "290417"), ("once", "pin-2")]).await.status, 303);
        let mut admin = app.browser_of(Role::Admin).await;
        let taken = admin.post("/entry/pin", &[("pin", "290417"), ("once", "pin-3")]).await;
        assert_eq!(taken.status, 422);
        let (gate, network) = gate_behind_a_network(&app, "stadtmuseum").await;
        network.cut();
        let late = day_ticket(&app, "schloss", "2026-07-04").await;
        assert_eq!(block_in_place(|| gate.scan(&[late]))[0]["reason"], "wrong_house");
        let agent = gate.agent();
        let admitted = block_in_place(|| agent.overrule(None, "290417", "wrong ticket sold")).expect("admitted");
        assert_eq!(admitted.against.map(card::Reason::as_str), Some("wrong_house"));
        for entry in fs::read_dir(gate.home().path()).expect("the gate's folder") {
            let bytes = fs::read(entry.expect("a file").path()).expect("readable");
            assert!(!bytes.windows(6).any(|window| window == b"290417"), "no PIN lies at the gate");
        }
        network.mend();
        let pushed = block_in_place(|| agent.upload()).expect("uploaded");
        assert_eq!((pushed.stored, pushed.quarantined), (2, 0), "{pushed:?}");
        let page = clerk.get("/admin/devices/noticed").await.text();
        assert!(page.contains("wrong ticket sold") && page.contains("for another house"), "{page}");

        assert_eq!(clerk.post("/entry/pin/remove", &[("once", "pin-4")]).await.status, 303);
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        block_in_place(|| agent.sync()).expect("in step");
        let gone = block_in_place(|| agent.overrule(Some(admitted.scan), "290417", "again"));
        assert!(gone.is_err(), "{gone:?}");
    }

    async fn what_gates_noticed_is_told(app: TestApp) {
        let app = app.furnished().await;
        let (id, code) = annual_ticket_with_card(&app).await;
        let clock = Arc::new(SetClock::default());
        let museum = gate(&app, "stadtmuseum", None, &clock).await;
        let second = gate(&app, "stadtmuseum", Some("stadtansichten"), &clock).await;
        assert_eq!(museum.agent.decide(&code, "left", Direction::In).verdict.as_str(), "attention");
        clock.0.store(6 * 60_000, Ordering::SeqCst);
        app.wait_secs(6 * 60);
        app.personalization().post(&format!("/api/v1/annual-tickets/{id}/block"), &json!({"reason": "lost"})).await.expect(200);
        tokio::time::sleep(Duration::from_millis(300)).await;
        let mut admin = app.browser_of(Role::Admin).await;
        let list = admin.get("/admin/devices").await.text();
        assert!(list.contains("does not know 1 block yet"), "{list}");
        assert_eq!(second.agent.decide(&code, "right", Direction::In).verdict.as_str(), "attention", "it does not know the block");
        // It is moved before it uploads: where it stands then is where the card was.
        block_in_place(|| museum.agent.upload()).expect("uploaded");
        let devices = app.admin().get("/api/v1/devices").await.expect(200);
        let moved = devices["items"][1]["id"].as_str().expect("an id");
        app.admin().post(&format!("/api/v1/devices/{moved}/move"), &json!({"house": "schloss"})).await.expect(200);
        block_in_place(|| second.agent.upload()).expect("uploaded");
        let page = admin.get("/admin/devices/noticed").await.text();
        assert!(page.contains("6 minutes apart") && page.contains("The card was blocked."), "{page}");
        assert!(page.contains("Ada Lovelace"), "{page}");

        for gate in [&museum, &second] {
            block_in_place(|| gate.agent.sync()).expect("in step");
            // The server learns with the next question what was taken over with this one.
            block_in_place(|| gate.agent.sync()).expect("in step");
        }
        let list = admin.get("/admin/devices").await.text();
        assert!(list.contains("knows every block") && !list.contains("does not know"), "{list}");
    }

    async fn of_two_first_entries_without_a_network_the_earlier_one_counts(app: TestApp) {
        let app = app.furnished().await;
        let mut product = app.admin().get("/api/v1/products/jahreskarte").await.expect(200);
        product["validity"] = json!({"start": "first_entry", "months": 12});
        app.admin().put("/api/v1/products/jahreskarte", &product).await.expect(200);
        let (id, code) = annual_ticket_with_card(&app).await;
        let clock = Arc::new(SetClock::default());
        let left = gate(&app, "stadtmuseum", None, &clock).await;
        let right = gate(&app, "stadtmuseum", None, &clock).await;
        let enter = |gate: &crate::gate_equal::TestGate, days: i64| {
            clock.0.store(days * DAY_MS, Ordering::SeqCst);
            gate.agent.decide(&code, "door", Direction::In).verdict.as_str().to_owned()
        };
        assert_eq!(enter(&right, 2), "attention");
        assert_eq!(enter(&left, 5), "attention");
        assert_eq!(enter(&right, 7), "attention");
        clock.0.store(9 * DAY_MS, Ordering::SeqCst);
        app.wait_secs(9 * 24 * 60 * 60);
        for (gate, until) in [(&left, "2027-07-08"), (&right, "2027-07-05"), (&left, "2027-07-05")] {
            block_in_place(|| gate.agent.upload()).expect("uploaded");
            let ticket = app.personalization().get(&format!("/api/v1/annual-tickets/{id}")).await.expect(200);
            assert_eq!(ticket["valid_until"], until, "the end moves only earlier");
        }
    }

    async fn a_code_of_an_older_system_opens_where_its_house_takes_such(app: TestApp) {
        let app = app.furnished().await;
        let (id, _) = annual_ticket_with_card(&app).await;
        let ticket = app.personalization().get(&format!("/api/v1/annual-tickets/{id}")).await.expect(200);
        let number = ticket["card"]["number"].as_str().expect("a number").to_owned();
        let lines = [("JK-0042-A", number.as_str()), ("x", &number), ("JK-0043-A", "12"), ("JK-0044-A", "00000000000000")]
            .map(|(code, card)| (code.to_owned(), card.to_owned()));
        let (act, keys) = (app.act(), KeyRing::new(&app.app.keys.key_list()).expect("a ring"));
        let imported = app.app.db.write(async move |tx: &mut db::Conn| import_foreign(tx, &act, &keys, &lines).await);
        let imported = imported.await.expect("imported");
        assert_eq!((imported.codes, imported.refused), (1, 3), "{imported:?}");

        let device = add_device(&app, "stadtmuseum").await;
        let (url, code) = (app.stranger().base_url().to_owned(), device["pairing_code"].as_str().expect("a code"));
        let gate = block_in_place(|| Gate::pair(&url, code));
        let agent = gate.agent();
        let said = |code: &str| agent.check(code).reason().map(card::Reason::as_str);
        assert_eq!(said("jk 0042 a"), Some("malformed"), "it is not switched on");
        let rules = format!("/api/v1/devices/{}/rules", device["id"].as_str().expect("an id"));
        app.admin().put(&rules, &json!({"rules": {"foreign_codes": true}})).await.expect(200);
        block_in_place(|| agent.sync()).expect("in step");
        assert_eq!((said("jk 0042 a"), said("JK-0043-A")), (Some("not_yet_collected"), Some("malformed")));
        let question = json!({"code": "JK-0042-A", "house": "stadtmuseum"});
        assert_eq!(app.entry().post("/api/v1/entry/check", &question).await.expect(200)["reason"], "not_yet_collected");
        app.personalization().post(&format!("/api/v1/annual-tickets/{id}/block"), &json!({"reason": "lost"})).await.expect(200);
        tokio::time::sleep(Duration::from_millis(300)).await;
        block_in_place(|| agent.sync()).expect("in step");
        assert_eq!(said("JK-0042-A"), Some("blocked"));
    }
}

#[test]
fn keys_are_kept_from_the_command_line() {
    let data = tempfile::tempdir().expect("a folder");
    let keys = |arguments: &[&str]| {
        let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_passepartout")));
        let output = command.arg("keys").args(arguments).arg("--data").arg(data.path()).output().expect("the program");
        let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).trim().to_owned());
        (output.status.code(), said.join(""))
    };
    let fails_with = |arguments: &[&str], text: &str| {
        let (status, said) = keys(arguments);
        assert!(status == Some(2) && said.contains(text), "{arguments:?}: {status:?} {said}");
    };
    let (status, list) = keys(&["list"]);
    assert!(status == Some(0) && list.starts_with("1  signs now"), "{list}");
    assert_eq!(keys(&["new"]), (Some(0), "2".to_owned()));
    fails_with(&["retire", "1"], "no other key may sign");
    fails_with(&["publish", "2", "--from", "2026-11-21"], "14 days before");
    fails_with(&["revoke", "1", "--reason", " "], "say why");
    let (status, said) = keys(&["publish", "2", "--at-once"]);
    assert_eq!(status, Some(0), "{said}");
    fails_with(&["publish", "2", "--at-once"], "published already");
    assert_eq!(keys(&["revoke", "1", "--reason", "the laptop was stolen"]).0, Some(0));
    let (_, list) = keys(&["list"]);
    assert!(list.contains("1  revoked") && list.contains("2  signs now"), "{list}");
    assert!(!data.path().join("keys/issuer.key").exists(), "the secret is destroyed");
}
