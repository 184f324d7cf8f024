//! What depends on who buys, and when: prices of audiences, prices and VAT rates from a day on, sales windows, and what offers show.

use crate::support::{TestApp, led_to};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::museum::cash_order;

/// Students pay 5.00 for a day ticket with a proof, families 10.00 without one.
pub(crate) async fn add_audiences(app: &TestApp) {
    for audience in [
        json!({"key": "student", "names": {"de": "Studierende", "en": "Students"}, "partners": ["uni"]}),
        json!({"key": "family", "names": {"de": "Familien", "en": "Families"}, "check_proof": false}),
    ] {
        app.admin().post("/api/v1/audiences", &audience).await.expect(201);
    }
    change_price(app, |price| price["audience_prices"] = json!({"student": "5.00", "family": "10.00"})).await;
}

/// Changes what the regular list says about day tickets for adults.
pub(crate) async fn change_price(app: &TestApp, change: impl Fn(&mut Value)) {
    let mut list = app.admin().get("/api/v1/price-lists/regular").await.expect(200);
    let prices = list["prices"].as_array_mut().expect("prices").iter_mut();
    let mut adults = prices.filter(|price| price["product"] == "tageskarte" && price["category"] == "adult");
    change(adults.next().expect("a price"));
    app.admin().put("/api/v1/price-lists/regular", &list).await.expect(200);
}

fn basket(channel: &str, audience: Option<&str>) -> Value {
    json!({"channel": channel, "codes": [], "items": [
        {"line": "1", "product": "tageskarte", "category": "adult", "audience": audience, "house": "schloss", "quantity": 2}]})
}

async fn total(app: &TestApp, basket: &Value) -> Value {
    app.shop().post("/api/v1/quotes", basket).await.expect(200)["total"].clone()
}

on_both_databases! {
    async fn an_audience_pays_its_own_price_where_its_proof_is_seen(app: TestApp) {
        let app = app.furnished().await;
        add_audiences(&app).await;
        assert_eq!(total(&app, &basket("box_office", None)).await, "24.00");
        assert_eq!(total(&app, &basket("box_office", Some("student"))).await, "10.00");
        assert_eq!(total(&app, &basket("online", Some("family"))).await, "20.00", "no proof is needed");
        app.shop().post("/api/v1/quotes", &basket("online", Some("student"))).await.expect_invalid("items[0].audience", "proof_needed");
        let mut member = basket("online", Some("student"));
        member["customer"] = json!({"id": "ada", "partner": "uni"});
        assert_eq!(total(&app, &member).await, "10.00", "the membership was proven");
        app.shop().post("/api/v1/quotes", &basket("box_office", Some("press"))).await.expect_invalid("items[0].audience", "unknown_audience");
        let mut child = basket("box_office", Some("student"));
        child["items"][0]["category"] = json!("child");
        app.shop().post("/api/v1/quotes", &child).await.expect_invalid("items[0].audience", "no_audience_price");

        let mut order = cash_order("tageskarte", "adult", 1, "5.00");
        order["items"][0]["audience"] = json!("student");
        let order = app.shop().post("/api/v1/orders", &order).await.expect(201);
        let page = app.browser_of(Role::Shop).await.get(&format!("/orders/{}", order["id"].as_str().expect("an id"))).await.text();
        assert!(page.contains("Adult · Students"), "{page}");
        app.admin().delete("/api/v1/audiences/student").await.expect_refusal(409, "in_use");
    }

    async fn a_code_unlocks_the_price_of_an_audience(app: TestApp) {
        let app = app.furnished().await;
        add_audiences(&app).await;
        let offer = json!({"id": "campus", "effect": {"type": "price_audience", "audience": "student"}});
        app.marketing().post("/api/v1/offers", &offer).await.expect(201);
        app.marketing().post("/api/v1/offers/campus/codes", &json!({"code": "CAMPUS"})).await.expect(201);
        let mut basket = basket("online", None);
        basket["codes"] = json!(["campus"]);
        let quote = app.shop().post("/api/v1/quotes", &basket).await.expect(200);
        assert_eq!((&quote["total"], &quote["original_total"]), (&json!("10.00"), &json!("24.00")));
        assert_eq!(quote["customer_actions"], json!([{"type": "set_price_audience", "audience": "student"}]));
    }

    async fn the_till_and_the_shop_offer_the_choice(app: TestApp) {
        let app = app.furnished().await;
        add_audiences(&app).await;
        let mut desk = app.browser_of(Role::Shop).await;
        let page = desk.get("/box-office?house=schloss").await.text();
        assert!(page.contains("value=\"tageskarte.adult@student\"") && page.contains("Adult · Students"), "{page}");
        let added = desk.get("/box-office?house=schloss&add=tageskarte.adult@student").await;
        let page = desk.get(led_to(&added)).await.text();
        assert!(page.contains("€5.00") && page.contains("Please ask to see the proof."), "{page}");
        let mut visitor = app.browser();
        let page = visitor.get("/shop").await.text();
        assert!(page.contains("Adult · Families") && !page.contains("Adult · Students"), "{page}");
        visitor.post("/shop/basket", &[("house", "schloss"), ("add", "tageskarte.adult@family")]).await;
        let page = visitor.get("/shop/basket").await.text();
        assert!(page.contains("Adult · Families") && page.contains("€10.00"), "{page}");
    }

    async fn a_price_counts_from_its_first_day_of_sale(app: TestApp) {
        let app = app.furnished().await;
        let mut admin = app.browser_of(Role::Admin).await;
        let form = [("names_de", "Regulär"), ("price:tageskarte:adult", "12"), ("price:tageskarte:adult:new", "13,50"), ("price:jahreskarte:adult", "45"), ("prices_from", "2026-07-06")];
        let answer = admin.post("/admin/catalog/price-lists/regular", &form).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let page = admin.get("/admin/catalog/price-lists/regular").await.text();
        assert!(page.contains("Prices from 6 July 2026") && page.contains("name=\"price:tageskarte:adult:2026-07-06\""), "{page}");
        let basket = basket("box_office", None);
        for (now, expected) in [("2026-07-05T21:59:59.9Z", "24.00"), ("2026-07-05T22:00:00Z", "27.00")] {
            app.set_time(now);
            assert_eq!(total(&app, &basket).await, expected, "{now}");
        }
        assert!(app.browser_of(Role::Shop).await.get("/box-office").await.text().contains("€13.50"));
    }

    async fn a_vat_rate_counts_from_its_day(app: TestApp) {
        let app = app.furnished().await;
        let mut product = app.admin().get("/api/v1/products/tageskarte").await.expect(200);
        product["vat_changes"] = json!([{"from": "2026-07-10", "rate": "19"}]);
        app.admin().put("/api/v1/products/tageskarte", &product).await.expect(200);
        for (day, rate) in [("2026-07-09", "7"), ("2026-07-10", "19")] {
            let mut basket = basket("box_office", None);
            basket["items"][0]["date"] = json!(day);
            let quote = app.shop().post("/api/v1/quotes", &basket).await.expect(200);
            assert_eq!(quote["vat"][0]["rate"], rate, "the day of the visit counts");
        }
        let mut order = cash_order("tageskarte", "adult", 1, "12.00");
        order["items"][0]["date"] = json!("2026-07-10");
        let order = app.shop().post("/api/v1/orders", &order).await.expect(201);
        assert_eq!(order["vat"], json!([{"rate": "19", "gross": "12.00", "net": "10.08", "tax": "1.92"}]));
    }

    async fn a_product_is_sold_within_its_window(app: TestApp) {
        let app = app.furnished().await;
        let mut product = app.admin().get("/api/v1/products/tageskarte").await.expect(200);
        product["on_sale_from"] = json!("2026-07-06");
        product["on_sale_until"] = json!("2026-07-07");
        product["descriptions"] = json!({"en": "A day in one of our houses."});
        app.admin().put("/api/v1/products/tageskarte", &product).await.expect(200);
        let basket = basket("online", None);
        for (now, sold) in [("2026-07-05T21:59:59.9Z", false), ("2026-07-05T22:00:00Z", true), ("2026-07-07T21:59:59.9Z", true), ("2026-07-07T22:00:00Z", false)] {
            app.set_time(now);
            let answer = app.shop().post("/api/v1/quotes", &basket).await;
            if sold {
                answer.expect(200);
            } else {
                answer.expect_invalid("items[0].product", "not_on_sale");
            }
            assert_eq!(app.browser().get("/shop").await.text().contains("A day in one of our houses."), sold, "{now}");
        }
    }

    async fn a_code_shows_old_and_new_prices_before_anything_is_chosen(app: TestApp) {
        let app = app.furnished().await;
        for category in ["evening", "duo"] {
            app.admin().post("/api/v1/categories", &json!({"key": category, "names": {"en": format!("The {category}")}})).await.expect(201);
        }
        let offer = json!({"id": "late", "name": "Late opening", "scope": {"products": ["tageskarte"], "category_label": {"has": "late"}},
            "effect": {"type": "price_list", "price_list": "late", "prices": [
                {"category": "adult", "price": "9.00", "labels": ["late"]}, {"category": "duo", "price": "15.00", "labels": ["late"]},
                {"category": "evening", "price": "7.00"}]}});
        app.marketing().post("/api/v1/offers", &offer).await.expect(201);
        app.marketing().post("/api/v1/offers/late/codes", &json!({"code": "LATE"})).await.expect(201);
        let mut visitor = app.browser();
        let page = visitor.get("/shop").await.text();
        assert!(page.contains("name=\"new_code\"") && !page.contains("€9.00") && !page.contains("The duo"), "{page}");
        assert_eq!(led_to(&visitor.post("/shop/basket", &[("new_code", "late"), ("back", "/shop#code")]).await), "/shop#code");
        let page = visitor.get("/shop").await.text();
        assert!(page.contains("€12.00</s>") && page.contains("<b>€9.00</b>"), "old and new price: {page}");
        assert!(page.contains("The duo") && page.contains("€15.00") && !page.contains("The evening"), "only matching categories of the new list: {page}");
        visitor.post("/shop/basket", &[("house", "schloss"), ("add", "tageskarte.duo")]).await;
        let page = visitor.get("/shop/basket").await.text();
        assert!(page.contains("The duo") && page.contains("€15.00") && page.contains("action=\"/shop/checkout/hold\""), "{page}");
    }

    async fn the_shop_says_how_many_must_be_taken(app: TestApp) {
        let app = app.furnished().await;
        let rule = json!({"key": "six", "names": {"en": "Six"}, "products": ["tageskarte"], "categories": ["child"], "min_quantity": 6});
        app.admin().post("/api/v1/sale-rules", &rule).await.expect(201);
        let rule = json!({"key": "desk", "names": {"en": "Desk"}, "categories": ["reduced"], "channels": ["box_office"]});
        app.admin().post("/api/v1/sale-rules", &rule).await.expect(201);
        let mut visitor = app.browser();
        let page = visitor.get("/shop").await.text();
        assert!(page.contains("6 or more per order") && page.contains("value=\"tageskarte.child.6\""), "{page}");
        assert!(!page.contains("value=\"tageskarte.reduced\""), "it is sold at the desk only");
        visitor.post("/shop/basket", &[("house", "schloss"), ("add", "tageskarte.child.6")]).await;
        assert!(visitor.get("/shop/basket").await.text().contains("value=\"6\""));
    }
}
