//! Administration through HTTP: the catalog, staff, keys, gates, the audit.

use crate::support::{Browser, PASSWORD, TestApp, led_to};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};

/// The value behind a marker, up to a quote or a bracket.
fn behind<'p>(page: &'p str, marker: &str) -> &'p str {
    let rest = page.split(marker).nth(1).unwrap_or_else(|| panic!("{marker} is missing in {page}"));
    rest.split(['"', '<']).next().unwrap_or_default()
}

async fn add(admin: &mut Browser, kind: &str, form: &[(&str, &str)]) {
    let answer = admin.post(&format!("/admin/catalog/{kind}/new"), form).await;
    assert_eq!(answer.status, 303, "{kind}: {}", answer.text());
    assert_eq!(led_to(&answer), format!("/admin/catalog/{kind}"));
}

async fn staff_id(app: &TestApp, email: &str) -> String {
    let listed = app.admin().get("/api/v1/staff").await.expect(200);
    let found = listed["items"].as_array().expect("staff").iter().find(|one| one["email"] == email);
    found.expect("somebody")["id"].as_str().expect("an id").to_owned()
}

on_both_databases! {
    async fn a_whole_museum_is_set_up_by_its_forms(app: TestApp) {
        let mut admin = app.browser_of(Role::Admin).await;
        let hub = admin.get("/admin").await.text();
        for path in ["houses", "exhibitions", "scopes", "categories", "audiences", "products", "price-lists", "events", "sale-rules"] {
            assert!(hub.contains(&format!("/admin/catalog/{path}")), "{path}");
            assert_eq!(admin.get(&format!("/admin/catalog/{path}")).await.status, 200);
            assert_eq!(admin.get(&format!("/admin/catalog/{path}/new")).await.status, 200);
        }
        add(&mut admin, "houses", &[("key", "burg"), ("name", "Burg am Fels"), ("time_zone", "Europe/Berlin"), ("country", "DE"),
            ("address_lines", "Burgweg 1"), ("address_postal_code", "12345"), ("address_city", "Fels"), ("not_collected", "attention")]).await;
        add(&mut admin, "exhibitions", &[("key", "ritter"), ("name", "Ritter"), ("house", "burg"), ("valid_from", "2026-05-01"), ("valid_until", "2026-09-30")]).await;
        add(&mut admin, "scopes", &[("key", "nur-ritter"), ("name", "Nur Ritter"), ("exhibitions", "ritter")]).await;
        add(&mut admin, "categories", &[("key", "adult"), ("names_de", "Erwachsene"), ("names_en", "Adult")]).await;
        add(&mut admin, "categories", &[("key", "student"), ("names_de", "Studierende"), ("check_proof", "1"), ("labels", "young, campus")]).await;
        add(&mut admin, "products", &[("key", "jahr"), ("names_de", "Jahreskarte"), ("kind", "annual_ticket"), ("scope", "burg"), ("validity_start", "purchase"),
            ("validity_months", "12"), ("vat_rate", "7"), ("annual_tickets", "1"), ("companions", "1"), ("reentry_secs", "600"), ("reentry_policy", "refuse"),
            ("required_fields", "photo"), ("required_fields", "family_name")]).await;
        add(&mut admin, "products", &[("key", "tag"), ("names_de", "Tageskarte"), ("kind", "day_ticket"), ("vat_rate", "7"), ("annual_tickets", "1"),
            ("companions", "0"), ("reentry_secs", "600"), ("reentry_policy", "attention")]).await;
        add(&mut admin, "price-lists", &[("key", "regular"), ("names_de", "Regulär"), ("price:jahr:adult", "45"), ("price:tag:adult", "12,50"), ("price:tag:student", "8")]).await;
        add(&mut admin, "events", &[("key", "nacht"), ("names_de", "Ritternacht"), ("house", "burg"), ("exhibition", "ritter"), ("starts_at", "2026-07-11T20:00"),
            ("capacity", "30"), ("labels", "evening")]).await;

        let event = app.admin().get("/api/v1/events/nacht").await.expect(200);
        assert_eq!((&event["starts_at"], &event["labels"]), (&json!("2026-07-11T18:00:00.000Z"), &json!(["evening"])), "clocks of the house");
        assert!(admin.get("/admin/catalog/events/nacht").await.text().contains("value=\"2026-07-11T20:00\""));
        let product = app.admin().get("/api/v1/products/jahr").await.expect(200);
        assert_eq!((&product["validity"], &product["companions"]), (&json!({"start": "purchase", "months": 12}), &json!(1)));
        let basket = json!({"channel": "box_office", "codes": [], "items": [
            {"line": "1", "product": "tag", "category": "student", "house": "burg", "quantity": 2}, {"line": "2", "product": "jahr", "category": "adult", "quantity": 1}]});
        assert_eq!(app.shop().post("/api/v1/quotes", &basket).await.expect(200)["total"], "61.00");
        let listed = admin.get("/admin/catalog/products").await.text();
        assert!(listed.contains("€45.00") && listed.contains("12 months"), "{listed}");

        let labelled = admin.post("/admin/catalog/events/labels", &[("house", "burg"), ("add", "sommer"), ("remove", "evening")]).await;
        assert_eq!(led_to(&labelled), "/admin/catalog/events");
        assert!(admin.get("/admin/catalog/events").await.text().contains("One event was changed."));
        assert_eq!(app.admin().get("/api/v1/events/nacht").await.expect(200)["labels"], json!(["sommer"]));
        assert_eq!(admin.post("/admin/catalog/events/labels", &[("house", "burg")]).await.status, 422);
    }

    async fn what_is_wrong_with_an_object_stands_beside_its_field(app: TestApp) {
        let app = app.furnished().await;
        let mut admin = app.browser_of(Role::Admin).await;
        for (kind, form, field, said) in [
            ("houses", vec![("key", "Burg")], "key", "small letters"),
            ("houses", vec![("key", "burg"), ("name", "Burg"), ("time_zone", "Berlin"), ("country", "DE"), ("not_collected", "refuse")], "time_zone", "not known"),
            ("houses", vec![("key", "schloss"), ("name", "Burg"), ("time_zone", "Europe/Berlin"), ("country", "DE"), ("not_collected", "refuse")], "key", "This key is taken."),
            ("exhibitions", vec![("key", "x"), ("name", "X"), ("house", "schloss"), ("valid_from", "2026-02-01"), ("valid_until", "2026-01-01")], "valid_until", "before the first"),
            ("scopes", vec![("key", "x"), ("name", "X")], "houses", "at least one house"),
            ("categories", vec![("key", "x")], "names", "at least one language"),
            ("products", vec![("key", "x"), ("names_en", "X"), ("kind", "annual_ticket"), ("scope", "schloss"), ("vat_rate", "7"), ("annual_tickets", "1"), ("companions", "0"), ("reentry_secs", "0"), ("reentry_policy", "refuse")], "validity", "needs a validity"),
            ("products", vec![("key", "x"), ("names_en", "X"), ("kind", "day_ticket"), ("vat_rate", "much"), ("annual_tickets", "1"), ("companions", "0"), ("reentry_secs", "0"), ("reentry_policy", "refuse")], "vat_rate", "percentage"),
            ("price-lists", vec![("key", "x"), ("names_en", "X"), ("price:tageskarte:adult", "cheap")], "prices", "amounts such as 9.90"),
            ("events", vec![("key", "x"), ("names_en", "X"), ("house", "schloss"), ("exhibition", "stadtansichten"), ("starts_at", "2026-07-11T20:00")], "exhibition", "another house"),
        ] {
            let answer = admin.post(&format!("/admin/catalog/{kind}/new"), &form).await;
            let page = answer.text();
            assert_eq!(answer.status, 422, "{kind} {form:?}: {page}");
            assert!(page.contains(&format!("href=\"#{field}\"")) && page.contains(said), "{kind} {field} {said}: {page}");
        }
        assert_eq!(admin.get("/admin/catalog/castles").await.status, 404);
        assert_eq!(admin.get("/admin/catalog/houses/burg").await.status, 404);
    }

    async fn objects_are_changed_and_removed_while_nothing_needs_them(app: TestApp) {
        let app = app.furnished().await;
        let mut admin = app.browser_of(Role::Admin).await;
        let before = app.admin().get("/api/v1/products/familienkarte").await.expect(200);
        let page = admin.get("/admin/catalog/products/familienkarte").await.text();
        assert!(page.contains("Familienkarte") && !page.contains("value=\"day_ticket\""), "a product stays of its kind");
        let form = [("kind", "annual_ticket"), ("names_de", "Familienkarte"), ("names_fr", "Carte famille"), ("scope", "alle-haeuser"), ("validity_start", "purchase"),
            ("validity_months", "12"), ("vat_rate", "7"), ("annual_tickets", "3"), ("companions", "0"), ("reentry_secs", "600"), ("reentry_policy", "attention"),
            ("required_fields", "photo"), ("required_fields", "given_name"), ("required_fields", "family_name")];
        assert_eq!(led_to(&admin.post("/admin/catalog/products/familienkarte", &form).await), "/admin/catalog/products");
        let mut expected = before;
        expected["names"]["fr"] = json!("Carte famille");
        assert_eq!(app.admin().get("/api/v1/products/familienkarte").await.expect(200), expected, "nothing else changed");
        assert!(admin.get("/admin/catalog/products/familienkarte").await.text().contains("Product changed"), "the history tells it");

        assert!(admin.get("/admin/catalog/houses/schloss/delete").await.text().contains("Remove “Schloss am See”?"));
        assert_eq!(led_to(&admin.post("/admin/catalog/houses/schloss/delete", &[]).await), "/admin/catalog/houses/schloss");
        assert!(admin.get("/admin/catalog/houses/schloss").await.text().contains("schloss is in use"));
        add(&mut admin, "categories", &[("key", "press"), ("names_en", "Press")]).await;
        assert_eq!(led_to(&admin.post("/admin/catalog/categories/press/delete", &[]).await), "/admin/catalog/categories");
        app.admin().get("/api/v1/categories/press").await.expect_refusal(404, "not_found");
    }

    async fn staff_are_added_changed_signed_out_and_closed(app: TestApp) {
        let mut admin = app.browser_of(Role::Admin).await;
        for (form, said) in [
            (vec![("name", ""), ("email", "ada@example.org"), ("password", PASSWORD), ("roles", "shop")], "name of at most"),
            (vec![("name", "Ada"), ("email", "ada"), ("password", PASSWORD), ("roles", "shop")], "Please enter an e-mail address."),
            (vec![("name", "Ada"), ("email", "ada@example.org"), ("password", "short"), ("roles", "shop")], "at least 10 characters"),
            (vec![("name", "Ada"), ("email", "ada@example.org"), ("password", PASSWORD)], "at least one role"),
        ] {
            let answer = admin.post("/admin/staff/new", &form).await;
            assert_eq!(answer.status, 422, "{form:?}");
            assert!(answer.text().contains(said), "{said}: {}", answer.text());
        }
        let form = [("name", "Ada Lovelace"), ("email", "ada@example.org"), ("password", PASSWORD), ("roles", "marketing"), ("rights", "refund.used")];
        let path = led_to(&admin.post("/admin/staff/new", &form).await).to_owned();
        assert!(admin.get(&path).await.text().contains("Ada Lovelace can sign in now."));
        let mut ada = app.browser();
        assert_eq!(ada.post("/sign-in", &[("email", "ada@example.org"), ("password", PASSWORD)]).await.status, 303);
        assert_eq!((ada.get("/campaigns").await.status, ada.get("/entry").await.status), (200, 403));
        let taken = admin.post("/admin/staff/new", &form).await;
        assert!(taken.text().contains("works here already"));

        let changed = [("name", "Ada Lovelace"), ("roles", "entry"), ("roles", "mailroom")];
        assert_eq!(led_to(&admin.post(&path, &changed).await), path);
        assert_eq!((ada.get("/campaigns").await.status, ada.get("/entry").await.status), (403, 200), "roles count at once");
        assert_eq!(led_to(&admin.post(&format!("{path}/sign-out"), &[]).await), path);
        assert_eq!(ada.get("/desk").await.status, 303, "signed out everywhere");
        assert!(admin.get(&path).await.text().contains("One session was ended."));

        let shown = admin.post(&format!("{path}/link"), &[("once", "the-form")]).await;
        assert_eq!(shown.status, 200);
        let token = behind(&shown.text(), "/password/").to_owned();
        assert_eq!(led_to(&admin.post(&format!("{path}/link"), &[("once", "the-form")]).await), path, "a repetition makes no second link");
        assert_eq!(ada.get(&format!("/password/{token}")).await.status, 200);

        assert_eq!(led_to(&admin.post(&format!("{path}/disabled"), &[("disabled", "1")]).await), path);
        assert_eq!(ada.post("/sign-in", &[("email", "ada@example.org"), ("password", PASSWORD)]).await.status, 422);
        admin.post(&format!("{path}/disabled"), &[("disabled", "0")]).await;
        assert_eq!(ada.post("/sign-in", &[("email", "ada@example.org"), ("password", PASSWORD)]).await.status, 303);
        let page = admin.get(&path).await.text();
        for action in ["Account made", "Name or roles changed", "Account closed", "Account opened again"] {
            assert!(page.contains(action), "{action}: {page}");
        }
    }

    async fn one_administrator_always_stays(app: TestApp) {
        let mut admin = app.browser_of(Role::Admin).await;
        let own = format!("/admin/staff/{}", staff_id(&app, "admin@example.org").await);
        for (path, form) in [(own.clone(), vec![("name", "Kim"), ("roles", "shop")]), (format!("{own}/disabled"), vec![("disabled", "1")])] {
            let refused = admin.post(&path, &form).await;
            assert_eq!(refused.status, 422, "{path}");
            assert!(refused.text().contains("One administrator who can sign in must stay."));
        }
        assert_eq!(admin.get("/admin").await.status, 200);
        assert_eq!(admin.get("/admin/staff/00000000-0000-7000-8000-000000000000").await.status, 404);
    }

    async fn a_key_is_shown_once_and_works_until_it_is_revoked(app: TestApp) {
        let mut admin = app.browser_of(Role::Admin).await;
        assert_eq!(admin.post("/admin/keys/new", &[("name", "")]).await.status, 422);
        let form = [("once", "this-form"), ("name", "Web shop"), ("roles", "shop")];
        let shown = admin.post("/admin/keys/new", &form).await.text();
        let secret = format!("pp_{}", behind(&shown, "pp_"));
        assert_eq!(app.stranger().with_key(&secret).get("/api/v1/houses").await.status, 200);
        assert_eq!(led_to(&admin.post("/admin/keys/new", &form).await), "/admin/keys", "a reload shows and makes nothing");
        let listed = admin.get("/admin/keys").await.text();
        assert_eq!(listed.matches("Web shop").count(), 2, "one row, named in its link too: {listed}");
        assert!(!listed.contains(&secret));
        let kept = app.app.db.read().await.expect("a connection").fetch_all::<(String,)>(&KEPT_ANSWERS, db::args![]).await.expect("rows");
        assert!(kept.iter().all(|(body,)| !body.contains("pp_")), "the secret is not kept");

        let keys = app.admin().get("/api/v1/api-keys").await.expect(200);
        let id = keys["items"].as_array().expect("keys").iter().find(|key| key["name"] == "Web shop").expect("the key")["id"].as_str().expect("an id").to_owned();
        assert!(admin.get(&format!("/admin/keys/{id}/revoke")).await.text().contains("Revoke the key for “Web shop”?"));
        assert_eq!(led_to(&admin.post(&format!("/admin/keys/{id}/revoke"), &[]).await), "/admin/keys");
        assert_eq!(app.stranger().with_key(&secret).get("/api/v1/houses").await.status, 401);
    }

    async fn a_gate_is_added_paired_by_its_code_and_revoked(app: TestApp) {
        let app = app.furnished().await;
        let mut admin = app.browser_of(Role::Admin).await;
        assert!(admin.get("/admin/devices").await.text().contains("There is no gate yet"));
        assert_eq!(admin.post("/admin/devices/new", &[("name", ""), ("place", "schloss")]).await.status, 422);
        assert_eq!(admin.post("/admin/devices/new", &[("name", "Tor"), ("place", "zoo")]).await.status, 422);
        let form = [("once", "this-form"), ("name", "Haupteingang"), ("place", "stadtmuseum/stadtansichten"), ("direction", "in")];
        let shown = admin.post("/admin/devices/new", &form).await.text();
        let code = behind(&shown, "class=\"pairing-code\">").replace(' ', "");
        assert!(code.len() == 8 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
        let path = led_to(&admin.post("/admin/devices/new", &form).await).to_owned();
        let page = admin.get(&path).await.text();
        assert!(page.contains("Stadtmuseum · Stadtansichten") && page.contains("Waits for pairing") && !page.contains("class=\"pairing-code\""), "{page}");
        let listed = app.admin().get("/api/v1/devices").await.expect(200);
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "sent twice, added once");
        let renewed = admin.post(&format!("{path}/pairing-code"), &[]).await.text();
        assert_ne!(behind(&renewed, "class=\"pairing-code\">").replace(' ', ""), code);
        assert!(admin.get(&format!("{path}/revoke")).await.text().contains("admits nobody any more"));
        assert_eq!(led_to(&admin.post(&format!("{path}/revoke"), &[]).await), path);
        assert!(admin.get(&path).await.text().contains("Revoked"));
    }

    async fn the_audit_is_filtered_and_exported(app: TestApp) {
        let app = app.furnished().await;
        let mut admin = app.browser_of(Role::Admin).await;
        let all = admin.get("/admin/audit").await.text();
        assert!(all.contains("Kim admin") && all.contains("Signed in") && all.contains("rel=\"next\"").eq(&false), "{all}");
        let houses = admin.get("/admin/audit?kind=house").await.text();
        assert!(houses.contains("House added") && !houses.contains("Product added"), "{houses}");
        assert!(admin.get("/admin/audit?kind=house&id=schloss").await.text().contains("schloss"));
        assert!(admin.get("/admin/audit?from=2026-07-05").await.text().contains("Nothing was recorded that fits."));
        assert!(admin.get("/admin/audit?until=2026-07-04").await.text().contains("House added"), "the last day counts");
        let file = admin.get("/admin/audit/export.csv?kind=house").await;
        assert_eq!(file.text().lines().count(), 3, "{}", file.text());
        assert!(file.text().contains("house.created;house;schloss"), "{}", file.text());
    }

    async fn layouts_are_shown_with_their_state(app: TestApp) {
        let app = app.furnished().await;
        app.printed_card("Müller", None).await;
        let page = app.browser_of(Role::Admin).await.get("/admin/layouts").await.text();
        assert!(page.contains("Agreed") || page.contains("There is no layout yet"), "{page}");
    }

    async fn only_administrators_administer(app: TestApp) {
        let app = app.furnished().await;
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Admin) {
            let mut browser = app.browser_of(role).await;
            for path in ["/admin", "/admin/catalog/houses", "/admin/staff", "/admin/keys", "/admin/devices", "/admin/layouts", "/admin/audit", "/admin/audit/export.csv"] {
                assert_eq!(browser.get(path).await.status, 403, "{role} {path}");
            }
            assert_eq!(browser.post("/admin/keys/new", &[("name", "x"), ("roles", "admin")]).await.status, 403);
        }
        let keys: Value = app.admin().get("/api/v1/api-keys").await.expect(200);
        assert!(keys["items"].as_array().expect("keys").iter().all(|key| key["name"] == "test"));
    }
}

db::statements! {
    /// The answers that are kept for repetitions.
    KEPT_ANSWERS = "SELECT COALESCE(body, '') FROM idempotency_answers";
}
