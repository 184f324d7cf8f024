//! The shop on a phone, from the first look to the order.

use crate::support::TestApp;
use crate::support::chromium::{Chromium, Setup};
use passepartout::kernel::roles::Role;
use serde_json::json;
use testkit::museum;

async fn shop(setup: Setup) -> (TestApp, Chromium) {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    museum::add_summer_code(&app.marketing(), None).await;
    let phone = Chromium::at(&app, setup).await;
    phone.open("/shop").await;
    (app, phone)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_buys_an_annual_ticket_with_a_code_and_goes_on_to_personalize() {
    let (app, phone) = shop(Setup::PHONE.in_language("de")).await;
    phone.shot("shop-de").await;
    phone.assert_fits().await;
    phone.click("button[value='jahreskarte.adult']").await;
    phone.says(&["1 Karte, 45,00\u{A0}€", "Zum Warenkorb"]).await;
    phone.open("/shop").await;
    phone.says(&["45,00\u{A0}€", "Zum Warenkorb"]).await;
    phone.go_on().await;
    phone.arrives_at("/shop/basket").await;
    phone.type_into("new_code", "falsch\n").await;
    phone.says(&["Diesen Code kennen wir nicht"]).await;
    phone.type_into("new_code", "sommer26\n").await;
    phone.says(&["Sommer – spart 9,00\u{A0}€", "36,00\u{A0}€"]).await;
    phone.shot("shop-basket-de").await;
    phone.assert_fits().await;
    phone.go_on().await;
    phone.arrives_at("/shop/checkout").await;
    phone.go_on().await;
    phone.says(&["Bitte tippen Sie den Namen", "Bitte tippen Sie die E-Mail-Adresse"]).await;
    assert_eq!(phone.ask("return document.activeElement.id").await, "errors");
    phone.type_into("name", "Zoë Müller-Nguyễn").await;
    phone.type_into("email", "zoe@example.org").await;
    phone.click("label[for='delivery-pickup-schloss']").await;
    assert_eq!(
        phone.ask("return document.getElementById('street').checkVisibility()").await,
        false,
        "no address for a pick-up"
    );
    phone.shot("shop-checkout-de").await;
    phone.assert_fits().await;
    phone.go_on().await;
    phone.says(&["Stimmt alles?", "Auf Rechnung", "Schloss am See"]).await;
    phone.shot("shop-review-de").await;
    phone.go_on().await;
    phone.arrives_where(|path| path.starts_with("/shop/orders/")).await;
    phone.says(&["Vielen Dank", "Jetzt personalisieren", "36,00\u{A0}€"]).await;
    phone.shot("shop-order-de").await;
    phone.assert_fits().await;
    phone.go_on().await;
    phone.arrives_where(|path| path.starts_with("/p/")).await;
    let listed = app.shop().get("/api/v1/orders").await.expect(200);
    assert_eq!((&listed["items"][0]["total"], &listed["items"][0]["channel"]), (&json!("36.00"), &json!("online")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn day_tickets_are_reserved_paid_at_a_desk_and_then_on_the_phone() {
    let (app, phone) = shop(Setup::SMALL_PHONE).await;
    phone.assert_fits().await;
    phone.click("button[value='tageskarte.adult']").await;
    phone.says(&["1 ticket, €12.00"]).await;
    phone.ask("document.querySelector('button[value=\"tageskarte.child\"]').scrollIntoView({block: 'center'})").await;
    phone.click("button[value='tageskarte.child']").await;
    phone.says(&["2 tickets, €18.00"]).await;
    phone.open("/shop/checkout").await;
    phone.type_into("name", "Ada Lovelace").await;
    phone.type_into("email", "ada@example.org").await;
    phone.go_on().await;
    phone.says(&["We reserve your tickets"]).await;
    phone.assert_fits().await;
    phone.go_on().await;
    let path = phone.arrives_where(|path| path.starts_with("/shop/orders/")).await;
    phone.says(&["Please pay €18.00", "reserved until"]).await;
    phone.assert_fits().await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, &[Role::Shop]).await;
    desk.open("/orders?state=awaiting_payment").await;
    desk.click("tbody a").await;
    desk.arrives_where(|path| path.starts_with("/orders/")).await;
    desk.go_on().await;
    desk.says(&["Paid", "Print receipt"]).await;
    phone.open(&path).await;
    phone.says(&["Your 2 day tickets", "Open the day tickets (PDF)"]).await;
    let pdf = phone
        .ask("return (await (await fetch(document.querySelector('a[href*=\"tickets.pdf\"]').href)).blob()).type")
        .await;
    assert_eq!(pdf, "application/pdf");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shop_sells_without_scripts() {
    let (app, phone) = shop(Setup::PHONE.without_scripts()).await;
    phone.click("button[value='jahreskarte-gutschein.adult']").await;
    phone.says(&["To the basket"]).await;
    phone.open("/shop/basket").await;
    phone.click("button[name='more']").await;
    phone.says(&["€90.00"]).await;
    phone.go_on().await;
    phone.arrives_at("/shop/checkout").await;
    phone.type_into("name", "Ada").await;
    phone.type_into("email", "ada@example.org\n").await;
    phone.says(&["Is everything right?"]).await;
    phone.go_on().await;
    phone.says(&["Your vouchers", "Please pay €90.00"]).await;
    assert_eq!(app.shop().get("/api/v1/orders").await.expect(200)["items"].as_array().map(Vec::len), Some(1));
}
