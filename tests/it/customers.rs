//! Customers: a link by mail proves an address, what they see behind it, and what the desk knows of them.

use crate::support::{Browser, TestApp, Upload, hidden_fields, led_to};
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::museum::cash_order;

/// Places an order of this buyer.
async fn buy(app: &TestApp, product: &str, total: &str, name: &str, email: &str) -> Value {
    let mut order = cash_order(product, "adult", 1, total);
    order["buyer"] = json!({"name": name, "email": email, "language": "en"});
    app.shop().post("/api/v1/orders", &order).await.expect(201)
}

/// Asks for a link to this address, and answers the path in the mail.
async fn link_of(app: &TestApp, browser: &mut Browser, email: &str) -> String {
    let once = hidden_fields(&browser.get("/my").await, "/my/link");
    let asked = browser.post("/my/link", &[("once", &once[0].1), ("email", email)]).await;
    assert_eq!(led_to(&asked), "/my?asked=1");
    let mails = app.mails().await;
    mails.last().expect("a mail").links("/my/enter/").remove(0)
}

/// A browser in which the reader of this address's mails is signed in.
pub(crate) async fn entered(app: &TestApp, email: &str) -> Browser {
    let mut browser = app.browser();
    let link = link_of(app, &mut browser, email).await;
    assert_eq!(led_to(&browser.post(&link, &[]).await), "/my");
    browser
}

async fn customers(app: &TestApp, query: &str) -> Vec<Value> {
    let found = app.shop().get(&format!("/api/v1/customers{query}")).await.expect(200);
    found["items"].as_array().expect("items").clone()
}

fn id(customer: &Value) -> String {
    customer["id"].as_str().expect("an id").to_owned()
}

on_both_databases! {
    async fn a_link_proves_an_address_once_and_for_half_an_hour(app: TestApp) {
        let app = app.furnished().await;
        buy(&app, "familienkarte", "90.00", "Ada Lovelace", "Ada@Example.org").await;
        buy(&app, "jahreskarte", "45.00", "Grace", "grace@example.org").await;
        let mut browser = app.browser();
        let link = link_of(&app, &mut browser, "ada@example.org").await;
        // A program that looks at mails opens links, and presses no buttons.
        for _ in 0..3 {
            assert_eq!(browser.get(&link).await.status, 200);
        }
        let mut other = browser.clone();
        assert_eq!(led_to(&browser.post(&link, &[]).await), "/my");
        assert_eq!(other.post(&link, &[]).await.status, 404, "it works once");
        let page = browser.get("/my").await.text();
        assert_eq!(page.matches("href=\"/p/").count(), 3, "{page}");
        assert_eq!(page.matches("href=\"/shop/orders/").count(), 1, "{page}");
        assert!(page.contains("Ada Lovelace") && !page.contains("Grace"), "{page}");
        assert!(other.get("/my").await.text().contains("Send me a link"));

        let late = link_of(&app, &mut other, "grace@example.org").await;
        let newer = link_of(&app, &mut other, "GRACE@example.org").await;
        assert_eq!(other.get(&late).await.status, 404, "a new link takes the place of the one before");
        app.wait_secs(30 * 60 + 1);
        assert_eq!(other.get(&newer).await.status, 404);
        assert_eq!(other.post(&newer, &[]).await.status, 404);
        app.wait_secs(24 * 60 * 60);
        assert!(browser.get("/my").await.text().contains("Send me a link"), "a session ends after a day");
    }

    async fn somebody_new_proves_an_address_too_and_sees_nothing_of_others(app: TestApp) {
        let app = app.furnished().await;
        buy(&app, "jahreskarte", "45.00", "Ada", "ada@example.org").await;
        let mut browser = entered(&app, "new@example.org").await;
        let page = browser.get("/my").await.text();
        assert!(page.contains("There are no orders.") && page.contains("new@example.org"), "{page}");
        assert_eq!(browser.get("/customers").await.status, 303, "a customer is no member of staff");
        led_to(&browser.post("/my/sign-out", &[]).await);
        assert!(browser.get("/my").await.text().contains("Send me a link"));
        assert_eq!(browser.post("/my/link", &[("once", "x"), ("email", "nobody")]).await.status, 422);
    }

    async fn news_are_wanted_and_taken_back_with_the_moment(app: TestApp) {
        let app = app.furnished().await;
        buy(&app, "jahreskarte", "45.00", "Ada", "ada@example.org").await;
        assert_eq!(customers(&app, "?newsletter=true").await.len(), 0, "buying is no wish for news");
        let mut browser = entered(&app, "ada@example.org").await;
        for (wanted, count) in [("1", 1), ("0", 0)] {
            let once = hidden_fields(&browser.get("/my").await, "/my/newsletter");
            led_to(&browser.post("/my/newsletter", &[("once", &once[0].1), ("wanted", wanted)]).await);
            assert_eq!(customers(&app, "?newsletter=true").await.len(), count);
        }
        assert!(customers(&app, "").await[0]["newsletter_changed_at"].is_string());
        let mut desk = app.browser_of(Role::Shop).await;
        let page = desk.get(&format!("/customers/{}", id(&customers(&app, "").await[0]))).await.text();
        assert!(page.contains("Wants news") && page.contains("Wants no more news") && page.contains("The customer,"), "{page}");
        let mut stranger = app.browser();
        assert_eq!(led_to(&stranger.post("/my/newsletter", &[("once", "x"), ("wanted", "1")]).await), "/my");
        assert_eq!(customers(&app, "?newsletter=true").await.len(), 0);
    }

    async fn customers_are_found_without_accents_and_by_every_address(app: TestApp) {
        let app = app.furnished().await;
        for (name, email) in [("Zoë Müller-Nguyễn", "zoe@example.org"), ("Łucja Strauß", "lucja@example.org"), ("Ada", "Ada.Byron@example.org")] {
            buy(&app, "tageskarte", "12.00", name, email).await;
        }
        buy(&app, "tageskarte", "12.00", "Somebody else", "ZOE@example.org").await;
        assert_eq!(customers(&app, "").await.len(), 3, "an address is one customer");
        for (query, name) in [
            ("mueller", "Zoë Müller-Nguyễn"),
            ("NGUYEN+zoe", "Zoë Müller-Nguyễn"),
            ("lucja+strauss", "Łucja Strauß"),
            ("byron", "Ada"),
        ] {
            let found = customers(&app, &format!("?q={query}")).await;
            assert_eq!(found.len(), 1, "{query}");
            assert_eq!(found[0]["name"], name);
        }
        let mut desk = app.browser_of(Role::Shop).await;
        let page = desk.get("/customers?q=muller").await.text();
        assert!(page.contains("Zoë Müller-Nguyễn") && !page.contains("Łucja"), "{page}");
        let first = app.shop().get("/api/v1/customers?limit=2").await.expect(200);
        let after = first["next"].as_str().expect("more");
        assert_eq!(customers(&app, &format!("?limit=2&after={after}")).await.len(), 1);
        let path = format!("/api/v1/customers/{}", id(&first["items"][0]));
        assert_eq!(app.shop().get(&path).await.expect(200), first["items"][0]);
        app.marketing().get(&path).await.expect_refusal(403, "forbidden");
        app.shop().get("/api/v1/customers/0197d3c4-0000-7000-8000-000000000000").await.expect_refusal(404, "not_found");
    }

    async fn two_records_of_one_person_become_one(app: TestApp) {
        let app = app.furnished().await;
        buy(&app, "jahreskarte", "45.00", "Ada Byron", "ada@old.example").await;
        buy(&app, "familienkarte", "90.00", "Ada Lovelace", "ada@new.example").await;
        let mut old_session = entered(&app, "ada@old.example").await;
        let once = hidden_fields(&old_session.get("/my").await, "/my/newsletter");
        led_to(&old_session.post("/my/newsletter", &[("once", &once[0].1), ("wanted", "1")]).await);
        let (kept, other) = (id(&customers(&app, "?q=new").await[0]), id(&customers(&app, "?q=old").await[0]));
        let mut admin = app.browser_of(Role::Admin).await;
        let merge = format!("/customers/{kept}/merge");
        let unknown = admin.get(&format!("{merge}?with=nobody@example.org")).await;
        assert_eq!(unknown.status, 422);
        assert_eq!(admin.get(&format!("{merge}?with=ada@new.example")).await.status, 422, "not with itself");
        let asked = admin.get(&format!("{merge}?with=ADA@old.example")).await;
        assert!(asked.text().contains("This cannot be undone."), "{}", asked.text());
        let fields = hidden_fields(&asked, &merge);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        for _ in 0..2 {
            assert_eq!(led_to(&admin.post(&merge, &fields).await), format!("/customers/{kept}"));
        }
        let all = customers(&app, "").await;
        assert_eq!(all.len(), 1);
        assert_eq!(all[0]["name"], "Ada Lovelace");
        assert_eq!(all[0]["emails"].as_array().expect("addresses").len(), 2);
        assert_eq!(all[0]["newsletter"], true, "what was said last holds");
        assert_eq!(customers(&app, "?q=old").await.len(), 1, "found by both addresses");
        let page = admin.get(&format!("/customers/{kept}")).await.text();
        assert_eq!(page.matches("href=\"/orders/").count(), 2, "{page}");
        assert!(old_session.get("/my").await.text().contains("Send me a link"), "who was signed in proves it anew");
        // The customer sees what belongs to the address that was proved, and not what somebody joined to it.
        let mut ada = entered(&app, "ada@new.example").await;
        assert_eq!(ada.get("/my").await.text().matches("href=\"/shop/orders/").count(), 2, "both were proved once");
        let body = json!({"other": other});
        app.admin().post(&format!("/api/v1/customers/{kept}/merge"), &body).await.expect_refusal(404, "not_found");
        let body = json!({"other": kept});
        app.admin().post(&format!("/api/v1/customers/{kept}/merge"), &body).await.expect_refusal(409, "same_customer");
        app.shop().post(&format!("/api/v1/customers/{kept}/merge"), &body).await.expect_refusal(403, "forbidden");
    }

    async fn staff_mend_a_name_and_the_language(app: TestApp) {
        let app = app.furnished().await;
        buy(&app, "tageskarte", "12.00", "Ada Bryon", "ada@example.org").await;
        let path = format!("/customers/{}", id(&customers(&app, "").await[0]));
        let mut desk = app.browser_of(Role::Shop).await;
        let once = hidden_fields(&desk.get(&path).await, &path);
        led_to(&desk.post(&path, &[("once", &once[0].1), ("name", " Ada  Byron "), ("language", "fr")]).await);
        let mended = customers(&app, "?q=byron").await;
        assert_eq!((&mended[0]["name"], &mended[0]["language"]), (&json!("Ada Byron"), &json!("fr")));
        let long = "x".repeat(201);
        led_to(&desk.post(&path, &[("once", "other"), ("name", &long), ("language", "fr")]).await);
        assert_eq!(customers(&app, "").await[0]["name"], "Ada Byron");
    }
}

on_both_databases! {
    async fn a_file_of_customers_is_looked_at_line_by_line_before_it_is_kept(app: TestApp) {
        let app = app.furnished().await;
        buy(&app, "tageskarte", "12.00", "Ada Byron", "ada@example.org").await;
        let mut desk = app.browser_of(Role::Shop).await;
        let once = hidden_fields(&desk.get("/customers/lists").await, "/customers/lists");
        led_to(&desk.post("/customers/lists", &[("once", &once[0].1), ("name", "Friends of the museum")]).await);
        assert_eq!(desk.post("/customers/lists", &[("once", "other"), ("name", " ")]).await.status, 422);
        let page = desk.get("/customers/import").await.text();
        let list = page.split("<option value=\"").nth(2).and_then(|rest| rest.split('"').next()).expect("a list").to_owned();
        // As an older spreadsheet writes it: Latin-1, semicolons.
        let table = b"Name;E-Mail;Newsletter\r\nZo\xEB M\xFCller;zoe@example.org;ja\r\nSomebody;ADA@example.org;\r\nNobody;nobody;\r\n\
            Twice;zoe@EXAMPLE.org;\r\n=1+1;calc@example.org;\r\n";
        let upload = Upload { field: "file", name: "customers.csv", bytes: table };
        let preview = desk.post_file("/customers/import", &[("list", &list)], Some(&upload)).await;
        assert_eq!(preview.status, 200);
        let text = preview.text();
        for part in ["New: 2, known already: 1.", "2 lines are left out.", "Zoë Müller", "No e-mail address", "Stands in the file twice", "Friends of the museum"] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        assert_eq!(customers(&app, "").await.len(), 1, "nothing is kept yet");
        let fields = hidden_fields(&preview, "/customers/import/confirm");
        let fields: Vec<(String, String)> = fields.into_iter().map(|(name, value)| (name, value.replace("&quot;", "\"").replace("&#34;", "\""))).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        for _ in 0..2 {
            assert_eq!(led_to(&desk.post("/customers/import/confirm", &fields).await), format!("/customers?list={list}"));
        }
        assert_eq!(customers(&app, "").await.len(), 3);
        let on = customers(&app, &format!("?list={list}")).await;
        assert_eq!(on.len(), 3);
        let ada = on.iter().find(|one| one["emails"][0]["email"] == "ada@example.org").expect("Ada");
        assert_eq!((&ada["name"], &ada["newsletter"]), (&json!("Ada Byron"), &json!(false)), "what is known stays");
        let zoe = on.iter().find(|one| one["name"] == "Zoë Müller").expect("Zoë");
        assert_eq!(zoe["newsletter"], true);
        let file = desk.get(&format!("/customers/export.csv?list={list}")).await.text();
        assert!(file.contains("Zoë Müller;zoe@example.org;") && file.contains("'=1+1;calc@example.org"), "{file}");

        let record = format!("/customers/{}", id(zoe));
        let off = format!("{record}/lists");
        let fields = hidden_fields(&desk.get(&record).await, &off);
        let once = &fields.iter().find(|(name, _)| name == "once").expect("a token").1;
        led_to(&desk.post(&off, &[("once", once), ("list", &list), ("off", "1")]).await);
        assert_eq!(customers(&app, &format!("?list={list}")).await.len(), 2);
        assert_eq!(desk.post(&off, &[("once", "x"), ("list", &list), ("off", "1")]).await.status, 404);
        led_to(&desk.post(&off, &[("once", "y"), ("list", &list)]).await);
        assert_eq!(customers(&app, &format!("?list={list}")).await.len(), 3);
        let nothing = Upload { field: "file", name: "streets.csv", bytes: b"street\nRoad" };
        let refused = desk.post_file("/customers/import", &[], Some(&nothing)).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("No column is called email"), "{}", refused.text());
    }
}
