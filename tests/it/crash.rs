//! The server is killed in the middle of many sales. Nothing that was answered is lost, and nothing is there by halves.
//!
//! `PASSEPARTOUT_CRASH_SALES` says how many sales, 1,000 by default.

use db::testing::TestDb;
use db::{Backend, Conn, Db, Options, args};
use passepartout::app::MIGRATIONS;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use testkit::{Answer, Client, Server, museum};

const SALES: usize = 1_000;
const CLIENTS: usize = 16;

db::statements! {
    /// Orders whose tickets do not add up to their total.
    UNEQUAL_TICKETS = "SELECT o.number FROM orders o WHERE o.total_cents <>
        (SELECT CAST(COALESCE(SUM(t.paid_price_cents), 0) AS BIGINT) FROM tickets t WHERE t.order_id = o.id)";
    /// Paid orders whose payments do not add up to their total.
    UNEQUAL_PAYMENTS = "SELECT o.number FROM orders o WHERE o.state = 'paid' AND o.total_cents <>
        (SELECT CAST(COALESCE(SUM(p.amount_cents), 0) AS BIGINT) FROM payments p WHERE p.order_id = o.id)";
    /// Orders without the two tickets that each of them has.
    MISSING_TICKETS = "SELECT o.number FROM orders o
        WHERE (SELECT COUNT(*) FROM tickets t WHERE t.order_id = o.id) <> 2";
    /// Orders without their use of the code in the ledger.
    MISSING_USES = "SELECT o.number FROM orders o WHERE (SELECT COUNT(*) FROM limit_entries e
        WHERE e.order_id = o.id AND e.kind = 'code_uses' AND e.state = 'confirmed' AND e.amount = 1) <> 1";
    /// Day tickets that no gate would know.
    MISSING_RIGHTS = "SELECT t.id FROM tickets t WHERE t.kind = 'day_ticket'
        AND NOT EXISTS (SELECT 1 FROM entry_rights r WHERE r.code_id = t.code_id)";
    /// Annual tickets that were sold and do not exist.
    MISSING_ANNUAL_TICKETS = "SELECT t.id FROM tickets t WHERE t.kind = 'annual_ticket'
        AND NOT EXISTS (SELECT 1 FROM annual_tickets a WHERE a.ticket_id = t.id)";
    /// Things of an order that does not exist.
    ORPHANS = "SELECT e.order_id FROM limit_entries e WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = e.order_id)";
    /// Counters that are not the sum of their entries.
    UNEQUAL_COUNTERS = "SELECT c.subject FROM limit_counters c WHERE c.used <> (SELECT CAST(COALESCE(SUM(e.amount), 0) AS BIGINT)
        FROM limit_entries e WHERE e.kind = c.kind AND e.subject = c.subject AND e.state <> 'released')";
    /// How many orders there are, and how many numbers.
    COUNT = "SELECT COUNT(*), COUNT(DISTINCT number) FROM orders";
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite() {
    let data = tempfile::tempdir().expect("a folder");
    crash(data.path(), None).await;
    let url = format!("sqlite:{}", data.path().join("passepartout.db").display());
    let db = Db::open(&url, &Options::default()).await.expect("the database");
    check(&db).await;
}

#[cfg(feature = "postgres-tests")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres() {
    let data = tempfile::tempdir().expect("a folder");
    let database = TestDb::on(Backend::Postgres, &MIGRATIONS).await;
    crash(data.path(), Some(database.url())).await;
    check(database.db()).await;
}

/// Sells, kills the server once a third of the sales is answered, starts it again, and lets every client repeat what it was not
/// answered, as a till would.
async fn crash(data: &Path, database_url: Option<&str>) {
    let program = Path::new(env!("CARGO_BIN_EXE_passepartout"));
    let sales = std::env::var("PASSEPARTOUT_CRASH_SALES").ok().and_then(|text| text.parse().ok()).unwrap_or(SALES);
    let key = Server::make_key(program, data, database_url, "admin").expect("a key");
    let server = Server::start(program, data, database_url).expect("a server");
    let admin = Client::stranger(server.base_url()).with_key(key.clone());
    museum::furnish(&admin).await;
    museum::add_summer_code(&admin, None).await;

    let answered = Arc::new(AtomicUsize::new(0));
    let sellers: Vec<_> = (0..CLIENTS)
        .map(|seller| tokio::spawn(sell(admin.clone(), (seller..sales).step_by(CLIENTS).collect(), answered.clone())))
        .collect();
    while answered.load(Ordering::SeqCst) < sales / 3 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    server.kill().expect("the server is killed");
    let mut receipts = Vec::new();
    for seller in sellers {
        receipts.extend(seller.await.expect("a seller"));
    }
    assert_eq!(receipts.len(), sales);
    let lost = receipts.iter().filter(|(_, answer)| answer.is_none()).count();
    assert!(lost > 0, "the server was killed too late: everything was answered");

    let server = Server::start(program, data, database_url).expect("the server starts again");
    let admin = Client::stranger(server.base_url()).with_key(key);
    for (sale, receipt) in &receipts {
        let again = admin.post_once("/api/v1/orders", &idempotency_key(*sale), &order(*sale)).await.expect(201);
        if let Some(receipt) = receipt {
            assert_eq!(&again, receipt, "a sale that was answered is repeated with the same answer");
            let id = receipt["id"].as_str().expect("an id");
            let kept = admin.get(&format!("/api/v1/orders/{id}")).await.expect(200);
            assert_eq!(kept["number"], receipt["number"]);
            assert_eq!(kept["tickets"].as_array().map(Vec::len), Some(2));
        }
    }
    server.stop().expect("the server stops");
}

/// Sells one after the other, until the server is gone; answers the receipt of each sale, if it came.
async fn sell(client: Client, sales: Vec<usize>, answered: Arc<AtomicUsize>) -> Vec<(usize, Option<Value>)> {
    let mut receipts = Vec::new();
    for sale in sales {
        let request = client.request(reqwest::Method::POST, "/api/v1/orders");
        let request = request.header("idempotency-key", idempotency_key(sale)).json(&order(sale));
        let receipt = Answer::attempt(request).await.ok().map(|answer| answer.expect(201));
        answered.fetch_add(usize::from(receipt.is_some()), Ordering::SeqCst);
        receipts.push((sale, receipt));
    }
    receipts
}

fn idempotency_key(sale: usize) -> String {
    format!("sale-{sale}")
}

/// Two tickets with a code, day tickets and annual tickets in turn.
fn order(sale: usize) -> Value {
    let (product, total) = if sale.is_multiple_of(2) { ("tageskarte", "19.20") } else { ("jahreskarte", "72.00") };
    let mut order = museum::cash_order(product, "adult", 2, total);
    order["codes"] = json!(["SOMMER26"]);
    order
}

async fn check(db: &Db) {
    let mut conn: Conn = db.read().await.expect("a connection");
    for (what, statement) in [
        ("orders whose tickets do not add up", &UNEQUAL_TICKETS),
        ("orders whose payments do not add up", &UNEQUAL_PAYMENTS),
        ("orders without their tickets", &MISSING_TICKETS),
        ("orders without their use of the code", &MISSING_USES),
        ("day tickets that no gate knows", &MISSING_RIGHTS),
        ("annual tickets that do not exist", &MISSING_ANNUAL_TICKETS),
        ("uses of orders that do not exist", &ORPHANS),
        ("counters that do not add up", &UNEQUAL_COUNTERS),
    ] {
        let found: Vec<(String,)> = conn.fetch_all(statement, args![]).await.expect("rows");
        assert!(found.is_empty(), "{what}: {found:?}");
    }
    let sales = std::env::var("PASSEPARTOUT_CRASH_SALES").ok().and_then(|text| text.parse().ok()).unwrap_or(SALES);
    let (orders, numbers): (i64, i64) = conn.fetch_one(&COUNT, args![]).await.expect("a count");
    assert_eq!((usize::try_from(orders), usize::try_from(numbers)), (Ok(sales), Ok(sales)));
}
