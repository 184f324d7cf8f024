//! The entry check at a real screen: colour, symbol, word and sound; timers; scans in a row; no network.

use crate::entry::{day_ticket, wrong_digit};
use crate::support::TestApp;
use crate::support::chromium::{Chromium, Setup};
use fantoccini::key::Key;
use image::{DynamicImage, GrayImage};
use passepartout::kernel::roles::Role;
use serde_json::json;

/// How a scanner types, in milliseconds per key.
const SCANNER: u64 = 4;

/// The entry of the Stadtmuseum.
async fn entry(setup: Setup) -> (TestApp, Chromium) {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let screen = Chromium::at(&app, setup).await;
    screen.sign_in(&app, &[Role::Entry]).await;
    screen.open("/entry").await;
    screen.shot("entry-where").await;
    screen
        .ask("document.getElementById('place').value = 'stadtmuseum'; document.getElementById('pause').value = '2'")
        .await;
    screen.click(".station button[type=submit]").await;
    screen.until("document.getElementById('scan')").await;
    (app, screen)
}

async fn scan(screen: &Chromium, code: &str) {
    screen.keys_at(&format!("{code}{}", char::from(Key::Enter)), SCANNER).await;
}

async fn answers(screen: &Chromium, kind: &str) {
    screen.until(&format!("document.querySelector('.verdict')?.dataset.verdict === '{kind}'")).await;
}

/// What a person sees who sees no colours.
async fn gray(screen: &Chromium) -> GrayImage {
    let png = screen.page.screenshot().await.expect("a picture");
    image::load_from_memory(&png).map(DynamicImage::into_luma8).expect("a picture")
}

/// The share of the picture in which two pictures differ clearly.
fn difference(one: &GrayImage, other: &GrayImage) -> f64 {
    let differing = one.pixels().zip(other.pixels()).filter(|(a, b)| a.0[0].abs_diff(b.0[0]) > 40).count();
    f64::from(u32::try_from(differing).expect("a number")) / f64::from(one.width() * one.height())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_answer_fills_the_screen_with_its_own_shape_word_and_sound() {
    let (app, screen) = entry(Setup::DESK).await;
    let good = day_ticket(&app, "stadtmuseum", "2026-07-04").await;
    let early = day_ticket(&app, "stadtmuseum", "2027-03-01").await;
    let card = app.printed_card("Müller-Lüdenscheidt", None).await;
    let card = app.personalization().get(&card.path()).await.expect(200);
    let attention = card["code"].as_str().expect("a code");
    let mut seen = Vec::new();
    for (code, kind, says) in [
        (good.as_str(), "admit", ["Welcome", "valid until 4 July 2026"]),
        (attention, "attention", ["Check", "Compare name and photo"]),
        (early.as_str(), "refuse", ["Stop", "Valid from 1 March 2027"]),
    ] {
        scan(&screen, code).await;
        answers(&screen, kind).await;
        screen.until(&format!("document.documentElement.dataset.sounded === '{kind}'")).await;
        let text = screen.ask("return document.querySelector('.verdict').innerText").await;
        for part in says {
            assert!(text.as_str().expect("a text").contains(part), "{part}: {text}");
        }
        let share =
            screen.ask("return document.querySelector('.told').getBoundingClientRect().height / innerHeight").await;
        assert!(share.as_f64().expect("a share") >= 0.2, "{kind}: the text takes {share} of the height");
        let covers = screen.ask("const box = document.querySelector('.verdict').getBoundingClientRect(); return box.width >= innerWidth && box.height >= innerHeight").await;
        assert_eq!(covers, json!(true), "{kind} is the whole screen");
        let contrast = screen.ask(CONTRAST).await;
        assert!(contrast.as_f64().expect("a number") >= 7.0, "{kind}: {contrast}");
        screen
            .until("!document.querySelector('.verdict img') || document.querySelector('.verdict img').complete")
            .await;
        seen.push(gray(&screen).await);
        screen.shot(&format!("entry-{kind}")).await;
    }
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        let share = difference(&seen[one], &seen[other]);
        assert!(share > 0.05, "without colours {one} and {other} differ in {share} of the picture");
    }
}

/// The contrast of the word with the ground, as WCAG counts it.
const CONTRAST: &str = "
    const light = (color) => {
        const [r, g, b] = color.match(/\\d+/g).map((part) => part / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const style = getComputedStyle(document.querySelector('.verdict'));
    const [a, b] = [light(style.color), light(style.backgroundColor)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_welcome_goes_by_itself_a_refusal_stays_and_a_new_scan_replaces_either() {
    let (app, screen) = entry(Setup::DESK).await;
    let good = day_ticket(&app, "stadtmuseum", "2026-07-04").await;
    let late = day_ticket(&app, "stadtmuseum", "2026-07-03").await;
    scan(&screen, &good).await;
    answers(&screen, "admit").await;
    screen.until("!document.querySelector('.verdict') && document.activeElement.id === 'scan'").await;

    scan(&screen, &late).await;
    answers(&screen, "refuse").await;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    answers(&screen, "refuse").await;
    scan(&screen, &good).await;
    answers(&screen, "admit").await;
    scan(&screen, &wrong_digit(&good)).await;
    answers(&screen, "refuse").await;
    assert_eq!(screen.ask("return document.querySelectorAll('.verdict').length").await, json!(1));
    screen.press(Key::Escape, 1).await;
    screen.until("!document.querySelector('.verdict')").await;
    screen.until("document.querySelectorAll('.recent li').length === 4").await;
    screen.shot("entry-recent").await;

    for number in 0..20 {
        scan(&screen, if number % 2 == 0 { &late } else { &good }).await;
    }
    screen.until("document.documentElement.dataset.sounded === 'admit'").await;
    screen.until("document.querySelectorAll('.recent li').length === 12").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_network_a_banner_tells_the_age_and_scans_are_answered_later() {
    let (app, screen) = entry(Setup::DESK).await;
    let good = day_ticket(&app, "stadtmuseum", "2026-07-04").await;
    screen.set_offline(true).await;
    screen.until("!document.getElementById('offline').hidden && /\\d+ s/.test(document.getElementById('offline').textContent)").await;
    scan(&screen, &good).await;
    answers(&screen, "unanswered").await;
    screen.shot("entry-offline").await;
    let text = screen.ask("return document.querySelector('.verdict').innerText").await;
    assert!(text.as_str().expect("a text").contains("this card was not checked"), "{text}");
    assert!(text.as_str().expect("a text").contains("No connection since"), "the banner lies above: {text}");
    screen.click(".verdict .go").await;
    screen.until("/wait for an answer: 1/.test(document.getElementById('waiting').textContent)").await;
    screen.set_offline(false).await;
    screen.until("document.getElementById('offline').hidden").await;
    screen.until("/Answered late: Welcome/.test(document.querySelector('.recent li').textContent)").await;
    screen.until("document.getElementById('waiting').hidden").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_check_works_without_scripts_and_on_a_phone_and_speaks_the_guests_language() {
    let (app, phone) = entry(Setup::PHONE.without_scripts()).await;
    let code = day_ticket(&app, "stadtmuseum", "2026-07-03").await;
    phone.type_into("scan", &format!("{code}\n")).await;
    phone.says(&["Stop", "Was valid until 3 July 2026", "It can be renewed at the desk."]).await;
    phone.assert_fits().await;
    phone.click(".guest button[value=fr]").await;
    phone.says(&["Arrêt", "Était valable jusqu’au 3 juillet 2026"]).await;
    phone.shot("entry-phone-fr").await;
    phone.click(".go").await;
    phone.says(&["Check cards"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_is_admitted_by_hand_at_the_screen() {
    let (app, screen) = entry(Setup::DESK).await;
    let code = day_ticket(&app, "stadtmuseum", "2026-07-03").await;
    scan(&screen, &code).await;
    answers(&screen, "refuse").await;
    screen.click(".hand summary").await;
    screen.type_into("reason", "Yesterday's storm\n").await;
    screen.until("document.querySelector('.toast')").await;
    let toast = screen.ask("return document.querySelector('.toast').innerText").await;
    assert!(toast.as_str().expect("a text").contains("Admitted by hand."), "{toast}");
}
