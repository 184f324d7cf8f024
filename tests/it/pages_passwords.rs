//! Passwords: changed by their owners, reset by a link, and forced sign-out.

use crate::support::{PASSWORD, TestApp, led_to};
use passepartout::accounts::{reset, session};
use passepartout::kernel::ids::StaffId;
use passepartout::kernel::roles::Role;

const NEW: &str = "another good sentence";

/// The id of the only member of staff.
async fn only_staff(app: &TestApp) -> StaffId {
    let listed = app.admin().get("/api/v1/staff").await.expect(200);
    listed["items"][0]["id"].as_str().expect("an id").parse().expect("an id")
}

async fn make_link(app: &TestApp, staff: StaffId) -> String {
    let act = app.act();
    let made = app.app.db.write(async move |tx: &mut db::Conn| reset::make_link(tx, &act, staff).await);
    format!("/password/{}", made.await.expect("a link"))
}

on_both_databases! {
    async fn staff_change_their_password_and_are_signed_out_elsewhere(app: TestApp) {
        let mut here = app.browser_of(Role::Shop).await;
        let mut elsewhere = app.browser();
        elsewhere.post("/sign-in", &[("email", "shop@example.org"), ("password", PASSWORD)]).await;
        assert_eq!(elsewhere.get("/desk").await.status, 200);

        let wrong = here.post("/password", &[("password", "not it"), ("new_password", NEW)]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("This is not the password until now"), "{}", wrong.text());
        let short = here.post("/password", &[("password", PASSWORD), ("new_password", "short")]).await;
        assert_eq!(short.status, 422);
        assert!(short.text().contains("ten characters or more"));

        let changed = here.post("/password", &[("password", PASSWORD), ("new_password", NEW)]).await;
        assert_eq!(led_to(&changed), "/password");
        assert!(here.get("/password").await.text().contains("Your password was changed."));
        assert!(!here.get("/password").await.text().contains("Your password was changed."), "it is said once");
        assert_eq!(elsewhere.get("/desk").await.status, 303);
        let old = elsewhere.post("/sign-in", &[("email", "shop@example.org"), ("password", PASSWORD)]).await;
        assert_eq!(old.status, 422);
        let new = elsewhere.post("/sign-in", &[("email", "shop@example.org"), ("password", NEW)]).await;
        assert_eq!(new.status, 303);
    }

    async fn nobody_guesses_a_password_at_an_open_desk(app: TestApp) {
        let mut browser = app.browser_of(Role::Shop).await;
        for _ in 0..10 {
            let wrong = browser.post("/password", &[("password", "guess"), ("new_password", NEW)]).await;
            assert!(wrong.text().contains("This is not the password until now"));
        }
        let right = browser.post("/password", &[("password", PASSWORD), ("new_password", NEW)]).await;
        assert_eq!(right.status, 422);
        assert!(right.text().contains("This was tried too often"));
    }

    async fn a_link_of_the_administrator_sets_a_new_password_once(app: TestApp) {
        let mut signed_in = app.browser_of(Role::Mailroom).await;
        let staff = only_staff(&app).await;
        let first = make_link(&app, staff).await;
        let link = make_link(&app, staff).await;
        let mut browser = app.browser();
        assert_eq!(browser.get(&first).await.status, 404, "a new link takes the place of the one before");

        assert_eq!(browser.get(&link).await.status, 200);
        assert_eq!(browser.post(&link, &[("new_password", "short")]).await.status, 422);
        let set = browser.post(&link, &[("new_password", NEW)]).await;
        assert_eq!(led_to(&set), "/sign-in");
        assert!(browser.get("/sign-in").await.text().contains("Your new password is set."));
        assert_eq!(signed_in.get("/desk").await.status, 303, "whoever was signed in is not any more");
        assert_eq!(browser.post("/sign-in", &[("email", "mailroom@example.org"), ("password", NEW)]).await.status, 303);

        let again = app.browser().post(&link, &[("new_password", "a third good sentence")]).await;
        assert_eq!(again.status, 404);
        assert!(again.text().contains("This link no longer works"));
    }

    async fn a_link_works_for_a_day_and_not_for_who_left(app: TestApp) {
        app.browser_of(Role::Entry).await;
        let staff = only_staff(&app).await;
        let link = make_link(&app, staff).await;
        app.wait_secs(reset::LASTS_SECS - 1);
        assert_eq!(app.browser().get(&link).await.status, 200);
        app.wait_secs(1);
        assert_eq!(app.browser().get(&link).await.status, 404);
        let link = make_link(&app, staff).await;
        let path = format!("/api/v1/staff/{staff}");
        app.admin().patch(&path, &serde_json::json!({"disabled": true})).await.expect(200);
        assert_eq!(app.browser().get(&link).await.status, 404);
        let act = app.act();
        let made = app.app.db.write(async move |tx: &mut db::Conn| reset::make_link(tx, &act, staff).await);
        assert!(matches!(made.await, Err(reset::ResetError::NotFound)));
    }

    async fn an_administrator_can_sign_somebody_out_everywhere(app: TestApp) {
        let mut browser = app.browser_of(Role::Entry).await;
        let staff = only_staff(&app).await;
        let act = app.act();
        let ended = app.app.db.write(async move |tx: &mut db::Conn| session::end_all_of(tx, &act, staff).await);
        assert_eq!(ended.await.expect("ended"), 1);
        assert_eq!(browser.get("/desk").await.status, 303);
    }
}
