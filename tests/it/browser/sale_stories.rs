//! What people come for, from the first wish to the paper in their hands.

use crate::support::TestApp;
use crate::support::chromium::{Chromium, Setup};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::museum::{add_tour, cash_order};

async fn desk_of(roles: &[Role]) -> (TestApp, Chromium) {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, roles).await;
    (app, desk)
}

async fn only_order(app: &TestApp) -> Value {
    let listed = app.shop().get("/api/v1/orders").await.expect(200);
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{listed}");
    let id = listed["items"][0]["id"].as_str().expect("an id").to_owned();
    app.shop().get(&format!("/api/v1/orders/{id}")).await.expect(200)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_family_of_four_with_two_tariffs() {
    let (app, till) = desk_of(&[Role::Shop]).await;
    till.open("/box-office").await;
    for (tile, sum) in [("adult", "€12.00"), ("adult", "€24.00"), ("child", "€30.00"), ("child", "€36.00")] {
        till.click(&format!(".tile[value='tageskarte.{tile}']")).await;
        till.until(&format!("document.getElementById('total').textContent === '{sum}'")).await;
    }
    till.type_into("given", "50").await;
    till.click("#pay-cash").await;
    till.arrives_where(|path| path.starts_with("/orders/")).await;
    till.says(&["€14.00", "2 ×", "Adult", "Child", "Receipt s"]).await;
    let order = only_order(&app).await;
    assert_eq!((&order["total"], order["tickets"].as_array().map(Vec::len)), (&json!("36.00"), Some(4)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_season_ticket() {
    let (app, till) = desk_of(&[Role::Shop, Role::Personalization]).await;
    till.open("/box-office").await;
    till.click(".tile[value='saisonkarte.reduced']").await;
    till.says(&["€12.00"]).await;
    till.click("#pay-terminal").await;
    till.arrives_where(|path| path.starts_with("/orders/")).await;
    till.says(&["Saisonkarte", "Paid"]).await;
    let order = only_order(&app).await;
    let ticket = order["tickets"][0]["annual_tickets"][0].as_str().expect("an annual ticket");
    till.open(&format!("/annual-tickets/{ticket}")).await;
    till.says(&["Saisonkarte"]).await;
    let ticket = app.personalization().get(&format!("/api/v1/annual-tickets/{ticket}")).await.expect(200);
    assert_eq!((&ticket["valid_from"], &ticket["valid_until"]), (&json!("2026-04-01"), &json!("2026-10-31")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_order_with_pickup() {
    let (app, desk) = desk_of(&[Role::Shop]).await;
    app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 1, "12.00")).await.expect(201);
    desk.open("/phone-orders").await;
    desk.type_into("find", "lovelace\n").await;
    desk.says(&["One customer was found"]).await;
    desk.click("button[name='customer']").await;
    desk.until("document.getElementById('name').value === 'Ada Lovelace'").await;
    desk.click(".tile[value='jahreskarte.adult']").await;
    desk.until("document.getElementById('total').textContent === '€45.00'").await;
    desk.click("label[for='delivery-pickup-schloss']").await;
    desk.click("label[for='payment-at-pickup']").await;
    desk.type_into("notes", "Comes on Saturday").await;
    desk.shot("phone-order").await;
    desk.assert_fits().await;
    desk.go_on().await;
    desk.arrives_where(|path| path.starts_with("/orders/")).await;
    desk.says(&["Payment due", "Comes on Saturday", "Schloss am See"]).await;
    desk.shot("phone-order-placed").await;
    desk.go_on().await;
    desk.says(&["Paid", "Receipt s"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_order_without_scripts_on_a_narrow_screen() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let desk = Chromium::at(&app, Setup::SMALL_PHONE.without_scripts()).await;
    desk.sign_in(&app, &[Role::Shop]).await;
    desk.open("/phone-orders").await;
    desk.click(".tile[value='tageskarte.adult']").await;
    desk.says(&["€12.00"]).await;
    desk.assert_fits().await;
    desk.type_into("name", "Ada").await;
    desk.go_on().await;
    desk.arrives_where(|path| path.starts_with("/orders/")).await;
    assert_eq!(only_order(&app).await["channel"], "back_office");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_rate_is_forced_by_staff() {
    let (app, till) = desk_of(&[Role::Admin]).await;
    let group = json!({"id": "gruppe", "name": "Gruppe", "min_tickets": 10, "activation": "code",
        "effect": {"type": "ticket_price", "price": "9.00"}});
    app.marketing().post("/api/v1/offers", &group).await.expect(201);
    app.marketing().post("/api/v1/offers/gruppe/codes", &json!({"code": "GRUPPE10"})).await.expect(201);
    till.open("/box-office?house=stadtmuseum").await;
    for _ in 0..3 {
        till.click(".tile[value='tageskarte.adult']").await;
    }
    till.until("document.getElementById('total').textContent === '€36.00'").await;
    till.type_into("new_code", "gruppe10\n").await;
    till.says(&["10 are needed"]).await;
    till.click("details.override summary").await;
    till.type_into("why-gruppe", "Seven are ill").await;
    till.click("button[name='use_offer']").await;
    till.until("document.getElementById('total').textContent === '€27.00'").await;
    till.click("#pay-cash").await;
    till.arrives_where(|path| path.starts_with("/orders/")).await;
    till.says(&["Seven are ill", "€27.00"]).await;
    // The day end names it.
    till.open("/day-ends/new?desk=stadtmuseum&float=0&counted=0").await;
    till.says(&["Sold against the rules", "Seven are ill"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gift_is_personalized_by_its_recipient_who_sees_no_price() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let giver = Chromium::at(&app, Setup::PHONE).await;
    giver.open("/shop").await;
    giver.click("button[value='jahreskarte.adult']").await;
    giver.says(&["1 ticket, €45.00"]).await;
    giver.open("/shop/checkout").await;
    giver.type_into("name", "Generous Giver").await;
    giver.type_into("email", "giver@example.org").await;
    giver.click("label[for='delivery-pickup-schloss']").await;
    giver.go_on().await;
    giver.says(&["Is everything right?"]).await;
    giver.go_on().await;
    giver.arrives_where(|path| path.starts_with("/shop/orders/")).await;
    let order = only_order(&app).await;
    let link = order["tickets"][0]["personalization_url"].as_str().expect("a link").to_owned();

    // The link was forwarded; whoever opens it learns neither the price nor who paid.
    let recipient = Chromium::at(&app, Setup::PHONE.in_language("de")).await;
    recipient.open(&link).await;
    let page = recipient.ask("return document.documentElement.outerHTML").await;
    let page = page.as_str().expect("a page");
    for secret in ["45", "€", "Generous", "giver@"] {
        let told = page.split("<body").nth(1).expect("a body").contains(secret);
        assert!(!told, "{secret} is told: {page}");
    }
    recipient.type_into("given_name", "Zoë").await;
    recipient.type_into("family_name", "Müller").await;
    recipient.shot("gift-recipient").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partial_cancellation_of_one_plus_one_shows_the_refund_first() {
    let (app, desk) = desk_of(&[Role::Shop]).await;
    let pair = json!({"id": "pair", "name": "1+1", "activation": "automatic_combinable",
        "effect": {"type": "bundle", "buy": 1, "get": 1, "percent": "100"}});
    app.marketing().post("/api/v1/offers", &pair).await.expect(201);
    let order = app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 2, "12.00")).await.expect(201);
    let path = format!("/orders/{}", order["id"].as_str().expect("an id"));
    let tickets = order["tickets"].as_array().expect("tickets");
    let of = |price: &str| {
        tickets.iter().find(|one| one["paid_price"] == price).and_then(|one| one["id"].as_str()).expect("a ticket")
    };
    // The free ticket is worth nothing, and neither is the paid one while the other one stays: it would cost as much alone.
    for ticket in [of("0.00"), of("12.00")] {
        desk.open(&format!("{path}/cancel")).await;
        desk.click(&format!("label[for='ticket-{ticket}']")).await;
        desk.type_into("reason", "ill").await;
        desk.go_on().await;
        desk.until("document.getElementById('refund').textContent === '€0.00'").await;
        assert_eq!(only_order(&app).await["refunded"], "0.00", "nothing is done yet");
    }
    desk.shot("cancel-one-plus-one").await;
    desk.open(&format!("{path}/cancel")).await;
    for ticket in [of("0.00"), of("12.00")] {
        desk.click(&format!("label[for='ticket-{ticket}']")).await;
    }
    desk.type_into("reason", "both ill").await;
    desk.go_on().await;
    desk.until("document.getElementById('refund').textContent === '€12.00'").await;
    desk.go_on().await;
    desk.arrives_at(&path).await;
    let order = only_order(&app).await;
    assert_eq!((&order["state"], &order["refunded"]), (&json!("cancelled"), &json!("12.00")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unpaid_invoice_is_reminded_and_paid() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let mut order = cash_order("jahreskarte", "adult", 2, "90.00");
    order["payment"]["method"] = json!("invoice");
    app.shop().post("/api/v1/orders", &order).await.expect(201);
    app.set_time("2026-08-01T09:00:00Z");
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, &[Role::Shop]).await;
    desk.open("/orders").await;
    desk.click("a[href='/invoices']").await;
    desk.says(&["14 days overdue", "€90.00"]).await;
    desk.shot("invoices").await;
    desk.assert_fits().await;
    desk.go_on().await;
    desk.says(&["on 1 Aug 2026"]).await;
    desk.click(".row-link").await;
    desk.says(&["Overdue", "Reminder of an invoice"]).await;
    desk.go_on().await;
    desk.says(&["Paid", "Receipt stadtmuseum-2026-000001"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_sells_out_between_basket_and_checkout() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    add_tour(&app.admin()).await;
    let phone = Chromium::at(&app, Setup::PHONE).await;
    phone.open("/shop/events/fuehrung").await;
    phone.click("button[value='tageskarte.adult']").await;
    phone.says(&["€12.00"]).await;
    let mut all = cash_order("tageskarte", "adult", 20, "240.00");
    all["items"][0]["event"] = json!("fuehrung");
    app.shop().post("/api/v1/orders", &all).await.expect(201);
    phone.open("/shop/checkout").await;
    phone.arrives_at("/shop/basket").await;
    phone.says(&["This ticket is sold out."]).await;
    phone.shot("sold-out-basket").await;
    phone.assert_fits().await;
    only_order(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_is_closed_with_the_keyboard_and_kept() {
    let (app, desk) = desk_of(&[Role::Shop]).await;
    app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 2, "24.00")).await.expect(201);
    desk.open("/box-office?house=stadtmuseum&add=tageskarte.adult").await;
    desk.open("/day-ends").await;
    desk.says(&["Stadtmuseum", "this desk"]).await;
    desk.shot("day-ends").await;
    desk.assert_fits().await;
    desk.go_on().await;
    desk.type_into("float", "100").await;
    desk.type_into("counted", "123.50\n").await;
    desk.says(&["€0.50 is missing", "is not opened again"]).await;
    desk.shot("day-end-confirm").await;
    desk.assert_fits().await;
    desk.go_on().await;
    desk.arrives_where(|path| path.starts_with("/day-ends/")).await;
    desk.says(&["This day is closed", "Day end Stadtmuseum", "€24.00"]).await;
    desk.shot("day-end").await;
    let pdf = desk.ask("return (await (await fetch(document.querySelector('main .primary').href)).blob()).type").await;
    assert_eq!(pdf, "application/pdf");
}
