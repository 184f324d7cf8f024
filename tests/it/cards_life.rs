//! The life of a card after its personalization: steps, undo, block, replacement, renewal, cancellation.

use crate::support::annual_tickets::{Sold, Wish, portrait};
use crate::support::{TestApp, hidden_fields, led_to};
use card::{CardId as CodeId, KeyRing, Reading, read};
use db::{Conn, DbError};
use passepartout::cards::{self, NewDayTicket};
use passepartout::catalog::product::ReentryPolicy;
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};

on_both_databases! {
    async fn a_child_who_turns_eighteen_stays_valid_and_no_gate_knows_the_birth_date(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish { category: "child", ..Wish::of("jahreskarte") }).await;
        let child = json!({"holder": {"given_name": "Ada", "birth_date": "2008-07-20"}});
        app.personalization().put(&format!("{}/personalization", sold.path), &child).await.expect(200);
        app.personalization().put_file(&format!("{}/photo", sold.path), "image/png", portrait(1)).await.expect(200);
        app.personalization().post(&format!("{}/finalize", sold.path), &json!({})).await.expect(200);
        let card = app.read(&sold).await["card"].clone();
        app.print(&[&card["id"]]).await;
        app.personalization().post("/api/v1/handovers", &json!({"card": card["id"]})).await.expect(201);
        let before = app.right_of(&sold).await.expect("a right");
        let question = json!({"code": card["code"], "house": "schloss"});
        for (day, status) in [("2026-07-19", "active"), ("2026-07-21", "active"), ("2027-07-03", "active"), ("2027-07-04", "expired")] {
            app.set_time(&format!("{day}T09:00:00Z"));
            assert_eq!(app.read(&sold).await["status"], status, "{day}");
            let answer = app.entry().post("/api/v1/entry/check", &question).await.expect(200);
            assert_eq!(answer["verdict"], if status == "active" { "admit" } else { "refuse" }, "{day}: {answer}");
            assert!(!answer.to_string().contains("2008"), "{answer}");
        }
        assert_eq!(app.right_of(&sold).await.map(|right| right.not_after), Some(before.not_after));
    }

    async fn the_gates_learn_where_the_card_is(app: TestApp) {
        let app = app.furnished().await;
        let (sold, body) = app.issue_complete(Wish::of("jahreskarte")).await;
        let card = &body["card"]["id"];
        app.mailroom().post("/api/v1/dispatches", &json!({"cards": [card]})).await.expect_refusal(409, "wrong_state");
        app.gates_know_all().await;
        app.print(&[card]).await;
        assert_eq!(status(&app, &sold).await, "not_collected");
        assert!(!app.right_of(&sold).await.expect("a right").is_news, "printing is no news to a gate");

        app.mailroom().post("/api/v1/dispatches", &json!({"cards": [card]})).await.expect(201);
        assert_eq!(status(&app, &sold).await, "active");
        assert!(app.right_of(&sold).await.expect("a right").is_news);
        let undo = format!("/api/v1/cards/{}/undo", card.as_str().expect("an id"));
        app.mailroom().post(&undo, &json!({"reason": "wrong pile"})).await.expect(200);
        assert_eq!(status(&app, &sold).await, "not_collected");
        app.mailroom().post("/api/v1/dispatches", &json!({"cards": [card]})).await.expect(201);
        app.mailroom().post("/api/v1/returns", &json!({"card": card, "reason": "moved"})).await.expect(201);
        assert_eq!(status(&app, &sold).await, "active", "a return leaves the right as it is");

        let seen = app.mailroom().get(&format!("/api/v1/cards/{}", card.as_str().expect("an id"))).await.expect(200);
        assert_eq!(seen["state"], "returned");
        let actions: Vec<_> = seen["history"].as_array().expect("a history").iter().map(|entry| &entry["action"]).collect();
        assert_eq!(actions, [
            "card.made", "card.frozen", "card.joined_run", "card.printed", "card.dispatched", "card.undone",
            "card.dispatched", "card.returned",
        ]);
    }

    async fn a_block_is_told_to_the_gates_and_leaves_the_card_alone(app: TestApp) {
        let app = app.furnished().await;
        let (sold, _) = app.issue_complete(Wish::of("jahreskarte")).await;
        app.gates_know_all().await;
        let (block, unblock) = (format!("{}/block", sold.path), format!("{}/unblock", sold.path));
        app.personalization().post(&unblock, &json!({})).await.expect_refusal(409, "not_blocked");
        app.personalization().post(&block, &json!({})).await.expect_invalid("", "missing_field");
        app.personalization().post(&block, &json!({"reason": " "})).await.expect_invalid("reason", "invalid_value");
        let blocked = app.personalization().post(&block, &json!({"reason": "misuse"})).await.expect(200);
        assert_eq!((&blocked["status"], &blocked["block_reason"]), (&json!("blocked"), &json!("misuse")));
        assert_eq!(blocked["card"]["state"], "ready_to_print");
        let right = app.right_of(&sold).await.expect("a right");
        assert_eq!((right.status.as_str(), right.is_news), ("blocked", true));
        app.personalization().post(&block, &json!({"reason": "lost"})).await.expect_refusal(409, "already_blocked");

        let found = app.personalization().post(&unblock, &json!({})).await.expect(200);
        assert_eq!((&found["status"], found.get("block_reason")), (&json!("active"), None));
        assert_eq!(status(&app, &sold).await, "not_collected");
    }

    async fn a_replacement_retires_the_old_card_when_it_is_handed_over(app: TestApp) {
        let app = app.furnished().await;
        let (sold, body) = app.issue_complete(Wish::of("jahreskarte")).await;
        let old = body["card"].clone();
        app.print(&[&old["id"]]).await;
        hand_over(&app, &old).await;

        let replaced = app.personalization().post(&format!("{}/replace", sold.path), &json!({})).await.expect(200);
        assert_eq!((&replaced["card"]["issue"], &replaced["status"]), (&json!(2), &json!("active")));
        let new = app.read(&sold).await["card"].clone();
        assert_ne!(new["number"], old["number"]);
        assert_eq!(code_of(&app, &new), (code_of(&app, &old).0, 2), "the id stays, the issue rises");
        let right = app.right_of(&sold).await.expect("a right");
        assert_eq!((right.issue, right.status.as_str()), (1, "active"), "the old card still opens");

        app.print(&[&new["id"]]).await;
        hand_over(&app, &new).await;
        assert_eq!(app.right_of(&sold).await.map(|right| right.issue), Some(2));
        assert_eq!(state(&app, &old).await, "void");

        let undo = format!("/api/v1/cards/{}/undo", new["id"].as_str().expect("an id"));
        app.mailroom().post(&undo, &json!({"reason": "wrong person"})).await.expect(200);
        assert_eq!(app.right_of(&sold).await.map(|right| right.issue), Some(1));
        assert_eq!(state(&app, &old).await, "handed_over", "what the hand-over brought with it is undone too");
        let undo = format!("/api/v1/cards/{}/undo", old["id"].as_str().expect("an id"));
        app.mailroom().post(&undo, &json!({"reason": "wrong person"})).await.expect(200);
        assert_eq!(state(&app, &old).await, "ready_for_dispatch");
    }

    async fn the_first_scan_of_a_replacement_retires_the_old_card_too(app: TestApp) {
        let app = app.furnished().await;
        let (sold, body) = app.issue_complete(Wish::of("jahreskarte")).await;
        let old = body["card"].clone();
        app.print(&[&old["id"]]).await;
        hand_over(&app, &old).await;
        app.personalization().post(&format!("{}/replace", sold.path), &json!({})).await.expect(200);
        let code = app.code_id_of(&sold).await;
        for (issue, opens) in [(1, 1), (7, 1), (2, 2), (1, 2)] {
            let (act, day) = (app.act(), "2026-07-04".parse().expect("a day"));
            let seen = app.app.db.write(async move |tx: &mut Conn| {
                cards::record_entry(tx, &act, code, Some(issue), day).await?;
                Ok::<_, DbError>(())
            });
            seen.await.expect("seen");
            assert_eq!(app.right_of(&sold).await.map(|right| right.issue), Some(opens), "issue {issue} was seen");
        }
        assert_eq!(state(&app, &old).await, "void");
    }

    async fn a_lost_card_opens_nothing_from_its_replacement_on(app: TestApp) {
        let app = app.furnished().await;
        let (sold, body) = app.issue_complete(Wish::of("jahreskarte")).await;
        let old = body["card"].clone();
        app.print(&[&old["id"]]).await;
        hand_over(&app, &old).await;
        app.personalization().post(&format!("{}/block", sold.path), &json!({"reason": "lost"})).await.expect(200);
        let replaced = app.personalization().post(&format!("{}/replace", sold.path), &json!({})).await.expect(200);
        assert_eq!(replaced["status"], "active", "the replacement answers the block");
        let right = app.right_of(&sold).await.expect("a right");
        assert_eq!((right.issue, right.status.as_str()), (2, "not_collected"));
        assert_eq!(state(&app, &old).await, "void");

        app.personalization().post(&format!("{}/replace", sold.path), &json!({"reason": "stolen"})).await.expect(200);
        assert_eq!(app.right_of(&sold).await.map(|right| right.issue), Some(3));
        app.personalization().post(&format!("{}/block", sold.path), &json!({"reason": "misuse"})).await.expect(200);
        let replaced = app.personalization().post(&format!("{}/replace", sold.path), &json!({})).await.expect(200);
        assert_eq!(replaced["status"], "blocked", "a block for another reason stays");
        app.personalization().post(&format!("{}/replace", sold.path), &json!({"why": 1})).await.expect_invalid("why", "unknown_field");
    }

    async fn nothing_is_replaced_or_renewed_before_it_is_personalized(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        for deed in ["replace", "renew"] {
            let refusal = app.personalization().post(&format!("{}/{deed}", sold.path), &json!({})).await;
            let refusal = refusal.expect_refusal(409, "personalization_incomplete");
            assert_eq!(refusal["missing"], json!(["photo", "holder.name"]));
        }
    }

    async fn a_renewal_needs_no_new_plastic(app: TestApp) {
        let app = app.furnished().await;
        let (sold, body) = app.issue_complete(Wish::of("jahreskarte")).await;
        app.gates_know_all().await;
        let renew = format!("{}/renew", sold.path);
        let renewed = app.personalization().post(&renew, &json!({})).await.expect(200);
        assert_eq!((&renewed["valid_from"], &renewed["valid_until"]), (&json!("2026-07-04"), &json!("2028-07-03")));
        assert_eq!(renewed["card"], body["card"]);
        let right = app.right_of(&sold).await.expect("a right");
        assert_eq!((right.not_after.as_str(), right.is_news), ("2028-07-03", true));

        app.set_time("2028-07-04T09:00:00Z");
        assert_eq!(app.read(&sold).await["status"], "expired");
        let renewed = app.personalization().post(&renew, &json!({})).await.expect(200);
        assert_eq!((&renewed["valid_from"], &renewed["valid_until"]), (&json!("2028-07-04"), &json!("2029-07-03")));
        assert_eq!(renewed["status"], "active");

        let (season, _) = app.issue_complete(Wish::of("saisonkarte")).await;
        app.personalization().post(&format!("{}/renew", season.path), &json!({})).await.expect_refusal(409, "not_renewable");
    }

    async fn an_edit_reaches_an_unprinted_card_and_marks_a_printed_one(app: TestApp) {
        let app = app.furnished().await;
        let (sold, body) = app.issue_complete(Wish::of("jahreskarte")).await;
        let path = format!("{}/personalization", sold.path);
        let name = |name: &str| json!({"holder": {"given_name": name}});
        app.personalization().put(&path, &name("Grace")).await.expect(200);
        let card = app.read(&sold).await["card"].clone();
        assert_eq!((&card["state"], &card["differs"]), (&json!("ready_to_print"), &json!(false)));
        assert_eq!((&card["id"], &card["code"]), (&body["card"]["id"], &body["card"]["code"]), "the code keeps working");
        let found = app.mailroom().get("/api/v1/cards?q=grace").await.expect(200);
        assert_eq!(found["items"][0]["id"], card["id"]);

        app.print(&[&card["id"]]).await;
        app.personalization().put(&path, &json!({"delivery": {"kind": "counter"}})).await.expect(200);
        assert_eq!(app.read(&sold).await["card"]["differs"], false, "the card does not show its delivery");
        app.personalization().put_file(&format!("{}/photo", sold.path), "image/png", portrait(3)).await.expect(200);
        let card = app.read(&sold).await["card"].clone();
        assert_eq!((&card["state"], &card["differs"]), (&json!("ready_for_dispatch"), &json!(true)));
        let refusal = app.personalization().put(&path, &json!({"holder": {}})).await;
        assert_eq!(refusal.expect_refusal(409, "personalization_incomplete")["missing"], json!(["holder.name"]));
        let mut desk = app.browser_of(Role::Personalization).await;
        let record = format!("/cards/{}", card["id"].as_str().expect("an id"));
        let keep = format!("{record}/keep");
        let page = desk.get(&record).await;
        let fields = hidden_fields(&page, &keep);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        for _ in 0..2 {
            assert_eq!(led_to(&desk.post(&keep, &fields).await), record, "kept, and a double click changes nothing");
        }
        let kept = app.read(&sold).await["card"].clone();
        assert_eq!((&kept["differs"], &kept["state"], &kept["code"]), (&json!(false), &json!("ready_for_dispatch"), &card["code"]));
        let api = format!("/api/v1{keep}");
        app.personalization().post(&api, &json!({})).await.expect_refusal(409, "nothing_differs");
        app.mailroom().post(&api, &json!({})).await.expect_refusal(403, "forbidden");
        app.personalization().put(&path, &name("Augusta")).await.expect(200);
        assert_eq!(app.read(&sold).await["card"]["differs"], true, "the next change is a question again");
        assert_eq!(app.personalization().post(&api, &json!({})).await.expect(200)["differs"], false);
        app.personalization().put(&path, &name("Emmy")).await.expect(200);
        app.personalization().post(&format!("{}/replace", sold.path), &json!({})).await.expect(200);
        assert_eq!(app.read(&sold).await["card"]["differs"], false);
    }

    async fn a_spoiled_card_that_was_edited_is_made_anew(app: TestApp) {
        let app = app.furnished().await;
        let (sold, body) = app.issue_complete(Wish::of("jahreskarte")).await;
        let card = &body["card"]["id"];
        let run = app.personalization().post("/api/v1/print-runs", &json!({"cards": [card]})).await.expect(201);
        let grace = json!({"holder": {"given_name": "Grace"}});
        app.personalization().put(&format!("{}/personalization", sold.path), &grace).await.expect(200);
        assert_eq!(app.read(&sold).await["card"]["differs"], true);
        let spoiled = format!("/api/v1/print-runs/{}/spoiled", run["id"].as_str().expect("an id"));
        app.personalization().post(&spoiled, &json!({"cards": [card], "reason": "jam"})).await.expect(200);
        app.run_jobs().await;
        let card = app.read(&sold).await["card"].clone();
        assert_eq!((&card["state"], &card["differs"]), (&json!("ready_to_print"), &json!(false)));
    }

    async fn a_cancelled_sale_takes_its_rights_with_it(app: TestApp) {
        let app = app.furnished().await;
        let (sold, body) = app.issue_complete(Wish::of("jahreskarte")).await;
        cancel(&app, &sold).await;
        cancel(&app, &sold).await;
        let after = app.read(&sold).await;
        assert_eq!((&after["status"], &after["card"]["state"]), (&json!("cancelled"), &json!("void")));
        assert_eq!(status(&app, &sold).await, "void");
        let desk = app.personalization();
        for deed in ["finalize", "replace", "renew", "unblock"] {
            desk.post(&format!("{}/{deed}", sold.path), &json!({})).await.expect_refusal(409, "annual_ticket_cancelled");
        }
        desk.post(&format!("{}/block", sold.path), &json!({"reason": "lost"})).await.expect_refusal(409, "annual_ticket_cancelled");
        app.stranger().put(&sold.own_path, &json!({})).await.expect_refusal(409, "annual_ticket_cancelled");
        let undo = format!("/api/v1/cards/{}/undo", body["card"]["id"].as_str().expect("an id"));
        assert_eq!(app.mailroom().post(&undo, &json!({"reason": "oops"})).await.status, 409);
        let state = app.app.db.read().await.expect("a connection");
        let mut state = state;
        let of_ticket = cards::state_of_ticket(&mut state, sold.ticket).await.expect("a state");
        assert_eq!(of_ticket[0].status, cards::Status::Cancelled);
    }

    async fn a_day_ticket_is_a_right_of_its_own(app: TestApp) {
        let app = app.furnished().await;
        let day = "2026-07-04".parse().expect("a day");
        let new = NewDayTicket {
            ticket_id: app.act().new_id(),
            scope_id: 1,
            not_before: day,
            not_after: day,
            check_proof: true,
            companions: 0,
            reentry_secs: 600,
            reentry_policy: ReentryPolicy::Attention,
            is_test: false,
        };
        let issued = app.issue_day_ticket(&new).await;
        let Ok(Reading::Signed(code)) = read(&issued.card_code, &ring(&app)) else { panic!("a signed code") };
        assert_eq!(code.code().card_id, issued.right.code_id);
        assert!(code.code().flags.single_entry() && code.code().flags.check_proof());
        assert_eq!(code.code().not_before.to_date(), day);
    }
}

async fn hand_over(app: &TestApp, card: &Value) {
    app.mailroom().post("/api/v1/handovers", &json!({"card": card["id"]})).await.expect(201);
}

async fn cancel(app: &TestApp, sold: &Sold) {
    let (act, ticket) = (app.act(), sold.ticket);
    let cancelled = app.app.db.write(async move |tx: &mut Conn| {
        cards::cancel_of_ticket(tx, &act, ticket, "changed their mind").await?;
        Ok::<_, DbError>(())
    });
    cancelled.await.expect("cancelled");
}

async fn status(app: &TestApp, sold: &Sold) -> String {
    app.right_of(sold).await.expect("a right").status
}

async fn state(app: &TestApp, card: &Value) -> String {
    let path = format!("/api/v1/cards/{}", card["id"].as_str().expect("an id"));
    app.mailroom().get(&path).await.expect(200)["state"].as_str().expect("a state").to_owned()
}

fn ring(app: &TestApp) -> KeyRing {
    KeyRing::new(&app.app.keys.key_list()).expect("a ring")
}

/// The id and the issue in a card's code.
fn code_of(app: &TestApp, card: &Value) -> (CodeId, u8) {
    match read(card["code"].as_str().expect("a code"), &ring(app)) {
        Ok(Reading::Signed(signed)) => (signed.code().card_id, signed.code().issue),
        other => panic!("{other:?}"),
    }
}
