//! Print runs: who is frozen, what becomes of each card, and that no card is taken twice.

use crate::pages_print::contains;
use crate::support::TestApp;
use crate::support::printing::FinishedCard;
use db::Conn;
use passepartout::cards;
use passepartout::kernel::roles::Role;
use passepartout::production::print_data::{PORTRAIT, file_key};
use passepartout::production::store::print_data::of_card;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A name that no font of the layout can show.
const UNPRINTABLE: &str = "李小龍";

on_both_databases! {
    async fn of_twelve_cards_two_are_spoiled_and_a_thirteenth_is_set_aside(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(12).await;
        let unprintable = app.finished_card(UNPRINTABLE, None).await;
        assert_eq!(app.state_of(&unprintable).await, "set_aside");

        let desk = app.personalization();
        let run = desk.post("/api/v1/print-runs", &json!({"cards": null, "product": "jahreskarte", "max": null})).await.expect(201);
        assert_eq!((&run["number"], &run["state"], &run["cards"]), (&json!(1), &json!("open"), &json!(12)));
        assert_eq!(run["set_aside"], json!([{"card": unprintable.id, "reason": "missing_glyph"}]));
        let listed = desk.get(&format!("{}/cards?limit=500", path(&run))).await.expect(200);
        let frozen: Vec<&Value> = listed["items"].as_array().expect("a list").iter().map(|card| &card["card"]).collect();
        assert_eq!(frozen, cards.iter().map(|card| &card.id).collect::<Vec<_>>(), "in the order in which they were made");
        assert_eq!(app.state_of(&cards[0]).await, "in_print_run");

        let printed: Vec<&Value> = cards[..10].iter().map(|card| &card.id).collect();
        let after = desk.post(&format!("{}/printed", path(&run)), &json!({"cards": printed})).await.expect(200);
        assert_eq!((&after["state"], &after["printed"], &after["spoiled"]), (&json!("open"), &json!(10), &json!(0)));
        let spoiled = json!({"cards": [cards[10].id, cards[11].id], "reason": "ribbon torn"});
        let after = desk.post(&format!("{}/spoiled", path(&run)), &spoiled).await.expect(200);
        assert_eq!((&after["state"], &after["printed"], &after["spoiled"]), (&json!("closed"), &json!(10), &json!(2)));
        assert_eq!((&after["rendered"], &after["verified"]), (&json!(12), &json!(0)));
        assert_eq!(app.state_of(&cards[0]).await, "ready_for_dispatch");
        assert_eq!(app.state_of(&cards[11]).await, "ready_to_print");

        let second = desk.post("/api/v1/print-runs", &json!({})).await.expect(201);
        assert_eq!((&second["number"], &second["cards"]), (&json!(2), &json!(2)));
        assert_eq!(desk.get(&path(&run)).await.expect(200), after, "the first run stays as it was");
        let runs = desk.get("/api/v1/print-runs?limit=1").await.expect(200);
        assert_eq!((&runs["items"][0]["number"], runs["next"].is_string()), (&json!(2), true));
        desk.post("/api/v1/print-runs", &json!({})).await.expect_refusal(409, "nothing_to_print");
    }

    async fn two_clerks_never_take_the_same_card(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(6).await;
        let start = async |wanted: Value| app.personalization().post("/api/v1/print-runs", &wanted).await;

        let (first, second) = tokio::join!(start(json!({"max": 4})), start(json!({"max": 4})));
        let mut taken = Vec::new();
        for answer in [first, second] {
            if answer.status == 409 {
                answer.expect_refusal(409, "nothing_to_print");
                continue;
            }
            let listed = app.personalization().get(&format!("{}/cards", path(&answer.expect(201)))).await.expect(200);
            taken.extend(listed["items"].as_array().expect("a list").iter().map(|card| card["card"].to_string()));
        }
        let different: BTreeSet<&String> = taken.iter().collect();
        assert_eq!(different.len(), taken.len(), "a card is in two runs: {taken:?}");
        assert!(taken.len() >= 4, "{taken:?}");

        let cards: Vec<Value> = cards.into_iter().map(|card| card.id).collect();
        for run in app.personalization().get("/api/v1/print-runs").await.expect(200)["items"].as_array().expect("runs") {
            let listed = app.personalization().get(&format!("{}/cards", path(run))).await.expect(200);
            let ids: Vec<&Value> = listed["items"].as_array().expect("a list").iter().map(|card| &card["card"]).collect();
            let spoiled = json!({"cards": ids, "reason": "test"});
            app.personalization().post(&format!("{}/spoiled", path(run)), &spoiled).await.expect(200);
        }
        let (first, second) = tokio::join!(start(json!({"cards": cards})), start(json!({"cards": cards})));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        let refused = if first.status == 409 { first } else { second };
        let problem = refused.expect_refusal(409, "wrong_state");
        assert_eq!((&problem["state"], &problem["expected"]), (&json!("in_print_run"), &json!(["ready_to_print"])));
    }

    async fn of_named_cards_all_join_or_none(app: TestApp) {
        let app = app.furnished().await;
        let printed = app.printed_card("Printed", None).await;
        let ready = app.finished_card("Ready", None).await;
        let aside = app.finished_card(UNPRINTABLE, None).await;
        let desk = app.personalization();
        let problem = desk.post("/api/v1/print-runs", &json!({"cards": [ready.id, printed.id]})).await.expect_refusal(409, "wrong_state");
        assert_eq!((&problem["card"], &problem["state"]), (&printed.id, &json!("ready_for_dispatch")));
        assert_eq!(app.state_of(&ready).await, "ready_to_print");
        let nobody = json!({"cards": [ready.id, "0197d0a0-0000-7000-8000-000000000000"]});
        desk.post("/api/v1/print-runs", &nobody).await.expect_refusal(404, "not_found");
        assert_eq!(app.state_of(&ready).await, "ready_to_print");

        let run = desk.post("/api/v1/print-runs", &json!({"cards": [aside.id, ready.id]})).await.expect(201);
        assert_eq!((&run["cards"], &run["set_aside"][0]["card"]), (&json!(1), &aside.id));
        for (body, at) in [
            (json!({"cards": []}), "cards"),
            (json!({"cards": [ready.id], "max": 3}), "cards"),
            (json!({"max": 0}), "max"),
            (json!({"max": 10_001}), "max"),
            (json!({"product": "kurkarte"}), "product"),
        ] {
            let problem = desk.post("/api/v1/print-runs", &body).await.expect_refusal(422, "invalid_input");
            assert_eq!(problem["errors"][0]["path"], at, "{body}");
        }
    }

    async fn of_the_cards_of_a_run_all_are_settled_or_none(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(3).await;
        let other = app.finished_card("Other", None).await;
        let desk = app.personalization();
        let ids: Vec<&Value> = cards.iter().map(|card| &card.id).collect();
        let run = desk.post("/api/v1/print-runs", &json!({"cards": ids})).await.expect(201);
        let printed = format!("{}/printed", path(&run));
        desk.post(&printed, &json!({"cards": [cards[0].id, other.id]})).await.expect_refusal(409, "not_in_run");
        assert_eq!(app.state_of(&cards[0]).await, "in_print_run");
        desk.post(&printed, &json!({"cards": [cards[0].id]})).await.expect(200);
        let again = json!({"cards": [cards[0].id, cards[1].id], "reason": "jam"});
        let problem = desk.post(&format!("{}/spoiled", path(&run)), &again).await.expect_refusal(409, "wrong_state");
        assert_eq!((&problem["state"], &problem["outcome"]), (&json!("ready_for_dispatch"), &json!("printed")));
        assert_eq!(problem["expected"], json!(["in_print_run"]));
        assert_eq!(app.state_of(&cards[1]).await, "in_print_run");
        assert_eq!(desk.post(&printed, &json!({"cards": "all"})).await.expect(200)["printed"], 3);
        let problem = desk.post(&printed, &json!({"cards": "all"})).await.expect_refusal(409, "wrong_state");
        assert_eq!((&problem["state"], &problem["expected"]), (&json!("closed"), &json!(["open"])));
        desk.post("/api/v1/print-runs/0197d0a0-0000-7000-8000-000000000000/printed", &json!({"cards": "all"})).await
            .expect_refusal(404, "not_found");
        for body in [json!({"cards": "some"}), json!({"cards": []}), json!({})] {
            desk.post(&printed, &body).await.expect_refusal(422, "invalid_input");
        }
        desk.post(&format!("{}/spoiled", path(&run)), &json!({"cards": ids, "reason": " "})).await
            .expect_invalid("reason", "invalid_value");
    }

    async fn a_card_that_is_read_is_printed_and_verified(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(3).await;
        let other = app.finished_card("Other", None).await;
        let desk = app.personalization();
        let ids: Vec<&Value> = cards.iter().map(|card| &card.id).collect();
        let run = desk.post("/api/v1/print-runs", &json!({"cards": ids})).await.expect(201);
        let scan = async |code: &str| desk.post(&format!("{}/scan-back", path(&run)), &json!({"code": code})).await;

        let by_number = scan(&cards[0].number).await.expect(200);
        assert_eq!((&by_number["printed"], &by_number["verified"], &by_number["repeated"]), (&json!(1), &json!(1), &json!(false)));
        assert_eq!((&by_number["scanned"]["card"], &by_number["scanned"]["state"]), (&cards[0].id, &json!("ready_for_dispatch")));
        assert_eq!(scan(&cards[0].number).await.expect(200)["repeated"], true);
        let code = app.read(&cards[1].sold).await["card"]["code"].as_str().expect("a code").to_owned();
        assert_eq!(code.len(), 200);
        assert_eq!(scan(&code).await.expect(200)["scanned"]["position"], 2);

        let wrong_digit = format!("{}{}", &code[..199], if code.ends_with('1') { '2' } else { '1' });
        for malformed in [wrong_digit.as_str(), "12345678901234", "abc", ""] {
            scan(malformed).await.expect_invalid("code", "malformed");
        }
        scan(&other.number).await.expect_refusal(409, "not_in_run");
        desk.post(&format!("{}/spoiled", path(&run)), &json!({"cards": [cards[2].id], "reason": "jam"})).await.expect(200);
        scan(&cards[2].number).await.expect_refusal(409, "wrong_state");
        let seen = desk.get(&path(&run)).await.expect(200);
        assert_eq!((&seen["state"], &seen["verified"]), (&json!("closed"), &json!(2)));
    }

    async fn a_run_may_close_only_when_each_card_was_read(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(4).await;
        let desk = app.personalization();
        let run = desk.post("/api/v1/print-runs", &json!({"read_each": true})).await.expect(201);
        let ids: Vec<&Value> = cards.iter().map(|card| &card.id).collect();
        desk.post(&format!("{}/spoiled", path(&run)), &json!({"cards": [ids[3]], "reason": "jam"})).await.expect(200);
        let printed = desk.post(&format!("{}/printed", path(&run)), &json!({"cards": "all"})).await.expect(200);
        assert_eq!((&printed["state"], &printed["unread"], &printed["blanks"]), (&json!("open"), &json!(3), &json!(4)));
        let mut browser = app.browser_of(Role::Personalization).await;
        let check = format!("/print-runs/{}/check", run["id"].as_str().expect("an id"));
        contains(&browser.get(&check).await, &["3 printed cards were not read back yet."]);
        let scan = async |place: usize| desk.post(&format!("{}/scan-back", path(&run)), &json!({"code": cards[place].number})).await.expect(200);
        assert!(scan(1).await["out_of_order"].is_null(), "card 1 may be missing");
        app.wait_secs(1);
        let behind = scan(0).await;
        assert_eq!((&behind["out_of_order"], &behind["state"]), (&json!(2), &json!("open")), "card 1 lies behind card 2");
        app.wait_secs(1);
        // The last one opens nothing any more: nobody need read it.
        cancel(&app, &cards[2]).await;
        let seen = desk.get(&path(&run)).await.expect(200);
        assert_eq!((&seen["state"], &seen["unread"]), (&json!("closed"), &json!(0)));
        assert!(seen["closed_at"].is_string(), "{seen}");
    }

    async fn an_undo_opens_the_run_again(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(2).await;
        let desk = app.personalization();
        let run = desk.post("/api/v1/print-runs", &json!({})).await.expect(201);
        desk.post(&format!("{}/scan-back", path(&run)), &json!({"code": cards[0].number})).await.expect(200);
        desk.post(&format!("{}/spoiled", path(&run)), &json!({"cards": [cards[1].id], "reason": "jam"})).await.expect(200);
        for (card, undone) in [(&cards[0], "printed"), (&cards[1], "spoiled")] {
            let answer = app.mailroom().post(&format!("{}/undo", card.path()), &json!({"reason": "wrong card"})).await.expect(200);
            assert_eq!((&answer["state"], &answer["undone"]), (&json!("in_print_run"), &json!(undone)));
        }
        let seen = desk.get(&path(&run)).await.expect(200);
        assert_eq!((&seen["state"], &seen["printed"], &seen["spoiled"], &seen["verified"]), (&json!("open"), &json!(0), &json!(0), &json!(0)));
        assert_eq!(desk.post(&format!("{}/printed", path(&run)), &json!({"cards": "all"})).await.expect(200)["printed"], 2);
    }

    async fn a_card_that_becomes_void_leaves_its_run(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(2).await;
        let desk = app.personalization();
        let run = desk.post("/api/v1/print-runs", &json!({})).await.expect(201);
        cancel(&app, &cards[0]).await;
        let seen = desk.get(&path(&run)).await.expect(200);
        assert_eq!((&seen["state"], &seen["withdrawn"], &seen["cards"]), (&json!("open"), &json!(1), &json!(2)));
        desk.post(&format!("{}/scan-back", path(&run)), &json!({"code": cards[0].number})).await.expect_refusal(409, "wrong_state");
        let seen = desk.post(&format!("{}/printed", path(&run)), &json!({"cards": "all"})).await.expect(200);
        assert_eq!((&seen["state"], &seen["printed"], &seen["withdrawn"]), (&json!("closed"), &json!(1), &json!(1)));
    }

    async fn one_damaged_portrait_does_not_spoil_a_run(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(3).await;
        let damaged = portrait_key(&app, &cards[1]).await;
        app.app.files.put(&damaged, b"not the picture".to_vec()).await.expect("stored");
        let run = app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201);
        assert_eq!((&run["cards"], &run["set_aside"]), (&json!(2), &json!([{"card": cards[1].id, "reason": "print_data_damaged"}])));
        assert_eq!(app.state_of(&cards[1]).await, "set_aside");
    }

    async fn without_a_printer_the_answer_says_so(app: TestApp) {
        let app = app.furnished().await;
        app.finished_cards(1).await;
        let run = app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201);
        let print = json!({"printer": "evolis"});
        app.personalization().post(&format!("{}/print", path(&run)), &print).await.expect_refusal(409, "no_printer_set_up");
    }
}

fn path(run: &Value) -> String {
    format!("/api/v1/print-runs/{}", run["id"].as_str().expect("an id"))
}

async fn cancel(app: &TestApp, card: &FinishedCard) {
    let (act, ticket) = (app.act(), card.sold.ticket);
    let cancelled = app
        .app
        .db
        .write(async move |tx: &mut Conn| cards::cancel_of_ticket(tx, &act, ticket, "changed their mind").await);
    cancelled.await.expect("cancelled");
}

async fn portrait_key(app: &TestApp, card: &FinishedCard) -> String {
    let id = card.id.as_str().expect("an id").parse().expect("an id");
    let mut conn = app.app.db.read().await.expect("a connection");
    let (_, frozen) = of_card(&mut conn, id).await.expect("a row").expect("a card");
    file_key(&frozen.expect("print data"), PORTRAIT)
}
