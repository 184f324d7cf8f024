//! A real browser: headless Chromium, driven through chromedriver. Each has a profile of its own and ends with its test.

use super::{PASSWORD, TestApp};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The folder for pictures of pages, for people to look at; without it no pictures are kept.
const SHOTS: &str = "PASSEPARTOUT_SHOTS";
/// How long something that is about to happen is waited for.
const PATIENCE: Duration = Duration::from_secs(40);
/// Longer than a scanner pauses between two keys.
const BETWEEN_BURSTS: Duration = Duration::from_millis(150);
/// How long until it is looked for again.
const PAUSE: Duration = Duration::from_millis(20);
/// How often a driver may miss a free port.
const ATTEMPTS: usize = 5;

/// How a browser is set up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setup {
    /// CSS pixels across.
    pub(crate) width: u32,
    /// CSS pixels down.
    pub(crate) height: u32,
    /// What it prefers in `Accept-Language`.
    pub(crate) language: &'static str,
    /// Whether its system is dark.
    pub(crate) dark: bool,
    /// Whether pages may run scripts.
    pub(crate) scripts: bool,
}

impl Setup {
    /// A small phone, the narrowest that pages must fit.
    pub(crate) const SMALL_PHONE: Self = Self { width: 320, height: 640, language: "en", dark: false, scripts: true };
    /// A usual phone.
    pub(crate) const PHONE: Self = Self { width: 390, height: 844, ..Self::SMALL_PHONE };
    /// A desk.
    pub(crate) const DESK: Self = Self { width: 1280, height: 800, ..Self::SMALL_PHONE };

    /// The same where pages may run no scripts.
    pub(crate) const fn without_scripts(self) -> Self {
        Self { scripts: false, ..self }
    }

    /// The same in this language.
    pub(crate) const fn in_language(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    /// The same in the dark.
    pub(crate) const fn in_the_dark(self) -> Self {
        Self { dark: true, ..self }
    }
}

/// A browser at one server.
pub(crate) struct Chromium {
    /// The page, for whatever has no shorter name here.
    pub(crate) page: Client,
    base_url: String,
    /// The door to commands that only Chromium has.
    devtools: testkit::Client,
    session: String,
    scripts: bool,
    driver: Child,
    _profile: TempDir,
}

impl Chromium {
    /// A browser that is about to open pages of the server under test. It has a camera, which shows a moving test picture.
    pub(crate) async fn at(app: &TestApp, setup: Setup) -> Self {
        let (driver, address) = start_driver();
        let profile = tempfile::tempdir().expect("a profile");
        let mut flags: Vec<String> = [
            // The pipe ends with the driver, and the browser with the pipe.
            "--remote-debugging-pipe",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
        ]
        .map(str::to_owned)
        .to_vec();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        flags.push(format!("--lang={}", setup.language));
        let mut options = json!({"args": flags, "prefs": {"intl.accept_languages": setup.language}});
        if !setup.scripts {
            options["prefs"]["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let wanted = json!({"goog:chromeOptions": options});
        let page = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(wanted.as_object().cloned().expect("capabilities"))
            .connect(&address)
            .await
            .expect("a browser");
        let session = page.session_id().await.expect("an answer").expect("a session");
        let base_url = app.stranger().base_url().to_owned();
        let devtools = testkit::Client::stranger(address);
        let browser = Self { page, base_url, devtools, session, scripts: setup.scripts, driver, _profile: profile };
        browser.resize(setup.width, setup.height).await;
        browser.set_dark(setup.dark).await;
        browser
    }

    /// Gives the page another size, in CSS pixels.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.command("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Makes the system dark or light.
    pub(crate) async fn set_dark(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.command("Emulation.setEmulatedMedia", features).await;
    }

    /// Gives every page that is opened from now on a script.
    pub(crate) async fn add_script(&self, source: &str) {
        self.command("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await;
    }

    /// Cuts the network, or mends it.
    pub(crate) async fn set_offline(&self, offline: bool) {
        self.command("Network.enable", json!({})).await;
        let conditions = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.command("Network.emulateNetworkConditions", conditions).await;
    }

    /// Sends a command of the developer tools.
    pub(crate) async fn command(&self, command: &str, params: Value) -> Value {
        let path = format!("/session/{}/goog/cdp/execute", self.session);
        self.devtools.post(&path, &json!({"cmd": command, "params": params})).await.expect(200)["value"].clone()
    }

    /// Opens a path of the server.
    pub(crate) async fn open(&self, path: &str) {
        self.page.goto(&format!("{}{path}", self.base_url)).await.expect("a page");
    }

    /// Signs a new member of staff with these roles in.
    pub(crate) async fn sign_in(&self, app: &TestApp, roles: &[Role]) {
        let email = format!("{}@example.org", roles.iter().map(ToString::to_string).collect::<Vec<_>>().join("-"));
        let staff = json!({"email": email, "name": "Kim Weber", "password": PASSWORD, "roles": roles});
        app.admin().post("/api/v1/staff", &staff).await.expect(201);
        self.open("/sign-in").await;
        self.type_into("email", &email).await;
        self.type_into("password", &format!("{PASSWORD}\n")).await;
        self.arrives_at("/desk").await;
    }

    /// Waits until the page has this path.
    pub(crate) async fn arrives_at(&self, path: &str) {
        self.arrives_where(|at| at == path).await;
    }

    /// Waits until the page's path fits; answers it.
    pub(crate) async fn arrives_where(&self, fits: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        loop {
            let at = self.path().await;
            if fits(&at) && self.try_ask("return document.readyState").await == Some(json!("complete")) {
                return at;
            }
            assert!(begun.elapsed() < PATIENCE, "the page stays at {at}: {}", self.text().await);
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until a script's expression is true.
    pub(crate) async fn until(&self, expression: &str) {
        let begun = Instant::now();
        while self.try_ask(&format!("return Boolean({expression})")).await != Some(json!(true)) {
            assert!(begun.elapsed() < PATIENCE, "never true: {expression}\n{}", self.text().await);
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The path of the page.
    pub(crate) async fn path(&self) -> String {
        self.page.current_url().await.expect("an address").path().to_owned()
    }

    /// Types into the field with this id, or gives a file field the path of a file. Enter comes after a pause, as from a person:
    /// a burst that ends with it would be a scan.
    pub(crate) async fn type_into(&self, field: &str, text: &str) {
        let input = self.page.find(Locator::Id(field)).await.expect(field);
        let (typed, enter) = text.strip_suffix('\n').map_or((text, false), |typed| (typed, true));
        input.send_keys(typed).await.expect("typed");
        tokio::time::sleep(BETWEEN_BURSTS).await;
        if enter {
            input.send_keys("\n").await.expect("typed");
        }
    }

    /// Clicks what a selector finds first.
    pub(crate) async fn click(&self, selector: &str) {
        let begun = Instant::now();
        loop {
            let found = self.page.find(Locator::Css(selector)).await.expect(selector);
            if self.pressed(&found).await {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{selector} never stays");
        }
    }

    /// Presses the one primary button or link of the page, as soon as it is there.
    pub(crate) async fn go_on(&self) {
        self.page.wait().for_element(Locator::Css("main .primary")).await.expect("a primary step");
        self.click("main .primary").await;
    }

    /// Presses an element; false where it left together with its page before it could be pressed. A page without scripts answers a
    /// pressed button or link with another page: that one is waited for, so that the next step is taken there.
    async fn pressed(&self, element: &Element) -> bool {
        let leaves = !self.scripts && matches!(element.tag_name().await.as_deref(), Ok("button" | "a"));
        match element.click().await {
            Ok(()) => {}
            Err(error) if error.is_stale_element_reference() => return false,
            Err(error) => panic!("clicked: {error}"),
        }
        let begun = Instant::now();
        while leaves && element.tag_name().await.is_ok() {
            assert!(begun.elapsed() < PATIENCE, "the page stays: {}", self.text().await);
            tokio::time::sleep(PAUSE).await;
        }
        true
    }

    /// Types with the keyboard alone, wherever the focus is; each key is held for so many milliseconds.
    pub(crate) async fn keys_at(&self, text: &str, millis: u64) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
            keys = keys.then(KeyAction::Pause { duration: Duration::from_millis(millis) });
        }
        self.page.perform_actions(keys).await.expect("typed");
    }

    /// Reads a text with a scanner, wherever the focus is: by their own clock its keys are 4 ms apart, and Enter ends them. However busy
    /// the machine is, it stays a scan.
    pub(crate) async fn scan(&self, text: &str) {
        tokio::time::sleep(BETWEEN_BURSTS).await;
        let begun = self.ask("return Date.now()").await.as_f64().expect("a moment") / 1_000.0;
        let mut at = begun;
        for key in text.chars().map(|key| key.to_string()).chain(["Enter".to_owned()]) {
            at += 0.004;
            let text = if key == "Enter" { "\r" } else { &key };
            let down = json!({"type": "keyDown", "key": key, "text": text, "timestamp": at});
            self.command("Input.dispatchKeyEvent", down).await;
            self.command("Input.dispatchKeyEvent", json!({"type": "keyUp", "key": key, "timestamp": at})).await;
        }
    }

    /// Types with the keyboard alone, wherever the focus is, and pauses: what follows is no part of it.
    pub(crate) async fn keys(&self, text: &str) {
        self.keys_at(text, 0).await;
        tokio::time::sleep(BETWEEN_BURSTS).await;
    }

    /// Presses one key so many times.
    pub(crate) async fn press(&self, key: Key, times: usize) {
        self.keys(&char::from(key).to_string().repeat(times)).await;
    }

    /// Goes on with the tab key until the element with this selector has the focus.
    pub(crate) async fn tab_to(&self, selector: &str) {
        for _ in 0..120 {
            if self.ask(&format!("return document.activeElement.matches({})", json!(selector))).await == true {
                return;
            }
            self.press(Key::Tab, 1).await;
        }
        panic!("the tab key never reaches {selector}");
    }

    /// What the page says, without its frame.
    pub(crate) async fn text(&self) -> String {
        let text = self.try_ask("return document.querySelector('main').innerText").await;
        text.and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Waits until the page says all of this.
    pub(crate) async fn says(&self, parts: &[&str]) {
        let begun = Instant::now();
        loop {
            let text = self.text().await;
            let Some(missing) = parts.iter().find(|part| !text.contains(**part)) else { return };
            assert!(begun.elapsed() < PATIENCE, "{missing:?} is missing in {text}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The result of a script.
    pub(crate) async fn ask(&self, script: &str) -> Value {
        self.page.execute(script, Vec::new()).await.expect("an answer")
    }

    /// The result of a script, unless the page is going elsewhere just now.
    async fn try_ask(&self, script: &str) -> Option<Value> {
        self.page.execute(script, Vec::new()).await.ok()
    }

    /// Asserts that nothing must be scrolled sideways.
    pub(crate) async fn assert_fits(&self) {
        let wide = self.ask("return document.documentElement.scrollWidth - document.documentElement.clientWidth").await;
        assert_eq!(wide, json!(0), "{}", self.page.current_url().await.expect("an address"));
    }

    /// Keeps a picture of the whole page, where somebody wants to look at it.
    pub(crate) async fn shot(&self, name: &str) {
        let Some(folder) = std::env::var_os(SHOTS).map(PathBuf::from) else { return };
        std::fs::create_dir_all(&folder).expect("a folder");
        let taken =
            self.command("Page.captureScreenshot", json!({"captureBeyondViewport": true, "format": "png"})).await;
        let png = base64_of(taken["data"].as_str().expect("a picture"));
        std::fs::write(folder.join(format!("{name}.png")), png).expect("a file");
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A file with these bytes in a folder, as a path to type into a file field.
pub(crate) fn file_in(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a file");
    path.display().to_string()
}

/// The driver, and where it listens. It chooses a port for one family of addresses and takes the same for the other, which may be taken.
fn start_driver() -> (Child, String) {
    for _ in 0..ATTEMPTS {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver");
        let said = BufReader::new(driver.stdout.take().expect("what it says"));
        let port = said
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse::<u16>().ok());
        if let Some(port) = port {
            return (driver, format!("http://127.0.0.1:{port}"));
        }
        driver.wait().expect("its end");
    }
    panic!("chromedriver does not find a port");
}

fn base64_of(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).expect("base64")
}
