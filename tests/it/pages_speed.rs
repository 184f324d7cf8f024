//! Every page in a museum with ten thousand orders and cards: what they count is right, and how long they take is printed, the
//! slowest first, for `cargo test --release --all-features --test it pages_speed -- --nocapture`. Timings never fail a test.

use crate::support::examples::Examples;
use db::{Conn, args};
use passepartout::kernel::roles::Role;
use std::time::{Duration, Instant};
use testkit::museum::cash_order;

/// How many of each there are, unless `PASSEPARTOUT_MANY` says otherwise.
const MANY: i64 = 10_000;

fn many() -> i64 {
    std::env::var("PASSEPARTOUT_MANY").ok().and_then(|many| many.parse().ok()).unwrap_or(MANY)
}
/// How often each page is opened.
const OPENED: usize = 15;

/// Ways to ask lists and searches for more than their first page.
const MORE: [&str; 16] = [
    "/search?q=person+99",
    "/search?part=list&q=person+99",
    "/search?part=list&q=nobody",
    "/scan?text=00000000999999",
    "/orders?q=person+99",
    "/orders?q=nobody",
    "/annual-tickets?state=all&q=person+99",
    "/print?state=ready_for_dispatch",
    "/print?q=person+99",
    "/mailroom/counter",
    "/mailroom/places/cards?state=ready_for_dispatch",
    "/print?state=ready_for_dispatch&sort=name",
    "/print?product=jahreskarte&delivery=counter",
    "/print?age=3",
    "/print-runs/new",
    "/print-runs/new?age=3",
];

/// Lists of the API.
const LISTS: [&str; 4] = [
    "/api/v1/cards?state=ready_for_dispatch",
    "/api/v1/cards?q=person+99",
    "/api/v1/print-runs",
    "/api/v1/card-places",
];

/// How many cards a print run has.
const OF_RUN: i64 = 1_000;

db::statements! {
    /// Copies an order so often, each of somebody else.
    COPY_ORDERS = {
        lite: "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $1)
            INSERT INTO orders (id, number, channel, state, buyer, buyer_fold, language, delivery, payment_method, total_cents, original_cents,
            vat, scenario, placed_by, placed_at, hold_until)
            SELECT printf('01900000-0000-7000-8000-%012d', n), printf('2025-%06d', n), channel, state,
            json_set(buyer, '$.email', 'person-' || n || '@example.org'),
            'person ' || n, language, delivery, payment_method, total_cents, original_cents, vat, scenario, placed_by,
            placed_at - n * 1000, hold_until FROM n, (SELECT * FROM orders LIMIT 1)",
        pg: "INSERT INTO orders (id, number, channel, state, buyer, buyer_fold, language, delivery, payment_method, total_cents, original_cents,
            vat, scenario, placed_by, placed_at, hold_until)
            SELECT '01900000-0000-7000-8000-' || LPAD(CAST(n AS TEXT), 12, '0'), '2025-' || LPAD(CAST(n AS TEXT), 6, '0'),
            channel, state, CAST(JSONB_SET(CAST(buyer AS JSONB), '{email}', TO_JSONB('person-' || n || '@example.org')) AS TEXT), 'person ' || n, language, delivery, payment_method, total_cents, original_cents, vat, scenario,
            placed_by, placed_at - n * 1000, hold_until FROM generate_series(1, CAST($1 AS BIGINT)) n, (SELECT * FROM orders LIMIT 1) o"
    };
    /// What PostgreSQL does by itself after a while: it looks at what its tables hold. SQLite needs it not.
    VACUUM = { lite: "SELECT 1", pg: "VACUUM (ANALYZE)" };
    /// Copies an annual ticket so often, each in one of the copied orders.
    COPY_TICKETS = {
        lite: "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $1)
            INSERT INTO annual_tickets SELECT printf('01900000-0000-7000-8000-%012d', n), 'A' || printf('%014d', n),
            printf('01900000-0000-7000-8000-%012d', n), ticket_id,
            product_key, category_key, scope_id, status, CASE WHEN n % 10 = 0 THEN 'awaiting_personalization' ELSE state END, paid,
            purchased_on, exchanged_on, starts_on, valid_from, valid_until, from_first_entry, given_name, family_name,
            'person ' || n, birth_date, address, delivery, NULL, 'token-' || n, n, block_reason, language, version, created_at,
            completed_at, is_test FROM n, (SELECT * FROM annual_tickets LIMIT 1)",
        pg: "INSERT INTO annual_tickets SELECT '01900000-0000-7000-8000-' || LPAD(CAST(n AS TEXT), 12, '0'), 'A' || LPAD(CAST(n AS TEXT), 14, '0'),
            '01900000-0000-7000-8000-' || LPAD(CAST(n AS TEXT), 12, '0'), ticket_id, product_key, category_key, scope_id, status,
            CASE WHEN n % 10 = 0 THEN 'awaiting_personalization' ELSE state END, paid, purchased_on, exchanged_on, starts_on, valid_from,
            valid_until, from_first_entry, given_name, family_name, 'person ' || n, birth_date, address, delivery, NULL,
            'token-' || n, n, block_reason, language, version, created_at, completed_at, is_test
            FROM generate_series(1, CAST($1 AS BIGINT)) n, (SELECT * FROM annual_tickets LIMIT 1) a"
    };
    /// Copies a card so often: a third of them printed and not yet given out, hundreds ready to print, the others in their holders' hands.
    COPY_CARDS = {
        lite: "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $1)
            INSERT INTO cards SELECT printf('01900000-0000-7000-8000-%012d', n), printf('01900000-0000-7000-8000-%012d', n),
            printf('%012d%02d', n, 98 - n * 100 % 97), issue, code, CASE WHEN n % 3 = 0 THEN 'ready_for_dispatch' WHEN n % 10 = 1 THEN 'ready_to_print' ELSE 'handed_over' END, set_aside_reason,
            layout_id, layout_version, face_sha256, print_data_sha256, way, house_key, shelf,
            CASE WHEN n % 10 <> 1 THEN printf('01900000-0000-7000-8000-%012d', (n - 1) / 1000 + 1) END, product_key, 'person ' || n,
            created_at, changed_at, kept_face_sha256 FROM n, (SELECT * FROM cards LIMIT 1)",
        pg: "INSERT INTO cards SELECT '01900000-0000-7000-8000-' || LPAD(CAST(n AS TEXT), 12, '0'),
            '01900000-0000-7000-8000-' || LPAD(CAST(n AS TEXT), 12, '0'),
            LPAD(CAST(n AS TEXT), 12, '0') || LPAD(CAST(98 - n * 100 % 97 AS TEXT), 2, '0'), issue, code,
            CASE WHEN n % 3 = 0 THEN 'ready_for_dispatch' WHEN n % 10 = 1 THEN 'ready_to_print' ELSE 'handed_over' END, set_aside_reason, layout_id, layout_version,
            face_sha256, print_data_sha256, way, house_key, shelf,
            CASE WHEN n % 10 <> 1 THEN '01900000-0000-7000-8000-' || LPAD(CAST((n - 1) / 1000 + 1 AS TEXT), 12, '0') END, product_key,
            'person ' || n, created_at, changed_at, kept_face_sha256
            FROM generate_series(1, CAST($1 AS BIGINT)) n, (SELECT * FROM cards LIMIT 1) c"
    };
    /// Print runs, so many.
    ADD_RUNS = {
        lite: "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $1)
            INSERT INTO print_runs (id, number, set_aside, created_by, created_at, prepared, preparing_since, prepared_at)
            SELECT printf('01900000-0000-7000-8000-%012d', n), 1000 + n, '[]', created_by, created_at - n * 1000, 1000, created_at, created_at
            FROM n, (SELECT * FROM print_runs LIMIT 1)",
        pg: "INSERT INTO print_runs (id, number, set_aside, created_by, created_at, prepared, preparing_since, prepared_at)
            SELECT '01900000-0000-7000-8000-' || LPAD(CAST(n AS TEXT), 12, '0'), 1000 + n, '[]', created_by, created_at - n * 1000, 1000, created_at,
            created_at FROM generate_series(1, CAST($1 AS BIGINT)) n, (SELECT * FROM print_runs LIMIT 1) r"
    };
    /// The copied cards came out in these runs.
    ADD_MEMBERS = {
        lite: "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $1)
            INSERT INTO print_run_cards (run_id, position, card_id, print_data_sha256, outcome, outcome_at)
            SELECT printf('01900000-0000-7000-8000-%012d', (n - 1) / $2 + 1), (n - 1) % $2 + 1, printf('01900000-0000-7000-8000-%012d', n),
            print_data_sha256, outcome, outcome_at FROM n, (SELECT * FROM print_run_cards LIMIT 1)",
        pg: "INSERT INTO print_run_cards (run_id, position, card_id, print_data_sha256, outcome, outcome_at)
            SELECT '01900000-0000-7000-8000-' || LPAD(CAST((n - 1) / CAST($2 AS BIGINT) + 1 AS TEXT), 12, '0'), (n - 1) % CAST($2 AS BIGINT) + 1,
            '01900000-0000-7000-8000-' || LPAD(CAST(n AS TEXT), 12, '0'), print_data_sha256, outcome, outcome_at
            FROM generate_series(1, CAST($1 AS BIGINT)) n, (SELECT * FROM print_run_cards LIMIT 1) m"
    };
}

on_both_databases! {
    async fn pages_stay_quick_with_ten_thousand_orders_and_cards(app: TestApp) {
        let app = app.furnished().await;
        app.shop().post("/api/v1/orders", &cash_order("tageskarte", "adult", 1, "12.00")).await.expect(201);
        app.printed_card("Lovelace", None).await;
        let copied = app.app.db.write(async move |tx: &mut Conn| {
            for statement in [&COPY_ORDERS, &COPY_TICKETS, &COPY_CARDS] {
                tx.execute(statement, args![many()]).await?;
            }
            tx.execute(&ADD_RUNS, args![(many() - 1) / OF_RUN + 1]).await?;
            tx.execute(&ADD_MEMBERS, args![many(), OF_RUN]).await?;
            Ok::<_, db::DbError>(())
        });
        copied.await.expect("copies");
        app.app.db.read().await.expect("a connection").execute(&VACUUM, args![]).await.expect("tidied up");
        let mut browser = app.browser_of(Role::Admin).await;
        let desk = browser.get("/desk").await.text();
        let thousands = |count: i64| format!("<span class=\"figure\">{},{:03}</span>", count / 1_000, count % 1_000);
        for count in [thousands(many() / 10), thousands(many() / 3 + 1)] {
            assert!(desk.contains(&count), "{count} in {desk}");
        }
        let one = many() / 10_000 * 1_234;
        let list = browser.get(&format!("/search?part=list&q=person+{one}")).await.text();
        for kind in ["annual-tickets", "cards", "orders"] {
            let hit = format!("data-path=\"/{kind}/01900000-0000-7000-8000-{one:012}\"");
            assert!(list.contains(&hit), "{hit} in {list}");
        }
        let examples = Examples::made(&app).await;
        let mut pages: Vec<String> = examples.pages(&mut browser).await.into_iter().map(|(_, path)| path).collect();
        pages.extend(MORE.map(str::to_owned));
        let mut medians = Vec::new();
        for path in pages {
            let mut took: Vec<Duration> = Vec::new();
            for _ in 0..OPENED {
                let begun = Instant::now();
                browser.get(&path).await;
                took.push(begun.elapsed());
            }
            took.sort();
            medians.push((took[OPENED / 2], path));
        }
        for path in LISTS {
            let mut took: Vec<Duration> = Vec::new();
            for _ in 0..OPENED {
                let begun = Instant::now();
                app.admin().get(path).await.expect(200);
                took.push(begun.elapsed());
            }
            took.sort();
            medians.push((took[OPENED / 2], path.to_owned()));
        }
        medians.sort();
        for (took, path) in medians.iter().rev() {
            println!("{:7.1} ms  {path}", took.as_secs_f64() * 1e3);
        }
    }
}
