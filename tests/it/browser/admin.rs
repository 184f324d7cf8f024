//! Administration in a real browser: somebody is added who then signs in, a gate is paired, the catalog is kept.

use crate::support::chromium::{Chromium, Setup};
use crate::support::{PASSWORD, TestApp};
use passepartout::kernel::roles::Role;
use serde_json::json;

async fn admin(setup: Setup) -> (TestApp, Chromium) {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let desk = Chromium::at(&app, setup).await;
    desk.sign_in(&app, &[Role::Admin]).await;
    (app, desk)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_who_was_added_signs_in_and_sees_their_places() {
    let (app, desk) = admin(Setup::DESK).await;
    desk.open("/admin").await;
    desk.shot("admin").await;
    desk.click("a[href='/admin/staff']").await;
    desk.arrives_at("/admin/staff").await;
    desk.go_on().await;
    desk.arrives_at("/admin/staff/new").await;
    desk.type_into("name", "Ada Lovelace").await;
    desk.type_into("email", "ada@example.org").await;
    desk.type_into("password", PASSWORD).await;
    desk.click("input[value=entry]").await;
    desk.shot("admin-staff-new").await;
    desk.go_on().await;
    desk.arrives_where(|path| path.starts_with("/admin/staff/") && path != "/admin/staff/new").await;
    desk.says(&["Ada Lovelace", "May sign in"]).await;
    desk.shot("admin-staff-person").await;

    let new = Chromium::at(&app, Setup::DESK).await;
    new.open("/sign-in").await;
    new.type_into("email", "ada@example.org").await;
    new.type_into("password", &format!("{PASSWORD}\n")).await;
    new.arrives_at("/desk").await;
    let places = new.ask("return [...document.querySelectorAll('.places a')].map(a => a.getAttribute('href'))").await;
    assert_eq!(places, json!(["/desk", "/entry"]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gate_is_paired_with_the_code_that_the_page_shows() {
    let (app, desk) = admin(Setup::DESK).await;
    desk.open("/admin/devices/new").await;
    desk.type_into("name", "Haupteingang").await;
    desk.go_on().await;
    desk.until("document.querySelector('.pairing-code')").await;
    desk.shot("admin-device-code").await;
    let size = desk.ask("return parseFloat(getComputedStyle(document.querySelector('.pairing-code')).fontSize)").await;
    assert!(size.as_f64().expect("a size") >= 40.0, "large enough to read across the room: {size}");
    let code = desk.ask("return document.querySelector('.pairing-code').textContent.replace(/\\s/g, '')").await;
    let asked = json!({"pairing_code": code, "public_key": format!("58{}", "66".repeat(31)), "agent_version": "1.2.3"});
    app.stranger().post("/gate/v1/pair", &asked).await.expect(201);
    desk.open("/admin/devices").await;
    desk.says(&["Haupteingang", "Connected", "1.2.3"]).await;
    desk.shot("admin-devices").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_catalog_is_kept_on_a_small_phone_and_in_the_dark() {
    let (_app, phone) = admin(Setup::SMALL_PHONE.in_language("de").in_the_dark()).await;
    for path in [
        "/admin",
        "/admin/catalog/houses",
        "/admin/catalog/houses/schloss",
        "/admin/catalog/products",
        "/admin/catalog/products/jahreskarte",
        "/admin/catalog/price-lists/regular",
        "/admin/catalog/events/new",
        "/admin/catalog/events/labels",
        "/admin/catalog/scopes/schloss/delete",
        "/admin/staff",
        "/admin/staff/new",
        "/admin/keys",
        "/admin/keys/new",
        "/admin/devices",
        "/admin/layouts",
        "/admin/audit",
    ] {
        phone.open(path).await;
        phone.assert_fits().await;
        phone.shot(&format!("phone{}", path.replace('/', "-"))).await;
    }
    phone.open("/admin/catalog/categories/new").await;
    phone.type_into("key", "presse").await;
    phone.type_into("names_de", "Presse").await;
    phone.go_on().await;
    phone.arrives_at("/admin/catalog/categories").await;
    phone.says(&["Presse"]).await;
}
