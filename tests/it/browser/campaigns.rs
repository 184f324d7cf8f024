//! A campaign in a real browser: its form with the live example, a code, and a price at the till.

use crate::support::TestApp;
use crate::support::chromium::{Chromium, Setup};
use passepartout::kernel::roles::Role;
use serde_json::json;

async fn marketing(setup: Setup) -> (TestApp, Chromium) {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let desk = Chromium::at(&app, setup).await;
    desk.sign_in(&app, &[Role::Marketing]).await;
    (app, desk)
}

async fn choose(desk: &Chromium, field: &str, value: &str) {
    let script = format!(
        "const field = document.getElementById('{field}'); field.value = '{value}'; field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
    );
    desk.ask(&script).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_made_in_the_browser_acts_at_the_till() {
    let (app, desk) = marketing(Setup::DESK).await;
    desk.open("/campaigns").await;
    desk.shot("campaigns-empty").await;
    desk.go_on().await;
    desk.arrives_at("/campaigns/new").await;
    desk.type_into("name", "Drei für Zwei").await;
    choose(&desk, "kind", "bundle").await;
    assert_eq!(desk.ask("return document.getElementById('percent').closest('[data-kinds]').hidden").await, json!(true));
    desk.type_into("buy", "2").await;
    desk.type_into("get", "1").await;
    desk.until("/€30.00/.test(document.getElementById('example').innerText)").await;
    desk.until("/€36.00/.test(document.querySelector('#example s').textContent)").await;
    desk.shot("campaigns-new").await;
    desk.assert_fits().await;
    desk.go_on().await;
    desk.arrives_at("/campaigns/drei-fur-zwei").await;
    desk.says(&["buy 2, get 1 free", "No code yet."]).await;
    desk.shot("campaigns-record").await;

    desk.click("a[href$='/codes']").await;
    desk.arrives_at("/campaigns/drei-fur-zwei/codes").await;
    desk.type_into("code", "DREI-26\n").await;
    desk.until("document.querySelector('.toast')").await;
    desk.type_into("count", "40").await;
    desk.type_into("prefix", "HOTEL-").await;
    desk.type_into("batch_max_uses", "1\n").await;
    desk.says(&["41 codes in all"]).await;
    desk.shot("campaigns-codes").await;
    desk.click("a.code").await;
    desk.until("document.querySelector('h1.code')").await;
    desk.shot("campaigns-code").await;

    let basket = json!({"channel": "box_office", "codes": ["drei26"],
        "items": [{"line": "1", "product": "tageskarte", "category": "adult", "house": "schloss", "quantity": 3}]});
    assert_eq!(app.shop().post("/api/v1/quotes", &basket).await.expect(200)["total"], "24.00");
    desk.open("/campaigns").await;
    desk.shot("campaigns-list").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_form_leads_to_its_fields_and_keeps_what_was_typed() {
    let (_app, desk) = marketing(Setup::DESK).await;
    desk.open("/campaigns/new").await;
    desk.ask("document.getElementById('percent').value = '120'").await;
    desk.go_on().await;
    desk.until("document.activeElement.id === 'errors'").await;
    let linked =
        desk.ask("return [...document.querySelectorAll('#errors a')].every(a => document.querySelector(a.hash))").await;
    assert_eq!(linked, json!(true));
    assert_eq!(desk.ask("return document.getElementById('percent').value").await, "120");
    assert_eq!(desk.ask("return document.getElementById('percent').getAttribute('aria-invalid')").await, "true");
    desk.shot("campaigns-wrong").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn campaigns_work_without_scripts_on_a_small_phone() {
    let (_app, phone) = marketing(Setup::SMALL_PHONE.without_scripts().in_language("de")).await;
    phone.open("/campaigns/new").await;
    phone.assert_fits().await;
    phone.type_into("name", "Herbst").await;
    phone.click("#show-example").await;
    phone.says(&["Zum Beispiel", "32,40\u{A0}€"]).await;
    phone.assert_fits().await;
    phone.go_on().await;
    phone.arrives_at("/campaigns/herbst").await;
    phone.assert_fits().await;
    for path in ["/campaigns", "/campaigns/herbst/codes", "/campaigns/herbst/expert", "/campaigns/herbst/delete"] {
        phone.open(path).await;
        phone.assert_fits().await;
    }
    phone.shot("campaigns-phone").await;
}
