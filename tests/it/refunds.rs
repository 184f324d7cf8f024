//! Tickets that come back after somebody was admitted with one of them.

use crate::support::led_to;
use passepartout::kernel::roles::Role;
use serde_json::json;
use testkit::museum::cash_order;

on_both_databases! {
    async fn of_a_partly_used_order_the_rest_comes_back_and_the_used_one_needs_the_right(app: TestApp) {
        let app = app.furnished().await;
        // Tickets for tomorrow: whoever comes today is admitted by hand.
        let mut order = cash_order("tageskarte", "adult", 2, "24.00");
        order["items"][0]["date"] = json!("2026-07-05");
        let order = app.shop().post("/api/v1/orders", &order).await.expect(201);
        let path = format!("/orders/{}", order["id"].as_str().expect("an id"));
        let code = order["tickets"][0]["card_code"].as_str().expect("a code");
        let mut entry = app.browser_of(Role::Entry).await;
        entry.post("/entry/station", &[("place", "stadtmuseum"), ("pause", "4")]).await;
        let page = entry.post("/entry", &[("scan", code)]).await.text();
        let once = page.split("name=\"once\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token").to_owned();
        led_to(&entry.post("/entry/admissions", &[("once", &once), ("scan", code), ("reason", "The reader is broken")]).await);

        let mut desk = app.browser_of(Role::Shop).await;
        let page = desk.get(&format!("{path}/cancel")).await.text();
        assert_eq!(page.matches("Somebody was admitted with it. Only who has the right").count(), 1, "{page}");
        assert_eq!(page.matches(" disabled").count(), 1, "{page}");
        let cancel = format!("/api/v1{path}/cancellations");
        let all = json!({"tickets": "all", "reason": "ill"});
        let refusal = app.shop().post(&cancel, &all).await.expect_refusal(403, "forbidden");
        assert_eq!((&refusal["right"], &refusal["tickets"]), (&json!("refund.used"), &json!([order["tickets"][0]["id"]])));
        let rest = json!({"tickets": [order["tickets"][1]["id"]], "reason": "ill"});
        assert_eq!(app.shop().post(&cancel, &rest).await.expect(200), json!({"refund": "12.00"}));

        let chief = app.with_rights(&[Role::Shop], &["refund.used"]).await;
        assert_eq!(chief.post(&cancel, &all).await.expect(200), json!({"refund": "12.00"}));
        let done = app.shop().get(&format!("/api/v1{path}")).await.expect(200);
        assert_eq!((&done["state"], &done["refunded"]), (&json!("cancelled"), &json!("24.00")));
    }
}
