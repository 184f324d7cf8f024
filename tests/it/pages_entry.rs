//! The entry check through HTTP: what each reason says in each language, admission by hand, where somebody checks.

use crate::entry::{day_ticket, scope_id, stranger_code, wrong_digit};
use crate::support::{Browser, TestApp, led_to};
use passepartout::cards::NewDayTicket;
use passepartout::catalog::product::ReentryPolicy;
use passepartout::kernel::roles::Role;
use passepartout::web::pages::{Language, Words};
use serde_json::json;

/// A browser at the entry of a house or exhibition.
async fn entry_at(app: &TestApp, place: &str) -> Browser {
    let mut browser = app.browser_of(Role::Entry).await;
    let chosen = browser.post("/entry/station", &[("place", place), ("pause", "4")]).await;
    assert_eq!(led_to(&chosen), "/entry");
    browser
}

/// A day ticket whose proof the gate has to look at.
async fn reduced_ticket(app: &TestApp) -> String {
    let day = "2026-07-04".parse().expect("a day");
    let new = NewDayTicket {
        ticket_id: app.act().new_id(),
        scope_id: scope_id(app, "stadtmuseum").await,
        not_before: day,
        not_after: day,
        check_proof: true,
        companions: 2,
        reentry_secs: 600,
        reentry_policy: ReentryPolicy::Attention,
        is_test: false,
    };
    app.issue_day_ticket(&new).await.card_code
}

on_both_databases! {
    async fn every_answer_says_its_word_and_what_to_do_in_three_languages(app: TestApp) {
        let app = app.furnished().await;
        let mut entry = entry_at(&app, "stadtmuseum").await;
        let today = day_ticket(&app, "stadtmuseum", "2026-07-04").await;
        let card = app.printed_card("Müller", None).await;
        let body = app.personalization().get(&card.path()).await.expect(200);
        let blocked = body["code"].as_str().expect("a code").to_owned();
        let not_collected = app.printed_card("Nguyễn", None).await;
        let not_collected = app.personalization().get(&not_collected.path()).await.expect(200);
        let not_collected = not_collected["code"].as_str().expect("a code").to_owned();
        let annual_ticket = body["annual_ticket"].as_str().expect("an id").to_owned();
        let block = format!("/api/v1/annual-tickets/{annual_ticket}/block");
        app.personalization().post(&block, &json!({"reason": "stolen"})).await.expect(200);

        for (scan, kind, key) in [
            (today.clone(), "admit", None),
            (wrong_digit(&today), "refuse", Some("verdict-malformed")),
            (stranger_code(1), "refuse", Some("verdict-forged")),
            (stranger_code(9), "refuse", Some("verdict-unknown-key")),
            (day_ticket(&app, "schloss", "2026-07-04").await, "refuse", Some("verdict-wrong-house")),
            (day_ticket(&app, "stadtmuseum", "2026-07-05").await, "refuse", Some("verdict-not-yet-valid")),
            (day_ticket(&app, "stadtmuseum", "2026-07-03").await, "refuse", Some("verdict-expired")),
            (reduced_ticket(&app).await, "attention", Some("verdict-check-proof")),
            (not_collected, "attention", Some("verdict-not-yet-collected")),
            (blocked, "refuse", Some("verdict-blocked")),
        ] {
            for language in Language::ALL {
                let words = Words::of(language);
                let answer = entry.post("/entry", &[("scan", &scan), ("guest", language.as_str())]).await;
                assert_eq!(answer.status, 200);
                let page = answer.text();
                assert!(page.contains(&format!("class=\"verdict {kind}\" data-verdict=\"{kind}\"")), "{key:?} {page}");
                assert!(page.contains(&format!("lang=\"{language}\"")));
                assert!(page.contains(&words.t(&format!("verdict-{kind}"))), "{key:?} in {language}: {page}");
                if let Some(key) = key {
                    let next = words.t(&format!("{key}-next"));
                    assert!(page.contains(&askama_escaped(&next)), "{key} in {language} lacks {next:?}: {page}");
                }
            }
        }
    }

    async fn dates_houses_and_companions_stand_in_the_line(app: TestApp) {
        let app = app.furnished().await;
        let mut entry = entry_at(&app, "stadtmuseum").await;
        for (scan, language, line) in [
            (day_ticket(&app, "stadtmuseum", "2027-03-01").await, "en", "Valid from 1 March 2027"),
            (day_ticket(&app, "stadtmuseum", "2026-07-03").await, "de", "War gültig bis 3. Juli 2026"),
            (day_ticket(&app, "schloss", "2026-07-04").await, "fr", "Autre maison : valable pour Schloss am See"),
            (day_ticket(&app, "stadtmuseum", "2026-07-04").await, "en", "valid until 4 July 2026"),
            (reduced_ticket(&app).await, "de", "Ermäßigter Preis · 1 + 2 Begleitungen"),
        ] {
            let page = entry.post("/entry", &[("scan", &scan), ("guest", language)]).await.text();
            assert!(page.contains(line), "{line}: {page}");
        }
    }

    async fn a_card_number_is_found_and_the_person_shown_for_comparison(app: TestApp) {
        let app = app.furnished().await;
        let mut entry = entry_at(&app, "stadtmuseum").await;
        let card = app.printed_card("Müller", None).await;
        let body = app.personalization().get(&card.path()).await.expect(200);
        let page = entry.post("/entry", &[("scan", body["number"].as_str().expect("a number"))]).await.text();
        assert!(page.contains("Müller"), "{page}");
        assert!(page.contains("The number was typed: compare name and photo."), "{page}");
        let portrait = page.split("src=\"/entry/portraits/").nth(1).and_then(|rest| rest.split('"').next());
        let portrait = format!("/entry/portraits/{}", portrait.expect("a portrait"));
        let picture = entry.get(&portrait).await;
        assert_eq!((picture.status, picture.headers["content-type"].as_bytes()), (200, b"image/jpeg".as_slice()));
        assert_eq!(app.browser_of(Role::Marketing).await.get(&portrait).await.status, 403);
        assert_eq!(entry.get("/entry/portraits/00000000-0000-7000-8000-000000000000").await.status, 404);
    }

    async fn where_somebody_checks_is_chosen_once_and_remembered(app: TestApp) {
        let mut nowhere = app.browser_of(Role::Entry).await;
        assert!(nowhere.get("/entry").await.text().contains("There is no house yet"));
        let app = app.furnished().await;
        let page = nowhere.get("/entry").await.text();
        assert!(page.contains("Where do you check?") && !page.contains("id=\"scan\""), "{page}");
        assert_eq!(led_to(&nowhere.post("/entry", &[("scan", "1")]).await), "/entry");
        nowhere.post("/entry/station", &[("place", "stadtmuseum/stadtansichten"), ("pause", "8")]).await;
        let page = nowhere.get("/entry").await.text();
        assert!(page.contains("Stadtmuseum · Stadtansichten") && page.contains("value=\"8\" selected"), "{page}");
        for odd in ["zoo", "schloss/stadtansichten", "..", ""] {
            nowhere.post("/entry/station", &[("place", odd)]).await;
            assert_eq!(nowhere.get("/entry").await.status, 200, "{odd}");
        }
        let code = day_ticket(&app, "stadtmuseum", "2026-07-04").await;
        nowhere.post("/entry/station", &[("place", "stadtmuseum/stadtansichten"), ("pause", "8")]).await;
        let page = nowhere.post("/entry", &[("scan", &code)]).await.text();
        assert!(page.contains("data-verdict=\"admit\" data-pause=\"8\""), "{page}");
        assert_eq!(nowhere.get("/entry/pulse").await.status, 204);
    }

    async fn whoever_is_admitted_by_hand_is_admitted_for_a_reason(app: TestApp) {
        let app = app.furnished().await;
        let mut entry = entry_at(&app, "stadtmuseum").await;
        let code = day_ticket(&app, "stadtmuseum", "2026-07-05").await;
        let page = entry.post("/entry", &[("scan", &code)]).await.text();
        let once = page.split("name=\"once\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token").to_owned();
        let silent = entry.post("/entry/admissions", &[("once", &once), ("scan", &code), ("reason", " ")]).await;
        assert_eq!(silent.status, 422);
        assert!(silent.text().contains("Please say in a few words why."));
        let form = [("once", once.as_str()), ("scan", code.as_str()), ("reason", "Train was late yesterday")];
        for _ in 0..2 {
            assert_eq!(led_to(&entry.post("/entry/admissions", &form).await), "/entry");
        }
        assert!(entry.get("/entry").await.text().contains("Admitted by hand. The reason is kept."));
        let audit = app.admin().get("/api/v1/audit?subject_kind=entry_right").await.expect(200);
        let records = audit["items"].as_array().expect("records");
        assert_eq!(records.len(), 1, "sent twice, done once");
        assert_eq!((&records[0]["action"], &records[0]["reason"]), (&json!("entry.admitted_by_hand"), &json!("Train was late yesterday")));
        assert_eq!(records[0]["detail"], json!({"house": "stadtmuseum", "against": "not_yet_valid"}));
        app.set_time("2026-07-05T09:00:00Z");
        let page = entry.post("/sign-in", &[("email", "entry@example.org"), ("password", crate::support::PASSWORD)]).await;
        assert_eq!(page.status, 303);
        let page = entry.post("/entry", &[("scan", &code)]).await.text();
        assert!(page.contains("This ticket was used already."), "the single entry is used up: {page}");
    }

    async fn only_the_entry_checks_on_this_page(app: TestApp) {
        let app = app.furnished().await;
        let mut mailroom = app.browser_of(Role::Mailroom).await;
        for (path, status) in [("/entry", 403), ("/entry/pulse", 403)] {
            assert_eq!(mailroom.get(path).await.status, status, "{path}");
        }
        assert_eq!(mailroom.post("/entry/admissions", &[("scan", "1"), ("reason", "x")]).await.status, 403);
    }
}

/// A text as it stands in HTML.
fn askama_escaped(text: &str) -> String {
    text.replace('&', "&#38;").replace('\'', "&#39;").replace('"', "&#34;")
}
