//! Codes from files and into files: what other programs write is understood, what they spoiled is told, and nothing is made twice.

use crate::support::{TestApp, Upload, led_to};
use passepartout::kernel::random::{ChaChaRandom, RandomSource};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Instant;

/// As openpyxl writes it: headings in German, a number, a formula, a date, a text that looks like a formula.
const WORKBOOK: &[u8] = include_bytes!("files/codes-openpyxl.xlsx");
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn with_offers(app: TestApp, keys: &[&str]) -> TestApp {
    let app = app.furnished().await;
    for key in keys {
        let offer = json!({"id": key, "name": key, "effect": {"type": "percent_off", "percent": "20"}});
        app.marketing().post("/api/v1/offers", &offer).await.expect(201);
    }
    app
}

async fn import(app: &TestApp, offer: &str, query: &str, bytes: &[u8]) -> Value {
    let path = format!("/api/v1/offers/{offer}/codes/import{query}");
    app.marketing().post_file(&path, "text/csv", bytes.to_vec()).await.expect(200)
}

fn tally(answer: &Value) -> [u64; 4] {
    ["rows", "added", "known", "wrong"].map(|name| answer[name].as_u64().expect("a count"))
}

fn remarks(answer: &Value) -> Vec<(u64, String)> {
    let remark = |remark: &Value| {
        (remark["row"].as_u64().expect("a row"), remark["reason"].as_str().expect("a reason").to_owned())
    };
    answer["remarks"].as_array().expect("remarks").iter().map(remark).collect()
}

/// All codes of an offer with what an import keeps of them.
async fn codes(app: &TestApp, offer: &str) -> BTreeMap<String, (bool, Value)> {
    let mut all = BTreeMap::new();
    let mut after = String::new();
    loop {
        let page = app.marketing().get(&format!("/api/v1/offers/{offer}/codes?limit=500{after}")).await.expect(200);
        for code in page["items"].as_array().expect("codes") {
            let text = code["code"].as_str().expect("a code").to_owned();
            all.insert(text, (code["enabled"].as_bool().expect("a state"), code["max_uses"].clone()));
        }
        match page["next"].as_str() {
            Some(next) => after = format!("&after={}", passepartout::web::pages::encode(next)),
            None => return all,
        }
    }
}

on_both_databases! {
    async fn files_of_other_programs_are_understood_row_by_row(app: TestApp) {
        let app = with_offers(app, &["press", "other"]).await;
        app.marketing().post("/api/v1/offers/other/codes", &json!({"code": "ELSEWHERE"})).await.expect(201);

        // A workbook: nothing is written while it is only looked at.
        let path = "/api/v1/offers/press/codes/import?preview=true";
        let looked = app.marketing().post_file(path, XLSX, WORKBOOK.to_vec()).await.expect(200);
        assert_eq!((looked["preview"].as_bool(), tally(&looked)), (Some(true), [8, 5, 0, 3]), "{looked}");
        assert!(codes(&app, "press").await.is_empty());
        let taken = import(&app, "press", "", WORKBOOK).await;
        assert_eq!(tally(&taken), [8, 5, 0, 3]);
        let expected = [(4, "number"), (5, "formula"), (6, "date"), (7, "uses"), (8, "shortened")];
        assert_eq!(remarks(&taken), expected.map(|(row, reason)| (row, reason.to_owned())));
        let there = codes(&app, "press").await;
        assert_eq!(there["00123"], (true, json!(5)), "its zeros are there");
        assert_eq!(there["123456"], (false, Value::Null));
        assert_eq!(there["=PRESSE"], (true, json!(3)), "a text is no formula");
        assert_eq!(tally(&import(&app, "press", "", WORKBOOK).await), [8, 0, 5, 3], "the same file changes nothing");
        assert_eq!(codes(&app, "press").await, there);

        // Texts of every kind.
        let semicolons = b"\xEF\xBB\xBFCode;Nutzungen;Aktiv\r\n\"B;1\";2;ja\r\n'=1+1;;\r\nELSEWHERE;;\r\npresse a;9;\r\nPRESSEA\xD0\x90;;\r\n".to_vec();
        let answer = import(&app, "press", "?max_uses=7", &semicolons).await;
        assert_eq!(tally(&answer), [5, 3, 1, 1], "{answer}");
        assert_eq!(answer["remarks"][0]["about"], "other");
        let there = codes(&app, "press").await;
        assert_eq!((&there["B;1"], &there["=1+1"]), (&(true, json!(2)), &(true, json!(7))));
        assert_eq!(there["PRESSE-A"], (true, json!(1)), "what is there stays as it is");
        assert_eq!(tally(&import(&app, "press", "", b"code\nGr\xFCn-1\nB0NN\nBONN\n").await), [3, 2, 0, 1], "Latin-1");
        assert!(codes(&app, "press").await.contains_key("Grün-1"));
        let wide: Vec<u8> = "\u{FEFF}code\tuses\nÅ9\t4\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(tally(&import(&app, "press", "", &wide).await), [1, 1, 0, 0], "UTF-16");
        assert_eq!(tally(&import(&app, "press", "", b"BARE1\nBARE2\n").await), [2, 2, 0, 0], "one column needs no heading");

        // What is no table of codes is refused as a whole.
        for (bytes, reason) in [(&b""[..], "empty"), (b"a,b\n1,2\n", "no_code_column"), (b"\xD0\xCF\x11\xE0", "old_workbook"), (b"PK\x03\x04x", "damaged"), (b"GIF89a\0\0\0\0\x01", "no_table")] {
            app.marketing().post_file("/api/v1/offers/press/codes/import", "text/csv", bytes.to_vec()).await.expect_invalid("file", reason);
        }
        app.marketing().post_file("/api/v1/offers/none/codes/import", "text/csv", b"A1".to_vec()).await.expect_refusal(404, "not_found");
        assert_eq!(tally(&import(&app, "press", "?code_column=2", b"a,b\n1,XY12\n").await), [1, 1, 0, 0]);
    }

    async fn what_is_exported_can_be_imported_again(app: TestApp) {
        let app = with_offers(app, &["old"]).await;
        let random: &dyn RandomSource = &ChaChaRandom::seeded(7);
        let signs: Vec<char> = "=+-@'\";,|\t %<>&äßЖ☂aB3".chars().collect();
        let mut file = String::from("code;max_uses;enabled\n");
        for number in 0..300 {
            let length = random.bytes::<1>()[0] % 9;
            let text: String = (0..length).map(|_| signs[usize::from(random.bytes::<1>()[0]) % signs.len()]).collect();
            let uses = if number % 3 == 0 { String::new() } else { (number + 1).to_string() };
            let quoted = format!("{text}{number}").replace('"', "\"\"");
            let enabled = if number % 5 == 0 { "no" } else { "yes" };
            writeln!(file, "\"{quoted}\";{uses};{enabled}").expect("a line");
        }
        assert_eq!(tally(&import(&app, "old", "", file.as_bytes()).await)[1], 300);
        let before = codes(&app, "old").await;
        for ending in ["csv", "xlsx"] {
            let file = app.marketing().get(&format!("/api/v1/offers/old/codes/export.{ending}")).await.body;
            let again = import(&app, "old", "", &file).await;
            assert_eq!((tally(&again)[1], tally(&again)[2]), (0, 300), "{ending}: {again}");
            for code in before.keys() {
                let path = format!("/api/v1/codes/{}", passepartout::web::pages::encode(&pricing::fold_code(code)).replace('/', "%2F"));
                app.marketing().delete(&path).await.expect(204);
            }
            assert_eq!(tally(&import(&app, "old", "", &file).await)[1], 300, "{ending}");
            assert_eq!(codes(&app, "old").await, before, "{ending}");
        }
    }

    async fn a_file_is_looked_at_mended_and_taken_on_pages(app: TestApp) {
        let app = with_offers(app, &["press"]).await;
        let mut marketing = app.browser_of(Role::Marketing).await;
        let path = "/campaigns/press/codes/import";
        for sample in ["/campaigns/codes/sample.csv", "/campaigns/codes/sample.xlsx"] {
            let file = marketing.get(sample).await.body;
            let upload = Upload { field: "file", name: "sample", bytes: &file };
            let answer = marketing.post_file(path, &[], Some(&upload)).await;
            assert!(marketing.get(led_to(&answer)).await.text().contains("3 new codes."));
        }
        let no_table = Upload { field: "file", name: "x.gif", bytes: b"GIF89a\0\0\0\0\x01" };
        let refused = marketing.post_file(path, &[], Some(&no_table)).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("This file is no table."), "{}", refused.text());

        // No heading is known: the columns are chosen.
        let file = b"Nr,Text,Mal\n1,PRESS-1,3\n2,1E+05,x\n3,<b>,\n".to_vec();
        let upload = Upload { field: "file", name: "x.csv", bytes: &file };
        let there = led_to(&marketing.post_file(path, &[], Some(&upload)).await).to_owned();
        let page = marketing.get(&there).await.text();
        assert!(page.contains("<option value=\"1\" selected>1 · Nr"), "{page}");
        let chosen = format!("{there}?code=2&uses=3&headings=1");
        let page = marketing.get(&chosen).await.text();
        for part in ["2 new codes.", "One row is left out.", "The uses are no whole number", "&#60;b&#62;", "problems.csv?code=2&#38;uses=3"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        let problems = marketing.get(&format!("{there}/problems.csv?code=2&uses=3&headings=1")).await.text();
        assert!(problems.contains("3;1E+05;") && problems.lines().count() == 2, "{problems}");
        let form = [("once", "a-token-of-this-form"), ("code", "2"), ("uses", "3"), ("headings", "1"), ("max_uses", "")];
        for _ in 0..2 {
            assert_eq!(led_to(&marketing.post(&there, &form).await), path);
        }
        let page = marketing.get(path).await.text();
        assert!(page.contains("Files taken so far"), "{page}");
        assert_eq!(codes(&app, "press").await.len(), 2);
        assert!(marketing.get(&chosen).await.text().contains("This very file was taken on"));
        assert_eq!(marketing.get(&format!("{path}/{}", "0".repeat(64))).await.status, 404);

        // A day later the file is forgotten.
        app.wait_secs(25 * 3_600);
        app.run_jobs().await;
        let mut marketing = app.sign_in_again(Role::Marketing).await;
        assert_eq!(marketing.get(&there).await.status, 404);
    }

    async fn many_codes_come_and_go_quickly(app: TestApp) {
        let app = with_offers(app, &["many", "more"]).await;
        let begun = Instant::now();
        let batch = json!({"count": 100_000, "prefix": "H-", "length": 9, "max_uses": 1});
        let made = app.marketing().post("/api/v1/offers/many/codes/batch", &batch).await.expect(201);
        let generated = begun.elapsed();
        assert_eq!(made["codes"].as_array().map(Vec::len), Some(100_000));

        let begun = Instant::now();
        let file = app.marketing().get("/api/v1/offers/many/codes/export.csv").await.body;
        let exported = begun.elapsed();
        let file = String::from_utf8(file).expect("UTF-8");
        assert_eq!(file.lines().count(), 100_001);
        let other = file.replace("H-", "Z-");
        let begun = Instant::now();
        assert_eq!(tally(&import(&app, "more", "", other.as_bytes()).await), [100_000, 100_000, 0, 0]);
        let imported = begun.elapsed();
        eprintln!("100,000 codes: generated in {generated:?}, exported in {exported:?}, imported in {imported:?}");

        // A large batch is completed by a job, and nobody waits for it.
        let batch = json!({"count": 120_000, "prefix": "L-", "length": 10});
        let made = app.marketing().post("/api/v1/offers/more/codes/batch", &batch).await.expect(201);
        assert_eq!((made["count"].as_u64(), made["codes"].as_array().map(Vec::len)), (Some(120_000), Some(0)));
        app.run_jobs().await;
        let mut marketing = app.browser_of(Role::Marketing).await;
        let page = marketing.get("/campaigns/more/codes").await.text();
        assert!(page.contains("220,000 codes in all"), "{page}");
    }
}
