//! Print runs of more cards than fit into one file or one transaction: they are prepared piece by piece, and go on where a server died.

use crate::support::TestApp;
use db::Conn;
use lopdf::Document;
use passepartout::kernel::ids::PrintRunId;
use passepartout::kernel::roles::Role;
use passepartout::production::join_run::join_next;
use passepartout::production::prepare_files::prepare_files;
use passepartout::production::print_data::{PORTRAIT, file_key};
use passepartout::production::start_run::{StartRunError, Wanted, start_run};
use passepartout::production::store::print_data::of_card;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::copies::Original;

/// Three pieces of a file, the last one short.
const CARDS: u32 = 205;

on_both_databases! {
    async fn a_long_run_is_prepared_piece_by_piece_and_goes_on_where_a_server_died(app: TestApp) {
        let app = app.furnished().await;
        let numbers = many_ready(&app, CARDS).await;
        let desk = app.personalization();
        let run = desk.post("/api/v1/print-runs", &json!({"max": 10_000})).await.expect(201);
        assert_eq!((&run["cards"], &run["rendered"], &run["prepared"]), (&json!(CARDS), &json!(100), &json!(0)));
        let path = format!("/api/v1/print-runs/{}", id(&run));
        let seen = desk.get(&path).await.expect(200);
        assert_eq!((&seen["cards"], &seen["rendered"], &seen["state"]), (&json!(CARDS), &json!(CARDS), &json!("open")), "who waits finds it whole");
        assert_eq!(members(&app, &path).await, numbers, "each card once, in the order in which they were made");

        // One piece is made; then the server dies in the middle of the second, of which half a file is left.
        prepare_files(app.app.clone(), id(&run).to_owned()).await.expect("a step");
        assert_eq!(desk.get(&path).await.expect(200)["prepared"], 100);
        let kept = |piece: &str| format!("print-runs/{}/{piece}/cards.pdf", id(&run));
        let first = app.app.files.get(&kept("1-100")).await.expect("the first piece");
        app.app.files.put(&kept("1-100"), b"untouched".to_vec()).await.expect("stored");
        app.app.files.put(&kept("101-200"), b"half a file".to_vec()).await.expect("stored");
        app.run_jobs().await;
        assert_eq!(desk.get(&path).await.expect(200)["prepared"], json!(CARDS));
        assert_eq!(app.app.files.get(&kept("1-100")).await.expect("a piece"), b"untouched", "it goes on at card 101");
        app.app.files.put(&kept("1-100"), first).await.expect("stored");

        // The whole file is put together of its pieces; a part over their borders holds exactly its cards.
        let file = desk.get(&format!("{path}/files/cards.pdf")).await;
        assert_eq!(file.headers["content-length"], file.body.len().to_string().as_str());
        let whole = Document::load_mem(&file.body).expect("a PDF");
        let pages = |document: &Document| document.get_pages().len();
        assert_eq!(pages(&whole), 2 * CARDS as usize);
        assert!(desk.get(&format!("{path}/files/cards.pdf")).await.body == file.body, "the same bytes again");
        let part = desk.get(&format!("{path}/files/cards.pdf?from=99&to=102")).await;
        assert_eq!(pages(&Document::load_mem(&part.body).expect("a PDF")), 8);
        let lines = desk.get(&format!("{path}/files/manifest.csv?from=99&to=102")).await.text();
        let listed: Vec<&str> = lines.lines().skip(1).filter_map(|line| line.split(';').nth(1)).collect();
        assert_eq!(listed, numbers[98..102]);
        let photos = desk.get(&format!("{path}/files/photos.zip?from=99")).await.body;
        assert_eq!(zip::ZipArchive::new(std::io::Cursor::new(photos)).expect("an archive").len(), CARDS as usize - 98);

        let printed = desk.post(&format!("{path}/printed"), &json!({"cards": "all"})).await.expect(200);
        assert_eq!((&printed["printed"], &printed["state"]), (&json!(CARDS), &json!("closed")));
    }

    async fn cards_join_a_long_run_a_few_at_a_time(app: TestApp) {
        let app = app.furnished().await;
        let numbers = many_ready(&app, CARDS).await;
        let run = start(&app).await;
        let path = format!("/api/v1/print-runs/{run}");
        let desk = app.personalization();
        // The server dies after the second handful; meanwhile another card becomes ready, which belongs to no run.
        assert!(join_next(&app.app, &app.act(), run).await.expect("joined"));
        let seen = desk.get(&path).await.expect(200);
        assert_eq!((&seen["cards"], &seen["rendered"]), (&json!(CARDS), &json!(125)));
        app.wait_secs(60);
        let later = app.finished_card("Later", None).await;
        app.run_jobs().await;
        assert_eq!(members(&app, &path).await, numbers);
        assert_eq!(desk.get(&path).await.expect(200)["prepared"], json!(CARDS));
        assert_eq!(app.state_of(&later).await, "ready_to_print");
    }

    async fn a_long_run_that_is_cancelled_lets_all_cards_go(app: TestApp) {
        let app = app.furnished().await;
        many_ready(&app, CARDS).await;
        let run = start(&app).await;
        let path = format!("/api/v1/print-runs/{run}");
        prepare_files(app.app.clone(), run.to_string()).await.expect("a step");
        let desk = app.personalization();
        let cancelled = desk.post(&format!("{path}/cancel"), &json!({})).await.expect(200);
        assert_eq!((&cancelled["state"], &cancelled["cards"]), (&json!("cancelled"), &cancelled["withdrawn"]));
        app.run_jobs().await;
        assert_eq!(desk.get(&path).await.expect(200), cancelled, "nothing joins it any more");
        let next = desk.post("/api/v1/print-runs", &json!({})).await.expect(201);
        assert_eq!(next["cards"], json!(CARDS), "every card waits again");
    }

    async fn cards_are_chosen_by_their_age(app: TestApp) {
        let app = app.furnished().await;
        let old = app.finished_card("Old", None).await;
        app.wait_secs(3 * 24 * 60 * 60 + 1);
        app.finished_card("New", None).await;
        let desk = app.personalization();
        let before = json!({"finalized_before": "2026-07-05T00:00:00Z"});
        let mut browser = app.browser_of(Role::Personalization).await;
        let queue = browser.get("/print?age=3").await.text();
        assert!(queue.contains("Ada Old") && !queue.contains("Ada New"), "{queue}");
        assert!(browser.get("/print-runs/new?age=3").await.text().contains("name=\"max\" value=\"1\""));
        let run = desk.post("/api/v1/print-runs", &before).await.expect(201);
        assert_eq!(members(&app, &format!("/api/v1/print-runs/{}", id(&run))).await, [old.number]);
        desk.post("/api/v1/print-runs", &before).await.expect_refusal(409, "nothing_to_print");
    }
}

/// So many cards that are ready, and their numbers in the order in which they were made.
async fn many_ready(app: &TestApp, cards: u32) -> Vec<String> {
    let made = app.finished_card("Lovelace", None).await;
    let card = made.id.as_str().expect("an id").to_owned();
    let original = Original::find(&mut app.app.db.read().await.expect("a connection"), &card).await.expect("it");
    let copied = app.app.db.write(async move |tx: &mut Conn| {
        let mut keys = Vec::new();
        for number in 1..cards {
            keys.push(original.copy(tx, number, None).await?);
        }
        Ok::<_, db::DbError>(keys)
    });
    let (_, frozen) = of_card(&mut app.app.db.read().await.expect("a connection"), card.parse().expect("an id"))
        .await
        .expect("a row")
        .expect("a card");
    let portrait = app.app.files.get(&file_key(&frozen.expect("print data"), PORTRAIT)).await.expect("a portrait");
    for key in copied.await.expect("copies") {
        app.app.files.put(&key, portrait.clone()).await.expect("stored");
    }
    let listed = app.personalization().get("/api/v1/cards?state=ready_to_print&limit=500").await.expect(200);
    let numbers: Vec<String> = listed["items"]
        .as_array()
        .expect("cards")
        .iter()
        .map(|card| card["number"].as_str().expect("a number").to_owned())
        .collect();
    assert_eq!(numbers.len(), cards as usize);
    numbers
}

/// A run of all of them, as it stands when a server dies right after it was started.
async fn start(app: &TestApp) -> PrintRunId {
    let act = app.act();
    let run: PrintRunId = act.new_id();
    let wanted = Wanted { most: 10_000, ..Wanted::default() };
    let started = app.app.db.write(async move |tx: &mut Conn| -> Result<PrintRunId, StartRunError> {
        Ok(start_run(tx, &act, run, &wanted, &[]).await?.id)
    });
    started.await.expect("started")
}

/// The numbers of the cards of a run in their order; each stands there once.
async fn members(app: &TestApp, path: &str) -> Vec<String> {
    let listed = app.personalization().get(&format!("{path}/cards?limit=500")).await.expect(200);
    let cards = listed["items"].as_array().expect("cards");
    let positions: Vec<&Value> = cards.iter().map(|card| &card["position"]).collect();
    assert_eq!(positions, (1..=cards.len()).map(|place| json!(place)).collect::<Vec<_>>().iter().collect::<Vec<_>>());
    let numbers: Vec<String> = cards.iter().map(|card| card["number"].as_str().expect("a number").to_owned()).collect();
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
    numbers
}

fn id(run: &Value) -> &str {
    run["id"].as_str().expect("an id")
}
