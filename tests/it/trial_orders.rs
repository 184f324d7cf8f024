//! Trials: sold like anything else, and then never printed, never admitted, and counted nowhere.

use passepartout::kernel::roles::Role;
use passepartout::sales::prove_ledger::prove_ledger;
use serde_json::{Value, json};
use testkit::story;

/// An annual ticket, a voucher and a day ticket at the desk, with a code of which one use is left.
fn trial(method: &str) -> Value {
    let item = |line: &str, product: &str| json!({"line": line, "product": product, "category": "adult", "house": "stadtmuseum", "quantity": 1});
    json!({"channel": "box_office", "codes": ["LAST-ONE"], "payment": {"method": method}, "expected_total": "91.20",
        "items": [item("1", "jahreskarte"), item("2", "jahreskarte-gutschein"), item("3", "tageskarte")],
        "buyer": {"name": "Ada Lovelace", "email": "ada@example.org"}})
}

on_both_databases! {
    async fn a_trial_is_sold_like_anything_else_and_then_opens_and_counts_nothing(app: TestApp) {
        let app = app.furnished().await;
        let offer = json!({"id": "last", "effect": {"type": "percent_off", "percent": "10"}});
        app.marketing().post("/api/v1/offers", &offer).await.expect(201);
        app.marketing().post("/api/v1/offers/last/codes", &json!({"code": "LAST-ONE", "max_uses": 1})).await.expect(201);
        let mut basket = trial("test");
        let quote = json!({"channel": "box_office", "codes": basket["codes"], "items": basket["items"]});
        basket["expected_total"] = app.shop().post("/api/v1/quotes", &quote).await.expect(200)["total"].clone();

        let sales = "/api/v1/reports/sales?from=2026-07-01&until=2026-07-31";
        let nothing_sold = app.marketing().get(sales).await.expect(200);
        let order = app.shop().post("/api/v1/orders", &basket).await.expect(201);
        assert_eq!((&order["number"], &order["state"], &order["due"]), (&json!("TEST-000001"), &json!("paid"), &json!("0.00")));
        assert_eq!(order["payments"], json!([]), "no money came in, and no receipt is due");
        assert_eq!(app.marketing().get("/api/v1/codes/last-one").await.expect(200)["used"], 0, "the last use is still there");
        let ticket = |index: usize| &order["tickets"][index];

        // The day ticket has a code, and no gate takes it.
        let code = story::text(&ticket(2)["card_code"]);
        story::check(&app.entry(), &code, "stadtmuseum", "refuse", Some("test_ticket")).await;

        // The annual ticket, and that of the voucher, are personalized and composed; they wait beside the printer for ever.
        let exchange = format!("/api/v1/vouchers/{}/exchange", story::text(&ticket(1)["voucher_code"]));
        let exchanged = app.personalization().post(&exchange, &json!({})).await.expect(200);
        for id in [&ticket(0)["annual_tickets"][0], &exchanged["id"]] {
            let id = story::text(id);
            story::personalize(&app.personalization(), &id).await;
            app.run_jobs().await;
            let path = format!("/api/v1/annual-tickets/{id}");
            let card = app.personalization().get(&path).await.expect(200)["card"].clone();
            assert_eq!((&card["state"], &card["set_aside_reason"]), (&json!("set_aside"), &json!("test_order")), "{card}");
            assert!(card["code"].is_null(), "a card that is never printed has no code: {card}");
        }
        let refusal = app.personalization().post("/api/v1/print-runs", &json!({})).await;
        assert_eq!(refusal.expect_refusal(409, "nothing_to_print")["set_aside"], json!([]), "no run names them");
        let list = app.browser_of(Role::Personalization).await.get("/annual-tickets/export.csv?state=all").await.text();
        assert_eq!(list.matches("(trial)").count(), 2, "{list}");

        // It counts nowhere: not in the ledger, not in the reports, not in the list's total.
        let mut conn = app.app.db.read().await.expect("a connection");
        assert_eq!(prove_ledger(&mut conn).await.expect("a proof"), Vec::<String>::new());
        drop(conn);
        assert_eq!(app.marketing().get(sales).await.expect(200), nothing_sold);
        let mut shop = app.browser_of(Role::Shop).await;
        let orders = shop.get("/orders").await.text();
        assert!(orders.contains("TEST-000001"), "{orders}");

        // Given back, it pays nothing back.
        let back = format!("/api/v1/orders/{}/cancellations", story::text(&order["id"]));
        let answer = app.shop().post(&back, &json!({"tickets": "all", "reason": "the trial is over"})).await.expect(200);
        assert_eq!(answer["refund"], "0.00", "{answer}");
        let after = app.shop().get(&format!("/api/v1/orders/{}", story::text(&order["id"]))).await.expect(200);
        assert_eq!((&after["state"], &after["refunds"]), (&json!("cancelled"), &json!([])));

        // The next sale has the first number of the year: numbers of real orders have no gaps.
        basket["payment"] = json!({"method": "cash"});
        let real = app.shop().post("/api/v1/orders", &basket).await.expect(201);
        assert_eq!(real["number"], "2026-000001");
        story::check(&app.entry(), &story::text(&real["tickets"][2]["card_code"]), "stadtmuseum", "admit", None).await;
    }

    async fn what_is_sold_cannot_be_paid_as_a_trial(app: TestApp) {
        let app = app.furnished().await;
        let mut basket = trial("invoice");
        basket["codes"] = json!([]);
        let quote = json!({"channel": "box_office", "items": basket["items"]});
        basket["expected_total"] = app.shop().post("/api/v1/quotes", &quote).await.expect(200)["total"].clone();
        let order = app.shop().post("/api/v1/orders", &basket).await.expect(201);
        let payments = format!("/api/v1/orders/{}/payments", story::text(&order["id"]));
        app.shop().post(&payments, &json!({"method": "test"})).await.expect_invalid("method", "not_a_payment");
        assert_eq!(app.shop().get(&format!("/api/v1/orders/{}", story::text(&order["id"]))).await.expect(200)["state"], "awaiting_payment");
    }
}
