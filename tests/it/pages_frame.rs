//! What the frame does for every page: forms that act once, messages, histories, forms that outlive a session, search.

use crate::support::annual_tickets::Wish;
use crate::support::{PASSWORD, TestApp, led_to};
use db::Conn;
use passepartout::audit::{self, Entry};
use passepartout::kernel::Act;
use passepartout::kernel::roles::Role;
use passepartout::web::Problem;
use passepartout::web::pages::{Done, Language, Words, act_once, history};
use serde_json::json;
use std::fmt::Display;
use testkit::Answer;
use testkit::museum::cash_order;

/// Carries out a form that leaves one record each time; answers where it led.
async fn send(app: &TestApp, act: &Act, once: &str, path: &'static str) -> String {
    let deed_act = act.clone();
    let answer = act_once(&app.app, act, once, async move |tx: &mut Conn| -> Result<Done, Problem> {
        audit::record(tx, &deed_act, Entry::new("order.placed", "order", "one")).await?;
        Ok(Done::at(path).saying("password-changed"))
    });
    let answer = answer.await.expect("done");
    assert_eq!(answer.status(), 303);
    assert!(answer.headers().contains_key("set-cookie"), "a repetition says the same");
    answer.headers()["location"].to_str().expect("a path").to_owned()
}

async fn records(app: &TestApp) -> usize {
    let mut conn = app.app.db.read().await.expect("a connection");
    audit::of_subject(&mut conn, "order", "one").await.expect("records").len()
}

/// The value of an attribute that begins like this.
fn attribute<'a>(page: &'a str, start: &str) -> &'a str {
    page.split_once(start).and_then(|(_, rest)| rest.split('"').next()).expect(start)
}

on_both_databases! {
    async fn a_form_that_is_sent_again_leads_to_the_same_place_and_does_nothing(app: TestApp) {
        let act = app.act();
        assert_eq!(send(&app, &act, "a", "/orders/1").await, "/orders/1");
        assert_eq!(send(&app, &act, "a", "/orders/2").await, "/orders/1", "whatever else is sent");
        assert_eq!(records(&app).await, 1);
        assert_eq!(send(&app, &act, "b", "/orders/2").await, "/orders/2");
        assert_eq!(records(&app).await, 2);
    }

    async fn a_double_click_acts_once(app: TestApp) {
        let act = app.act();
        let (one, two, three) =
            tokio::join!(send(&app, &act, "a", "/1"), send(&app, &act, "a", "/2"), send(&app, &act, "a", "/3"));
        assert!(one == two && two == three, "{one} {two} {three}");
        assert_eq!(records(&app).await, 1);
    }

    async fn a_refused_form_may_be_sent_again(app: TestApp) {
        let act = app.act();
        let refused = act_once(&app.app, &act, "a", async |_: &mut Conn| -> Result<Done, Problem> {
            Err(Problem::conflict("wrong_state", "Not now."))
        });
        assert!(refused.await.is_err());
        assert_eq!(send(&app, &act, "a", "/orders/1").await, "/orders/1");
    }

    async fn a_history_tells_who_did_what_when_and_why_the_newest_first(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", None).await;
        app.mailroom().post("/api/v1/handovers", &json!({"card": card.id})).await.expect(201);
        let mut conn = app.app.db.read().await.expect("a connection");
        let zone = app.app.config.museum.zone();
        let id = card.id.as_str().expect("an id");
        let words = Words::of(Language::De);
        let subjects: [(&str, &(dyn Display + Sync)); 2] = [("card", &id), ("annual_ticket", &card.sold.id)];
        let rows = history::of(&mut conn, &words, zone, &subjects).await.expect("a history");
        let what: Vec<&str> = rows.iter().rev().map(|row| row.what.as_str()).collect();
        assert!(what.starts_with(&["Jahreskarte ausgestellt", "Foto hinzugefügt", "Name und Angaben eingetragen"]), "{what:?}");
        for sentence in ["Personalisierung abgeschlossen", "Druckdaten festgelegt", "Gedruckt", "Ausgehändigt"] {
            assert!(what.contains(&sentence), "{sentence} in {what:?}");
        }
        assert!(rows.iter().all(|row| row.when == "4. Juli 2026, 11:00 Uhr"), "{rows:?}");
        assert!(rows.iter().any(|row| row.who == "Ein angebundenes Programm"));
    }

    async fn a_form_of_an_ended_session_is_offered_again_and_sends_nothing_by_itself(app: TestApp) {
        let mut browser = app.browser_of(Role::Shop).await;
        app.wait_secs(13 * 3_600);
        // The session is looked at before the form, so any page with a form will do.
        let sent = browser.post("/password?a=1", &[("once", "1f"), ("name", "Zoë & Co"), ("note", "")]).await;
        assert_eq!(sent.status, 401);
        let page = sent.text();
        assert!(page.contains("What you typed is kept"), "{page}");
        let carried = attribute(&page, "name=\"carried\" value=\"");
        assert_eq!(carried, "once=1f&#38;name=Zo%C3%AB%20%26%20Co&#38;note=");
        let carried = carried.replace("&#38;", "&");
        let path = attribute(&page, "name=\"carried_path\" value=\"");
        assert_eq!(path, "/password?a=1");

        let credentials = |password| [("email", "shop@example.org"), ("password", password), ("carried", &carried), ("carried_path", path)];
        let wrong = browser.post("/sign-in", &credentials("guess")).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("name=\"carried\""), "a wrong password loses nothing either");
        let right = browser.post("/sign-in", &credentials(PASSWORD)).await;
        assert_eq!(right.status, 200);
        let page = right.text();
        assert!(page.contains("Nothing was sent yet"), "{page}");
        assert!(page.contains("<form class=\"mat\" method=\"post\" action=\"/password?a=1\">"), "{page}");
        for field in ["name=\"once\" value=\"1f\"", "name=\"name\" value=\"Zoë &#38; Co\"", "name=\"note\" value=\"\""] {
            assert!(page.contains(field), "{field} in {page}");
        }
        assert!(page.contains("<li>Zoë &#38; Co</li>") && !page.contains("<li>1f</li>"), "{page}");
        assert_eq!(browser.get("/desk").await.status, 200);
    }

    async fn a_form_of_another_site_is_not_carried(app: TestApp) {
        let mut browser = app.browser_of(Role::Shop).await;
        app.wait_secs(13 * 3_600);
        let sent = browser.post_from_elsewhere("/password", &[("name", "Zoë")]).await;
        assert_eq!(sent.status, 403);
        assert!(!sent.text().contains("Zoë"));
    }

    async fn passwords_are_not_carried_through_the_sign_in(app: TestApp) {
        let mut browser = app.browser_of(Role::Shop).await;
        app.wait_secs(13 * 3_600);
        let answer = browser.post("/password", &[("password", PASSWORD), ("new_password", "another sentence")]).await;
        assert_eq!(answer.status, 401);
        assert!(!answer.text().contains(PASSWORD), "{}", answer.text());
        assert!(answer.text().contains("/sign-in?then=/desk"), "{}", answer.text());
    }

    async fn a_scan_leads_to_the_one_record(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Müller-Lüdenscheidt", None).await;
        let id = card.id.as_str().expect("an id").to_owned();
        let body = app.personalization().get(&card.path()).await.expect(200);
        let code = body["code"].as_str().expect("a code").to_owned();
        let order = app.shop().post("/api/v1/orders", &cash_order("jahreskarte-gutschein", "adult", 1, "45.00")).await.expect(201);
        let day = app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 1, "12.00")).await.expect(201);
        testkit::museum::add_summer_code(&app.marketing(), None).await;
        let order_id = order["id"].as_str().expect("an id");
        let number = order["number"].as_str().expect("a number").to_owned();
        let voucher = order["tickets"][0]["voucher_code"].as_str().expect("a code").to_owned();
        let day_code = day["tickets"][0]["card_code"].as_str().expect("a code").to_owned();
        let day_id = day["id"].as_str().expect("an id");

        let mut admin = app.browser_of(Role::Admin).await;
        for (text, path) in [
            (code.clone(), format!("/cards/{id}")),
            (card.number.clone(), format!("/cards/{id}")),
            (number.clone(), format!("/orders/{order_id}")),
            (number.replace('-', "ß"), format!("/orders/{order_id}")),
            (voucher.clone(), format!("/vouchers/{voucher}")),
            (day_code, format!("/orders/{day_id}")),
            ("sommer26".to_owned(), "/campaigns/codes/SOMMER26".to_owned()),
            ("Mueller-lued".to_owned(), format!("/annual-tickets/{}", card.sold.id)),
            ("nobody at all".to_owned(), "/search?q=nobody%20at%20all".to_owned()),
        ] {
            let answer = admin.get(&format!("/scan?text={}", text.replace(' ', "%20").replace('ß', "%C3%9F"))).await;
            assert_eq!(led_to(&answer), path, "{text}");
        }

        // What a role may not open is not found.
        let mut shop = app.browser_of(Role::Shop).await;
        assert_eq!(led_to(&shop.get(&format!("/scan?text={}", card.number)).await), format!("/search?q={}", card.number));
        assert_eq!(led_to(&shop.get(&format!("/scan?text={number}")).await), format!("/orders/{order_id}"));
        let mut mailroom = app.browser_of(Role::Mailroom).await;
        assert_eq!(led_to(&mailroom.get(&format!("/scan?text={number}")).await), format!("/search?q={number}"));
        assert_eq!(led_to(&mailroom.get(&format!("/scan?text={code}")).await), format!("/cards/{id}"));
    }

    async fn a_search_finds_parts_of_names_with_and_without_umlauts(app: TestApp) {
        let app = app.furnished().await;
        for name in ["Müller", "Mueller", "Miller"] {
            app.finished_card(name, None).await;
        }
        app.issue(Wish::of("jahreskarte")).await;
        let mut browser = app.browser_of(Role::Mailroom).await;
        for q in ["muller", "M%C3%BCll", "mueller", "MULLER"] {
            let page = browser.get(&format!("/search?q={q}")).await.text();
            assert!(page.contains("2 results."), "{q}: {page}");
            assert!(page.contains("Ada Müller") && page.contains("Ada Mueller") && !page.contains("Miller"), "{q}");
        }
        let list = browser.get("/search?part=list&q=muller").await.text();
        assert_eq!(list.matches("role=\"option\"").count(), 2);
        assert!(list.contains("data-count=\"2 results.\""));
        assert!(browser.get("/search?q=nothing").await.text().contains("Nothing was found that belongs to your tasks."));
        let mut marketing = app.browser_of(Role::Marketing).await;
        assert!(!marketing.get("/search?q=muller").await.text().contains("Müller"), "names are not for every role");
    }
}

on_both_databases! {
    async fn pages_and_assets_travel_compressed_and_a_first_page_is_light(app: TestApp) {
        let mut browser = app.browser_of(Role::Admin).await;
        let cookie = format!("session={}", browser.cookie("session").expect("a session"));
        let compressed = async |path: &str| {
            let request = app.stranger().request(reqwest::Method::GET, path);
            let request = request.header("accept", "text/html").header("accept-encoding", "gzip").header("cookie", &cookie);
            let answer = Answer::to(request).await;
            assert_eq!((answer.status, answer.headers["content-encoding"].as_bytes()), (200, b"gzip".as_slice()), "{path}");
            answer.body.len()
        };
        let page = browser.get("/desk").await.text();
        let mut bytes = compressed("/desk").await + compressed("/assets/serif.otf").await;
        let assets: Vec<&str> = page.split("\"/assets/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(assets.len() >= 7, "{assets:?}");
        for name in assets {
            bytes += compressed(&format!("/assets/{name}")).await;
        }
        assert!(bytes < 150_000, "the first page weighs {bytes} bytes");
        println!("the first page weighs {bytes} bytes");
        let api = app.admin().request(reqwest::Method::GET, "/api/v1/houses").header("accept-encoding", "gzip");
        assert!(!Answer::to(api).await.headers.contains_key("content-encoding"));
    }

    async fn an_asset_that_the_browser_has_is_not_sent_again(app: TestApp) {
        let mut browser = app.browser();
        let first = browser.get("/assets/app.css").await;
        assert_eq!(first.headers["cache-control"], "public, no-cache");
        let tag = first.headers["etag"].to_str().expect("a tag").to_owned();
        for known in [tag.clone(), format!("\"other\", W/{tag}")] {
            let again = app.stranger().request(reqwest::Method::GET, "/assets/app.css").header("if-none-match", known);
            assert_eq!(Answer::to(again).await.status, 304);
        }
        assert_eq!(browser.get("/assets/nothing.js").await.status, 404);
    }
}
