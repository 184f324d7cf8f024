//! Events: the calendar of the shop, series, bulk edits, places that are held, and the one that sells out before the checkout.

use crate::support::{TestApp, led_to};
use passepartout::kernel::roles::Role;
use passepartout::sales::prove_ledger::prove_ledger;
use serde_json::{Value, json};
use testkit::museum::{self, cash_order};

fn series(change: &Value) -> Value {
    let mut series = json!({"key": "tour", "names": {"de": "Führung", "en": "Tour"}, "house": "stadtmuseum", "exhibition": "stadtansichten",
        "from": "2026-07-06", "until": "2026-07-19", "weekdays": ["tuesday", "sunday"], "times": ["10:00", "12:30"], "capacity": 20, "labels": ["week"]});
    for (name, value) in change.as_object().expect("an object") {
        series[name] = value.clone();
    }
    series
}

fn order_at(event: &str, quantity: u32, total: &str) -> Value {
    let mut order = cash_order("tageskarte", "adult", quantity, total);
    order["items"][0]["event"] = json!(event);
    order
}

/// The ledger counts what was sold and held, and nothing else.
async fn expect_proven_ledger(app: &TestApp) {
    let mut conn = app.app.db.read().await.expect("a connection");
    assert_eq!(prove_ledger(&mut conn).await.expect("an answer"), Vec::<String>::new());
}

on_both_databases! {
    async fn a_series_makes_its_events_once_and_can_be_continued(app: TestApp) {
        let app = app.furnished().await;
        let post = async |body: &Value| app.admin().post("/api/v1/events/series", body).await;
        let counted = post(&series(&json!({"preview": true}))).await.expect(201);
        assert_eq!(counted, json!({"dates": 8, "created": 8, "skipped": 0}));
        assert_eq!(app.shop().get("/api/v1/events").await.expect(200)["items"], json!([]), "only counted");
        assert_eq!(post(&series(&json!({}))).await.expect(201)["created"], 8);
        let event = app.shop().get("/api/v1/events/tour-2026-07-07-1230").await.expect(200);
        assert_eq!((&event["starts_at"], &event["labels"]), (&json!("2026-07-07T10:30:00.000Z"), &json!(["week"])));
        let longer = post(&series(&json!({"until": "2026-07-21"}))).await.expect(201);
        assert_eq!(longer, json!({"dates": 10, "created": 2, "skipped": 8}));
        for (change, path, reason) in [
            (json!({"house": "burg"}), "house", "unknown_key"),
            (json!({"exhibition": "rom"}), "exhibition", "unknown_key"),
            (json!({"house": "schloss"}), "exhibition", "invalid_value"),
            (json!({"price_list": "none"}), "price_list", "unknown_key"),
            (json!({"times": ["noon"]}), "times[0]", "invalid_value"),
        ] {
            post(&series(&change)).await.expect_invalid(path, reason);
        }
        app.shop().post("/api/v1/events/series", &series(&json!({}))).await.expect_refusal(403, "forbidden");
    }

    async fn many_events_change_at_once_after_they_were_counted(app: TestApp) {
        let app = app.furnished().await;
        app.admin().post("/api/v1/price-lists", &json!({"key": "evening", "names": {"en": "Evenings"}})).await.expect(201);
        app.admin().post("/api/v1/events/series", &series(&json!({}))).await.expect(201);
        let edit = json!({"label": "week", "from": "2026-07-08", "add": ["late"], "set_price_list": "evening", "set_capacity": 12, "preview": true});
        assert_eq!(app.admin().post("/api/v1/events/labels", &edit).await.expect(200), json!({"matched": 6, "changed": 6}));
        let before = app.shop().get("/api/v1/events/tour-2026-07-14-1000").await.expect(200);
        assert_eq!((&before["capacity"], &before["labels"]), (&json!(20), &json!(["week"])), "only counted");

        let mut admin = app.browser_of(Role::Admin).await;
        let form = [("label", "week"), ("from", "2026-07-08"), ("add", "late"), ("set_price_list", "evening"), ("set_capacity", "12")];
        let counted = admin.post("/admin/catalog/events/labels", &[&form[..], &[("preview", "1")]].concat()).await;
        assert_eq!(counted.status, 200);
        assert!(counted.text().contains("6 of 6 matching events would change."), "{}", counted.text());
        assert_eq!(led_to(&admin.post("/admin/catalog/events/labels", &form).await), "/admin/catalog/events");
        let after = app.shop().get("/api/v1/events/tour-2026-07-14-1000").await.expect(200);
        assert_eq!((&after["capacity"], &after["price_list"], &after["labels"]), (&json!(12), &json!("evening"), &json!(["week", "late"])));
        assert_eq!(app.shop().get("/api/v1/events/tour-2026-07-07-1000").await.expect(200)["capacity"], 20, "before the period");
        let nothing = admin.post("/admin/catalog/events/labels", &[("label", "weekly"), ("add", "x"), ("preview", "1")]).await.text();
        assert!(nothing.contains("No event carries the label “weekly”") && nothing.contains("0 of 0 matching"), "{nothing}");
        assert_eq!(admin.post("/admin/catalog/events/labels", &[("label", "week")]).await.status, 422);
        assert_eq!(admin.post("/admin/catalog/events/labels", &[("set_capacity", "many")]).await.status, 422);
        app.admin().post("/api/v1/events/labels", &json!({"set_price_list": "none"})).await.expect_invalid("set_price_list", "unknown_key");
    }

    async fn a_series_is_counted_and_made_in_administration(app: TestApp) {
        let app = app.furnished().await;
        let mut admin = app.browser_of(Role::Admin).await;
        assert_eq!(admin.get("/admin/catalog/events/series").await.status, 200);
        let form = [("key", "tour"), ("names_en", "Tour"), ("house", "stadtmuseum"), ("from", "2026-07-06"), ("until", "2026-07-19"),
            ("weekdays", "tuesday"), ("weekdays", "sunday"), ("times", "10:00, 12:30"), ("capacity", "20"), ("labels", "week")];
        let counted = admin.post("/admin/catalog/events/series", &[&form[..], &[("preview", "1")]].concat()).await;
        assert_eq!(counted.status, 200);
        assert!(counted.text().contains("8 events would be added, 0 are there already."), "{}", counted.text());
        assert_eq!(led_to(&admin.post("/admin/catalog/events/series", &form).await), "/admin/catalog/events");
        assert!(admin.get("/admin/catalog/events").await.text().contains("8 events are added."));
        for (name, value, says) in [("times", "noon", "different times"), ("until", "", "not before the first"), ("capacity", "many", "whole number"), ("key", "A", "short key")] {
            let changed: Vec<_> = form.iter().map(|(known, old)| (*known, if *known == name { value } else { *old })).collect();
            let refused = admin.post("/admin/catalog/events/series", &changed).await;
            assert_eq!(refused.status, 422, "{name}");
            assert!(refused.text().contains(says), "{name}: {}", refused.text());
        }
    }

    async fn the_calendar_tells_dates_and_what_is_left(app: TestApp) {
        let app = app.furnished().await;
        let mut visitor = app.browser();
        museum::add_tour(&app.admin()).await;
        app.shop().post("/api/v1/orders", &order_at("fuehrung", 14, "168.00")).await.expect(201);
        let page = visitor.get("/shop/events").await.text();
        assert!(page.contains("July 2026") && page.contains("Saturday, 11 July 2026") && page.contains("10:00") && page.contains("only 6 places left"), "{page}");
        let mut held = order_at("fuehrung", 6, "72.00");
        (held["channel"], held["payment"]) = (json!("online"), json!({"method": "online"}));
        app.shop().post("/api/v1/orders", &held).await.expect(201);
        for path in ["/shop/events", "/shop/events?month=2026-07&house=stadtmuseum", "/shop/events/fuehrung"] {
            let page = visitor.get(path).await.text();
            assert!(page.contains("sold out · 6 held until 11:15"), "{path}: {page}");
        }
        let page = visitor.get("/shop/events/fuehrung").await.text();
        assert!(!page.contains("name=\"add\""), "nothing can be added: {page}");
        assert!(app.browser_of(Role::Shop).await.get("/box-office?house=stadtmuseum").await.text().contains("sold out · 6 held until 11:15"));
        app.wait_secs(15 * 60 + 1);
        app.run_jobs().await;
        assert!(visitor.get("/shop/events/fuehrung").await.text().contains("only 6 places left"));
        let empty = visitor.get("/shop/events?month=2026-09").await.text();
        assert!(empty.contains("There is nothing more in this month.") && !empty.contains("The next dates"), "{empty}");
        let other = visitor.get("/shop/events?house=schloss").await.text();
        assert!(other.contains("There is nothing more in this month."), "{other}");
        app.set_time("2026-06-04T09:00:00Z");
        let june = visitor.get("/shop/events").await.text();
        assert!(june.contains("The next dates") && june.contains("Führung"), "{june}");
        app.set_time("2026-07-12T09:00:00Z");
        assert!(visitor.get("/shop/events/fuehrung").await.text().contains("This event is over."));
        assert_eq!(visitor.get("/shop/events/nothing").await.status, 404);
        assert_eq!(visitor.get("/shop/events?month=soon&house=nowhere").await.status, 200);
    }

    async fn an_event_sells_out_between_basket_and_checkout(app: TestApp) {
        let app = app.furnished().await;
        museum::add_tour(&app.admin()).await;
        let mut visitor = app.browser();
        let page = visitor.get("/shop/events/fuehrung").await.text();
        assert!(page.contains("name=\"event\" value=\"fuehrung\"") && page.contains("€12.00"), "{page}");
        visitor.post("/shop/basket", &[("event", "fuehrung"), ("add", "tageskarte.adult"), ("back", "/shop/events/fuehrung")]).await;
        visitor.post("/shop/basket", &[("more", "0")]).await;
        let basket = visitor.get("/shop/basket").await.text();
        assert!(basket.contains("€24.00"), "{basket}");
        app.shop().post("/api/v1/orders", &order_at("fuehrung", 19, "228.00")).await.expect(201);
        let basket = visitor.get("/shop/basket").await.text();
        assert!(basket.contains("Only 1 of these are left."), "{basket}");
        assert_eq!(led_to(&visitor.get("/shop/checkout").await), "/shop/basket");
        visitor.post("/shop/basket", &[("less", "0")]).await;
        let page = visitor.get("/shop/checkout").await.text();
        let form = [("name", "Ada Lovelace"), ("email", "ada@example.org")];
        let review = visitor.send_form(&page, "/shop/checkout", &form).await.text();
        app.shop().post("/api/v1/orders", &order_at("fuehrung", 1, "12.00")).await.expect(201);
        let refused = visitor.send_form(&review, "/shop/orders", &[]).await;
        assert_ne!(refused.status, 500);
        let basket = visitor.get("/shop/basket").await.text();
        assert!(basket.contains("This ticket is sold out."), "{basket}");
        assert_eq!(app.shop().get("/api/v1/orders").await.expect(200)["items"].as_array().map(Vec::len), Some(2), "nothing was sold twice");
    }

    async fn places_are_held_from_the_checkout_for_a_quarter_of_an_hour(app: TestApp) {
        let app = app.furnished().await;
        museum::add_tour(&app.admin()).await;
        app.shop().post("/api/v1/orders", &order_at("fuehrung", 18, "216.00")).await.expect(201);
        let (mut ada, mut grace) = (app.browser(), app.browser());
        for visitor in [&mut ada, &mut grace] {
            visitor.post("/shop/basket", &[("event", "fuehrung"), ("add", "tageskarte.adult")]).await;
            visitor.post("/shop/basket", &[("more", "0")]).await;
        }
        assert_eq!(led_to(&ada.post("/shop/checkout/hold", &[]).await), "/shop/checkout");
        assert_eq!(led_to(&ada.post("/shop/checkout/hold", &[]).await), "/shop/checkout", "held once, however often it is asked");
        assert_eq!(led_to(&grace.post("/shop/checkout/hold", &[]).await), "/shop/basket");
        assert!(grace.get("/shop/basket").await.text().contains("This ticket is sold out."));
        assert!(grace.get("/shop/events").await.text().contains("sold out · 2 held until 11:15"));
        let refused = app.shop().post("/api/v1/orders", &order_at("fuehrung", 1, "12.00")).await.expect_refusal(422, "not_for_sale");
        assert_eq!(refused["problems"][0]["reason"], "sold_out");
        expect_proven_ledger(&app).await;

        let page = ada.get("/shop/checkout").await.text();
        assert!(page.contains("We hold your tickets for you until 11:15."), "{page}");
        let review = ada.send_form(&page, "/shop/checkout", &[("name", "Ada Lovelace"), ("email", "ada@example.org")]).await.text();
        let placed = ada.send_form(&review, "/shop/orders", &[]).await;
        assert!(led_to(&placed).starts_with("/shop/orders/"), "{}", placed.text());
        assert_eq!((ada.cookie("hold"), ada.cookie("basket")), (None, None));
        expect_proven_ledger(&app).await;
        app.wait_secs(16 * 60);
        app.run_jobs().await;
        expect_proven_ledger(&app).await;
        let refused = app.shop().post("/api/v1/orders", &order_at("fuehrung", 1, "12.00")).await.expect_refusal(422, "not_for_sale");
        assert_eq!(refused["problems"][0]["reason"], "sold_out", "the order took the places over for good");
    }

    async fn what_is_held_comes_back_when_nobody_orders(app: TestApp) {
        let app = app.furnished().await;
        museum::add_tour(&app.admin()).await;
        let mut visitor = app.browser();
        visitor.post("/shop/basket", &[("event", "fuehrung"), ("add", "tageskarte.adult")]).await;
        visitor.post("/shop/basket", &[("quantity-0", "20")]).await;
        assert_eq!(led_to(&visitor.post("/shop/checkout/hold", &[]).await), "/shop/checkout");
        app.wait_secs(10 * 60);
        assert_eq!(led_to(&visitor.post("/shop/checkout/hold", &[]).await), "/shop/checkout", "held anew");
        app.wait_secs(10 * 60);
        app.run_jobs().await;
        app.shop().post("/api/v1/orders", &order_at("fuehrung", 1, "12.00")).await.expect_refusal(422, "not_for_sale");
        app.wait_secs(5 * 60);
        app.run_jobs().await;
        expect_proven_ledger(&app).await;
        app.shop().post("/api/v1/orders", &order_at("fuehrung", 20, "240.00")).await.expect(201);
        assert_eq!(led_to(&visitor.post("/shop/checkout/hold", &[]).await), "/shop/basket");
        expect_proven_ledger(&app).await;
    }

    async fn a_browser_that_names_an_order_as_its_hold_takes_nothing_from_it(app: TestApp) {
        let app = app.furnished().await;
        museum::add_tour(&app.admin()).await;
        let order = app.shop().post("/api/v1/orders", &order_at("fuehrung", 20, "240.00")).await.expect(201);
        let mut visitor = app.browser();
        visitor.post("/shop/basket", &[("add", "tageskarte.adult"), ("house", "schloss")]).await;
        visitor.set_cookie("hold", order["id"].as_str().expect("an id"));
        assert_eq!(led_to(&visitor.post("/shop/checkout/hold", &[]).await), "/shop/checkout");
        expect_proven_ledger(&app).await;
        app.shop().post("/api/v1/orders", &order_at("fuehrung", 1, "12.00")).await.expect_refusal(422, "not_for_sale");
    }

    async fn of_many_visitors_at_the_checkout_as_many_as_there_are_places_hold_one(app: TestApp) {
        let app = app.furnished().await;
        museum::add_tour(&app.admin()).await;
        app.shop().post("/api/v1/orders", &order_at("fuehrung", 15, "180.00")).await.expect(201);
        let attempts: Vec<_> = (0..24)
            .map(|_| {
                let mut visitor = app.browser();
                tokio::spawn(async move {
                    visitor.post("/shop/basket", &[("event", "fuehrung"), ("add", "tageskarte.adult")]).await;
                    led_to(&visitor.post("/shop/checkout/hold", &[]).await) == "/shop/checkout"
                })
            })
            .collect();
        let mut held = 0;
        for attempt in attempts {
            held += usize::from(attempt.await.expect("an answer"));
        }
        assert_eq!(held, 5);
        expect_proven_ledger(&app).await;
    }

    async fn a_code_that_ends_at_midnight_is_honoured_while_the_basket_is_held(app: TestApp) {
        let app = app.furnished().await;
        let offer = json!({"id": "july", "name": "July", "valid_until": "2026-07-04", "effect": {"type": "percent_off", "percent": "50"}});
        app.marketing().post("/api/v1/offers", &offer).await.expect(201);
        app.marketing().post("/api/v1/offers/july/codes", &json!({"code": "JULY", "max_uses": 1})).await.expect(201);
        app.set_time("2026-07-04T21:50:00Z");
        let (mut ada, mut grace) = (app.browser(), app.browser());
        for visitor in [&mut ada, &mut grace] {
            visitor.post("/shop/basket", &[("add", "jahreskarte.adult")]).await;
            visitor.post("/shop/basket", &[("new_code", "JULY")]).await;
        }
        assert_eq!(led_to(&ada.post("/shop/checkout/hold", &[]).await), "/shop/checkout");
        assert!(grace.get("/shop/basket").await.text().contains("€45.00"), "the one use is held");
        app.set_time("2026-07-04T22:01:00Z");
        let page = ada.get("/shop/checkout").await.text();
        let form = [("name", "Ada Lovelace"), ("email", "ada@example.org"), ("delivery", "counter")];
        let review = ada.send_form(&page, "/shop/checkout", &form).await.text();
        assert!(review.contains("€22.50"), "{review}");
        assert!(led_to(&ada.send_form(&review, "/shop/orders", &[]).await).starts_with("/shop/orders/"));
        assert_eq!(app.shop().get("/api/v1/orders").await.expect(200)["items"][0]["total"], "22.50");
        let basket = grace.get("/shop/basket").await.text();
        assert!(basket.contains("€45.00") && !basket.contains("€22.50"), "{basket}");
        expect_proven_ledger(&app).await;
    }
}
