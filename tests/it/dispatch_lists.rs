//! Lists to sign and to look at: what was posted on a day, what lies ready, what came back and to which address it goes, what is late.

use crate::pages_print::{contains, form_of, send};
use crate::support::led_to;
use crate::support::many_cards::Many;
use crate::support::printing::{FinishedCard, pickup_in};
use passepartout::cards::{CardState, Delivery};
use passepartout::kernel::roles::Role;
use serde_json::json;

const DAY: i64 = 24 * 60 * 60;

on_both_databases! {
    async fn what_was_posted_on_a_day_is_listed_without_what_was_undone(app: TestApp) {
        let app = app.furnished().await;
        let [one, two] = [app.printed_card("One", Some(Delivery::Mail {})).await, app.printed_card("Two", Some(Delivery::Mail {})).await];
        let api = app.mailroom();
        api.post("/api/v1/dispatches", &json!({"cards": [one.id, two.id], "carrier": "DHL", "tracking": "JD-7"})).await.expect(201);
        api.post(&format!("{}/undo", two.path()), &json!({"reason": "wrong pile"})).await.expect(200);
        let mut mail = app.browser_of(Role::Mailroom).await;
        let page = mail.get("/mailroom/sent").await;
        contains(&page, &["Posted on 4 July 2026", "1 card", "Ada One", "DHL JD-7", "Consignment list (PDF)"]);
        assert!(!page.text().contains("Ada Two"));
        contains(&mail.get("/mailroom/sent?day=2026-07-03").await, &["Nothing was posted on this day."]);
        let table = mail.get("/mailroom/sent/export.csv?day=2026-07-04").await.text();
        assert_eq!(table.lines().count(), 2, "{table}");
        let list = mail.get("/mailroom/sent/list.pdf?day=2026-07-04").await;
        assert_eq!((list.status, &list.body[..5]), (200, b"%PDF-".as_slice()));
    }

    async fn what_lies_ready_has_a_list_to_sign_for_each_house(app: TestApp) {
        let app = app.furnished().await;
        let mut mail = app.browser_of(Role::Mailroom).await;
        assert_eq!(mail.get("/mailroom/deposited/list.pdf").await.status, 404, "nothing lies ready");
        let card = app.printed_card("Lovelace", Some(pickup_in("schloss"))).await;
        let label = |card: &FinishedCard| format!("/mailroom/label.pdf?card={}", card.id.as_str().expect("an id"));
        let drawn = mail.get(&label(&card)).await;
        assert_eq!((drawn.status, &drawn.body[..5]), (200, b"%PDF-".as_slice()));
        let posted = app.printed_card("Posted", Some(Delivery::Mail {})).await;
        assert_eq!(mail.get(&label(&posted)).await.status, 404, "what is posted has a letter");
        app.many_cards(&card, Many::laid_ready(40, CardState::Deposited, "schloss")).await;
        app.many_cards(&card, Many::laid_ready(2, CardState::Deposited, "stadtmuseum")).await;
        contains(&mail.get("/mailroom/deposited").await, &["Pick-up list to sign (PDF)"]);
        for path in ["/mailroom/deposited/list.pdf", "/mailroom/deposited/list.pdf?house=schloss"] {
            let list = mail.get(path).await;
            assert_eq!((list.status, &list.body[..5]), (200, b"%PDF-".as_slice()), "{path}");
        }
    }

    async fn a_card_that_came_back_goes_to_the_address_that_its_holder_gives(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", Some(Delivery::Mail {})).await;
        let link = card.sold.own_path.replace("/api/v1/personalizations/", "/p/");
        let mut holder = app.browser();
        let address = format!("{link}/address");
        assert_eq!(led_to(&holder.get(&address).await), link, "nothing came back yet");
        let api = app.mailroom();
        api.post("/api/v1/dispatches", &json!({"cards": [card.id]})).await.expect(201);
        api.post("/api/v1/returns", &json!({"card": card.id, "reason": "moved"})).await.expect(201);
        let mut mail = app.browser_of(Role::Mailroom).await;
        contains(&mail.get("/mailroom/returned").await, &["moved away", "address unchanged"]);
        contains(&holder.get(&link).await, &["Give the right address", &address]);

        let page = holder.get(&address).await;
        let empty = send(&mut holder, &address, &form_of(&page, &address, &[("street", ""), ("city", "Potsdam"), ("country", "DE")])).await;
        assert_eq!(empty.status, 422);
        contains(&empty, &["aria-invalid=\"true\""]);
        let given = [("street", "Am Markt 1"), ("postal_code", "14467"), ("city", "Potsdam"), ("country", "DE")];
        let form = form_of(&page, &address, &given);
        for _ in 0..2 {
            assert_eq!(led_to(&send(&mut holder, &address, &form).await), link, "a double click mends once");
        }
        contains(&holder.get(&link).await, &["Your card goes to the new address."]);
        contains(&mail.get("/mailroom/post").await, &["Am Markt 1, 14467 Potsdam, DE"]);
        assert!(!mail.get("/mailroom/post").await.text().contains("came back from there"));
        let history = api.get(&card.sold.path).await.expect(200)["history"].to_string();
        assert!(history.contains("annual_ticket.address_mended") && history.contains("holder:"), "{history}");
        // To the old address it goes only with a mark that people see.
        api.post("/api/v1/dispatches", &json!({"cards": [card.id]})).await.expect(201);
        api.post("/api/v1/returns", &json!({"card": card.id, "reason": "unknown"})).await.expect(201);
        api.post(&format!("{}/make-ready", card.path()), &json!({})).await.expect(200);
        contains(&mail.get("/mailroom/post").await, &["came back from there"]);
    }

    async fn what_waits_too_long_is_late_and_found(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", Some(Delivery::Mail {})).await;
        app.many_cards(&card, Many { days: 5, ..Many::posted(3, CardState::ReadyForDispatch) }).await;
        app.many_cards(&card, Many { days: 40, ..Many::laid_ready(2, CardState::Deposited, "schloss") }).await;
        app.many_cards(&card, Many { days: 400, ..Many::posted(4, CardState::HandedOver) }).await;
        let mut mail = app.browser_of(Role::Mailroom).await;
        let page = mail.get("/mailroom/places").await;
        contains(&page, &["5 cards have been where they are for too long.", "3 late", "40 days", "Schloss am See"]);
        contains(&mail.get("/mailroom/places/cards?state=ready_for_dispatch&late=1").await, &["3 cards", "late"]);
        contains(&mail.get("/mailroom/places/cards?state=deposited&house=schloss").await, &["2 cards"]);
        assert_eq!(mail.get("/mailroom/places/cards?state=lost").await.status, 404);
        let places = app.mailroom().get("/api/v1/card-places").await.expect(200);
        let ready = &places["places"][0];
        assert_eq!((&ready["state"], &ready["cards"], &ready["late"]), (&json!("ready_for_dispatch"), &json!(4), &json!(3)));
        app.wait_secs(3 * DAY);
        let places = app.mailroom().get("/api/v1/card-places").await.expect(200);
        assert_eq!(places["places"][0]["late"], json!(4));
    }
}
