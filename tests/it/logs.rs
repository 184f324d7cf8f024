//! Logs tell what happened and name nobody.

use serde_json::json;
use std::path::Path;
use testkit::story::{self, FAMILY_NAME, GIVEN_NAME};
use testkit::{Client, Server, museum};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_of_a_story_names_neither_holder_nor_buyer_nor_secret() {
    let program = Path::new(env!("CARGO_BIN_EXE_passepartout"));
    let data = tempfile::tempdir().expect("a folder");
    let key = Server::make_key(program, data.path(), None, "admin").expect("a key");
    let server = Server::start_logging(program, data.path(), None, "debug").expect("a server");
    let admin = Client::stranger(server.base_url()).with_key(key.clone());
    museum::furnish(&admin).await;
    museum::add_summer_code(&admin, None).await;
    let order = story::buy(&admin, "sale", &json!({"kind": "counter"})).await;
    let id = story::text(&order["tickets"][0]["annual_tickets"][0]);
    story::personalize(&admin, &id).await;
    let ticket = admin.get(&format!("/api/v1/annual-tickets/{id}")).await.expect(200);
    let code = story::text(&ticket["card"]["code"]);
    story::print(&admin, &story::text(&ticket["card"]["id"])).await;
    story::check(&admin, &code, "schloss", "refuse", Some("wrong_house")).await;
    let link = story::text(&order["tickets"][0]["personalization_url"]);
    let token = link.rsplit('/').next().unwrap_or(&link).to_owned();
    Client::stranger(server.base_url()).get(&format!("/p/{token}")).await;

    let log = server.log();
    assert!(log.contains("/api/v1/annual-tickets/{id}/finalize"), "requests are logged by their route: {log}");
    for (what, secret) in [
        ("given name", GIVEN_NAME),
        ("family name", FAMILY_NAME),
        ("buyer", "Lovelace"),
        ("mail address", "ada@example.org"),
        ("birth date", "1987-05-14"),
        ("street", "Neuen Markt"),
        ("API key", &key),
        ("holder's link", &token),
        ("card code", &code),
    ] {
        assert!(!log.contains(secret), "the log tells a {what}");
    }
    server.stop().expect("the server stops");
}
