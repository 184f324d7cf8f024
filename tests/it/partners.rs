//! Partners: a hotel from the first contact to its invoice, and its stock of codes.

use crate::audiences::add_audiences;
use crate::support::{TestApp, led_to};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};

async fn make_hotel(app: &TestApp, offers: &[&str]) -> Value {
    let hotel = json!({"key": "uni", "name": "Hotel Adler", "contact": "Frau Weber", "email": "desk@adler.example", "language": "en",
        "address": {"lines": ["Lange Brücke 3"], "postal_code": "14467", "city": "Potsdam", "country": "DE"},
        "invoice_days": 45, "offers": offers});
    app.marketing().post("/api/v1/institutions", &hotel).await.expect(201)
}

/// The path in an address of this server.
fn path(url: &Value) -> &str {
    url.as_str().expect("an address")
}

on_both_databases! {
    async fn a_hotel_comes_from_the_first_contact_to_its_invoice(app: TestApp) {
        let app = app.furnished().await;
        add_audiences(&app).await;

        // Marketing makes the partner; what is wrong with the form is said.
        let mut marketing = app.browser_of(Role::Marketing).await;
        assert!(marketing.get("/partners").await.text().contains("no partner here yet"));
        let page = marketing.get("/partners/new").await.text();
        let wrong = marketing.send_form(&page, "/partners/new", &[("key", "Uni!"), ("name", ""), ("email", "desk")]).await;
        assert!(wrong.status == 422 && wrong.text().contains("small letters, digits and hyphens"), "{}", wrong.text());
        let fields = [("key", "uni"), ("name", "Hotel Adler"), ("contact", "Frau Weber"), ("email", "desk@adler.example"),
            ("street", "Lange Brücke 3"), ("postal_code", "14467"), ("city", "Potsdam"), ("country", "DE"), ("invoice_days", "45")];
        let made = marketing.send_form(&page, "/partners/new", &fields).await;
        assert_eq!(led_to(&made), "/partners/uni");
        let hotel = app.shop().get("/api/v1/institutions/uni").await.expect(200);
        let own = path(&hotel["booking_url"]).to_owned();
        assert!(marketing.get("/partners/uni").await.text().contains(&own), "the link is to be handed on");

        // The hotel books by its own link: at its prices, on invoice, with its address and its terms.
        let mut desk = app.browser();
        assert!(!desk.get("/shop").await.text().contains("tageskarte.adult@student"));
        let page = desk.get(&own).await.text();
        assert!(page.contains("Hotel Adler") && page.contains("Students") && page.contains("within 45 days"), "{page}");
        led_to(&desk.post(&format!("{own}/book"), &[]).await);
        let page = desk.get("/shop").await.text();
        assert!(page.contains("You book for Hotel Adler") && page.contains("tageskarte.adult@student"), "{page}");
        led_to(&desk.post("/shop/basket", &[("house", "schloss"), ("add", "tageskarte.adult@student")]).await);
        let page = desk.get("/shop/checkout").await.text();
        assert!(page.contains("Hotel Adler") && page.contains("Lange Brücke 3"), "{page}");
        let buyer = [("name", "Hotel Adler"), ("email", "desk@adler.example"), ("street", "Lange Brücke 3"), ("city", "Potsdam"),
            ("postal_code", "14467"), ("country", "DE")];
        let review = desk.send_form(&page, "/shop/checkout", &buyer).await.text();
        let placed = desk.send_form(&review, "/shop/orders", &[]).await;
        assert!(led_to(&placed).starts_with("/shop/orders/"), "{}", placed.text());
        let orders = app.shop().get("/api/v1/orders").await.expect(200);
        let id = orders["items"][0]["id"].as_str().expect("an id");
        let order = app.shop().get(&format!("/api/v1/orders/{id}")).await.expect(200);
        assert_eq!((&order["state"], &order["total"], &order["due_on"]), (&json!("awaiting_payment"), &json!("5.00"), &json!("2026-08-18")));

        // Both see the order and what is to be paid; and when it is paid, that nothing is.
        let page = desk.get(&own).await.text();
        assert!(page.contains("Open invoices: <b>€5.00</b>") && page.contains("18 August 2026"), "{page}");
        let page = marketing.get("/partners/uni").await.text();
        assert_eq!(page.matches("€5.00").count(), 2, "the value of its orders, and what is open: {page}");
        assert!(app.browser_of(Role::Shop).await.get("/invoices").await.text().contains("Hotel Adler"));
        app.shop().post(&format!("/api/v1/orders/{id}/payments"), &json!({"method": "invoice"})).await.expect(200);
        assert!(!desk.get(&own).await.text().contains("Open invoices"));

        // Whoever leaves books for themselves again; and new links end the old ones.
        led_to(&desk.post("/shop/partner/leave", &[]).await);
        assert!(!desk.get("/shop").await.text().contains("Hotel Adler, on invoice"));
        led_to(&desk.post(&format!("{own}/book"), &[]).await);
        let page = marketing.get("/partners/uni").await.text();
        led_to(&marketing.send_form(&page, "/partners/uni/links", &[]).await);
        assert_eq!(desk.get(&own).await.status, 404);
        assert!(!desk.get("/shop").await.text().contains("tageskarte.adult@student"), "the browser kept a link that leads nowhere");
    }

    async fn a_stock_of_codes_is_counted_without_persons_and_filled_up_on_request(app: TestApp) {
        let app = app.furnished().await;
        let offer = json!({"id": "guests", "effect": {"type": "percent_off", "percent": "25"},
            "customer_actions": [{"type": "assign_partner", "partner": "uni"}]});
        app.marketing().post("/api/v1/offers", &offer).await.expect(201);
        for code in ["GUEST-A", "GUEST-B", "GUEST-C"] {
            app.marketing().post("/api/v1/offers/guests/codes", &json!({"code": code, "max_uses": 2})).await.expect(201);
        }
        make_hotel(&app, &["guests"]).await;
        let mut marketing = app.browser_of(Role::Marketing).await;
        let page = marketing.get("/partners/uni").await.text();
        let stock = page.split("/stock/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
        let stock = format!("/stock/{stock}");

        let mut order = testkit::museum::cash_order("tageskarte", "adult", 1, "9.00");
        order["codes"] = json!(["guest-a"]);
        app.shop().post("/api/v1/orders", &order).await.expect(201);
        let mut hotel = app.browser();
        let page = hotel.get(&stock).await.text();
        for part in ["<dd>3</dd>", "<dd>1</dd>", "<dd>5</dd>", "4 Jul"] {
            assert!(page.contains(part), "{part} is missing in {page}");
        }
        for person in ["Lovelace", "ada@example.org", "GUEST-A"] {
            assert!(!page.contains(person), "{person} is no business of the partner");
        }
        // Whoever used the code belongs to the partner.
        assert!(marketing.get("/partners/uni").await.text().contains("<dt>Customers</dt><dd>1</dd>"));

        let wrong = hotel.send_form(&page, &stock, &[("wanted", "many")]).await;
        assert!(wrong.status == 422 && wrong.text().contains("from 1 to 100,000"), "{}", wrong.text());
        led_to(&hotel.send_form(&page, &stock, &[("wanted", "200"), ("note", "for the conference")]).await);
        let page = hotel.get(&stock).await.text();
        assert!(page.contains("200 codes are asked for"), "{page}");
        led_to(&hotel.send_form(&page, &stock, &[("wanted", "500"), ("note", "for the conference")]).await);
        assert!(marketing.get("/partners").await.text().contains("1 request for codes"));
        let page = marketing.get("/partners/uni").await.text();
        assert!(page.contains("asks for 500 codes of guests") && page.contains("for the conference"), "{page}");
        let settle = page.split("action=\"/partners/uni/requests/").nth(1).and_then(|rest| rest.split('"').next()).expect("a form");
        led_to(&marketing.send_form(&page, &format!("/partners/uni/requests/{settle}"), &[]).await);
        assert!(!marketing.get("/partners").await.text().contains("request for codes"));
        assert_eq!(hotel.get("/stock/nobodys").await.status, 404);
    }

    async fn institutions_are_kept_by_the_api(app: TestApp) {
        let app = app.furnished().await;
        let made = make_hotel(&app, &[]).await;
        let again = json!({"key": "uni", "name": "Another", "email": "a@b.example", "language": "de"});
        app.marketing().post("/api/v1/institutions", &again).await.expect_refusal(409, "key_taken");
        let changed = app.marketing().put("/api/v1/institutions/uni", &again).await.expect(200);
        assert_eq!((&changed["name"], &changed["booking_url"]), (&json!("Another"), &made["booking_url"]));
        let renewed = app.marketing().post("/api/v1/institutions/uni/links", &json!({})).await.expect(200);
        assert_ne!(renewed["booking_url"], made["booking_url"]);
        let wrong = json!({"key": "uni", "name": "Another", "email": "nowhere", "language": "de"});
        app.marketing().put("/api/v1/institutions/uni", &wrong).await.expect_invalid("email", "invalid_value");
        let found = app.shop().get("/api/v1/institutions?q=another").await.expect(200);
        assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
        app.shop().put("/api/v1/institutions/uni", &again).await.expect_refusal(403, "forbidden");
    }
}
