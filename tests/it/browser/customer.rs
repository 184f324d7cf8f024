//! The customer at home: a lost link, and the page of their own, on a small phone, with and without scripts.

use crate::support::TestApp;
use crate::support::chromium::{Chromium, Setup};
use testkit::museum::cash_order;

/// A museum with an order, and whether the visitor's browser runs scripts.
async fn visitor(scripts: bool) -> (TestApp, Chromium) {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    app.shop().post("/api/v1/orders", &cash_order("familienkarte", "adult", 1, "90.00")).await.expect(201);
    app.run_jobs().await;
    let setup = if scripts { Setup::SMALL_PHONE } else { Setup::SMALL_PHONE.without_scripts() };
    let phone = Chromium::at(&app, setup).await;
    (app, phone)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_link_is_asked_for_and_the_own_page_opened_on_a_small_phone() {
    for scripts in [true, false] {
        let (app, phone) = visitor(scripts).await;
        phone.open("/shop/lost-link").await;
        phone.assert_fits().await;
        phone.shot(&format!("customer-lost-link-{scripts}")).await;
        phone.type_into("email", "ada").await;
        phone.go_on().await;
        phone.says(&["not a complete e-mail address"]).await;
        phone.ask("document.getElementById('email').value = ''").await;
        phone.type_into("email", "ada@example.org").await;
        phone.go_on().await;
        phone.says(&["Please look at your mails"]).await;
        phone.assert_fits().await;
        let mails = app.mails().await;
        assert_eq!(mails.last().expect("a mail").links("/shop/orders/").len(), 1);

        phone.open("/my").await;
        phone.assert_fits().await;
        phone.type_into("email", "ada@example.org").await;
        phone.go_on().await;
        phone.says(&["Please look at your mails"]).await;
        let mails = app.mails().await;
        let link = mails.last().expect("a mail").links("/my/enter/").remove(0);
        phone.open(&link).await;
        phone.assert_fits().await;
        phone.go_on().await;
        phone.says(&["Your annual tickets"]).await;
        phone.assert_fits().await;
        phone.shot(&format!("customer-my-{scripts}")).await;
        phone.click("form[action='/my/newsletter'] button").await;
        phone.says(&["You get our news"]).await;
        phone.click("form[action='/my/sign-out'] button").await;
        phone.says(&["Tell us your e-mail address"]).await;
        phone.open(&link).await;
        phone.says(&["This link no longer works"]).await;
    }
}
