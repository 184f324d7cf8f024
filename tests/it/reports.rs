//! What reports tell: campaigns with their codes, exceptions and refusals, sales, cards; as pages and as files.

use crate::support::{TestApp, led_to};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::museum::cash_order;

async fn add_summer(app: &TestApp) {
    let offer =
        json!({"id": "summer", "name": "Summer in the city", "effect": {"type": "percent_off", "percent": "25"}});
    app.marketing().post("/api/v1/offers", &offer).await.expect(201);
    for code in ["SUMMER26", "RADIO"] {
        app.marketing().post("/api/v1/offers/summer/codes", &json!({"code": code})).await.expect(201);
    }
}

async fn sell(app: &TestApp, code: &str, quantity: u32, total: &str) -> Value {
    let mut order = cash_order("tageskarte", "adult", quantity, total);
    order["codes"] = json!([code]);
    app.shop().post("/api/v1/orders", &order).await.expect(201)
}

async fn rows(app: &TestApp, address: &str) -> Vec<Value> {
    let report = app.marketing().get(&format!("/api/v1/reports/{address}")).await.expect(200);
    report["rows"].as_array().expect("rows").clone()
}

on_both_databases! {
    async fn a_campaign_is_told_per_name_per_code_and_redemption_by_redemption(app: TestApp) {
        let app = app.furnished().await;
        add_summer(&app).await;
        let order = sell(&app, "summer 26", 2, "18.00").await;
        sell(&app, "RADIO", 1, "9.00").await;
        app.set_time("2026-07-05T09:00:00Z");
        sell(&app, "SUMMER26", 1, "9.00").await;
        let cancel = format!("/api/v1/orders/{}/cancellations", order["id"].as_str().expect("an id"));
        app.shop().post(&cancel, &json!({"tickets": "all", "reason": "rain"})).await.expect(200);

        let campaigns = rows(&app, "campaigns?from=2026-07-01&until=2026-07-31").await;
        assert_eq!(campaigns, [json!({"offer": "summer", "offer_name": "Summer in the city", "redeemed": 3, "undone": 1,
            "redemptions": 2, "granted": "12.00", "back": "6.00", "discount": "6.00"})]);
        let days = rows(&app, "campaigns?from=2026-07-04&until=2026-07-05&by=day").await;
        let told: Vec<_> = days.iter().map(|row| (row["days"].clone(), row["redemptions"].clone(), row["discount"].clone())).collect();
        assert_eq!(json!(told), json!([["2026-07-04", 2, "9.00"], ["2026-07-05", 0, "-3.00"]]));
        let codes = rows(&app, "codes?from=2026-07-01&until=2026-07-31&offer=summer").await;
        let told: Vec<_> = codes.iter().map(|row| (row["code"].clone(), row["redeemed"].clone(), row["granted"].clone())).collect();
        assert_eq!(json!(told), json!([["RADIO", 1, "3.00"], ["SUMMER26", 2, "9.00"]]));
        let redemptions = rows(&app, "redemptions?from=2026-07-01&until=2026-07-31&code=SUMMER26").await;
        let first = &redemptions[1];
        assert_eq!((&first["order"], &first["moment"], &first["granted"], &first["state"]),
            (&order["number"], &json!("2026-07-04T09:00:00.000Z"), &json!("6.00"), &json!("cancelled")));

        // On the page, with its chart and its files.
        let mut marketing = app.browser_of(Role::Marketing).await;
        assert!(marketing.get("/campaigns").await.text().contains("href=\"/reports\""));
        assert!(marketing.get("/reports").await.text().contains("href=\"/reports/refusals\""));
        let page = marketing.get("/reports/campaigns?from=2026-07-04&until=2026-07-05&by=day").await.text();
        for part in ["Discount granted", "<desc id=\"chart-says\">The largest figure is €9.00: 4 Jul.", "class=\"less\"", "−€3.00", "Europe/Berlin", "4 July 2026 to 5 July 2026"] {
            assert!(page.contains(part), "{part} is missing in {page}");
        }
        let file = marketing.get("/reports/redemptions/export.csv?from=2026-07-01&until=2026-07-31").await.text();
        assert!(file.lines().next().is_some_and(|heads| heads.contains("Order") && heads.contains("Moment")), "{file}");
        assert_eq!(file.lines().count(), 4, "{file}");
        assert_eq!(app.browser().get("/reports/sales").await.status, 303);
        app.shop().get("/api/v1/reports/sales").await.expect_refusal(403, "forbidden");
    }

    async fn days_are_those_of_the_house_and_without_one_of_the_museum(app: TestApp) {
        let app = app.furnished().await;
        let far = json!({"key": "annex", "name": "Annex", "time_zone": "America/New_York", "country": "US"});
        app.admin().post("/api/v1/houses", &far).await.expect(201);
        for (at, house) in [("2026-10-24T22:30:00Z", "stadtmuseum"), ("2026-10-25T22:30:00Z", "stadtmuseum"),
            ("2026-10-26T03:30:00Z", "annex")] {
            app.set_time(at);
            let mut order = cash_order("tageskarte", "adult", 1, "12.00");
            order["items"][0]["house"] = json!(house);
            app.shop().post("/api/v1/orders", &order).await.expect(201);
        }
        let sold = |rows: Vec<Value>| rows.iter().map(|row| row["sold"].as_i64().expect("a count")).collect::<Vec<_>>();
        assert_eq!(sold(rows(&app, "sales?from=2026-10-24&until=2026-10-26&by=day").await), [0, 2, 1]);
        assert_eq!(sold(rows(&app, "sales?from=2026-10-24&until=2026-10-26&by=day&house=annex").await), [0, 1, 0]);
        app.marketing().get("/api/v1/reports/sales?house=none").await.expect_invalid("house", "unknown_house");
        app.marketing().get("/api/v1/reports/sales?from=1900-01-01").await.expect_invalid("from", "period_too_long");
        app.marketing().get("/api/v1/reports/weather").await.expect_refusal(404, "not_found");
    }

    async fn exceptions_and_refused_codes_are_told_without_what_strangers_typed(app: TestApp) {
        let app = app.furnished().await;
        add_summer(&app).await;
        app.marketing().patch("/api/v1/codes/RADIO", &json!({"enabled": false})).await.expect(200);
        let mut forced = cash_order("tageskarte", "adult", 1, "9.00");
        forced["staff_overrides"] = json!([{"offer": "summer", "reason": "leaflet without code"}]);
        app.admin().post("/api/v1/orders", &forced).await.expect(201);
        let overrides = rows(&app, "overrides").await;
        assert_eq!(overrides.len(), 1);
        assert_eq!((&overrides[0]["what"], &overrides[0]["reason"], &overrides[0]["granted"]),
            (&json!("summer"), &json!("leaflet without code"), &json!("3.00")));

        // At a desk a code is refused with the order, in the shop when it is typed.
        let mut order = cash_order("tageskarte", "adult", 1, "12.00");
        order["codes"] = json!(["radio"]);
        app.shop().post("/api/v1/orders", &order).await.expect_refusal(422, "code_rejected");
        let mut visitor = app.browser();
        led_to(&visitor.post("/shop/basket", &[("add", "jahreskarte.adult")]).await);
        for code in ["Ada Lovelace", "radio", "radio"] {
            led_to(&visitor.post("/shop/basket", &[("new_code", code)]).await);
        }
        let refusals = rows(&app, "refusals").await;
        let told: Vec<_> = refusals.iter().map(|row| [&row["code"], &row["reason"], &row["channel"], &row["refusals"]]).collect();
        assert!(told.contains(&[&json!("RADIO"), &json!("disabled"), &json!("box_office"), &json!(1)]), "{told:?}");
        assert!(told.contains(&[&json!("unknown"), &json!("unknown_code"), &json!("online"), &json!(1)]), "{told:?}");
        let mut marketing = app.browser_of(Role::Marketing).await;
        let page = marketing.get("/reports/refusals").await.text();
        assert!(page.contains("switched off") && page.contains("no code of ours") && !page.contains("Lovelace"), "{page}");
    }

    async fn cards_visits_and_the_shares_of_houses_are_told(app: TestApp) {
        let app = app.furnished().await;
        app.shop().post("/api/v1/orders", &cash_order("jahreskarte", "adult", 2, "90.00")).await.expect(201);
        let cards = rows(&app, "cards").await;
        assert!(cards.iter().any(|row| row["what"] == "sent" && row["cards"] == 0), "{cards:?}");
        assert!(rows(&app, "visits?by=house").await.is_empty());
        let houses = rows(&app, "settlement").await;
        let told: Vec<_> = houses.iter().map(|row| [&row["house"], &row["share"], &row["balance"]]).collect();
        assert_eq!(json!(told), json!([["schloss", "0.00", "0.00"], ["stadtmuseum", "90.00", "0.00"]]));
        let mut marketing = app.browser_of(Role::Marketing).await;
        for report in ["campaigns", "codes", "redemptions", "overrides", "refusals", "sales", "cards", "visits", "settlement"] {
            for address in [format!("/reports/{report}"), format!("/reports/{report}/export.csv"), format!("/reports/{report}/export.xlsx")] {
                assert_eq!(marketing.get(&address).await.status, 200, "{address}");
            }
        }
    }
}
