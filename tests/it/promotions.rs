//! Offers and codes, as marketing keeps them.

use serde_json::{Value, json};

fn percent(key: &str, percent: &str) -> Value {
    json!({"id": key, "name": "Sommer", "effect": {"type": "percent_off", "percent": percent}})
}

on_both_databases! {
    async fn an_offer_is_kept_in_versions(app: TestApp) {
        let marketing = app.marketing();
        let made = marketing.post("/api/v1/offers", &percent("summer", "20")).await.expect(201);
        assert_eq!((&made["version"], &made["position"], &made["enabled"]), (&json!(1), &json!(1), &json!(true)));
        marketing.post("/api/v1/offers", &percent("summer", "20")).await.expect_refusal(409, "key_taken");

        let replaced = marketing.put("/api/v1/offers/summer", &percent("summer", "25")).await.expect(200);
        assert_eq!(replaced["effect"]["percent"], "25");
        marketing.put("/api/v1/offers/summer", &percent("winter", "25")).await.expect_invalid("id", "key_changed");
        marketing.put("/api/v1/offers/winter", &percent("winter", "25")).await.expect_refusal(404, "not_found");
        let sent_back = marketing.put("/api/v1/offers/summer", &without(&replaced)).await.expect(200);
        assert_eq!(sent_back["effect"], replaced["effect"]);

        let off = marketing.patch("/api/v1/offers/summer", &json!({"enabled": false})).await.expect(200);
        assert_eq!((&off["enabled"], &off["version"]), (&json!(false), &json!(4)));
        let same = marketing.patch("/api/v1/offers/summer", &json!({"enabled": false})).await.expect(200);
        assert_eq!(same["version"], 4, "nothing changed, so there is no new version");

        let history = marketing.get("/api/v1/offers/summer/history").await.expect(200);
        let versions: Vec<&Value> = history["items"].as_array().unwrap().iter().map(|item| &item["version"]).collect();
        assert_eq!(versions, [4, 3, 2, 1]);
        assert_eq!(history["items"][3]["offer"]["effect"]["percent"], "20");
        assert!(history["items"][0]["changed_by"].as_str().unwrap().starts_with("api-key:"));
    }

    async fn an_offer_that_is_not_right_is_refused_with_its_path(app: TestApp) {
        let marketing = app.marketing();
        for (offer, path) in [
            (percent("a", "120"), "effect.percent"),
            (json!({"id": "a", "effect": {"type": "amount_off_ticket", "amount": "1.005"}}), "effect.amount"),
            (json!({"id": "a", "colour": "red"}), "colour"),
            (json!({"id": "A b"}), "id"),
            (json!({"id": "a", "codes": [{"code": "X"}]}), "codes"),
            (json!({"id": "a", "scope": {"museum": "x"}}), "scope.museum"),
        ] {
            marketing.post("/api/v1/offers", &offer).await.expect_invalid(path, "invalid_value");
        }
        assert_eq!(marketing.get("/api/v1/offers").await.expect(200)["items"], json!([]));
    }

    async fn offers_stand_in_an_order_that_marketing_chooses(app: TestApp) {
        let marketing = app.marketing();
        for key in ["a", "b", "c", "d"] {
            marketing.post("/api/v1/offers", &percent(key, "10")).await.expect(201);
        }
        marketing.patch("/api/v1/offers/d", &json!({"position": 2})).await.expect(200);
        assert_eq!(keys(&app).await, ["a", "d", "b", "c"]);
        marketing.patch("/api/v1/offers/a", &json!({"position": 99})).await.expect(200);
        assert_eq!(keys(&app).await, ["d", "b", "c", "a"]);
        marketing.delete("/api/v1/offers/b").await.expect(204);
        assert_eq!(keys(&app).await, ["d", "c", "a"]);
        let page = marketing.get("/api/v1/offers?limit=2").await.expect(200);
        let next = page["next"].as_str().unwrap();
        let rest = marketing.get(&format!("/api/v1/offers?limit=2&after={next}")).await.expect(200);
        assert_eq!(rest["items"][0]["id"], "a");
    }

    async fn codes_are_one_code_in_any_writing(app: TestApp) {
        let marketing = app.marketing();
        marketing.post("/api/v1/offers", &percent("summer", "20")).await.expect(201);
        let codes = "/api/v1/offers/summer/codes";
        let made = marketing.post(codes, &json!({"code": "Summer-26", "max_uses": 3})).await.expect(201);
        assert_eq!(made, json!({"code": "Summer-26", "offer": "summer", "enabled": true, "max_uses": 3, "used": 0}));
        marketing.post(codes, &json!({"code": "ＳＵＭＭＥＲ 26"})).await.expect_refusal(409, "code_taken");
        marketing.post(codes, &json!({"code": "CODE0"})).await.expect(201);
        let refusal = marketing.post(codes, &json!({"code": "СODEО"})).await.expect_refusal(409, "confusable_code");
        assert_eq!(refusal["code"], "CODE0");
        marketing.post(codes, &json!({"code": " - "})).await.expect_invalid("code", "empty");
        marketing.post(codes, &json!({"code": "x".repeat(65)})).await.expect_invalid("code", "too_long");
        marketing.post(codes, &json!({"code": "X", "max_uses": 0})).await.expect_invalid("max_uses", "out_of_range");
        marketing.post("/api/v1/offers/none/codes", &json!({"code": "X"})).await.expect_refusal(404, "not_found");
        let markup = marketing.post(codes, &json!({"code": "<b>\"o'clock\"</b>"})).await.expect(201);
        assert_eq!(markup["code"], "<b>\"o'clock\"</b>");

        assert_eq!(marketing.get("/api/v1/codes/summer26").await.expect(200)["code"], "Summer-26");
        let changed = marketing.patch("/api/v1/codes/SUMMER.26", &json!({"enabled": false})).await.expect(200);
        assert_eq!((&changed["enabled"], &changed["max_uses"]), (&json!(false), &json!(3)));
        let changed = marketing.patch("/api/v1/codes/summer26", &json!({"max_uses": null})).await.expect(200);
        assert_eq!(changed.get("max_uses"), None);
        marketing.patch("/api/v1/codes/none", &json!({})).await.expect_refusal(404, "not_found");
        marketing.delete("/api/v1/codes/summer26").await.expect(204);
        marketing.get("/api/v1/codes/summer26").await.expect_refusal(404, "not_found");
    }

    async fn a_batch_is_generated_in_one_step(app: TestApp) {
        let marketing = app.marketing();
        marketing.post("/api/v1/offers", &percent("summer", "20")).await.expect(201);
        let path = "/api/v1/offers/summer/codes/batch";
        let wanted = json!({"count": 6000, "prefix": "HOTEL-", "length": 9, "max_uses": 1});
        let batch = marketing.post(path, &wanted).await.expect(201);
        let codes: std::collections::HashSet<&str> =
            batch["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
        assert_eq!(codes.len(), 6000);
        for code in codes {
            let body = code.strip_prefix("HOTEL-").unwrap();
            assert!(body.len() == 9 && passepartout::promotions::code::has_right_check(body), "{code}");
        }
        let page = marketing.get("/api/v1/offers/summer/codes?limit=500").await.expect(200);
        assert_eq!((page["items"].as_array().unwrap().len(), &page["items"][0]["max_uses"]), (500, &json!(1)));
        assert_eq!(page["items"][0]["batch"], batch["id"]);
        for (wrong, path_of, reason) in [
            (json!({"count": 0}), "count", "out_of_range"),
            (json!({"count": 1_000_001}), "count", "out_of_range"),
            (json!({"count": 1, "length": 3}), "length", "out_of_range"),
            (json!({"count": 5000, "length": 4}), "length", "too_short"),
            (json!({"count": 1, "prefix": "x".repeat(31)}), "prefix", "too_long"),
        ] {
            marketing.post(path, &wrong).await.expect_invalid(path_of, reason);
        }
    }
}

async fn keys(app: &crate::support::TestApp) -> Vec<String> {
    let list = app.marketing().get("/api/v1/offers").await.expect(200);
    list["items"].as_array().unwrap().iter().map(|offer| offer["id"].as_str().unwrap().to_owned()).collect()
}

/// An offer as it was answered, without what only answers carry.
fn without(offer: &Value) -> Value {
    let mut offer = offer.clone();
    for field in ["position", "version", "created_at", "updated_at"] {
        offer.as_object_mut().unwrap().remove(field);
    }
    offer
}
