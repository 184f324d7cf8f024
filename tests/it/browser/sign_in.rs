//! Signing in.

use crate::support::chromium::{Chromium, Setup};
use crate::support::{PASSWORD, TestApp};
use fantoccini::key::Key;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_sign_in_with_the_keyboard_alone() {
    let app = TestApp::on(db::Backend::Sqlite).await;
    let staff = json!({"email": "kim@example.org", "name": "Kim", "password": PASSWORD, "roles": ["personalization", "mailroom"]});
    app.admin().post("/api/v1/staff", &staff).await.expect(201);
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.open("/desk").await;
    desk.until("document.activeElement.id === 'email'").await;
    desk.keys("kim@example.org").await;
    desk.press(Key::Tab, 1).await;
    desk.keys(PASSWORD).await;
    desk.press(Key::Enter, 1).await;
    desk.arrives_at("/desk").await;
    desk.says(&["Good day, Kim"]).await;
    desk.assert_fits().await;
    let small = desk.ask("return [...document.querySelectorAll('.places a, .languages a, .rail .quiet')].filter(a => a.getBoundingClientRect().height < 44).length").await;
    assert_eq!(small, json!(0), "targets are 44 px high");
    let inline = desk.ask("return document.querySelectorAll('[style], style, script:not([src])').length").await;
    assert_eq!(inline, json!(0));
}
