//! Invoices: what waits for its payment, since when, and reminders.

use crate::support::led_to;
use passepartout::kernel::roles::Role;
use serde_json::{Value, json};
use testkit::museum::cash_order;

fn invoice(name: &str, email: Option<&str>) -> Value {
    let mut order = cash_order("jahreskarte", "adult", 2, "90.00");
    order["payment"]["method"] = json!("invoice");
    order["buyer"] = json!({"name": name, "email": email, "language": "en"});
    order
}

on_both_databases! {
    async fn an_unpaid_invoice_is_listed_reminded_and_gone_when_it_is_paid(app: TestApp) {
        let app = app.furnished().await;
        let shop = app.shop();
        let ada = shop.post("/api/v1/orders", &invoice("Ada Lovelace", Some("ada@example.org"))).await.expect(201);
        shop.post("/api/v1/orders", &invoice("Nobody Reachable", None)).await.expect(201);
        let path = format!("/api/v1/orders/{}", ada["id"].as_str().expect("an id"));
        // One of two tickets comes back before anything is paid: less is due, and nothing is paid back.
        let cancel = json!({"tickets": [ada["tickets"][0]["id"]], "reason": "ill"});
        let answer = shop.post(&format!("{path}/cancellations"), &cancel).await.expect(200);
        assert_eq!(answer["refund"], "0.00");

        let mut desk = app.browser_of(Role::Shop).await;
        let page = desk.get("/invoices").await.text();
        for part in ["2 invoices", "€135.00", "18 Jul 2026", "no e-mail address", "€45.00"] {
            assert!(page.contains(part), "{part} is missing in {page}");
        }
        assert!(desk.get("/invoices?state=overdue").await.text().contains("No invoice waits"));
        app.set_time("2026-07-18T20:00:00Z");
        let mut desk = app.sign_in_again(Role::Shop).await;
        assert!(desk.get("/invoices?state=overdue").await.text().contains("No invoice waits"), "the last day counts");
        app.set_time("2026-07-21T09:00:00Z");
        let mut desk = app.sign_in_again(Role::Shop).await;
        let page = desk.get("/invoices?state=overdue&q=lovelace").await.text();
        assert!(page.contains("3 days overdue") && page.contains("One invoice"), "{page}");
        let order = format!("/orders/{}", ada["id"].as_str().expect("an id"));
        assert!(desk.get(&order).await.text().contains("Overdue: was to be paid by"));

        let id = ada["id"].as_str().expect("an id");
        let before = app.mails().await.len();
        led_to(&desk.send_form(&page, "/invoices/remind", &[("order", id)]).await);
        led_to(&desk.send_form(&page, "/invoices/remind", &[("order", id)]).await);
        let mail = app.mail_after(before).await;
        assert!(mail.subject.contains(ada["number"].as_str().expect("a number")), "{}", mail.subject);
        assert!(mail.text.contains("€45.00 of your invoice was to be paid by 18 July 2026"), "{}", mail.text);
        assert!(mail.files.iter().any(|(name, bytes)| name.starts_with("Receipt") && bytes.starts_with(b"%PDF-")));
        let page = desk.get("/invoices").await.text();
        assert!(page.contains("on 21 Jul 2026"), "{page}");
        let again = desk.send_form(&page, "/invoices/remind", &[("order", id)]).await;
        led_to(&again);
        assert!(desk.get("/invoices").await.text().contains("No reminder was sent"));
        assert_eq!(app.mails().await.len(), before + 1, "once a day");

        let paid = shop.post(&format!("{path}/payments"), &json!({})).await.expect(200);
        assert_eq!((&paid["payments"][0]["amount"], &paid["state"]), (&json!("45.00"), &json!("paid")));
        assert!(desk.get("/invoices").await.text().contains("One invoice"));
    }

    async fn an_unpaid_invoice_may_be_personalized_and_its_cards_wait(app: TestApp) {
        let app = app.furnished().await;
        let order = app.shop().post("/api/v1/orders", &invoice("Ada Lovelace", Some("ada@example.org"))).await.expect(201);
        let ticket = order["tickets"][0]["annual_tickets"][0].as_str().expect("an annual ticket");
        let path = format!("/api/v1/annual-tickets/{ticket}");
        assert_eq!(app.personalization().get(&path).await.expect(200)["paid"], false);
        let person = json!({"holder": {"given_name": "Ada", "family_name": "Lovelace"}});
        app.personalization().put(&format!("{path}/personalization"), &person).await.expect(200);
        let cancel = format!("/api/v1/orders/{}/cancellations", order["id"].as_str().expect("an id"));
        app.shop().post(&cancel, &json!({"tickets": "all", "reason": "never paid"})).await.expect(200);
        assert_eq!(app.personalization().get(&path).await.expect(200)["status"], "cancelled");
        let mut desk = app.browser_of(Role::Shop).await;
        assert!(desk.get("/invoices").await.text().contains("No invoice waits"), "a cancelled order waits for nothing");
    }
}
