//! Vouchers and their exchange.

use crate::support::led_to;
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::museum::cash_order;

async fn sell(app: &crate::support::TestApp) -> Value {
    let order = cash_order("jahreskarte-gutschein", "adult", 1, "45.00");
    app.shop().post("/api/v1/orders", &order).await.expect(201)
}

fn path(order: &Value) -> String {
    format!("/api/v1/vouchers/{}", order["tickets"][0]["voucher_code"].as_str().unwrap())
}

on_both_databases! {
    async fn a_voucher_is_exchanged_once(app: TestApp) {
        let app = app.furnished().await;
        let order = sell(&app).await;
        let voucher = app.shop().get(&path(&order)).await.expect(200);
        assert_eq!((&voucher["state"], &voucher["valid_until"], &voucher["product"]),
            (&json!("open"), &json!("2029-07-03"), &json!("jahreskarte-gutschein")));
        let exchange = format!("{}/exchange", path(&order));
        app.shop().post(&exchange, &json!({})).await.expect_refusal(403, "forbidden");
        let wish = json!({"delivery": {"kind": "pickup", "house": "nowhere"}});
        app.personalization().post(&exchange, &wish).await.expect_invalid("delivery.house", "unknown_house");
        let wish = json!({"starts_on": "2026-08-01"});
        app.personalization().post(&exchange, &wish).await.expect_invalid("starts_on", "start_not_possible");

        app.set_time("2026-07-10T09:00:00Z");
        let wish = json!({"delivery": {"kind": "pickup", "house": "schloss"}, "starts_on": null});
        let annual = app.personalization().post(&exchange, &wish).await.expect(200);
        assert_eq!((&annual["product"], &annual["state"], &annual["delivery"]["house"]),
            (&json!("jahreskarte"), &json!("awaiting_personalization"), &json!("schloss")));
        assert_eq!((&annual["valid_from"], &annual["valid_until"]), (&json!("2026-07-04"), &json!("2027-07-03")));
        app.personalization().post(&exchange, &wish).await.expect_refusal(409, "already_exchanged");
        let voucher = app.personalization().get(&path(&order)).await.expect(200);
        assert_eq!((&voucher["state"], &voucher["annual_tickets"]), (&json!("exchanged"), &json!([annual["id"]])));
        let order = app.shop().get(&format!("/api/v1/orders/{}", order["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(order["tickets"][0]["annual_tickets"], json!([annual["id"]]));
    }

    async fn a_voucher_has_a_last_day(app: TestApp) {
        let app = app.furnished().await;
        let order = sell(&app).await;
        let exchange = format!("{}/exchange", path(&order));
        app.set_time("2029-07-03T22:00:00Z");
        let refusal = app.personalization().post(&exchange, &json!({})).await.expect_refusal(409, "voucher_expired");
        assert_eq!(refusal["valid_until"], "2029-07-03");
        app.set_time("2029-07-03T21:59:59.999Z");
        app.personalization().post(&exchange, &json!({})).await.expect(200);
        let nobody = format!("/api/v1/vouchers/{}", "2".repeat(33));
        app.shop().get(&nobody).await.expect_refusal(404, "not_found");
        app.shop().get("/api/v1/vouchers/nonsense").await.expect_refusal(404, "not_found");
    }

    async fn of_many_exchanges_at_once_one_succeeds(app: TestApp) {
        let app = app.furnished().await;
        let order = sell(&app).await;
        let exchange = format!("{}/exchange", path(&order));
        let attempts: Vec<_> = (0..12).map(|_| {
            let (client, exchange) = (app.personalization(), exchange.clone());
            tokio::spawn(async move { client.post(&exchange, &json!({})).await.status })
        }).collect();
        let mut answers = Vec::new();
        for attempt in attempts {
            answers.push(attempt.await.unwrap());
        }
        answers.sort_unstable();
        assert_eq!(answers, [vec![200], vec![409; 11]].concat());
    }

    async fn a_lost_voucher_is_replaced_and_its_old_code_is_dead(app: TestApp) {
        let app = app.furnished().await;
        let order = app.shop().post("/api/v1/orders", &cash_order("jahreskarte-gutschein", "adult", 1, "45.00")).await.expect(201);
        let old = order["tickets"][0]["voucher_code"].as_str().expect("a code");
        let replace = format!("/api/v1/vouchers/{old}/replace");
        app.shop().post(&replace, &json!({"reason": ""})).await.expect_invalid("reason", "missing_reason");
        let new = app.shop().post(&replace, &json!({"reason": "lost on the tram"})).await.expect(200);
        let code = new["code"].as_str().expect("a code");
        assert!(code != old && new["state"] == "open" && new["valid_until"].is_string(), "{new}");
        assert_eq!(app.shop().get(&format!("/api/v1/vouchers/{old}")).await.expect(200)["state"], "replaced");
        let exchange = json!({"delivery": {"kind": "counter"}});
        app.personalization().post(&format!("/api/v1/vouchers/{old}/exchange"), &exchange).await.expect_refusal(409, "voucher_replaced");
        app.shop().post(&replace, &json!({"reason": "again"})).await.expect_refusal(409, "voucher_replaced");
        let order = app.shop().get(&format!("/api/v1/orders/{}", order["id"].as_str().expect("an id"))).await.expect(200);
        assert_eq!(order["tickets"][0]["voucher_code"], code);
        app.personalization().post(&format!("/api/v1/vouchers/{code}/exchange"), &exchange).await.expect(200);
        app.shop().post(&format!("/api/v1/vouchers/{code}/replace"), &json!({"reason": "lost"})).await.expect_refusal(409, "already_exchanged");
    }

    async fn the_desk_replaces_a_lost_voucher_and_prints_the_new_one(app: TestApp) {
        let app = app.furnished().await;
        let order = app.shop().post("/api/v1/orders", &cash_order("jahreskarte-gutschein", "adult", 1, "45.00")).await.expect(201);
        let old = order["tickets"][0]["voucher_code"].as_str().expect("a code");
        let mut desk = app.browser_of(Role::Shop).await;
        let page = desk.get(&format!("/vouchers/{old}")).await.text();
        let done = desk.send_form(&page, &format!("/vouchers/{old}/replace"), &[("reason", "lost")]).await;
        let path = led_to(&done).to_owned();
        assert!(desk.get(&path).await.text().contains("Lost voucher replaced"));
        assert_eq!(desk.get(&format!("{path}/voucher.pdf")).await.status, 200);
        let dead = desk.get(&format!("/vouchers/{old}")).await.text();
        assert!(dead.contains("Replaced") && !dead.contains("voucher.pdf"), "{dead}");
        assert_eq!(desk.get(&format!("/vouchers/{old}/voucher.pdf")).await.status, 404);
    }
}
