//! The holder's page on a phone.

use crate::support::TestApp;
use crate::support::annual_tickets::{Wish, portrait};
use crate::support::chromium::{Chromium, Setup, file_in};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_holder_on_a_small_phone_gets_from_the_link_to_the_card() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let link = app.issue(Wish::of("jahreskarte")).await.own_path.replace("/api/v1/personalizations/", "/p/");
    let folder = tempfile::tempdir().expect("a folder");
    let picture = file_in(folder.path(), "me.png", &portrait(1));
    let phone = Chromium::at(&app, Setup::SMALL_PHONE).await;

    phone.open(&link).await;
    phone.assert_fits().await;
    phone.go_on().await;
    phone.until("document.activeElement.id === 'errors'").await;
    phone.shot("holder-errors-320").await;
    phone.assert_fits().await;
    let linked = phone
        .ask("return [...document.querySelectorAll('#errors a')].every(a => document.querySelector(a.hash))")
        .await;
    assert_eq!(linked, true, "each error leads to its field");

    phone.type_into("given_name", "Zoë").await;
    phone.type_into("family_name", "Müller-Nguyễn").await;
    phone.type_into("photo", &picture).await;
    phone.click("input[value='pickup:schloss']").await;
    phone.go_on().await;
    phone.says(&["Is everything right?"]).await;
    assert_eq!(phone.ask("return document.querySelector('.portrait').naturalWidth > 0").await, true);
    phone.assert_fits().await;
    phone.go_on().await;
    phone.says(&["Your annual ticket", "Zoë Müller-Nguyễn", "Schloss am See", "Your card is being made"]).await;
    phone.assert_fits().await;
}
