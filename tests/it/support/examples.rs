//! A museum with a record of each kind, and a path for each route that answers with a page.

use super::annual_tickets::Wish;
use super::{Browser, TestApp, Upload, led_to};
use crate::pages_routes::ROUTES;
use passepartout::accounts::reset;
use passepartout::cards::Delivery;
use passepartout::customers::prove;
use passepartout::kernel::Cents;
use passepartout::kernel::roles::Role;
use passepartout::partners;
use passepartout::sales::close_day::{self, CloseDayError, Closing};
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use testkit::museum::{add_summer_code, add_tour, cash_order};

db::statements! {
    /// Gives an order an address of its own, as orders of the shop have.
    GIVE_ADDRESS = "UPDATE orders SET link_token = 'own-address' WHERE id = $1";
}

/// Routes that answer with a file or a stream, and with an error page where the example has none.
const NO_PAGES: [&str; 6] = [
    "/annual-tickets/{id}/photo",
    "/entry/portraits/{id}",
    "/entry/pulse",
    "/p/{token}/photo",
    "/print-runs/{id}/files/{name}",
    // Its page is that of `/cards/{id}/undo`, about several cards.
    "/undo",
];

/// A record of each kind, for the routes with parameters.
pub(crate) struct Examples {
    values: Vec<(&'static str, String)>,
    /// The id of the card.
    pub(crate) card: String,
    /// Its number.
    pub(crate) card_number: String,
}

impl TestApp {
    /// Sends a run to a printer that never answers; answers the id of the job.
    async fn sent_to_nowhere(&self, run: &str) -> String {
        let printer =
            json!({"key": "nowhere", "name": "Nowhere", "house": "schloss", "uri": "ipp://127.0.0.1:9/ipp/print"});
        self.admin().post("/api/v1/printers", &printer).await.expect(201);
        let path = format!("/api/v1/print-runs/{run}");
        self.personalization().post(&format!("{path}/print"), &json!({"printer": "nowhere"})).await.expect(200);
        let jobs = self.personalization().get(&format!("{path}/jobs")).await.expect(200);
        jobs["items"][0]["id"].as_str().expect("an id").to_owned()
    }

    /// Closes the day of a desk whose cash is right, and answers the id of the day end.
    pub(crate) async fn close_day(&self, desk: &str) -> String {
        let (act, float, desk) = (self.act(), Cents(10_000), desk.to_owned());
        let zone = self.app.config.museum.zone();
        let deed = async move |tx: &mut db::Conn| {
            let report = close_day::look(tx, &act, &desk, float, float).await?;
            let (counted, takings) = (report.cash_expected(), report.takings());
            let closing = Closing { desk: desk.clone(), float, counted, takings };
            Ok::<_, CloseDayError>(close_day::close_day(tx, &act, zone, &closing).await?.id)
        };
        self.app.db.write(deed).await.expect("a day end").to_string()
    }
}

impl Examples {
    /// Makes them.
    pub(crate) async fn made(app: &TestApp) -> Self {
        let waiting = app.issue(Wish::of("jahreskarte")).await;
        let card = app.printed_card("Müller", None).await;
        let voucher = cash_order("jahreskarte-gutschein", "adult", 1, "45.00");
        let order = app.shop().post("/api/v1/orders", &voucher).await.expect(201);
        add_summer_code(&app.marketing(), Some(3)).await;
        add_tour(&app.admin()).await;
        let device = json!({"name": "Main door", "house": "stadtmuseum", "direction": "in"});
        let device = app.admin().post("/api/v1/devices", &device).await.expect(201);
        let staff =
            json!({"email": "ada@example.org", "name": "Ada Byron", "password": "a good sentence", "roles": ["shop"]});
        let staff = app.admin().post("/api/v1/staff", &staff).await.expect(201);
        let runs = app.personalization().get("/api/v1/print-runs").await.expect(200);
        let keys = app.admin().get("/api/v1/api-keys").await.expect(200);
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let staff_id = text(&staff["id"]);
        let (act, member) = (app.act(), staff_id.parse().expect("an id"));
        let link = app.app.db.write(async move |tx: &mut db::Conn| reset::make_link(tx, &act, member).await);
        let id = text(&order["id"]);
        let given =
            app.app.db.write(async move |tx: &mut db::Conn| tx.execute_one(&GIVE_ADDRESS, db::args![&id]).await);
        given.await.expect("an address");
        let blocked = app.finished_card("Blocked", None).await;
        let block = format!("{}/block", blocked.sold.path);
        app.personalization().post(&block, &json!({"reason": "lost"})).await.expect(200);
        let waits = app.finished_card("Waiting", None).await;
        let run = json!({"cards": [waits.id]});
        let run = app.personalization().post("/api/v1/print-runs", &run).await.expect(201);
        let job = app.sent_to_nowhere(&text(&run["id"])).await;
        let complete = card.sold.id.clone();
        let customers = app.shop().get("/api/v1/customers").await.expect(200);
        let customer = text(&customers["items"][0]["id"]);
        let act = app.act();
        let own_link = app
            .app
            .db
            .write(async move |tx: &mut db::Conn| prove::make_link(tx, &act, "ada@example.org", "en").await)
            .await
            .expect("a link");
        let day_end = app.close_day("stadtmuseum").await;
        let hotel = json!({"key": "hotel", "name": "Hotel Adler", "email": "desk@adler.example", "language": "de", "offers": ["sommer"]});
        let hotel = text(&app.marketing().post("/api/v1/institutions", &hotel).await.expect(201)["booking_url"]);
        let partner_token = hotel.rsplit('/').next().expect("a token").to_owned();
        let key = "hotel".parse().expect("a key");
        let mut conn = app.app.db.read().await.expect("a connection");
        let hotel = partners::store::find(&mut conn, &key).await.expect("an answer").expect("a hotel");
        let stock_token = partners::store::stocks(&mut conn, hotel.id).await.expect("an answer")[0].token.clone();
        drop(conn);
        let transfer_box =
            app.mailroom().post("/api/v1/transfer-boxes", &json!({"house": "schloss"})).await.expect(201);
        let table = Upload { field: "file", name: "codes.csv", bytes: b"code\nHERBST26\n" };
        let mut marketing = app.browser_of(Role::Marketing).await;
        let sent = marketing.post_file("/campaigns/sommer/codes/import", &[], Some(&table)).await;
        let code_file = led_to(&sent).rsplit('/').next().expect("a file").to_owned();
        let returned = app.printed_card("Returned", Some(Delivery::Mail {})).await;
        app.mailroom().post("/api/v1/dispatches", &json!({"cards": [returned.id]})).await.expect(201);
        app.mailroom().post("/api/v1/returns", &json!({"card": returned.id, "reason": "moved"})).await.expect(201);
        let values = vec![
            // Whole routes come first: pages about records in another state.
            ("/annual-tickets/{id}/block", complete.clone()),
            ("/annual-tickets/{id}/renew", complete.clone()),
            ("/annual-tickets/{id}/replace", complete),
            ("/annual-tickets/{id}/unblock", blocked.sold.id.clone()),
            ("/mailroom/boxes/{id}", text(&transfer_box["id"])),
            ("/p/{token}/address", returned.sold.own_path.rsplit('/').next().expect("a token").to_owned()),
            ("/print-runs/{id}/cancel", text(&run["id"])),
            ("/print-runs/{id}/check", text(&run["id"])),
            ("/admin/catalog/{kind}", "houses".to_owned()),
            ("/admin/catalog/houses/{key}", "schloss".to_owned()),
            ("/admin/devices/{id}", text(&device["id"])),
            ("/admin/keys/{id}", text(&keys["items"][0]["id"])),
            ("/admin/printers/{key}", "nowhere".to_owned()),
            ("/admin/layouts/{id}", "mat".to_owned()),
            ("/admin/staff/{id}", staff_id),
            ("/annual-tickets/{id}", waiting.id.clone()),
            ("/campaigns/codes/{code}", "SOMMER26".to_owned()),
            ("/campaigns/{key}", "sommer".to_owned()),
            ("/campaigns/sommer/codes/import/{file}", code_file),
            ("/campaigns/sommer/versions/{version}", "1".to_owned()),
            ("/cards/{id}", text(&card.id)),
            ("/mailroom/{list}", "post".to_owned()),
            ("/customers/{id}", customer),
            ("/day-ends/{id}", day_end),
            ("/my/enter/{token}", own_link),
            ("/orders/{id}", text(&order["id"])),
            ("/p/{token}", waiting.own_path.rsplit('/').next().expect("a token").to_owned()),
            ("/password/{token}", link.await.expect("a link")),
            ("/print-jobs/{id}", job),
            ("/print-runs/{id}", text(&runs["items"][0]["id"])),
            ("/partner/{token}", partner_token),
            ("/partners/{key}", "hotel".to_owned()),
            ("/stock/{token}", stock_token),
            ("/reports/{report}", "sales".to_owned()),
            ("/shop/events/{key}", "fuehrung".to_owned()),
            ("/shop/orders/{token}", "own-address".to_owned()),
            ("/vouchers/{code}", text(&order["tickets"][0]["voucher_code"])),
        ];
        Self { values, card: text(&card.id), card_number: card.number }
    }

    /// The path of a route with examples in place of its parameters.
    fn fill(&self, route: &str) -> String {
        let mut path = route.to_owned();
        if let Some((_, value)) = self.values.iter().find(|(whole, _)| *whole == route) {
            let (before, rest) = route.split_once('{').unwrap_or((route, ""));
            path = format!("{before}{value}{}", rest.split_once('}').map_or("", |(_, rest)| rest));
        }
        for (start, value) in &self.values {
            if let Some((before, after)) = start.split_once('{')
                && let Some(rest) = path.strip_prefix(before)
                && let Some(rest) = rest.strip_prefix(&format!("{{{after}"))
            {
                path = format!("{before}{value}{rest}");
            }
        }
        assert!(!path.contains('{'), "how is {path} to be filled? Please add it to the examples");
        path
    }

    /// All routes that answer with a page, each with a path.
    pub(crate) async fn pages(&self, reader: &mut Browser) -> Vec<(String, String)> {
        let mut pages = vec![("/sign-in".to_owned(), "/sign-in".to_owned())];
        for (route, get, _) in ROUTES {
            // A file, or the aim of a form, is no page to look at.
            if *get == 405
                || NO_PAGES.contains(route)
                || ["png", "jpg", "pdf", "csv"].iter().any(|kind| route.ends_with(&format!(".{kind}")))
            {
                continue;
            }
            let path = self.fill(route);
            let answer = reader.get(&path).await;
            let is_page =
                answer.headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
            if is_page {
                assert_eq!(answer.status, 200, "{path} is no page; is the example right?");
                pages.push(((*route).to_owned(), path));
            }
        }
        // Pages that only somebody without a session sees, or that are an answer to something wrong.
        pages.push(("(an unknown address)".to_owned(), "/nothing-here".to_owned()));
        pages
    }
}
