//! Mails and a real mail server: what arrives there, and what happens when it refuses, is slow, or is not there.

use crate::support::smtp::{SmtpServer, make_certificates};
use crate::support::{Browser, TestApp};
use db::Backend;
use passepartout::cards::Delivery;
use passepartout::config::{Config, Security, Smtp};
use passepartout::jobs;
use passepartout::kernel::roles::Role;
use passepartout::mail::{deliver, mails_page};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};
use testkit::museum::cash_order;

/// What an installation sets to reach a server on this machine.
fn plain(port: u16) -> Smtp {
    Smtp { host: "127.0.0.1".to_owned(), port: Some(port), security: Security::None, ..Smtp::default() }
}

async fn museum(smtp: Smtp, backend: Backend) -> TestApp {
    let mut config = Config::default();
    "https://museum.example".clone_into(&mut config.server.base_url);
    "Städtische Museen – Führungen & Mehr".clone_into(&mut config.museum.name);
    "tickets@museum.example".clone_into(&mut config.mail.sender);
    "Kasse <kasse@museum.example>".clone_into(&mut config.mail.reply_to);
    config.mail.smtp = smtp;
    TestApp::configured(backend, config).await.furnished().await
}

async fn buy(app: &TestApp, name: &str, email: &str) -> Value {
    let mut order = cash_order("tageskarte", "adult", 1, "12.00");
    order["buyer"] = json!({"name": name, "email": email, "language": "de"});
    app.shop().post("/api/v1/orders", &order).await.expect(201)
}

fn header<'m>(mail: &'m Value, name: &str) -> Vec<&'m str> {
    let headers = mail["headers"].as_array().expect("headers").iter();
    let own = headers.filter(|pair| pair[0].as_str().is_some_and(|own| own.eq_ignore_ascii_case(name)));
    own.map(|pair| pair[1].as_str().expect("a text")).collect()
}

on_both_databases! {
    async fn a_mail_server_takes_each_mail_once_whoever_delivers(app: TestApp) {
        let server = SmtpServer::start(&[("data_secs", "0.2")]);
        let app = museum(plain(server.port), app.app.db.backend()).await;
        for number in 0..5 {
            buy(&app, "Ada", &format!("ada{number}@example.org")).await;
        }
        let mut conn = app.app.db.read().await.expect("a connection");
        let mails = mails_page(&mut conn, &passepartout::mail::MailFilter::default(), None, 50).await.expect("mails");
        drop(conn);
        // Several processes at once: each runs the queue, and each tries every mail by itself.
        let mut tries = tokio::task::JoinSet::new();
        for mail in &mails.items {
            for _ in 0..4 {
                let (home, id) = (app.app.clone(), mail.id.to_string());
                tries.spawn(async move { deliver(home, id).await.map(|()| 0) });
            }
        }
        for _ in 0..4 {
            let home = app.app.clone();
            tries.spawn(async move { Ok(jobs::run_due(&home).await?) });
        }
        while let Some(done) = tries.join_next().await {
            done.expect("a task").expect("the database");
        }
        let received = server.received();
        let mut to: Vec<&str> = received.iter().map(|mail| mail["to"][0].as_str().expect("an address")).collect();
        to.sort_unstable();
        assert_eq!(to, ["ada0@example.org", "ada1@example.org", "ada2@example.org", "ada3@example.org", "ada4@example.org"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_of_all_kinds_arrive_and_no_name_adds_a_header() {
    let server = SmtpServer::start(&[]);
    let app = museum(plain(server.port), Backend::Sqlite).await;
    let long = "Őź ".repeat(60).trim().to_owned();
    let names = [
        "Zoë Müller-Strauß",
        "Ada\r\nBcc: everyone@example.org\r\n\r\nBuy!",
        "Nguyễn \"Thị\" <x@example.org>, Đặng",
        "שרה כהן",
        &long,
    ];
    for name in names {
        buy(&app, name, "ada@example.org").await;
    }
    app.run_jobs().await;
    let received = server.received();
    assert_eq!(received.len(), names.len());
    for (mail, name) in received.iter().zip(names) {
        let clean = passepartout::kernel::text::clean(name);
        assert_eq!(mail["defects"], json!([]), "{mail:#}");
        assert_eq!(mail["to"], json!(["ada@example.org"]), "the mail goes to nobody else");
        assert!(header(mail, "bcc").is_empty() && header(mail, "cc").is_empty(), "{mail:#}");
        let to = header(mail, "to");
        assert_eq!(to.len(), 1);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        assert!(letters(to[0]).starts_with(&letters(&clean)), "{} is not {clean}", to[0]);
        assert!(mail["text"].as_str().expect("a text").starts_with(&format!("Guten Tag {clean},")), "{mail:#}");
        assert!(mail["longest_line"].as_u64().expect("a number") <= 998);
        assert!(header(mail, "subject")[0].contains("Städtische Museen – Führungen & Mehr"), "{mail:#}");
        assert!(header(mail, "from")[0].contains("Städtische Museen"), "{mail:#}");
        assert_eq!(header(mail, "reply-to"), ["Kasse <kasse@museum.example>"]);
        assert_eq!(header(mail, "auto-submitted"), ["auto-generated"]);
        assert!(header(mail, "message-id")[0].ends_with("@museum.example>"));
        assert_eq!(mail["files"][0][1], "application/pdf");
        assert!(mail["files"][0][2].as_u64().expect("a size") > 1_000);
        assert!(mail["html"].as_str().expect("a page").contains("https://museum.example/shop/orders/"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_with_starttls_and_an_account_is_served_and_a_strange_one_is_not() {
    let keys = tempfile::tempdir().expect("a folder");
    make_certificates(keys.path());
    let path = |name: &str| keys.path().join(name).display().to_string();
    let server = SmtpServer::start(&[
        ("certificate", &path("server.pem")),
        ("key", &path("server.key")),
        ("user", "museum"),
        ("password", "with a blank & ümlaut"),
    ]);
    let described = |trusted: Option<&Path>, password: &str| Smtp {
        security: Security::StartTls,
        user: "museum".to_owned(),
        password: password.to_owned(),
        trusted_certificate: trusted.map(Path::to_owned),
        ..plain(server.port)
    };
    let authority = keys.path().join("authority.pem");
    for (smtp, arrives, why) in [
        (described(Some(&authority), "with a blank & ümlaut"), 1, "Delivered"),
        (described(None, "with a blank & ümlaut"), 1, "certificate"),
        (described(Some(&authority), "wrong"), 1, "535"),
        (plain(server.port), 1, "530"),
    ] {
        let app = museum(smtp, Backend::Sqlite).await;
        buy(&app, "Ada", "ada@example.org").await;
        app.run_jobs().await;
        let mut admin = app.browser_of(Role::Admin).await;
        let received = server.received();
        assert_eq!(received.len(), arrives, "{why}");
        assert_eq!((&received[0]["encrypted"], &received[0]["signed_in"]), (&json!(true), &json!(true)));
        let page = page_of_mails(&mut admin).await;
        assert!(page.contains(why), "{why} is missing in {page}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_addressee_is_told_at_once_and_a_busy_server_is_asked_again() {
    let refusing = SmtpServer::start(&[("rcpt", "550 5.1.1 <ada@example.org> is nobody here")]);
    let app = museum(plain(refusing.port), Backend::Sqlite).await;
    buy(&app, "Ada", "ada@example.org").await;
    app.run_jobs().await;
    let mut admin = app.browser_of(Role::Admin).await;
    let page = page_of_mails(&mut admin).await;
    assert!(page.contains("Not delivered<") && page.contains("is nobody here"), "{page}");
    app.wait_secs(10 * 24 * 60 * 60);
    assert_eq!(app.run_jobs().await, 0, "an addressee who is not there does not come by waiting");

    let busy = SmtpServer::start(&[("rcpt", "451 4.7.1 try later")]);
    let app = museum(plain(busy.port), Backend::Sqlite).await;
    buy(&app, "Ada", "ada@example.org").await;
    app.run_jobs().await;
    let mut admin = app.browser_of(Role::Admin).await;
    assert!(page_of_mails(&mut admin).await.contains("Not delivered yet"));
    let port = busy.port.to_string();
    drop(busy);
    app.wait_secs(61);
    app.run_jobs().await;
    assert!(page_of_mails(&mut admin).await.contains("Not delivered yet"), "nobody listens");
    let back = SmtpServer::start(&[("port", &port)]);
    app.wait_secs(5 * 60 + 1);
    app.run_jobs().await;
    assert_eq!(back.received().len(), 1);
    assert!(page_of_mails(&mut admin).await.contains("Delivered<"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_mail_server_delays_neither_orders_nor_other_work() {
    let server = SmtpServer::start(&[("data_secs", "6")]);
    let app = museum(plain(server.port), Backend::Sqlite).await;
    let runner = jobs::spawn(app.app.clone());
    buy(&app, "Ada", "ada@example.org").await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    let begun = Instant::now();
    for _ in 0..5 {
        buy(&app, "Ada", "ada@example.org").await;
    }
    // Print data is made by the other lane while the mail server thinks.
    app.finished_card("Müller", None).await;
    let took = begun.elapsed();
    assert!(server.received().is_empty(), "it still thinks about the first mail");
    assert!(took < Duration::from_secs(5), "{took:?}");
    runner.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crash_between_sending_and_noting_sends_the_same_mail_again() {
    let server = SmtpServer::start(&[]);
    let app = museum(plain(server.port), Backend::Sqlite).await;
    buy(&app, "Ada", "ada@example.org").await;
    app.run_jobs().await;
    // As after a crash: the server has the mail, and the note that it has it was lost.
    let lost = app.app.db.write(async move |tx: &mut db::Conn| {
        tx.execute(&LOSE_NOTE, db::args![]).await?;
        Ok::<_, db::DbError>(())
    });
    lost.await.expect("the database");
    let mut conn = app.app.db.read().await.expect("a connection");
    let mails = mails_page(&mut conn, &passepartout::mail::MailFilter::default(), None, 50).await.expect("mails");
    drop(conn);
    let id = mails.items[0].id.to_string();
    deliver(app.app.clone(), id.clone()).await.expect("the database");
    assert_eq!(server.received().len(), 1, "whoever crashed may still be at it");
    app.wait_secs(111);
    deliver(app.app.clone(), id).await.expect("the database");
    let received = server.received();
    assert_eq!(received.len(), 2);
    assert_eq!(header(&received[0], "message-id"), header(&received[1], "message-id"), "mail programs show it once");
}

db::statements! {
    /// Forgets that mails were delivered, as a crash does; the attempt is still noted.
    LOSE_NOTE = "UPDATE mails SET state = 'waiting', sent_at = NULL, attempt_until = created_at + 110000";
}

async fn page_of_mails(admin: &mut Browser) -> String {
    let mails = admin.get("/admin/mails").await;
    assert_eq!(mails.status, 200);
    mails.text()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_to_cards_arrives_at_a_mail_server_once() {
    let server = SmtpServer::start(&[]);
    let app = museum(plain(server.port), Backend::Sqlite).await;
    let cards = app.household("Müller", &["Zoë", "Jürgen"], &Delivery::Mail {}, "de").await;
    app.run_jobs().await;
    let before = server.received().len();
    let ids: Vec<&Value> = cards.iter().map(|card| &card.id).collect();
    app.mailroom()
        .post("/api/v1/dispatches", &json!({"cards": ids, "carrier": "DHL", "tracking": "JD-7"}))
        .await
        .expect(201);
    app.wait_secs(16 * 60);
    for _ in 0..2 {
        app.run_jobs().await;
    }
    let received = server.received();
    assert_eq!(received.len(), before + 1, "one mail for both cards");
    let mail = &received[before];
    assert_eq!((&mail["defects"], &mail["to"]), (&json!([]), &json!(["ada@example.org"])));
    assert!(header(mail, "subject")[0].starts_with("Ihre 2 Karten sind unterwegs"), "{mail:#}");
    let text = mail["text"].as_str().expect("a text");
    assert!(
        text.contains("Zoë Müller") && text.contains("DHL · JD-7") && text.contains("https://museum.example/p/"),
        "{text}"
    );
}
