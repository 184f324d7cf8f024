//! Sale rules: how many of a type, with which code, where, and never more than a hard maximum.

use crate::support::{TestApp, led_to};
use passepartout::kernel::roles::Role;
use passepartout::sales::prove_ledger::prove_ledger;
use serde_json::{Value, json};
use testkit::museum::{self, cash_order};

/// A tour on a day of July, with labels.
async fn add_event(app: &TestApp, key: &str, day: u8, labels: &[&str]) {
    let event = json!({"key": key, "names": {"de": "Führung"}, "house": "stadtmuseum",
        "starts_at": format!("2026-07-{day:02}T10:00:00+02:00"), "labels": labels});
    app.admin().post("/api/v1/events", &event).await.expect(201);
}

async fn add_rule(app: &TestApp, rule: Value) {
    let mut rule = rule;
    rule["names"] = json!({"de": "Regel", "en": "Rule"});
    app.admin().post("/api/v1/sale-rules", &rule).await.expect(201);
}

fn order_at(event: Option<&str>, category: &str, quantity: u32, total: &str) -> Value {
    let mut order = cash_order("tageskarte", category, quantity, total);
    order["items"][0]["event"] = json!(event);
    order
}

async fn refused_for(app: &TestApp, order: &Value, reason: &str) -> Value {
    let refusal = app.shop().post("/api/v1/orders", order).await.expect_refusal(422, "not_for_sale");
    assert_eq!(refusal["problems"][0]["reason"], reason, "{refusal}");
    refusal
}

/// The ledger counts what was sold, and nothing else.
async fn expect_proven_ledger(app: &TestApp) {
    let mut conn = app.app.db.read().await.expect("a connection");
    assert_eq!(prove_ledger(&mut conn).await.expect("an answer"), Vec::<String>::new());
}

/// The same tickets on two lines.
fn split(order: &Value, quantities: [u32; 2]) -> Value {
    let mut order = order.clone();
    let mut other = order["items"][0].clone();
    other["line"] = json!("2");
    other["quantity"] = json!(quantities[1]);
    order["items"][0]["quantity"] = json!(quantities[0]);
    order["items"].as_array_mut().expect("items").push(other);
    order
}

on_both_databases! {
    async fn a_type_on_two_lines_is_counted_as_one(app: TestApp) {
        let app = app.furnished().await;
        add_rule(&app, json!({"key": "some", "categories": ["reduced"], "min_quantity": 3, "max_quantity": 4})).await;
        let order = |quantity, total| order_at(None, "reduced", quantity, total);
        refused_for(&app, &split(&order(2, "16.00"), [1, 1]), "below_minimum_quantity").await;
        refused_for(&app, &split(&order(6, "48.00"), [3, 3]), "above_maximum_quantity").await;
        refused_for(&app, &split(&order(8, "64.00"), [4, 4]), "above_maximum_quantity").await;
        app.shop().post("/api/v1/orders", &split(&order(4, "32.00"), [1, 3])).await.expect(201);
    }

    async fn a_new_event_takes_over_the_rules_of_its_labels_and_an_event_may_differ(app: TestApp) {
        let app = app.furnished().await;
        add_rule(&app, json!({"key": "group", "event_label": "group", "categories": ["reduced"], "min_quantity": 6})).await;
        add_event(&app, "first", 7, &["group"]).await;
        refused_for(&app, &order_at(Some("first"), "reduced", 5, "40.00"), "below_minimum_quantity").await;
        app.shop().post("/api/v1/orders", &order_at(Some("first"), "reduced", 6, "48.00")).await.expect(201);
        app.shop().post("/api/v1/orders", &order_at(Some("first"), "adult", 1, "12.00")).await.expect(201);
        app.shop().post("/api/v1/orders", &order_at(None, "reduced", 1, "8.00")).await.expect(201);

        add_event(&app, "second", 8, &["group"]).await;
        refused_for(&app, &order_at(Some("second"), "reduced", 1, "8.00"), "below_minimum_quantity").await;
        add_rule(&app, json!({"key": "second-differs", "event": "second", "max_quantity": 2})).await;
        app.shop().post("/api/v1/orders", &order_at(Some("second"), "reduced", 1, "8.00")).await.expect(201);
        refused_for(&app, &order_at(Some("second"), "reduced", 3, "24.00"), "above_maximum_quantity").await;

        let edit = json!({"house": "stadtmuseum", "add": ["group"]});
        add_event(&app, "third", 9, &[]).await;
        app.shop().post("/api/v1/orders", &order_at(Some("third"), "reduced", 1, "8.00")).await.expect(201);
        app.admin().post("/api/v1/events/labels", &edit).await.expect(200);
        refused_for(&app, &order_at(Some("third"), "reduced", 1, "8.00"), "below_minimum_quantity").await;
        expect_proven_ledger(&app).await;
    }

    async fn exactly_two_go_together_and_only_with_the_code(app: TestApp) {
        let app = app.furnished().await;
        add_rule(&app, json!({"key": "duo", "categories": ["child"], "min_quantity": 2, "max_quantity": 2, "codes": ["DUO 26"]})).await;
        for (quantity, total, reason) in [(1, "6.00", "below_minimum_quantity"), (4, "24.00", "above_maximum_quantity")] {
            let mut order = order_at(None, "child", quantity, total);
            order["codes"] = json!(["duo-26"]);
            refused_for(&app, &order, reason).await;
        }
        let mut order = order_at(None, "child", 2, "12.00");
        refused_for(&app, &order, "code_required").await;
        order["codes"] = json!(["duo-26"]);
        let quote = json!({"channel": "online", "items": order["items"], "codes": order["codes"]});
        let quote = app.shop().post("/api/v1/quotes", &quote).await.expect(200);
        assert_eq!((&quote["rejected"], &quote["applied"], &quote["problems"]), (&json!([]), &json!([]), &json!([])));
        assert_eq!(quote["code_entry_open"], true, "a typed code could work");
        app.shop().post("/api/v1/orders", &order).await.expect(201);
    }

    async fn a_type_is_sold_where_its_rule_says(app: TestApp) {
        let app = app.furnished().await;
        add_rule(&app, json!({"key": "desk", "categories": ["reduced"], "channels": ["box_office"]})).await;
        let quote = |channel: &str| {
            let items = order_at(None, "reduced", 1, "8.00")["items"].clone();
            json!({"channel": channel, "items": items, "codes": []})
        };
        let online = app.shop().post("/api/v1/quotes", &quote("online")).await.expect(200);
        assert_eq!(online["problems"], json!([{"line": "1", "reason": "wrong_channel", "overridden": false}]));
        let desk = app.shop().post("/api/v1/quotes", &quote("box_office")).await.expect(200);
        assert_eq!(desk["problems"], json!([]));
    }

    async fn a_group_rate_is_forced_by_staff_with_a_reason(app: TestApp) {
        let app = app.furnished().await;
        add_rule(&app, json!({"key": "group", "categories": ["reduced"], "min_quantity": 6, "codes": ["SCHULE"], "max_total": 7})).await;
        let mut order = order_at(None, "reduced", 4, "32.00");
        order["items"][0]["staff_override"] = json!({"reason": "two children are ill"});
        app.shop().post("/api/v1/orders", &order).await.expect_refusal(403, "forbidden");
        let chief = app.with_rights(&[Role::Shop], &["promotion.override"]).await;
        let quote = json!({"channel": "box_office", "items": order["items"], "codes": []});
        let quote = chief.post("/api/v1/quotes", &quote).await.expect(200);
        let reasons: Vec<_> = quote["problems"].as_array().expect("problems").iter().map(|one| (one["reason"].clone(), one["overridden"].clone())).collect();
        assert_eq!(reasons, [(json!("code_required"), json!(true)), (json!("below_minimum_quantity"), json!(true))]);
        chief.post("/api/v1/orders", &order).await.expect(201);
        let audit = app.admin().get("/api/v1/audit?limit=100").await.expect(200).to_string();
        assert!(audit.contains("sale_rule.overridden") && audit.contains("two children are ill"), "{audit}");

        // The hard maximum holds for staff as well.
        order["items"][0]["staff_override"] = json!({"reason": "and four more"});
        let refusal = chief.post("/api/v1/orders", &order).await.expect_refusal(422, "not_for_sale");
        let sold_out = refusal["problems"].as_array().expect("problems").iter().find(|one| one["reason"] == "sold_out").expect("it");
        assert_eq!((&sold_out["left"], &sold_out["overridden"]), (&json!(3), &json!(false)));
        expect_proven_ledger(&app).await;
    }

    async fn the_maximum_of_a_type_counts_per_event_over_all_sales(app: TestApp) {
        let app = app.furnished().await;
        add_event(&app, "one", 7, &["small"]).await;
        add_event(&app, "two", 8, &["small"]).await;
        app.shop().post("/api/v1/orders", &order_at(Some("one"), "child", 2, "12.00")).await.expect(201);
        add_rule(&app, json!({"key": "small", "event_label": "small", "categories": ["child"], "max_total": 5})).await;
        let refusal = refused_for(&app, &order_at(Some("one"), "child", 4, "24.00"), "sold_out").await;
        assert_eq!(refusal["problems"][0]["left"], 3, "what was sold before there was a rule counts");
        app.shop().post("/api/v1/orders", &order_at(Some("one"), "child", 3, "18.00")).await.expect(201);
        app.shop().post("/api/v1/orders", &order_at(Some("one"), "adult", 9, "108.00")).await.expect(201);
        app.shop().post("/api/v1/orders", &order_at(Some("two"), "child", 5, "30.00")).await.expect(201);
        refused_for(&app, &order_at(Some("two"), "child", 1, "6.00"), "sold_out").await;
        expect_proven_ledger(&app).await;
    }

    async fn lines_of_one_order_share_what_is_left(app: TestApp) {
        let app = app.furnished().await;
        museum::add_tour(&app.admin()).await;
        app.shop().post("/api/v1/orders", &order_at(Some("fuehrung"), "adult", 15, "180.00")).await.expect(201);
        let mut order = order_at(Some("fuehrung"), "adult", 3, "54.00");
        let mut second = order["items"][0].clone();
        (second["line"], second["category"]) = (json!("2"), json!("child"));
        order["items"].as_array_mut().expect("items").push(second);
        let refusal = refused_for(&app, &order, "sold_out").await;
        assert_eq!((&refusal["problems"][0]["line"], &refusal["problems"][0]["left"]), (&json!("2"), &json!(2)));
        order["items"][1]["quantity"] = json!(2);
        order["expected_total"] = json!("48.00");
        app.shop().post("/api/v1/orders", &order).await.expect(201);
        expect_proven_ledger(&app).await;
    }

    async fn what_expires_or_is_given_back_can_be_sold_again_exactly(app: TestApp) {
        let app = app.furnished().await;
        add_event(&app, "one", 20, &[]).await;
        add_rule(&app, json!({"key": "small", "event": "one", "categories": ["child"], "max_total": 5})).await;
        let mut reserved = order_at(Some("one"), "child", 3, "18.00");
        reserved["channel"] = json!("online");
        reserved["payment"] = json!({"method": "online"});
        app.shop().post("/api/v1/orders", &reserved).await.expect(201);
        let kept = app.shop().post("/api/v1/orders", &order_at(Some("one"), "child", 2, "12.00")).await.expect(201);
        refused_for(&app, &order_at(Some("one"), "child", 1, "6.00"), "sold_out").await;
        expect_proven_ledger(&app).await;
        app.wait_secs(15 * 60 + 1);
        app.run_jobs().await;
        expect_proven_ledger(&app).await;
        let refusal = refused_for(&app, &order_at(Some("one"), "child", 4, "24.00"), "sold_out").await;
        assert_eq!(refusal["problems"][0]["left"], 3, "what was reserved is free again");
        let one = json!({"tickets": [kept["tickets"][0]["id"]], "reason": "ill", "preview": false});
        let path = format!("/api/v1/orders/{}/cancellations", kept["id"].as_str().expect("an id"));
        app.shop().post(&path, &one).await.expect(200);
        let refusal = refused_for(&app, &order_at(Some("one"), "child", 5, "30.00"), "sold_out").await;
        assert_eq!(refusal["problems"][0]["left"], 4, "one ticket came back");
        app.shop().post(&path, &json!({"tickets": "all", "reason": "rain", "preview": false})).await.expect(200);
        app.shop().post("/api/v1/orders", &order_at(Some("one"), "child", 5, "30.00")).await.expect(201);
        expect_proven_ledger(&app).await;
    }

    async fn rules_are_kept_in_administration_and_events_say_where_they_differ(app: TestApp) {
        let app = app.furnished().await;
        let mut admin = app.browser_of(Role::Admin).await;
        museum::add_tour(&app.admin()).await;
        let form = [("key", "gruppe"), ("names_en", "Groups of six"), ("categories", "reduced"), ("event_label", "weekly"), ("min_quantity", "6"), ("codes", "SCHULE, KLASSE")];
        let answer = admin.post("/admin/catalog/sale-rules/new", &form).await;
        assert_eq!((answer.status, led_to(&answer)), (303, "/admin/catalog/sale-rules"), "{}", answer.text());
        let page = admin.get("/admin/catalog/sale-rules/gruppe").await.text();
        assert!(page.contains("No event carries the label “weekly” at the moment."), "{page}");
        assert!(page.contains("<option value=\"week\">"), "labels in use are suggested: {page}");
        let mut changed = form.to_vec();
        changed[3] = ("event_label", "week");
        assert_eq!(admin.post("/admin/catalog/sale-rules/gruppe", &changed).await.status, 303);
        assert!(!admin.get("/admin/catalog/sale-rules/gruppe").await.text().contains("No event carries"));
        let listed = admin.get("/admin/catalog/sale-rules").await.text();
        assert!(listed.contains("events with “week” · at least 6 per order · only with a code"), "{listed}");
        let event = admin.get("/admin/catalog/events/fuehrung").await.text();
        assert!(event.contains("By its labels, “Groups of six” holds here."), "{event}");
        add_rule(&app, json!({"key": "own", "event": "fuehrung", "categories": ["reduced"]})).await;
        let event = admin.get("/admin/catalog/events/fuehrung").await.text();
        assert!(event.contains("This event differs: “Rule” holds instead of “Groups of six”."), "{event}");
        for (name, value, says) in [("min_quantity", "0", "from 1 to 1000"), ("event", "nirgends", "no longer there"), ("codes", "-", "1 to 100 characters")] {
            let refused = admin.post("/admin/catalog/sale-rules/new", &[("key", "x"), ("names_en", "X"), (name, value)]).await;
            assert_eq!(refused.status, 422, "{name}");
            assert!(refused.text().contains(says), "{name}: {}", refused.text());
        }
        app.admin().delete("/api/v1/events/fuehrung").await.expect_refusal(409, "in_use");
        app.admin().delete("/api/v1/categories/reduced").await.expect_refusal(409, "in_use");
        assert_eq!(led_to(&admin.post("/admin/catalog/sale-rules/own/delete", &[]).await), "/admin/catalog/sale-rules");
    }

    async fn the_box_office_says_why_in_words(app: TestApp) {
        let app = app.furnished().await;
        add_rule(&app, json!({"key": "group", "categories": ["reduced"], "min_quantity": 6, "max_quantity": 20})).await;
        let mut desk = app.browser_of(Role::Shop).await;
        for (quantity, says) in [(5, "At least 6 of these must be taken."), (21, "At most 20 of these fit into one order.")] {
            let page = desk.get(&format!("/box-office?item=tageskarte.reduced.stadtmuseum...{quantity}")).await.text();
            assert!(page.contains(says), "{page}");
        }
    }

    async fn a_ledger_that_counts_wrongly_is_found(app: TestApp) {
        let app = app.furnished().await;
        app.shop().post("/api/v1/orders", &order_at(None, "adult", 2, "24.00")).await.expect(201);
        expect_proven_ledger(&app).await;
        for spoil in [&COUNT_TOO_MUCH, &FORGET_AN_ENTRY, &LOSE_A_TICKET] {
            let spoiled = app.app.db.write(async move |tx: &mut db::Conn| tx.execute(spoil, db::args![]).await).await;
            assert!(spoiled.expect("rows") > 0);
        }
        let mut conn = app.app.db.read().await.expect("a connection");
        let findings = prove_ledger(&mut conn).await.expect("an answer").join(" ");
        for part in [
            "The counter product_total of \"tageskarte\" says 3, its entries add up to 2.",
            "The ledger counts 1 of \"tageskarte/adult/\" as type_total, the orders say 0.",
        ] {
            assert!(findings.contains(part), "{part} is missing in {findings}");
        }
    }
}

db::statements! {
    COUNT_TOO_MUCH = "UPDATE limit_counters SET used = used + 1 WHERE kind = 'product_total'";
    FORGET_AN_ENTRY = "UPDATE limit_entries SET state = 'released' WHERE id = (SELECT MIN(id) FROM limit_entries WHERE kind = 'type_total')";
    LOSE_A_TICKET = "UPDATE tickets SET state = 'cancelled'";
}
