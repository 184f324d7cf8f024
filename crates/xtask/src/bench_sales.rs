//! `cargo xtask bench-sales`: quotes and then orders with a code, by many clients at once at the release server, on SQLite (every commit
//! on the disk) and on PostgreSQL (every commit on the disk, a private server).
//!
//! Clients and servers share the machine, so the figures tell what one machine does in all.

use crate::figures;
use anyhow::ensure;
use clap::Args;
use db::testing::Cluster;
use serde_json::{Value, json};
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
        println!("fsync of 4 KiB: {:.2} ms (median)\n", figures::fsync_time(folder.path())?.as_secs_f64() * 1_000.0);
        println!(
            "| database | clients | what | per second | p50 ms | p99 ms | refused | server's CPU time each | peak memory |"
        );
        println!("|---|---|---|---|---|---|---|---|---|");
        if self.only.as_deref() != Some("postgres") {
            self.measure(&runtime, &program, folder.path(), None, "SQLite, synchronous=FULL")?;
        }
        if self.only.as_deref() != Some("sqlite") {
            let cluster = Cluster::start_durable()?;
            let data = tempfile::tempdir()?;
            self.measure(&runtime, &program, data.path(), Some(cluster.url()), "PostgreSQL, fsync=on")?;
        }
        Ok(())
    }

    fn measure(
        &self,
        runtime: &tokio::runtime::Runtime,
        program: &Path,
        data: &Path,
        database_url: Option<&str>,
        name: &str,
    ) -> anyhow::Result<()> {
        let key = Server::make_key(program, data, database_url, "admin")?;
        let server = Server::start(program, data, database_url)?;
        let admin = Client::stranger(server.base_url()).with_key(key);
        runtime.block_on(async {
            museum::furnish(&admin).await;
            museum::add_summer_code(&admin, None).await;
        });
        for what in [What::Quote, What::Order] {
            let times = runtime.block_on(self.ask(&admin, what, server.pid()))?;
            let memory = format!("{} MB", figures::peak_memory_kb(server.pid())? / 1_024);
            println!("| {name} {} | {memory} |", times.to_row(self.clients, what, self.secs));
        }
        server.stop()
    }

    /// All clients ask as fast as they are answered.
    async fn ask(&self, client: &Client, what: What, server: u32) -> anyhow::Result<Times> {
        let begin = Instant::now() + WARM_UP;
        let end = begin + Duration::from_secs(self.secs);
        let clients: Vec<_> =
            (0..self.clients).map(|number| tokio::spawn(ask_until(client.clone(), what, number, begin, end))).collect();
        tokio::time::sleep_until(begin.into()).await;
        let busy_before = figures::processor_secs(server)?;
        let mut times = Times::default();
        for client in clients {
            let own = client.await?;
            times.answered.extend(own.answered);
            times.refused += own.refused;
        }
        ensure!(!times.answered.is_empty(), "nothing was answered");
        times.server_busy = Duration::from_secs_f64((figures::processor_secs(server)? - busy_before).max(0.0));
        times.answered.sort_unstable();
        Ok(times)
    }
}

/// What is measured.
#[derive(Debug, Clone, Copy)]
enum What {
    Quote,
    Order,
}

async fn ask_until(client: Client, what: What, number: usize, begin: Instant, end: Instant) -> Times {
    let order = order();
    let quote = json!({"channel": order["channel"], "items": order["items"], "codes": order["codes"]});
    let mut times = Times::default();
    for turn in 0_u64.. {
        let asked = Instant::now();
        if asked >= end {
            break;
        }
        let (answer, good) = match what {
            What::Quote => (client.post("/api/v1/quotes", &quote).await, 200),
            What::Order => (client.post_once("/api/v1/orders", &format!("{number}-{turn}"), &order).await, 201),
        };
        if asked < begin {
            continue;
        }
        if answer.status == good {
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

/// How long the answers took, how many were refusals, and what they cost.
#[derive(Debug, Default)]
struct Times {
    answered: Vec<Duration>,
    refused: usize,
    /// The time that processors worked for the server.
    server_busy: Duration,
}

impl Times {
    fn to_row(&self, clients: usize, what: What, secs: u64) -> String {
        let millis = |share: usize| {
            let last = self.answered.len().saturating_sub(1);
            self.answered.get((self.answered.len() * share / 100).min(last)).map_or(0.0, Duration::as_secs_f64)
                * 1_000.0
        };
        let per_second = self.answered.len() as u64 / secs.max(1);
        let what = match what {
            What::Quote => "quotes",
            What::Order => "orders",
        };
        let asked = u32::try_from(self.answered.len() + self.refused).unwrap_or(u32::MAX).max(1);
        let busy = self.server_busy / asked;
        let (half, slowest) = (millis(50), millis(99));
        format!("| {clients} | {what} | {per_second} | {half:.1} | {slowest:.1} | {} | {busy:.2?}", self.refused)
    }
}
