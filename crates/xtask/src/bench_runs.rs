//! `cargo xtask bench-runs`: ten thousand cards wait, each with a portrait of its own; one print run takes them all. How long until its
//! files are there, what memory the server takes at most, and how long orders at the tills take meanwhile, on SQLite (every commit on the
//! disk) and on PostgreSQL (every commit on the disk, a private server).
//!
//! Tills and servers share the machine, so the figures tell what one machine does in all.

use crate::bench_print::{PHOTO_BYTES, filled_up};
use crate::figures;
use anyhow::{Context, ensure};
use card_face::sample_portrait;
use clap::Args;
use db::testing::Cluster;
use db::{Conn, Db, DbError, Options};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use testkit::copies::Original;
use testkit::{Client, Server, museum, story};

/// Cards that are written at once.
const AT_ONCE: u32 = 500;
/// Different portraits; photos that show the same person differ in their bytes all the same.
const PORTRAITS: usize = 8;
/// How long the tills sell without a run.
const QUIET: Duration = Duration::from_secs(5);
/// How often it is asked how far the run is.
const LOOK: Duration = Duration::from_millis(250);
/// How long a run may take before the bench gives up.
const PATIENCE: Duration = Duration::from_mins(10);

/// A long print run.
#[derive(Debug, Args)]
pub(crate) struct BenchRuns {
    /// Cards of the run
    #[arg(long, default_value_t = 10_000)]
    cards: u32,
    /// Tills that sell meanwhile
    #[arg(long, default_value_t = 4)]
    tills: usize,
    /// Milliseconds between two orders of a till
    #[arg(long, default_value_t = 200)]
    pause: u64,
    /// Only this database: sqlite or postgres
    #[arg(long)]
    only: Option<String>,
    /// This server program, instead of one that is built first
    #[arg(long)]
    program: Option<PathBuf>,
}

impl BenchRuns {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let program = match &self.program {
            Some(program) => program.clone(),
            None => crate::programs::server()?,
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        println!("load before: {}", figures::load());
        println!(
            "fsync of 4 KiB: {:.2} ms (median)\n",
            figures::fsync_time(&std::env::temp_dir())?.as_secs_f64() * 1e3
        );
        println!(
            "| database | cards | answer | all joined | files there | peak memory | orders | p50 ms | p99 ms | before: p99 ms |"
        );
        println!("|---|---|---|---|---|---|---|---|---|---|");
        if self.only.as_deref() != Some("postgres") {
            let data = tempfile::tempdir()?;
            let url = format!("sqlite:{}", data.path().join("passepartout.db").display());
            runtime.block_on(self.measure(&program, data.path(), None, &url, "SQLite"))?;
        }
        if self.only.as_deref() != Some("sqlite") {
            let cluster = Cluster::start_durable()?;
            let data = tempfile::tempdir()?;
            runtime.block_on(self.measure(&program, data.path(), Some(cluster.url()), cluster.url(), "PostgreSQL"))?;
        }
        println!("\nload after: {}", figures::load());
        Ok(())
    }

    async fn measure(
        &self,
        program: &Path,
        data: &Path,
        database_url: Option<&str>,
        url: &str,
        name: &str,
    ) -> anyhow::Result<()> {
        ensure!(self.cards > 0, "there are no cards to print");
        let key = Server::make_key(program, data, database_url, "admin")?;
        let server = Server::start(program, data, database_url)?;
        let admin = Client::stranger(server.base_url()).with_key(key.clone());
        museum::furnish(&admin).await;
        museum::add_summer_code(&admin, None).await;
        let card = ready_card(&admin).await?;
        self.add_copies(url, data, &card).await?;
        // The figures are those of a server that has not seen the cards being made.
        server.stop()?;
        let server = Server::start(program, data, database_url)?;
        let admin = Client::stranger(server.base_url()).with_key(key);

        let mut before = self.sell_until(&admin, "quiet", tokio::time::sleep(QUIET)).await?;
        figures::forget_peak(server.pid())?;
        let mut times = Times::default();
        let mut orders = self.sell_until(&admin, "run", times.take(&admin, self.cards)).await?;
        let peak = figures::peak_memory_kb(server.pid())? / 1_024;
        println!(
            "| {name} | {} | {:.1?} | {:.1?} | {:.1?} | {peak} MB | {} | {:.1} | {:.1} | {:.1} |",
            self.cards,
            times.answered,
            times.joined,
            times.prepared,
            orders.len(),
            percentile(&mut orders, 50),
            percentile(&mut orders, 99),
            percentile(&mut before, 99),
        );
        server.stop()
    }

    /// Cards like this one, until so many wait.
    async fn add_copies(&self, url: &str, data: &Path, card: &str) -> anyhow::Result<()> {
        let db = Db::open(url, &Options { deed_limit_secs: 600, sync_full: false, ..Options::default() }).await?;
        let original = Original::find(&mut db.read().await?, card).await?;
        let portraits: Vec<Vec<u8>> = (1..=PORTRAITS as u64).map(sample_portrait).collect();
        let mut from = 1;
        while from < self.cards {
            let until = (from + AT_ONCE).min(self.cards);
            let photos: Vec<Vec<u8>> =
                (from as usize..until as usize).map(|n| filled_up(&portraits[n % PORTRAITS], n)).collect();
            let hashes: Vec<[u8; 32]> = photos.iter().map(|photo| Sha256::digest(photo).into()).collect();
            let original = original.clone();
            let copy = async move |tx: &mut Conn| {
                let mut keys = Vec::new();
                for (number, hash) in (from..until).zip(&hashes) {
                    keys.push(original.copy(tx, number, Some(hash)).await?);
                }
                Ok::<_, DbError>(keys)
            };
            for (key, photo) in db.write(copy).await?.into_iter().zip(photos) {
                ensure!(photo.len() >= PHOTO_BYTES, "a portrait of {} bytes", photo.len());
                let file = data.join("files").join(key);
                std::fs::create_dir_all(file.parent().context("a folder")?)?;
                std::fs::write(file, photo)?;
            }
            from = until;
        }
        Ok(())
    }

    /// The tills sell until something else is done. Answers how long each order took.
    async fn sell_until(
        &self,
        client: &Client,
        when: &'static str,
        done: impl Future<Output = impl Sized>,
    ) -> anyhow::Result<Vec<Duration>> {
        let is_over = Arc::new(AtomicBool::new(false));
        let tills: Vec<_> = (0..self.tills)
            .map(|till| {
                let (client, is_over, pause) = (client.clone(), is_over.clone(), Duration::from_millis(self.pause));
                tokio::spawn(async move {
                    let order = museum::cash_order("tageskarte", "adult", 2, "24.00");
                    let mut times = Vec::new();
                    for turn in 0_u32.. {
                        if is_over.load(Ordering::Relaxed) {
                            break;
                        }
                        let asked = Instant::now();
                        client.post_once("/api/v1/orders", &format!("{when}-{till}-{turn}"), &order).await.expect(201);
                        times.push(asked.elapsed());
                        tokio::time::sleep(pause).await;
                    }
                    times
                })
            })
            .collect();
        done.await;
        is_over.store(true, Ordering::Relaxed);
        let mut times = Vec::new();
        for till in tills {
            times.extend(till.await?);
        }
        ensure!(!times.is_empty(), "nothing was sold");
        Ok(times)
    }
}

/// How long a run took.
#[derive(Debug, Default)]
struct Times {
    answered: Duration,
    joined: Duration,
    prepared: Duration,
}

impl Times {
    /// Starts the run and waits for its files.
    async fn take(&mut self, admin: &Client, cards: u32) {
        let begun = Instant::now();
        let run = admin.post("/api/v1/print-runs", &json!({ "max": cards })).await.expect(201);
        self.answered = begun.elapsed();
        assert_eq!(run["cards"], cards, "{run}");
        let path = format!("/api/v1/print-runs/{}", story::text(&run["id"]));
        while begun.elapsed() < PATIENCE {
            let run = admin.get(&path).await.expect(200);
            if self.joined.is_zero() && run["rendered"] == cards {
                self.joined = begun.elapsed();
            }
            if run["prepared"] == cards {
                self.prepared = begun.elapsed();
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
        panic!("the files are not there after {PATIENCE:?}");
    }
}

/// A card that is ready to print, made as a museum makes one.
async fn ready_card(admin: &Client) -> anyhow::Result<String> {
    let order = story::buy(admin, "the-original", &json!({"kind": "counter"})).await;
    let ticket = story::text(&order["tickets"][0]["annual_tickets"][0]);
    story::personalize(admin, &ticket).await;
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(30) {
        let ticket = admin.get(&format!("/api/v1/annual-tickets/{ticket}")).await.expect(200);
        if ticket["card"]["state"] == "ready_to_print" {
            return Ok(story::text(&ticket["card"]["id"]));
        }
        tokio::time::sleep(LOOK).await;
    }
    anyhow::bail!("no card is ready to print")
}

fn percentile(times: &mut [Duration], share: usize) -> f64 {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    times.get((times.len() * share / 100).min(last)).map_or(0.0, Duration::as_secs_f64) * 1_000.0
}
