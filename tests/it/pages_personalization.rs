//! The personalization desk, as a browser without scripts sees it.

use crate::support::annual_tickets::{Wish, portrait};
use crate::support::{Browser, TestApp, Upload, hidden_fields, led_to};
use passepartout::cards::Delivery;
use passepartout::kernel::roles::Role;
use serde_json::json;
use testkit::{Answer, museum};

const ADA: [(&str, &str); 2] = [("given_name", "Ada"), ("family_name", "Lovelace")];

on_both_databases! {
    async fn a_voucher_becomes_a_card_at_the_counter(app: TestApp) {
        let app = app.furnished().await;
        let code = voucher(&app).await;
        let mut desk = app.browser_of(Role::Personalization).await;
        let page = format!("/vouchers/{code}/exchange");
        let ask = desk.get(&page).await;
        contains(&ask, &["Annual ticket", "One annual ticket is made"]);
        let once = hidden(&ask, "once");
        let record = led_to(&desk.post(&page, &[("once", &once)]).await).to_owned();
        assert!(record.starts_with("/annual-tickets/"), "{record}");
        assert_eq!(led_to(&desk.post(&page, &[("once", &once)]).await), record, "a reload exchanges nothing again");
        let form = desk.get(&record).await;
        contains(&form, &["waits for personalization", "Now name and photo are missing", "name=\"family_name\"", "/p/"]);

        let refused = desk.get(&page).await;
        assert_eq!(refused.status, 409);
        contains(&refused, &["was exchanged before", &record]);

        let early = finish(&mut desk, &record, &form, &ADA).await;
        assert_eq!(early.status, 422);
        contains(&early, &["Please choose a photo.", "href=\"#photo\"", "value=\"Lovelace\""]);
        portray(&mut desk, &record, &early, &ADA).await;
        let form = desk.get(&record).await;
        contains(&form, &["value=\"Lovelace\"", "Everything is there", "The photo is good"]);
        assert_eq!(led_to(&finish(&mut desk, &record, &form, &ADA).await), record);
        let done = desk.get(&record).await;
        contains(&done, &["The card for Ada Lovelace is being made", "ready to print", "Personalization completed", "/print-now", "Print now"]);
        one_primary(&done);
    }

    async fn the_worklist_counts_filters_and_finds(app: TestApp) {
        let app = app.furnished().await;
        for name in ["Müller", "Nguyễn", "Lovelace"] {
            let sold = app.issue(Wish::of("jahreskarte")).await;
            let holder = json!({"holder": {"family_name": name}});
            app.personalization().put(&format!("{}/personalization", sold.path), &holder).await.expect(200);
        }
        let pickup = Delivery::Pickup { house: "schloss".parse().expect("a key") };
        app.issue(Wish { delivery: Some(pickup), ..Wish::of("jahreskarte-haus") }).await;
        let (blocked, _) = app.issue_complete(Wish::of("jahreskarte")).await;
        app.personalization().post(&format!("{}/block", blocked.path), &json!({"reason": "lost"})).await.expect(200);
        app.issue_complete(Wish::of("jahreskarte")).await;

        let mut desk = app.browser_of(Role::Personalization).await;
        let list = desk.get("/annual-tickets").await;
        contains(&list, &["4 annual tickets", "No name yet", "Still missing: the photo"]);
        one_primary(&list);
        for (query, total) in [
            ("state=active", "1 annual ticket"),
            ("state=blocked", "1 annual ticket"),
            ("state=expired", "0 annual tickets"),
            ("state=all", "6 annual tickets"),
            ("q=mueller", "1 annual ticket"),
            ("q=nguyen", "1 annual ticket"),
            ("product=jahreskarte-haus", "1 annual ticket"),
            ("house=schloss", "1 annual ticket"),
            ("house=stadtmuseum", "0 annual tickets"),
            ("state=all&sort=name&q=lovelace", "3 annual tickets"),
        ] {
            let page = desk.get(&format!("/annual-tickets?{query}")).await;
            assert!(page.text().contains(&format!(">{total}</p>")), "{query}: {}", page.text());
            let csv = desk.get(&format!("/annual-tickets/export.csv?{query}")).await.text();
            let rows = csv.lines().count() - 1;
            assert!(total.starts_with(&format!("{rows} ")), "{query}: {csv}");
        }
        app.set_time("2028-01-01T09:00:00Z");
        contains(&desk.get("/sign-in").await, &["Sign in"]);
        let mut later = app.browser();
        later.post("/sign-in", &[("email", "personalization@example.org"), ("password", crate::support::PASSWORD)]).await;
        contains(&later.get("/annual-tickets?state=expired").await, &["1 annual ticket<"]);
    }

    async fn the_list_goes_on_page_by_page(app: TestApp) {
        let app = app.furnished().await;
        for _ in 0..53 {
            app.issue(Wish::of("jahreskarte")).await;
        }
        let mut desk = app.browser_of(Role::Personalization).await;
        let first = desk.get("/annual-tickets").await.text();
        assert_eq!(first.matches("<th scope=\"row\">").count(), 50);
        let next = first.split("href=\"/annual-tickets?after=").nth(1).and_then(|rest| rest.split('"').next()).expect("more");
        let second = desk.get(&format!("/annual-tickets?after={next}")).await.text();
        assert_eq!(second.matches("<th scope=\"row\">").count(), 3);
        assert!(second.contains(">53 annual tickets</p>"), "the total is that of all pages");
    }

    async fn the_second_of_two_clerks_is_told_and_sees_the_difference(app: TestApp) {
        let app = app.furnished().await;
        let sold = app.issue(Wish::of("jahreskarte")).await;
        let record = format!("/annual-tickets/{}", sold.id);
        let mut one = app.browser_of(Role::Personalization).await;
        let mut other = one.clone();
        let (first, second) = (one.get(&record).await, other.get(&record).await);
        assert_eq!(led_to(&save(&mut one, &record, &first, &ADA).await), record);
        let late = save(&mut other, &record, &second, &[("given_name", "Augusta"), ("family_name", "King")]).await;
        assert_eq!(late.status, 409);
        contains(&late, &["Somebody else changed something meanwhile", "<td>Lovelace</td><td>King</td>", "value=\"Augusta\"", "Discard what I typed"]);
        assert_eq!(app.read(&sold).await["holder"]["family_name"], "Lovelace");
        assert_eq!(led_to(&save(&mut other, &record, &late, &[("given_name", "Augusta"), ("family_name", "King")]).await), record);
        assert_eq!(app.read(&sold).await["holder"]["family_name"], "King");
    }

    async fn a_card_is_printed_looked_at_and_handed_over_at_the_counter(app: TestApp) {
        let app = app.furnished().await;
        let (sold, body) = app.issue_complete(Wish::of("jahreskarte")).await;
        let card = body["card"]["id"].as_str().expect("a card").to_owned();
        let (record, now) = (format!("/annual-tickets/{}", sold.id), format!("/cards/{card}/print-now"));
        let mut desk = app.browser_of(Role::Personalization).await;
        for outcome in ["spoiled", "good"] {
            let page = desk.get(&record).await;
            contains(&page, &["Print now"]);
            one_primary(&page);
            let once = hidden_fields(&page, &now);
            let once: Vec<_> = once.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(led_to(&desk.post(&now, &once).await), now);
            assert_eq!(led_to(&desk.post(&now, &once).await), now, "a double click prints once");
            let look = desk.get(&now).await;
            contains(&look, &["Has the card come out well?", "files/cards.pdf"]);
            one_primary(&look);
            let run = app.personalization().get(&format!("/api/v1/cards/{card}")).await.expect(200)["print_run"].clone();
            let check = format!("/print-runs/{}/check", run.as_str().expect("a run"));
            let once = hidden(&look, "once");
            let said = if outcome == "good" {
                desk.post(&check, &[("once", &once), ("then", "counter"), ("shown", &card)]).await
            } else {
                desk.post(&check, &[("once", &once), ("then", "counter"), ("damaged", &card), ("reason", "smudged")]).await
            };
            let on = if outcome == "good" { format!("/mailroom/handover?card={card}") } else { now.clone() };
            assert_eq!(led_to(&said), on);
        }
        assert_eq!(led_to(&desk.get(&now).await), format!("/mailroom/handover?card={card}"), "an old page leads on");
        let compare = desk.get(&format!("/mailroom/handover?card={card}")).await;
        contains(&compare, &["Ada Lovelace"]);
        let once = hidden(&compare, "once");
        led_to(&desk.post("/mailroom/handover", &[("once", &once), ("card", &card)]).await);
        let told = app.read(&sold).await;
        assert_eq!(told["card"]["state"], "handed_over");
        let steps: Vec<_> = told["history"].as_array().expect("a history").iter().map(|entry| entry["action"].clone()).collect();
        for step in ["card.joined_run", "card.spoiled", "card.printed", "card.handed_over"] {
            assert!(steps.contains(&json!(step)), "{step}: {steps:?}");
        }
    }

    async fn the_desk_is_told_of_a_namesake_and_the_link_asks_for_the_photo_alone(app: TestApp) {
        let app = app.furnished().await;
        let born = |day: &str| json!({"holder": {"given_name": "Zoë", "family_name": "Müller", "birth_date": day}});
        let mut desk = app.browser_of(Role::Personalization).await;
        let mut records = Vec::new();
        for day in ["1990-02-03", "1990-02-04", "1990-02-03"] {
            let sold = app.issue(Wish::of("jahreskarte")).await;
            app.personalization().put(&format!("{}/personalization", sold.path), &born(day)).await.expect(200);
            records.push(sold);
        }
        let hinted = desk.get(&format!("/annual-tickets/{}", records[2].id)).await;
        contains(&hinted, &["may have an annual ticket already", &format!("/annual-tickets/{}\"", records[0].id)]);
        assert!(!hinted.text().contains(&records[1].id), "born on another day");
        assert!(!desk.get(&format!("/annual-tickets/{}", records[1].id)).await.text().contains("id=\"namesakes\""));

        let delivery = json!({"delivery": {"kind": "counter"}});
        app.personalization().put(&format!("{}/personalization", records[0].path), &delivery).await.expect(200);
        let link = records[0].own_path.replace("/api/v1/personalizations", "/p");
        let mut phone = app.browser();
        let page = phone.get(&link).await;
        contains(&page, &["Only your photo is missing", "Zoë Müller", "3 February 1990"]);
        assert!(!page.text().contains("name=\"family_name\""), "nothing else is asked for");
        one_primary(&page);
        contains(&phone.get(&format!("{link}?all=1")).await, &["name=\"family_name\"", "value=\"Müller\""]);
        let none = phone.post_file(&format!("{link}/photo"), &[], None).await;
        assert_eq!(none.status, 422);
        contains(&none, &["Please choose a photo.", "Only your photo is missing"]);
        let picture = portrait(1);
        let upload = Upload { field: "photo", name: "me.png", bytes: &picture };
        let sent = phone.post_file(&format!("{link}/photo"), &[], Some(&upload)).await;
        assert_eq!(led_to(&sent), format!("{link}/check"));
        contains(&phone.get(&format!("{link}/check")).await, &["Is everything right?", "Zoë Müller"]);
    }

    async fn blocking_replacing_and_renewing_ask_once_in_numbers(app: TestApp) {
        let app = app.furnished().await;
        let (sold, _) = app.issue_complete(Wish::of("jahreskarte")).await;
        let record = format!("/annual-tickets/{}", sold.id);
        let mut desk = app.browser_of(Role::Personalization).await;
        for (deed, numbers, fields, state) in [
            ("renew", "Last day afterwards: 3 July 2028", vec![], "valid"),
            ("block", "1 card opens nothing from now on", vec![("reason", "lost")], "blocked"),
            ("replace", "Card number 2 of this ticket", vec![("reason", "lost")], "valid"),
            ("block", "1 card opens nothing", vec![("reason", "other"), ("words", "Seen twice at once")], "blocked"),
            ("unblock", "1 card opens again", vec![], "valid"),
        ] {
            let page = format!("{record}/{deed}");
            let ask = desk.get(&page).await;
            contains(&ask, &[numbers]);
            one_primary(&ask);
            let once = hidden(&ask, "once");
            let mut fields = fields;
            fields.push(("once", &once));
            assert_eq!(led_to(&desk.post(&page, &fields).await), record, "{deed}");
            assert_eq!(led_to(&desk.post(&page, &fields).await), record, "a double click");
            let shown = desk.get(&record).await;
            contains(&shown, &[state]);
            one_primary(&shown);
        }
        let cards = app.read(&sold).await;
        assert_eq!((&cards["card"]["issue"], &cards["valid_until"]), (&json!(2), &json!("2028-07-03")));
        let history = desk.get(&record).await;
        contains(&history, &["Seen twice at once", "Kim personalization", "Annual ticket renewed", "Replaced by a new card"]);
        let nothing = desk.post(&format!("{record}/block"), &[("reason", "other")]).await;
        assert_eq!(nothing.status, 422);
        contains(&nothing, &["Please say why."]);
    }

    async fn every_state_of_a_card_has_its_word_and_one_next_step(app: TestApp) {
        let app = app.furnished().await;
        let mut desk = app.browser_of(Role::Admin).await;
        let finished = app.finished_card("Lovelace", Some(Delivery::Mail {})).await;
        let id = finished.id.as_str().expect("an id").to_owned();
        let page = format!("/cards/{id}");
        let mut seen = async |word: &str, next: &str| {
            let shown = desk.get(&page).await;
            contains(&shown, &[word, next, "Ada Lovelace", "alt=\"Photo of Ada Lovelace\"", "state large"]);
            one_primary(&shown);
            let text = shown.text();
            let path = text.split("class=\"primary\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a path");
            assert_eq!(desk.get(&path.replace("&#38;", "&")).await.status, 200, "{word} leads to {path}");
        };
        seen("ready to print", ">Print</a>").await;
        let run = app.personalization().post("/api/v1/print-runs", &json!({"cards": [id]})).await.expect(201);
        seen("in a print run", ">Check the print</a>").await;
        let printed = format!("/api/v1/print-runs/{}/printed", run["id"].as_str().expect("an id"));
        app.personalization().post(&printed, &json!({"cards": "all"})).await.expect(200);
        seen("printed", ">Give it to the post</a>").await;
        app.mailroom().post("/api/v1/dispatches", &json!({"cards": [id], "carrier": "DHL", "tracking": "003"})).await.expect(201);
        seen("posted", "Given to the post on 4 July 2026 (DHL 003).").await;
        app.mailroom().post("/api/v1/returns", &json!({"card": id, "reason": "moved"})).await.expect(201);
        seen("came back", ">Send or lay ready again</a>").await;
        app.mailroom().post("/api/v1/deposits", &json!({"cards": [id], "house": "schloss", "shelf": "B4"})).await.expect(201);
        seen("laid ready", "shelf B4").await;
        app.mailroom().post("/api/v1/handovers", &json!({"card": id, "picked_up_by": "her sister"})).await.expect(201);
        seen("handed over", "to her sister").await;
        let replace = json!({"reason": "stolen"});
        app.personalization().post(&format!("{}/replace", finished.sold.path), &replace).await.expect(200);
        seen("void", ">To the card that counts</a>").await;
    }

    async fn an_entry_sees_the_card_and_its_face_and_no_more(app: TestApp) {
        let app = app.furnished().await;
        let card = app.finished_card("Lovelace", None).await;
        let id = card.id.as_str().expect("an id").to_owned();
        let mut entry = app.browser_of(Role::Entry).await;
        let shown = entry.get(&format!("/cards/{id}")).await;
        contains(&shown, &["Ada Lovelace", ">Check at the entry</a>"]);
        one_primary(&shown);
        assert!(!shown.text().contains("href=\"/annual-tickets/"), "{}", shown.text());
        assert_eq!(entry.get(&format!("/annual-tickets/{}", card.sold.id)).await.status, 403);
        assert_eq!(entry.get(&format!("/annual-tickets/{}/photo", card.sold.id)).await.headers["content-type"], "image/jpeg");
        let mut shop = app.browser_of(Role::Shop).await;
        assert_eq!(shop.get(&format!("/cards/{id}")).await.status, 403);
        assert_eq!(entry.get("/cards/00000000-0000-7000-8000-000000000000").await.status, 404);
    }

    async fn a_family_is_personalized_one_after_the_other(app: TestApp) {
        let app = app.furnished().await;
        let order = museum::cash_order("familienkarte", "adult", 1, "90.00");
        let order = app.shop().post("/api/v1/orders", &order).await.expect(201);
        let ids = order["tickets"][0]["annual_tickets"].as_array().expect("tickets").clone();
        let mut desk = app.browser_of(Role::Personalization).await;
        let record = format!("/annual-tickets/{}", ids[0].as_str().expect("an id"));
        let form = desk.get(&record).await;
        contains(&form, &["The same order also holds"]);
        portray(&mut desk, &record, &form, &ADA).await;
        let form = desk.get(&record).await;
        assert_eq!(led_to(&finish(&mut desk, &record, &form, &ADA).await), record);
        contains(&desk.get(&record).await, &["On to the next person"]);
    }
}

/// The digits of a paid voucher.
async fn voucher(app: &TestApp) -> String {
    let order = museum::cash_order("jahreskarte-gutschein", "adult", 1, "45.00");
    let order = app.shop().post("/api/v1/orders", &order).await.expect(201);
    order["tickets"][0]["voucher_code"].as_str().expect("a code").to_owned()
}

/// Sends the form of a record; `more` are its fields.
async fn save(desk: &mut Browser, record: &str, shown: &Answer, more: &[(&str, &str)]) -> Answer {
    let (once, seen) = (hidden(shown, "once"), hidden(shown, "seen"));
    let mut fields = vec![("once", once.as_str()), ("seen", seen.as_str()), ("country", "DE"), ("delivery", "")];
    fields.extend_from_slice(more);
    desk.post(record, &fields).await
}

async fn finish(desk: &mut Browser, record: &str, shown: &Answer, more: &[(&str, &str)]) -> Answer {
    let (once, seen) = (hidden(shown, "once"), hidden(shown, "seen"));
    let mut fields = vec![
        ("once", once.as_str()),
        ("seen", seen.as_str()),
        ("country", "DE"),
        ("delivery", "counter"),
        ("finish", "1"),
    ];
    fields.extend_from_slice(more);
    desk.post(record, &fields).await
}

/// Sends the photo with all other fields, as a browser without scripts does.
async fn portray(desk: &mut Browser, record: &str, shown: &Answer, more: &[(&str, &str)]) {
    let (once, seen) = (hidden(shown, "once"), hidden(shown, "seen"));
    let mut fields = vec![("once", once.as_str()), ("seen", seen.as_str()), ("country", "DE"), ("delivery", "counter")];
    fields.extend_from_slice(more);
    let picture = portrait(1);
    let photo = Upload { field: "photo", name: "me.png", bytes: &picture };
    assert_eq!(led_to(&desk.post_file(&format!("{record}/photo"), &fields, Some(&photo)).await), record);
}

/// The value of a hidden field.
fn hidden(answer: &Answer, name: &str) -> String {
    let text = answer.text();
    let value = text.split(&format!("name=\"{name}\" value=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_else(|| panic!("no field {name} in {text}")).to_owned()
}

#[track_caller]
fn one_primary(answer: &Answer) {
    let text = answer.text();
    assert_eq!(text.matches("class=\"primary\"").count(), 1, "{text}");
}

#[track_caller]
fn contains(answer: &Answer, parts: &[&str]) {
    let text = answer.text();
    for part in parts {
        assert!(text.contains(part), "{part:?} is missing in {text}");
    }
}
