//! Orders on the phone: one form for who calls, what they want, and how it comes to them.

use crate::support::led_to;
use passepartout::kernel::roles::Role;
use serde_json::json;
use testkit::museum::{add_summer_code, cash_order};

on_both_databases! {
    async fn a_phone_order_with_pickup(app: TestApp) {
        let app = app.furnished().await;
        add_summer_code(&app.marketing(), None).await;
        let mut known = cash_order("tageskarte", "adult", 1, "12.00");
        known["buyer"] = json!({"name": "Zoë Müller", "email": "zoe@example.org", "language": "de",
            "address": {"lines": ["Lange Gasse 3"], "postal_code": "14467", "city": "Potsdam", "country": "DE"}});
        app.shop().post("/api/v1/orders", &known).await.expect(201);

        let mut desk = app.browser_of(Role::Shop).await;
        let page = desk.get("/phone-orders").await.text();
        let found = desk.send_form(&page, "/phone-orders", &[("find", "mueller")]).await.text();
        assert!(found.contains("One customer was found") && found.contains("zoe@example.org"), "{found}");
        let customers = app.shop().get("/api/v1/customers").await.expect(200);
        let id = customers["items"][0]["id"].as_str().expect("an id");
        let taken = desk.send_form(&found, "/phone-orders", &[("customer", id)]).await.text();
        for part in ["value=\"Zoë Müller\"", "value=\"Lange Gasse 3\"", "value=\"14467\""] {
            assert!(taken.contains(part), "{part} is missing in {taken}");
        }
        let person = [("name", "Zoë Müller"), ("email", "zoe@example.org"), ("street", "Lange Gasse 3"), ("postal_code", "14467"), ("city", "Potsdam"), ("language", "de"), ("house", "schloss")];
        let with = |more: &[(&'static str, &'static str)]| -> Vec<(&'static str, &'static str)> { person.iter().chain(more).copied().collect() };
        let page = desk.send_form(&taken, "/phone-orders", &with(&[("add", "jahreskarte.adult")])).await.text();
        let page = desk.send_form(&page, "/phone-orders", &with(&[("add", "tageskarte.child")])).await.text();
        assert!(page.contains("€51.00"), "{page}");
        let page = desk.send_form(&page, "/phone-orders", &with(&[("new_code", "sommer26")])).await.text();
        assert!(page.contains("€40.80") && page.contains("<s>"), "{page}");
        let last = with(&[("delivery", "pickup:schloss"), ("payment", "at_pickup"), ("notes", "Comes on Saturday.\nRings twice."), ("new_code", ""), ("place", "1")]);
        let placed = desk.send_form(&page, "/phone-orders", &last).await;
        let path = led_to(&placed).to_owned();
        assert_eq!(led_to(&desk.send_form(&page, "/phone-orders", &last).await), path, "only once");
        let order = desk.get(&path).await.text();
        for part in ["Zoë Müller", "Payment due", "Comes on Saturday.\nRings twice.", "Schloss am See", "€40.80"] {
            assert!(order.contains(part), "{part} is missing in {order}");
        }
        let id = path.trim_start_matches("/orders/").split('?').next().expect("an id");
        let order = app.shop().get(&format!("/api/v1/orders/{id}")).await.expect(200);
        assert_eq!((&order["channel"], &order["state"], &order["delivery"]), (&json!("back_office"), &json!("awaiting_payment"), &json!({"kind": "pickup", "house": "schloss"})));
        assert_eq!(order.get("due_on"), None, "it is paid when it is fetched");
        assert!(desk.get("/invoices").await.text().contains("No invoice waits"));

        // The card is laid ready when it is paid; the holder pays at the desk.
        let page = desk.get(&path).await.text();
        let taken = desk.send_form(&page, &format!("/orders/{id}/payment"), &[("method", "cash")]).await;
        led_to(&taken);
        let order = app.shop().get(&format!("/api/v1/orders/{id}")).await.expect(200);
        assert_eq!((&order["state"], order["payments"][0]["receipt"].as_str().map(|number| number.starts_with("schloss-2026-"))), (&json!("paid"), Some(true)));
    }

    async fn a_phone_order_without_a_name_or_at_another_price_is_asked_again(app: TestApp) {
        let app = app.furnished().await;
        let mut desk = app.browser_of(Role::Shop).await;
        let page = desk.get("/phone-orders").await.text();
        let page = desk.send_form(&page, "/phone-orders", &[("house", "schloss"), ("add", "saisonkarte.adult")]).await.text();
        let refused = desk.send_form(&page, "/phone-orders", &[("new_code", ""), ("place", "1"), ("name", ""), ("notes", "By bus")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Please type the name") && refused.text().contains("By bus"), "{}", refused.text());
        // A quantity that was typed and not yet priced is priced before anything is sold.
        let again = desk.send_form(&page, "/phone-orders", &[("new_code", ""), ("place", "1"), ("name", "Ada"), ("delivery", "pickup:schloss"), ("quantity-0", "3")]).await;
        assert!(again.status == 200 && again.text().contains("€60.00"), "{}", again.text());
        assert_eq!(app.shop().get("/api/v1/orders").await.expect(200)["items"], json!([]));
    }
}
