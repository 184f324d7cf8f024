//! Layouts: the one of a fresh installation, their agreement, and cards that wait for one.

use crate::support::TestApp;
use crate::support::annual_tickets::Wish;
use db::Conn;
use passepartout::production::LayoutVersion;
use passepartout::production::agree_layout::{AgreeLayoutError, agree_layout};
use serde_json::json;

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
