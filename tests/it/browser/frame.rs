//! The frame around all pages: scans, keys, search, messages, ended sessions, themes, at a real keyboard.

use crate::support::chromium::{Chromium, Setup};
use crate::support::{PASSWORD, TestApp};
use fantoccini::key::Key;
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::museum::{add_summer_code, cash_order};

/// How a person types, in milliseconds per key.
const PERSON: u64 = 120;

/// A museum with one card in it, and a desk at which everything is allowed.
async fn desk() -> (TestApp, Chromium, Value) {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let card = app.printed_card("Müller", None).await;
    let body = app.personalization().get(&card.path()).await.expect(200);
    let chromium = Chromium::at(&app, Setup::DESK).await;
    chromium.sign_in(&app, &[Role::Admin]).await;
    (app, chromium, body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scan_is_taken_out_of_the_field_and_slow_typing_is_not() {
    let (_app, desk, card) = desk().await;
    let code = card["code"].as_str().expect("a code");
    let number = card["number"].as_str().expect("a number").replace(' ', "");
    let record = format!("/cards/{}", card["id"].as_str().expect("an id"));
    desk.open("/password").await;
    desk.ask("document.getElementById('password').value = 'until now'").await;
    desk.ask(
        "document.getElementById('password').focus(); document.getElementById('password').setSelectionRange(2, 5)",
    )
    .await;

    desk.keys_at(&number, PERSON).await;
    assert_eq!(desk.ask("return document.getElementById('password').value").await, format!("un{number} now"));

    for text in [code, number.as_str()] {
        desk.open("/password").await;
        desk.ask(
            "const e = document.getElementById('password'); e.value = 'until now'; e.focus(); \
             addEventListener('pagehide', () => sessionStorage.setItem('left', e.value))",
        )
        .await;
        desk.scan(text).await;
        desk.arrives_at(&record).await;
        assert_eq!(desk.ask("return sessionStorage.getItem('left')").await, "until now", "the field is as it was");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_kind_of_code_opens_its_record() {
    let (app, desk, card) = desk().await;
    add_summer_code(&app.marketing(), None).await;
    let sold = app.shop().post("/api/v1/orders", &cash_order("jahreskarte-gutschein", "adult", 1, "45.00")).await;
    let order = sold.expect(201);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let voucher = text(&order["tickets"][0]["voucher_code"]);
    for (scanned, record) in [
        (text(&card["code"]), format!("/cards/{}", text(&card["id"]))),
        (voucher.clone(), format!("/vouchers/{voucher}")),
        (text(&order["number"]), format!("/orders/{}", text(&order["id"]))),
        ("sommer26".to_owned(), "/campaigns/codes/SOMMER26".to_owned()),
    ] {
        desk.open("/help").await;
        desk.scan(&scanned).await;
        desk.arrives_at(&record).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_key_leads_to_its_place_and_is_listed() {
    let (_app, desk, _) = desk().await;
    let keys: Vec<(String, String)> = serde_json::from_value(
        desk.ask(
            "return [...document.querySelectorAll('.places a')].map(a => [a.dataset.key, a.getAttribute('href')])",
        )
        .await,
    )
    .expect("keys");
    assert_eq!(keys.len(), 9);
    desk.keys("?").await;
    desk.until("document.getElementById('keys').open").await;
    let listed = desk.ask("return document.getElementById('keys').innerText").await;
    for (key, _) in &keys {
        assert!(listed.as_str().expect("a text").contains(key), "{key} in {listed}");
    }
    desk.press(Key::Escape, 1).await;
    desk.until("!document.getElementById('keys').open").await;
    for (key, path) in &keys {
        desk.open("/help").await;
        desk.press(function_key(key), 1).await;
        desk.arrives_at(path).await;
    }
    desk.open("/help").await;
    desk.keys("/").await;
    desk.until("document.activeElement.id === 'lookup'").await;
    assert_eq!(desk.ask("return document.activeElement.value").await, "");
    desk.keys("/?").await;
    assert_eq!(desk.ask("return document.activeElement.value").await, "/?", "in a field signs are signs");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn results_appear_while_one_types_and_are_chosen_by_arrow_keys() {
    let (app, desk, _) = desk().await;
    app.finished_card("Mueller-Zweit", None).await;
    desk.open("/help").await;
    desk.keys("/").await;
    desk.until("document.activeElement.id === 'lookup'").await;
    desk.keys("muell").await;
    desk.until("document.querySelectorAll('#found [role=option]').length === 2").await;
    assert_eq!(desk.ask("return document.getElementById('found-count').textContent").await, "2 results.");
    assert_eq!(desk.ask("return document.getElementById('lookup').getAttribute('aria-expanded')").await, "true");
    desk.shot("frame-search-list").await;
    desk.press(Key::Down, 2).await;
    let chosen = desk.ask("return document.getElementById(document.getElementById('lookup').getAttribute('aria-activedescendant')).getAttribute('aria-selected')").await;
    assert_eq!(chosen, "true");
    let path = desk.ask("return document.querySelector('#found [aria-selected=true]').dataset.path").await;
    desk.press(Key::Enter, 1).await;
    desk.arrives_at(path.as_str().expect("a path")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_answer_of_an_older_question_is_dropped() {
    let (_app, desk, _) = desk().await;
    desk.open("/help").await;
    // The first question is answered after the second.
    desk.ask(
        "const real = window.fetch; \
         window.fetch = (url, options) => url.includes('q=mi') ? new Promise(done => setTimeout(done, 700)).then(() => real(url, {})) : real(url, options)",
    )
    .await;
    desk.keys("/").await;
    desk.until("document.activeElement.id === 'lookup'").await;
    desk.keys("mi").await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    desk.press(Key::Backspace, 2).await;
    desk.keys("mül").await;
    desk.until("document.querySelectorAll('#found [role=option]').length === 1").await;
    tokio::time::sleep(std::time::Duration::from_millis(800)).await;
    assert_eq!(desk.ask("return document.querySelectorAll('#found [role=option]').length").await, 1);
    assert!(
        desk.ask("return document.getElementById('found').innerText")
            .await
            .as_str()
            .expect("a text")
            .contains("Müller")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_spinner_shows_itself_for_slow_answers_alone() {
    let (_app, desk, _) = desk().await;
    for (answer_after, spins) in [(0, 0), (400, 1)] {
        desk.open("/help").await;
        desk.ask(&format!(
            "window.spins = 0; new MutationObserver(() => {{ if ('busy' in document.querySelector('.lookup').dataset) spins += 1 }}) \
             .observe(document.querySelector('.lookup'), {{attributeFilter: ['data-busy']}}); \
             const list = '<div data-count=\"Nothing was found.\"><p>-</p></div>'; \
             window.fetch = () => new Promise(done => setTimeout(() => done(new Response(list)), {answer_after}))"
        ))
        .await;
        desk.keys("/").await;
        desk.until("document.activeElement.id === 'lookup'").await;
        desk.keys("mü").await;
        desk.until("document.getElementById('found-count').textContent === 'Nothing was found.'").await;
        assert_eq!(desk.ask("return spins").await, spins, "answered after {answer_after} ms");
        assert_eq!(desk.ask("return 'busy' in document.querySelector('.lookup').dataset").await, false);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_scans_in_a_row_wait_in_line_and_none_is_lost() {
    let (_app, desk, _) = desk().await;
    let scans: Vec<String> = (10..30).map(|number| format!("2345678901{number}")).collect();
    desk.open("/help").await;
    // A page that takes scans itself, on a server that needs longer for each than the scanner for the next.
    desk.ask(
        "window.taken = []; const page = '<main data-scan-form=\"f\"><form id=\"f\" method=\"post\" action=\"/help\"><input name=\"scan\" id=\"scan\"></form></main>'; \
         document.querySelector('main').outerHTML = page; \
         window.fetch = (url, options) => new Promise(done => setTimeout(() => { taken.push(options.body.get('scan')); done(new Response(page)) }, 400))",
    )
    .await;
    for scan in &scans {
        desk.scan(scan).await;
    }
    desk.until("taken.length === 20").await;
    assert_eq!(desk.ask("return taken").await, json!(scans));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signs_as_keys_can_be_switched_off() {
    let (_app, desk, _) = desk().await;
    desk.open("/help").await;
    desk.click("button[name=keys]").await;
    desk.until("document.documentElement.dataset.keys === 'off'").await;
    desk.keys("?/").await;
    assert_eq!(
        desk.ask("return document.getElementById('keys').open || document.activeElement.id === 'lookup'").await,
        false
    );
    desk.press(Key::F1, 1).await;
    desk.arrives_at("/desk").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_survives_the_end_of_the_session() {
    for scripts in [true, false] {
        let app = TestApp::on(db::Backend::Sqlite).await;
        let setup = if scripts { Setup::DESK } else { Setup::DESK.without_scripts() };
        let desk = Chromium::at(&app, setup).await;
        desk.sign_in(&app, &[Role::Shop]).await;
        desk.open("/help").await;
        // The session is looked at before the form, so that any form for staff will do.
        desk.ask(
            "document.querySelector('main').innerHTML = '<form method=\"post\" action=\"/password\"><input id=\"name\" name=\"name\"> \
             <input type=\"hidden\" name=\"once\" value=\"1f\"><button class=\"primary\">Send</button></form>'",
        )
        .await;
        desk.type_into("name", "Zoë & Søn").await;
        app.wait_secs(13 * 3_600);
        desk.go_on().await;
        desk.says(&["What you typed is kept"]).await;
        desk.shot("frame-signed-out").await;
        desk.type_into("email", "shop@example.org").await;
        desk.type_into("password", PASSWORD).await;
        desk.go_on().await;
        desk.says(&["You are signed in again", "Nothing was sent yet", "Zoë & Søn"]).await;
        desk.shot("frame-send-again").await;
        let sent = desk.ask("return [...new FormData(document.querySelector('main form'))].flat()").await;
        assert_eq!(sent, json!(["name", "Zoë & Søn", "once", "1f"]));
        assert_eq!(desk.ask("return document.querySelector('main form').getAttribute('action')").await, "/password");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_stays_to_be_read_and_is_closed_by_hand() {
    let (_app, desk, _) = desk().await;
    for close in ["button", "Escape"] {
        desk.open("/password").await;
        desk.type_into("password", PASSWORD).await;
        desk.type_into("new_password", &format!("{PASSWORD}\n")).await;
        desk.until("document.querySelector('[role=status] .toast')").await;
        let text = desk.ask("return document.querySelector('[role=status] .toast').innerText").await;
        assert!(text.as_str().expect("a text").contains("Your password was changed."), "{text}");
        desk.shot("frame-toast").await;
        tokio::time::sleep(std::time::Duration::from_millis(6_100)).await;
        assert_eq!(desk.ask("return document.querySelectorAll('.toast').length").await, 1, "it stays six seconds");
        match close {
            "button" => desk.click(".toast .close").await,
            _ => desk.press(Key::Escape, 1).await,
        }
        desk.until("!document.querySelector('.toast')").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_network_a_banner_appears_and_fields_are_kept() {
    let (_app, desk, _) = desk().await;
    desk.open("/password").await;
    desk.type_into("password", "typed already").await;
    desk.type_into("new_password", "and this too").await;
    desk.set_offline(true).await;
    desk.until("document.querySelector('.toast.attention')").await;
    desk.click("main .primary").await;
    assert_eq!(desk.ask("return document.getElementById('password').value").await, "typed already");
    assert_eq!(desk.path().await, "/password");
    desk.shot("frame-offline").await;
    desk.set_offline(false).await;
    desk.until("!document.querySelector('.toast.attention')").await;
    assert_eq!(desk.ask("return document.getElementById('new_password').value").await, "and this too");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn light_and_dark_follow_the_system_until_somebody_chooses() {
    let app = TestApp::on(db::Backend::Sqlite).await;
    let desk = Chromium::at(&app, Setup::DESK.in_the_dark()).await;
    let ground = "return getComputedStyle(document.body).backgroundColor";
    desk.open("/sign-in").await;
    assert_eq!(desk.ask(ground).await, "rgb(23, 23, 26)");
    desk.set_dark(false).await;
    assert_eq!(desk.ask(ground).await, "rgb(250, 248, 244)");
    desk.click(".themes button[value=dark]").await;
    desk.until("document.documentElement.dataset.theme === 'dark'").await;
    assert_eq!(desk.ask(ground).await, "rgb(23, 23, 26)");
    desk.open("/").await;
    assert_eq!(desk.ask(ground).await, "rgb(23, 23, 26)", "the choice is kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_moves_for_who_asked_for_that() {
    let (_app, desk, _) = desk().await;
    desk.command(
        "Emulation.setEmulatedMedia",
        json!({"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}),
    )
    .await;
    for path in ["/desk", "/help", "/search?q=m", "/password"] {
        desk.open(path).await;
        let moving = desk
            .ask(
                "return [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e); \
                 return parseFloat(s.transitionDuration) > 0.01 || parseFloat(s.animationDuration) > 0.01 }).length",
            )
            .await;
        assert_eq!(moving, 0, "{path}");
    }
}

/// The key of a function key's name, such as `F4`.
fn function_key(name: &str) -> Key {
    match name {
        "F1" => Key::F1,
        "F2" => Key::F2,
        "F3" => Key::F3,
        "F4" => Key::F4,
        "F6" => Key::F6,
        "F7" => Key::F7,
        "F8" => Key::F8,
        "F9" => Key::F9,
        "F10" => Key::F10,
        other => panic!("{other} leads nowhere"),
    }
}
