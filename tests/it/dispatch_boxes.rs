//! Boxes between houses: filled, sent, read out; what is missing is named, and a card in a box takes no other step.

use crate::pages_print::{contains, form_of, send};
use crate::support::printing::pickup_in;
use crate::support::{TestApp, led_to};
use passepartout::cards::Delivery;
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};

/// The path of a new box for a house.
async fn new_box(app: &TestApp, house: &str) -> String {
    let made = app.mailroom().post("/api/v1/transfer-boxes", &json!({"house": house})).await.expect(201);
    format!("/api/v1/transfer-boxes/{}", made["id"].as_str().expect("an id"))
}

on_both_databases! {
    async fn cards_travel_in_a_box_and_what_nobody_reads_is_missing(app: TestApp) {
        let app = app.furnished().await;
        let mut cards = Vec::new();
        for name in ["One", "Two", "Three"] {
            cards.push(app.printed_card(name, Some(pickup_in("schloss"))).await);
        }
        let (api, card) = (app.mailroom(), |place: usize| json!({"card": cards[place].id}));
        let own = new_box(&app, "schloss").await;
        api.post("/api/v1/transfer-boxes", &json!({"house": "burg"})).await.expect_invalid("house", "unknown_key");
        api.post(&format!("{own}/send"), &json!({})).await.expect_refusal(409, "box_is_empty");
        for place in 0..3 {
            api.post(&format!("{own}/cards"), &card(place)).await.expect(200);
        }
        let second = new_box(&app, "schloss").await;
        api.post(&format!("{second}/cards"), &card(0)).await.expect_refusal(409, "in_transfer_box");
        // What lies in a box is nowhere else.
        let ready = cards[0].path();
        api.post("/api/v1/deposits", &json!({"cards": [cards[0].id], "house": "schloss"})).await.expect_refusal(409, "in_transfer_box");
        api.post("/api/v1/dispatches", &json!({"cards": [cards[0].id]})).await.expect_refusal(409, "in_transfer_box");
        api.post("/api/v1/handovers", &json!({"card": cards[0].id})).await.expect_refusal(409, "in_transfer_box");
        api.post(&format!("{ready}/undo"), &json!({"reason": "slip"})).await.expect_refusal(409, "nothing_to_undo");
        assert_eq!(app.state_of(&cards[0]).await, "ready_for_dispatch");
        api.post(&format!("{own}/arrivals"), &card(0)).await.expect_refusal(409, "wrong_box_state");

        let sent = api.post(&format!("{own}/send"), &json!({})).await.expect(200);
        assert_eq!((&sent["state"], &sent["cards"], &sent["left"]), (&json!("sent"), &json!(3), &json!(3)));
        api.post(&format!("{own}/cards"), &card(0)).await.expect_refusal(409, "wrong_box_state");
        api.post(&format!("{ready}/take-out"), &json!({})).await.expect_refusal(409, "wrong_box_state");
        // Somebody wants theirs by post meanwhile: it leaves the box, and is laid nowhere.
        let by_post = json!({"delivery": {"kind": "mail"}});
        app.personalization().put(&format!("{}/personalization", cards[1].sold.path), &by_post).await.expect(200);
        let first = json!({"card": cards[0].id, "shelf": "A1"});
        api.post(&format!("{own}/arrivals"), &first).await.expect(200);
        let seen = api.get(&cards[0].path()).await.expect(200);
        assert_eq!((&seen["state"], &seen["house"], &seen["shelf"]), (&json!("deposited"), &json!("schloss"), &json!("A1")));
        api.post(&format!("{own}/arrivals"), &first).await.expect_refusal(409, "not_in_this_box");
        api.post(&format!("{own}/arrivals"), &card(1)).await.expect(200);
        assert_eq!(app.state_of(&cards[1]).await, "ready_for_dispatch");
        let closed = api.post(&format!("{own}/close"), &json!({})).await.expect(200);
        assert_eq!((&closed["state"], &closed["left"]), (&json!("arrived"), &json!(1)));
        assert_eq!(api.get(&own).await.expect(200)["left_cards"], json!([cards[2].id]), "the missing one is named");
        let places = api.get("/api/v1/card-places").await.expect(200);
        assert_eq!((&places["boxes"][0]["state"], &places["boxes"][0]["cards"]), (&json!("arrived"), &json!(1)));

        // It is found in the end.
        api.post(&format!("{own}/arrivals"), &card(2)).await.expect(200);
        assert_eq!(app.state_of(&cards[2]).await, "deposited");
        let history: Vec<Value> = api.get(&cards[2].path()).await.expect(200)["history"].as_array().expect("a history").clone();
        for action in ["card.boxed", "card.sent_to_house", "card.missing", "card.arrived", "card.deposited"] {
            assert!(history.iter().any(|entry| entry["action"] == action), "{action}: {history:?}");
        }
    }

    async fn a_box_is_filled_and_unpacked_by_reading_and_a_wrong_card_is_refused_with_words(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", Some(pickup_in("schloss"))).await;
        let elsewhere = app.printed_card("Hopper", Some(pickup_in("stadtmuseum"))).await;
        let by_post = app.printed_card("Byron", Some(Delivery::Mail {})).await;
        let mut mail = app.browser_of(Role::Mailroom).await;
        let page = mail.get("/mailroom/boxes").await;
        contains(&page, &["No box was made yet"]);
        let made = send(&mut mail, "/mailroom/boxes", &form_of(&page, "/mailroom/boxes", &[("house", "schloss")])).await;
        let path = led_to(&made).to_owned();
        let scan = format!("{path}/scan");
        for (number, sentence) in [
            (&elsewhere.number, "in another house: Stadtmuseum"),
            (&by_post.number, "is to be posted"),
            (&"123".to_owned(), "No card has this code"),
        ] {
            let page = mail.get(&path).await;
            let refused = send(&mut mail, &scan, &form_of(&page, &scan, &[("scan", number)])).await;
            assert_eq!(refused.status, 409);
            contains(&refused, &[sentence, "data-scan-result=\"refused\""]);
        }
        let page = mail.get(&path).await;
        let taken = send(&mut mail, &scan, &form_of(&page, &scan, &[("scan", &card.number)])).await;
        contains(&mail.get(led_to(&taken)).await, &["data-scan-result=\"good\"", "Ada Lovelace", "1 card is in the box."]);
        contains(&mail.get("/mailroom/shelf").await, &["in box 1"]);
        let page = mail.get(&path).await;
        let step = format!("{path}/send");
        assert_eq!(led_to(&send(&mut mail, &step, &form_of(&page, &step, &[])).await), path);
        let page = mail.get(&path).await;
        contains(&page, &["on its way", "1 card was not read yet"]);
        // Its holder and the desks read where it is, until it is read in the other house.
        let own = card.sold.own_path.replace("/api/v1/personalizations/", "/p/");
        let record = format!("/cards/{}", card.id.as_str().expect("an id"));
        contains(&mail.get(&own).await, &["on its way to its pickup place since 4 July 2026: Schloss am See"]);
        contains(&mail.get(&record).await, &["in a transfer box since 4 July 2026, on its way: Schloss am See"]);
        contains(&mail.get("/mailroom/places/cards?state=ready_for_dispatch&house=schloss").await, &["in box 1"]);
        let taken = send(&mut mail, &scan, &form_of(&page, &scan, &[("scan", &card.number), ("shelf", "B 2")])).await;
        contains(&mail.get(led_to(&taken)).await, &["unpacked", "taken out"]);
        contains(&mail.get("/mailroom/deposited").await, &["Schloss am See, B 2"]);
        assert!(!mail.get(&own).await.text().contains("on its way to its pickup place"), "it has arrived");
        contains(&mail.get("/mailroom/places").await, &["Where the cards are", "Nothing is late", "Print runs"]);
    }
}
