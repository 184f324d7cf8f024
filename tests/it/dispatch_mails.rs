//! What holders are told about their cards: at each step, once, in their language, and nothing of what was undone.

use crate::pages_print::contains;
use crate::support::mails::ReadMail;
use crate::support::printing::{FinishedCard, pickup_in};
use crate::support::{TestApp, led_to};
use passepartout::cards::Delivery;
use passepartout::config::Config;
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * 60;

async fn museum(app: TestApp) -> TestApp {
    let mut config = Config::default();
    "http://museum.example".clone_into(&mut config.server.base_url);
    TestApp::configured(app.app.db.backend(), config).await.furnished().await
}

/// The mails that came since the last look, a while later.
async fn news(app: &TestApp, seen: &mut usize, secs: i64) -> Vec<ReadMail> {
    app.wait_secs(secs);
    let mails = app.mails().await;
    let new = mails[*seen..].to_vec();
    *seen = mails.len();
    new
}

fn ids(cards: &[FinishedCard]) -> Vec<Value> {
    cards.iter().map(|card| card.id.clone()).collect()
}

on_both_databases! {
    async fn several_cards_of_an_order_are_told_in_one_mail_after_the_minutes_of_undo(app: TestApp) {
        let app = museum(app).await;
        let cards = app.household("Müller", &["Zoë", "Jürgen", "Mia"], &Delivery::Mail {}, "de").await;
        let mut seen = app.mails().await.len();
        let mail = app.mailroom();
        // Two together, one alone; the one alone was a mistake.
        let sent = json!({"cards": ids(&cards[..2]), "carrier": "DHL", "tracking": "JD-7"});
        mail.post("/api/v1/dispatches", &sent).await.expect(201);
        mail.post("/api/v1/dispatches", &json!({"cards": [cards[2].id]})).await.expect(201);
        assert!(news(&app, &mut seen, 14 * MINUTE).await.is_empty(), "a slip can still be undone");
        mail.post(&format!("{}/undo", cards[2].path()), &json!({"reason": "wrong pile"})).await.expect(200);
        let new = news(&app, &mut seen, 2 * MINUTE).await;
        assert_eq!(new.len(), 1, "{new:#?}");
        assert!(new[0].subject.starts_with("Ihre 2 Karten sind unterwegs"), "{}", new[0].subject);
        for part in ["Zoë Müller", "Jürgen Müller", "DHL · JD-7", "http://museum.example/p/"] {
            assert!(new[0].text.contains(part), "{part}: {}", new[0].text);
        }
        assert!(!new[0].text.contains("Mia"), "an undone step is not told: {}", new[0].text);
        // It goes out after all: told now, and the others not again.
        mail.post("/api/v1/dispatches", &json!({"cards": [cards[2].id]})).await.expect(201);
        let new = news(&app, &mut seen, 16 * MINUTE).await;
        assert_eq!(new.len(), 1);
        assert!(new[0].subject.starts_with("Ihre Karte ist unterwegs") && new[0].text.contains("Mia Müller"), "{}", new[0].text);
        assert!(news(&app, &mut seen, 60 * DAY).await.is_empty());
    }

    async fn a_card_that_lies_ready_is_told_reminded_and_its_handover_too(app: TestApp) {
        let app = museum(app).await;
        let mut house = app.admin().get("/api/v1/houses/schloss").await.expect(200);
        house["pickup_hours"] = json!("Tue–Sun 10–18");
        app.admin().put("/api/v1/houses/schloss", &house).await.expect(200);
        let cards = app.household("Lovelace", &["Ada", "Annabella"], &pickup_in("schloss"), "en").await;
        let mut seen = app.mails().await.len();
        let mail = app.mailroom();
        let lay = |card: &FinishedCard| json!({"cards": [card.id], "house": "schloss", "shelf": "A1", "mail_pickup_code": true});
        mail.post("/api/v1/deposits", &lay(&cards[0])).await.expect(201);
        mail.post("/api/v1/deposits", &lay(&cards[1])).await.expect(201);
        let new = news(&app, &mut seen, 16 * MINUTE).await;
        assert_eq!(new.len(), 1, "{new:#?}");
        for part in ["Schloss am See", "Seestraße 12, 14467 Potsdam", "Open: Tue–Sun 10–18", "until 1 August 2026", "Ada Lovelace", "Annabella Lovelace"] {
            assert!(new[0].text.contains(part), "{part}: {}", new[0].text);
        }
        assert_eq!(new[0].text.matches("Pickup code:").count(), 1, "one code for the household");
        let code = new[0].text.split("Pickup code: ").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a code").to_owned();

        // The desk finds both by whatever somebody says, and one of them by a name alone.
        let order = app.shop().get(&format!("/api/v1/orders/{}", cards[0].sold.order)).await.expect(200);
        let number = order["number"].as_str().expect("a number").to_lowercase();
        let mut desk = app.browser_of(Role::Mailroom).await;
        for said in [code.to_lowercase().as_str(), "ADA@example.org", &number, "lovelace"] {
            let found = desk.get(&format!("/mailroom/pickup?q={said}")).await;
            contains(&found, &["Ada Lovelace", "Annabella Lovelace", "Schloss am See, A1"]);
        }
        for said in ["annab", cards[1].number.as_str()] {
            let found = desk.get(&format!("/mailroom/pickup?q={said}")).await;
            let path = format!("/mailroom/handover?card={}", cards[1].id.as_str().expect("an id"));
            assert_eq!(led_to(&found), path, "{said}: the only one opens at once");
        }
        contains(&desk.get("/mailroom/pickup?q=nobody").await, &["No card lies ready under that."]);
        contains(&desk.get("/mailroom/pickup?q=lovelace&house=stadtmuseum").await, &["No card lies ready under that."]);

        let wrong = json!({"card": cards[0].id, "picked_up_by": "Charles Babbage", "pickup_code": "WRONG7"});
        mail.post("/api/v1/handovers", &wrong).await.expect_refusal(422, "wrong_pickup_code");
        let fetch = json!({"card": cards[0].id, "picked_up_by": "Charles Babbage", "pickup_code": code, "reason": "ill"});
        mail.post("/api/v1/handovers", &fetch).await.expect(201);
        let new = news(&app, &mut seen, 16 * MINUTE).await;
        assert_eq!(new.len(), 1);
        assert!(new[0].text.contains("fetched by Charles Babbage"), "{}", new[0].text);
        let history = mail.get(&cards[0].path()).await.expect(200)["history"].to_string();
        assert!(history.contains("card.fetched_by_deputy") && history.contains("ill"), "{history}");
        assert!(!history.contains("Babbage"), "names of others stand in no audit");

        let reminded = news(&app, &mut seen, 14 * DAY).await;
        assert_eq!(reminded.len(), 1, "only of the card that still lies there");
        assert!(reminded[0].subject.starts_with("Your card is still waiting") && reminded[0].text.contains("Annabella"));
        let overdue = news(&app, &mut seen, 14 * DAY).await;
        assert_eq!(overdue.len(), 1);
        assert!(overdue[0].subject.starts_with("Please fetch your card"), "{}", overdue[0].subject);
        assert!(news(&app, &mut seen, 60 * DAY).await.is_empty());
    }

    async fn what_came_back_is_told_and_what_happened_at_the_counter_is_not(app: TestApp) {
        let app = museum(app).await;
        let cards = app.household("Curie", &["Marie", "Irène"], &Delivery::Mail {}, "fr").await;
        let mut seen = app.mails().await.len();
        let mail = app.mailroom();
        mail.post("/api/v1/dispatches", &json!({"cards": [cards[0].id]})).await.expect(201);
        assert_eq!(news(&app, &mut seen, 16 * MINUTE).await.len(), 1);
        mail.post("/api/v1/returns", &json!({"card": cards[0].id, "reason": "unknown"})).await.expect(201);
        app.personalization().post("/api/v1/handovers", &json!({"card": cards[1].id})).await.expect(201);
        let new = news(&app, &mut seen, 16 * MINUTE).await;
        assert_eq!(new.len(), 1, "{new:#?}");
        assert!(new[0].subject.starts_with("Votre carte nous est revenue") && new[0].text.contains("Marie Curie"), "{}", new[0].text);
        assert!(new[0].text.contains("inconnu"), "the reason in the holder's language: {}", new[0].text);
    }
}
