//! What a product and a customer decide for the shop: ways to the holder, what is sold out, whose prices hold, and the museum's own pages.

use crate::audiences::add_audiences;
use crate::customers::entered;
use crate::support::{TestApp, led_to};
use passepartout::config::{Config, OwnPage};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::museum::cash_order;

async fn change_product(app: &TestApp, key: &str, change: impl Fn(&mut Value)) {
    let path = format!("/api/v1/products/{key}");
    let mut product = app.admin().get(&path).await.expect(200);
    change(&mut product);
    app.admin().put(&path, &product).await.expect(200);
}

on_both_databases! {
    async fn cards_come_in_the_ways_of_their_product(app: TestApp) {
        let app = app.furnished().await;
        change_product(&app, "saisonkarte", |product| product["delivery_ways"] = json!(["pickup"])).await;
        let mut order = cash_order("saisonkarte", "adult", 1, "20.00");
        order["delivery"] = json!({"kind": "mail"});
        app.shop().post("/api/v1/orders", &order).await.expect_invalid("delivery.kind", "delivery_not_offered");
        let mut visitor = app.browser();
        led_to(&visitor.post("/shop/basket", &[("add", "saisonkarte.adult")]).await);
        let page = visitor.get("/shop/checkout").await.text();
        assert!(page.contains("value=\"pickup:schloss\"") && !page.contains("value=\"mail\""), "{page}");
        // Of a basket with another card the ways of both hold.
        led_to(&visitor.post("/shop/basket", &[("add", "jahreskarte.adult")]).await);
        let page = visitor.get("/shop/checkout").await.text();
        assert!(!page.contains("value=\"mail\""), "{page}");
        order["delivery"] = json!({"kind": "pickup", "house": "schloss"});
        app.shop().post("/api/v1/orders", &order).await.expect(201);
    }

    async fn what_is_sold_out_says_so_where_it_is_offered(app: TestApp) {
        let app = app.furnished().await;
        change_product(&app, "saisonkarte", |product| product["max_total"] = json!(1)).await;
        let mut till = app.browser_of(Role::Shop).await;
        assert!(!till.get("/box-office").await.text().contains("Sold out"));
        app.shop().post("/api/v1/orders", &cash_order("saisonkarte", "adult", 1, "20.00")).await.expect(201);
        for path in ["/box-office", "/phone-orders", "/shop"] {
            let page = till.get(path).await.text();
            assert_eq!(page.matches("Sold out").count(), 2, "both categories in {path}: {page}");
        }
        assert!(!till.get("/shop").await.text().contains("value=\"saisonkarte.adult\""));
        assert!(till.get("/shop").await.text().contains("value=\"jahreskarte.adult\""));
    }

    async fn what_an_offer_gives_a_customer_holds_in_the_shop_until_staff_unlink(app: TestApp) {
        let app = app.furnished().await;
        add_audiences(&app).await;
        let offer = json!({"id": "campus", "effect": {"type": "price_audience", "audience": "student"},
            "customer_actions": [{"type": "assign_partner", "partner": "uni"}]});
        app.marketing().post("/api/v1/offers", &offer).await.expect(201);
        app.marketing().post("/api/v1/offers/campus/codes", &json!({"code": "CAMPUS"})).await.expect(201);
        let mut order = cash_order("tageskarte", "adult", 1, "5.00");
        order["codes"] = json!(["campus"]);
        app.shop().post("/api/v1/orders", &order).await.expect(201);

        // Only whoever proved the address has the prices.
        let mut stranger = app.browser();
        assert!(!stranger.get("/shop").await.text().contains("tageskarte.adult@student"));
        let mut ada = entered(&app, "ada@example.org").await;
        let page = ada.get("/shop").await.text();
        assert!(page.contains("tageskarte.adult@student") && page.contains("€5.00"), "{page}");
        led_to(&ada.post("/shop/basket", &[("house", "schloss"), ("add", "tageskarte.adult@student")]).await);
        assert!(ada.get("/shop/basket").await.text().contains("€5.00"));
        let page = ada.get("/shop/checkout").await.text();
        let review = ada.send_form(&page, "/shop/checkout", &[("name", "Ada"), ("email", "ada@example.org")]).await.text();
        let placed = ada.send_form(&review, "/shop/orders", &[]).await;
        assert!(led_to(&placed).starts_with("/shop/orders/"));
        let orders = app.shop().get("/api/v1/orders").await.expect(200);
        let own = app.shop().get(&format!("/api/v1/orders/{}", orders["items"][0]["id"].as_str().expect("an id"))).await.expect(200);
        assert_eq!((&own["total"], &own["lines"][0]["audience"]), (&json!("5.00"), &json!("student")));

        let customers = app.shop().get("/api/v1/customers").await.expect(200);
        let path = format!("/customers/{}", customers["items"][0]["id"].as_str().expect("an id"));
        let mut desk = app.browser_of(Role::Shop).await;
        let page = desk.get(&path).await.text();
        assert!(page.contains("Partner uni") && page.contains("audience student"), "{page}");
        led_to(&desk.send_form(&page, &format!("{path}/unlink"), &[]).await);
        assert!(!desk.get(&path).await.text().contains("Partner uni"));
        assert!(!ada.get("/shop").await.text().contains("tageskarte.adult@student"));
    }

    async fn quotes_name_the_audience_of_a_line(app: TestApp) {
        let app = app.furnished().await;
        add_audiences(&app).await;
        let quote = json!({"channel": "box_office", "codes": [], "items": [
            {"line": "1", "product": "tageskarte", "category": "adult", "audience": "student", "house": "schloss", "quantity": 1},
            {"line": "2", "product": "tageskarte", "category": "adult", "house": "schloss", "quantity": 1}]});
        let quote = app.shop().post("/api/v1/quotes", &quote).await.expect(200);
        assert_eq!((&quote["lines"][0]["audience"], quote["lines"][1].get("audience")), (&json!("student"), None));
    }

    async fn the_museums_own_pages_are_linked_where_they_are_written(app: TestApp) {
        let app = app.furnished().await;
        let mut visitor = app.browser();
        assert!(!visitor.get("/shop").await.text().contains("href=\"/terms\""));
        assert!(visitor.get("/terms").await.text().contains("has not written this page yet"));
        let mut config = Config::default();
        for (language, text) in [("en", "# Selling\n\nAll is <b>well</b>.\nTwo lines."), ("de", "Alles gut.")] {
            config.pages.texts.insert((OwnPage::Terms, language.to_owned()), text.to_owned());
        }
        let app = TestApp::configured(app.app.db.backend(), config).await.furnished().await;
        let mut visitor = app.browser();
        let page = visitor.get("/terms?lang=en").await.text();
        assert!(page.contains("<h2>Selling</h2>") && page.contains("All is &#60;b&#62;well"), "{page}");
        assert!(visitor.get("/terms?lang=de").await.text().contains("Alles gut."));
        let page = visitor.get("/shop").await.text();
        assert!(page.contains("href=\"/terms\"") && !page.contains("href=\"/privacy\""), "{page}");
        led_to(&visitor.post("/shop/basket", &[("add", "jahreskarte-gutschein.adult")]).await);
        let page = visitor.get("/shop/checkout").await.text();
        let review = visitor.send_form(&page, "/shop/checkout", &[("name", "Ada"), ("email", "ada@example.org")]).await.text();
        assert!(review.contains("Bitte lesen Sie vor der Bestellung") && review.contains("href=\"/terms\""), "{review}");
    }
}
