//! The mailroom as a browser without scripts sees it: lists, scans, handovers, returns, and what is undone.

use crate::pages_print::{contains, form_of, send};
use crate::support::many_cards::Many;
use crate::support::printing::{FinishedCard, pickup_in};
use crate::support::{Browser, TestApp, hidden_fields, led_to};
use passepartout::cards::{CardState, Delivery};
use passepartout::kernel::roles::Role;
use serde_json::json;
use testkit::Answer;

on_both_databases! {
    async fn to_post_and_to_lay_ready_are_two_lists_with_their_counts(app: TestApp) {
        let app = app.furnished().await;
        let first = app.printed_card("Lovelace", Some(Delivery::Mail {})).await;
        for many in [
            Many::posted(40, CardState::ReadyForDispatch),
            Many::laid_ready(12, CardState::ReadyForDispatch, "schloss"),
            Many::laid_ready(7, CardState::ReadyForDispatch, "stadtmuseum"),
            Many { delivery: None, ..Many::posted(3, CardState::ReadyForDispatch) },
            Many::laid_ready(5, CardState::Deposited, "schloss"),
            Many { days: 40, ..Many::laid_ready(2, CardState::Deposited, "stadtmuseum") },
            Many::posted(4, CardState::Returned),
        ] {
            app.many_cards(&first, many).await;
        }
        let mut mail = app.browser_of(Role::Mailroom).await;
        let page = mail.get("/mailroom").await;
        let tiles = [("41", "to post"), ("19", "to lay ready"), ("3", "at the counter"), ("7", "lie ready"), ("2", "overdue"), ("4", "came back")];
        for (count, word) in tiles {
            contains(&page, &[&format!("<span class=\"figure\">{count}</span> <span class=\"word\">{word}</span>")]);
        }
        assert_eq!(page.text().matches("class=\"primary\"").count(), 1);
        for (path, parts) in [
            ("/mailroom/post", &["41 cards", "12 St James&#39;s Square, London, SW1Y 4JH, GB", "Ada Lovelace"][..]),
            ("/mailroom/shelf", &["19 cards", "Schloss am See <span class=\"count\">12</span>", "Stadtmuseum <span class=\"count\">7</span>"]),
            ("/mailroom/shelf?house=schloss", &["12 cards", "Lay ready in Schloss am See"]),
            ("/mailroom/counter", &["3 cards", "Hand over"]),
            ("/mailroom/deposited", &["7 cards", "Schloss am See, A1"]),
            ("/mailroom/deposited?overdue=1", &["2 cards", "overdue"]),
            ("/mailroom/returned", &["4 cards", "Send again"]),
            ("/mailroom/post?q=nobody", &["No card fits this filter"]),
        ] {
            contains(&mail.get(path).await, parts);
        }
        for (path, rows) in [("/mailroom/post", 41), ("/mailroom/shelf?house=schloss", 12), ("/mailroom/deposited?overdue=1", 2)] {
            let export = path.replacen("/mailroom/", "", 1);
            let (list, query) = export.split_once('?').unwrap_or((&export, ""));
            let table = mail.get(&format!("/mailroom/{list}/export.csv?{query}")).await;
            assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
            assert_eq!(table.text().lines().count(), rows + 1, "{path}: the columns and the shown total");
        }
        let letters = mail.get("/mailroom/post/letters.pdf").await;
        assert_eq!((letters.status, &letters.body[..5]), (200, b"%PDF-".as_slice()));
        assert_eq!(mail.get("/mailroom/nothing").await.status, 404);
    }

    async fn twenty_scans_in_a_row_are_twenty_rows_and_each_card_is_posted_once(app: TestApp) {
        let app = app.furnished().await;
        let first = app.printed_card("Lovelace", Some(Delivery::Mail {})).await;
        app.many_cards(&first, Many::posted(19, CardState::ReadyForDispatch)).await;
        let numbers = numbers_in(&app).await;
        assert_eq!(numbers.len(), 20);
        let mut mail = app.browser_of(Role::Mailroom).await;
        let mut path = "/mailroom/post?carrier=DHL".to_owned();
        for number in &numbers {
            let page = mail.get(&path).await;
            let form = form_of(&page, "/mailroom/post/scan", &[("carrier", "DHL"), ("tracking", ""), ("scan", number)]);
            let taken = send(&mut mail, "/mailroom/post/scan", &form).await;
            assert_eq!(led_to(&taken), "/mailroom/post?carrier=DHL&read=1");
            assert_eq!(led_to(&send(&mut mail, "/mailroom/post/scan", &form).await), led_to(&taken), "a double click posts once");
            path = led_to(&taken).to_owned();
        }
        let page = mail.get(&path).await;
        contains(&page, &["Nothing is to be posted", "is posted.", "data-scan-result=\"good\"", "<span class=\"figure\">0</span> <span class=\"word\">to post"]);
        assert_eq!(page.text().matches("class=\"undo\"").count(), 20);
        let form = form_of(&page, "/mailroom/post/scan", &[("scan", &numbers[3])]);
        let again = send(&mut mail, "/mailroom/post/scan", &form).await;
        assert_eq!(again.status, 409);
        contains(&again, &["was posted already", "data-scan-result=\"attention\""]);
        let history = app.mailroom().get(&first.path()).await.expect(200)["history"].clone();
        let posted = history.as_array().expect("a history").iter().filter(|entry| entry["action"] == "card.dispatched").count();
        assert_eq!(posted, 1);
    }

    async fn a_wrong_card_is_refused_with_words_and_stays_where_it_is(app: TestApp) {
        let app = app.furnished().await;
        let pickup = app.printed_card("Pickup", Some(pickup_in("schloss"))).await;
        let counter = app.printed_card("Counter", None).await;
        let post = app.printed_card("Post", Some(Delivery::Mail {})).await;
        let unprinted = app.finished_card("Early", Some(Delivery::Mail {})).await;
        let mut mail = app.browser_of(Role::Mailroom).await;
        for (list, card, sentence) in [
            ("/mailroom/post", &pickup, "is to be picked up. Do not post it."),
            ("/mailroom/post", &counter, "is issued at the counter"),
            ("/mailroom/post", &unprinted, "does not belong here: ready to print"),
            ("/mailroom/shelf?house=stadtmuseum", &pickup, "in another house: Schloss am See"),
            ("/mailroom/shelf?house=schloss", &post, "is to be posted. Put it with the post."),
            ("/mailroom/returned", &post, "does not belong here: printed"),
        ] {
            let before = app.state_of(card).await;
            let refused = read(&mut mail, list, &card.number, &[("reason", "moved")]).await;
            assert_eq!(refused.status, 409, "{list}");
            contains(&refused, &[sentence, "data-scan-result=\"refused\""]);
            assert_eq!(app.state_of(card).await, before);
        }
        contains(&read(&mut mail, "/mailroom/post", "12345678901234", &[]).await, &["No card has this code or number"]);
        let code = app.read(&post.sold).await["card"]["code"].as_str().expect("a code").to_owned();
        assert_eq!(read(&mut mail, "/mailroom/post", &code, &[]).await.status, 303, "the code of the card does as well as its number");
        assert_eq!(app.state_of(&post).await, "dispatched");
    }

    async fn cards_are_laid_ready_by_scan_and_move_between_the_lists(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", Some(pickup_in("schloss"))).await;
        let mut mail = app.browser_of(Role::Mailroom).await;
        contains(&mail.get("/mailroom/shelf").await, &["Which house?", "/mailroom/shelf?house=schloss"]);
        let taken = read(&mut mail, "/mailroom/shelf?house=schloss", &card.number, &[("shelf", "Box 3")]).await;
        assert_eq!(led_to(&taken), "/mailroom/shelf?house=schloss&shelf=Box%203&read=1");
        contains(&mail.get(led_to(&taken)).await, &["lies ready.", "value=\"Box 3\"", "Nothing is to be laid ready"]);
        contains(&mail.get("/mailroom/deposited").await, &["1 card", "Schloss am See, Box 3"]);

        let way = format!("{}/way", page_of(&card));
        let asked = mail.get(&way).await;
        contains(&asked, &["How does the card of Ada Lovelace go on?", "Lay ready in Schloss am See", "as it is now", "12 St James&#39;s Square"]);
        assert_eq!(send(&mut mail, &way, &form_of(&asked, &way, &[])).await.status, 422);
        let moved = send(&mut mail, &way, &form_of(&asked, &way, &[("way", "mail")])).await;
        assert_eq!(led_to(&moved), "/mailroom/post");
        contains(&mail.get("/mailroom/post").await, &["1 card", "is now to be posted", "Ada Lovelace"]);
        contains(&mail.get("/mailroom/deposited").await, &["No card lies ready"]);
        let asked = mail.get(&way).await;
        let back = send(&mut mail, &way, &form_of(&asked, &way, &[("way", "pickup:stadtmuseum")])).await;
        assert_eq!(led_to(&back), "/mailroom/shelf?house=stadtmuseum");
        contains(&mail.get("/mailroom/shelf?house=stadtmuseum").await, &["1 card"]);
        for unknown in ["pickup:burg", "pigeon", "pickup"] {
            let asked = mail.get(&way).await;
            let refused = send(&mut mail, &way, &form_of(&asked, &way, &[("way", unknown)])).await;
            assert!([409, 422].contains(&refused.status), "{unknown}");
        }
        app.personalization().post("/api/v1/handovers", &json!({"card": card.id})).await.expect(201);
        contains(&mail.get(&way).await, &["its way is decided"]);
    }

    async fn many_cards_are_posted_together_after_a_question_in_numbers(app: TestApp) {
        let app = app.furnished().await;
        let first = app.printed_card("Lovelace", Some(Delivery::Mail {})).await;
        let ids = app.many_cards(&first, Many::posted(11, CardState::ReadyForDispatch)).await;
        let mut mail = app.browser_of(Role::Mailroom).await;
        let page = mail.get("/mailroom/post").await;
        let ticked = form_of(&page, "/mailroom/post/confirm", &[("card", &ids[0].to_string()), ("card", &ids[1].to_string()), ("ticked", "1")]);
        contains(&send(&mut mail, "/mailroom/post/confirm", &ticked).await, &["Give 2 cards to the post?"]);
        contains(&mail.get("/mailroom/post").await, &["12 cards"]);
        let none = form_of(&page, "/mailroom/post/confirm", &[("ticked", "1")]);
        contains(&send(&mut mail, "/mailroom/post/confirm", &none).await, &["No card is ticked"]);

        let all = form_of(&page, "/mailroom/post/confirm", &[("all", "1")]);
        let asked = send(&mut mail, "/mailroom/post/confirm", &all).await;
        contains(&asked, &["Give 12 cards to the post?", "They go to 1 address.", "and 4 more", "Post 12 cards"]);
        let form = form_of(&asked, "/mailroom/post", &[("carrier", "Deutsche Post"), ("tracking", "RR 1")]);
        let done = send(&mut mail, "/mailroom/post", &form).await;
        assert_eq!(led_to(&send(&mut mail, "/mailroom/post", &form).await), led_to(&done), "a reload posts nothing again");
        let page = mail.get(led_to(&done)).await;
        contains(&page, &["12 cards are posted.", "Nothing is to be posted", "href=\"/undo?from="]);

        let undo = link_after(&page, "class=\"undo\" href=\"/undo");
        let undo = format!("/undo{undo}");
        let asked = mail.get(&undo).await;
        contains(&asked, &["Take 12 steps back?", "It was the wrong list"]);
        let fields = hidden_fields(&asked, &undo.replace('&', "&#38;"));
        let mut form = fields.clone();
        form.push(("reason".to_owned(), "wrong-list".to_owned()));
        let undone = send(&mut mail, &undo, &form).await;
        assert_eq!(led_to(&undone), "/mailroom/post");
        contains(&mail.get("/mailroom/post").await, &["12 cards", "12 steps are undone."]);
        contains(&mail.get(&undo).await, &["There is nothing to undo"]);
        let gone = form_of(&asked, &undo.replace('&', "&#38;"), &[("reason", "slip")]);
        assert_eq!(led_to(&send(&mut mail, &undo, &gone).await), "/mailroom/post", "the same form leads where it led");
    }

    async fn of_cards_posted_together_one_that_moved_on_stops_all(app: TestApp) {
        let app = app.furnished().await;
        let cards = [app.printed_card("One", Some(Delivery::Mail {})).await, app.printed_card("Two", Some(Delivery::Mail {})).await];
        let mut mail = app.browser_of(Role::Mailroom).await;
        let page = mail.get("/mailroom/post").await;
        let asked = send(&mut mail, "/mailroom/post/confirm", &form_of(&page, "/mailroom/post/confirm", &[("all", "1")])).await;
        app.mailroom().post("/api/v1/dispatches", &json!({"cards": [cards[0].id]})).await.expect(201);
        let refused = send(&mut mail, "/mailroom/post", &form_of(&asked, "/mailroom/post", &[])).await;
        assert_eq!(refused.status, 409);
        contains(&refused, &["Something else happened to a card", "Give 1 card to the post?"]);
        assert_eq!(app.state_of(&cards[1]).await, "ready_for_dispatch");
    }

    async fn a_card_is_handed_over_after_name_and_photo_were_compared(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", Some(pickup_in("schloss"))).await;
        let deposit = json!({"cards": [card.id], "house": "schloss", "shelf": "A1", "pickup_code": "AB12"});
        app.mailroom().post("/api/v1/deposits", &deposit).await.expect(201);
        let mut desk = app.browser_of(Role::Personalization).await;
        let path = "/mailroom/handover";
        contains(&desk.get(path).await, &["Which card?"]);
        let unknown = desk.post("/mailroom/handover/scan", &[("scan", "nothing")]).await;
        assert_eq!(unknown.status, 404);
        contains(&unknown, &["No card has this code"]);
        let shown = desk.post("/mailroom/handover/scan", &[("scan", &card.number)]).await;
        let compare = desk.get(led_to(&shown)).await;
        contains(&compare, &["Ada Lovelace", "alt=\"Photo of Ada Lovelace\"", "Lies in Schloss am See, A1", "valid until 3 July 2027", "Pickup code"]);

        for (code, sentence) in [("", "Please type the pickup code"), ("XY99", "This is not the pickup code")] {
            let form = form_of(&compare, path, &[("picked_up_by", "Charles Babbage"), ("pickup_code", code)]);
            let refused = send(&mut desk, path, &form).await;
            assert_eq!(refused.status, 422);
            contains(&refused, &[sentence, "value=\"Charles Babbage\"", "aria-invalid=\"true\""]);
        }
        let form = form_of(&compare, path, &[("picked_up_by", "Charles Babbage"), ("pickup_code", "ab-12")]);
        assert_eq!(led_to(&send(&mut desk, path, &form).await), path);
        assert_eq!(led_to(&send(&mut desk, path, &form).await), path, "a reload hands nothing over again");
        contains(&desk.get(path).await, &["The card of Ada Lovelace is handed over.", &format!("{}/undo", page_of(&card))]);
        assert_eq!(app.state_of(&card).await, "handed_over");
        contains(&desk.get(&format!("{path}?card={}", id_of(&card))).await, &["cannot be handed over now"]);
        assert_eq!(desk.get(&format!("{path}?card=0197d0a0-0000-7000-8000-000000000000")).await.status, 404);
    }

    async fn what_comes_back_is_noted_with_its_reason_and_sent_again(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", Some(Delivery::Mail {})).await;
        app.mailroom().post("/api/v1/dispatches", &json!({"cards": [card.id]})).await.expect(201);
        let mut mail = app.browser_of(Role::Mailroom).await;
        let taken = read(&mut mail, "/mailroom/returned", &card.number, &[("reason", "unknown")]).await;
        assert_eq!(led_to(&taken), "/mailroom/returned?reason=unknown&read=1");
        let page = mail.get(led_to(&taken)).await;
        contains(&page, &["is taken back", "unknown at this address", "Send again"]);
        let path = format!("{}/make-ready", page_of(&card));
        let form = form_of(&page, &path, &[]);
        assert_eq!(led_to(&send(&mut mail, &path, &form).await), "/mailroom/returned");
        assert_eq!(led_to(&send(&mut mail, &path, &form).await), "/mailroom/returned");
        contains(&mail.get("/mailroom/returned").await, &["is ready for dispatch again", "No card came back"]);
        contains(&mail.get("/mailroom/post").await, &["1 card"]);
        let history = app.mailroom().get(&card.path()).await.expect(200)["history"].clone();
        assert!(history.as_array().expect("a history").iter().any(|entry| entry["reason"] == "unknown"), "{history}");
    }

    async fn a_step_is_undone_with_a_reason_for_some_minutes_and_later_with_a_right(app: TestApp) {
        let app = app.furnished().await;
        let card = app.printed_card("Lovelace", Some(Delivery::Mail {})).await;
        let mut mail = app.browser_of(Role::Mailroom).await;
        assert_eq!(read(&mut mail, "/mailroom/post", &card.number, &[]).await.status, 303);
        let path = format!("{}/undo", page_of(&card));
        app.wait_secs(15 * 60);
        let asked = mail.get(&path).await;
        contains(&asked, &["Take this step back?", "Ada Lovelace", "posted"]);
        let no_reason = send(&mut mail, &path, &form_of(&asked, &path, &[("reason", "other"), ("other", "")])).await;
        assert_eq!(no_reason.status, 422);
        contains(&no_reason, &["Please say why it is taken back"]);
        let undone = send(&mut mail, &path, &form_of(&asked, &path, &[("reason", "wrong-card")])).await;
        assert_eq!(led_to(&undone), page_of(&card));
        assert_eq!(app.state_of(&card).await, "ready_for_dispatch");
        let history = app.mailroom().get(&card.path()).await.expect(200)["history"].clone();
        assert!(history.as_array().expect("a history").iter().any(|entry| entry["action"] == "card.undone" && entry["reason"] == "wrong-card"), "{history}");

        assert_eq!(mail.get(&path).await.status, 403, "that it was printed is not the mailroom's to undo");
        assert_eq!(read(&mut mail, "/mailroom/post", &card.number, &[]).await.status, 303);
        app.wait_secs(15 * 60 + 1);
        let late = mail.get(&path).await;
        contains(&late, &["more than 15 minutes ago"]);
        assert!(!late.text().contains("name=\"reason\""));
        let form = form_of(&asked, &path, &[("reason", "slip")]);
        let form: Vec<_> = form.into_iter().map(|(name, value)| if name == "once" { (name, "another".to_owned()) } else { (name, value) }).collect();
        assert_eq!(send(&mut mail, &path, &form).await.status, 403);
        let mut admin = app.browser_of(Role::Admin).await;
        let asked = admin.get(&path).await;
        assert_eq!(send(&mut admin, &path, &form_of(&asked, &path, &[("reason", "slip")])).await.status, 303);
        assert_eq!(app.state_of(&card).await, "ready_for_dispatch");
    }

    async fn only_the_mailroom_posts(app: TestApp) {
        let app = app.furnished().await;
        let mut desk = app.browser_of(Role::Personalization).await;
        for path in ["/mailroom", "/mailroom/post", "/mailroom/post/letters.pdf", "/mailroom/shelf/export.csv"] {
            assert_eq!(desk.get(path).await.status, 403, "{path}");
        }
        assert_eq!(desk.post("/mailroom/post/scan", &[("scan", "1")]).await.status, 403);
        assert_eq!(desk.get("/mailroom/handover").await.status, 200);
        let mut mail = app.browser_of(Role::Mailroom).await;
        assert_eq!(mail.get("/print").await.status, 403);
    }
}

/// Reads a card in a list.
async fn read(browser: &mut Browser, list: &str, text: &str, typed: &[(&str, &str)]) -> Answer {
    let page = browser.get(list).await;
    let path = format!("{}/scan", list.split('?').next().expect("a path"));
    let mut form = form_of(&page, &path, typed);
    form.push(("scan".to_owned(), text.to_owned()));
    send(browser, &path, &form).await
}

/// The numbers of all cards that are ready for dispatch.
async fn numbers_in(app: &TestApp) -> Vec<String> {
    let cards = app.mailroom().get("/api/v1/cards?state=ready_for_dispatch&limit=100").await.expect(200);
    let number = |card: &serde_json::Value| card["number"].as_str().expect("a number").to_owned();
    cards["items"].as_array().expect("cards").iter().map(number).collect()
}

fn id_of(card: &FinishedCard) -> &str {
    card.id.as_str().expect("an id")
}

fn page_of(card: &FinishedCard) -> String {
    format!("/cards/{}", id_of(card))
}

/// The rest of a link that begins like this.
fn link_after(page: &Answer, start: &str) -> String {
    let text = page.text();
    let rest = text.split(start).nth(1).expect("a link");
    rest.split('"').next().expect("its end").replace("&#38;", "&")
}
