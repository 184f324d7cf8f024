//! Whoever wants to be forgotten is: no table and no file names them any more, and their card goes on opening.

use crate::support::TestApp;
use db::{Sql, args};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use testkit::story::{FAMILY_NAME, GIVEN_NAME};
use testkit::{museum, story};

/// Buys an annual ticket for the person of the stories, who is the buyer, too.
async fn bought(app: &TestApp, method: &str) -> Value {
    let mut order = museum::cash_order("jahreskarte-haus", "adult", 1, "25.00");
    order["payment"] = json!({"method": method});
    order["delivery"] = json!({"kind": "mail"});
    order["buyer"] = json!({"name": format!("{GIVEN_NAME} {FAMILY_NAME}"), "email": "ottilie@example.org",
        "address": {"lines": ["Am Neuen Markt 5"], "postal_code": "14467", "city": "Potsdam", "country": "DE"}});
    app.shop().post("/api/v1/orders", &order).await.expect(201)
}

async fn customer(app: &TestApp) -> String {
    let found = app.shop().get("/api/v1/customers?q=ottilie").await.expect(200);
    story::text(&found["items"][0]["id"])
}

/// The rows of all tables in which one of the words stands.
async fn rows_that_say(app: &TestApp, words: &[&str]) -> Vec<String> {
    let mut conn = app.app.db.read().await.expect("a connection");
    let leaked = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let tables: &'static Sql = Box::leak(Box::new(Sql::new(
        "tables",
        "SELECT name, (SELECT group_concat('CASE typeof(\"' || c.name || '\") WHEN ''blob'' THEN '''' ELSE COALESCE(\"' || c.name || '\", '''') END', ' || ''|'' || ') FROM pragma_table_info(m.name) c)
            FROM sqlite_master m WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        "SELECT CAST(table_name AS TEXT), string_agg('COALESCE(CAST(\"' || column_name || '\" AS TEXT), '''')', ' || ''|'' || ')
            FROM information_schema.columns WHERE table_schema = current_schema() GROUP BY table_name ORDER BY table_name",
    )));
    let tables: Vec<(String, String)> = conn.fetch_all(tables, args![]).await.expect("tables");
    assert!(tables.len() > 40, "{}", tables.len());
    let mut found = Vec::new();
    for (table, row) in tables {
        let sql = leaked(format!("SELECT {row} FROM {table}"));
        let all: &'static Sql = Box::leak(Box::new(Sql::new("all_rows", sql, sql)));
        let rows: Vec<(String,)> = conn.fetch_all(all, args![]).await.expect("rows");
        let says = |row: &&String| words.iter().any(|word| row.to_lowercase().contains(&word.to_lowercase()));
        found.extend(rows.iter().map(|(row,)| row).filter(says).map(|row| format!("{table}: {row}")));
    }
    found
}

fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(files_below(&entry.path()));
        } else {
            found.push(entry.path().display().to_string());
        }
    }
    found
}

/// Personalizes, prints and posts the card of an order; answers the annual ticket's path, the card and its code.
async fn posted(app: &TestApp, order: &Value) -> (String, String, String) {
    let id = story::text(&order["tickets"][0]["annual_tickets"][0]);
    story::personalize(&app.personalization(), &id).await;
    let path = format!("/api/v1/annual-tickets/{id}");
    let ready = app.personalization().get(&path).await.expect(200);
    let (card, code) = (story::text(&ready["card"]["id"]), story::text(&ready["card"]["code"]));
    let why = json!({"reason": "they asked for it"});
    let refusal = app.personalization().post(&format!("{path}/forget"), &why).await;
    assert_eq!(refusal.expect_refusal(409, "card_in_the_house")["state"], "ready_to_print");
    story::print(&app.personalization(), &card).await;
    app.mailroom().post("/api/v1/dispatches", &json!({"cards": [card], "carrier": "Post"})).await.expect(201);
    (path, card, code)
}

on_both_databases! {
    async fn a_customer_is_forgotten_everywhere_and_their_card_goes_on_opening(app: TestApp) {
        let app = app.furnished().await;
        let order = bought(&app, "cash").await;
        let (path, card, code) = posted(&app, &order).await;
        app.run_jobs().await;
        let who = [FAMILY_NAME, GIVEN_NAME, "ottilie@example.org", "Am Neuen Markt", "1987-05-14"];
        assert!(rows_that_say(&app, &who).await.len() > 5, "the person stands in many places");
        let id = customer(&app).await;

        let mut shop = app.browser_of(Role::Admin).await;
        let page = shop.get(&format!("/customers/{id}/forget")).await.text();
        assert!(page.contains(&format!("{GIVEN_NAME} {FAMILY_NAME}")) && page.contains("checked"), "{page}");
        let why = json!({"reason": "they asked for it", "annual_tickets": [story::text(&order["tickets"][0]["annual_tickets"][0])]});
        app.shop().post(&format!("/api/v1/customers/{id}/forget"), &why).await.expect_refusal(403, "forbidden");
        let stranger = json!({"reason": "x", "annual_tickets": [id]});
        app.admin().post(&format!("/api/v1/customers/{id}/forget"), &stranger).await.expect_invalid("annual_tickets[0]", "not_theirs");
        app.admin().post(&format!("/api/v1/customers/{id}/forget"), &why).await.expect(204);
        app.run_jobs().await;
        // Answers that are kept for a repeated request go after a day.
        app.wait_secs(25 * 3_600);
        app.run_jobs().await;

        assert_eq!(rows_that_say(&app, &who).await, Vec::<String>::new());
        let portraits = files_below(app.folder()).into_iter().filter(|file| file.contains("photos/")).count();
        assert_eq!(portraits, 0, "the portrait is gone");
        app.shop().get(&format!("/api/v1/customers/{id}")).await.expect_refusal(404, "not_found");

        // The right stays, by its number; the order stays and counts; the card's picture and its run show nobody.
        story::check(&app.entry(), &code, "stadtmuseum", "admit", None).await;
        let kept = app.personalization().get(&path).await.expect(200);
        assert_eq!((&kept["status"], &kept["state"]), (&json!("active"), &json!("complete")));
        let sold = app.shop().get(&format!("/api/v1/orders/{}", story::text(&order["id"]))).await.expect(200);
        assert_eq!((&sold["total"], sold.get("buyer")), (&json!("25.00"), None));
        let front = app.personalization().get(&format!("/api/v1/cards/{card}/preview.png")).await;
        assert!(front.status == 200 && front.body.starts_with(b"\x89PNG"), "{}", front.status);
        let run = story::text(&app.personalization().get("/api/v1/print-runs").await.expect(200)["items"][0]["id"]);
        let pdf = app.personalization().get(&format!("/api/v1/print-runs/{run}/files/cards.pdf")).await;
        assert!(pdf.status == 200 && pdf.body.starts_with(b"%PDF-"), "{}", pdf.status);
    }

    async fn an_open_invoice_keeps_its_customer_and_a_paid_one_its_recipient(app: TestApp) {
        let app = app.furnished().await;
        let order = bought(&app, "invoice").await;
        let id = customer(&app).await;
        let forget = format!("/api/v1/customers/{id}/forget");
        let why = json!({"reason": "they asked for it"});
        assert_eq!(app.admin().post(&forget, &why).await.expect_refusal(409, "order_open")["order"], order["number"]);
        app.shop().post(&format!("/api/v1/orders/{}/payments", story::text(&order["id"])), &json!({})).await.expect(200);
        app.admin().post(&forget, &why).await.expect(204);
        let kept = app.shop().get(&format!("/api/v1/orders/{}", story::text(&order["id"]))).await.expect(200)["buyer"].clone();
        assert_eq!((&kept["name"], kept.get("email")), (&json!(format!("{GIVEN_NAME} {FAMILY_NAME}")), None));
        assert_eq!(kept["address"]["city"], "Potsdam");
    }
}
