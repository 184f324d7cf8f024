//! Orders: placed as a whole or not at all, paid, cancelled.

use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::museum::{self, cash_order};

async fn add_code(app: &crate::support::TestApp, offer: Value, code: &str, max_uses: Option<u32>) {
    let key = offer["id"].as_str().unwrap().to_owned();
    app.marketing().post("/api/v1/offers", &offer).await.expect(201);
    let code = json!({"code": code, "max_uses": max_uses});
    app.marketing().post(&format!("/api/v1/offers/{key}/codes"), &code).await.expect(201);
}

fn percent(key: &str, percent: &str) -> Value {
    json!({"id": key, "effect": {"type": "percent_off", "percent": percent}})
}

fn order_of(product: &str, quantity: u32, total: &str, codes: &[&str]) -> Value {
    let mut order = cash_order(product, "adult", quantity, total);
    order["codes"] = json!(codes);
    order
}

fn ticket_ids(order: &Value) -> Vec<String> {
    order["tickets"].as_array().unwrap().iter().map(|ticket| ticket["id"].as_str().unwrap().to_owned()).collect()
}

async fn used(app: &crate::support::TestApp, code: &str) -> u64 {
    app.marketing().get(&format!("/api/v1/codes/{code}")).await.expect(200)["used"].as_u64().unwrap()
}

on_both_databases! {
    async fn a_cash_order_issues_what_was_sold(app: TestApp) {
        let app = app.furnished().await;
        add_code(&app, percent("summer", "20"), "SUMMER2026", None).await;
        let item = |line: &str, product: &str, category: &str, quantity: u32| {
            json!({"line": line, "product": product, "category": category, "house": "schloss", "quantity": quantity})
        };
        let mut order = order_of("tageskarte", 1, "184.00", &["summer 2026"]);
        order["items"] = json!([item("1", "jahreskarte", "adult", 1), item("2", "familienkarte", "adult", 1),
            item("3", "jahreskarte-gutschein", "adult", 1), item("4", "tageskarte", "adult", 3), item("5", "tageskarte", "child", 2),
            item("6", "tageskarte", "companion", 1)]);
        order["expected_total"] = json!("182.40");
        let order = app.shop().post("/api/v1/orders", &order).await.expect(201);
        assert_eq!((&order["state"], &order["total"], &order["number"]), (&json!("paid"), &json!("182.40"), &json!("2026-000001")));
        assert_eq!(order["receipt_url"], format!("/api/v1/orders/{}/receipt", order["id"].as_str().unwrap()));
        let tickets = order["tickets"].as_array().unwrap();
        assert_eq!(tickets.len(), 9);
        assert_eq!((&tickets[0]["list_price"], &tickets[0]["discount"], &tickets[0]["paid_price"]), (&json!("45.00"), &json!("9.00"), &json!("36.00")));
        assert_eq!(tickets[0]["annual_tickets"].as_array().unwrap().len(), 1);
        assert!(tickets[0]["personalization_url"].as_str().unwrap().starts_with("/p/"));
        assert_eq!(tickets[1]["annual_tickets"].as_array().unwrap().len(), 3);
        assert_eq!(tickets[1]["personalization_urls"].as_array().unwrap().len(), 3);
        assert_eq!(tickets[2]["voucher_code"].as_str().unwrap().len(), 33);
        assert_eq!(tickets[3]["card_code"].as_str().unwrap().len(), 200);
        assert_eq!(tickets[3].get("voucher_code"), None);
        let sum: i64 = tickets.iter().map(|ticket| cents(&ticket["paid_price"])).sum();
        assert_eq!(sum, 18_240);

        let path = format!("/api/v1/orders/{}", order["id"].as_str().unwrap());
        assert_eq!(app.shop().get(&path).await.expect(200), order);
        let receipt = app.shop().get(&format!("{path}/receipt")).await;
        receipt.expect(200);
        assert!(receipt.text().contains("2026-000001") && receipt.text().contains("182.40"), "{}", receipt.text());
        let found = app.shop().get("/api/v1/orders?q=lovelace%202026-0000").await.expect(200);
        assert_eq!((&found["items"][0]["id"], &found["items"][0]["buyer_name"]), (&order["id"], &json!("Ada Lovelace")));
        assert_eq!(app.shop().get("/api/v1/orders?q=nobody").await.expect(200)["items"], json!([]));
        assert_eq!(used(&app, "summer2026").await, 1);
    }

    async fn refusals_come_in_their_order_and_change_nothing(app: TestApp) {
        let app = app.furnished().await;
        add_code(&app, percent("summer", "20"), "SUMMER2026", None).await;
        let shop = app.shop();
        let place = async |order: &Value| shop.post("/api/v1/orders", order).await;

        let mut wrong = order_of("tageskarte", 1, "1.00", &["nonsense"]);
        wrong["items"][0]["category"] = json!("companion");
        let refusal = place(&wrong).await.expect_refusal(422, "not_for_sale");
        assert_eq!(refusal["problems"][0]["reason"], "companion_alone");
        let wrong = order_of("tageskarte", 1, "1.00", &["nonsense", "SUMMER2026"]);
        let refusal = place(&wrong).await.expect_refusal(422, "code_rejected");
        assert_eq!(refusal["rejected"], json!([{"code": "nonsense", "reason": "unknown_code"}]));
        let mut wrong = order_of("tageskarte", 1, "1.00", &["nonsense", "SUMMER2026"]);
        wrong["drop_rejected_codes"] = json!(true);
        let refusal = place(&wrong).await.expect_refusal(409, "total_changed");
        assert_eq!((&refusal["quote"]["total"], &refusal["quote"]["lines"][0]["product"]), (&json!("9.60"), &json!("tageskarte")));
        let mut free = order_of("tageskarte", 1, "12.00", &[]);
        free["payment"]["method"] = json!("none");
        place(&free).await.expect_invalid("payment.method", "not_free");

        let mut empty = order_of("tageskarte", 1, "0.00", &[]);
        empty["items"] = json!([]);
        place(&empty).await.expect_invalid("items", "empty_basket");
        let mut pickup = order_of("tageskarte", 1, "12.00", &[]);
        pickup["delivery"] = json!({"kind": "pickup", "house": "nowhere"});
        place(&pickup).await.expect_invalid("delivery.house", "unknown_house");
        for (path, value, at, reason) in [
            ("expected_total", json!("12.000"), "expected_total", "invalid_value"),
            ("expected_total", json!(12), "expected_total", "wrong_type"),
            ("colour", json!("red"), "colour", "unknown_field"),
            ("payment", json!({"method": "shells"}), "payment.method", "unknown_value"),
            ("buyer", json!({"name": "x".repeat(201)}), "buyer.name", "too_long"),
            ("buyer", json!({"name": "Ada", "email": "nowhere"}), "buyer.email", "invalid_email"),
            ("buyer", json!({"name": "Ada", "address": {"lines": [], "city": "London", "country": "GB"}}), "buyer.address.lines", "missing"),
        ] {
            let mut order = order_of("tageskarte", 1, "12.00", &[]);
            order[path] = value;
            place(&order).await.expect_invalid(at, reason);
        }
        assert_eq!(shop.get("/api/v1/orders").await.expect(200)["items"], json!([]));
        assert_eq!(used(&app, "summer2026").await, 0);
        let first = place(&order_of("tageskarte", 1, "9.60", &["SUMMER2026"])).await.expect(201);
        assert_eq!(first["number"], "2026-000001", "refusals leave no gap");
    }

    async fn names_of_all_scripts_are_kept_and_found(app: TestApp) {
        let app = app.furnished().await;
        for (name, words) in [
            ("Nguyễn Thị Đặng", "nguyen dang"), ("שרה כהן", "כהן"), ("Zoe\u{308} Müller", "zoe mueller"), ("x\u{202E}y", "xy"),
            (&"x".repeat(200), "xxxx"),
        ] {
            let mut order = order_of("tageskarte", 1, "12.00", &[]);
            order["buyer"] = json!({"name": name});
            let placed = app.shop().post("/api/v1/orders", &order).await.expect(201);
            let found = app.shop().get(&format!("/api/v1/orders?q={}", encode(words))).await.expect(200);
            assert_eq!(found["items"][0]["id"], placed["id"], "{name}");
        }
    }

    async fn a_free_order_needs_no_payment(app: TestApp) {
        let app = app.furnished().await;
        add_code(&app, percent("press", "100"), "PRESS", Some(1)).await;
        let mut order = order_of("tageskarte", 2, "0.00", &["PRESS"]);
        order["payment"]["method"] = json!("none");
        let order = app.shop().post("/api/v1/orders", &order).await.expect(201);
        assert_eq!((&order["state"], &order["payments"]), (&json!("paid"), &json!([])));
        let again = order_of("tageskarte", 1, "0.00", &["press"]);
        let refusal = app.shop().post("/api/v1/orders", &again).await.expect_refusal(422, "code_rejected");
        assert_eq!(refusal["rejected"], json!([{"code": "press", "reason": "exhausted"}]));
        app.marketing().delete("/api/v1/codes/press").await.expect_refusal(409, "code_was_used");
        app.marketing().delete("/api/v1/offers/press").await.expect_refusal(409, "offer_was_used");
    }

    async fn an_invoice_waits_for_its_payment_with_its_tickets_issued(app: TestApp) {
        let app = app.furnished().await;
        let mut order = order_of("jahreskarte", 2, "90.00", &[]);
        order["payment"]["method"] = json!("invoice");
        let mut nobody = order.clone();
        nobody.as_object_mut().unwrap().remove("buyer");
        app.shop().post("/api/v1/orders", &nobody).await.expect_invalid("buyer", "missing_field");
        let order = app.shop().post("/api/v1/orders", &order).await.expect(201);
        assert_eq!((&order["state"], &order["due"], &order["tickets"][0]["state"]), (&json!("awaiting_payment"), &json!("90.00"), &json!("valid")));
        let annual = order["tickets"][0]["annual_tickets"][0].as_str().unwrap();
        let path = format!("/api/v1/annual-tickets/{annual}");
        assert_eq!(app.personalization().get(&path).await.expect(200)["paid"], false);
        let pay = format!("/api/v1/orders/{}/payments", order["id"].as_str().unwrap());
        app.shop().post(&pay, &json!({"method": "cash", "amount": "45.00"})).await.expect_invalid("amount", "wrong_amount");
        let paid = app.shop().post(&pay, &json!({"method": "cash", "amount": "90.00"})).await.expect(200);
        assert_eq!((&paid["state"], &paid["due"]), (&json!("paid"), &json!("0.00")));
        assert_eq!(app.personalization().get(&path).await.expect(200)["paid"], true);
        app.shop().post(&pay, &json!({})).await.expect_refusal(409, "already_paid");
    }

    async fn an_online_order_holds_its_tickets_until_it_is_paid(app: TestApp) {
        let app = app.furnished().await;
        add_code(&app, percent("summer", "50"), "LAST", Some(1)).await;
        let mut order = order_of("jahreskarte", 1, "22.50", &["LAST"]);
        order["channel"] = json!("online");
        order["payment"]["method"] = json!("online");
        let held = app.shop().post("/api/v1/orders", &order).await.expect(201);
        assert_eq!((&held["state"], &held["tickets"][0]["state"]), (&json!("awaiting_payment"), &json!("reserved")));
        assert_eq!(held["hold_until"], "2026-07-04T09:15:00.000Z");
        assert_eq!(held["tickets"][0].get("personalization_url"), None);
        app.shop().post("/api/v1/orders", &order).await.expect_refusal(422, "code_rejected");

        // The code expires while the payment is awaited: the price that was agreed to is honoured.
        app.wait_secs(14 * 60);
        let mut offer = percent("summer", "50");
        offer["enabled"] = json!(false);
        app.marketing().put("/api/v1/offers/summer", &offer).await.expect(200);
        let pay = format!("/api/v1/orders/{}/payments", held["id"].as_str().unwrap());
        let paid = app.shop().post(&pay, &json!({})).await.expect(200);
        assert_eq!((&paid["state"], &paid["total"], &paid["tickets"][0]["state"]), (&json!("paid"), &json!("22.50"), &json!("valid")));
        assert!(paid["tickets"][0]["personalization_url"].is_string());
        app.wait_secs(3600);
        app.run_jobs().await;
        let path = format!("/api/v1/orders/{}", held["id"].as_str().unwrap());
        assert_eq!(app.shop().get(&path).await.expect(200)["state"], "paid");
    }

    async fn an_online_order_that_is_not_paid_gives_everything_back(app: TestApp) {
        let app = app.furnished().await;
        museum::add_tour(&app.admin()).await;
        add_code(&app, percent("summer", "50"), "LAST", Some(1)).await;
        let mut order = order_of("tageskarte", 20, "120.00", &["LAST"]);
        order["items"][0]["event"] = json!("fuehrung");
        order["payment"]["method"] = json!("online");
        let held = app.shop().post("/api/v1/orders", &order).await.expect(201);
        assert_eq!(used(&app, "last").await, 1);
        app.wait_secs(15 * 60 - 1);
        app.run_jobs().await;
        assert_eq!(used(&app, "last").await, 1, "its time is not over yet");
        app.wait_secs(1);
        app.run_jobs().await;
        assert_eq!(used(&app, "last").await, 0);
        let path = format!("/api/v1/orders/{}", held["id"].as_str().unwrap());
        let expired = app.shop().get(&path).await.expect(200);
        assert_eq!((&expired["state"], &expired["tickets"][0]["state"]), (&json!("expired"), &json!("cancelled")));
        app.shop().post(&format!("{path}/payments"), &json!({})).await.expect_refusal(409, "order_expired");
        let again = app.shop().post("/api/v1/orders", &order).await.expect(201);
        assert_eq!(again["tickets"].as_array().unwrap().len(), 20);
    }

    async fn a_return_is_worth_what_the_kept_tickets_leave(app: TestApp) {
        let app = app.furnished().await;
        let pair = json!({"id": "pair", "activation": "automatic_combinable",
            "effect": {"type": "bundle", "buy": 1, "get": 1, "percent": "100"}});
        app.marketing().post("/api/v1/offers", &pair).await.expect(201);
        let order = app.shop().post("/api/v1/orders", &order_of("tageskarte", 5, "36.00", &[])).await.expect(201);
        let cancel = format!("/api/v1/orders/{}/cancellations", order["id"].as_str().unwrap());
        let tickets = order["tickets"].as_array().unwrap();
        let of_price = |price: &str| -> Vec<&str> {
            tickets.iter().filter(|ticket| ticket["paid_price"] == price).map(|ticket| ticket["id"].as_str().unwrap()).collect()
        };
        let (free, paid) = (of_price("0.00"), of_price("12.00"));
        assert_eq!((free.len(), paid.len()), (2, 3));
        let back = |ticket: &str, preview: bool| json!({"tickets": [ticket], "reason": "ill", "preview": preview});
        // A free ticket is worth nothing, and the price of the kept ones stays.
        assert_eq!(app.shop().post(&cancel, &back(free[0], true)).await.expect(200), json!({"refund": "0.00"}));
        // Of five tickets three were paid; four cost two.
        assert_eq!(app.shop().post(&cancel, &back(paid[0], true)).await.expect(200), json!({"refund": "12.00"}));
        assert_eq!(app.shop().post(&cancel, &back(paid[0], false)).await.expect(200), json!({"refund": "12.00"}));
        app.shop().post(&cancel, &back(paid[0], false)).await.expect_refusal(409, "ticket_cancelled");
        // Three tickets cost two, as four do: the second one back is worth nothing.
        assert_eq!(app.shop().post(&cancel, &back(paid[1], false)).await.expect(200), json!({"refund": "0.00"}));
        let rest = json!({"tickets": "all", "reason": "ill"});
        assert_eq!(app.shop().post(&cancel, &rest).await.expect(200), json!({"refund": "12.00"}));
        let done = app.shop().get(&format!("/api/v1/orders/{}", order["id"].as_str().unwrap())).await.expect(200);
        assert_eq!((&done["state"], &done["refunded"]), (&json!("cancelled"), &json!("24.00")));
        app.shop().post(&cancel, &rest).await.expect_refusal(409, "order_cancelled");
    }

    async fn a_cancellation_gives_back_exactly_what_was_used(app: TestApp) {
        let app = app.furnished().await;
        let mut offer = percent("summer", "50");
        offer["max_tickets_total"] = json!(3);
        add_code(&app, offer, "SUMMER", Some(2)).await;
        let order = app.shop().post("/api/v1/orders", &order_of("tageskarte", 3, "18.00", &["SUMMER"])).await.expect(201);
        let offer = async || app.marketing().get("/api/v1/offers/summer").await.expect(200);
        assert_eq!((&offer().await["orders_used"], &offer().await["tickets_used"]), (&json!(1), &json!(3)));
        let cancel = format!("/api/v1/orders/{}/cancellations", order["id"].as_str().unwrap());
        let ids = ticket_ids(&order);
        app.shop().post(&cancel, &json!({"tickets": [ids[0]], "reason": "ill"})).await.expect(200);
        assert_eq!((&offer().await["orders_used"], &offer().await["tickets_used"]), (&json!(1), &json!(2)), "a part gives back tickets");
        assert_eq!(used(&app, "summer").await, 1);
        app.shop().post(&cancel, &json!({"tickets": "all", "reason": "ill"})).await.expect(200);
        assert_eq!((&offer().await["orders_used"], &offer().await["tickets_used"]), (&json!(0), &json!(0)));
        assert_eq!(used(&app, "summer").await, 0);
        app.shop().post(&cancel, &json!({"tickets": [ids[0]], "reason": ""})).await.expect_invalid("reason", "missing_reason");
    }

    async fn cancelled_goods_open_nothing(app: TestApp) {
        let app = app.furnished().await;
        let item = |line: &str, product: &str| {
            json!({"line": line, "product": product, "category": "adult", "house": "schloss", "quantity": 1})
        };
        let mut order = order_of("tageskarte", 1, "102.00", &[]);
        order["items"] = json!([item("1", "jahreskarte"), item("2", "jahreskarte-gutschein"), item("3", "tageskarte")]);
        let order = app.shop().post("/api/v1/orders", &order).await.expect(201);
        let path = format!("/api/v1/orders/{}", order["id"].as_str().unwrap());
        let mut unknown = json!({"tickets": [order["id"]], "reason": "x"});
        app.shop().post(&format!("{path}/cancellations"), &unknown).await.expect_invalid("tickets[0]", "unknown_ticket");
        unknown["tickets"] = json!([]);
        app.shop().post(&format!("{path}/cancellations"), &unknown).await.expect_invalid("tickets", "empty");
        let refund = app.shop().post(&format!("{path}/cancellations"), &json!({"tickets": "all", "reason": "moved away"})).await;
        assert_eq!(refund.expect(200), json!({"refund": "102.00"}));
        let annual = order["tickets"][0]["annual_tickets"][0].as_str().unwrap();
        let annual = app.personalization().get(&format!("/api/v1/annual-tickets/{annual}")).await.expect(200);
        assert_eq!(annual["status"], "cancelled");
        let voucher = format!("/api/v1/vouchers/{}", order["tickets"][1]["voucher_code"].as_str().unwrap());
        assert_eq!(app.shop().get(&voucher).await.expect(200)["state"], "void");
        app.personalization().post(&format!("{voucher}/exchange"), &json!({})).await.expect_refusal(409, "voucher_void");
    }

    async fn an_old_order_keeps_its_price_when_its_campaign_changes(app: TestApp) {
        let app = app.furnished().await;
        add_code(&app, percent("summer", "50"), "SUMMER", None).await;
        let order = app.shop().post("/api/v1/orders", &order_of("tageskarte", 2, "12.00", &["SUMMER"])).await.expect(201);
        app.marketing().put("/api/v1/offers/summer", &percent("summer", "10")).await.expect(200);
        let path = format!("/api/v1/orders/{}", order["id"].as_str().unwrap());
        assert_eq!(app.shop().get(&path).await.expect(200), order);
        let back = json!({"tickets": [ticket_ids(&order)[0]], "reason": "ill"});
        let refund = app.shop().post(&format!("{path}/cancellations"), &back).await.expect(200);
        assert_eq!(refund, json!({"refund": "6.00"}), "by the rules of the day of the sale");
    }

    async fn staff_overrides_are_kept_with_their_reason(app: TestApp) {
        let app = app.furnished().await;
        let group = json!({"id": "group", "min_tickets": 10, "effect": {"type": "ticket_price", "price": "9.00"}});
        app.marketing().post("/api/v1/offers", &group).await.expect(201);
        let mut order = order_of("tageskarte", 8, "72.00", &[]);
        order["staff_overrides"] = json!([{"offer": "group", "reason": "late bus"}]);
        app.shop().post("/api/v1/orders", &order).await.expect_refusal(403, "forbidden");
        let desk = app.with_rights(&[Role::Shop], &["promotion.override"]).await;
        let placed = desk.post("/api/v1/orders", &order).await.expect(201);
        assert_eq!(placed["applied"], json!([{"offer": "group", "discount": "24.00", "override_reason": "late bus"}]));
        let audit = app.admin().get("/api/v1/audit?subject_kind=order").await.expect(200);
        let overridden = audit["items"].as_array().unwrap().iter().find(|record| record["action"] == "offer.overridden");
        assert_eq!(overridden.unwrap()["reason"], "late bus");
    }

    async fn a_repeated_request_sells_once(app: TestApp) {
        let app = app.furnished().await;
        let order = order_of("tageskarte", 1, "12.00", &[]);
        let first = app.shop().post_once("/api/v1/orders", "till-1-0042", &order).await.expect(201);
        let again = app.shop().post_once("/api/v1/orders", "till-1-0042", &order).await.expect(201);
        assert_eq!(first, again);
        let other = order_of("tageskarte", 2, "24.00", &[]);
        app.shop().post_once("/api/v1/orders", "till-1-0042", &other).await.expect_refusal(409, "idempotency_key_reused");
        assert_eq!(app.shop().get("/api/v1/orders").await.expect(200)["items"].as_array().unwrap().len(), 1);
    }
}

fn cents(money: &Value) -> i64 {
    money.as_str().unwrap().replace('.', "").parse().unwrap()
}

fn encode(words: &str) -> String {
    words.bytes().fold(String::new(), |text, byte| text + &format!("%{byte:02X}"))
}
