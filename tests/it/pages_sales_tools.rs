//! What other programs read in receipts, vouchers and day tickets: pdftotext the words and sums, zbarimg the codes.
//!
//! With `PASSEPARTOUT_SHOTS=<folder>` the pages are kept as pictures, for people to look at.

use crate::support::TestApp;
use passepartout::kernel::roles::Role;
use serde_json::json;
use std::path::Path;
use std::process::Command;
use testkit::museum;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_programs_read_what_a_sale_prints() {
    let app = TestApp::on(db::Backend::Sqlite).await.furnished().await;
    museum::add_summer_code(&app.marketing(), None).await;
    let order = json!({
        "channel": "box_office", "codes": ["SOMMER26"], "expected_total": "76.00", "payment": {"method": "invoice"},
        "buyer": {"name": "Nguyễn Đặng 李", "language": "de", "address": {"lines": ["Am Markt 1"], "postal_code": "14467", "city": "Potsdam", "country": "DE"}},
        "items": [
            {"line": "1", "product": "tageskarte", "category": "adult", "house": "schloss", "date": "2026-07-11", "quantity": 3},
            {"line": "2", "product": "jahreskarte-gutschein", "category": "adult", "quantity": 1},
            {"line": "3", "product": "tageskarte", "category": "reduced", "house": "schloss", "quantity": 1},
            {"line": "4", "product": "tageskarte", "category": "child", "house": "schloss", "quantity": 1},
            {"line": "5", "product": "tageskarte", "category": "companion", "house": "schloss", "quantity": 1},
        ],
    });
    let made = app.shop().post("/api/v1/orders", &order).await;
    let order = if made.status == 201 { made.expect(201) } else { panic!("{}", made.text()) };
    let path = format!("/orders/{}", order["id"].as_str().expect("an id"));
    let mut till = app.browser_of(Role::Shop).await;
    let folder = tempfile::tempdir().expect("a folder");
    let codes: Vec<&str> =
        order["tickets"].as_array().expect("tickets").iter().filter_map(|one| one["card_code"].as_str()).collect();
    let voucher = order["tickets"]
        .as_array()
        .expect("tickets")
        .iter()
        .find_map(|one| one["voucher_code"].as_str())
        .expect("a voucher");
    for format in ["a4", "80mm"] {
        let mut files = Vec::new();
        for name in ["receipt", "tickets", "vouchers", "documents"] {
            let answer = till.get(&format!("{path}/{name}.pdf?format={format}")).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            let file = folder.path().join(format!("{name}-{format}.pdf"));
            std::fs::write(&file, answer.body).expect("a file");
            output(Command::new("qpdf").arg("--check").arg(&file));
            keep_picture(&file, &format!("{name}-{format}"));
            files.push(file);
        }
        let receipt = text_of(&files[0]);
        for part in [
            "Passepartout",
            "Rechnung",
            "Nguyễn Đặng ?",
            "14467 Potsdam",
            "Bestellung 2026-000001",
            "3 × Tageskarte",
            "9,60",
            "statt 36,00",
            "Aktion SOMMER26",
            "76,00",
            "Zu zahlen bis",
            "MwSt.",
            "71,03",
            "4,97",
        ] {
            assert!(receipt.contains(part), "{part} is missing in {receipt}");
        }
        let tickets = text_of(&files[1]);
        assert!(
            tickets.contains("11. Juli 2026")
                && tickets.contains("Schloss am See")
                && tickets.contains("Am Eingang vorzeigen"),
            "{tickets}"
        );
        let read = codes_of(&files[1], folder.path());
        assert_eq!(codes.len(), 6);
        for code in &codes {
            assert!(read.contains(*code), "a ticket's code is not in {read}");
            let seen =
                app.entry().post("/api/v1/entry/check", &json!({"code": code, "house": "schloss"})).await.expect(200);
            assert!(["admit", "attention", "refuse"].contains(&seen["verdict"].as_str().expect("a verdict")), "{seen}");
        }
        let words = text_of(&files[2]);
        assert!(
            words.contains("Gutschein für")
                && words.contains("Jahreskarte")
                && words.contains("Einlösbar bis 3. Juli 2029"),
            "{words}"
        );
        assert!(codes_of(&files[2], folder.path()).contains(voucher));
        let all = text_of(&files[3]);
        assert!(
            all.contains("Rechnung") && all.contains("Am Eingang vorzeigen") && all.contains("Gutschein für"),
            "{all}"
        );
    }
}

fn codes_of(pdf: &Path, folder: &Path) -> String {
    let stem = folder.join(pdf.file_stem().expect("a name"));
    output(Command::new("pdftoppm").args(["-r", "200", "-gray", "-png"]).arg(pdf).arg(&stem));
    let name = pdf.file_stem().expect("a name").to_string_lossy().into_owned();
    let pages = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let pages = pages.filter(|page| {
        page.extension().is_some_and(|end| end == "png")
            && page.file_name().is_some_and(|file| file.to_string_lossy().starts_with(&name))
    });
    output(Command::new("zbarimg").args(["--quiet", "--raw"]).args(pages))
}

fn text_of(pdf: &Path) -> String {
    output(Command::new("pdftotext").arg("-layout").arg(pdf).arg("-"))
}

fn keep_picture(pdf: &Path, name: &str) {
    let Some(folder) = std::env::var_os("PASSEPARTOUT_SHOTS") else { return };
    std::fs::create_dir_all(&folder).expect("a folder");
    output(Command::new("pdftoppm").args(["-r", "80", "-png"]).arg(pdf).arg(Path::new(&folder).join(name)));
}

fn output(command: &mut Command) -> String {
    let done = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}
