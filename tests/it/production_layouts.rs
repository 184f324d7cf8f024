//! Layouts: the one of a fresh installation, their agreement, and cards that wait for one.

use crate::support::annual_tickets::Wish;
use crate::support::{TestApp, Upload, hidden_fields, led_to};

use db::Conn;
use passepartout::kernel::roles::Role;
use passepartout::production::LayoutVersion;
use passepartout::production::agree_layout::{AgreeLayoutError, agree_layout};
use passepartout::production::print_data::sha256;
use reqwest::Method;
use serde_json::{Value, json};
use std::io::Write as _;
use testkit::Answer;

on_both_databases! {
    async fn a_fresh_installation_has_an_agreed_layout(app: TestApp) {
        let layouts = app.admin().get("/api/v1/layouts").await.expect(200);
        assert_eq!(layouts["items"].as_array().map(Vec::len), Some(1));
        let mat = &layouts["items"][0];
        assert_eq!((&mat["id"], &mat["version"], &mat["state"]), (&json!("mat"), &json!(1), &json!("agreed")));
        let whole = app.admin().get("/api/v1/layouts/mat?version=1").await.expect(200);
        assert_eq!(whole["content_sha256"], mat["content_sha256"]);
        assert!(whole["file"].as_str().is_some_and(|file| file.contains("id = \"mat\"")));
        app.admin().get("/api/v1/layouts/mat?version=2").await.expect_refusal(404, "not_found");
        app.admin().get("/api/v1/layouts/salon").await.expect_refusal(404, "not_found");
    }

    async fn a_card_waits_for_its_layout_and_goes_on_by_itself(app: TestApp) {
        let app = app.furnished().await;
        let mut product = app.admin().get("/api/v1/products/saisonkarte").await.expect(200);
        product["layout"] = json!("salon");
        app.admin().put("/api/v1/products/saisonkarte", &product).await.expect(200);
        let (sold, body) = app.issue_complete(Wish::of("saisonkarte")).await;
        assert_eq!(body["card"]["state"], "waiting_for_layout");
        app.run_jobs().await;
        assert_eq!(app.read(&sold).await["card"]["state"], "waiting_for_layout", "looking again changes nothing");
        app.personalization().post("/api/v1/print-runs", &json!({})).await.expect_refusal(409, "nothing_to_print");

        agree(&app, "salon", 1, "Salon").await.expect("agreed");
        app.run_jobs().await;
        let card = app.read(&sold).await["card"].clone();
        assert_eq!(card["state"], "ready_to_print");
        let path = format!("/api/v1/cards/{}", card["id"].as_str().expect("an id"));
        let seen = app.personalization().get(&path).await.expect(200);
        assert_eq!((&seen["layout"], &seen["layout_version"]), (&json!("salon"), &json!(1)));
    }

    async fn what_was_agreed_never_changes(app: TestApp) {
        let first = agree(&app, "salon", 1, "Salon").await.expect("agreed");
        assert_eq!(agree(&app, "salon", 1, "Salon").await.expect("the same"), first);
        let other = agree(&app, "salon", 1, "Another salon").await;
        assert!(matches!(other, Err(AgreeLayoutError::VersionTaken { version: 1, .. })), "{other:?}");
        agree(&app, "salon", 2, "Another salon").await.expect("agreed");
        let newest = app.admin().get("/api/v1/layouts/salon").await.expect(200);
        assert_eq!((&newest["version"], &newest["title"]["en"]), (&json!(2), &json!("Another salon")));
        assert!(matches!(agree_file(&app, "schema = 1").await, Err(AgreeLayoutError::Mistakes(_))));
    }

    async fn a_layout_lives_from_its_draft_to_its_retirement(app: TestApp) {
        let app = app.furnished().await;
        let mut product = app.admin().get("/api/v1/products/saisonkarte").await.expect(200);
        product["layout"] = json!("house");
        app.admin().put("/api/v1/products/saisonkarte", &product).await.expect(200);
        let (sold, body) = app.issue_complete(Wish::of("saisonkarte")).await;
        assert_eq!(body["card"]["state"], "waiting_for_layout");

        // A draft may be unfinished; what stands in the way is told with its place.
        let crooked = house(1).replace("box = [5, 40, 40, 4]", "box = [5, 40, 80, 4]");
        let kept = upload(&app, archive(&crooked)).await.expect(201);
        assert_eq!((&kept["state"], &kept["findings"][0]["reason"]), (&json!("draft"), &json!("outside_safe_area")));
        assert!(kept["findings"][0]["line"].as_u64() > Some(20) && kept["findings"][0]["path"] == "sides.front.elements[1].box");
        let step = json!({ "version": 1 });
        let refused = app.admin().post("/api/v1/layouts/house/propose", &step).await.expect_refusal(422, "layout_invalid");
        assert_eq!(refused["findings"], kept["findings"]);
        assert_eq!(refused["errors"][0]["path"], "sides.front.elements[1].box");

        let kept = upload(&app, archive(&house(1))).await.expect(201);
        assert_eq!(kept["findings"], json!([]));
        let agree = |content: &Value, by: &str| json!({ "version": 1, "content_sha256": content, "by": by });
        let content = &kept["content_sha256"];
        app.admin().post("/api/v1/layouts/house/agree", &agree(content, "Kim")).await.expect_refusal(409, "wrong_state");
        let proposed = app.admin().post("/api/v1/layouts/house/propose", &step).await.expect(200);
        let proof = app.admin().get("/api/v1/layouts/house/proof.pdf?version=1").await;
        assert_eq!(proposed["proof_sha256"], hex::encode(sha256(&proof.body)));
        let other = json!("0".repeat(64));
        app.admin().post("/api/v1/layouts/house/agree", &agree(&other, "Kim")).await.expect_refusal(409, "layout_changed");
        app.admin().post("/api/v1/layouts/house/agree", &agree(content, " ")).await.expect_invalid("by", "bad_name");
        assert_eq!(app.read(&sold).await["card"]["state"], "waiting_for_layout");
        let agreed = app.admin().post("/api/v1/layouts/house/agree", &agree(content, "Kim Direktor")).await.expect(200);
        assert_eq!((&agreed["state"], &agreed["agreed_by"]), (&json!("agreed"), &json!("Kim Direktor")));
        app.run_jobs().await;
        assert_eq!(app.read(&sold).await["card"]["state"], "ready_to_print", "it goes on by itself");

        // What was agreed never changes, in any of its parts.
        upload(&app, archive(&crooked)).await.expect_refusal(409, "layout_version_taken");
        assert_eq!(upload(&app, archive(&house(1))).await.expect(201)["state"], "agreed", "the same again changes nothing");
        let run = app.personalization().post("/api/v1/print-runs", &json!({})).await.expect(201);
        let files = format!("/api/v1/print-runs/{}/files/cards.pdf", run["id"].as_str().expect("an id"));
        let cards = app.personalization().get(&files).await;
        assert_eq!(cards.status, 200);
        let masks = cards.body.windows(6).filter(|bytes| bytes == b"/SMask").count();
        assert_eq!(masks, 1, "the transparent picture of the layout");

        app.admin().post("/api/v1/layouts/house/retire", &step).await.expect(200);
        app.admin().post("/api/v1/layouts/house/retire", &step).await.expect_refusal(409, "wrong_state");
        let (_, body) = app.issue_complete(Wish::of("saisonkarte")).await;
        assert_eq!(body["card"]["state"], "waiting_for_layout", "nothing is made with it any more");
        let again = app.personalization().get(&files).await;
        assert!(again.body == cards.body, "what was made with it stays");
    }

    async fn what_is_no_layout_is_told_apart(app: TestApp) {
        for (bytes, reason) in [
            (Vec::new(), "layout_unreadable"),
            (b"\xFF\xD8\xFF".to_vec(), "layout_unreadable"),
            (b"PK\x03\x04".to_vec(), "layout_unreadable"),
            (b"schema = 1".to_vec(), "layout_invalid"),
            (b"schema = ".to_vec(), "layout_invalid"),
            (house(1).into_bytes(), "layout_invalid"),
        ] {
            let refused = upload(&app, bytes).await.expect_refusal(422, reason);
            assert_eq!(refused["findings"].is_array(), reason == "layout_invalid", "{refused}");
        }
        app.admin().get("/api/v1/layouts/house").await.expect_refusal(404, "not_found");
        app.admin().post("/api/v1/layouts/house/propose", &json!({ "version": 1 })).await.expect_refusal(404, "not_found");
    }

    async fn an_administrator_leads_a_layout_through_its_pages(app: TestApp) {
        let app = app.furnished().await;
        let mut admin = app.browser_of(Role::Admin).await;
        let start = admin.get("/admin/layouts").await;
        let form = hidden_fields(&start, "/admin/layouts");
        let fields: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let send = |bytes: &'static [u8]| Upload { field: "file", name: "layout.toml", bytes };
        let broken = admin.post_file("/admin/layouts", &fields, Some(&send(b"schema = 1\nid = 7"))).await;
        assert_eq!(broken.status, 422);
        assert!(broken.text().contains("line 2, column 6"), "{}", broken.text());
        let file = card_face::builtin::SALON.as_bytes();
        let done = admin.post_file("/admin/layouts", &fields, Some(&send(file))).await;
        assert_eq!(led_to(&done), "/admin/layouts/salon?version=1");
        let page = admin.get("/admin/layouts/salon?version=1").await;
        assert!(page.text().contains("no findings") && page.text().contains("Längster Fall (fr)"), "{}", page.text());

        for (step, by, shown) in [("propose", "", "Who agrees?"), ("agree", "Kim Direktor", "Retire"), ("retire", "", "Layout retired")] {
            let page = admin.get("/admin/layouts/salon?version=1").await;
            let mut fields = hidden_fields(&page, "/admin/layouts/salon/step");
            fields.extend([("step".to_owned(), step.to_owned()), ("by".to_owned(), by.to_owned())]);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let done = admin.post("/admin/layouts/salon/step", &fields).await;
            assert_eq!(led_to(&done), "/admin/layouts/salon?version=1", "{step}");
            let page = admin.get("/admin/layouts/salon?version=1").await.text();
            assert!(page.contains(shown), "{step}: {page}");
        }
        // A changed version stands beside it with what differs; any card is shown in it.
        let second = card_face::builtin::SALON.replace("version = 1", "version = 2").replace("state = \"agreed\"", "state = \"draft\"");
        let (head, rest) = second.split_once("[agreement]").expect("agreed once");
        let second = format!("{head}[applies]{}", rest.split_once("[applies]").expect("the next table").1).replace("size = 19", "size = 20");
        upload(&app, second.into_bytes()).await.expect(201);
        let page = admin.get("/admin/layouts/salon?version=2").await.text();
        assert!(page.contains("Changes since version 1") && page.contains("<code>size = 20</code>"), "{page}");
        let card = app.printed_card("Müller", None).await;
        let number = app.personalization().get(&card.path()).await.expect(200)["number"].clone();
        let picture = |number: &str| format!("/admin/layouts/salon/preview.png?version=2&side=front&holder={number}");
        let drawn = admin.get(&picture(number.as_str().expect("a number"))).await;
        assert!(drawn.status == 200 && drawn.body.starts_with(b"\x89PNG"), "{}", drawn.status);
        assert_eq!(admin.get(&picture("00000000000000")).await.status, 404);
        let proof = admin.get("/admin/layouts/salon/proof.pdf?version=2").await;
        assert!(proof.status == 200 && proof.body.starts_with(b"%PDF"));
    }
}

/// A plain layout with a picture.
fn house(version: u32) -> String {
    let sha256 = hex::encode(sha256(&seal()));
    format!(
        r#"schema = 1
id = "house"
version = {version}
languages = ["de"]
title = {{ de = "Haus" }}
[fonts]
regular = {{ family = "Libertinus Serif" }}
fallback = ["DejaVu Sans"]
[assets]
seal = {{ file = "seal.png", sha256 = "{sha256}", kind = "png" }}
[[variables]]
name = "holder.name"
type = "text"
example = "Zoë Müller"
longest = "Maximiliane von Hohenzollern"
[sides.front]
[[sides.front.elements]]
type = "image"
asset = "seal"
box = [60, 5, 5, 5]
[[sides.front.elements]]
type = "text"
text = "{{holder.name}}"
box = [5, 40, 40, 4]
min_size = 5
[sides.back]
[[sides.back.elements]]
type = "qr"
data = "{{card.qr}}"
box = [5, 8, 20, 20]
"#
    )
}

/// A picture that is transparent in one half.
fn seal() -> Vec<u8> {
    let picture = image::RgbaImage::from_fn(64, 64, |x, _| image::Rgba([181, 52, 27, if x < 32 { 255 } else { 0 }]));
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).expect("written");
    png.into_inner()
}

fn archive(layout: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in [("layout.toml", layout.as_bytes()), ("seal.png", &seal())] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file");
        archive.write_all(content).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

async fn upload(app: &TestApp, bytes: Vec<u8>) -> Answer {
    let request = app.admin().request(Method::POST, "/api/v1/layouts");
    Answer::to(request.header("content-type", "application/octet-stream").body(bytes)).await
}

/// Agrees on a layout that looks like *Mat*.
async fn agree(app: &TestApp, id: &str, version: u32, title: &str) -> Result<LayoutVersion, AgreeLayoutError> {
    let mat = card_face::builtin::MAT;
    let rest = mat.split_once("[applies]").expect("the place where the layout begins").1;
    let file = format!(
        "schema = 1\nid = \"{id}\"\nversion = {version}\nstate = \"proposed\"\ntitle = {{ en = \"{title}\" }}\n[applies]{rest}"
    );
    agree_file(app, &file).await
}

async fn agree_file(app: &TestApp, file: &str) -> Result<LayoutVersion, AgreeLayoutError> {
    let (act, file) = (app.act(), file.to_owned());
    app.app.db.write(async move |tx: &mut Conn| agree_layout(tx, &act, &file, "The director").await).await
}
