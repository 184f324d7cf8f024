//! The story of one ticket, from the code on a poster to the gates of the house, through the public API alone.

use serde_json::json;
use testkit::story::{FAMILY_NAME, GIVEN_NAME};
use testkit::{museum, story};

on_both_databases! {
    async fn from_a_code_to_the_gate_and_on_to_a_replacement(app: TestApp) {
        let app = app.furnished().await;
        museum::add_summer_code(&app.marketing(), Some(5)).await;

        // At the desk a code makes the annual ticket cheaper.
        let order = story::buy(&app.shop(), "the-sale", &json!({"kind": "mail"})).await;
        assert_eq!((order["state"].as_str(), order["total"].as_str()), (Some("paid"), Some("20.00")));
        let ticket = &order["tickets"][0];
        assert_eq!([&ticket["list_price"], &ticket["discount"], &ticket["paid_price"]], ["25.00", "5.00", "20.00"]);
        let id = story::text(&ticket["annual_tickets"][0]);
        let left = app.marketing().get("/api/v1/codes/sommer-26").await.expect(200);
        assert_eq!((left["used"].as_u64(), left["max_uses"].as_u64()), (Some(1), Some(5)));

        // Personalization: what is missing is named until nothing is.
        let desk = app.personalization();
        let path = format!("/api/v1/annual-tickets/{id}");
        let waiting = desk.get(&path).await.expect(200);
        assert_eq!(waiting["state"], "awaiting_personalization");
        let refusal = desk.post(&format!("{path}/finalize"), &json!({})).await;
        let missing = refusal.expect_refusal(409, "personalization_incomplete")["missing"].clone();
        assert!(missing.as_array().is_some_and(|missing| missing.contains(&json!("photo"))), "{missing}");
        story::personalize(&app.personalization(), &id).await;

        // The card is composed by itself.
        let ready = desk.get(&path).await.expect(200);
        assert_eq!((&ready["state"], &ready["status"]), (&json!("complete"), &json!("active")));
        assert_eq!((&ready["valid_from"], &ready["valid_until"]), (&json!("2026-07-04"), &json!("2027-07-03")));
        assert_eq!(ready["card"]["state"], "ready_to_print");
        let (card, code) = (story::text(&ready["card"]["id"]), story::text(&ready["card"]["code"]));

        // A card that is not printed yet cannot be posted, and the gate says that nobody has it in hand.
        let early = json!({"cards": [card], "carrier": "Post"});
        let refusal = app.mailroom().post("/api/v1/dispatches", &early).await.expect_refusal(409, "wrong_state");
        assert_eq!(refusal["state"], "ready_to_print");
        story::check(&app.entry(), &code, "stadtmuseum", "attention", Some("not_yet_collected")).await;

        // Printed and posted.
        story::print(&app.personalization(), &card).await;
        let posted = json!({"cards": [card], "carrier": "Post", "tracking": "RR 123"});
        app.mailroom().post("/api/v1/dispatches", &posted).await.expect(201);
        assert_eq!(desk.get(&path).await.expect(200)["card"]["state"], "dispatched");

        // At the entry: the right house, the wrong house, a day too late, a wrong digit.
        let admitted = story::check(&app.entry(), &code, "stadtmuseum", "admit", None).await;
        assert_eq!(admitted["valid_until"], "2027-07-03");
        assert!(admitted["holder"]["name"].as_str().is_some_and(|name| name.contains(FAMILY_NAME)), "{admitted}");
        story::check(&app.entry(), &code, "schloss", "refuse", Some("wrong_house")).await;
        story::check(&app.entry(), &story::with_wrong_digit(&code), "stadtmuseum", "refuse", None).await;
        let late = json!({"code": code, "house": "stadtmuseum", "at": "2027-07-04T10:00:00+02:00"});
        assert_eq!(app.entry().post("/api/v1/entry/check", &late).await.expect(200)["reason"], "expired");

        // Blocked, and free again.
        desk.post(&format!("{path}/block"), &json!({"reason": "misuse"})).await.expect(200);
        story::check(&app.entry(), &code, "stadtmuseum", "refuse", Some("blocked")).await;
        assert_eq!(desk.get(&path).await.expect(200)["card"]["state"], "dispatched", "a block leaves the plastic alone");
        desk.post(&format!("{path}/unblock"), &json!({})).await.expect(200);
        story::check(&app.entry(), &code, "stadtmuseum", "admit", None).await;

        // Lost and replaced: the old plastic opens nothing, the new one does as soon as it is handed over.
        desk.post(&format!("{path}/replace"), &json!({"reason": "lost"})).await.expect(200);
        app.run_jobs().await;
        let replaced = desk.get(&path).await.expect(200);
        let (new_card, new_code) = (story::text(&replaced["card"]["id"]), story::text(&replaced["card"]["code"]));
        assert_ne!((&new_card, &new_code), (&card, &code));
        story::check(&app.entry(), &code, "stadtmuseum", "refuse", Some("replaced")).await;
        story::print(&app.personalization(), &new_card).await;
        let handed = json!({"card": new_card, "picked_up_by": "the holder"});
        app.mailroom().post("/api/v1/handovers", &handed).await.expect(201);
        story::check(&app.entry(), &new_code, "stadtmuseum", "admit", None).await;
        story::check(&app.entry(), &code, "stadtmuseum", "refuse", Some("replaced")).await;

        // Everything that happened is told.
        let history = desk.get(&path).await.expect(200)["history"].clone();
        assert!(history.as_array().is_some_and(|history| history.len() >= 8), "{history}");
        let records = app.admin().get("/api/v1/audit?limit=500").await.text();
        assert!(!records.contains(FAMILY_NAME) && !records.contains(GIVEN_NAME), "the audit names nobody");
    }

    async fn a_card_waits_on_its_shelf_until_the_holder_comes(app: TestApp) {
        let app = app.furnished().await;
        museum::add_summer_code(&app.marketing(), None).await;
        let order = story::buy(&app.shop(), "the-sale", &json!({"kind": "pickup", "house": "stadtmuseum"})).await;
        let id = story::text(&order["tickets"][0]["annual_tickets"][0]);
        story::personalize(&app.personalization(), &id).await;
        let path = format!("/api/v1/annual-tickets/{id}");
        let ready = app.personalization().get(&path).await.expect(200);
        let (card, code) = (story::text(&ready["card"]["id"]), story::text(&ready["card"]["code"]));
        story::print(&app.personalization(), &card).await;

        let mailroom = app.mailroom();
        let shelf = json!({"cards": [card], "house": "stadtmuseum", "shelf": "A 12"});
        mailroom.post("/api/v1/deposits", &shelf).await.expect(201);
        story::check(&app.entry(), &code, "stadtmuseum", "attention", Some("not_yet_collected")).await;

        // A slip of the hand is undone with a reason, and only once.
        mailroom.post(&format!("/api/v1/cards/{card}/undo"), &json!({"reason": "wrong shelf"})).await.expect(200);
        let undone = mailroom.get(&format!("/api/v1/cards/{card}")).await.expect(200);
        assert_eq!(undone["state"], "ready_for_dispatch");
        let shelf = json!({"cards": [card], "house": "stadtmuseum", "shelf": "B 3"});
        mailroom.post("/api/v1/deposits", &shelf).await.expect(201);
        mailroom.post("/api/v1/handovers", &json!({"card": card, "picked_up_by": "her son"})).await.expect(201);
        story::check(&app.entry(), &code, "stadtmuseum", "admit", None).await;
        mailroom.post("/api/v1/handovers", &json!({"card": card})).await.expect_refusal(409, "wrong_state");
    }
}
