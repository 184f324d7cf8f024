//! The ways of a card to its holder: by post, from a shelf, over the counter; back, and undone.

use crate::support::TestApp;
use crate::support::printing::FinishedCard;
use serde_json::{Value, json};

on_both_databases! {
    async fn a_card_that_is_not_printed_goes_nowhere(app: TestApp) {
        let app = app.furnished().await;
        let printed = app.printed_card("Printed", None).await;
        let ready = app.finished_card("Ready", None).await;
        let mail = app.mailroom();
        let both = json!([printed.id, ready.id]);
        for (path, body) in [
            ("dispatches", json!({"cards": both, "carrier": "Post", "tracking": "RR1"})),
            ("deposits", json!({"cards": both, "house": "schloss", "shelf": "A1"})),
            ("handovers", json!({"card": ready.id})),
            ("returns", json!({"card": ready.id, "reason": "moved"})),
        ] {
            let problem = mail.post(&format!("/api/v1/{path}"), &body).await.expect_refusal(409, "wrong_state");
            assert_eq!((&problem["card"].as_str().or(Some("")).is_some(), &problem["state"]), (&true, &json!("ready_to_print")), "{path}");
            let expected = if path == "returns" { "dispatched" } else { "ready_for_dispatch" };
            assert_eq!(problem["expected"][0], expected, "{path}");
        }
        assert_eq!(app.state_of(&printed).await, "ready_for_dispatch", "of a list all or none");
    }

    async fn by_post_and_back(app: TestApp) {
        let app = app.furnished().await;
        let cards = [app.printed_card("One", None).await, app.printed_card("Two", None).await];
        let mail = app.mailroom();
        let sent = json!({"cards": [cards[0].id, cards[1].id], "carrier": "Deutsche Post", "tracking": null});
        let answer = mail.post("/api/v1/dispatches", &sent).await.expect(201);
        assert_eq!((&answer["state"], answer["cards"].as_array().map(Vec::len)), (&json!("dispatched"), Some(2)));
        mail.post("/api/v1/dispatches", &sent).await.expect_refusal(409, "wrong_state");

        let confirmed = mail.post("/api/v1/handovers", &json!({"card": cards[0].id})).await.expect(201);
        assert_eq!(confirmed["state"], "handed_over");
        let back = json!({"card": cards[1].id, "reason": "unknown at this address"});
        assert_eq!(mail.post("/api/v1/returns", &back).await.expect(201)["state"], "returned");
        mail.post("/api/v1/returns", &json!({"card": cards[1].id})).await.expect_invalid("", "missing_field");
        let ready = mail.post(&format!("{}/make-ready", cards[1].path()), &json!({})).await.expect(200);
        assert_eq!(ready["state"], "ready_for_dispatch");
        let again = json!({"cards": [cards[1].id], "carrier": "Courier", "tracking": "C-7"});
        mail.post("/api/v1/dispatches", &again).await.expect(201);
        let history = mail.get(&cards[1].path()).await.expect(200)["history"].clone();
        let reasons: Vec<&Value> = history.as_array().expect("a history").iter().map(|entry| &entry["reason"]).collect();
        assert!(reasons.contains(&&json!("unknown at this address")), "{history}");
    }

    async fn laid_ready_and_fetched_with_a_code(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", None).await;
        let mail = app.mailroom();
        let unknown = json!({"cards": [card.id], "house": "burg", "shelf": "A1"});
        mail.post("/api/v1/deposits", &unknown).await.expect_invalid("house", "unknown_key");
        let shelf = json!({"cards": [card.id], "house": "schloss", "shelf": "A1", "pickup_code": "ab-12 cd"});
        assert_eq!(mail.post("/api/v1/deposits", &shelf).await.expect(201)["state"], "deposited");
        let seen = mail.get(&card.path()).await.expect(200);
        assert_eq!((&seen["house"], &seen["shelf"]), (&json!("schloss"), &json!("A1")));

        let fetch = async |code: Value| {
            let body = json!({"card": card.id, "picked_up_by": "Charles Babbage", "pickup_code": code});
            app.personalization().post("/api/v1/handovers", &body).await
        };
        fetch(json!("WRONG1")).await.expect_refusal(422, "wrong_pickup_code");
        fetch(json!("?")).await.expect_invalid("pickup_code", "invalid_value");
        assert_eq!(app.state_of(&card).await, "deposited");
        assert_eq!(fetch(json!("AB12CD")).await.expect(201)["state"], "handed_over");

        undo(&app, &card).await.expect(200);
        assert_eq!(fetch(Value::Null).await.expect(201)["state"], "handed_over", "who is known at the desk needs no code");
    }

    async fn a_new_deposit_forgets_the_old_code(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", None).await;
        let mail = app.mailroom();
        let deposit = json!({"cards": [card.id], "house": "schloss", "shelf": "A1", "pickup_code": "OLD123"});
        mail.post("/api/v1/deposits", &deposit).await.expect(201);
        assert_eq!(mail.post(&format!("{}/make-ready", card.path()), &json!({})).await.expect(200)["state"], "ready_for_dispatch");
        mail.post("/api/v1/deposits", &json!({"cards": [card.id], "house": "stadtmuseum"})).await.expect(201);
        let fetch = json!({"card": card.id, "pickup_code": "ANY123"});
        assert_eq!(mail.post("/api/v1/handovers", &fetch).await.expect(201)["state"], "handed_over");
    }

    async fn issued_at_the_counter_at_once(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", None).await;
        let answer = app.personalization().post("/api/v1/handovers", &json!({"card": card.id, "picked_up_by": null})).await.expect(201);
        assert_eq!((&answer["card"], &answer["number"], &answer["state"]), (&card.id, &json!(card.number), &json!("handed_over")));
        app.personalization().post("/api/v1/handovers", &json!({"card": card.id})).await.expect_refusal(409, "wrong_state");
    }

    async fn the_last_step_can_be_taken_back_while_nothing_later_happened(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", None).await;
        let mail = app.mailroom();
        mail.post("/api/v1/dispatches", &json!({"cards": [card.id]})).await.expect(201);
        mail.post("/api/v1/returns", &json!({"card": card.id, "reason": "moved"})).await.expect(201);
        mail.post(&format!("{}/undo", card.path()), &json!({"reason": ""})).await.expect_invalid("reason", "invalid_value");
        for (undone, state) in [("returned", "dispatched"), ("dispatched", "ready_for_dispatch"), ("printed", "in_print_run")] {
            let answer = undo(&app, &card).await.expect(200);
            assert_eq!((&answer["undone"], &answer["state"]), (&json!(undone), &json!(state)));
        }
        let problem = undo(&app, &card).await.expect_refusal(409, "nothing_to_undo");
        assert_eq!(problem["state"], "in_print_run");
        let nobody = "/api/v1/cards/0197d0a0-0000-7000-8000-000000000000/undo";
        mail.post(nobody, &json!({"reason": "test"})).await.expect_refusal(404, "not_found");
    }

    async fn a_double_click_sends_once(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", None).await;
        let sent = json!({"cards": [card.id], "carrier": "Post"});
        let mail = app.mailroom();
        let (first, second) =
            tokio::join!(mail.post_once("/api/v1/dispatches", "click", &sent), mail.post_once("/api/v1/dispatches", "click", &sent));
        assert_eq!(first.expect(201), second.expect(201));
    }
}

async fn undo(app: &TestApp, card: &FinishedCard) -> testkit::Answer {
    app.mailroom().post(&format!("{}/undo", card.path()), &json!({"reason": "wrong pile"})).await
}
