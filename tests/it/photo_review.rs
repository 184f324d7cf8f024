//! Portraits of visitors that somebody in the museum looks at before their cards are printed.

use crate::support::annual_tickets::{Sold, Wish, encoded, portrait};
use crate::support::{TestApp, hidden_fields, led_to};
use image::{DynamicImage, Rgb, RgbImage};
use passepartout::config::Config;
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::museum::cash_order;

const BASE: &str = "http://museum.example";
const PAGE: &str = "/annual-tickets/photos";

on_both_databases! {
    async fn a_photo_is_looked_at_refused_with_a_reason_and_the_next_one_accepted(app: TestApp) {
        let app = with_links(&app).await;
        review(&app, "always").await;
        let mut order = cash_order("jahreskarte", "adult", 1, "45.00");
        order["buyer"] = json!({"name": "Zoë Müller", "email": "zoe@example.org", "language": "de"});
        let placed = app.shop().post("/api/v1/orders", &order).await.expect(201);
        let id = placed["tickets"][0]["annual_tickets"][0].as_str().expect("an annual ticket").to_owned();
        let path = format!("/api/v1/annual-tickets/{id}");
        let link = app.mail_after(0).await.links(&format!("{BASE}/p/")).remove(0);
        let token = link.rsplit('/').next().expect("a token").to_owned();
        let own = format!("/api/v1/personalizations/{token}");
        complete_at_home(&app, &own, portrait(1)).await;

        let waiting = app.personalization().get(&path).await.expect(200);
        assert_eq!(waiting["photo"]["review"], "waiting");
        assert_eq!(card_of(&waiting), ("set_aside", "photo_review"), "it is not printed, and every desk sees why");
        let mut desk = app.browser_of(Role::Personalization).await;
        contains(&desk.get("/desk").await.text(), &["photo waits to be looked at"]);
        contains(&desk.get("/annual-tickets?state=active").await.text(), &["1 photo waits to be looked at.", PAGE]);
        let page = desk.get(PAGE).await;
        contains(&page.text(), &["Ada Lovelace", "1 photo waits", "Accept", "The face is covered"]);
        assert_eq!(page.text().matches("class=\"primary\"").count(), 1);
        let shown = hidden_fields(&page, PAGE);
        let again = with(&shown, &[("decision", "again"), ("reason", "face_covered")]);
        assert_eq!(led_to(&desk.post(PAGE, &again).await), PAGE);
        contains(&desk.get(PAGE).await.text(), &["gets a mail with the reason", "No photo waits"]);
        let late = desk.post(PAGE, &with(&shown[1..], &[])).await;
        assert_eq!(late.status, 409, "another clerk looks at an old page");
        contains(&late.text(), &["was decided on already"]);

        let mail = app.mail_after(1).await;
        assert_eq!(mail.to.1, "zoe@example.org");
        contains(&mail.text, &["Guten Tag Zoë Müller", "Ada Lovelace", "Das Gesicht ist verdeckt", &link]);
        let asked = app.personalization().get(&path).await.expect(200);
        assert_eq!((&asked["photo"]["review"], &asked["photo"]["review_reason"]), (&json!("refused"), &json!("face_covered")));
        assert_eq!(card_of(&asked), ("set_aside", "photo_review"));
        let mut phone = app.browser();
        contains(&phone.get(&format!("/p/{token}")).await.text(), &["Please choose another photo", "The face is covered"]);
        app.stranger().put(&own, &json!({"holder": {"family_name": "Byron"}})).await.expect_refusal(409, "already_finalized");

        app.stranger().put_file(&format!("{own}/photo"), "image/png", portrait(2)).await.expect(200);
        contains(&phone.get(&format!("/p/{token}")).await.text(), &["We are still looking at your photo"]);
        assert_eq!(card_of(&app.personalization().get(&path).await.expect(200)), ("set_aside", "photo_review"));
        app.stranger().put_file(&format!("{own}/photo"), "image/png", portrait(3)).await.expect_refusal(409, "already_finalized");
        let page = desk.get(PAGE).await;
        assert_eq!(led_to(&desk.post(PAGE, &with(&hidden_fields(&page, PAGE), &[])).await), PAGE);
        let accepted = app.personalization().get(&path).await.expect(200);
        assert_eq!(accepted["card"]["state"], "ready_to_print", "it goes on by itself");
        assert!(accepted["photo"].get("review").is_none());
        let told: Vec<_> = accepted["history"].as_array().expect("a history").iter().map(|entry| entry["action"].clone()).collect();
        assert!(told.contains(&json!("annual_ticket.photo_accepted")), "{told:?}");
    }

    async fn another_program_looks_at_photos_as_the_desk_does(app: TestApp) {
        let app = with_links(&app).await;
        review(&app, "always").await;
        let desk = app.personalization();
        let mut order = cash_order("jahreskarte", "adult", 2, "90.00");
        order["buyer"] = json!({"name": "Zoë Müller", "email": "zoe@example.org", "language": "fr"});
        let placed = app.shop().post("/api/v1/orders", &order).await.expect(201);
        let links = app.mail_after(0).await.links(&format!("{BASE}/p/"));
        for (number, link) in (1..).zip(&links) {
            let token = link.rsplit('/').next().expect("a token");
            complete_at_home(&app, &format!("/api/v1/personalizations/{token}"), portrait(number)).await;
        }
        let list = "/api/v1/photo-reviews";
        app.mailroom().get(list).await.expect_refusal(403, "forbidden");
        let first = desk.get(&format!("{list}?limit=1")).await.expect(200);
        let next = first["next"].as_str().expect("there is more");
        let second = desk.get(&format!("{list}?limit=1&after={next}")).await.expect(200);
        assert!(second.get("next").is_none());
        let (first, second) = (&first["items"][0], &second["items"][0]);
        assert_ne!(first["id"], second["id"]);
        assert_eq!((&first["photo"]["review"], &first["card"]["set_aside_reason"]), (&json!("waiting"), &json!("photo_review")));
        assert_eq!(first["order"], placed["id"]);

        let path = |ticket: &Value, deed: &str| format!("/api/v1/annual-tickets/{}/photo/{deed}", ticket["id"].as_str().expect("an id"));
        let seen = json!({"photo": first["photo"]["id"]});
        app.mailroom().post(&path(first, "accept"), &seen).await.expect_refusal(403, "forbidden");
        desk.post(&path(second, "accept"), &seen).await.expect_refusal(409, "photo_not_waiting");
        desk.post("/api/v1/annual-tickets/none/photo/accept", &seen).await.expect_refusal(404, "not_found");
        let accepted = desk.post(&path(first, "accept"), &seen).await.expect(200);
        assert!(accepted["photo"].get("review").is_none());
        let ticket = format!("/api/v1/annual-tickets/{}", first["id"].as_str().expect("an id"));
        assert_eq!(desk.get(&ticket).await.expect(200)["card"]["state"], "ready_to_print", "it goes on by itself");
        desk.post(&path(first, "accept"), &seen).await.expect_refusal(409, "photo_not_waiting");

        let again = |reason: &str| json!({"photo": second["photo"]["id"], "reason": reason});
        desk.post(&path(second, "ask-again"), &again("ugly")).await.expect_invalid("reason", "unknown_value");
        let once = desk.post_once(&path(second, "ask-again"), "one", &again("bad_light")).await.expect(200);
        assert_eq!((&once["photo"]["review_reason"], &once["mailed"]), (&json!("bad_light"), &json!(true)));
        assert_eq!(desk.post_once(&path(second, "ask-again"), "one", &again("bad_light")).await.expect(200), once);
        assert_eq!(app.mail_after(1).await.to.1, "zoe@example.org", "one mail");
        assert_eq!(desk.get(list).await.expect(200)["items"], json!([]));
    }

    async fn the_product_says_which_photos_are_looked_at_and_the_desk_has_looked(app: TestApp) {
        let app = app.furnished().await;
        review(&app, "doubtful").await;
        let dark = || encoded(&DynamicImage::ImageRgb8(RgbImage::from_pixel(700, 900, Rgb([9, 9, 9]))));
        for (picture, state) in [(portrait(1), "ready_to_print"), (dark(), "set_aside")] {
            let sold = app.issue(Wish::of("jahreskarte")).await;
            complete_at_home(&app, &sold.own_path, picture).await;
            assert_eq!(app.read(&sold).await["card"]["state"], state);
        }
        let sold = app.issue(Wish::of("jahreskarte")).await;
        upload_at_home(&app, &sold, dark()).await;
        assert_eq!(app.read(&sold).await["photo"]["review"], "waiting");
        app.personalization().post(&format!("{}/finalize", sold.path), &json!({})).await.expect(200);
        assert_eq!(app.read(&sold).await["card"]["state"], "ready_to_print", "whoever completes it at the desk sees the photo");

        let sold = app.issue(Wish::of("jahreskarte")).await;
        complete_at_home(&app, &sold.own_path, dark()).await;
        app.personalization().put_file(&format!("{}/photo", sold.path), "image/png", portrait(2)).await.expect(200);
        assert_eq!(app.read(&sold).await["card"]["state"], "ready_to_print", "what the desk takes needs no second look");
        review(&app, "never").await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        complete_at_home(&app, &sold.own_path, dark()).await;
        assert_eq!(app.read(&sold).await["card"]["state"], "ready_to_print");
    }
}

/// The same museum with links that have an address.
async fn with_links(app: &TestApp) -> TestApp {
    let mut config = Config::default();
    BASE.clone_into(&mut config.server.base_url);
    TestApp::configured(app.app.db.backend(), config).await.furnished().await
}

async fn review(app: &TestApp, which: &str) {
    let mut product = app.admin().get("/api/v1/products/jahreskarte").await.expect(200);
    product["photo_review"] = json!(which);
    app.admin().put("/api/v1/products/jahreskarte", &product).await.expect(200);
}

async fn upload_at_home(app: &TestApp, sold: &Sold, picture: Vec<u8>) {
    app.stranger().put_file(&format!("{}/photo", sold.own_path), "image/png", picture).await.expect(200);
    let ada = json!({"holder": {"given_name": "Ada", "family_name": "Lovelace"}});
    app.stranger().put(&sold.own_path, &ada).await.expect(200);
}

async fn complete_at_home(app: &TestApp, own: &str, picture: Vec<u8>) {
    let ada = json!({"holder": {"given_name": "Ada", "family_name": "Lovelace"}, "delivery": {"kind": "counter"}});
    app.stranger().put_file(&format!("{own}/photo"), "image/png", picture).await.expect(200);
    app.stranger().put(own, &ada).await.expect(200);
    app.stranger().post(&format!("{own}/finalize"), &json!({})).await.expect(200);
}

fn card_of(body: &Value) -> (&str, &str) {
    let text = |name: &str| body["card"][name].as_str().unwrap_or_default();
    (text("state"), text("set_aside_reason"))
}

fn with<'a>(fields: &'a [(String, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    fields.chain(more.iter().copied()).collect()
}

fn contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}: {text}");
    }
}
