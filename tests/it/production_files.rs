//! What a run leaves behind: print files, manifests, portraits, previews. The same run gives the same bytes.

use crate::support::TestApp;
use crate::support::printing::FinishedCard;
use passepartout::cards::Delivery;
use passepartout::production::print_data::sha256;
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use testkit::Answer;

const FILES: [(&str, &str, &[u8]); 7] = [
    ("cards.pdf", "application/pdf", b"%PDF-1.7"),
    ("sheets.pdf", "application/pdf", b"%PDF-1.7"),
    ("manifest.csv", "text/csv; charset=utf-8", "\u{FEFF}position;".as_bytes()),
    ("manifest.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ("photos.zip", "application/zip", b"PK"),
    ("package.zip", "application/zip", b"PK"),
    ("sheets-bleed.pdf", "application/pdf", b"%PDF-1.7"),
];

on_both_databases! {
    async fn the_same_run_gives_the_same_bytes(app: TestApp) {
        let app = app.furnished().await;
        let cards = app.finished_cards(3).await;
        let run = app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201);
        let mut first = Vec::new();
        for (name, kind, beginning) in FILES {
            let answer = file(&app, &run, name).await;
            assert_eq!(answer.headers["content-type"], kind);
            let disposition = format!("attachment; filename=\"run-1-{name}\"");
            assert_eq!(answer.headers["content-disposition"], disposition.as_str());
            assert!(answer.body.starts_with(beginning), "{name} begins with {:?}", answer.body.get(..12));
            first.push(answer.body);
        }
        // What is known of a holder may change and files may be lost: the run stays what was frozen.
        let renamed = json!({"holder": {"given_name": "Eve", "family_name": "Changed"}});
        app.personalization().put(&format!("{}/personalization", cards[0].sold.path), &renamed).await;
        app.set_time("2026-09-01T08:00:00Z");
        for ((name, _, _), first) in FILES.iter().zip(first) {
            let key = format!("print-runs/{}/1-3/{name}", run["id"].as_str().expect("an id"));
            app.app.files.delete(&key).await.expect("deleted");
            assert!(file(&app, &run, name).await.body == first, "{name} has other bytes");
        }
    }

    async fn the_manifest_and_the_portraits_name_each_card_by_its_number(app: TestApp) {
        let app = app.furnished().await;
        let mut cards = app.finished_cards(1).await;
        cards.push(app.finished_card("=HYPERLINK(A1)", None).await);
        let run = app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201);
        let csv = file(&app, &run, "manifest.csv").await.text();
        let lines: Vec<&str> = csv.split("\r\n").collect();
        assert_eq!(lines.len(), 4, "a heading, two cards, an end: {csv}");
        assert!(lines[1].starts_with(&format!("1;{};", cards[0].number)), "{csv}");
        assert!(lines[2].contains(";'=HYPERLINK(A1);"), "{csv}");
        assert_eq!(names_in(&file(&app, &run, "photos.zip").await), cards.iter().map(photo).collect::<Vec<_>>());
        let sheet = part_of(&file(&app, &run, "manifest.xlsx").await, "xl/sharedStrings.xml");
        assert!(sheet.contains(&cards[0].number) && sheet.contains(">=HYPERLINK(A1)<"), "{sheet}");

        // The package for a print provider holds the same lists, and a hash of each of its files.
        let package = file(&app, &run, "package.zip").await;
        let mut names = ["cards.csv", "cards.xlsx", "proof.pdf"].map(str::to_owned).to_vec();
        names.extend(cards.iter().map(photo));
        names.push("manifest.json".to_owned());
        assert_eq!(names_in(&package), names);
        let manifest: Value = serde_json::from_str(&part_of(&package, "manifest.json")).expect("JSON");
        assert_eq!((&manifest["cards"], &manifest["photos"], &manifest["layouts"][0]["id"]), (&json!(2), &json!(2), &json!("mat")));
        let listed = manifest["files"][0].clone();
        let lines = part_of(&package, "cards.csv");
        assert_eq!(listed, json!({"name": "cards.csv", "bytes": lines.len(), "sha256": hex::encode(sha256(lines.as_bytes()))}));
        assert_eq!(lines, csv);

        let part = format!("/api/v1/print-runs/{}/files/manifest.csv?from=2&to=2", run["id"].as_str().expect("an id"));
        let csv = app.personalization().get(&part).await;
        csv.expect(200);
        assert!(csv.text().contains(&format!("\r\n2;{};", cards[1].number)), "{}", csv.text());
        assert!(!csv.text().contains(&cards[0].number));
        for query in ["from=0", "from=3", "to=3", "from=2&to=1"] {
            let path = format!("/api/v1/print-runs/{}/files/cards.pdf?{query}", run["id"].as_str().expect("an id"));
            app.personalization().get(&path).await.expect_invalid("from", "out_of_range");
        }
        let nowhere = "/api/v1/print-runs/0197d0a0-0000-7000-8000-000000000000/files/cards.pdf";
        app.personalization().get(nowhere).await.expect_refusal(404, "not_found");
    }

    async fn letters_go_to_where_the_holders_live_now(app: TestApp) {
        let app = app.furnished().await;
        let posted = app.finished_card("Posted", Some(Delivery::Mail {})).await;
        app.finished_card("Counter", None).await;
        let run = app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201);
        let path = format!("/api/v1/print-runs/{}/files/letters.pdf", run["id"].as_str().expect("an id"));
        let letters = app.mailroom().get(&path).await;
        letters.expect(200);
        assert!(letters.body.starts_with(b"%PDF-1.7"));
        assert!(app.personalization().get(&path).await.body == letters.body);
        app.mailroom().get(&format!("{path}?from=2")).await.expect_refusal(409, "none_by_mail");

        let moved = json!({"address": {"lines": ["Seestraße 12"], "postal_code": "14467", "city": "Potsdam", "country": "DE"}});
        app.personalization().put(&format!("{}/personalization", posted.sold.path), &moved).await.expect(200);
        assert!(app.mailroom().get(&path).await.body != letters.body, "the letter went to the old address");
        let unprintable = json!({"address": {"lines": ["李小龍"], "postal_code": "14467", "city": "Potsdam", "country": "DE"}});
        app.personalization().put(&format!("{}/personalization", posted.sold.path), &unprintable).await.expect(200);
        assert_eq!(app.mailroom().get(&path).await.expect_refusal(409, "letter_unprintable")["card"], posted.id);
        let fetched = json!({"delivery": {"kind": "counter"}});
        app.personalization().put(&format!("{}/personalization", posted.sold.path), &fetched).await.expect(200);
        app.mailroom().get(&path).await.expect_refusal(409, "none_by_mail");
        assert_eq!(app.shop().get(&path).await.status, 403);
    }

    async fn a_preview_shows_what_is_frozen(app: TestApp) {
        let app = app.furnished().await;
        let card = app.finished_card("Lovelace", None).await;
        let preview = async |query: &str| app.mailroom().get(&format!("{}/preview.png{query}", card.path())).await;
        let front = preview("").await;
        assert_eq!((front.status, &front.headers["content-type"]), (200, &"image/png".parse().expect("a value")));
        assert!(front.body.starts_with(b"\x89PNG"));
        assert_eq!(preview("?side=front").await.body, front.body);
        let back = preview("?side=back").await;
        assert!(back.body.starts_with(b"\x89PNG") && back.body != front.body);
        preview("?side=edge").await.expect_refusal(422, "invalid_input");
        let nobody = "/api/v1/cards/0197d0a0-0000-7000-8000-000000000000/preview.png";
        app.mailroom().get(nobody).await.expect_refusal(404, "not_found");
        let aside = app.finished_card("李小龍", None).await;
        let problem = app.mailroom().get(&format!("{}/preview.png", aside.path())).await.expect_refusal(409, "wrong_state");
        assert_eq!(problem["state"], "set_aside");
    }
}

async fn file(app: &TestApp, run: &Value, name: &str) -> Answer {
    let path = format!("/api/v1/print-runs/{}/files/{name}", run["id"].as_str().expect("an id"));
    let answer = app.personalization().get(&path).await;
    answer.expect(200);
    answer
}

fn photo(card: &FinishedCard) -> String {
    format!("photos/{}.jpg", card.number)
}

fn names_in(archive: &Answer) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(&archive.body)).expect("an archive");
    archive.file_names().map(|name| name.expect("a name").into_owned()).collect()
}

fn part_of(archive: &Answer, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(&archive.body)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("a text");
    text
}
