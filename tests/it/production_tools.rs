//! What other programs read in a run's print file: zbarimg the codes, pdftotext the names, pdfinfo the pages.

use crate::support::TestApp;
use serde_json::json;
use std::path::Path;
use std::process::Command;

/// Family names in the scripts that the layout's fonts must show.
const NAMES: [&str; 5] = ["Müßiggänger", "Wójcik-Żółć", "Παπαδόπουλος", "Щербакова", "Nguyễn Đặng"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_programs_read_what_was_issued() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let mut cards = Vec::new();
    for name in NAMES {
        cards.push(app.finished_card(name, None).await);
    }
    let run = app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201);
    let path = format!("/api/v1/print-runs/{}/files/cards.pdf", run["id"].as_str().expect("an id"));
    let folder = tempfile::tempdir().expect("a folder");
    let pdf = folder.path().join("cards.pdf");
    std::fs::write(&pdf, app.personalization().get(&path).await.body).expect("a file");

    let info = output(Command::new("pdfinfo").arg("-box").arg(&pdf));
    assert!(info.lines().any(|line| line.starts_with("Pages:") && line.ends_with(" 10")), "{info}");
    output(Command::new("qpdf").arg("--check").arg(&pdf));
    output(Command::new("pdftoppm").args(["-r", "300", "-gray", "-png"]).arg(&pdf).arg(folder.path().join("page")));
    for (place, card) in cards.iter().enumerate() {
        let (front, back) = (2 * place + 1, 2 * place + 2);
        let words = text_of(&pdf, front);
        assert!(words.contains(NAMES[place]), "{} is not in {words}", NAMES[place]);
        let read = output(
            Command::new("zbarimg").args(["--quiet", "--raw"]).arg(folder.path().join(format!("page-{back:02}.png"))),
        );
        let code = app.read(&card.sold).await["card"]["code"].as_str().expect("a code").to_owned();
        assert!(read.lines().any(|line| line == code), "the code of {} is not in {read}", NAMES[place]);
        assert!(read.lines().any(|line| line == card.number), "the number {} is not in {read}", card.number);
    }
}

fn text_of(pdf: &Path, page: usize) -> String {
    let page = page.to_string();
    output(Command::new("pdftotext").args(["-f", &page, "-l", &page]).arg(pdf).arg("-"))
}

fn output(command: &mut Command) -> String {
    let done = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}
