//! What other programs read in a run's print file: zbarimg the codes, pdftotext the names, pdfinfo the pages.

use crate::support::TestApp;
use crate::support::printing::{FinishedCard, pickup_in};
use passepartout::cards::Delivery;
use passepartout::kernel::roles::Role;
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_programs_read_letters_labels_and_lists() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    let family = app.household("Müßiggänger", &["Ada", "Ελένη", "Jürgen"], &Delivery::Mail {}, "de").await;
    let lying = app.printed_card("Wójcik-Żółć", Some(pickup_in("schloss"))).await;
    let place = json!({"cards": [lying.id], "house": "schloss", "shelf": "Regal7"});
    app.mailroom().post("/api/v1/deposits", &place).await.expect(201);
    let mut mail = app.browser_of(Role::Mailroom).await;
    let folder = tempfile::tempdir().expect("a folder");
    let id = |card: &FinishedCard| card.id.as_str().expect("an id").to_owned();
    let mut drawn = Vec::new();
    for (name, path) in [
        ("letter", format!("/mailroom/pack/letter.pdf?card={}", id(&family[1]))),
        ("label", format!("/mailroom/label.pdf?card={}", id(&lying))),
        ("list", "/mailroom/deposited/list.pdf".to_owned()),
    ] {
        let answer = mail.get(&path).await;
        assert_eq!(answer.status, 200, "{path}");
        let pdf = folder.path().join(format!("{name}.pdf"));
        std::fs::write(&pdf, &answer.body).expect("a file");
        output(
            Command::new("pdftoppm")
                .args(["-r", "300", "-gray", "-png", "-singlefile"])
                .arg(&pdf)
                .arg(folder.path().join(name)),
        );
        drawn.push((answer, pdf));
    }
    let read = |name: &str| {
        output(Command::new("zbarimg").args(["--quiet", "--raw"]).arg(folder.path().join(format!("{name}.png"))))
    };
    let name = drawn[0].0.headers["content-disposition"].to_str().expect("a name");
    let code: String = name.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(read("letter").trim(), code);
    assert_eq!(read("label").trim(), lying.number);
    for (place, words) in [
        (
            0,
            &[
                "Ihre 3 Karten",
                "Ada, Ελένη, Jürgen Müßiggänger",
                "Ελένη Müßiggänger",
                "12 St James's Square",
                "UNITED KINGDOM",
            ][..],
        ),
        (1, &["Ada Wójcik-Żółć", "Schloss am See", "Regal7"]),
        (2, &["Ada Wójcik-Żółć", "Schloss am See", "1 card, as of", "____"]),
    ] {
        let text = text_of(&drawn[place].1, 1);
        for word in words {
            assert!(text.contains(word), "{word} is not in {text}");
        }
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
