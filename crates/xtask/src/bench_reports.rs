//! `cargo xtask bench-reports`: how long reports take over a million redemptions of a year, half of them with codes for one use, on SQLite
//! and on PostgreSQL.

use anyhow::ensure;
use clap::Args;
use db::testing::Cluster;
use db::{Conn, Db, DbError, Options, args};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;
use testkit::{Client, Server, museum};

/// Redemptions that are written at once.
const AT_ONCE: i64 = 50_000;
/// How often each report is asked for.
const TIMES: usize = 5;

/// The reports that are measured.
const REPORTS: [&str; 6] = [
    "campaigns?from=2026-01-01&until=2026-12-31",
    "campaigns?from=2026-01-01&until=2026-12-31&by=day&step=day",
    "campaigns?from=2026-01-01&until=2026-12-31&offer=bench-0&house=stadtmuseum",
    "codes?from=2026-01-01&until=2026-12-31&offer=bench-0&limit=500",
    "redemptions?from=2026-01-01&until=2026-12-31&limit=500",
    "sales?from=2026-01-01&until=2026-12-31",
];

db::statements! {
    /// Orders of a year, a ticket each.
    ORDERS = {
        lite: "WITH RECURSIVE n (i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2)
            INSERT INTO orders (id, number, channel, state, buyer_fold, language, payment_method, total_cents, original_cents, vat, scenario,
            placed_by, placed_at, desk, house_key, sold_at)
            SELECT 'bench-' || i, 'B-' || i, 'online', 'paid', '', 'de', 'cash', 900, 1200, '[]', '', 'system', 1767225600000 + i * 31536,
            'online', 'stadtmuseum', 1767225600000 + i * 31536 FROM n",
        pg: "INSERT INTO orders (id, number, channel, state, buyer_fold, language, payment_method, total_cents, original_cents, vat, scenario,
            placed_by, placed_at, desk, house_key, sold_at)
            SELECT 'bench-' || i, 'B-' || i, 'online', 'paid', '', 'de', 'cash', 900, 1200, '[]', '', 'system', 1767225600000 + i * 31536,
            'online', 'stadtmuseum', 1767225600000 + i * 31536 FROM generate_series(CAST($1 AS BIGINT), CAST($2 AS BIGINT) - 1) AS n (i)"
    };
    /// Their tickets.
    TICKETS = {
        lite: "WITH RECURSIVE n (i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2)
            INSERT INTO tickets (id, order_id, line, position, kind, product_key, category_key, list_price_cents, discount_cents,
            paid_price_cents, state)
            SELECT 'bench-' || i, 'bench-' || i, '1', 0, 'day_ticket', 'tageskarte', 'adult', 1200, 300, 900, 'valid' FROM n",
        pg: "INSERT INTO tickets (id, order_id, line, position, kind, product_key, category_key, list_price_cents, discount_cents,
            paid_price_cents, state)
            SELECT 'bench-' || i, 'bench-' || i, '1', 0, 'day_ticket', 'tageskarte', 'adult', 1200, 300, 900, 'valid'
            FROM generate_series(CAST($1 AS BIGINT), CAST($2 AS BIGINT) - 1) AS n (i)"
    };
    /// Their redemptions: half of a batch of codes for one use, the others of nine offers with one code each.
    REDEMPTIONS = {
        lite: "WITH RECURSIVE n (i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2)
            INSERT INTO order_offers (order_id, position, offer_key, code, discount_cents, sold_at, channel, house_key)
            SELECT 'bench-' || i, 0, CASE WHEN i % 2 = 0 THEN 'bench-0' ELSE 'bench-' || (1 + i / 2 % 9) END,
            CASE WHEN i % 2 = 0 THEN 'PRESS-' || i ELSE 'FLYER-' || (1 + i / 2 % 9) END, 300, 1767225600000 + i * 31536, 'online', 'stadtmuseum' FROM n",
        pg: "INSERT INTO order_offers (order_id, position, offer_key, code, discount_cents, sold_at, channel, house_key)
            SELECT 'bench-' || i, 0, CASE WHEN i % 2 = 0 THEN 'bench-0' ELSE 'bench-' || (1 + i / 2 % 9) END,
            CASE WHEN i % 2 = 0 THEN 'PRESS-' || i ELSE 'FLYER-' || (1 + i / 2 % 9) END, 300, 1767225600000 + i * 31536, 'online', 'stadtmuseum'
            FROM generate_series(CAST($1 AS BIGINT), CAST($2 AS BIGINT) - 1) AS n (i)"
    };
}

/// How long reports take.
#[derive(Debug, Args)]
pub(crate) struct BenchReports {
    /// Redemptions, over a year
    #[arg(long, default_value_t = 1_000_000)]
    redemptions: i64,
    /// Only this database: sqlite or postgres
    #[arg(long)]
    only: Option<String>,
    /// This server program, instead of one that is built first
    #[arg(long)]
    program: Option<PathBuf>,
}

impl BenchReports {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let program = match &self.program {
            Some(program) => program.clone(),
            None => crate::programs::server()?,
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        println!("load before: {}\n", crate::figures::load());
        println!("| database | redemptions | report | slowest of {TIMES} | quickest |");
        println!("|---|---|---|---|---|");
        if self.only.as_deref() != Some("postgres") {
            let data = tempfile::tempdir()?;
            let url = format!("sqlite:{}", data.path().join("passepartout.db").display());
            self.measure(&runtime, &program, data.path(), None, &url, "SQLite")?;
        }
        if self.only.as_deref() != Some("sqlite") {
            let cluster = Cluster::start_durable()?;
            let data = tempfile::tempdir()?;
            self.measure(&runtime, &program, data.path(), Some(cluster.url()), cluster.url(), "PostgreSQL")?;
        }
        Ok(())
    }

    fn measure(
        &self,
        runtime: &tokio::runtime::Runtime,
        program: &Path,
        data: &Path,
        database_url: Option<&str>,
        url: &str,
        name: &str,
    ) -> anyhow::Result<()> {
        let key = Server::make_key(program, data, database_url, "admin")?;
        let server = Server::start(program, data, database_url)?;
        let admin = Client::stranger(server.base_url()).with_key(key);
        runtime.block_on(async {
            museum::furnish(&admin).await;
            for number in 0..10 {
                let offer =
                    json!({"id": format!("bench-{number}"), "effect": {"type": "percent_off", "percent": "25"}});
                admin.post("/api/v1/offers", &offer).await.expect(201);
            }
        });
        runtime.block_on(seed(url, self.redemptions))?;
        for report in REPORTS {
            let mut times = Vec::new();
            for _ in 0..TIMES {
                let begun = Instant::now();
                let answer = runtime.block_on(admin.get(&format!("/api/v1/reports/{report}")));
                times.push(begun.elapsed());
                ensure!(answer.status == 200, "{report}: {}", answer.text());
            }
            times.sort_unstable();
            let (quickest, slowest) = (times[0].as_secs_f64(), times[TIMES - 1].as_secs_f64());
            println!("| {name} | {} | `{report}` | {slowest:.2} s | {quickest:.2} s |", self.redemptions);
        }
        server.stop()
    }
}

async fn seed(url: &str, redemptions: i64) -> anyhow::Result<()> {
    let db = Db::open(url, &Options { deed_limit_secs: 600, sync_full: false, ..Options::default() }).await?;
    let mut from = 0;
    while from < redemptions {
        let until = (from + AT_ONCE).min(redemptions);
        db.write(async move |tx: &mut Conn| {
            for statement in [&ORDERS, &TICKETS, &REDEMPTIONS] {
                tx.execute(statement, args![from, until]).await?;
            }
            Ok::<_, DbError>(())
        })
        .await?;
        from = until;
    }
    Ok(())
}
