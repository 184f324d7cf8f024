//! Gates as staff keep them, and the manual check.

use crate::support::TestApp;
use card::{CardCode, CardDay, CardId, CardSigner, Flags, ScopeId};
use passepartout::cards::NewDayTicket;
use passepartout::catalog::product::ReentryPolicy;
use serde_json::{Value, json};

on_both_databases! {
    async fn a_gate_is_added_listed_and_revoked(app: TestApp) {
        let app = app.furnished().await;
        let wanted = json!({"name": "Main entrance", "house": "stadtmuseum", "exhibition": "stadtansichten", "direction": "out"});
        let added = app.admin().post("/api/v1/devices", &wanted).await.expect(201);
        let code = added["pairing_code"].as_str().expect("a code");
        assert!(code.len() == 8 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");

        let path = format!("/api/v1/devices/{}", added["id"].as_str().expect("an id"));
        let device = app.admin().get(&path).await.expect(200);
        assert_eq!((&device["state"], &device["direction"]), (&json!("unpaired"), &json!("out")));
        assert_eq!(app.admin().get("/api/v1/devices").await.expect(200)["items"][0], device);
        let renewed = app.admin().post(&format!("{path}/pairing-code"), &json!({})).await.expect(200);
        assert_ne!(renewed["pairing_code"], added["pairing_code"]);

        assert_eq!(app.admin().post(&format!("{path}/revoke"), &json!({})).await.expect(200)["state"], "revoked");
        app.admin().post(&format!("{path}/pairing-code"), &json!({})).await.expect_refusal(404, "not_found");
    }

    async fn a_gate_needs_a_name_and_a_place_that_is_there(app: TestApp) {
        let app = app.furnished().await;
        for (change, path, reason) in [
            (json!({"name": " "}), "name", "invalid_value"),
            (json!({"house": "zoo"}), "house", "unknown_house"),
            (json!({"exhibition": "zoo"}), "exhibition", "unknown_exhibition"),
            (json!({"house": "schloss", "exhibition": "stadtansichten"}), "exhibition", "unknown_exhibition"),
            (json!({"direction": "up"}), "direction", "unknown_value"),
            (json!({"colour": 1}), "colour", "unknown_field"),
        ] {
            let mut wanted = json!({"name": "x", "house": "stadtmuseum"});
            for (key, value) in change.as_object().expect("an object") {
                wanted[key] = value.clone();
            }
            app.admin().post("/api/v1/devices", &wanted).await.expect_invalid(path, reason);
        }
    }

    async fn the_check_says_what_a_gate_would_say(app: TestApp) {
        let app = app.furnished().await;
        let code = day_ticket(&app, "stadtmuseum", "2026-07-04").await;
        let asked = |change: Value| {
            let mut question = json!({"code": code, "house": "stadtmuseum"});
            for (key, value) in change.as_object().expect("an object") {
                question[key] = value.clone();
            }
            question
        };
        for (change, verdict, reason) in [
            (json!({}), "admit", Value::Null),
            (json!({"exhibition": "stadtansichten"}), "admit", Value::Null),
            (json!({"house": "schloss"}), "refuse", json!("wrong_house")),
            (json!({"at": "2026-07-03T23:59:59+02:00"}), "refuse", json!("not_yet_valid")),
            (json!({"at": "2026-07-04T23:59:59+02:00"}), "admit", Value::Null),
            (json!({"at": "2026-07-05T00:00:00+02:00"}), "refuse", json!("expired")),
            (json!({"code": wrong_digit(&code)}), "refuse", json!("malformed")),
            (json!({"code": ""}), "refuse", json!("malformed")),
            (json!({"code": stranger_code(1)}), "refuse", json!("forged")),
            (json!({"code": stranger_code(9)}), "refuse", json!("unknown_key")),
        ] {
            let answer = app.entry().post("/api/v1/entry/check", &asked(change.clone())).await.expect(200);
            assert_eq!((&answer["verdict"], &answer["reason"]), (&json!(verdict), &reason), "{change}");
        }
        let answer = app.entry().post("/api/v1/entry/check", &asked(json!({}))).await.expect(200);
        assert_eq!((&answer["valid_from"], &answer["valid_until"]), (&json!("2026-07-04"), &json!("2026-07-04")));
        assert_eq!(answer["companions"], 0);
        let again = app.entry().post("/api/v1/entry/check", &asked(json!({}))).await.expect(200);
        assert_eq!(again, answer, "it records nothing");
    }

    async fn the_check_needs_a_place_that_is_there(app: TestApp) {
        let app = app.furnished().await;
        let check = async |question: Value| app.entry().post("/api/v1/entry/check", &question).await;
        check(json!({"code": "1", "house": "zoo"})).await.expect_invalid("house", "unknown_house");
        let other = json!({"code": "1", "house": "schloss", "exhibition": "stadtansichten"});
        check(other).await.expect_invalid("exhibition", "unknown_exhibition");
        check(json!({"house": "schloss"})).await.expect_invalid("", "missing_field");
        check(json!({"code": "1", "house": "schloss", "at": "now"})).await.expect_invalid("at", "invalid_value");
    }
}

/// A sold day ticket of one house.
pub(crate) async fn day_ticket(app: &TestApp, house: &str, day: &str) -> String {
    let day = day.parse().expect("a day");
    let new = NewDayTicket {
        ticket_id: app.act().new_id(),
        scope_id: scope_id(app, house).await,
        not_before: day,
        not_after: day,
        check_proof: false,
        companions: 0,
        reentry_secs: 600,
        reentry_policy: ReentryPolicy::Attention,
        is_test: false,
    };
    app.issue_day_ticket(&new).await.card_code
}

/// The id in card codes of the scope with this key.
pub(crate) async fn scope_id(app: &TestApp, key: &str) -> u16 {
    let scope = app.admin().get(&format!("/api/v1/scopes/{key}")).await.expect(200);
    scope["id"].as_u64().and_then(|id| id.try_into().ok()).expect("an id")
}

/// The code with its tenth digit raised by one.
pub(crate) fn wrong_digit(code: &str) -> String {
    let mut digits = code.as_bytes().to_vec();
    digits[9] = (digits[9] - b'0' + 1) % 10 + b'0';
    String::from_utf8(digits).expect("digits")
}

/// A code that somebody else signed under this key id.
pub(crate) fn stranger_code(key_id: u8) -> String {
    CardSigner::new(key_id, &[0x66; 32]).sign(&CardCode {
        card_id: CardId::new(1),
        scope: ScopeId::new(1),
        not_before: CardDay::FIRST,
        not_after: CardDay::LAST,
        issue: 1,
        flags: Flags::NONE,
    })
}
