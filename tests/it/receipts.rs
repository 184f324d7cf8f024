//! Receipts: each time that money comes or goes there is one, and their numbers have no gaps in a house and year.

use serde_json::{Value, json};
use testkit::museum::cash_order;

fn receipts(order: &Value, of: &str) -> Vec<String> {
    let rows = order[of].as_array().expect("rows").iter();
    rows.filter_map(|row| row["receipt"].as_str().map(str::to_owned)).collect()
}

on_both_databases! {
    async fn receipts_of_a_house_and_year_have_no_gaps(app: TestApp) {
        let app = app.furnished().await;
        let shop = app.shop();
        let first = shop.post("/api/v1/orders", &cash_order("tageskarte", "adult", 2, "24.00")).await.expect(201);
        assert_eq!(receipts(&first, "payments"), ["stadtmuseum-2026-000001"]);
        shop.post("/api/v1/orders", &cash_order("tageskarte", "adult", 1, "1.00")).await.expect_refusal(409, "total_changed");
        let mut elsewhere = cash_order("tageskarte", "adult", 1, "12.00");
        elsewhere["items"][0]["house"] = json!("schloss");
        let elsewhere = shop.post("/api/v1/orders", &elsewhere).await.expect(201);
        assert_eq!(receipts(&elsewhere, "payments"), ["schloss-2026-000001"]);

        // An invoice has no receipt until it is paid.
        let mut invoice = cash_order("jahreskarte", "adult", 1, "45.00");
        invoice["payment"]["method"] = json!("invoice");
        let invoice = shop.post("/api/v1/orders", &invoice).await.expect(201);
        assert_eq!((receipts(&invoice, "payments").len(), &invoice["due_on"]), (0, &json!("2026-07-18")));
        let pay = format!("/api/v1/orders/{}/payments", invoice["id"].as_str().expect("an id"));
        let paid = shop.post(&pay, &json!({"method": "cash"})).await.expect(200);
        assert_eq!(receipts(&paid, "payments"), ["stadtmuseum-2026-000002"]);

        // What is paid back has one too.
        let path = format!("/api/v1/orders/{}", first["id"].as_str().expect("an id"));
        let cancel = json!({"tickets": [first["tickets"][0]["id"]], "reason": "ill", "preview": true});
        shop.post(&format!("{path}/cancellations"), &cancel).await.expect(200);
        let cancel = json!({"tickets": [first["tickets"][0]["id"]], "reason": "ill"});
        shop.post(&format!("{path}/cancellations"), &cancel).await.expect(200);
        let order = shop.get(&path).await.expect(200);
        assert_eq!(receipts(&order, "refunds"), ["stadtmuseum-2026-000003"]);
        let text = shop.get(&format!("{path}/receipt")).await.text();
        assert!(text.contains("Receipt stadtmuseum-2026-000001") && text.contains("Receipt stadtmuseum-2026-000003"), "{text}");

        app.set_time("2027-01-02T09:00:00Z");
        let next = shop.post("/api/v1/orders", &cash_order("tageskarte", "adult", 1, "12.00")).await.expect(201);
        assert_eq!(receipts(&next, "payments"), ["stadtmuseum-2027-000001"]);
    }

    async fn many_writers_leave_no_gap_and_no_double(app: TestApp) {
        let app = app.furnished().await;
        let mut sales = tokio::task::JoinSet::new();
        for _ in 0..24 {
            let shop = app.shop();
            sales.spawn(async move {
                shop.post("/api/v1/orders", &cash_order("tageskarte", "adult", 1, "12.00")).await.expect(201)
            });
        }
        let mut numbers: Vec<String> =
            sales.join_all().await.iter().flat_map(|order| receipts(order, "payments")).collect();
        numbers.sort();
        let expected: Vec<String> = (1..=24).map(|number| format!("stadtmuseum-2026-{number:06}")).collect();
        assert_eq!(numbers, expected);
    }
}
