//! Houses, what they show, and what is sold at which price.

use crate::support::annual_tickets::Wish;
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::{Client, museum, story};

on_both_databases! {
    async fn every_object_can_be_made_read_replaced_and_removed(app: TestApp) {
        let app = app.furnished().await;
        let admin = app.admin();
        let rule = json!({"key": "evening", "names": {"en": "Evenings"}, "event_label": "evening", "codes": ["NIGHT"], "channels": ["online"]});
        admin.post("/api/v1/sale-rules", &rule).await.expect(201);
        admin.post("/api/v1/audiences", &json!({"key": "student", "names": {"en": "Students"}, "check_proof": true, "partners": ["uni"]})).await.expect(201);
        for (resource, key) in [
            ("houses", "schloss"),
            ("exhibitions", "stadtansichten"),
            ("scopes", "alle-haeuser"),
            ("categories", "child"),
            ("products", "jahreskarte"),
            ("price-lists", "regular"),
            ("sale-rules", "evening"),
            ("audiences", "student"),
        ] {
            let path = format!("/api/v1/{resource}/{key}");
            let object = app.entry().get(&path).await.expect(200);
            assert_eq!(object["key"], key);
            let replaced = admin.put(&path, &object).await.expect(200);
            assert_eq!(replaced, object, "what is put back unchanged stays unchanged");
            let listed = app.shop().get(&format!("/api/v1/{resource}?limit=500")).await.expect(200);
            let found = listed["items"].as_array().expect("a list").contains(&object);
            assert!(found, "{object} is in {listed}");
        }
        app.admin().get("/api/v1/houses/nowhere").await.expect_refusal(404, "not_found");
        app.admin().get("/api/v1/houses/No%20key").await.expect_refusal(404, "not_found");
        app.admin().delete("/api/v1/exhibitions/stadtansichten").await.expect(204);
        app.admin().get("/api/v1/exhibitions/stadtansichten").await.expect_refusal(404, "not_found");
    }

    async fn a_list_comes_in_pages_in_a_stable_order(app: TestApp) {
        let app = app.furnished().await;
        let mut keys = Vec::new();
        let mut path = "/api/v1/products?limit=2".to_owned();
        loop {
            let page = app.shop().get(&path).await.expect(200);
            keys.extend(page["items"].as_array().expect("a list").iter().map(|product| product["key"].clone()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/api/v1/products?limit=2&after={next}");
        }
        let made = ["jahreskarte", "jahreskarte-haus", "jahreskarte-gutschein", "familienkarte", "saisonkarte", "tageskarte"];
        assert_eq!(keys, made);
        app.shop().get("/api/v1/products?after=nonsense").await.expect_invalid("after", "bad_cursor");
        app.shop().get("/api/v1/products?colour=red").await.expect_refusal(422, "invalid_input");
    }

    async fn a_key_belongs_to_one_object_and_never_changes(app: TestApp) {
        let app = app.furnished().await;
        let category = json!({"key": "adult", "names": {"de": "Andere"}});
        app.admin().post("/api/v1/categories", &category).await.expect_refusal(409, "key_taken");
        app.admin().put("/api/v1/categories/child", &category).await.expect_invalid("key", "cannot_change");
        app.admin().put("/api/v1/categories/senior", &category).await.expect_refusal(404, "not_found");

        let mut product = app.admin().get("/api/v1/products/tageskarte").await.expect(200);
        product["kind"] = json!("annual_ticket_voucher");
        product["exchange_for"] = json!("jahreskarte");
        app.admin().put("/api/v1/products/tageskarte", &product).await.expect_invalid("kind", "cannot_change");
    }

    async fn what_an_object_names_must_exist(app: TestApp) {
        let app = app.furnished().await;
        let name = json!({"de": "Neu"});
        for (resource, object, path, reason) in [
            ("exhibitions", json!({"key": "new", "house": "burg", "name": "Neu"}), "house", "unknown_key"),
            ("scopes", json!({"key": "new", "name": "Neu", "houses": ["schloss", "burg"]}), "houses[1]", "unknown_key"),
            ("scopes", json!({"key": "new", "name": "Neu", "exhibitions": ["rom"]}), "exhibitions[0]", "unknown_key"),
            ("scopes", json!({"key": "new", "name": "Neu"}), "houses", "invalid_value"),
            ("scopes", json!({"key": "new", "name": "Neu", "houses": ["schloss"], "id": 1}), "id", "id_taken"),
            ("categories", json!({"key": "new", "names": name, "requires": ["senior"]}), "requires[0]", "unknown_key"),
            ("products", json!({"key": "new", "kind": "annual_ticket", "names": name, "vat_rate": "7", "scope": "burg",
                "validity": {"start": "purchase", "months": 12}}), "scope", "unknown_key"),
            ("products", json!({"key": "new", "kind": "annual_ticket", "names": name, "vat_rate": "7", "scope": "schloss"}),
                "validity", "invalid_value"),
            ("products", json!({"key": "new", "kind": "annual_ticket_voucher", "names": name, "vat_rate": "7",
                "exchange_for": "tageskarte"}), "exchange_for", "invalid_value"),
            ("products", json!({"key": "new", "kind": "day_ticket", "names": name, "vat_rate": "seven"}),
                "vat_rate", "invalid_value"),
            ("price-lists", json!({"key": "new", "names": name, "prices": [
                {"product": "tageskarte", "category": "adult", "price": "9.00"},
                {"product": "tageskarte", "category": "senior", "price": "9.00"}]}), "prices[1].category", "unknown_key"),
            ("price-lists", json!({"key": "new", "names": name, "prices": [
                {"product": "tageskarte", "category": "adult", "price": "9.000"}]}), "prices[0].price", "invalid_value"),
            ("events", json!({"key": "new", "names": name, "house": "schloss", "starts_at": "2026-07-11T10:00:00+02:00",
                "exhibition": "stadtansichten"}), "exhibition", "invalid_value"),
        ] {
            app.admin().post(&format!("/api/v1/{resource}"), &object).await.expect_invalid(path, reason);
        }
    }

    async fn a_house_that_leaves_stays_open_to_those_who_have_bought(app: TestApp) {
        let app = app.furnished().await;
        let admin = app.admin();
        // Nothing is sold yet: a scope may still lose a house, and gets it back.
        let mut scope = admin.get("/api/v1/scopes/alle-haeuser").await.expect(200);
        let tower = json!({"key": "turm", "name": "Turm", "time_zone": "Europe/Berlin", "country": "DE"});
        admin.post("/api/v1/houses", &tower).await.expect(201);
        scope["houses"] = json!(["stadtmuseum", "schloss", "turm"]);
        let mut smaller = scope.clone();
        smaller["houses"] = json!(["stadtmuseum", "turm"]);
        admin.put("/api/v1/scopes/alle-haeuser", &smaller).await.expect(200);
        admin.put("/api/v1/scopes/alle-haeuser", &scope).await.expect(200);

        let sold = app.issue(Wish::of("jahreskarte")).await;
        story::personalize(&app.personalization(), &sold.id).await;
        let code = story::text(&app.personalization().get(&sold.path).await.expect(200)["card"]["code"]);
        // This house admits nobody without the card in hand; what counts here is whether the card is for this house at all.
        let check = |code: String, verdict: &'static str, reason: Option<&'static str>| {
            let entry = app.entry();
            async move { story::check(&entry, &code, "schloss", verdict, reason).await }
        };
        check(code.clone(), "refuse", Some("not_yet_collected")).await;
        admin.put("/api/v1/scopes/alle-haeuser", &smaller).await.expect_invalid("houses", "scope_was_sold");

        let leave = "/api/v1/houses/schloss/leave";
        let look = json!({"reason": "the contract ended", "preview": true});
        let seen = admin.post(leave, &look).await.expect(200);
        assert_eq!((&seen["annual_tickets"], &seen["last_day"]), (&json!(1), &json!("2027-07-03")), "{seen}");
        assert_eq!(admin.get("/api/v1/products/jahreskarte").await.expect(200)["scope"], "alle-haeuser", "it was only looked at");
        let page = app.browser_of(Role::Admin).await.get("/admin/catalog/houses/schloss/leave").await.text();
        assert!(page.contains("One annual ticket goes on opening this house, until 3 July 2027."), "{page}");

        let left = admin.post(leave, &json!({"reason": "the contract ended"})).await.expect(200);
        assert_eq!(left, seen, "what was shown is what happened");
        let product = admin.get("/api/v1/products/jahreskarte").await.expect(200);
        assert_eq!(product["scope"], "alle-haeuser-2");
        assert_eq!(admin.get("/api/v1/scopes/alle-haeuser-2").await.expect(200)["houses"], json!(["stadtmuseum", "turm"]));
        admin.post(leave, &json!({"reason": "again"})).await.expect_refusal(409, "nothing_to_change");

        // Who bought before goes on; who buys now does not, and a period that begins anew is what is sold by then.
        check(code.clone(), "refuse", Some("not_yet_collected")).await;
        let later = app.issue(Wish::of("jahreskarte")).await;
        story::personalize(&app.personalization(), &later.id).await;
        let new_code = story::text(&app.personalization().get(&later.path).await.expect(200)["card"]["code"]);
        check(new_code, "refuse", Some("wrong_house")).await;
        app.set_time("2027-08-01T09:00:00Z");
        app.personalization().post(&format!("{}/renew", sold.path), &json!({})).await.expect(200);
        check(code, "refuse", Some("wrong_house")).await;
    }

    async fn a_house_is_made_with_a_scope_of_its_own(app: TestApp) {
        let app = app.furnished().await;
        let scope = app.shop().get("/api/v1/scopes/schloss").await.expect(200);
        assert_eq!(scope["houses"], json!(["schloss"]));
        assert_eq!(scope["id"], 2);

        let wider = json!({"key": "schloss", "name": "Schloss", "houses": ["schloss", "stadtmuseum"]});
        app.admin().put("/api/v1/scopes/schloss", &wider).await.expect_invalid("houses", "cannot_change");
        app.admin().delete("/api/v1/scopes/schloss").await.expect_refusal(409, "in_use");
        let other_id = json!({"key": "alle-haeuser", "name": "Alle", "houses": ["schloss"], "id": 77});
        app.admin().put("/api/v1/scopes/alle-haeuser", &other_id).await.expect_invalid("id", "cannot_change");

        let house = json!({"key": "turm", "name": "Turm", "time_zone": "Europe/Berlin", "country": "DE"});
        app.admin().post("/api/v1/houses", &house).await.expect(201);
        let renamed = json!({"key": "turm", "name": "Alter Turm", "time_zone": "Europe/Berlin", "country": "DE"});
        app.admin().put("/api/v1/houses/turm", &renamed).await.expect(200);
        assert_eq!(app.shop().get("/api/v1/scopes/turm").await.expect(200)["name"], "Alter Turm");
        app.admin().delete("/api/v1/houses/turm").await.expect(204);
        app.shop().get("/api/v1/scopes/turm").await.expect_refusal(404, "not_found");
        let taken = json!({"key": "alle-haeuser", "name": "Haus", "time_zone": "Europe/Berlin", "country": "DE"});
        app.admin().post("/api/v1/houses", &taken).await.expect_refusal(409, "key_taken");
    }

    async fn what_something_refers_to_cannot_be_removed(app: TestApp) {
        let app = app.furnished().await;
        for path in [
            "houses/stadtmuseum",
            "scopes/alle-haeuser",
            "categories/adult",
            "products/jahreskarte",
            "products/tageskarte",
        ] {
            app.admin().delete(&format!("/api/v1/{path}")).await.expect_refusal(409, "in_use");
        }
        app.admin().delete("/api/v1/price-lists/regular").await.expect(204);
        app.admin().delete("/api/v1/products/tageskarte").await.expect(204);
    }

    async fn what_was_sold_cannot_be_removed_even_when_nothing_names_it_any_more(app: TestApp) {
        let app = app.furnished().await;
        let order = museum::cash_order("jahreskarte", "adult", 1, "45.00");
        app.shop().post("/api/v1/orders", &order).await.expect(201);
        app.admin().delete("/api/v1/price-lists/regular").await.expect(204);
        app.admin().delete("/api/v1/products/jahreskarte-gutschein").await.expect(204);
        app.admin().delete("/api/v1/products/familienkarte").await.expect(204);
        let mut product = app.admin().get("/api/v1/products/jahreskarte").await.expect(200);
        product["scope"] = json!("schloss");
        app.admin().put("/api/v1/products/jahreskarte", &product).await.expect(200);
        for path in ["products/jahreskarte", "categories/adult", "scopes/alle-haeuser"] {
            app.admin().delete(&format!("/api/v1/{path}")).await.expect_refusal(409, "in_use");
        }
    }

    async fn labels_of_many_events_are_edited_at_once(app: TestApp) {
        let app = app.furnished().await;
        for (key, starts_at) in [
            ("tue-10", "2026-07-07T10:00:00+02:00"),
            ("wed-10", "2026-07-08T10:00:00+02:00"),
            ("late", "2026-07-31T23:30:00+02:00"),
            ("august", "2026-08-01T00:30:00+02:00"),
        ] {
            add_event(&app.admin(), key, starts_at).await;
        }
        let edit = json!({"house": "stadtmuseum", "until": "2026-07-31", "add": ["summer"], "remove": ["draft"]});
        let count = app.admin().post("/api/v1/events/labels", &edit).await.expect(200);
        assert_eq!(count, json!({"matched": 3, "changed": 3}));
        let again = app.admin().post("/api/v1/events/labels", &edit).await.expect(200);
        assert_eq!(again, json!({"matched": 3, "changed": 0}));
        let labels = async |key: &str| app.shop().get(&format!("/api/v1/events/{key}")).await.expect(200)["labels"].clone();
        assert_eq!(labels("late").await, json!(["summer"]));
        assert_eq!(labels("august").await, json!(["draft"]));

        let listed = app.shop().get("/api/v1/events?house=stadtmuseum&limit=1").await.expect(200);
        assert_eq!(listed["items"][0]["key"], "tue-10");
        let nowhere = json!({"house": "burg", "add": ["x"]});
        app.admin().post("/api/v1/events/labels", &nowhere).await.expect_invalid("house", "unknown_key");
        let both = json!({"add": ["x"], "remove": ["x"]});
        app.admin().post("/api/v1/events/labels", &both).await.expect_invalid("remove[0]", "duplicate");
    }

    async fn every_change_is_in_the_audit(app: TestApp) {
        let app = app.furnished().await;
        let category = json!({"key": "senior", "names": {"de": "Ältere"}});
        app.admin().post("/api/v1/categories", &category).await.expect(201);
        app.admin().put("/api/v1/categories/senior", &category).await.expect(200);
        app.admin().delete("/api/v1/categories/senior").await.expect(204);
        let records = app.admin().get("/api/v1/audit?subject_kind=category&subject_id=senior").await.expect(200);
        let actions: Vec<&Value> = records["items"].as_array().expect("a list").iter().map(|record| &record["action"]).collect();
        assert_eq!(actions, ["category.removed", "category.changed", "category.created"]);
        assert!(records["items"][0]["actor"].as_str().is_some_and(|actor| actor.starts_with("api-key:")));
    }
}

async fn add_event(admin: &Client, key: &str, starts_at: &str) {
    let event =
        json!({"key": key, "names": {"de": key}, "house": "stadtmuseum", "starts_at": starts_at, "labels": ["draft"]});
    admin.post("/api/v1/events", &event).await.expect(201);
}
