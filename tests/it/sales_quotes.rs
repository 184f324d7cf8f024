//! Quotes: what a basket costs, and why.

use serde_json::{Value, json};
use testkit::{Client, museum};

fn basket(product: &str, category: &str, quantity: u32, codes: &[&str]) -> Value {
    json!({
        "channel": "box_office",
        "items": [{"line": "1", "product": product, "category": category, "house": "stadtmuseum", "event": null, "date": null,
            "quantity": quantity}],
        "codes": codes, "customer": null, "box_office_profile": null, "staff_overrides": [],
    })
}

async fn add_offer(marketing: &Client, offer: Value, codes: &[Value]) {
    let key = offer["id"].as_str().unwrap().to_owned();
    marketing.post("/api/v1/offers", &offer).await.expect(201);
    for code in codes {
        marketing.post(&format!("/api/v1/offers/{key}/codes"), code).await.expect(201);
    }
}

fn percent(key: &str, percent: &str) -> Value {
    json!({"id": key, "effect": {"type": "percent_off", "percent": percent}})
}

on_both_databases! {
    async fn a_basket_without_offers_costs_its_list_price_on_every_channel(app: TestApp) {
        let app = app.furnished().await;
        for channel in ["online", "box_office", "back_office"] {
            let mut asked = basket("tageskarte", "adult", 3, &[]);
            asked["channel"] = json!(channel);
            let quote = app.shop().post("/api/v1/quotes", &asked).await.expect(200);
            assert_eq!(
                (&quote["currency"], &quote["total"], &quote["original_total"], &quote["discount_total"]),
                (&json!("EUR"), &json!("36.00"), &json!("36.00"), &json!("0.00"))
            );
            assert_eq!(quote["lines"], json!([{"line": "1", "product": "tageskarte", "category": "adult",
                "original_unit_price": "12.00", "units": [{"quantity": 3, "price": "12.00"}], "total": "36.00"}]));
            assert_eq!(quote["vat"], json!([{"rate": "7", "gross": "36.00", "net": "33.64", "tax": "2.36"}]));
            assert_eq!((&quote["optimal"], &quote["code_entry_open"]), (&json!(true), &json!(false)));
        }
    }

    async fn codes_are_used_or_refused_with_their_reason(app: TestApp) {
        let app = app.furnished().await;
        let marketing = app.marketing();
        add_offer(&marketing, percent("summer", "25"), &[json!({"code": "SUMMER2026"})]).await;
        let over = json!({"id": "spring", "valid_until": "2026-07-03", "effect": {"type": "percent_off", "percent": "50"}});
        add_offer(&marketing, over, &[json!({"code": "SPRING"})]).await;
        add_offer(&marketing, percent("press", "100"), &[json!({"code": "PRESS", "enabled": false})]).await;

        let typed = ["summer 2026", "spring", "press", "nonsense", "SUMMER-2026"];
        let quote = app.shop().post("/api/v1/quotes", &basket("tageskarte", "adult", 2, &typed)).await.expect(200);
        assert_eq!(quote["total"], "18.00");
        assert_eq!(quote["applied"], json!([{"offer": "summer", "code": "SUMMER2026", "discount": "6.00"}]));
        let reasons: Vec<(&str, &str)> = quote["rejected"].as_array().unwrap().iter()
            .map(|one| (one["code"].as_str().unwrap(), one["reason"].as_str().unwrap())).collect();
        assert_eq!(reasons, [("spring", "expired"), ("press", "disabled"), ("nonsense", "unknown_code"), ("SUMMER-2026", "already_entered")]);
        assert_eq!(quote["code_entry_open"], true);

        let empty = app.shop().post("/api/v1/quotes", &json!({"channel": "online", "codes": ["SUMMER2026"]})).await.expect(200);
        assert_eq!((&empty["total"], &empty["pending"]), (&json!("0.00"), &json!(["SUMMER2026"])));
        let odd = app.shop().post("/api/v1/quotes", &basket("tageskarte", "adult", 1, &["\u{202E}x", "'; --"])).await.expect(200);
        assert_eq!((&odd["rejected"][0]["reason"], &odd["rejected"][1]["reason"]), (&json!("unknown_code"), &json!("unknown_code")));
    }

    async fn the_code_field_is_shown_only_while_a_typed_code_could_work(app: TestApp) {
        let app = app.furnished().await;
        let marketing = app.marketing();
        let open = async |channel: &str| {
            let mut asked = basket("tageskarte", "adult", 1, &[]);
            asked["channel"] = json!(channel);
            app.shop().post("/api/v1/quotes", &asked).await.expect(200)["code_entry_open"] == true
        };
        let desk = json!({"id": "desk", "channels": ["box_office"], "effect": {"type": "percent_off", "percent": "10"}});
        add_offer(&marketing, desk, &[]).await;
        assert!(!open("box_office").await, "there is no code yet");
        marketing.post("/api/v1/offers/desk/codes", &json!({"code": "DESK", "max_uses": 1})).await.expect(201);
        assert!(open("box_office").await);
        assert!(!open("online").await, "the code is for the desk");
        let mut order = museum::cash_order("tageskarte", "adult", 1, "10.80");
        order["codes"] = json!(["DESK"]);
        app.shop().post("/api/v1/orders", &order).await.expect(201);
        assert!(!open("box_office").await, "the code is used up");
        marketing.patch("/api/v1/codes/desk", &json!({"max_uses": 2})).await.expect(200);
        assert!(open("box_office").await);
        let mut limited = json!({"id": "desk", "channels": ["box_office"], "max_orders": 1});
        limited["effect"] = json!({"type": "percent_off", "percent": "10"});
        marketing.put("/api/v1/offers/desk", &limited).await.expect(200);
        assert!(!open("box_office").await, "the orders of the offer are used up");
        limited["max_orders"] = json!(2);
        marketing.put("/api/v1/offers/desk", &limited).await.expect(200);
        assert!(open("box_office").await);
        let automatic = json!({"id": "auto", "activation": "automatic", "effect": {"type": "percent_off", "percent": "5"}});
        add_offer(&marketing, automatic, &[]).await;
        assert!(!open("box_office").await, "an automatic offer acts on the basket");
    }

    async fn staff_override_with_the_right_and_a_reason(app: TestApp) {
        let app = app.furnished().await;
        let group = json!({"id": "group", "min_tickets": 10, "effect": {"type": "ticket_price", "price": "9.00"}});
        add_offer(&app.marketing(), group, &[]).await;
        let mut asked = basket("tageskarte", "adult", 8, &[]);
        asked["staff_overrides"] = json!([{"offer": "group", "reason": "late bus"}]);
        let refusal = app.shop().post("/api/v1/quotes", &asked).await.expect_refusal(403, "forbidden");
        assert_eq!(refusal["right"], "promotion.override");
        let desk = app.with_rights(&[passepartout::kernel::roles::Role::Shop], &["promotion.override"]).await;
        assert_eq!(desk.post("/api/v1/quotes", &asked).await.expect(200)["total"], "72.00");
        asked["staff_overrides"] = json!([{"offer": "group", "reason": " "}]);
        desk.post("/api/v1/quotes", &asked).await.expect_invalid("staff_overrides[0].reason", "missing_reason");
        asked["staff_overrides"] = json!([{"offer": "none", "reason": "x"}]);
        desk.post("/api/v1/quotes", &asked).await.expect_invalid("staff_overrides[0].offer", "unknown_offer");
    }

    async fn staff_sell_a_line_against_its_rules(app: TestApp) {
        let app = app.furnished().await;
        let mut asked = basket("tageskarte", "companion", 1, &[]);
        let quote = app.shop().post("/api/v1/quotes", &asked).await.expect(200);
        assert_eq!(quote["problems"], json!([{"line": "1", "reason": "companion_alone", "overridden": false}]));
        asked["items"][0]["staff_override"] = json!({"reason": "companion of a season ticket"});
        app.shop().post("/api/v1/quotes", &asked).await.expect_refusal(403, "forbidden");
        let desk = app.with_rights(&[passepartout::kernel::roles::Role::Shop], &["promotion.override"]).await;
        assert_eq!(desk.post("/api/v1/quotes", &asked).await.expect(200)["problems"][0]["overridden"], true);
        asked["expected_total"] = json!("0.00");
        asked["payment"] = json!({"method": "none"});
        asked.as_object_mut().unwrap().remove("box_office_profile");
        assert_eq!(desk.post("/api/v1/orders", &asked).await.expect(201)["tickets"][0]["category"], "companion");
    }

    async fn events_houses_and_labels_decide_whom_an_offer_is_for(app: TestApp) {
        let app = app.furnished().await;
        museum::add_tour(&app.admin()).await;
        let marketing = app.marketing();
        let week = json!({"id": "week", "scope": {"event_label": {"has": "week"}, "museums": ["stadtmuseum"]},
            "effect": {"type": "percent_off", "percent": "50"}});
        add_offer(&marketing, week, &[json!({"code": "WEEK"})]).await;
        let mut asked = basket("tageskarte", "adult", 1, &["WEEK"]);
        assert_eq!(app.shop().post("/api/v1/quotes", &asked).await.expect(200)["rejected"][0]["reason"], "wrong_event");
        asked["items"][0]["event"] = json!("fuehrung");
        assert_eq!(app.shop().post("/api/v1/quotes", &asked).await.expect(200)["total"], "6.00");
        asked["items"][0]["quantity"] = json!(21);
        let sold_out = app.shop().post("/api/v1/quotes", &asked).await.expect(200);
        assert_eq!(sold_out["problems"], json!([{"line": "1", "reason": "sold_out", "left": 20, "overridden": false}]));
        asked["items"][0]["house"] = json!("schloss");
        app.shop().post("/api/v1/quotes", &asked).await.expect_invalid("items[0].event", "wrong_house");
    }

    async fn input_that_is_not_right_has_its_specific_answer(app: TestApp) {
        let app = app.furnished().await;
        let item = |field: &str, value: Value| {
            let mut asked = basket("tageskarte", "adult", 1, &[]);
            asked["items"][0][field] = value;
            asked
        };
        for (asked, path, reason) in [
            (item("quantity", json!(0)), "items[0].quantity", "too_few"),
            (item("quantity", json!(10_000)), "items[0].quantity", "too_many"),
            (item("quantity", json!("one")), "items[0].quantity", "wrong_type"),
            (item("quantity", json!(-1)), "items[0].quantity", "invalid_value"),
            (item("product", json!("none")), "items[0].product", "unknown_product"),
            (item("category", json!("none")), "items[0].category", "unknown_category"),
            (item("house", json!("none")), "items[0].house", "unknown_house"),
            (item("house", json!(null)), "items[0].house", "missing_house"),
            (item("event", json!("none")), "items[0].event", "unknown_event"),
            (item("date", json!("2026-07-03")), "items[0].date", "invalid_date"),
            (item("date", json!("tomorrow")), "items[0].date", "invalid_value"),
            (item("colour", json!("red")), "items[0].colour", "unknown_field"),
        ] {
            app.shop().post("/api/v1/quotes", &asked).await.expect_invalid(path, reason);
        }
        let companion = app.shop().post("/api/v1/quotes", &item("category", json!("companion"))).await.expect(200);
        assert_eq!(companion["problems"][0]["reason"], "companion_alone");
        let unpriced = item("product", json!("saisonkarte"));
        let unpriced = { let mut asked = unpriced; asked["items"][0]["category"] = json!("child"); asked };
        let quote = app.shop().post("/api/v1/quotes", &unpriced).await.expect(200);
        assert_eq!(quote["problems"][0]["reason"], "not_for_sale");
    }
}
