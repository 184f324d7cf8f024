//! `cargo xtask bench-sales`: orders with a code, placed by many clients at once at the release server, on SQLite (every commit on
//! the disk) and on PostgreSQL (every commit on the disk, a private server).
//!
//! Clients and servers share the machine, so the figures tell what one machine does in all.

use anyhow::ensure;
use clap::Args;
use db::testing::Cluster;
use serde_json::{Value, json};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use testkit::{Client, Server, museum};

/// How long the clients sell before it counts.
const WARM_UP: Duration = Duration::from_secs(2);

/// Orders per second.
#[derive(Debug, Args)]
pub(crate) struct BenchSales {
    /// Clients at once
    #[arg(long, default_value_t = 32)]
    clients: usize,
    /// Seconds that count, per database
    #[arg(long, default_value_t = 10)]
    secs: u64,
    /// Only this database: sqlite or postgres
    #[arg(long)]
    only: Option<String>,
    /// This server program, instead of one that is built first
    #[arg(long)]
    program: Option<PathBuf>,
}

impl BenchSales {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let program = match &self.program {
            Some(program) => program.clone(),
            None => crate::programs::server()?,
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        println!("load before: {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
        let folder = tempfile::tempdir()?;
        println!("fsync of 4 KiB: {:.2} ms (median)\n", fsync_time(folder.path())?.as_secs_f64() * 1_000.0);
        println!("| database | clients | orders/s | p50 ms | p99 ms | refused |");
        println!("|---|---|---|---|---|---|");
        if self.only.as_deref() != Some("postgres") {
            let figures = self.measure(&runtime, &program, folder.path(), None)?;
            println!("| SQLite, synchronous=FULL {figures}");
        }
        if self.only.as_deref() != Some("sqlite") {
            let cluster = Cluster::start_durable()?;
            let data = tempfile::tempdir()?;
            let figures = self.measure(&runtime, &program, data.path(), Some(cluster.url()))?;
            println!("| PostgreSQL, fsync=on {figures}");
        }
        Ok(())
    }

    fn measure(
        &self,
        runtime: &tokio::runtime::Runtime,
        program: &Path,
        data: &Path,
        database_url: Option<&str>,
    ) -> anyhow::Result<String> {
        let key = Server::make_key(program, data, database_url, "admin")?;
        let server = Server::start(program, data, database_url)?;
        let admin = Client::stranger(server.base_url()).with_key(key);
        let times = runtime.block_on(async {
            museum::furnish(&admin).await;
            museum::add_summer_code(&admin, None).await;
            self.sell(&admin).await
        })?;
        server.stop()?;
        Ok(times.to_row(self.clients, self.secs))
    }

    /// All clients sell as fast as they are answered.
    async fn sell(&self, client: &Client) -> anyhow::Result<Times> {
        let begin = Instant::now() + WARM_UP;
        let end = begin + Duration::from_secs(self.secs);
        let sellers: Vec<_> =
            (0..self.clients).map(|seller| tokio::spawn(sell_until(client.clone(), seller, begin, end))).collect();
        let mut times = Times::default();
        for seller in sellers {
            let own = seller.await?;
            times.answered.extend(own.answered);
            times.refused += own.refused;
        }
        ensure!(!times.answered.is_empty(), "no order was placed");
        times.answered.sort_unstable();
        Ok(times)
    }
}

async fn sell_until(client: Client, seller: usize, begin: Instant, end: Instant) -> Times {
    let order = order();
    let mut times = Times::default();
    for number in 0_u64.. {
        let asked = Instant::now();
        if asked >= end {
            break;
        }
        let answer = client.post_once("/api/v1/orders", &format!("{seller}-{number}"), &order).await;
        if asked < begin {
            continue;
        }
        if answer.status == 201 {
            times.answered.push(asked.elapsed());
        } else {
            times.refused += 1;
        }
    }
    times
}

/// Two day tickets with a code.
fn order() -> Value {
    let mut order = museum::cash_order("tageskarte", "adult", 2, "19.20");
    order["codes"] = json!(["SOMMER26"]);
    order
}

/// How long the answers took, and how many were refusals.
#[derive(Debug, Default)]
struct Times {
    answered: Vec<Duration>,
    refused: usize,
}

impl Times {
    fn to_row(&self, clients: usize, secs: u64) -> String {
        let millis = |share: usize| {
            let last = self.answered.len().saturating_sub(1);
            self.answered.get((self.answered.len() * share / 100).min(last)).map_or(0.0, Duration::as_secs_f64)
                * 1_000.0
        };
        let per_second = self.answered.len() as u64 / secs.max(1);
        format!("| {clients} | {per_second} | {:.1} | {:.1} | {} |", millis(50), millis(99), self.refused)
    }
}

/// How long the disk takes to keep 4 KiB: the median of many.
fn fsync_time(folder: &Path) -> anyhow::Result<Duration> {
    let mut file = File::create(folder.join("fsync"))?;
    let mut times = Vec::new();
    for _ in 0..200 {
        file.write_all(&[0; 4096])?;
        let begun = Instant::now();
        file.sync_data()?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}
