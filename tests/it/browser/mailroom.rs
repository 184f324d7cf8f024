//! The mailroom in a real browser: by mouse, by keyboard and scanner alone, and without scripts.

use crate::support::TestApp;
use crate::support::chromium::{Chromium, Setup};
use crate::support::many_cards::Many;
use crate::support::printing::{FinishedCard, pickup_in};
use fantoccini::key::Key;
use passepartout::cards::{CardState, Delivery};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};

const MAIL: &[Role] = &[Role::Mailroom];

async fn museum() -> TestApp {
    TestApp::on(db::Backend::Sqlite).await.furnished().await
}

/// The number in a tile of the band.
async fn tile(desk: &Chromium, word: &str) -> Value {
    let script = format!(
        "return [...document.querySelectorAll('.band a')].find(tile => tile.innerText.includes({})).querySelector('.figure').textContent",
        json!(word)
    );
    desk.ask(&script).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_scans_in_a_row_are_twenty_rows_and_a_wrong_card_is_refused_with_words() {
    let app = museum().await;
    let first = app.printed_card("Lovelace", Some(Delivery::Mail {})).await;
    app.many_cards(&first, Many::posted(19, CardState::ReadyForDispatch)).await;
    let wrong = app.printed_card("Babbage", Some(pickup_in("schloss"))).await;
    let listed = app.mailroom().get("/api/v1/cards?state=ready_for_dispatch&limit=100").await.expect(200);
    let numbers: Vec<String> = listed["items"]
        .as_array()
        .expect("cards")
        .iter()
        .filter(|card| card["id"] != wrong.id)
        .map(|card| card["number"].as_str().expect("a number").to_owned())
        .collect();
    assert_eq!(numbers.len(), 20);
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, MAIL).await;
    desk.open("/mailroom/post").await;
    desk.type_into("carrier", "Deutsche Post").await;
    for number in &numbers[..19] {
        desk.scan(number).await;
    }
    desk.until("document.querySelectorAll('.just-done li').length === 19").await;
    desk.scan(&wrong.number).await;
    desk.says(&["is to be picked up. Do not post it."]).await;
    assert_eq!(desk.ask("return document.querySelector('[data-scan-result]').dataset.scanResult").await, "refused");
    desk.shot("mailroom-scan-refused-1280").await;
    desk.scan(&numbers[19]).await;
    desk.until("document.querySelectorAll('.just-done li').length === 20").await;
    assert_eq!(desk.ask("return document.querySelector('[data-scan-result]').dataset.scanResult").await, "good");
    assert_eq!(
        desk.ask("return document.getElementById('carrier').value").await,
        "Deutsche Post",
        "what was typed stays"
    );
    desk.shot("mailroom-scan-1280").await;
    let posted = app.mailroom().get("/api/v1/cards?state=dispatched&limit=100").await.expect(200);
    assert_eq!(posted["items"].as_array().map(Vec::len), Some(20), "none is lost and none is posted twice");
    assert_eq!(app.state_of(&wrong).await, "ready_for_dispatch");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_mailroom_by_mouse() {
    let app = museum().await;
    let first = app.printed_card("Lovelace", Some(Delivery::Mail {})).await;
    app.many_cards(&first, Many::posted(7, CardState::ReadyForDispatch)).await;
    let shelf = app.printed_card("Hopper", Some(pickup_in("schloss"))).await;
    app.many_cards(&first, Many { days: 40, ..Many::laid_ready(3, CardState::Deposited, "stadtmuseum") }).await;
    app.many_cards(&first, Many::posted(2, CardState::Returned)).await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, MAIL).await;
    desk.click(".places a[href='/mailroom']").await;
    desk.arrives_at("/mailroom").await;
    desk.says(&["To post", "To lay ready"]).await;
    desk.shot("mailroom-1280").await;
    desk.go_on().await;
    desk.arrives_at("/mailroom/post").await;
    desk.shot("mailroom-post-1280").await;
    for place in [1, 3] {
        desk.click(&format!("tbody tr:nth-child({place}) .tick input")).await;
    }
    desk.click("button[name='ticked']").await;
    desk.says(&["Give 2 cards to the post?"]).await;
    desk.press(Key::Escape, 1).await;
    desk.arrives_at("/mailroom/post").await;
    desk.says(&["8 cards"]).await;
    desk.click("button[name='all']").await;
    desk.says(&["Give 8 cards to the post?", "address"]).await;
    desk.shot("mailroom-confirm-1280").await;
    desk.ask("const button = document.querySelector('main .primary'); button.click(); button.click();").await;
    desk.arrives_at("/mailroom/post").await;
    desk.until("document.querySelector('#notices').innerText.includes('8 cards are posted.')").await;
    assert_eq!(tile(&desk, "to post").await, "0");
    desk.click("#notices .undo").await;
    desk.arrives_at("/undo").await;
    desk.says(&["Take 8 steps back?"]).await;
    desk.shot("mailroom-undo-1280").await;
    desk.click("input[value='wrong-list']").await;
    desk.go_on().await;
    desk.arrives_at("/mailroom/post").await;
    assert_eq!(tile(&desk, "to post").await, "8");
    let history = app.mailroom().get(&first.path()).await.expect(200)["history"].to_string();
    assert!(history.contains("card.undone") && history.contains("wrong-list"), "{history}");

    let before = (tile(&desk, "to lay ready").await, tile(&desk, "lie ready").await);
    assert_eq!(before, (json!("1"), json!("3")));
    desk.open("/mailroom/shelf?house=schloss").await;
    desk.type_into("shelf", "Box 3").await;
    desk.type_into("scan", &shelf.number).await;
    desk.go_on().await;
    desk.says(&["Ada Hopper lies ready"]).await;
    let after = (tile(&desk, "to lay ready").await, tile(&desk, "lie ready").await);
    assert_eq!(after, (json!("0"), json!("4")), "both counts are right");
    desk.shot("mailroom-shelf-1280").await;
    desk.open("/mailroom/deposited").await;
    desk.says(&["Schloss am See, Box 3", "overdue"]).await;
    assert_eq!(desk.ask("return document.querySelectorAll('tbody tr').length").await, json!(4));
    let export =
        desk.ask("const done = arguments; return document.querySelector('a[download]').getAttribute('href')").await;
    let rows = desk
        .ask(&format!(
            "return await fetch({export}).then(answer => answer.text()).then(text => text.trim().split('\\n').length)"
        ))
        .await;
    assert_eq!(rows, json!(5), "the columns and a row for each card that is shown");
    desk.shot("mailroom-deposited-1280").await;
    desk.open("/mailroom/returned").await;
    desk.shot("mailroom-returned-1280").await;
    desk.open(&format!("/cards/{}/way", shelf.id.as_str().expect("an id"))).await;
    desk.shot("mailroom-way-1280").await;
    desk.click("input[value='mail']").await;
    desk.go_on().await;
    desk.arrives_at("/mailroom/post").await;
    assert_eq!((tile(&desk, "to post").await, tile(&desk, "lie ready").await), (json!("9"), json!("3")));

    for (name, setup) in [
        ("390", Setup::PHONE),
        ("320-de", Setup::SMALL_PHONE.in_language("de")),
        ("1280-dark-fr", Setup::DESK.in_the_dark().in_language("fr")),
    ] {
        desk.resize(setup.width, setup.height).await;
        desk.set_dark(setup.dark).await;
        for page in ["", "/post", "/shelf?house=schloss", "/deposited", "/returned", "/handover"] {
            let join = if page.contains('?') { '&' } else { '?' };
            desk.open(&format!("/mailroom{page}{join}lang={}", setup.language)).await;
            let part = page.split(['/', '?']).nth(1).unwrap_or("start");
            desk.shot(&format!("mailroom-{part}-{name}")).await;
            desk.assert_fits().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_scan_name_and_photo_appear_and_the_card_is_handed_over_by_the_keyboard_alone() {
    let app = museum().await;
    let card = app.printed_card("Müller-Nguyễn", Some(pickup_in("schloss"))).await;
    let next = app.printed_card("Hopper", Some(pickup_in("schloss"))).await;
    let mail = app.printed_card("Lovelace", Some(Delivery::Mail {})).await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, MAIL).await;
    desk.press(Key::F7, 1).await;
    desk.arrives_at("/mailroom").await;
    desk.tab_to("main .primary").await;
    desk.press(Key::Enter, 1).await;
    desk.arrives_at("/mailroom/post").await;
    desk.scan(&mail.number).await;
    desk.says(&["Ada Lovelace is posted"]).await;
    desk.tab_to("a[href='/mailroom/shelf']").await;
    desk.press(Key::Enter, 1).await;
    desk.arrives_at("/mailroom/shelf").await;
    desk.tab_to(".tabs a[href$='schloss']").await;
    desk.press(Key::Enter, 1).await;
    desk.until("document.getElementById('shelf')").await;
    desk.tab_to("#shelf").await;
    desk.keys("A1").await;
    desk.scan(&card.number).await;
    desk.says(&["Müller-Nguyễn lies ready"]).await;
    desk.scan(&next.number).await;
    desk.says(&["Hopper lies ready"]).await;
    assert_eq!(desk.ask("return document.activeElement.id").await, "shelf", "the focus stays where it was");

    desk.open("/mailroom/handover").await;
    desk.scan(&card.number).await;
    desk.until("document.querySelector('.face-photo')?.naturalWidth > 0").await;
    assert_eq!(desk.ask("return document.querySelector('.face-photo').alt").await, "Photo of Ada Müller-Nguyễn");
    desk.says(&["Ada Müller-Nguyễn", "Lies in Schloss am See, A1"]).await;
    desk.shot("mailroom-compare-1280").await;
    desk.scan(&next.number).await;
    desk.says(&["Ada Hopper"]).await;
    desk.tab_to("#picked_up_by").await;
    desk.keys("Grace").await;
    desk.tab_to("#proof").await;
    desk.press(Key::Down, 1).await;
    desk.tab_to("main .primary").await;
    desk.press(Key::Enter, 1).await;
    desk.until("document.querySelector('#notices').innerText.includes('Ada Hopper is handed over')").await;
    assert_eq!(app.state_of(&next).await, "handed_over");
    assert_eq!(app.state_of(&card).await, "deposited");
    desk.resize(390, 844).await;
    desk.open(&format!("/mailroom/handover?card={}", id_of(&card))).await;
    desk.shot("mailroom-compare-390").await;
    desk.assert_fits().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_mailroom_without_scripts() {
    let app = museum().await;
    let [one, two] = [
        app.printed_card("One", Some(Delivery::Mail {})).await,
        app.printed_card("Two", Some(Delivery::Mail {})).await,
    ];
    let desk = Chromium::at(&app, Setup::DESK.without_scripts()).await;
    desk.sign_in(&app, MAIL).await;
    desk.open("/mailroom/post").await;
    desk.type_into("scan", &one.number).await;
    desk.go_on().await;
    desk.page.wait().for_element(fantoccini::Locator::Css(".scan-result.good")).await.expect("an answer");
    assert_eq!(app.state_of(&one).await, "dispatched");
    desk.click("button[name='all']").await;
    desk.go_on().await;
    desk.page.wait().for_element(fantoccini::Locator::Css(".toast .undo")).await.expect("a message");
    assert_eq!(app.state_of(&two).await, "dispatched");
    desk.click(".toast .undo").await;
    desk.go_on().await;
    desk.page.wait().for_element(fantoccini::Locator::Css(".toast")).await.expect("a message");
    assert_eq!(app.state_of(&two).await, "ready_for_dispatch");
    desk.open("/mailroom/returned").await;
    desk.type_into("scan", &one.number).await;
    desk.go_on().await;
    desk.page.wait().for_element(fantoccini::Locator::Css("td form")).await.expect("a row");
    assert_eq!(app.state_of(&one).await, "returned");
    desk.click("td form button").await;
    desk.page.wait().for_element(fantoccini::Locator::Css(".toast")).await.expect("a message");
    desk.open("/mailroom/handover").await;
    desk.type_into("scan", &one.number).await;
    desk.go_on().await;
    desk.page.wait().for_element(fantoccini::Locator::Css(".face-photo")).await.expect("a photo");
    desk.click("#handover .primary").await;
    desk.page.wait().for_element(fantoccini::Locator::Css(".toast")).await.expect("a message");
    assert_eq!(app.state_of(&one).await, "handed_over");
}

fn id_of(card: &FinishedCard) -> &str {
    card.id.as_str().expect("an id")
}
