//! Whole ways of cards through the mailroom, at the screen: a family in one envelope, and a card that is fetched by a deputy in another
//! house.

use crate::support::TestApp;
use crate::support::chromium::{Chromium, Setup};
use crate::support::printing::pickup_in;
use fantoccini::key::Key;
use passepartout::cards::Delivery;
use passepartout::kernel::roles::Role;
use serde_json::json;

const MAIL: &[Role] = &[Role::Mailroom];

async fn museum() -> TestApp {
    TestApp::on(db::Backend::Sqlite).await.furnished().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_family_of_four_goes_into_one_envelope_and_a_wrong_card_is_seen_and_heard() {
    let app = museum().await;
    let family = app.household("Müller-Nguyễn", &["Zoë", "Jürgen", "Mia", "Ben"], &Delivery::Mail {}, "de").await;
    let other = app.household("Kowalska", &["Łucja"], &Delivery::Mail {}, "de").await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, MAIL).await;
    desk.open("/mailroom/pack").await;
    desk.shot("pack-empty-1280").await;
    desk.scan(&family[0].number).await;
    desk.until("document.querySelectorAll('.packing .read').length === 1").await;
    desk.shot("pack-first-1280").await;
    desk.scan(&other[0].number).await;
    desk.until("document.querySelector('[data-scan-result=refused]')").await;
    desk.says(&["The card of Łucja Kowalska belongs into another envelope"]).await;
    desk.shot("pack-wrong-1280").await;
    let letter = desk.ask("return document.querySelector('.packing a[target]').getAttribute('href')").await;
    let name = desk
        .ask(&format!("return await fetch({letter}).then(answer => answer.headers.get('content-disposition'))"))
        .await;
    let code: String = name.as_str().expect("a name").chars().filter(char::is_ascii_digit).collect();
    for (place, card) in family.iter().enumerate().skip(1) {
        desk.scan(&card.number).await;
        desk.until(&format!("document.querySelectorAll('.packing .read').length === {}", place + 1)).await;
    }
    desk.resize(320, 700).await;
    desk.shot("pack-all-320").await;
    desk.assert_fits().await;
    desk.resize(1280, 800).await;
    desk.scan(&code).await;
    desk.says(&["4 cards are posted."]).await;
    for card in &family {
        assert_eq!(app.state_of(card).await, "dispatched");
    }
    assert_eq!(app.state_of(&other[0]).await, "ready_for_dispatch");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deputy_fetches_a_card_in_another_house_after_its_journey_in_a_box() {
    let app = museum().await;
    let card = app.printed_card("Lovelace", Some(pickup_in("schloss"))).await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, MAIL).await;
    desk.open("/mailroom/boxes").await;
    desk.ask("document.getElementById('house').value = 'schloss'").await;
    desk.go_on().await;
    desk.until("location.pathname.startsWith('/mailroom/boxes/')").await;
    desk.scan(&card.number).await;
    desk.says(&["1 card is in the box."]).await;
    desk.shot("box-open-1280").await;
    desk.click("form[action$='/send'] button").await;
    desk.says(&["1 card was not read yet"]).await;
    desk.type_into("shelf", "A1").await;
    desk.scan(&card.number).await;
    desk.says(&["unpacked"]).await;
    desk.shot("box-unpacked-1280").await;
    assert_eq!(app.state_of(&card).await, "deposited");

    desk.open("/mailroom/pickup").await;
    desk.shot("pickup-1280").await;
    desk.type_into("q", "lovel").await;
    desk.go_on().await;
    desk.arrives_at("/mailroom/handover").await;
    desk.says(&["Ada Lovelace", "Lies in Schloss am See, A1"]).await;
    desk.type_into("picked_up_by", "Charles Babbage").await;
    desk.click("#handover .primary").await;
    desk.says(&["Please say what they showed"]).await;
    desk.shot("handover-deputy-1280").await;
    desk.tab_to("#proof").await;
    desk.press(Key::Down, 1).await;
    desk.click("#handover .primary").await;
    desk.until("document.querySelector('#notices').innerText.includes('Ada Lovelace is handed over')").await;
    assert_eq!(app.state_of(&card).await, "handed_over");

    app.printed_card("Byron", Some(Delivery::Mail {})).await;
    app.mailroom().post("/api/v1/transfer-boxes", &json!({"house": "schloss"})).await.expect(201);
    for page in ["pack", "boxes", "pickup", "sent", "places"] {
        desk.resize(320, 700).await;
        desk.open(&format!("/mailroom/{page}?lang=de")).await;
        desk.shot(&format!("{page}-320-de")).await;
        desk.assert_fits().await;
        desk.resize(1280, 800).await;
        desk.open(&format!("/mailroom/{page}?lang=fr")).await;
        desk.shot(&format!("{page}-1280-fr")).await;
    }
}
