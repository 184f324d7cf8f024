//! Mails: who gets which, what they say, and what becomes of those that cannot be delivered.

use crate::support::annual_tickets::portrait;
use crate::support::{TestApp, hidden_fields, led_to};
use db::Backend;
use passepartout::config::Config;
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use std::fs;
use testkit::museum::cash_order;

/// Where links lead.
const BASE: &str = "http://museum.example";

/// A museum whose links have an address.
async fn museum(app: TestApp) -> TestApp {
    let mut config = Config::default();
    BASE.clone_into(&mut config.server.base_url);
    TestApp::configured(app.app.db.backend(), config).await.furnished().await
}

fn order_of(product: &str, buyer: &Value, quantity: u32, total: &str) -> Value {
    let mut order = cash_order(product, "adult", quantity, total);
    order["buyer"] = buyer.clone();
    order
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

on_both_databases! {
    async fn an_order_mails_one_link_and_a_link_for_each_annual_ticket(app: TestApp) {
        let app = museum(app).await;
        let buyer = json!({"name": "Zoë Müller", "email": "zoe@example.org", "language": "de"});
        let order = order_of("familienkarte", &buyer, 1, "90.00");
        let placed = app.shop().post("/api/v1/orders", &order).await.expect(201);
        let mail = app.mail_after(0).await;
        assert_eq!(mail.to, ("Zoë Müller".to_owned(), "zoe@example.org".to_owned()));
        assert!(mail.subject.contains(&text(&placed["number"])), "{}", mail.subject);
        assert!(mail.text.starts_with("Guten Tag Zoë Müller,"), "{}", mail.text);
        let links = mail.links(&format!("{BASE}/p/"));
        assert_eq!(links.len(), 3, "{}", mail.text);
        let mut browser = app.browser();
        for link in &links {
            assert_eq!(browser.get(link.strip_prefix(BASE).expect("ours")).await.status, 200, "{link}");
            assert!(mail.html.contains(&format!("href=\"{link}\"")), "{}", mail.html);
        }
        let own = mail.links(&format!("{BASE}/shop/orders/"));
        assert_eq!(own.len(), 1, "one link for the order");
        let page = browser.get(own[0].strip_prefix(BASE).expect("ours")).await;
        assert_eq!(page.status, 200);
        assert!(mail.files.is_empty());
        assert_eq!(app.mails().await.len(), 1, "one mail for an order");
    }

    async fn day_tickets_and_vouchers_lie_in_the_mail(app: TestApp) {
        let app = museum(app).await;
        let buyer = json!({"name": "Ada", "email": "ada@example.org", "language": "en"});
        let mut order = order_of("tageskarte", &buyer, 2, "69.00");
        let voucher = json!({"line": "2", "product": "jahreskarte-gutschein", "category": "adult", "quantity": 1});
        order["items"].as_array_mut().expect("items").push(voucher);
        let placed = app.shop().post("/api/v1/orders", &order).await.expect(201);
        let mail = app.mail_after(0).await;
        let names: Vec<&str> = mail.files.iter().map(|(name, _)| name.as_str()).collect();
        let number = text(&placed["number"]);
        assert_eq!(names, [format!("Vouchers-{number}.pdf"), format!("Tickets-{number}.pdf")]);
        assert!(mail.files.iter().all(|(_, bytes)| bytes.starts_with(b"%PDF-")));
        let code = placed["tickets"].as_array().expect("tickets").iter().find_map(|ticket| ticket["voucher_code"].as_str());
        let digits: String = mail.text.chars().filter(|letter| !letter.is_whitespace()).collect();
        assert!(digits.contains(code.expect("a voucher")), "{}", mail.text);
    }

    async fn tickets_come_when_a_reserved_order_is_paid(app: TestApp) {
        let app = museum(app).await;
        let buyer = json!({"name": "Ada", "email": "ada@example.org", "language": "fr"});
        let mut order = order_of("tageskarte", &buyer, 1, "12.00");
        order["channel"] = json!("online");
        order["payment"] = json!({"method": "online"});
        let placed = app.shop().post("/api/v1/orders", &order).await.expect(201);
        let reserved = app.mail_after(0).await;
        assert!(reserved.subject.starts_with("Votre réservation"), "{}", reserved.subject);
        assert!(reserved.files.is_empty());
        let pay = format!("/api/v1/orders/{}/payments", text(&placed["id"]));
        app.shop().post(&pay, &json!({})).await.expect(200);
        let paid = app.mail_after(1).await;
        assert!(paid.subject.starts_with("Votre commande"), "{}", paid.subject);
        assert_eq!(paid.files.len(), 1);
    }

    async fn an_order_without_an_address_gets_its_link_when_somebody_types_one(app: TestApp) {
        let app = museum(app).await;
        let mut order = cash_order("jahreskarte", "adult", 1, "45.00");
        order.as_object_mut().expect("an object").remove("buyer");
        let placed = app.shop().post("/api/v1/orders", &order).await.expect(201);
        assert!(app.mails().await.is_empty());
        let path = format!("/orders/{}", text(&placed["id"]));
        let link = format!("{path}/link");
        let mut desk = app.browser_of(Role::Shop).await;
        let once = hidden_fields(&desk.get(&path).await, &link);
        let once = once[0].1.as_str();
        let wrong = desk.post(&link, &[("once", once), ("email", "nobody")]).await;
        led_to(&wrong);
        assert!(desk.get(&path).await.text().contains("not a complete e-mail address"));
        for _ in 0..2 {
            let sent = desk.post(&link, &[("once", once), ("email", "ada@exmaple.org")]).await;
            assert_eq!(led_to(&sent), path);
        }
        assert_eq!(app.mail_after(0).await.to.1, "ada@exmaple.org", "a double click sends once");
        // The address was mistyped: the right one takes its place, and stays.
        let once = hidden_fields(&desk.get(&path).await, &link);
        desk.post(&link, &[("once", &once[0].1), ("email", "ada@example.org")]).await;
        assert_eq!(app.mail_after(1).await.to.1, "ada@example.org");
        let page = desk.get(&path).await.text();
        assert!(page.contains("value=\"ada@example.org\"") && page.contains("ada@exmaple.org"), "{page}");
        assert!(page.contains("Address for mail corrected") && page.contains("Delivered"), "{page}");
    }

    async fn an_order_that_is_over_has_nothing_to_say(app: TestApp) {
        let app = museum(app).await;
        let placed = app.shop().post("/api/v1/orders", &cash_order("jahreskarte", "adult", 1, "45.00")).await.expect(201);
        let id = text(&placed["id"]);
        let cancel = json!({"tickets": "all", "reason": "mistyped"});
        app.shop().post(&format!("/api/v1/orders/{id}/cancellations"), &cancel).await.expect(200);
        assert!(app.mails().await.is_empty());
        let mut desk = app.browser_of(Role::Shop).await;
        let link = format!("/orders/{id}/link");
        led_to(&desk.post(&link, &[("once", "one"), ("email", "ada@example.org")]).await);
        assert!(desk.get(&format!("/orders/{id}")).await.text().contains("there is nothing to send"));
        assert!(app.mails().await.is_empty());
    }

    async fn a_mail_that_cannot_be_delivered_is_tried_later_and_then_waits_for_people(app: TestApp) {
        let app = museum(app).await;
        // Where the folder should be lies a file.
        fs::write(app.folder().join("mails"), b"").expect("a file");
        app.shop().post("/api/v1/orders", &cash_order("jahreskarte", "adult", 1, "45.00")).await.expect(201);
        let mut admin = app.browser_of(Role::Admin).await;
        app.run_jobs().await;
        assert_eq!(app.run_jobs().await, 0, "not at once again");
        let page = admin.get("/admin/mails").await.text();
        assert!(page.contains("Not delivered yet") && page.contains("cannot be written into the folder"), "{page}");
        let mut attempts = 1;
        for _ in 0..200 {
            app.wait_secs(30 * 60);
            attempts += app.run_jobs().await;
        }
        assert_eq!(attempts, 10);
        let mut admin = app.sign_in_again(Role::Admin).await;
        let page = admin.get("/admin/mails?state=failed").await;
        assert!(page.text().contains("One mail could not be delivered."), "{}", page.text());
        fs::remove_file(app.folder().join("mails")).expect("the file");
        let all = hidden_fields(&page, "/admin/mails/send-again");
        for _ in 0..2 {
            led_to(&admin.post("/admin/mails/send-again", &[("once", &all[0].1)]).await);
        }
        assert_eq!(app.mail_after(0).await.to.1, "ada@example.org");
        assert!(admin.get("/admin/mails").await.text().contains("Delivered"));
        assert!(!admin.get("/admin/mails?state=failed").await.text().contains("ada@example.org"));
    }

    async fn a_failed_mail_is_sent_again_alone(app: TestApp) {
        let app = museum(app).await;
        // The address passes as one, and no mail can carry it: nothing is tried again.
        let buyer = json!({"name": "Ada", "email": "ada@example..org"});
        app.shop().post("/api/v1/orders", &order_of("jahreskarte", &buyer, 1, "45.00")).await.expect(201);
        app.run_jobs().await;
        let mut admin = app.browser_of(Role::Admin).await;
        let page = admin.get("/admin/mails").await;
        assert!(page.text().contains("not an address for mail"), "{}", page.text());
        let text = page.text();
        let id = text.split("action=\"/admin/mails/").nth(2).and_then(|rest| rest.split('/').next()).expect("an id");
        let again = format!("/admin/mails/{id}/send-again");
        let once = hidden_fields(&page, &again);
        led_to(&admin.post(&again, &[("once", &once[0].1)]).await);
        assert_eq!(app.run_jobs().await, 1);
        assert_eq!(admin.post("/admin/mails/0197d3c4-0000-7000-8000-000000000000/send-again", &[("once", "x")]).await.status, 404);
    }

    async fn lost_links_are_sent_and_the_answer_tells_nothing(app: TestApp) {
        let app = museum(app).await;
        for _ in 0..2 {
            app.shop().post("/api/v1/orders", &cash_order("jahreskarte", "adult", 1, "45.00")).await.expect(201);
        }
        assert_eq!(app.mails().await.len(), 2);
        let mut browser = app.browser();
        let mut answers = Vec::new();
        for address in ["nobody@example.org", "ADA@Example.org"] {
            let once = hidden_fields(&browser.get("/shop/lost-link").await, "/shop/lost-link");
            let answer = browser.post("/shop/lost-link", &[("once", &once[0].1), ("email", address)]).await;
            answers.push((led_to(&answer).to_owned(), browser.get(led_to(&answer)).await.status));
        }
        assert_eq!(answers[0], answers[1]);
        let mail = app.mail_after(2).await;
        assert_eq!(mail.to.1, "ADA@Example.org", "it is sent to the address as it was typed");
        assert_eq!(mail.links(&format!("{BASE}/shop/orders/")).len(), 2);
        let mut admin = app.browser_of(Role::Admin).await;
        assert!(!admin.get("/admin/mails?q=nobody").await.text().contains("nobody@example.org<"), "no trace");
        let wrong = browser.post("/shop/lost-link", &[("once", "a"), ("email", "nobody")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("aria-invalid=\"true\""));
    }

    async fn asking_for_mails_comes_to_an_end(app: TestApp) {
        let app = museum(app).await;
        let mut browser = app.browser();
        for (times, status) in [(3, 303), (2, 429)] {
            for _ in 0..times {
                let once = hidden_fields(&browser.get("/shop/lost-link").await, "/shop/lost-link");
                let answer = browser.post("/shop/lost-link", &[("once", &once[0].1), ("email", "ada@example.org")]).await;
                assert_eq!(answer.status, status);
            }
        }
        app.wait_secs(16 * 60);
        let answer = browser.post("/shop/lost-link", &[("once", "x"), ("email", "ada@example.org")]).await;
        assert_eq!(answer.status, 303);
        let mut refused = 0;
        for number in 0..40 {
            let email = format!("n{number}@example.org");
            let answer = browser.post("/password/forgotten", &[("once", &email), ("email", &email)]).await;
            refused += usize::from(answer.status == 429);
        }
        assert!(refused >= 10, "one place asks for many: {refused}");
        app.run_jobs().await;
        assert!(app.mails().await.is_empty());
    }

    async fn a_new_password_comes_by_mail(app: TestApp) {
        let app = museum(app).await;
        let mut admin = app.browser_of(Role::Admin).await;
        app.browser_of(Role::Shop).await;
        let mut browser = app.browser();
        for address in ["nobody@example.org", "SHOP@example.org"] {
            let once = hidden_fields(&browser.get("/password/forgotten").await, "/password/forgotten");
            let answer = browser.post("/password/forgotten", &[("once", &once[0].1), ("email", address)]).await;
            assert_eq!(led_to(&answer), "/password/forgotten?asked=1");
        }
        let mail = app.mail_after(0).await;
        let link = mail.links(&format!("{BASE}/password/")).remove(0);
        let path = link.strip_prefix(BASE).expect("ours");
        led_to(&browser.post(path, &[("new_password", "a whole new sentence")]).await);
        assert_eq!(browser.get(path).await.status, 404, "it works once");
        let again = browser.post("/sign-in", &[("email", "shop@example.org"), ("password", "a whole new sentence")]).await;
        assert_eq!(again.status, 303);
        let staff = app.admin().get("/api/v1/staff").await.expect(200);
        let shop = staff["items"].as_array().expect("items").iter().find(|one| one["email"] == "shop@example.org");
        let path = format!("/admin/staff/{}/link", text(&shop.expect("somebody")["id"]));
        led_to(&admin.post(&path, &[("once", "mail"), ("by", "mail")]).await);
        assert_eq!(app.mail_after(1).await.to, ("Kim shop".to_owned(), "shop@example.org".to_owned()));
    }

    async fn those_who_wait_are_reminded_once_a_day(app: TestApp) {
        let app = museum(app).await;
        let family = json!({"name": "Ada", "email": "ada@example.org", "language": "en"});
        let order = app.shop().post("/api/v1/orders", &order_of("familienkarte", &family, 1, "90.00")).await.expect(201);
        let nobody = {
            let mut order = cash_order("jahreskarte", "adult", 1, "45.00");
            order.as_object_mut().expect("an object").remove("buyer");
            app.shop().post("/api/v1/orders", &order).await.expect(201)
        };
        assert_eq!(app.mails().await.len(), 1);
        let ids: Vec<String> = order["tickets"][0]["annual_tickets"].as_array().expect("ids").iter().map(text).collect();
        let without = text(&nobody["tickets"][0]["annual_tickets"][0]);
        let mut desk = app.browser_of(Role::Personalization).await;
        let page = desk.get("/annual-tickets").await;
        let once = hidden_fields(&page, "/annual-tickets/remind");
        assert_eq!(once.iter().filter(|(name, _)| name == "shown").count(), 4, "{}", page.text());
        let once = once.iter().find(|(name, _)| name == "once").expect("a token").1.clone();
        let fields = [("once", once.as_str()), ("back", "/annual-tickets"), ("ticket", &ids[0]), ("ticket", &ids[1]), ("ticket", &without)];
        led_to(&desk.post("/annual-tickets/remind", &fields).await);
        assert!(desk.get("/annual-tickets").await.text().contains("One reminder is on its way. Others have no address"));
        let mail = app.mail_after(1).await;
        assert_eq!(mail.links(&format!("{BASE}/p/")).len(), 3, "all that wait in the order: {}", mail.text);
        // From the record, on the same day: nobody is reminded twice.
        let record = format!("/annual-tickets/{}", ids[0]);
        let once = hidden_fields(&desk.get(&record).await, "/annual-tickets/remind");
        let fields: Vec<(&str, &str)> = once.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(led_to(&desk.post("/annual-tickets/remind", &fields).await), record);
        assert_eq!(app.mails().await.len(), 2);
        app.wait_secs(25 * 60 * 60);
        let mut desk = app.sign_in_again(Role::Personalization).await;
        led_to(&desk.post("/annual-tickets/remind", &[("once", "another"), ("ticket", &ids[0])]).await);
        assert_eq!(app.mails().await.len(), 3);
    }

    async fn those_who_wait_long_are_reminded_by_themselves_twice(app: TestApp) {
        let app = museum(app).await;
        let buyer = |name: &str| json!({"name": name, "email": format!("{}@example.org", name.to_lowercase()), "language": "en"});
        let slow = app.shop().post("/api/v1/orders", &order_of("familienkarte", &buyer("Ada"), 1, "90.00")).await.expect(201);
        let quick = app.shop().post("/api/v1/orders", &order_of("jahreskarte", &buyer("Bea"), 1, "45.00")).await.expect(201);
        app.shop().post("/api/v1/orders", &order_of("tageskarte", &buyer("Cem"), 1, "12.00")).await.expect(201);
        let mut trial = order_of("jahreskarte", &buyer("Dora"), 1, "45.00");
        trial["payment"] = json!({"method": "test"});
        app.shop().post("/api/v1/orders", &trial).await.expect(201);
        let ticket = |order: &Value, number: usize| text(&order["tickets"][0]["annual_tickets"][number]);
        complete(&app, &ticket(&quick, 0)).await;
        assert_eq!(app.mails().await.len(), 4);
        app.wait_secs(14 * 24 * 60 * 60 - 1);
        assert_eq!(app.mails().await.len(), 4, "not yet");
        app.wait_secs(1);
        let first = app.mail_after(4).await;
        assert_eq!((first.to.1.as_str(), first.links(&format!("{BASE}/p/")).len()), ("ada@example.org", 3), "{}", first.text);
        complete(&app, &ticket(&slow, 1)).await;
        app.wait_secs(28 * 24 * 60 * 60);
        let second = app.mail_after(5).await;
        assert_eq!(second.links(&format!("{BASE}/p/")).len(), 2, "of those that still wait: {}", second.text);
        app.wait_secs(100 * 24 * 60 * 60);
        assert_eq!(app.mails().await.len(), 6, "and never again, nor ever of a trial");
    }
}

/// Completes the personalization of an annual ticket.
async fn complete(app: &TestApp, id: &str) {
    let (desk, path) = (app.personalization(), format!("/api/v1/annual-tickets/{id}"));
    desk.put_file(&format!("{path}/photo"), "image/png", portrait(1)).await.expect(200);
    let holder = json!({"holder": {"family_name": "Lovelace"}, "delivery": {"kind": "counter"}});
    desk.put(&format!("{path}/personalization"), &holder).await.expect(200);
    desk.post(&format!("{path}/finalize"), &json!({})).await.expect(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mails_are_forgotten_after_three_months() {
    let app = museum(TestApp::on(Backend::Sqlite).await).await;
    app.shop().post("/api/v1/orders", &cash_order("jahreskarte", "adult", 1, "45.00")).await.expect(201);
    app.run_jobs().await;
    for (days, left) in [(89, 0), (2, 1)] {
        app.wait_secs(days * 24 * 60 * 60);
        let before = app.act().now.plus_millis(-passepartout::mail::KEPT_MILLIS);
        let forgotten = app.app.db.write(async move |tx: &mut db::Conn| passepartout::mail::forget(tx, before).await);
        assert_eq!(forgotten.await.expect("the database"), left);
    }
}
