//! Card printers over IPP: when a card counts as printed, and that no trouble prints one twice.
//!
//! `PASSEPARTOUT_RUN_CARDS` says how many cards the run with every trouble has, 60 by default.

use crate::support::annual_tickets::Wish;
use crate::support::ipp_printer::{IppPrinter, card_numbers};
use crate::support::many_cards::Many;
use crate::support::printing::FinishedCard;
use crate::support::{TestApp, hidden_fields, led_to};
use passepartout::cards::CardState;
use passepartout::jobs;
use passepartout::kernel::roles::Role;
use passepartout::production::printer_door::Door;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

on_both_databases! {
    async fn a_run_is_printed_in_loads_and_its_jams_are_seen(app: TestApp) {
        let app = app.furnished().await;
        let (printer, run) = loaded(&app, 53, "device").await;
        printer.trouble("jam", "2");
        printer.trouble("empty", "4");
        print(&app, &run, json!({"printer": "evolis"})).await.expect(200);
        print(&app, &run, json!({"printer": "evolis"})).await.expect_refusal(409, "printer_in_use");
        app.attend_until("a jam", async || says(&app, &run, "media-jam").await).await;
        let job = jobs_of(&app, &run).await[0].clone();
        assert_eq!((&job["state"], &job["cards"], &job["impressions"]), (&json!("sent"), &json!(50), &json!(2)));
        assert_eq!(job["says"], json!([{"keyword": "media-jam", "stops": true}]));
        assert_eq!(read(&app, &run).await["printed"], 0, "nothing counts before the printer says so");
        printer.mend("jam");
        app.attend_until("an empty feeder", async || says(&app, &run, "media-empty").await).await;
        printer.mend("empty");
        app.attend_until("the end of the run", async || read(&app, &run).await["state"] == "closed").await;
        let after = read(&app, &run).await;
        assert_eq!((&after["printed"], &after["spoiled"], &after["verified"]), (&json!(53), &json!(0), &json!(0)));
        let jobs: Vec<(Value, Value)> = jobs_of(&app, &run).await.iter().map(|job| (job["state"].clone(), job["cards"].clone())).collect();
        assert_eq!(jobs, [(json!("printed"), json!(3)), (json!("printed"), json!(50))]);
        assert_eq!(printer.printed().len(), 106, "two sides of each card");
        print(&app, &run, json!({"printer": "evolis"})).await.expect_refusal(409, "nothing_to_print");
    }

    async fn after_an_abort_what_came_out_is_read_and_the_others_go_back(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(6).await;
        let printer = IppPrinter::start();
        app.add_printer("evolis", &printer.uri(), "device").await;
        let run = start(&app).await;
        printer.trouble("abort", "4");
        print(&app, &run, json!({"printer": "evolis", "from": 1, "to": 5})).await.expect(200);
        let job = to_check(&app, &run).await;
        assert_eq!((&job["why"], &job["impressions"], &job["cards"]), (&json!("aborted"), &json!(6), &json!(5)));
        assert_eq!(read(&app, &run).await["printed"], 0, "an aborted job confirms nothing");
        // The sixth card is free meanwhile, and a job of its own.
        printer.mend("abort");
        print(&app, &run, json!({"printer": "evolis"})).await.expect(200);
        app.attend_until("the sixth card", async || app.state_of(&cards[5]).await == "ready_for_dispatch").await;
        for card in &cards[..3] {
            scan(&app, &run, card).await;
        }
        end_check(&app, &job, "printed").await.expect_refusal(409, "read_each_card");
        assert_eq!(end_check(&app, &job, "queue").await.expect(200)["state"], "checked");
        end_check(&app, &job, "queue").await.expect_refusal(409, "wrong_state");
        let states = states(&app, &cards).await;
        assert_eq!(states, ["ready_for_dispatch", "ready_for_dispatch", "ready_for_dispatch", "ready_to_print", "ready_to_print", "ready_for_dispatch"]);
        let after = read(&app, &run).await;
        assert_eq!((&after["state"], &after["printed"], &after["withdrawn"]), (&json!("closed"), &json!(4), &json!(2)));
        let sent = card_numbers(&printer.files());
        let different: BTreeSet<&String> = sent.iter().collect();
        assert_eq!((sent.len(), different.len()), (6, 6), "each card was sent once: {sent:?}");
    }

    async fn a_cancelled_job_confirms_nothing_although_all_sides_were_made(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(2).await;
        let printer = IppPrinter::start();
        app.add_printer("evolis", &printer.uri(), "device").await;
        let run = start(&app).await;
        printer.trouble("slow", "0.3");
        print(&app, &run, json!({"printer": "evolis"})).await.expect(200);
        app.attend_until("a side", async || jobs_of(&app, &run).await[0]["impressions"].as_u64() >= Some(1)).await;
        let job = jobs_of(&app, &run).await[0].clone();
        app.personalization().post(&format!("{}/stop", job_path(&job)), &json!({})).await.expect(200);
        let job = to_check(&app, &run).await;
        assert_eq!((&job["why"], &job["impressions"]), (&json!("canceled"), &json!(4)), "this printer ends what it began");
        assert_eq!(states(&app, &cards).await, ["in_print_run", "in_print_run"]);
        scan(&app, &run, &cards[0]).await;
        scan(&app, &run, &cards[1]).await;
        let job = app.personalization().get(&job_path(&job)).await.expect(200);
        assert_eq!(job["state"], "checked", "with the last card that is read the look is over");
        assert_eq!(read(&app, &run).await["state"], "closed");
        app.personalization().post(&format!("{}/stop", job_path(&job)), &json!({})).await.expect_refusal(409, "wrong_state");
    }

    async fn a_printer_that_was_switched_off_has_forgotten_the_job(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(3).await;
        let mut printer = IppPrinter::start();
        app.add_printer("evolis", &printer.uri(), "device").await;
        let run = start(&app).await;
        printer.trouble("jam", "2");
        print(&app, &run, json!({"printer": "evolis"})).await.expect(200);
        app.attend_until("a jam", async || says(&app, &run, "media-jam").await).await;
        printer.switch_off();
        for _ in 0..5 {
            app.run_jobs().await;
            app.wait_secs(10);
        }
        assert_eq!(jobs_of(&app, &run).await[0]["state"], "sent", "a printer that is silent for a minute may come back");
        printer.mend("jam");
        printer.switch_on();
        // Somebody else's job has the number now.
        let other = Door::open(&printer.uri(), Duration::from_secs(10)).expect("an address");
        assert_eq!(other.create_job("something else").await.expect("a job").number, 1);
        let job = to_check(&app, &run).await;
        assert_eq!(job["why"], "vanished");
        scan(&app, &run, &cards[0]).await;
        assert_eq!(end_check(&app, &job, "again").await.expect(200)["state"], "checked");
        other.cancel(1).await.expect("cancelled");
        print(&app, &run, json!({"printer": "evolis"})).await.expect(200);
        app.attend_until("the end of the run", async || read(&app, &run).await["state"] == "closed").await;
        assert_eq!(states(&app, &cards).await, ["ready_for_dispatch"; 3]);
        assert_eq!(read(&app, &run).await["printed"], 3);
    }

    async fn a_busy_printer_is_asked_again_and_a_silent_one_is_given_up(app: TestApp) {
        let app = app.furnished().await;
        let (printer, run) = loaded(&app, 2, "device").await;
        let other = Door::open(&printer.uri(), Duration::from_mins(1)).expect("an address");
        let blocking = other.create_job("something else").await.expect("a job");
        print(&app, &run, json!({"printer": "evolis"})).await.expect(200);
        for _ in 0..6 {
            app.run_jobs().await;
            app.wait_secs(10);
        }
        assert_eq!(jobs_of(&app, &run).await[0]["state"], "waiting");
        assert!(other.find_job(&format!("{} 1", run["id"].as_str().expect("an id"))).await.expect("an answer").is_none());
        other.cancel(blocking.number).await.expect("cancelled");
        app.attend_until("the end of the run", async || read(&app, &run).await["state"] == "closed").await;
        assert_eq!(printer.printed().len(), 4);

        drop(printer);
        let more = more_cards(&app, 1).await;
        print(&app, &more, json!({"printer": "evolis"})).await.expect(200);
        for _ in 0..40 {
            app.run_jobs().await;
            app.wait_secs(30);
        }
        let job = jobs_of(&app, &more).await[0].clone();
        assert_eq!((&job["state"], &job["why"]), (&json!("released"), &json!("unreachable")));
        print(&app, &more, json!({"printer": "evolis"})).await.expect(200);
        let cancelled = app.personalization().post(&format!("{}/cancel", path(&more)), &json!({})).await.expect(200);
        assert_eq!(cancelled["withdrawn"], 0, "the printer may have them");
        app.attend_until("the end of the run", async || read(&app, &more).await["state"] == "cancelled").await;
    }

    async fn a_server_that_dies_again_and_again_prints_each_card_once(app: TestApp) {
        let app = app.furnished().await;
        let (printer, run) = loaded(&app, 60, "device").await;
        print(&app, &run, json!({"printer": "evolis"})).await.expect(200);
        for place in 0..120_u64 {
            // Falls at any of the points where the work waits for the database or the printer.
            let lived = Duration::from_millis(1 + place * 7 % 45);
            let _ = tokio::time::timeout(lived, jobs::run_due(&app.app)).await;
            app.wait_secs(41);
            if read(&app, &run).await["state"] == "closed" {
                break;
            }
        }
        app.attend_until("the end of the run", async || read(&app, &run).await["state"] == "closed").await;
        let after = read(&app, &run).await;
        assert_eq!((&after["printed"], printer.printed().len()), (&json!(60), 120));
        let jobs: Vec<Value> = jobs_of(&app, &run).await.iter().map(|job| job["state"].clone()).collect();
        assert_eq!(jobs, ["printed", "printed"]);
    }

    async fn of_a_run_with_every_trouble_each_card_ends_in_one_place(app: TestApp) {
        let app = app.furnished().await;
        let cards: usize = std::env::var("PASSEPARTOUT_RUN_CARDS").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
        let (printer, run) = loaded(&app, cards, "none").await;
        printer.trouble("jam", "3");
        let (mut numbers, mut after) = (Vec::new(), None::<String>);
        loop {
            let query = after.map(|after| format!("&after={after}")).unwrap_or_default();
            let page = app.personalization().get(&format!("{}/cards?limit=500{query}", path(&run))).await.expect(200);
            numbers.extend(page["items"].as_array().expect("a list").iter().cloned());
            after = page["next"].as_str().map(str::to_owned);
            if after.is_none() {
                break;
            }
        }
        let is_damaged = |place: u64| place == 7 || place == 20;
        for load in 0..cards.div_ceil(50) {
            print(&app, &run, json!({"printer": "evolis"})).await.expect(200);
            if load == 0 {
                app.attend_until("a jam", async || says(&app, &run, "media-jam").await).await;
                printer.mend("jam");
            }
            for place in 0..8_u64 {
                let _ = tokio::time::timeout(Duration::from_millis(2 + place * 11 % 37), jobs::run_due(&app.app)).await;
                app.wait_secs(41);
            }
            let job = to_check(&app, &run).await;
            assert_eq!(job["why"], "not_trusted");
            let mut in_job = numbers[load * 50..cards.min(load * 50 + 50)].to_vec();
            // One card was skipped: nobody finds it in the tray.
            in_job.retain(|card| card["position"] != 30);
            for card in &in_job {
                let place = card["position"].as_u64().expect("a place");
                if is_damaged(place) {
                    let spoiled = json!({"cards": [card["card"]], "reason": "smudged"});
                    app.personalization().post(&format!("{}/spoiled", path(&run)), &spoiled).await.expect(200);
                } else {
                    let code = json!({"code": card["number"]});
                    app.personalization().post(&format!("{}/scan-back", path(&run)), &code).await.expect(200);
                }
            }
            if load == 0 {
                end_check(&app, &job, "queue").await.expect(200);
            }
        }
        let end = read(&app, &run).await;
        let all = cards - 3;
        assert_eq!((&end["state"], &end["printed"], &end["verified"], &end["spoiled"], &end["withdrawn"]),
            (&json!("closed"), &json!(all), &json!(all), &json!(2), &json!(1)));
        assert_eq!(printer.printed().len(), cards * 2, "no card was printed twice");
        // A damaged card is made anew, under a number of its own; a skipped one is the same card still. What the deaths of the server
        // broke off is taken up again when its lease is over.
        app.wait_secs(3_600);
        app.run_jobs().await;
        let ticket = |card: &Value| card["annual_ticket"].as_str().expect("an id").to_owned();
        let waiting = app.personalization().get("/api/v1/cards?state=ready_to_print").await.expect(200);
        let waiting: BTreeSet<String> = waiting["items"].as_array().expect("a list").iter().map(ticket).collect();
        let mut expected = BTreeSet::new();
        for place in [7, 20, 30] {
            let card = numbers[place - 1]["card"].as_str().expect("an id");
            expected.insert(ticket(&app.personalization().get(&format!("/api/v1/cards/{card}")).await.expect(200)));
        }
        assert_eq!(waiting, expected, "damaged and skipped ones wait for another run");
    }

    async fn a_queue_is_believed_after_one_card_and_an_untrusted_printer_never(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(3).await;
        let printer = IppPrinter::start();
        app.add_printer("queue", &printer.uri(), "spooler").await;
        let run = start(&app).await;
        print(&app, &run, json!({"printer": "evolis"})).await.expect_refusal(422, "invalid_input");
        print(&app, &run, json!({"printer": "queue", "from": 4})).await.expect_refusal(422, "invalid_input");
        print(&app, &run, json!({"printer": "queue"})).await.expect(200);
        let job = to_check(&app, &run).await;
        assert_eq!((&job["why"], &job["impressions"]), (&json!("passed_on"), &json!(6)));
        end_check(&app, &job, "printed").await.expect_refusal(409, "read_each_card");
        scan(&app, &run, &cards[1]).await;
        assert_eq!(end_check(&app, &job, "printed").await.expect(200)["state"], "checked");
        assert_eq!(states(&app, &cards).await, ["ready_for_dispatch"; 3]);

        let mut changed = app.admin().get("/api/v1/printers/queue").await.expect(200);
        changed["trust"] = json!("none");
        app.admin().put("/api/v1/printers/queue", &changed).await.expect(200);
        let more = more_cards(&app, 2).await;
        print(&app, &more, json!({"printer": "queue"})).await.expect(200);
        assert_eq!(to_check(&app, &more).await["why"], "not_trusted");
    }

    async fn a_desk_prints_at_once_on_the_printer_of_its_house(app: TestApp) {
        let app = app.furnished().await;
        let (near, far) = (IppPrinter::start(), IppPrinter::start());
        app.add_printer("foyer", &far.uri(), "device").await;
        let mut body = app.add_printer("kasse", &near.uri(), "device").await;
        body["house"] = json!("schloss");
        app.admin().put("/api/v1/printers/kasse", &body).await.expect(200);
        let mut desk = app.browser_of(Role::Personalization).await;
        let mut printed = Vec::new();
        for turn in 0..2 {
            let (sold, ticket) = app.issue_complete(Wish::of("jahreskarte")).await;
            let card = ticket["card"]["id"].as_str().expect("a card").to_owned();
            let now = format!("/cards/{card}/print-now");
            let record = desk.get(&format!("/annual-tickets/{}", sold.id)).await;
            let once = hidden_fields(&record, &now);
            let once: Vec<_> = once.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(led_to(&desk.post(&now, &once).await), now);
            if turn == 0 {
                let page = desk.get(&now).await;
                let text = page.text();
                assert!(text.contains("Stadtmuseum") && text.contains("Schloss am See") && !text.contains("required checked"), "{text}");
                assert!(near.files().is_empty() && far.files().is_empty(), "in which house the desk stands is a question");
                let chosen = hidden_fields(&page, &now);
                let chosen = chosen.iter().map(|(name, value)| (name.as_str(), value.as_str()));
                let chosen: Vec<_> = chosen.chain([("printer", "kasse")]).collect();
                assert_eq!(led_to(&desk.post(&now, &chosen).await), now);
                assert_eq!(desk.cookie("counter_house"), Some("schloss"));
            }
            assert!(desk.get(&now).await.text().contains("Printer kasse"), "the page shows what the printer does");
            app.attend_until("the card", async || app.read(&sold).await["card"]["state"] == "ready_for_dispatch").await;
            assert_eq!(led_to(&desk.get(&now).await), format!("/mailroom/handover?card={card}"));
            printed.push(ticket["card"]["number"].as_str().expect("a number").to_owned());
        }
        assert_eq!(card_numbers(&near.files()), printed, "the second without a question");
        assert!(far.files().is_empty());

        // A printer that is busy says so, and another one can be chosen.
        near.trouble("jam", "1");
        let (_, ticket) = app.issue_complete(Wish::of("jahreskarte")).await;
        let (sold, waiting) = app.issue_complete(Wish::of("jahreskarte")).await;
        let path = |ticket: &Value| format!("/cards/{}/print-now", ticket["card"]["id"].as_str().expect("a card"));
        led_to(&desk.post(&path(&ticket), &[("once", "first")]).await);
        let busy = desk.post(&path(&waiting), &[("once", "second")]).await;
        assert!(busy.status == 409 && busy.text().contains("at another job"), "{}", busy.text());
        assert_eq!(app.read(&sold).await["card"]["state"], "ready_to_print", "nothing is half done");
        led_to(&desk.post(&path(&waiting), &[("once", "third"), ("printer", "foyer")]).await);
        app.attend_until("the other printer", async || app.read(&sold).await["card"]["state"] == "ready_for_dispatch").await;
        assert_eq!(desk.cookie("counter_house"), Some("stadtmuseum"));
        near.mend("jam");
    }

    async fn a_test_card_counts_nowhere_and_is_set_right(app: TestApp) {
        let app = app.furnished().await;
        let printer = IppPrinter::start();
        let mut body = app.add_printer("evolis", &printer.uri(), "device").await;
        body["turn_backs"] = json!(true);
        body["shift_right_mm"] = json!(0.25);
        app.admin().put("/api/v1/printers/evolis", &body).await.expect(200);
        let look = app.personalization().get("/api/v1/printers/evolis/status").await.expect(200);
        assert_eq!((&look["answers"], &look["stopped"]), (&json!(true), &json!(false)));
        let job = app.personalization().post("/api/v1/printers/evolis/test-card", &json!({})).await.expect(200);
        assert!(job.get("run").is_none());
        app.attend_until("a test card", async || app.personalization().get(&job_path(&job)).await.expect(200)["state"] == "printed").await;
        assert_eq!(printer.printed().len(), 2);
        let pdf = lopdf::Document::load(&printer.files()[0]).expect("a file");
        let pages: Vec<_> = pdf.get_pages().into_values().map(|page| pdf.get_page_content(page)).collect();
        let begins = |page: &[u8], with: &str| String::from_utf8_lossy(page).replace('\n', " ").trim_start().starts_with(with);
        assert!(begins(&pages[0], "q 1 0 0 1 0.70866") && begins(&pages[1], "q -1 0 0 -1 "), "{}", String::from_utf8_lossy(&pages[1][..60]));
        let runs = app.personalization().get("/api/v1/print-runs").await.expect(200);
        assert_eq!(runs["items"], json!([]));
    }

    async fn printers_are_kept_in_order(app: TestApp) {
        let app = app.furnished().await;
        let made = app.add_printer("evolis", "ipp://printer.example/ipp/print", "device").await;
        assert_eq!((&made["shift_right_mm"], &made["in_use"]), (&json!(0.0), &json!(true)));
        let with = |name: &str, value: Value| {
            let mut body = made.clone();
            body["key"] = json!("other");
            body[name] = value;
            body
        };
        for (name, value, path) in [
            ("uri", json!("ipp://kim:secret@printer/ipp"), "uri"),
            ("uri", json!("file:///etc/passwd"), "uri"),
            ("name", json!(" "), "name"),
            ("house", json!("burg"), "house"),
            ("shift_down_mm", json!(5.001), "shift_right_mm"),
            ("trust", json!("blind"), "trust"),
        ] {
            let problem = app.admin().post("/api/v1/printers", &with(name, value)).await.expect_refusal(422, "invalid_input");
            assert_eq!(problem["errors"][0]["path"], path);
        }
        app.admin().post("/api/v1/printers", &made).await.expect_refusal(409, "key_taken");
        app.personalization().post("/api/v1/printers", &made).await.expect_refusal(403, "forbidden");
        let mut retired = with("in_use", json!(false));
        retired["key"] = json!("evolis");
        assert_eq!(app.admin().put("/api/v1/printers/evolis", &retired).await.expect(200)["in_use"], false);
        app.personalization().post("/api/v1/printers/evolis/test-card", &json!({})).await.expect_refusal(409, "no_printer_set_up");
        assert_eq!(app.personalization().get("/api/v1/printers").await.expect(200)["items"].as_array().map(Vec::len), Some(1));
    }
}

/// A printer that is trusted so, and a run of so many cards.
async fn loaded(app: &TestApp, cards: usize, trust: &str) -> (IppPrinter, Value) {
    let printer = IppPrinter::start();
    app.add_printer("evolis", &printer.uri(), trust).await;
    (printer, more_cards(app, cards).await)
}

/// A run of so many new cards.
async fn more_cards(app: &TestApp, cards: usize) -> Value {
    let first = app.finished_card("Lovelace", None).await;
    app.many_cards(&first, Many::posted(cards - 1, CardState::ReadyToPrint)).await;
    start(app).await
}

/// A run of all cards that are ready.
async fn start(app: &TestApp) -> Value {
    app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201)
}

async fn print(app: &TestApp, run: &Value, body: Value) -> testkit::Answer {
    app.personalization().post(&format!("{}/print", path(run)), &body).await
}

async fn read(app: &TestApp, run: &Value) -> Value {
    app.personalization().get(&path(run)).await.expect(200)
}

/// The jobs of a run, the newest first.
async fn jobs_of(app: &TestApp, run: &Value) -> Vec<Value> {
    let jobs = app.personalization().get(&format!("{}/jobs", path(run))).await.expect(200);
    jobs["items"].as_array().expect("a list").clone()
}

/// Whether the printer of the newest job says so.
async fn says(app: &TestApp, run: &Value, keyword: &str) -> bool {
    let job = jobs_of(app, run).await[0].clone();
    job["says"].as_array().expect("a list").iter().any(|remark| remark["keyword"] == keyword)
}

/// The newest job, once it is to be checked.
async fn to_check(app: &TestApp, run: &Value) -> Value {
    app.attend_until("a job to check", async || jobs_of(app, run).await[0]["state"] == "to_check").await;
    jobs_of(app, run).await[0].clone()
}

async fn end_check(app: &TestApp, job: &Value, rest: &str) -> testkit::Answer {
    app.personalization().post(&format!("{}/checked", job_path(job)), &json!({"rest": rest})).await
}

async fn scan(app: &TestApp, run: &Value, card: &FinishedCard) {
    app.personalization().post(&format!("{}/scan-back", path(run)), &json!({"code": card.number})).await.expect(200);
}

async fn states(app: &TestApp, cards: &[FinishedCard]) -> Vec<Value> {
    let mut states = Vec::new();
    for card in cards {
        states.push(app.state_of(card).await);
    }
    states
}

fn path(run: &Value) -> String {
    format!("/api/v1/print-runs/{}", run["id"].as_str().expect("an id"))
}

fn job_path(job: &Value) -> String {
    format!("/api/v1/print-jobs/{}", job["id"].as_str().expect("an id"))
}
