//! A card printer in the administration, and a run on it that ends in a jam.

use crate::support::TestApp;
use crate::support::chromium::{Chromium, Setup};
use crate::support::ipp_printer::IppPrinter;
use passepartout::kernel::roles::Role;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_printer_is_registered_a_jam_is_seen_and_what_came_out_is_read() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let cards = app.finished_cards(6).await;
    let printer = IppPrinter::start();
    let desk = Chromium::at(&app, Setup::DESK).await;
    desk.sign_in(&app, &[Role::Admin]).await;
    desk.open("/admin/printers").await;
    desk.says(&["No card printer is connected"]).await;
    desk.go_on().await;
    desk.arrives_at("/admin/printers/new").await;
    desk.type_into("name", "Evolis in the workshop").await;
    desk.type_into("key", "evolis").await;
    desk.type_into("uri", "ipp://kim:secret@printer/").await;
    desk.shot("printer-new-1280").await;
    desk.go_on().await;
    desk.says(&["leave user and password out"]).await;
    desk.ask("document.getElementById('uri').value = ''").await;
    desk.type_into("uri", &printer.uri()).await;
    desk.click("input[name=trust][value=device]").await;
    desk.go_on().await;
    desk.arrives_at("/admin/printers/evolis").await;
    desk.says(&["ready", "Test card"]).await;
    desk.click("#test-card button").await;
    desk.says(&["on its way"]).await;
    app.attend_until("a test card", async || printer.printed().len() == 2).await;
    app.attend_until("the end of the job", async || {
        desk.open("/admin/printers/evolis").await;
        desk.text().await.contains("Last test card: printed")
    })
    .await;
    desk.shot("printer-1280").await;

    let run = app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201);
    let run = format!("/print-runs/{}", run["id"].as_str().expect("an id"));
    app.run_jobs().await;
    printer.trouble("jam", "3");
    printer.trouble("abort", "5");
    desk.open(&run).await;
    desk.says(&["Evolis in the workshop", "Send to the printer"]).await;
    desk.shot("print-run-send-1280").await;
    desk.go_on().await;
    desk.says(&["6 cards on their way"]).await;
    app.attend_until("a jam on the page", async || desk.text().await.contains("card jam")).await;
    desk.says(&["2 of 6"]).await;
    desk.shot("print-run-jam-1280").await;
    desk.resize(320, 700).await;
    desk.assert_fits().await;
    desk.shot("print-run-jam-320").await;
    desk.resize(Setup::DESK.width, Setup::DESK.height).await;
    printer.mend("jam");
    app.attend_until("an abort on the page", async || desk.text().await.contains("To be checked")).await;
    desk.says(&["The printer gave up."]).await;
    assert_eq!(desk.ask("return document.querySelectorAll('main .primary').length").await, 1);
    desk.shot("print-run-to-check-1280").await;
    desk.go_on().await;
    desk.arrives_where(|path| path.starts_with("/print-jobs/")).await;
    desk.says(&["The printer counted 8 of 12 sides.", "6 cards were not read"]).await;
    for (place, card) in cards[..4].iter().enumerate() {
        desk.scan(&card.number).await;
        desk.says(&[&format!("card {} of this run", place + 1)]).await;
    }
    desk.shot("print-job-1280").await;
    desk.resize(320, 700).await;
    desk.assert_fits().await;
    desk.shot("print-job-320").await;
    desk.resize(Setup::DESK.width, Setup::DESK.height).await;
    desk.go_on().await;
    desk.arrives_at(&run).await;
    desk.until("document.body.innerText.includes('Back in the queue: 2')").await;
    for (place, card) in cards.iter().enumerate() {
        let state = if place < 4 { "ready_for_dispatch" } else { "ready_to_print" };
        assert_eq!(app.state_of(card).await, state, "card {place}");
    }
}
