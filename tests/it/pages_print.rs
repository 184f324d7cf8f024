//! The print desk as a browser without scripts sees it: queue, runs, the check of what came out.

use crate::support::many_cards::Many;
use crate::support::{Browser, hidden_fields, led_to};
use db::Conn;
use passepartout::cards::{CardState, Delivery};
use passepartout::kernel::roles::Role;
use passepartout::production::cancel_run::cancel_run;
use serde_json::json;
use testkit::Answer;

/// A name that no font of the layout can show.
const UNPRINTABLE: &str = "李小龍";

on_both_databases! {
    async fn the_queue_counts_what_the_database_holds_and_filters_in_the_address(app: TestApp) {
        let app = app.furnished().await;
        let first = app.finished_card("Lovelace", Some(Delivery::Mail {})).await;
        app.finished_card(UNPRINTABLE, None).await;
        for many in [
            Many::posted(59, CardState::ReadyToPrint),
            Many::laid_ready(24, CardState::ReadyToPrint, "schloss"),
            Many::posted(41, CardState::ReadyForDispatch),
            Many::posted(12, CardState::WaitingForLayout),
        ] {
            app.many_cards(&first, many).await;
        }
        let mut desk = app.browser_of(Role::Personalization).await;
        let page = desk.get("/print").await;
        let band = [("84", "ready to print"), ("0", "in a print run"), ("0", "to check"), ("41", "ready for dispatch"), ("1", "set aside"), ("12", "waiting for a layout")];
        for (count, word) in band {
            contains(&page, &[&format!("<span class=\"figure\">{count}</span> <span class=\"word\">{word}</span>")]);
        }
        contains(&page, &["84 cards", "aria-current=\"page\"><span class=\"figure\">84"]);
        assert_eq!(page.text().matches("<tr>").count(), 51, "a page has fifty rows");

        let shelf = desk.get("/print?delivery=pickup&house=schloss").await;
        contains(&shelf, &["24 cards", "Schloss am See", "/print?state=set_aside&#38;house=schloss&#38;delivery=pickup"]);
        contains(&desk.get("/print?q=muller&sort=name").await, &["Müller-Nguyễn"]);
        let aside = desk.get("/print?state=set_aside").await;
        contains(&aside, &["Character missing", "Write it in other letters", "Try again"]);
        contains(&desk.get("/print?state=in_print_run").await, &["No run is being made ready"]);
        contains(&desk.get("/print?q=nobody").await, &["No card fits this filter"]);

        let second = next_page(&page);
        let rows = desk.get(&second).await.text().matches("<tr>").count();
        assert_eq!(rows, 35, "the other thirty-four");
        let table = desk.get("/print/export.csv?delivery=pickup&house=schloss").await.text();
        assert_eq!(table.lines().count(), 25, "a row for each of the 24 cards, and the columns:\n{table}");
    }

    async fn of_a_run_of_ten_two_damaged_go_back_and_eight_are_ready_for_dispatch(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(10).await;
        let mut desk = app.browser_of(Role::Personalization).await;
        let asked = desk.get("/print-runs/new?product=jahreskarte").await;
        contains(&asked, &["Start a print run with 10 cards?", "Counter"]);
        let form = form_of(&asked, "/print-runs", &[]);
        let run = led_to(&send(&mut desk, "/print-runs", &form).await).to_owned();
        assert_eq!(led_to(&send(&mut desk, "/print-runs", &form).await), run, "the same form again starts nothing");
        assert_eq!(app.personalization().get("/api/v1/print-runs").await.expect(200)["items"].as_array().map(Vec::len), Some(1));

        contains(&desk.get(&run).await, &["Print run 1", "0 of 10", "Cancel the run", "role=\"status\""]);
        contains(&desk.get("/print?state=in_print_run").await, &["10 cards"]);
        app.run_jobs().await;
        contains(&desk.get(&run).await, &["cards.pdf", "sheets.pdf", "manifest.xlsx", "Check the cards"]);
        contains(&desk.get("/print?state=to_check").await, &["10 cards"]);
        let pdf = desk.get(&format!("{run}/files/cards.pdf")).await;
        assert_eq!((pdf.status, &pdf.body[..5]), (200, b"%PDF-".as_slice()));
        let none_by_mail = desk.get(&format!("{run}/files/letters.pdf")).await;
        assert_eq!(none_by_mail.status, 409);

        let check = desk.get(&format!("{run}/check")).await;
        assert_eq!(check.text().matches("name=\"damaged\"").count(), 10);
        let mut form = form_of(&check, &format!("{run}/check"), &[("reason", "jam")]);
        for card in [&cards[3], &cards[7]] {
            form.push(("damaged".to_owned(), card.id.as_str().expect("an id").to_owned()));
        }
        let path = format!("{run}/check");
        let confirmed = send(&mut desk, &path, &form).await;
        assert_eq!(led_to(&confirmed), run);
        assert_eq!(led_to(&send(&mut desk, &path, &form).await), run, "a reload confirms nothing again");
        let page = desk.get(&run).await;
        contains(&page, &["Ready for dispatch: 8. Back in the queue: 2.", "complete", "stuck in the printer"]);
        for (place, card) in cards.iter().enumerate() {
            let state = if [3, 7].contains(&place) { "ready_to_print" } else { "ready_for_dispatch" };
            assert_eq!(app.state_of(card).await, state, "card {place}");
        }
        contains(&desk.get("/print").await, &["2 cards"]);
    }

    async fn damaged_cards_need_a_reason_and_a_stale_form_changes_nothing(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(2).await;
        let run = app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201);
        let path = format!("/print-runs/{}/check", run["id"].as_str().expect("an id"));
        let mut desk = app.browser_of(Role::Personalization).await;
        let check = desk.get(&path).await;
        let mut form = form_of(&check, &path, &[("reason", "other"), ("other", " ")]);
        form.push(("damaged".to_owned(), cards[0].id.as_str().expect("an id").to_owned()));
        let refused = send(&mut desk, &path, &form).await;
        assert_eq!(refused.status, 422);
        contains(&refused, &["Please say what happened", "aria-invalid=\"true\"", "href=\"#other\""]);
        assert_eq!(app.state_of(&cards[0]).await, "in_print_run");

        let spoiled = json!({"cards": [cards[1].id], "reason": "jam"});
        let report = format!("/api/v1{}", path.replace("/check", "/spoiled"));
        app.personalization().post(&report, &spoiled).await.expect(200);
        let stale = send(&mut desk, &path, &form_of(&check, &path, &[("reason", "jam")])).await;
        assert_eq!(stale.status, 409);
        contains(&stale, &["checked in the meantime"]);
        assert_eq!(app.state_of(&cards[0]).await, "in_print_run", "all or none");
    }

    async fn a_cancelled_run_leaves_a_clean_queue(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(3).await;
        let run = app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201);
        let id = run["id"].as_str().expect("an id");
        let mut desk = app.browser_of(Role::Personalization).await;
        let path = format!("/print-runs/{id}/cancel");
        let asked = desk.get(&path).await;
        contains(&asked, &["Cancel print run 1?", "3 cards go back to the queue", "Go on printing"]);
        let form = form_of(&asked, &path, &[]);
        assert_eq!(led_to(&send(&mut desk, &path, &form).await), format!("/print-runs/{id}"));
        contains(&desk.get(&format!("/print-runs/{id}")).await, &["3 cards are back in the queue", "cancelled", "Print run cancelled"]);
        assert_eq!(send(&mut desk, &path, &form).await.status, 303, "the same form again does nothing");
        for card in &cards {
            assert_eq!(app.state_of(card).await, "ready_to_print");
        }
        app.run_jobs().await;
        let seen = app.personalization().get(&format!("/api/v1/print-runs/{id}")).await.expect(200);
        assert_eq!((&seen["state"], &seen["withdrawn"], &seen["printed"]), (&json!("cancelled"), &json!(3), &json!(0)));
        let again = app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201);
        assert_eq!(again["cards"], 3, "all of them can be printed");
        app.personalization().post(&format!("/api/v1/print-runs/{id}/cancel"), &json!({})).await.expect_refusal(409, "wrong_state");
    }

    async fn cancelling_keeps_what_was_confirmed_and_renews_what_was_edited(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(3).await;
        let run = app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201);
        let id: passepartout::kernel::ids::PrintRunId = run["id"].as_str().expect("an id").parse().expect("an id");
        let printed = json!({"cards": [cards[0].id]});
        app.personalization().post(&format!("/api/v1/print-runs/{id}/printed"), &printed).await.expect(200);
        let renamed = json!({"holder": {"given_name": "Augusta", "family_name": "King"}});
        app.personalization().put(&format!("{}/personalization", cards[1].sold.path), &renamed).await.expect(200);
        let act = app.act();
        app.app.db.write(async move |tx: &mut Conn| cancel_run(tx, &act, id).await).await.expect("cancelled");
        app.run_jobs().await;
        assert_eq!(app.state_of(&cards[0]).await, "ready_for_dispatch");
        assert_eq!(app.state_of(&cards[1]).await, "ready_to_print", "made anew with the new name");
        assert_eq!(app.state_of(&cards[2]).await, "ready_to_print");
        let seen = app.personalization().get(&format!("/api/v1/print-runs/{id}")).await.expect(200);
        assert_eq!((&seen["state"], &seen["printed"], &seen["withdrawn"]), (&json!("closed"), &json!(1), &json!(2)));
    }

    async fn a_card_that_is_read_is_verified_and_skipped_double_and_foreign_ones_are_named(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(4).await;
        let wanted: Vec<_> = cards[..3].iter().map(|card| &card.id).collect();
        let run = app.personalization().post("/api/v1/print-runs", &json!({"cards": wanted})).await.expect(201);
        let path = format!("/print-runs/{}/scan-back", run["id"].as_str().expect("an id"));
        let mut desk = app.browser_of(Role::Personalization).await;
        let mut read = async |text: &str| desk.post(&path, &[("scan", text)]).await;
        contains(&read(&cards[0].number).await, &["card 1 of this run", "data-scan-result=\"good\""]);
        let later = read(&cards[2].number).await;
        contains(&later, &["card 3 of this run", "Not read yet, though later ones were:", "<li>2 · "]);
        contains(&read(&cards[2].number).await, &["was read before", "data-scan-result=\"attention\""]);
        let foreign = read(&cards[3].number).await;
        assert_eq!(foreign.status, 409);
        contains(&foreign, &["does not belong to this run", "data-scan-result=\"refused\""]);
        assert_eq!(read("no card at all").await.status, 409);
        assert_eq!(app.state_of(&cards[2]).await, "ready_for_dispatch");
        assert_eq!(app.state_of(&cards[1]).await, "in_print_run");
    }

    async fn ticked_cards_alone_are_printed_and_one_that_is_gone_stops_all(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(3).await;
        let ids: Vec<&str> = cards.iter().map(|card| card.id.as_str().expect("an id")).collect();
        let mut desk = app.browser_of(Role::Personalization).await;
        let asked = desk.get(&format!("/print-runs/new?card={}&card={}", ids[0], ids[2])).await;
        contains(&asked, &["Start a print run with 2 cards?"]);
        let form = form_of(&asked, "/print-runs", &[]);
        app.print(&[&cards[0].id]).await;
        let refused = send(&mut desk, "/print-runs", &form).await;
        assert_eq!(refused.status, 409);
        contains(&refused, &["somebody was faster", "Start a print run with 1 card?"]);
        assert_eq!(app.state_of(&cards[2]).await, "ready_to_print");
        contains(&desk.get("/print-runs/new?delivery=mail").await, &["No card fits this choice any more"]);
    }

    async fn a_card_that_was_set_aside_is_tried_again(app: TestApp) {
        let app = app.furnished().await;
        let card = app.finished_card(UNPRINTABLE, None).await;
        let mut desk = app.browser_of(Role::Personalization).await;
        let list = desk.get("/print?state=set_aside").await;
        let path = format!("/cards/{}/prepare-again", card.id.as_str().expect("an id"));
        let form = form_of(&list, &path, &[]);
        assert_eq!(led_to(&send(&mut desk, &path, &form).await), "/print?state=set_aside");
        assert_eq!(app.state_of(&card).await, "set_aside", "nothing was mended");
        contains(&desk.get("/print?state=set_aside").await, &["was tried again"]);
    }

    async fn pictures_are_for_staff_alone(app: TestApp) {
        let app = app.furnished().await;
        let card = app.finished_card("Lovelace", None).await;
        let id = card.id.as_str().expect("an id");
        for (role, status) in [(Role::Personalization, 200), (Role::Mailroom, 200), (Role::Shop, 403)] {
            let mut desk = app.browser_of(role).await;
            for (picture, media_type) in [("preview.png", "image/png"), ("preview.png?side=back", "image/png"), ("portrait.jpg", "image/jpeg")] {
                let answer = desk.get(&format!("/cards/{id}/{picture}")).await;
                assert_eq!(answer.status, status, "{role} {picture}");
                if status == 200 {
                    assert_eq!(answer.headers["content-type"], media_type);
                    assert!(answer.headers["cache-control"].to_str().expect("text").starts_with("private"));
                }
            }
        }
        let mut desk = app.browser_of(Role::Admin).await;
        assert_eq!(desk.get("/cards/0197d0a0-0000-7000-8000-000000000000/portrait.jpg").await.status, 404);
    }
}

/// The fields of a form of a page, with its own hidden ones first.
pub(crate) fn form_of(page: &Answer, action: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = hidden_fields(page, action);
    fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields
}

/// Sends a form.
pub(crate) async fn send(browser: &mut Browser, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

/// Asserts that a page says all of this.
pub(crate) fn contains(page: &Answer, parts: &[&str]) {
    let text = page.text();
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in {text}");
    }
}

/// The address of the next page of a list.
fn next_page(page: &Answer) -> String {
    let text = page.text();
    let link = text.split("rel=\"next\"").next().and_then(|before| before.rsplit("href=\"").next()).expect("a link");
    link.trim_end_matches(['"', ' ']).replace("&amp;", "&").replace("&#38;", "&")
}
