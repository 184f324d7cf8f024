//! What a marketing desk does with a campaign, from its file of codes to its report, and what visitors and partners see of it.

use crate::audiences::add_audiences;
use crate::support::TestApp;
use crate::support::chromium::{Chromium, Setup, file_in};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use std::fmt::Write as _;
use testkit::museum::{add_tour, cash_order};

async fn marketing_desk() -> (TestApp, Chromium) {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, &[Role::Marketing]).await;
    (app, desk)
}

async fn add_offer(app: &TestApp, offer: Value) {
    app.marketing().post("/api/v1/offers", &offer).await.expect(201);
}

async fn sell(app: &TestApp, codes: &[&str], quantity: u32, total: &str) {
    let mut order = cash_order("tageskarte", "adult", quantity, total);
    order["codes"] = json!(codes);
    app.shop().post("/api/v1/orders", &order).await.expect(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_codes_for_the_press_go_from_a_file_to_the_report() {
    let (app, desk) = marketing_desk().await;
    add_offer(&app, json!({"id": "presse", "name": "Presse", "effect": {"type": "percent_off", "percent": "100"}}))
        .await;
    let mut file = String::from("Code;Anzahl;Redaktion\n");
    for number in 1..=500 {
        writeln!(file, "PRESSE-{number:03};1;Blatt {number}").expect("a line");
    }
    file += "PRESSE 501!;keine;Blatt 501\n";
    let folder = tempfile::tempdir().expect("a folder");
    desk.open("/campaigns/presse/codes/import").await;
    desk.type_into("file", &file_in(folder.path(), "presse.csv", file.as_bytes())).await;
    desk.go_on().await;
    desk.says(&["500 new codes.", "One row is left out.", "PRESSE 501!"]).await;
    desk.assert_fits().await;
    desk.shot("campaign-import").await;
    desk.go_on().await;
    desk.arrives_at("/campaigns/presse/codes/import").await;
    desk.says(&["Files taken so far", "500"]).await;

    sell(&app, &["presse-007"], 1, "0.00").await;
    sell(&app, &["PRESSE 123"], 1, "0.00").await;
    let mut again = cash_order("tageskarte", "adult", 1, "12.00");
    again["codes"] = json!(["PRESSE-007"]);
    app.shop().post("/api/v1/orders", &again).await.expect_refusal(422, "code_rejected");
    desk.open("/reports/codes?from=2026-07-04&until=2026-07-04&offer=presse").await;
    desk.says(&["PRESSE-007", "PRESSE-123", "€12.00"]).await;
    desk.shot("campaign-report").await;
    desk.open("/reports/campaigns?from=2026-07-04&until=2026-07-04").await;
    desk.says(&["Presse", "€24.00"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_price_for_labelled_events_is_checked_tried_on_the_past_and_restored() {
    let (app, desk) = marketing_desk().await;
    add_tour(&app.admin()).await;
    for (key, label) in [("fuehrung-2", "week"), ("abend", "evening")] {
        let event = json!({"key": key, "names": {"de": "Führung"}, "house": "stadtmuseum", "exhibition": "stadtansichten",
            "starts_at": "2026-07-12T10:00:00+02:00", "capacity": 20, "labels": [label]});
        app.admin().post("/api/v1/events", &event).await.expect(201);
    }
    let prices = json!({"id": "woche", "name": "Woche", "activation": "automatic", "scope": {"event_label": {"has": "wek"}},
        "effect": {"type": "ticket_price", "price": "7.00"}});
    add_offer(&app, prices.clone()).await;

    // A misspelled label is found before a visitor misses the price.
    desk.open("/campaigns/woche/check").await;
    desk.says(&["Nothing carries the label “wek”."]).await;
    desk.shot("campaign-check").await;
    desk.open("/campaigns/woche/expert").await;
    let mended = prices.to_string().replace("\"wek\"", "\"week\"");
    desk.ask(&format!("document.getElementById('json').value = {}", json!(mended))).await;
    desk.go_on().await;
    desk.arrives_at("/campaigns/woche").await;
    desk.open("/campaigns/woche/check").await;
    assert!(!desk.text().await.contains("carries the label"));
    let visitor = Chromium::at(&app, Setup::PHONE).await;
    for (event, says_price) in [("fuehrung", true), ("fuehrung-2", true), ("abend", false)] {
        visitor.open(&format!("/shop/events/{event}")).await;
        visitor.says(&["€12.00"]).await;
        assert_eq!(visitor.text().await.contains("€7.00"), says_price, "{event}");
    }
    visitor.assert_fits().await;
    visitor.shot("campaign-event").await;

    // What would another offer have done to what was sold?
    sell(&app, &[], 2, "24.00").await;
    add_offer(&app, json!({"id": "zehn", "name": "Zehn", "activation": "automatic", "enabled": false, "effect": {"type": "percent_off", "percent": "10"}})).await;
    desk.open("/campaigns/zehn/what-if?from=2026-07-04&until=2026-07-04").await;
    desk.says(&["One order priced again", "€24.00", "€21.60", "−€2.40"]).await;
    desk.shot("campaign-what-if").await;

    // The version before the mend comes back, and goes again.
    desk.open("/campaigns/woche/versions/1").await;
    desk.says(&["week", "wek"]).await;
    desk.shot("campaign-version").await;
    desk.go_on().await;
    desk.arrives_at("/campaigns/woche").await;
    let now = app.marketing().get("/api/v1/offers/woche").await.expect(200);
    assert_eq!((&now["scope"]["event_label"]["has"], &now["version"]), (&json!("wek"), &json!(3)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_that_acts_alone_keeps_a_code_from_acting_and_says_so() {
    let (app, desk) = marketing_desk().await;
    add_offer(&app, json!({"id": "sommer", "name": "Sommer", "effect": {"type": "percent_off", "percent": "20"}}))
        .await;
    app.marketing().post("/api/v1/offers/sommer/codes", &json!({"code": "SOMMER"})).await.expect(201);
    desk.open("/campaigns/new").await;
    desk.type_into("name", "Zwei für eins").await;
    desk.ask("const kind = document.getElementById('kind'); kind.value = 'bundle'; kind.dispatchEvent(new Event('input', { bubbles: true }))").await;
    desk.type_into("buy", "1").await;
    desk.type_into("get", "1").await;
    desk.click("input[name='activation'][value='automatic']").await;
    desk.go_on().await;
    desk.arrives_at("/campaigns/zwei-fur-eins").await;
    desk.open("/campaigns/zwei-fur-eins/check").await;
    desk.says(&["“Sommer” is for the same tickets: the one that acts on its own keeps codes from acting."]).await;

    let visitor = Chromium::at(&app, Setup::PHONE).await;
    visitor.open("/shop").await;
    visitor.type_into("new_code", "sommer\n").await;
    for says in ["1 ticket, €9.60", "2 tickets, €12.00"] {
        visitor
            .ask("document.querySelector('button[value=\"tageskarte.adult\"]').scrollIntoView({ block: 'center' })")
            .await;
        visitor.click("button[value='tageskarte.adult']").await;
        visitor.says(&[says]).await;
    }
    visitor.open("/shop/basket").await;
    visitor.says(&["An offer that stands alone applies already", "€12.00"]).await;
    visitor.assert_fits().await;
    visitor.shot("campaign-alone").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hotel_is_welcomed_books_at_its_prices_and_sees_its_invoice() {
    let (app, desk) = marketing_desk().await;
    add_audiences(&app).await;
    desk.open("/partners/new").await;
    for (field, text) in [
        ("key", "uni"),
        ("name", "Hotel Adler"),
        ("contact", "Frau Weber"),
        ("email", "desk@adler.example"),
        ("street", "Lange Brücke 3"),
        ("postal_code", "14467"),
        ("city", "Potsdam"),
    ] {
        desk.type_into(field, text).await;
    }
    desk.ask("document.getElementById('country').value = 'DE'; document.getElementById('invoice_days').value = '45'")
        .await;
    desk.go_on().await;
    desk.arrives_at("/partners/uni").await;
    desk.assert_fits().await;
    let own = desk.ask("return document.getElementById('booking').value").await;

    let hotel = Chromium::at(&app, Setup::PHONE).await;
    hotel.open(own.as_str().expect("a link")).await;
    hotel.says(&["Hotel Adler", "Students", "within 45 days"]).await;
    hotel.shot("partner-path").await;
    hotel.go_on().await;
    hotel.arrives_at("/shop").await;
    hotel.says(&["You book for Hotel Adler"]).await;
    hotel.click("button[value='tageskarte.adult@student']").await;
    hotel.open("/shop/checkout").await;
    for (field, text) in [
        ("name", "Hotel Adler"),
        ("email", "desk@adler.example"),
        ("street", "Lange Brücke 3"),
        ("postal_code", "14467"),
        ("city", "Potsdam"),
    ] {
        hotel.ask(&format!("document.getElementById('{field}').value = '{text}'")).await;
    }
    hotel.go_on().await;
    hotel.go_on().await;
    hotel.arrives_where(|path| path.starts_with("/shop/orders/")).await;
    hotel.open(own.as_str().expect("a link")).await;
    hotel.says(&["Open invoices: €5.00"]).await;
    hotel.assert_fits().await;
    desk.open("/partners/uni").await;
    desk.says(&["€5.00"]).await;
    desk.shot("partner-record").await;
}
