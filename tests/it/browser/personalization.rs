//! The personalization desk in a browser: by mouse, by keyboard alone, without scripts.

use crate::support::TestApp;
use crate::support::annual_tickets::Wish;
use crate::support::chromium::{Chromium, Setup, file_in};
use fantoccini::Locator;
use fantoccini::key::Key;
use image::{ImageFormat, RgbImage};
use passepartout::cards::Delivery;
use passepartout::kernel::roles::Role;
use serde_json::json;
use std::path::Path;
use std::process::Command;
use testkit::museum;

const CLERK: &[Role] = &[Role::Personalization, Role::Shop];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_voucher_becomes_a_card_with_the_mouse() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let (code, folder) = (voucher(&app).await, tempfile::tempdir().expect("a folder"));
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, CLERK).await;
    desk.open(&format!("/vouchers/{code}/exchange")).await;
    desk.shot("desk-exchange").await;
    desk.go_on().await;
    desk.says(&["No name yet", "waits for personalization"]).await;
    desk.shot("desk-record-empty").await;

    desk.click("button.primary").await;
    desk.until("document.activeElement.id === 'errors'").await;
    desk.says(&["Please type a name.", "Please choose a photo."]).await;
    desk.click("#errors a[href='#given_name']").await;
    desk.until("document.activeElement.id === 'given_name'").await;
    desk.type_into("given_name", "Zoë").await;
    desk.type_into("family_name", "Müller-Nguyễn").await;
    desk.click("input[name='delivery'][value='counter']").await;
    desk.type_into("photo", &portrait_in(folder.path())).await;
    desk.until("!document.querySelector('[data-cropper]').hidden").await;
    desk.shot("desk-record-crop").await;
    desk.click("[data-crop='in']").await;
    desk.click("[data-crop='down']").await;
    desk.click("[data-use]").await;
    desk.says(&["The photo is good."]).await;
    desk.until("document.querySelector('.card-preview').dataset.drawn > 1").await;
    desk.shot("desk-record-filled").await;
    desk.go_on().await;
    desk.says(&["Zoë Müller-Nguyễn", "ready to print", "Personalization completed"]).await;
    desk.until("document.querySelector('.toast')").await;
    desk.shot("desk-record-complete").await;
    desk.assert_fits().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_voucher_becomes_a_card_with_camera_and_keyboard_alone() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let code = voucher(&app).await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, CLERK).await;
    let mouse = "for (const kind of ['mousedown', 'touchstart']) addEventListener(kind, () => sessionStorage.setItem('mouse', kind), true);";
    desk.command("Page.addScriptToEvaluateOnNewDocument", json!({"source": mouse})).await;
    desk.open(&format!("/vouchers/{code}/exchange")).await;
    desk.until("document.activeElement.matches('button.primary')").await;
    desk.press(Key::Enter, 1).await;
    desk.arrives_where(|path| path.starts_with("/annual-tickets/")).await;

    desk.tab_to("#given_name").await;
    desk.keys("Ada").await;
    desk.press(Key::Tab, 1).await;
    desk.keys("Lovelace").await;
    desk.tab_to("input[name='delivery']").await;
    desk.press(Key::Space, 1).await;
    desk.tab_to("[data-webcam]").await;
    desk.press(Key::Enter, 1).await;
    desk.until("document.activeElement.matches('[data-take]') && document.querySelector('video').videoWidth > 0").await;
    desk.shot("desk-camera").await;
    desk.press(Key::Enter, 1).await;
    desk.until("document.activeElement.matches('[data-canvas]')").await;
    desk.tab_to("[data-again]").await;
    desk.press(Key::Enter, 1).await;
    desk.until("document.activeElement.matches('[data-take]') && document.querySelector('video').videoWidth > 0").await;
    desk.press(Key::Enter, 1).await;
    desk.until("document.activeElement.matches('[data-canvas]')").await;
    let before = desk.ask("return document.activeElement.dataset.cut").await;
    desk.keys("+++").await;
    desk.press(Key::Left, 2).await;
    assert_ne!(desk.ask("return document.activeElement.dataset.cut").await, before);
    desk.press(Key::Enter, 1).await;
    desk.until("document.querySelector('[data-portrait] img')").await;
    desk.tab_to("button[name='finish']").await;
    desk.press(Key::Enter, 1).await;
    desk.says(&["Ada Lovelace", "ready to print"]).await;
    assert_eq!(desk.ask("return sessionStorage.getItem('mouse')").await, json!(null), "nobody touched the mouse");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_voucher_becomes_a_card_without_scripts() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let (code, folder) = (voucher(&app).await, tempfile::tempdir().expect("a folder"));
    let desk = Chromium::at(&app, Setup::DESK.without_scripts()).await;
    desk.sign_in(&app, CLERK).await;
    desk.open(&format!("/vouchers/{code}/exchange")).await;
    desk.go_on().await;
    desk.says(&["No name yet"]).await;
    desk.type_into("given_name", "Ada").await;
    desk.type_into("family_name", "Lovelace").await;
    desk.click("input[name='delivery'][value='counter']").await;
    desk.type_into("photo", &portrait_in(folder.path())).await;
    desk.click("button[formaction]").await;
    desk.says(&["Everything is there."]).await;
    assert_eq!(
        desk.ask("return document.getElementById('family_name').value").await,
        "Lovelace",
        "nothing typed is lost"
    );
    desk.go_on().await;
    desk.says(&["Ada Lovelace", "ready to print"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_state_of_a_card_is_read_from_afar_and_without_colours() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, &[Role::Admin]).await;
    let card = app.finished_card("Lovelace", Some(Delivery::Mail {})).await;
    let id = card.id.as_str().expect("an id").to_owned();
    let mut seen = Vec::new();
    let mut look = async |app: &TestApp| {
        let _ = app;
        desk.open(&format!("/cards/{id}")).await;
        let label = desk.ask(LOOK_AT_STATE).await;
        assert!(label["size"].as_f64().expect("a size") >= 24.0, "{label}");
        assert!(label["contrast"].as_f64().expect("a contrast") >= 4.5, "{label}");
        assert!(label["symbol"].as_str().is_some_and(|symbol| !symbol.is_empty()), "{label}");
        assert_eq!(desk.ask("return document.querySelectorAll('main .primary').length").await, 1, "one next step");
        seen.push(label["text"].as_str().expect("a word").to_owned());
    };
    look(&app).await;
    app.print(&[&card.id]).await;
    look(&app).await;
    app.mailroom().post("/api/v1/dispatches", &json!({"cards": [id]})).await.expect(201);
    look(&app).await;
    app.mailroom().post("/api/v1/returns", &json!({"card": id, "reason": "moved away"})).await.expect(201);
    look(&app).await;
    app.mailroom().post("/api/v1/deposits", &json!({"cards": [id], "house": "schloss"})).await.expect(201);
    look(&app).await;
    app.mailroom().post("/api/v1/handovers", &json!({"card": id})).await.expect(201);
    look(&app).await;
    desk.shot("desk-card-handed-over").await;
    app.personalization().post(&format!("{}/replace", card.sold.path), &json!({"reason": "stolen"})).await.expect(200);
    look(&app).await;
    assert_eq!(seen.len(), 7);
    seen.dedup();
    assert_eq!(seen.len(), 7, "each state has a word of its own: {seen:?}");
    desk.ask("for (const sheet of document.styleSheets) sheet.disabled = true").await;
    desk.says(&["void"]).await;
}

/// Size, contrast, symbol and word of the large state on a page.
const LOOK_AT_STATE: &str = "
    const state = document.querySelector('.state.large');
    const numbers = (colour) => colour.match(/[0-9.]+/g).slice(0, 3).map(Number);
    const light = (colour) => {
        const [red, green, blue] = numbers(colour).map((part) => part / 255).map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const look = getComputedStyle(state);
    const [one, other] = [light(look.color), light(look.backgroundColor)].sort((a, b) => b - a);
    return { size: parseFloat(look.fontSize), contrast: (one + 0.05) / (other + 0.05), symbol: state.querySelector('.symbol').textContent, text: state.innerText };
";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_face_on_the_page_equals_the_printed_one() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let folder = tempfile::tempdir().expect("a folder");
    let card = app.finished_card("Müller-Nguyễn", None).await;
    let id = card.id.as_str().expect("an id").to_owned();
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, CLERK).await;
    let shown = face_of(&desk, &card.sold.id).await;

    let run = app.personalization().post("/api/v1/print-runs", &json!({"cards": [id]})).await.expect(201);
    let path = format!("/api/v1/print-runs/{}/files/cards.pdf", run["id"].as_str().expect("an id"));
    let pdf = file_in(folder.path(), "cards.pdf", &app.personalization().get(&path).await.body);
    let printed = rendered(&pdf, folder.path());
    let differs = difference(&shown, &printed);
    assert!(differs < 4.5, "the page shows something else than what is printed: {differs}");

    let other = app.finished_card("Lovelace", None).await;
    let differs_more = difference(&face_of(&desk, &other.sold.id).await, &printed);
    assert!(differs_more > differs * 1.6, "another card is another picture: {differs} and {differs_more}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scan_shows_name_and_face_for_comparison() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let card = app.printed_card("Lovelace", None).await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, &[Role::Mailroom, Role::Personalization]).await;
    desk.open("/annual-tickets").await;
    desk.keys_at(&format!("{}\n", card.number), 0).await;
    desk.arrives_at(&format!("/cards/{}", card.id.as_str().expect("an id"))).await;
    desk.says(&["Ada Lovelace", "printed"]).await;
    desk.until("document.querySelector('.compare img').naturalWidth > 100").await;
    let alt = desk.ask("return document.querySelector('.compare img').alt").await;
    assert_eq!(alt, "Photo of Ada Lovelace");
    desk.shot("desk-card").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_known_is_typed_twice_and_nothing_is_only_dragged() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let wish = Wish { address: Some(crate::support::printing::address()), ..Wish::of("jahreskarte") };
    let sold = app.issue(wish).await;
    let phone = Chromium::at(&app, Setup::PHONE).await;
    phone.open(&sold.own_path.replace("/api/v1/personalizations/", "/p/")).await;
    let offered = phone
        .ask("return ['street', 'postal_code', 'city', 'country'].map(id => document.getElementById(id).value).join()")
        .await;
    assert_eq!(offered, "12 St James's Square,SW1Y 4JH,London,GB", "the buyer's address is offered");
    let filled = phone.ask("return ['given_name', 'family_name', 'street', 'city', 'country'].map(id => document.getElementById(id).autocomplete).join()").await;
    assert_eq!(filled, "given-name,family-name,address-line1,address-level2,country");
    let buttons = phone
        .ask("return [...document.querySelectorAll('[data-crop]')].map(button => button.dataset.crop).sort().join()")
        .await;
    assert_eq!(buttons, "down,in,left,out,right,turn,up", "whoever cannot drag has buttons");

    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.open("/sign-in").await;
    let kinds =
        desk.ask("return ['email', 'password'].map(id => document.getElementById(id).autocomplete).join()").await;
    assert_eq!(kinds, "username,current-password");
    let pasted = desk.ask("const field = document.getElementById('password'); field.focus(); return field.dispatchEvent(new ClipboardEvent('paste', { cancelable: true, bubbles: true }))").await;
    assert_eq!(pasted, true, "nothing keeps a password manager from pasting");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_steps_are_four_rows_of_the_history_and_help_stays_in_its_corner() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let card = app.finished_card("Lovelace", Some(Delivery::Mail {})).await;
    let id = card.id.as_str().expect("an id").to_owned();
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, &[Role::Mailroom, Role::Personalization]).await;
    let rows =
        async || desk.ask("return document.querySelectorAll('.history li').length").await.as_i64().expect("a count");
    desk.open(&format!("/cards/{id}")).await;
    let before = rows().await;
    app.print(&[&card.id]).await;
    app.mailroom().post("/api/v1/dispatches", &json!({"cards": [id]})).await.expect(201);
    app.mailroom().post("/api/v1/returns", &json!({"card": id, "reason": "moved away"})).await.expect(201);
    desk.open(&format!("/cards/{id}")).await;
    assert_eq!(rows().await, before + 4, "joined a run, printed, posted, came back");
    desk.says(&["Came back", "moved away", "4 July 2026"]).await;
    desk.shot("desk-card-returned").await;
    let corner = async || {
        desk.ask(
            "const box = document.querySelector('.help').getBoundingClientRect(); return [document.documentElement.clientWidth - box.right, box.top].join()",
        )
        .await
    };
    let here = corner().await;
    for path in ["/annual-tickets".to_owned(), format!("/annual-tickets/{}", card.sold.id), "/desk".to_owned()] {
        desk.open(&path).await;
        assert_eq!(corner().await, here, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_survives_the_end_of_the_session() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let sold = app.issue(Wish::of("jahreskarte")).await;
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, &[Role::Personalization]).await;
    desk.open(&format!("/annual-tickets/{}", sold.id)).await;
    desk.type_into("given_name", "Zoë").await;
    desk.type_into("family_name", "Müller").await;
    app.wait_secs(13 * 3_600);
    desk.click("button.secondary:not([type='button'])").await;
    desk.until("document.getElementById('password')").await;
    desk.type_into("email", "personalization@example.org").await;
    desk.type_into("password", &format!("{}\n", crate::support::PASSWORD)).await;
    desk.until("document.querySelector('[value=\"Zoë\"]') || document.querySelector('h1')?.innerText === 'Zoë Müller'")
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_back_button_returns_to_the_same_list_and_the_file_has_its_rows() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    for name in ["Müller", "Mueller-Lüdenscheidt", "Nguyễn"] {
        app.finished_card(name, None).await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let holder = json!({"holder": {"given_name": "Zoë", "family_name": name}});
        app.personalization().put(&format!("{}/personalization", sold.path), &holder).await.expect(200);
    }
    let desk = Chromium::at(&app, Setup::DESK.in_language("de").in_the_dark()).await;
    desk.sign_in(&app, &[Role::Personalization]).await;
    desk.open("/annual-tickets").await;
    desk.says(&["3 Jahreskarten"]).await;
    desk.shot("desk-worklist-de").await;
    desk.click(".band a:last-child").await;
    desk.says(&["6 Jahreskarten"]).await;
    desk.type_into("q", "mueller\n").await;
    desk.says(&["4 Jahreskarten"]).await;
    let list = desk.page.current_url().await.expect("an address");
    desk.click("tbody a").await;
    desk.says(&["Verlauf"]).await;
    desk.page.back().await.expect("back");
    desk.says(&["4 Jahreskarten"]).await;
    assert_eq!(desk.page.current_url().await.expect("an address"), list);
    assert_eq!(desk.ask("return document.getElementById('q').value").await, "mueller");
    let rows = "const answer = await fetch(document.querySelector('a[download]').href); return (await answer.text()).trim().split('\\r\\n').length - 1";
    let rows = format!("const done = arguments[arguments.length - 1]; (async () => {{ {rows} }})().then(done)");
    let rows = desk.page.execute_async(&rows, Vec::new()).await.expect("a count");
    assert_eq!(rows, 4, "the file has the rows of the list");
    desk.assert_fits().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_as_narrow_as_a_phone_is_not_scrolled_sideways() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let card = app.finished_card("Mustermann-Freifrau-von-Hohenzollern-Sigmaringen", Some(Delivery::Mail {})).await;
    let open = app.issue(Wish::of("jahreskarte")).await;
    let desk = Chromium::at(&app, Setup::SMALL_PHONE.in_language("de")).await;
    desk.sign_in(&app, &[Role::Admin]).await;
    let record = format!("/annual-tickets/{}", card.sold.id);
    for (name, path) in [
        ("worklist", "/annual-tickets?state=all".to_owned()),
        ("record", record.clone()),
        ("edit", format!("{record}/edit")),
        ("block", format!("{record}/block")),
        ("replace", format!("{record}/replace")),
        ("renew", format!("{record}/renew")),
        ("card", format!("/cards/{}", card.id.as_str().expect("an id"))),
        ("open", format!("/annual-tickets/{}", open.id)),
    ] {
        desk.open(&path).await;
        desk.assert_fits().await;
        assert_eq!(
            desk.ask("return document.querySelectorAll('main .primary').length").await,
            json!(i32::from(name != "worklist")),
            "{path}"
        );
        desk.shot(&format!("desk-320-{name}")).await;
    }
    desk.resize(1280, 800).await;
    desk.open(&format!("{record}/replace")).await;
    desk.shot("desk-replace-de").await;
    desk.open(&format!("/cards/{}", card.id.as_str().expect("an id"))).await;
    desk.shot("desk-card-de").await;
}

/// The face of the card on the page of an annual ticket, as the browser shows it in its own size.
async fn face_of(desk: &Chromium, annual_ticket: &str) -> RgbImage {
    desk.open(&format!("/annual-tickets/{annual_ticket}")).await;
    desk.until("document.querySelector('.card-preview img').naturalWidth > 500").await;
    let source = desk.ask("return new URL(document.querySelector('.card-preview img').src).pathname").await;
    desk.open(source.as_str().expect("a path")).await;
    let picture = desk.page.find(Locator::Css("img")).await.expect("a picture");
    let png = picture.screenshot().await.expect("a picture");
    image::load_from_memory_with_format(&png, ImageFormat::Png).expect("a PNG").to_rgb8()
}

/// The first page of a PDF as a printer sees it.
fn rendered(pdf: &str, folder: &Path) -> RgbImage {
    let page = folder.join("page");
    let made =
        Command::new("pdftoppm").args(["-r", "160", "-png", "-singlefile", pdf]).arg(&page).status().expect("pdftoppm");
    assert!(made.success());
    image::open(page.with_extension("png")).expect("a picture").to_rgb8()
}

/// The mean difference of two pictures of a card, 0 to 255. The edges are left out, because the corners are round on one of them.
fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    let (width, height) = one.dimensions();
    assert!(width.abs_diff(other.width()) <= 2 && height.abs_diff(other.height()) <= 2, "both have the size of a card");
    let (mut sum, mut count) = (0.0, 0.0_f64);
    for (x, y) in
        (width / 12..width - width / 12).flat_map(|x| (height / 12..height - height / 12).map(move |y| (x, y)))
    {
        for (here, there) in one.get_pixel(x, y).0.iter().zip(other.get_pixel(x, y).0) {
            sum += f64::from(here.abs_diff(there));
            count += 1.0;
        }
    }
    sum / count.max(1.0)
}

/// The digits of a paid voucher.
async fn voucher(app: &TestApp) -> String {
    let order = museum::cash_order("jahreskarte-gutschein", "adult", 1, "45.00");
    let order = app.shop().post("/api/v1/orders", &order).await.expect(201);
    order["tickets"][0]["voucher_code"].as_str().expect("a code").to_owned()
}

/// A portrait that nobody sat for, as a file.
fn portrait_in(folder: &Path) -> String {
    file_in(folder, "me.jpg", &card_face::sample_portrait(3))
}
