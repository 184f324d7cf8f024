//! The end of a day at a desk: sales per way of payment, VAT, refunds, overrides, the counted cash; and that it stays closed.

use crate::support::led_to;
use passepartout::kernel::roles::Role;
use serde_json::json;
use testkit::museum::cash_order;

on_both_databases! {
    async fn a_day_is_closed_with_its_cash_and_never_opened_again(app: TestApp) {
        let app = app.furnished().await;
        let shop = app.shop();
        let cash = shop.post("/api/v1/orders", &cash_order("tageskarte", "adult", 3, "36.00")).await.expect(201);
        let mut card = cash_order("jahreskarte", "adult", 1, "45.00");
        card["payment"]["method"] = json!("card_terminal");
        shop.post("/api/v1/orders", &card).await.expect(201);
        let mut elsewhere = cash_order("tageskarte", "adult", 1, "12.00");
        elsewhere["items"][0]["house"] = json!("schloss");
        shop.post("/api/v1/orders", &elsewhere).await.expect(201);
        let mut forced = cash_order("tageskarte", "companion", 1, "0.00");
        forced["items"][0]["staff_override"] = json!({"reason": "late bus"});
        forced["payment"]["method"] = json!("none");
        app.admin().post("/api/v1/orders", &forced).await.expect(201);
        let back = json!({"tickets": [cash["tickets"][0]["id"]], "reason": "ill"});
        shop.post(&format!("/api/v1/orders/{}/cancellations", cash["id"].as_str().expect("an id")), &back).await.expect(200);

        let mut till = app.browser_of(Role::Shop).await;
        let page = till.get("/day-ends").await.text();
        assert!(page.contains("3 payments and refunds since") && page.contains("Schloss am See"), "{page}");
        let wrong = till.get("/day-ends/new?desk=stadtmuseum&float=100&counted=a+lot").await;
        assert!(wrong.status == 422 && wrong.text().contains("type the amount in digits"), "{}", wrong.text());
        let page = till.get("/day-ends/new?desk=stadtmuseum&float=100&counted=123.50").await.text();
        for part in ["Cash that should be there", "€124.00", "€0.50 is missing", "late bus", "€69.00", "stadtmuseum-2026-000001 to stadtmuseum-2026-000003"] {
            assert!(page.contains(part), "{part} is missing in {page}");
        }
        let closed = till.send_form(&page, "/day-ends", &[]).await;
        let path = led_to(&closed).to_owned();
        assert_eq!(led_to(&till.send_form(&page, "/day-ends", &[]).await), path, "only once");
        let kept = till.get(&path).await.text();
        for part in ["Day end Stadtmuseum", "The day is closed", "€69.00", "€36.00", "€45.00", "−€12.00", "€4.51", "late bus", "Day closed"] {
            assert!(kept.contains(part), "{part} is missing in {kept}");
        }
        for format in ["a4", "80mm"] {
            let file = till.get(&format!("{path}/report.pdf?format={format}")).await;
            assert!(file.status == 200 && file.body.starts_with(b"%PDF"));
        }

        // What is sold afterwards belongs to tomorrow, and the day is not opened again.
        shop.post("/api/v1/orders", &cash_order("tageskarte", "adult", 1, "12.00")).await.expect(201);
        let page = till.get("/day-ends/new?desk=stadtmuseum&float=100&counted=112").await.text();
        let refused = till.send_form(&page, "/day-ends", &[]).await;
        assert!(refused.status == 422 && refused.text().contains("was closed today already"), "{}", refused.text());
        assert_eq!(till.get(&path).await.text().matches("€69.00").count(), kept.matches("€69.00").count());
        app.set_time("2026-07-05T16:00:00Z");
        let mut till = app.sign_in_again(Role::Shop).await;
        let page = till.get("/day-ends/new?desk=stadtmuseum&float=100&counted=112").await.text();
        assert!(page.contains("The cash is right.") && page.contains("€12.00"), "{page}");
        let closed = till.send_form(&page, "/day-ends", &[]).await;
        assert!(led_to(&closed).starts_with("/day-ends/"));
        assert!(till.get("/day-ends").await.text().contains("5 Jul 2026"));
    }

    async fn what_is_sold_while_the_cash_is_counted_is_counted_too(app: TestApp) {
        let app = app.furnished().await;
        app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 1, "12.00")).await.expect(201);
        let mut till = app.browser_of(Role::Shop).await;
        let page = till.get("/day-ends/new?desk=stadtmuseum&float=0&counted=12").await.text();
        app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 1, "12.00")).await.expect(201);
        let refused = till.send_form(&page, "/day-ends", &[]).await;
        assert!(refused.status == 422 && refused.text().contains("sold or paid back meanwhile"), "{}", refused.text());
        assert!(refused.text().contains("€12.00 is missing"), "{}", refused.text());
    }

    async fn a_desk_with_a_name_closes_a_day_of_its_own(app: TestApp) {
        let app = app.furnished().await;
        let mut till = app.browser_of(Role::Shop).await;
        till.post("/day-ends/desk", &[("name", "Desk 2")]).await;
        let page = till.follow("/box-office?house=stadtmuseum&add=tageskarte.adult").await.text();
        led_to(&till.send_form(&page, "/box-office/pay", &[("method", "cash")]).await);
        app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 1, "12.00")).await.expect(201);
        let page = till.get("/day-ends/new?desk=Desk+2&float=0&counted=12").await.text();
        assert!(page.contains("The cash is right."), "{page}");
        led_to(&till.send_form(&page, "/day-ends", &[]).await);
        let page = till.get("/day-ends").await.text();
        assert!(page.contains("one payment or refund since"), "the other desk is still open: {page}");
    }
}
