//! The pages in a real browser: headless Chromium, driven through chromedriver.

use crate::support::annual_tickets::{Wish, portrait};
use crate::support::{PASSWORD, TestApp};
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A browser with a profile of its own, which ends with the test.
struct Chromium {
    page: Client,
    driver: Child,
    _profile: TempDir,
}

impl Chromium {
    /// A browser whose pages are this wide, in CSS pixels.
    async fn of_width(width: u32) -> Self {
        let mut driver =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn().expect("chromedriver");
        let said = BufReader::new(driver.stdout.take().expect("what it says"));
        let port = said
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse::<u16>().ok())
            .expect("the port of chromedriver");
        let profile = tempfile::tempdir().expect("a profile");
        let flags = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--lang=en-GB",
        ];
        let mut flags: Vec<String> = flags.map(str::to_owned).to_vec();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let metrics = json!({"width": width, "height": 800, "pixelRatio": 1});
        let options = json!({"args": flags, "mobileEmulation": {"deviceMetrics": metrics}, "prefs": {"intl.accept_languages": "en-GB"}});
        let wanted = json!({"goog:chromeOptions": options});
        let wanted = wanted.as_object().cloned().expect("capabilities");
        let page = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("a browser");
        Self { page, driver, _profile: profile }
    }

    async fn open(&self, app: &TestApp, path: &str) {
        self.page.goto(&format!("{}{path}", app.stranger().base_url())).await.expect("a page");
    }

    async fn type_into(&self, field: &str, text: &str) {
        let input = self.page.find(Locator::Id(field)).await.expect("a field");
        input.send_keys(text).await.expect("typed");
    }

    /// Presses the one primary button.
    async fn go_on(&self) {
        self.page.find(Locator::Css("main button.primary")).await.expect("a button").click().await.expect("pressed");
    }

    async fn text(&self) -> String {
        self.page.find(Locator::Css("main")).await.expect("the content").text().await.expect("a text")
    }

    async fn ask(&self, script: &str) -> Value {
        self.page.execute(script, Vec::new()).await.expect("an answer")
    }

    /// Asserts that nothing must be scrolled sideways.
    async fn assert_fits(&self) {
        let wide = self.ask("return document.documentElement.scrollWidth - document.documentElement.clientWidth").await;
        assert_eq!(wide, json!(0), "{}", self.page.current_url().await.expect("an address"));
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_holder_on_a_small_phone_gets_from_the_link_to_the_card() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let link = app.issue(Wish::of("jahreskarte")).await.own_path.replace("/api/v1/personalizations/", "/p/");
    let folder = tempfile::tempdir().expect("a folder");
    let picture = folder.path().join("me.png");
    std::fs::write(&picture, portrait(1)).expect("a picture");
    let phone = Chromium::of_width(320).await;

    phone.open(&app, &link).await;
    phone.assert_fits().await;
    phone.go_on().await;
    assert_eq!(phone.ask("return document.activeElement.id").await, "errors", "the summary takes the focus");
    phone.assert_fits().await;
    let linked = phone.ask("return [...document.querySelectorAll('#errors a')].every(a => document.querySelector(a.hash))").await;
    assert_eq!(linked, true, "each error leads to its field");

    phone.type_into("given_name", "Zoë").await;
    phone.type_into("family_name", "Müller-Nguyễn").await;
    phone.type_into("photo", &picture.display().to_string()).await;
    let pickup = Locator::Css("input[value='pickup:schloss']");
    phone.page.find(pickup).await.expect("a choice").click().await.expect("chosen");
    phone.go_on().await;
    assert!(phone.text().await.contains("Is everything right?"), "{}", phone.text().await);
    assert_eq!(phone.ask("return document.querySelector('.portrait').naturalWidth > 0").await, true, "the photo is shown");
    phone.assert_fits().await;
    phone.go_on().await;
    let status = phone.text().await;
    for part in ["Your annual ticket", "Zoë Müller-Nguyễn", "Schloss am See", "Your card is being made"] {
        assert!(status.contains(part), "{part} is missing in {status}");
    }
    phone.assert_fits().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_sign_in_with_the_keyboard_alone() {
    let app = TestApp::on(db::Backend::Sqlite).await;
    let staff = json!({"email": "kim@example.org", "name": "Kim", "password": PASSWORD, "roles": ["personalization", "mailroom"]});
    app.admin().post("/api/v1/staff", &staff).await.expect(201);
    let desk = Chromium::of_width(1280).await;
    desk.open(&app, "/desk").await;
    assert_eq!(desk.ask("return document.activeElement.id").await, "email");
    desk.type_into("email", "kim@example.org\t").await;
    let password = desk.page.active_element().await.expect("the next field");
    password.send_keys(&format!("{PASSWORD}\n")).await.expect("typed");
    desk.page.wait().for_element(Locator::Css(".counts")).await.expect("the start of the day");
    assert!(desk.text().await.contains("Good day, Kim"));
    desk.assert_fits().await;
    let small = desk.ask("return [...document.querySelectorAll('.places a, .languages a, .rail .quiet')].filter(a => a.getBoundingClientRect().height < 44).length").await;
    assert_eq!(small, json!(0), "targets are 44 px high");
    let inline = desk.ask("return document.querySelectorAll('[style], style, script').length").await;
    assert_eq!(inline, json!(0));
}
