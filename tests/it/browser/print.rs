//! The print desk in a real browser.

use crate::support::TestApp;
use crate::support::chromium::{Chromium, Setup};
use crate::support::many_cards::Many;
use fantoccini::key::Key;
use passepartout::cards::{CardState, Delivery};
use passepartout::kernel::roles::Role;
use serde_json::json;

db::statements! {
    /// How many cards stand in each state.
    COUNT_CARDS = "SELECT state, COUNT(*) FROM cards GROUP BY state";
}

const PRINT: &[Role] = &[Role::Personalization];

async fn museum() -> TestApp {
    TestApp::on(db::Backend::Sqlite).await.furnished().await
}

/// A queue as a museum has it: 300 cards in all states of the desk.
async fn full_queue(app: &TestApp) {
    let first = app.finished_card("Müller-Nguyễn", Some(Delivery::Mail {})).await;
    app.finished_card("李小龍", None).await;
    for many in [
        Many::posted(120, CardState::ReadyToPrint),
        Many::laid_ready(63, CardState::ReadyToPrint, "schloss"),
        Many { delivery: None, ..Many::posted(26, CardState::ReadyToPrint) },
        Many::posted(41, CardState::ReadyForDispatch),
        Many::laid_ready(35, CardState::ReadyForDispatch, "stadtmuseum"),
        Many::posted(13, CardState::WaitingForLayout),
    ] {
        app.many_cards(&first, many).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_queue_counts_three_hundred_cards_like_the_database_and_keeps_its_filter_in_the_address() {
    let app = museum().await;
    full_queue(&app).await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, PRINT).await;
    desk.open("/print").await;
    desk.shot("print-queue-1280").await;
    let mut conn = app.app.db.read().await.expect("a connection");
    let counted: Vec<(String, i64)> = conn.fetch_all(&COUNT_CARDS, db::args![]).await.expect("rows");
    drop(conn);
    assert_eq!(counted.iter().map(|(_, count)| count).sum::<i64>(), 300);
    for (state, count) in &counted {
        let path = if state == "ready_to_print" { "/print".to_owned() } else { format!("/print?state={state}") };
        let shown =
            desk.ask(&format!("return document.querySelector('.band a[href=\"{path}\"] .figure').textContent")).await;
        assert_eq!(shown, json!(count.to_string()), "{state}");
    }
    desk.says(&["210 cards"]).await;
    let only_new = desk.ask("return [...document.querySelectorAll('tbody .state')].every(label => label.innerText.includes('ready to print'))").await;
    assert_eq!(only_new, true, "only what is new is listed");

    desk.page
        .find(fantoccini::Locator::Css("select[name='delivery']"))
        .await
        .expect("a choice")
        .select_by_value("pickup")
        .await
        .expect("chosen");
    desk.click(".filters button").await;
    desk.says(&["63 cards"]).await;
    desk.click(".pages a").await;
    desk.says(&["63 cards"]).await;
    let address = desk.page.current_url().await.expect("an address");
    assert!(
        address.query().is_some_and(|query| query.contains("delivery=pickup") && query.contains("after=")),
        "{address}"
    );
    let first = desk.ask("return document.querySelector('tbody a').textContent").await;
    desk.click(".list-head h2 ~ a").await;
    desk.click("tbody a").await;
    desk.page.back().await.expect("back");
    desk.until(&format!("document.querySelector('tbody a')?.textContent === {first}")).await;

    desk.open("/print?state=set_aside").await;
    desk.says(&["Character missing", "Try again"]).await;
    desk.shot("print-set-aside-1280").await;
    for (name, setup) in [
        ("print-queue-390", Setup::PHONE),
        ("print-queue-320-de", Setup::SMALL_PHONE.in_language("de")),
        ("print-queue-1280-dark-de", Setup::DESK.in_the_dark().in_language("de")),
    ] {
        desk.resize(setup.width, setup.height).await;
        desk.set_dark(setup.dark).await;
        desk.open(&format!("/print?lang={}", setup.language)).await;
        desk.shot(name).await;
        desk.assert_fits().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_ten_printed_cards_two_damaged_go_back_with_one_click_each() {
    let app = museum().await;
    let cards = app.finished_cards(10).await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, PRINT).await;
    desk.open("/print").await;
    desk.go_on().await;
    desk.arrives_at("/print-runs/new").await;
    desk.says(&["Start a print run with 10 cards?", "Counter"]).await;
    desk.shot("print-new-run-1280").await;
    desk.press(Key::Escape, 1).await;
    desk.arrives_at("/print").await;
    desk.says(&["10 cards are ready"]).await;
    desk.go_on().await;
    desk.arrives_at("/print-runs/new").await;
    desk.ask("const button = document.querySelector('main .primary'); button.click(); button.click();").await;
    let run = desk.arrives_where(|path| path.starts_with("/print-runs/") && path != "/print-runs/new").await;
    desk.shot("print-run-preparing-1280").await;
    app.run_jobs().await;
    desk.says(&["cards.pdf", "Check the cards"]).await;
    desk.open(&run).await;
    desk.shot("print-run-1280").await;
    desk.go_on().await;
    desk.arrives_at(&format!("{run}/check")).await;
    desk.says(&["Confirm 10 cards as printed"]).await;
    for place in [3, 7] {
        desk.click(&format!(".check li:nth-child({place}) label")).await;
    }
    desk.says(&["Confirm 8 as printed, 2 damaged go back"]).await;
    desk.shot("print-check-1280").await;
    let primaries = desk.ask("return document.querySelectorAll('.primary').length").await;
    assert_eq!(primaries, 1);
    desk.go_on().await;
    desk.arrives_at(&run).await;
    desk.says(&["complete"]).await;
    desk.until("document.querySelector('#notices').innerText.includes('Ready for dispatch: 8')").await;
    desk.shot("print-run-closed-1280").await;
    for (place, card) in cards.iter().enumerate() {
        let state = if [2, 6].contains(&place) { "ready_to_print" } else { "ready_for_dispatch" };
        assert_eq!(app.state_of(card).await, state, "card {place}");
    }
    desk.page.back().await.expect("back");
    desk.page.refresh().await.expect("again");
    let runs = app.personalization().get("/api/v1/print-runs").await.expect(200);
    assert_eq!(runs["items"].as_array().map(Vec::len), Some(1), "back, reload and double click start nothing");
    desk.resize(390, 844).await;
    desk.open(&run).await;
    desk.assert_fits().await;
    desk.shot("print-run-390").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_progress_of_three_hundred_faces_rises_and_cancelling_leaves_a_clean_queue() {
    let app = museum().await;
    let first = app.finished_card("Lovelace", None).await;
    app.many_cards(&first, Many::posted(299, CardState::ReadyToPrint)).await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, PRINT).await;
    desk.open("/print-runs/new").await;
    desk.says(&["Start a print run with 300 cards?"]).await;
    desk.go_on().await;
    let run = desk.arrives_where(|path| path.starts_with("/print-runs/") && path != "/print-runs/new").await;
    let shared = app.app.clone();
    let work = tokio::spawn(async move { passepartout::jobs::run_due(&shared).await });
    desk.until("document.querySelector('progress').value > 0").await;
    let before = desk.ask("return document.querySelector('progress').value").await.as_f64().expect("a number");
    desk.until(&format!("!document.querySelector('progress') || document.querySelector('progress').value > {before}"))
        .await;
    let role = desk
        .ask("return document.querySelector('progress')?.computedRole ?? document.querySelector('progress')?.max")
        .await;
    assert!(role == json!("progressbar") || role == json!(300), "{role}");
    desk.says(&["of 300"]).await;
    desk.shot("print-progress-1280").await;
    desk.click("#progress .secondary").await;
    desk.says(&["300 cards go back to the queue"]).await;
    desk.shot("print-cancel-1280").await;
    desk.go_on().await;
    desk.arrives_at(&run).await;
    desk.says(&["cancelled"]).await;
    work.await.expect("the runner").expect("the queue");
    desk.open("/print").await;
    desk.says(&["300 cards are ready"]).await;
    let seen = app.personalization().get(&format!("/api/v1{run}")).await.expect(200);
    assert_eq!((&seen["state"], &seen["withdrawn"]), (&json!("cancelled"), &json!(300)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_is_printed_and_checked_without_scripts() {
    let app = museum().await;
    let cards = app.finished_cards(3).await;
    let desk = Chromium::at(&app, Setup::DESK.without_scripts()).await;
    desk.sign_in(&app, PRINT).await;
    desk.open("/print").await;
    desk.click("tbody tr:nth-child(2) .tick input").await;
    desk.go_on().await;
    desk.arrives_at("/print-runs/new").await;
    desk.go_on().await;
    let run = desk.arrives_where(|path| path.starts_with("/print-runs/") && path != "/print-runs/new").await;
    app.run_jobs().await;
    desk.open(&format!("{run}/check")).await;
    desk.go_on().await;
    desk.arrives_at(&run).await;
    assert_eq!(app.state_of(&cards[1]).await, "ready_for_dispatch");
    assert_eq!(app.state_of(&cards[0]).await, "ready_to_print");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_is_checked_by_the_keyboard_and_by_scans_alone() {
    let app = museum().await;
    let cards = app.finished_cards(5).await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, PRINT).await;
    desk.press(Key::F6, 1).await;
    desk.arrives_at("/print").await;
    desk.tab_to("#new-run .primary").await;
    desk.press(Key::Enter, 1).await;
    desk.arrives_at("/print-runs/new").await;
    desk.tab_to("main .primary").await;
    desk.press(Key::Enter, 1).await;
    let run = desk.arrives_where(|path| path.starts_with("/print-runs/") && path != "/print-runs/new").await;
    app.run_jobs().await;
    desk.until("!document.querySelector('progress')").await;
    desk.tab_to("main .primary").await;
    desk.press(Key::Enter, 1).await;
    desk.arrives_at(&format!("{run}/check")).await;
    for card in &cards[..2] {
        desk.scan(&card.number).await;
    }
    desk.until("document.querySelectorAll('.check li').length === 3").await;
    desk.says(&["card 2 of this run"]).await;
    desk.shot("print-scan-back-1280").await;
    desk.tab_to("[name='damaged']").await;
    desk.keys(" ").await;
    desk.tab_to("main .primary").await;
    desk.press(Key::Enter, 1).await;
    desk.arrives_at(&run).await;
    for (card, state) in cards.iter().zip([
        "ready_for_dispatch",
        "ready_for_dispatch",
        "ready_to_print",
        "ready_for_dispatch",
        "ready_for_dispatch",
    ]) {
        assert_eq!(app.state_of(card).await, state);
    }
}
