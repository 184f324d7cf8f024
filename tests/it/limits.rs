//! What is limited is never oversold, however many want it at once.

use passepartout::sales::prove_ledger::prove_ledger;
use serde_json::{Value, json};
use testkit::museum::{self, cash_order};
use testkit::{Answer, Client};

/// Sends many orders at once, each on its own, and answers what came back.
async fn rush(clients: usize, client: &Client, order: impl Fn(usize) -> Value) -> Vec<Answer> {
    let attempts: Vec<_> = (0..clients)
        .map(|number| {
            let (client, order) = (client.clone(), order(number));
            tokio::spawn(async move { client.post("/api/v1/orders", &order).await })
        })
        .collect();
    let mut answers = Vec::with_capacity(clients);
    for attempt in attempts {
        answers.push(attempt.await.expect("an answer"));
    }
    answers
}

fn sold(answers: &[Answer]) -> usize {
    answers.iter().filter(|answer| answer.status == 201).count()
}

on_both_databases! {
    async fn of_200_attempts_on_a_code_with_37_uses_37_succeed(app: TestApp) {
        let app = app.furnished().await;
        let offer = json!({"id": "press", "effect": {"type": "percent_off", "percent": "50"}});
        app.marketing().post("/api/v1/offers", &offer).await.expect(201);
        let code = json!({"code": "PRESS37", "max_uses": 37});
        app.marketing().post("/api/v1/offers/press/codes", &code).await.expect(201);
        let answers = rush(200, &app.shop(), |_| {
            let mut order = cash_order("tageskarte", "adult", 1, "6.00");
            order["codes"] = json!(["press-37"]);
            order
        })
        .await;
        assert_eq!(sold(&answers), 37);
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            let refusal = answer.expect_refusal(422, "code_rejected");
            assert_eq!(refusal["rejected"], json!([{"code": "press-37", "reason": "exhausted"}]));
        }
        let code = app.marketing().get("/api/v1/codes/press37").await.expect(200);
        assert_eq!(code["used"], 37);
        let mut numbers: Vec<String> = answers
            .iter()
            .filter(|answer| answer.status == 201)
            .map(|answer| answer.json()["number"].as_str().unwrap().to_owned())
            .collect();
        numbers.sort();
        let expected: Vec<String> = (1..=37).map(|number| format!("2026-{number:06}")).collect();
        assert_eq!(numbers, expected, "numbers have no gaps");
    }

    async fn orders_that_want_the_same_codes_in_any_order_do_not_block_each_other(app: TestApp) {
        let app = app.furnished().await;
        for key in ["one", "two"] {
            let scope = json!({"categories": [if key == "one" { "adult" } else { "child" }]});
            let offer = json!({"id": key, "scope": scope, "effect": {"type": "percent_off", "percent": "50"}});
            app.marketing().post("/api/v1/offers", &offer).await.expect(201);
            let code = json!({"code": format!("CODE-{key}"), "max_uses": 20});
            app.marketing().post(&format!("/api/v1/offers/{key}/codes"), &code).await.expect(201);
        }
        let answers = rush(60, &app.shop(), |number| {
            let mut order = cash_order("tageskarte", "adult", 1, "9.00");
            order["items"] = json!([
                {"line": "1", "product": "tageskarte", "category": "adult", "house": "schloss", "quantity": 1},
                {"line": "2", "product": "tageskarte", "category": "child", "house": "schloss", "quantity": 1},
            ]);
            order["codes"] = if number % 2 == 0 { json!(["code one", "code two"]) } else { json!(["code two", "code one"]) };
            order
        })
        .await;
        assert_eq!(sold(&answers), 20);
        assert!(answers.iter().all(|answer| [201, 422].contains(&answer.status)));
    }

    async fn an_event_is_never_oversold(app: TestApp) {
        let app = app.furnished().await;
        museum::add_tour(&app.admin()).await;
        let answers = rush(30, &app.shop(), |_| {
            let mut order = cash_order("tageskarte", "adult", 3, "36.00");
            order["items"][0]["event"] = json!("fuehrung");
            order
        })
        .await;
        assert_eq!(sold(&answers), 6, "of 20 places 18 were sold by threes");
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            let refusal = answer.expect_refusal(422, "not_for_sale");
            assert_eq!(refusal["problems"][0]["reason"], "sold_out");
        }
    }

    async fn a_ticket_quota_discounts_what_is_left_of_it(app: TestApp) {
        let app = app.furnished().await;
        let offer = json!({"id": "quota", "activation": "automatic_combinable", "max_tickets_total": 3,
            "effect": {"type": "percent_off", "percent": "50"}});
        app.marketing().post("/api/v1/offers", &offer).await.expect(201);
        app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 2, "12.00")).await.expect(201);
        app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 2, "18.00")).await.expect(201);
        app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 2, "24.00")).await.expect(201);
    }

    async fn item_limits_and_customers_are_counted_on_their_own(app: TestApp) {
        let app = app.furnished().await;
        let offer = json!({"id": "kids", "max_orders_per_customer": 2,
            "item_limits": [{"scope": {"categories": ["child"]}, "max_tickets_total": 3}],
            "effect": {"type": "percent_off", "percent": "50"}});
        app.marketing().post("/api/v1/offers", &offer).await.expect(201);
        app.marketing().post("/api/v1/offers/kids/codes", &json!({"code": "KIDS"})).await.expect(201);
        let order = |customer: &str, quantity: u32, total: &str| {
            let mut order = cash_order("tageskarte", "child", quantity, total);
            order["codes"] = json!(["KIDS"]);
            order["customer"] = json!({"id": customer});
            order
        };
        app.shop().post("/api/v1/orders", &order("ada", 1, "3.00")).await.expect(201);
        app.shop().post("/api/v1/orders", &order("ada", 1, "3.00")).await.expect(201);
        let refusal = app.shop().post("/api/v1/orders", &order("ada", 1, "3.00")).await.expect_refusal(422, "code_rejected");
        assert_eq!(refusal["rejected"][0]["reason"], "exhausted");
        app.shop().post("/api/v1/orders", &order("grace", 3, "15.00")).await.expect(201);
        let refusal = app.shop().post("/api/v1/orders", &order("grace", 1, "3.00")).await.expect_refusal(422, "code_rejected");
        assert_eq!(refusal["rejected"][0]["reason"], "exhausted");
        let offer = app.marketing().get("/api/v1/offers/kids").await.expect(200);
        assert_eq!(offer["item_limits"][0]["tickets_used"], 3);
    }

    async fn the_hard_maximum_of_a_type_at_an_event_holds_in_a_rush_and_all_comes_back(app: TestApp) {
        let app = app.furnished().await;
        museum::add_tour(&app.admin()).await;
        let rule = json!({"key": "few", "names": {"en": "Few"}, "event": "fuehrung", "categories": ["child"], "max_total": 7});
        app.admin().post("/api/v1/sale-rules", &rule).await.expect(201);
        let order = |total: &str, category: &str| {
            let mut order = cash_order("tageskarte", category, 1, total);
            order["items"][0]["event"] = json!("fuehrung");
            order
        };
        let answers = rush(64, &app.shop(), |number| if number % 2 == 0 { order("6.00", "child") } else { order("12.00", "adult") }).await;
        let sold_in = |category: &str| {
            let orders = answers.iter().filter(|answer| answer.status == 201).map(Answer::json);
            orders.filter(|order| order["tickets"][0]["category"] == category).count()
        };
        assert!(sold_in("child") <= 7, "{} of 7 were sold", sold_in("child"));
        assert_eq!(sold(&answers), 20, "all places went, whoever came first");
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            assert_eq!(answer.expect_refusal(422, "not_for_sale")["problems"][0]["reason"], "sold_out");
        }
        let mut conn = app.app.db.read().await.expect("a connection");
        assert_eq!(prove_ledger(&mut conn).await.expect("an answer"), Vec::<String>::new());
        drop(conn);
        for answer in answers.iter().filter(|answer| answer.status == 201) {
            let path = format!("/api/v1/orders/{}/cancellations", answer.json()["id"].as_str().expect("an id"));
            app.shop().post(&path, &json!({"tickets": "all", "reason": "rain", "preview": false})).await.expect(200);
        }
        let mut conn = app.app.db.read().await.expect("a connection");
        assert_eq!(prove_ledger(&mut conn).await.expect("an answer"), Vec::<String>::new());
        let used: Vec<(i64,)> = conn.fetch_all(&USED, db::args![]).await.expect("counters");
        assert!(!used.is_empty() && used.iter().all(|(used,)| *used == 0), "every counter is back where it began: {used:?}");
        drop(conn);
        assert_eq!(sold(&rush(8, &app.shop(), |_| order("6.00", "child")).await), 7);
    }

    async fn a_product_is_never_sold_more_often_than_it_may_be(app: TestApp) {
        let app = app.furnished().await;
        app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 2, "24.00")).await.expect(201);
        let mut product = app.admin().get("/api/v1/products/tageskarte").await.expect(200);
        product["max_total"] = json!(7);
        app.admin().put("/api/v1/products/tageskarte", &product).await.expect(200);
        let answers = rush(20, &app.shop(), |_| cash_order("tageskarte", "adult", 1, "12.00")).await;
        assert_eq!(sold(&answers), 5, "two were sold before there was a limit");
    }
}

db::statements! {
    /// What the ledger counts.
    USED = "SELECT used FROM limit_counters";
}
