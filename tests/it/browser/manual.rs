//! The tours of the manual, walked in both of its languages. `UPDATE_PICTURES=1` takes the manual's pictures anew.

use super::counter::complete_at_home;
use crate::support::annual_tickets::Wish;
use crate::support::chromium::{Chromium, Setup};
use crate::support::ipp_printer::IppPrinter;
use crate::support::printing::pickup_in;
use crate::support::{Browser, TestApp, Upload, led_to};
use fantoccini::key::Key;
use passepartout::cards::Delivery;
use passepartout::kernel::roles::Role;
use serde_json::json;
use std::fs;
use std::path::Path;
use testkit::museum;

/// What the manual shows of each desk.
const PICTURES: [&str; 27] = [
    "today",
    "box-office",
    "shop",
    "personalization",
    "photo-review",
    "print-now",
    "holder",
    "print",
    "print-new-run",
    "print-check",
    "print-printer",
    "printers",
    "mailroom",
    "places",
    "mailroom-pack",
    "pickup-desk",
    "letter",
    "pickup-list",
    "entry",
    "campaign",
    "campaign-check",
    "campaign-import",
    "campaign-what-if",
    "report",
    "partner",
    "stock",
    "administration",
];
/// How a scanner types, in milliseconds per key.
const SCANNER: u64 = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tours_of_the_manual_can_be_walked_in_english_and_german() {
    for language in ["en", "de"] {
        walk(language).await;
        for picture in PICTURES {
            assert!(file(language, picture).exists(), "the manual lacks {picture} in {language}");
        }
    }
}

async fn walk(language: &'static str) {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    museum::add_summer_code(&app.marketing(), None).await;
    sell_with_codes(&app).await;
    let tour = Tour { desk: Chromium::at(&app, Setup::DESK.in_language(language)).await, language };
    let desk = &tour.desk;
    desk.sign_in(&app, &[Role::Admin]).await;

    let mut finished = Vec::new();
    for name in ["Müller-Nguyễn", "Kovářová", "Παπαδοπούλου", "Wiśniewski", "Lindqvist", "O’Connor"]
    {
        finished.push(app.finished_card(name, Some(Delivery::Mail {})).await);
    }
    for name in ["Brandt", "Şahin"] {
        app.printed_card(name, Some(pickup_in("schloss"))).await;
    }
    app.printed_card("Æbeltoft", Some(Delivery::Mail {})).await;
    let begun = app.issue(Wish::of("jahreskarte")).await;
    let holder = json!({"holder": {"given_name": "Zoë", "family_name": "Ferrante"}, "delivery": {"kind": "mail"}});
    let desk_key = app.personalization();
    desk_key.put(&format!("{}/personalization", begun.path), &holder).await.expect(200);
    desk_key.put_file(&format!("{}/photo", begun.path), "image/jpeg", card_face::sample_portrait(3)).await.expect(200);

    tour.show("/desk", "today").await;

    desk.open("/box-office").await;
    desk.keys_at("1889", 60).await;
    desk.until("document.getElementById('pay').dataset.total === '7700'").await;
    desk.type_into("new_code", "SOMMER26\n").await;
    desk.until("document.querySelector('main s')").await;
    desk.tab_to("#given").await;
    desk.keys("100").await;
    tour.take("box-office").await;

    tour.show(&begun.path.replace("/api/v1", ""), "personalization").await;
    tour.show_photos(&app).await;
    tour.show("/print", "print").await;
    tour.show("/print-runs/new?delivery=mail", "print-new-run").await;
    let cards: Vec<_> = finished.iter().map(|card| card.id.clone()).collect();
    let run = desk_key.post("/api/v1/print-runs", &json!({"cards": cards})).await.expect(201);
    app.run_jobs().await;
    tour.show(&format!("/print-runs/{}/check", run["id"].as_str().expect("an id")), "print-check").await;
    let printer = IppPrinter::start();
    app.add_printer("evolis", &printer.uri(), "device").await;
    printer.trouble("jam", "3");
    let printed = run["id"].as_str().expect("an id");
    desk_key.post(&format!("/api/v1/print-runs/{printed}/print"), &json!({"printer": "evolis"})).await.expect(200);
    app.attend_until("a jam", async || {
        let jobs = desk_key.get(&format!("/api/v1/print-runs/{printed}/jobs")).await.expect(200);
        jobs["items"][0]["says"][0]["keyword"] == "media-jam"
    })
    .await;
    tour.show(&format!("/print-runs/{printed}"), "print-printer").await;
    let waiting = app.finished_card("Bergström", None).await;
    tour.show(&format!("/cards/{}/print-now", waiting.id.as_str().expect("an id")), "print-now").await;
    tour.show("/admin/printers", "printers").await;
    tour.show("/mailroom", "mailroom").await;
    send_to_schloss(&app).await;
    tour.show("/mailroom/places", "places").await;
    let family = app.household("Okafor", &["Ada", "Chidi", "Ngozi"], &Delivery::Mail {}, language).await;
    desk.open("/mailroom/pack").await;
    desk.scan(&family[0].number).await;
    desk.until("document.querySelectorAll('.packing .read').length === 1").await;
    tour.take("mailroom-pack").await;
    let first = family[0].id.as_str().expect("an id");
    let mut mail = app.browser_of(Role::Mailroom).await;
    tour.keep_page(&mut mail, &format!("/mailroom/pack/letter.pdf?card={first}"), "letter").await;
    for name in ["Nowak", "Nowakowska"] {
        let card = app.printed_card(name, Some(pickup_in("schloss"))).await;
        let place = json!({"cards": [card.id], "house": "schloss", "shelf": "A 3"});
        app.mailroom().post("/api/v1/deposits", &place).await.expect(201);
    }
    tour.show("/mailroom/pickup?q=nowak", "pickup-desk").await;
    tour.keep_page(&mut mail, &format!("/mailroom/deposited/list.pdf?lang={language}"), "pickup-list").await;
    let offers = app.marketing().get("/api/v1/offers").await.expect(200);
    let offer = offers["items"][0]["id"].as_str().expect("a key");
    tour.show(&format!("/campaigns/{offer}/edit"), "campaign").await;
    tour.show_campaign(&app, offer).await;
    tour.show("/reports/campaigns?from=2026-06-26&until=2026-07-04&by=day", "report").await;
    let hotel = json!({"key": "hotel-adler", "name": "Hotel Adler", "contact": "Frau Weber", "email": "rezeption@adler.example",
        "language": language, "invoice_days": 30, "offers": [offer],
        "address": {"lines": ["Lange Brücke 3"], "postal_code": "14467", "city": "Potsdam", "country": "DE"}});
    app.marketing().post("/api/v1/institutions", &hotel).await.expect(201);
    tour.show("/partners/hotel-adler", "partner").await;
    let stock = desk.ask("return new URL(document.querySelector('input[id^=stock-]').value, location).pathname").await;
    tour.show(stock.as_str().expect("a path"), "stock").await;
    tour.show("/admin", "administration").await;

    desk.open("/entry").await;
    desk.ask("document.getElementById('place').value = 'schloss'").await;
    desk.click(".station button[type=submit]").await;
    desk.until("document.getElementById('scan')").await;
    let card = app.printed_card("Larsen", None).await;
    app.mailroom().post("/api/v1/handovers", &json!({"card": card.id})).await.expect(201);
    let card = desk_key.get(&card.path()).await.expect(200);
    let code = card["code"].as_str().expect("a code");
    desk.keys_at(&format!("{code}{}", char::from(Key::Enter)), SCANNER).await;
    desk.until("document.querySelector('.verdict')").await;
    tour.take("entry").await;

    desk.resize(Setup::PHONE.width, Setup::PHONE.height).await;
    tour.show("/shop", "shop").await;
    tour.show(&begun.own_path.replace("/api/v1/personalizations/", "/p/"), "holder").await;
}

impl Tour {
    /// Shows photos from home that wait to be looked at; afterwards photos are printed unseen again.
    async fn show_photos(&self, app: &TestApp) {
        let path = "/api/v1/products/jahreskarte";
        let usual = app.admin().get(path).await.expect(200);
        let mut strict = usual.clone();
        strict["photo_review"] = json!("always");
        app.admin().put(path, &strict).await.expect(200);
        for (number, name) in [(2, "Amara Okafor"), (5, "Ayşe Yılmaz"), (6, "Tomáš Dvořák")] {
            complete_at_home(app, name, number).await;
        }
        app.admin().put(path, &usual).await.expect(200);
        self.show("/annual-tickets/photos", "photo-review").await;
    }

    /// Shows what can be looked at before an offer runs, and a file of codes that is about to be taken.
    async fn show_campaign(&self, app: &TestApp, offer: &str) {
        let evening = json!({"id": "abend", "name": "Abend", "scope": {"event_label": {"has": "abnd"}},
            "effect": {"type": "percent_off", "percent": "30"}});
        app.marketing().post("/api/v1/offers", &evening).await.expect(201);
        self.show("/campaigns/abend/check", "campaign-check").await;
        self.show(&format!("/campaigns/{offer}/what-if?from=2026-06-26&until=2026-07-04"), "campaign-what-if").await;
        let table = "Code;Anzahl\nPRESSE-001;1\nPRESSE-002;1\nPRESSE-003;1\n1E+05;1\n=4+1;1\n";
        let file = Upload { field: "file", name: "presse.csv", bytes: table.as_bytes() };
        let sent =
            app.browser_of(Role::Marketing).await.post_file("/campaigns/abend/codes/import", &[], Some(&file)).await;
        self.show(led_to(&sent), "campaign-import").await;
    }
}

/// Sells day tickets with the code of the summer, on the days before the tour.
/// A card in a box on its way to another house.
async fn send_to_schloss(app: &TestApp) {
    let (api, card) = (app.mailroom(), app.printed_card("Castellano", Some(pickup_in("schloss"))).await);
    let made = api.post("/api/v1/transfer-boxes", &json!({"house": "schloss"})).await.expect(201);
    let path = format!("/api/v1/transfer-boxes/{}", made["id"].as_str().expect("an id"));
    api.post(&format!("{path}/cards"), &json!({"card": card.id})).await.expect(200);
    api.post(&format!("{path}/send"), &json!({})).await.expect(200);
}

async fn sell_with_codes(app: &TestApp) {
    for (day, orders) in [(26, 2), (27, 5), (28, 7), (29, 1), (30, 3)] {
        app.set_time(&format!("2026-06-{day}T09:00:00Z"));
        for _ in 0..orders {
            let mut order = museum::cash_order("tageskarte", "adult", 2, "19.20");
            order["codes"] = json!(["SOMMER26"]);
            app.shop().post("/api/v1/orders", &order).await.expect(201);
        }
    }
    app.set_time("2026-07-04T09:00:00Z");
}

struct Tour {
    desk: Chromium,
    language: &'static str,
}

impl Tour {
    /// Opens a page and takes its picture.
    async fn show(&self, path: &str, picture: &str) {
        self.desk.open(path).await;
        assert_eq!(
            self.desk.ask("return document.querySelectorAll('main h1').length").await,
            1,
            "{path} has its heading"
        );
        self.take(picture).await;
    }

    /// Keeps the first page of a file as a picture.
    async fn keep_page(&self, browser: &mut Browser, path: &str, picture: &str) {
        let answer = browser.get(path).await;
        assert_eq!((answer.status, &answer.body[..5]), (200, b"%PDF-".as_slice()), "{path}");
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            let folder = tempfile::tempdir().expect("a folder");
            let pdf = folder.path().join("page.pdf");
            fs::write(&pdf, &answer.body).expect("a file");
            let target = file(self.language, picture).with_extension("");
            let done = std::process::Command::new("pdftoppm")
                .args(["-png", "-r", "60", "-singlefile"])
                .args([&pdf, &target])
                .status();
            assert!(done.expect("poppler").success());
        }
    }

    /// Takes a picture of what fits the window.
    async fn take(&self, picture: &str) {
        self.desk
            .until("[...document.images].every(image => image.complete) && document.fonts.status === 'loaded'")
            .await;
        self.desk.ask("window.scrollTo(0, 0)").await;
        self.desk.command("Emulation.setScrollbarsHidden", json!({"hidden": true})).await;
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            let png = self.desk.page.screenshot().await.expect("a picture");
            let file = file(self.language, picture);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, png).expect("a file");
        }
    }
}

fn file(language: &str, picture: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/pictures/manual/{language}/{picture}.png"))
}
