//! Campaigns as a house runs them: made, tried on the past, changed, restored, put away; and what visitors see of their codes.

use crate::support::{TestApp, led_to};
use passepartout::kernel::random::{ChaChaRandom, RandomSource};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::museum::cash_order;

async fn with_offer(app: TestApp, key: &str, effect: &Value) -> TestApp {
    let app = app.furnished().await;
    let offer = json!({"id": key, "name": "Sommer", "description": "Schön, dass Sie da sind.", "effect": effect});
    app.marketing().post("/api/v1/offers", &offer).await.expect(201);
    app
}

fn percent(percent: u8) -> Value {
    json!({"type": "percent_off", "percent": percent.to_string()})
}

async fn sell(app: &TestApp, codes: &[&str], quantity: u32, total: &str) -> Value {
    let mut order = cash_order("tageskarte", "adult", quantity, total);
    order["codes"] = json!(codes);
    app.shop().post("/api/v1/orders", &order).await.expect(201)
}

on_both_databases! {
    async fn random_edits_and_restores_never_change_a_past_order(app: TestApp) {
        let app = with_offer(app, "sommer", &percent(20)).await;
        app.marketing().post("/api/v1/offers/sommer/codes", &json!({"code": "SOMMER"})).await.expect(201);
        let sold = sell(&app, &["SOMMER"], 2, "19.20").await;
        let path = format!("/api/v1/orders/{}", sold["id"].as_str().expect("an id"));
        let order = app.shop().get(&path).await.expect(200);
        let mut marketing = app.browser_of(Role::Marketing).await;
        let random: &dyn RandomSource = &ChaChaRandom::seeded(11);
        let mut version = 1;
        for step in 0..24_u32 {
            let [choice, number] = random.bytes::<2>();
            match choice % 4 {
                0 => {
                    let offer = json!({"id": "sommer", "name": format!("Sommer {step}"), "effect": percent(number % 90 + 1)});
                    app.marketing().put("/api/v1/offers/sommer", &offer).await.expect(200);
                }
                1 => {
                    let wanted = u32::from(number) % version + 1;
                    let answer = marketing.post(&format!("/campaigns/sommer/versions/{wanted}"), &[]).await;
                    assert_eq!(led_to(&answer), "/campaigns/sommer");
                }
                2 => drop(app.marketing().patch("/api/v1/offers/sommer", &json!({"enabled": number % 2 == 0})).await.expect(200)),
                _ => drop(app.marketing().patch("/api/v1/offers/sommer", &json!({"archived": number % 2 == 0})).await.expect(200)),
            }
            version = u32::try_from(app.marketing().get("/api/v1/offers/sommer").await.expect(200)["version"].as_u64().expect("a version")).expect("small");
            assert_eq!(app.shop().get(&path).await.expect(200), order, "after step {step}");
        }
        assert!(version > 5, "the offer changed: {version}");
        assert!(app.marketing().delete("/api/v1/offers/sommer").await.status == 409);
    }

    async fn an_earlier_version_is_looked_at_and_restored(app: TestApp) {
        let app = with_offer(app, "sommer", &percent(20)).await;
        let changed = json!({"id": "sommer", "name": "Sommer", "max_orders": 5, "effect": percent(50)});
        app.marketing().put("/api/v1/offers/sommer", &changed).await.expect(200);
        app.marketing().patch("/api/v1/offers/sommer", &json!({"enabled": false})).await.expect(200);
        let mut marketing = app.browser_of(Role::Marketing).await;
        assert!(marketing.get("/campaigns/sommer").await.text().contains("/campaigns/sommer/versions/1"));
        let page = marketing.get("/campaigns/sommer/versions/1").await.text();
        for part in ["<del>50</del>", "<ins>20</ins>", "<code>max_orders</code> <del>5</del>", "keep their price"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("<code>enabled</code>"));
        assert_eq!(led_to(&marketing.post("/campaigns/sommer/versions/1", &[]).await), "/campaigns/sommer");
        let now = app.marketing().get("/api/v1/offers/sommer").await.expect(200);
        assert_eq!((&now["effect"]["percent"], &now["version"], &now["enabled"]), (&json!("20"), &json!(4), &json!(false)));
        assert!(marketing.get("/campaigns/sommer/versions/1").await.text().contains("says the same now"));
        assert_eq!(marketing.get("/campaigns/sommer/versions/9").await.status, 404);

        // A copy begins anew; what is put away is off and out of the way.
        assert_eq!(led_to(&marketing.post("/campaigns/sommer/copy", &[]).await), "/campaigns/sommer-2");
        assert_eq!(led_to(&marketing.post("/campaigns/sommer/copy", &[]).await), "/campaigns/sommer-3");
        let copy = app.marketing().get("/api/v1/offers/sommer-3").await.expect(200);
        assert_eq!((&copy["name"], &copy["enabled"], &copy["effect"]), (&json!("Sommer (3)"), &json!(false), &now["effect"]));
        marketing.post("/campaigns/sommer-2/enabled", &[("enabled", "1")]).await;
        marketing.post("/campaigns/sommer-2/archived", &[("archived", "1")]).await;
        let away = app.marketing().get("/api/v1/offers/sommer-2").await.expect(200);
        assert_eq!((&away["enabled"], &away["archived"]), (&json!(false), &json!(true)));
        assert!(!marketing.get("/campaigns").await.text().contains("/campaigns/sommer-2\""));
        assert!(marketing.get("/campaigns?state=archived").await.text().contains("/campaigns/sommer-2\""));
        marketing.post("/campaigns/sommer-2/enabled", &[("enabled", "1")]).await;
        assert!(marketing.get("/campaigns?state=active").await.text().contains("/campaigns/sommer-2\""));
    }

    async fn an_offer_says_its_sentence_in_the_language_of_whoever_uses_it(app: TestApp) {
        let app = with_offer(app, "sommer", &percent(20)).await;
        app.marketing().post("/api/v1/offers/sommer/codes", &json!({"code": "SOMMER"})).await.expect(201);
        let mut marketing = app.browser_of(Role::Marketing).await;
        let long = "x".repeat(301);
        assert_eq!(marketing.post("/campaigns/sommer/texts", &[("description-en", &long)]).await.status, 422);
        let texts = [("name-en", "Summer"), ("description-en", "Have a lovely <day>."), ("name-fr", "Été")];
        assert_eq!(led_to(&marketing.post("/campaigns/sommer/texts", &texts).await), "/campaigns/sommer");
        let mut visitor = app.browser();
        let basket = [("add", "tageskarte.adult.schloss..2026-07-04.2"), ("new_code", "sommer")];
        visitor.post("/shop/basket", &basket).await;
        let english = visitor.get("/shop/basket?lang=en").await.text();
        assert!(english.contains("Summer") && english.contains("Have a lovely &#60;day&#62;."), "{english}");
        let french = visitor.get("/shop/basket?lang=fr").await.text();
        assert!(french.contains("Été") && french.contains("Schön, dass Sie da sind."), "{french}");
    }

    async fn a_what_if_predicts_what_was_sold_to_the_cent(app: TestApp) {
        let app = with_offer(app, "sommer", &percent(20)).await;
        app.marketing().post("/api/v1/offers/sommer/codes", &json!({"code": "SOMMER", "max_uses": 2})).await.expect(201);
        sell(&app, &["SOMMER"], 3, "28.80").await;
        sell(&app, &["SOMMER"], 1, "9.60").await;
        sell(&app, &[], 2, "24.00").await;
        let mut marketing = app.browser_of(Role::Marketing).await;
        let ask = "?from=2026-07-04&until=2026-07-04";
        let page = marketing.get(&format!("/campaigns/sommer/what-if{ask}")).await.text();
        let rows = ["3 orders priced again", "<dt>What was paid</dt><dd>€62.40</dd>"];
        for part in rows.iter().chain(&["<dd><strong>€0.00</strong></dd>", "0 would have another price."]) {
            assert!(page.contains(part), "{part}: {page}");
        }
        // Half off instead, and a new offer that every buyer would have used.
        app.marketing().put("/api/v1/offers/sommer", &json!({"id": "sommer", "effect": percent(50)})).await.expect(200);
        let page = marketing.get(&format!("/campaigns/sommer/what-if{ask}")).await.text();
        assert!(page.contains("<dd>€48.00</dd>") && page.contains("2 would have another price."), "{page}");
        let draft = json!({"id": "draft", "enabled": false, "valid_from": "2027-01-01", "effect": {"type": "amount_off_order", "amount": "1.00"}});
        app.marketing().post("/api/v1/offers", &draft).await.expect(201);
        let page = marketing.get(&format!("/campaigns/draft/what-if{ask}")).await.text();
        assert!(page.contains("One would have another price."), "a euro off is less than what two had: {page}");
        let page = marketing.get(&format!("/campaigns/draft/what-if{ask}&own_days=1")).await.text();
        assert!(page.contains("0 would have another price."), "{page}");
        assert_eq!(marketing.get("/campaigns/draft/what-if?from=2026-07-04&until=2026-07-01").await.status, 422);
    }

    async fn conflicts_are_found_before_an_offer_runs(app: TestApp) {
        let app = with_offer(app, "sommer", &percent(20)).await;
        let blocking = json!({"id": "auto", "name": "Alle", "activation": "automatic", "effect": percent(5)});
        app.marketing().post("/api/v1/offers", &blocking).await.expect(201);
        let label = json!({"id": "abend", "scope": {"museums": ["schloss", "turm"], "event_label": {"has": "abnd"}}, "effect": percent(5)});
        app.marketing().post("/api/v1/offers", &label).await.expect(201);
        let mut marketing = app.browser_of(Role::Marketing).await;
        let page = marketing.get("/campaigns/abend/check").await.text();
        for part in ["Nothing carries the label “abnd”.", "There is nothing called “turm”", "It needs a code and has none.", "“Alle” is for the same tickets: the one that acts on its own keeps codes from acting."] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }

    async fn whoever_guesses_codes_waits_and_shops_with_a_key_do_not(app: TestApp) {
        let app = with_offer(app, "sommer", &percent(20)).await;
        for code in [json!({"code": "SOMMER"}), json!({"code": "EINMAL", "max_uses": 1})] {
            app.marketing().post("/api/v1/offers/sommer/codes", &code).await.expect(201);
        }
        let made = app.marketing().post("/api/v1/offers/sommer/codes/batch", &json!({"count": 1, "prefix": "HOTEL-", "length": 8})).await.expect(201);
        let made = made["codes"][0].as_str().expect("a code").to_owned();
        let mistyped = format!("{}{}", &made[..made.len() - 1], if made.ends_with('A') { 'C' } else { 'A' });
        let mut visitor = app.browser();
        visitor.post("/shop/basket", &[("add", "tageskarte.adult.schloss..2026-07-04.1")]).await;
        for (code, hint) in [("SOMER", Some("Did you mean SOMMER?")), ("S0MMER", Some("Did you mean SOMMER?")), ("EINMALL", None), (mistyped.as_str(), Some("typing error"))] {
            visitor.post("/shop/basket", &[("new_code", code)]).await;
            let page = visitor.get("/shop/basket?lang=en").await.text();
            match hint {
                Some(hint) => assert!(page.contains(hint), "{code}: {page}"),
                None => assert!(!page.contains("Did you mean EINMAL"), "{code}: a code that is worth guessing is not told: {page}"),
            }
            visitor.post("/shop/basket", &[("drop_code", "0")]).await;
        }
        for number in 0..16 {
            visitor.post("/shop/basket", &[("new_code", &format!("GUESS{number}QQ"))]).await;
            visitor.get("/shop/basket").await;
            visitor.post("/shop/basket", &[("drop_code", "0")]).await;
        }
        let mut other = app.browser();
        other.post("/shop/basket", &[("add", "tageskarte.adult.schloss..2026-07-04.1"), ("new_code", "SOMMER")]).await;
        let page = other.get("/shop/basket?lang=en").await.text();
        assert!(page.contains("Too many wrong codes") && page.contains("€12.00"), "{page}");
        sell(&app, &["SOMMER"], 1, "9.60").await;
        app.wait_secs(61);
        let page = other.get("/shop/basket?lang=en").await.text();
        assert!(page.contains("€9.60"), "{page}");
    }
}
