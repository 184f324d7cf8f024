//! The frame of the pages: sign-in, sessions, where forms come from, language, theme, error pages.

use crate::support::{PASSWORD, led_to};
use passepartout::kernel::roles::Role;
use reqwest::Method;
use reqwest::header::SET_COOKIE;
use serde_json::json;
use testkit::Answer;

on_both_databases! {
    async fn staff_sign_in_work_and_sign_out(app: TestApp) {
        let mut browser = app.browser();
        assert_eq!(led_to(&browser.get("/desk").await), "/sign-in?then=/desk");
        assert!(browser.get("/sign-in?then=/desk").await.text().contains("name=\"then\" value=\"/desk\""));

        let mut browser = app.browser_of(Role::Mailroom).await;
        let desk = browser.get("/desk").await;
        assert_eq!(desk.status, 200);
        assert!(desk.text().contains("Good day, Kim mailroom"), "{}", desk.text());
        assert!(desk.text().contains("cards to post"));
        assert!(!desk.text().contains("ready to print"), "others' work is not counted for the mailroom");
        assert_eq!(led_to(&browser.get("/sign-in").await), "/desk", "who is signed in goes on");

        let before = browser.clone();
        assert_eq!(led_to(&browser.post("/sign-out", &[]).await), "/sign-in?signed_out=1");
        assert_eq!(browser.cookie("session"), None);
        let mut kept_cookie = before;
        assert_eq!(kept_cookie.get("/desk").await.status, 303, "the session ended on the server too");
    }

    async fn the_session_cookie_is_kept_from_scripts_and_other_sites_and_is_no_secret_in_the_database(app: TestApp) {
        let mut browser = app.browser_of(Role::Shop).await;
        let answer = browser.post("/sign-in", &[("email", "shop@example.org"), ("password", PASSWORD)]).await;
        let cookie = answer.headers.get(SET_COOKIE).and_then(|value| value.to_str().ok()).expect("a cookie").to_owned();
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        let token = browser.cookie("session").expect("a session");
        assert_eq!(token.len(), 64, "256 bits");
        let mut conn = app.app.db.read().await.expect("a connection");
        let stored: Vec<(Vec<u8>,)> = conn.fetch_all(&ALL_TOKENS, db::args![]).await.expect("rows");
        assert_eq!(stored.len(), 2);
        assert!(stored.iter().all(|(hash,)| hex::encode(hash) != token));
    }

    async fn a_session_ends_with_the_working_day(app: TestApp) {
        let mut browser = app.browser_of(Role::Shop).await;
        app.wait_secs(12 * 3_600 - 1);
        assert_eq!(browser.get("/desk").await.status, 200);
        app.wait_secs(1);
        assert_eq!(led_to(&browser.get("/desk").await), "/sign-in?then=/desk");
    }

    async fn who_is_disabled_is_signed_out_at_once(app: TestApp) {
        let mut browser = app.browser_of(Role::Shop).await;
        let listed = app.admin().get("/api/v1/staff").await.expect(200);
        let path = format!("/api/v1/staff/{}", listed["items"][0]["id"].as_str().expect("an id"));
        let changed = app.admin().patch(&path, &json!({"disabled": true})).await.expect(200);
        assert_eq!(changed["disabled"], true);
        assert_eq!(browser.get("/desk").await.status, 303);
        let again = browser.post("/sign-in", &[("email", "shop@example.org"), ("password", PASSWORD)]).await;
        assert_eq!(again.status, 422);
        app.admin().patch(&path, &json!({"disabled": false})).await.expect(200);
        assert_eq!(browser.get("/desk").await.status, 303, "the old session stays ended");
        let again = browser.post("/sign-in", &[("email", "shop@example.org"), ("password", PASSWORD)]).await;
        assert_eq!(again.status, 303);
        let nobody = "/api/v1/staff/00000000-0000-7000-8000-000000000000";
        app.admin().patch(nobody, &json!({"disabled": true})).await.expect_refusal(404, "not_found");
    }

    async fn guessing_comes_to_an_end_and_is_forgotten(app: TestApp) {
        let mut browser = app.browser_of(Role::Shop).await;
        for _ in 0..10 {
            let wrong = browser.post("/sign-in", &[("email", " SHOP@example.org"), ("password", "guess")]).await;
            assert_eq!(wrong.status, 422);
            assert!(wrong.text().contains("do not belong together"));
        }
        let right = [("email", "shop@example.org"), ("password", PASSWORD)];
        let refused = browser.post("/sign-in", &right).await;
        assert_eq!((refused.status, refused.headers["retry-after"].as_bytes()), (429, b"900".as_slice()));
        app.wait_secs(15 * 60);
        assert_eq!(browser.post("/sign-in", &right).await.status, 303);
    }

    async fn one_address_cannot_try_all_accounts(app: TestApp) {
        let mut browser = app.browser();
        for index in 0..100 {
            let email = format!("nobody-{index}@example.org");
            assert_eq!(browser.post("/sign-in", &[("email", &email), ("password", "x")]).await.status, 422);
        }
        assert_eq!(browser.post("/sign-in", &[("email", "next@example.org"), ("password", "x")]).await.status, 429);
    }

    async fn a_form_of_another_site_is_refused(app: TestApp) {
        let mut browser = app.browser_of(Role::Shop).await;
        for path in ["/sign-out", "/preferences", "/sign-in"] {
            let refused = browser.post_from_elsewhere(path, &[("theme", "dark"), ("back", "/")]).await;
            assert_eq!(refused.status, 403, "{path}");
            assert!(refused.text().contains("This form came from another site"), "{}", refused.text());
        }
        assert_eq!(browser.get("/desk").await.status, 200, "nobody was signed out");
    }

    async fn a_session_opens_pages_and_a_key_opens_the_api(app: TestApp) {
        let mut browser = app.browser_of(Role::Admin).await;
        assert_eq!(browser.get("/api/v1/houses").await.status, 401);
        assert_eq!(app.admin().get("/desk").await.status, 401);
    }

    async fn language_and_theme_are_chosen_and_kept(app: TestApp) {
        let mut browser = app.browser();
        browser.language = "fr-CH, en;q=0.5";
        let page = browser.get("/sign-in").await.text();
        assert!(page.contains("<html lang=\"fr\" data-theme=\"system\">") && page.contains("Se connecter"));
        assert!(browser.get("/sign-in?lang=de").await.text().contains("Anmelden"));
        assert_eq!(browser.cookie("language"), Some("de"));
        assert!(browser.get("/sign-in").await.text().contains("<html lang=\"de\""));
        let chosen = browser.post("/preferences", &[("theme", "dark"), ("back", "/sign-in")]).await;
        assert_eq!(led_to(&chosen), "/sign-in");
        assert!(browser.get("/sign-in").await.text().contains("data-theme=\"dark\""));
        let elsewhere = browser.post("/preferences", &[("theme", "mauve"), ("back", "//evil.example")]).await;
        assert_eq!(led_to(&elsewhere), "/");
        assert!(browser.get("/sign-in").await.text().contains("data-theme=\"system\""));
    }

    async fn browsers_get_pages_and_programs_get_problems(app: TestApp) {
        let mut browser = app.browser();
        browser.language = "de";
        let page = browser.get("/nothing").await;
        assert_eq!(page.status, 404);
        assert!(page.text().contains("Hier ist nichts") && page.text().contains("Nummer dieser Antwort"), "{}", page.text());
        app.stranger().get("/nothing").await.expect_refusal(404, "not_found");
        let refused = Answer::to(app.stranger().request(Method::GET, "/api/v1/houses").header("accept", "text/html")).await;
        refused.expect_refusal(401, "unauthorized");
        assert_eq!(browser.post("/desk", &[]).await.status, 405);
        assert_eq!(browser.post("/sign-in", &[("nothing", "at all")]).await.status, 400);
    }
}

db::statements! {
    /// What the database keeps of sessions.
    ALL_TOKENS = "SELECT token_sha256 FROM sessions";
}
