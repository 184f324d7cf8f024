//! Campaigns through HTTP: offers by form and as JSON, their example, their codes.

use crate::support::{Browser, TestApp, led_to};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::museum::{add_summer_code, cash_order};

/// What most offers say; later fields of the same name are ignored.
fn offer<'f>(own: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let usual =
        [("name", "Sommer"), ("kind", "percent_off"), ("percent", "20"), ("activation", "code"), ("enabled", "1")];
    own.iter().copied().chain(usual).collect()
}

async fn quote(app: &TestApp, codes: &[&str]) -> Value {
    let basket = json!({"channel": "box_office", "codes": codes,
        "items": [{"line": "1", "product": "tageskarte", "category": "adult", "house": "schloss", "quantity": 3}]});
    app.shop().post("/api/v1/quotes", &basket).await.expect(200)
}

async fn once_in(browser: &mut Browser, path: &str) -> String {
    let page = browser.get(path).await.text();
    page.split("name=\"once\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token").to_owned()
}

on_both_databases! {
    async fn an_offer_is_made_by_its_form_and_acts_in_a_sale(app: TestApp) {
        let app = app.furnished().await;
        let mut marketing = app.browser_of(Role::Marketing).await;
        assert!(marketing.get("/campaigns").await.text().contains("There is no offer yet"));
        let once = once_in(&mut marketing, "/campaigns/new").await;
        let form = offer(&[("once", &once), ("kind", "bundle"), ("buy", "2"), ("get", "1"), ("name", "Drei für Zwei"), ("categories", "adult")]);
        for _ in 0..2 {
            assert_eq!(led_to(&marketing.post("/campaigns/new", &form).await), "/campaigns/drei-fur-zwei");
        }
        let stored = app.marketing().get("/api/v1/offers").await.expect(200);
        assert_eq!(stored["items"].as_array().expect("offers").len(), 1, "sent twice, made once");
        let page = marketing.get("/campaigns/drei-fur-zwei").await.text();
        for part in ["“Drei für Zwei” is made.", "buy 2, get 1 free", "Active", "For example", "No code yet."] {
            assert!(page.contains(part), "{part}: {page}");
        }
        let made = marketing.post("/campaigns/drei-fur-zwei/codes", &[("code", "Drei-26"), ("max_uses", "5")]).await;
        assert_eq!(led_to(&made), "/campaigns/drei-fur-zwei/codes");
        assert_eq!(quote(&app, &["drei 26"]).await["total"], "24.00");

        let off = marketing.post("/campaigns/drei-fur-zwei/enabled", &[("enabled", "0")]).await;
        assert_eq!(led_to(&off), "/campaigns/drei-fur-zwei");
        assert_eq!(quote(&app, &["DREI26"]).await["rejected"][0]["reason"], "disabled");
        let listed = marketing.get("/campaigns?state=off").await.text();
        assert!(listed.contains("Drei für Zwei") && listed.contains("Switched off"), "{listed}");
        assert!(!marketing.get("/campaigns?state=active").await.text().contains("/campaigns/drei-fur-zwei\""));
        assert!(marketing.get("/campaigns?q=zw%C3%A9i").await.text().contains("/campaigns/drei-fur-zwei\""));
        assert!(!marketing.get("/campaigns?q=winter").await.text().contains("/campaigns/drei-fur-zwei\""));
    }

    async fn the_example_is_what_a_family_would_pay(app: TestApp) {
        let app = app.furnished().await;
        let mut marketing = app.browser_of(Role::Marketing).await;
        marketing.language = "de";
        for (own, parts) in [
            (vec![("percent", "25")], vec!["27,00\u{A0}€", "9,00\u{A0}€ gespart", "2-mal Tageskarte · Erwachsene"]),
            (vec![("kind", "ticket_price"), ("price", "5")], vec!["20,00\u{A0}€"]),
            (vec![("kind", "amount_off_order"), ("amount", "6,50")], vec!["29,50\u{A0}€"]),
            (vec![("min_tickets", "10")], vec!["86,40\u{A0}€"]),
            (vec![("products", "jahreskarte"), ("percent", "10")], vec!["67,50\u{A0}€"]),
            (vec![("percent", "0")], vec!["spart die Aktion nichts"]),
            (vec![("percent", "")], vec!["Sobald das Formular vollständig ist"]),
            (vec![("valid_from", "2027-01-01"), ("percent", "50")], vec!["18,00\u{A0}€"]),
        ] {
            let shown = marketing.post("/campaigns/example", &offer(&own)).await.text();
            for part in parts {
                assert!(shown.contains(part), "{part}: {shown}");
            }
        }
        let preview = marketing.post("/campaigns/new", &offer(&[("preview", "1"), ("percent", "50")])).await;
        assert_eq!(preview.status, 200);
        assert!(preview.text().contains("18,00\u{A0}€") && preview.text().contains("value=\"50\""), "without script");
        assert_eq!(app.marketing().get("/api/v1/offers").await.expect(200)["items"], json!([]), "an example makes nothing");
    }

    async fn what_is_wrong_stands_beside_its_field(app: TestApp) {
        let app = app.furnished().await;
        let mut marketing = app.browser_of(Role::Marketing).await;
        for (own, field) in [
            (vec![("name", "")], "name"),
            (vec![("percent", "120")], "percent"),
            (vec![("percent", "many")], "percent"),
            (vec![("key", "Ä b")], "key"),
            (vec![("kind", "bundle"), ("buy", "0"), ("get", "1")], "buy"),
            (vec![("kind", "price_list")], "prices"),
            (vec![("min_order_value", "x")], "min_order_value"),
            (vec![("valid_from", "2026-07-02"), ("valid_until", "2026-07-01")], "valid_until"),
            (vec![("kind", "amount_off_order"), ("amount", "5"), ("max_tickets_total", "9")], "max_tickets_total"),
        ] {
            let answer = marketing.post("/campaigns/new", &offer(&own)).await;
            let page = answer.text();
            assert_eq!(answer.status, 422, "{own:?}");
            let place = page.split("id=\"errors\"").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("a summary");
            assert!(place.contains("href=\"#"), "{own:?}: {place}");
            assert!(place.contains(&format!("href=\"#{field}\"")), "{own:?}: {place}");
        }
        marketing.post("/campaigns/new", &offer(&[])).await;
        let taken = marketing.post("/campaigns/new", &offer(&[])).await;
        assert_eq!(taken.status, 422);
        assert!(taken.text().contains("Another offer has this key already."));
    }

    async fn the_form_keeps_what_only_json_can_say(app: TestApp) {
        let app = app.furnished().await;
        let mut marketing = app.browser_of(Role::Marketing).await;
        let body = json!({"id": "club", "name": "Club", "customers": {"newsletter": true}, "scope": {"event_label": {"has": "evening"}},
            "effect": {"type": "percent_off", "percent": "10", "cap_scope": "ticket", "max_discount": "2.00"}}).to_string();
        assert_eq!(led_to(&marketing.post("/campaigns/expert", &[("json", &body)]).await), "/campaigns/club");
        let form = [("name", "Club"), ("kind", "percent_off"), ("percent", "15"), ("max_discount", "3"), ("activation", "code"), ("houses", "schloss")];
        assert_eq!(led_to(&marketing.post("/campaigns/club/edit", &form).await), "/campaigns/club");
        let stored = app.marketing().get("/api/v1/offers/club").await.expect(200);
        assert_eq!(stored["effect"], json!({"type": "percent_off", "percent": "15", "cap_scope": "ticket", "max_discount": "3.00"}));
        assert_eq!((&stored["customers"]["newsletter"], &stored["scope"]), (&json!(true), &json!({"event_label": {"has": "evening"}, "museums": ["schloss"]})));
        let page = marketing.get("/campaigns/club").await.text();
        assert!(page.contains("effect.percent") && page.contains("<del>10</del>") && page.contains("<ins>15</ins>"), "{page}");

        for (text, said) in [("{", "This is no JSON: see line 1"), ("{\"id\": \"club\", \"colour\": 1}", "Not right at colour"), ("{\"id\": \"other\"}", "never changes")] {
            let answer = marketing.post("/campaigns/club/expert", &[("json", text)]).await;
            assert_eq!(answer.status, 422, "{text}");
            assert!(answer.text().contains(said), "{said}: {}", answer.text());
        }
        let audience = json!({"id": "students", "effect": {"type": "price_audience", "audience": "student"}}).to_string();
        marketing.post("/campaigns/expert", &[("json", &audience)]).await;
        assert_eq!(led_to(&marketing.get("/campaigns/students/edit").await), "/campaigns/students/expert", "no form for this kind");
    }

    async fn offers_are_moved_and_deleted_only_when_never_used(app: TestApp) {
        let app = app.furnished().await;
        let mut marketing = app.browser_of(Role::Marketing).await;
        add_summer_code(&app.marketing(), None).await;
        marketing.post("/campaigns/new", &offer(&[("key", "winter"), ("name", "Winter")])).await;
        assert_eq!(led_to(&marketing.post("/campaigns/winter/position", &[("position", "1")]).await), "/campaigns/winter");
        let listed = app.marketing().get("/api/v1/offers").await.expect(200);
        assert_eq!(listed["items"][0]["id"], "winter");

        let question = marketing.get("/campaigns/sommer/delete").await.text();
        assert!(question.contains("Delete “Sommer”?") && question.contains("Its one code goes with it."), "{question}");
        let mut order = cash_order("tageskarte", "adult", 1, "9.60");
        order["codes"] = json!(["SOMMER26"]);
        app.shop().post("/api/v1/orders", &order).await.expect(201);
        assert_eq!(led_to(&marketing.post("/campaigns/sommer/delete", &[]).await), "/campaigns/sommer");
        let page = marketing.get("/campaigns/sommer").await.text();
        assert!(page.contains("It was used meanwhile") && !page.contains("/campaigns/sommer/delete"), "{page}");
        assert_eq!(led_to(&marketing.post("/campaigns/winter/delete", &[]).await), "/campaigns");
        assert_eq!(marketing.get("/campaigns/winter").await.status, 404);
    }

    async fn codes_are_made_found_exported_and_switched_off(app: TestApp) {
        let app = app.furnished().await;
        let mut marketing = app.browser_of(Role::Marketing).await;
        marketing.post("/campaigns/new", &offer(&[("key", "sommer")])).await;
        let path = "/campaigns/sommer/codes";
        for (code, said) in [("", "at least one letter or digit"), ("SOMMER 26", ""), ("sommer-26", "This code is there already."), ("SOMMER2б", ""), ("S0MMER26", "People would take it for")] {
            let answer = marketing.post(path, &[("code", code)]).await;
            let expected = if said.is_empty() { 303 } else { 422 };
            assert_eq!(answer.status, expected, "{code}: {}", answer.text());
            assert!(answer.text().contains(said), "{said}: {}", answer.text());
        }
        assert_eq!(led_to(&marketing.post(path, &[("code", "=1+1")]).await), path);
        let batch = [("count", "300"), ("prefix", "HOTEL-"), ("length", "9"), ("batch_max_uses", "1")];
        assert_eq!(led_to(&marketing.post("/campaigns/sommer/codes/batch", &batch).await), path);
        assert!(marketing.get(path).await.text().contains("300 codes are generated."));
        for (wrong, field) in [(("count", "0"), "count"), (("count", "1000001"), "count"), (("length", "3"), "length"), (("batch_max_uses", "x"), "batch_max_uses")] {
            let answer = marketing.post("/campaigns/sommer/codes/batch", &[wrong, ("count", "9")]).await;
            assert!(answer.text().contains(&format!("href=\"#{field}\"")), "{wrong:?}");
        }
        let first = marketing.get(path).await.text();
        assert!(first.contains("303 codes in all") && first.contains("rel=\"next\""), "{first}");
        let found = marketing.get("/campaigns/sommer/codes?q=hotel").await.text();
        assert!(found.contains("300 codes in all") && !found.contains("SOMMER 26"), "{found}");

        let file = marketing.get("/campaigns/sommer/codes/export.csv?q=sommer").await;
        assert_eq!(file.headers["content-type"].to_str().expect("text"), "text/csv; charset=utf-8");
        assert_eq!(file.text().lines().count(), 3, "{}", file.text());
        let all = marketing.get("/campaigns/sommer/codes/export.csv").await.text();
        assert_eq!(all.lines().count(), 304, "the file has the total that the page shows");
        assert!(all.contains("'=1+1;sommer;yes;;0;"), "no formula: {all}");

        let code = "/campaigns/codes/SOMMER26";
        assert!(marketing.get("/campaigns/codes/sommer%2026").await.text().contains("SOMMER 26"));
        assert_eq!(led_to(&marketing.post(code, &[("enabled", "0")]).await), code);
        assert_eq!(app.marketing().get("/api/v1/codes/SOMMER26").await.expect(200)["enabled"], false);
        assert_eq!(marketing.post(code, &[("max_uses", "0")]).await.status, 422);
        marketing.post(code, &[("max_uses", "7")]).await;
        marketing.post(code, &[("enabled", "1")]).await;
        assert_eq!(app.marketing().get("/api/v1/codes/SOMMER26").await.expect(200)["max_uses"], 7);
        let mut order = cash_order("tageskarte", "adult", 1, "9.60");
        order["codes"] = json!(["SOMMER26"]);
        app.shop().post("/api/v1/orders", &order).await.expect(201);
        let page = marketing.get(code).await.text();
        assert!(page.contains("1 of 7") && page.contains("When it was used") && !page.contains("Delete the code"), "{page}");
        assert_eq!(led_to(&marketing.post("/campaigns/codes/SOMMER26/delete", &[]).await), code, "it was used");
        assert_eq!(led_to(&marketing.post("/campaigns/codes/%3D1%2B1/delete", &[]).await), path);
        assert_eq!(marketing.get("/campaigns/codes/%3D1%2B1").await.status, 404);
    }

    async fn a_scanned_code_opens_its_page_however_it_is_written(app: TestApp) {
        let app = app.furnished().await;
        let mut marketing = app.browser_of(Role::Marketing).await;
        marketing.post("/campaigns/new", &offer(&[("key", "sommer")])).await;
        for (code, path) in [("A/B-7", "/campaigns/codes/AB7"), ("Grün 5", "/campaigns/codes/GR%C3%9CN5")] {
            assert_eq!(led_to(&marketing.post("/campaigns/sommer/codes", &[("code", code)]).await), "/campaigns/sommer/codes");
            let encoded = code.replace('/', "%2F").replace(' ', "%20").replace('ü', "%C3%BC");
            assert_eq!(led_to(&marketing.get(&format!("/scan?text={encoded}")).await), path);
            assert!(marketing.get(path).await.text().contains(code), "{code}");
        }
    }

    async fn only_marketing_sees_campaigns(app: TestApp) {
        let mut shop = app.browser_of(Role::Shop).await;
        for path in ["/campaigns", "/campaigns/new", "/campaigns/expert", "/campaigns/x/codes"] {
            assert_eq!(shop.get(path).await.status, 403, "{path}");
        }
        assert_eq!(shop.post("/campaigns/new", &offer(&[])).await.status, 403);
    }
}
