//! Many gates at once: all wait for news, some upload a scan at any moment, and now and then a card is blocked.

use super::sim_gate::{Known, SimGate};
use super::{megabytes, millis, report, spread};
use crate::figures;
use crate::gate_vm::museum::Museum;
use anyhow::{Context, ensure};
use card::CardId;
use scanner_agent::Outside;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

/// How many gates pair at once.
const PAIRING_AT_ONCE: usize = 16;
/// Gates begin to wait one after the other, within this time: as after an outage, only faster.
const ARRIVAL: Duration = Duration::from_secs(5);
/// How often a card is blocked while scans come in.
const BLOCKS: u32 = 3;
/// A block must be everywhere by then.
const BLOCK_LIMIT: Duration = Duration::from_secs(20);
/// After a call that failed a gate takes a breath.
const BREATH: Duration = Duration::from_millis(500);

/// All gates of a large house.
pub(super) struct Crowd {
    runtime: Runtime,
    gates: Vec<Arc<SimGate>>,
}

/// The scans of a phase.
pub(super) struct Scans<'a> {
    /// What kind of cards they are of.
    pub(super) name: &'a str,
    /// One card after the other.
    pub(super) cards: &'a [CardId],
    /// How many in a second.
    pub(super) per_sec: u32,
    /// For how many seconds.
    pub(super) secs: u32,
}

/// What all gates tell together.
#[derive(Debug, Default)]
struct Tally {
    waiting: AtomicUsize,
    failures: AtomicUsize,
    calls: AtomicUsize,
}

impl Crowd {
    /// Adds and pairs so many gates.
    pub(super) fn pair(museum: &Museum, count: usize) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let outside = Outside::of_system()?;
        let http = reqwest::Client::builder().no_proxy().build()?;
        let began = Instant::now();
        let mut gates = Vec::with_capacity(count);
        while gates.len() < count {
            let batch = PAIRING_AT_ONCE.min(count - gates.len());
            let codes = (0..batch).map(|_| museum.add_gate()).collect::<Result<Vec<_>, _>>()?;
            let mut pairing = JoinSet::new();
            for (_, code) in codes {
                let (http, outside, server) = (http.clone(), outside.clone(), museum.url().to_owned());
                pairing.spawn_on(async move { SimGate::pair(http, &server, &code, outside).await }, runtime.handle());
            }
            while let Some(gate) = runtime.block_on(pairing.join_next()) {
                gates.push(Arc::new(gate??));
            }
        }
        report(&format!("{count} gates paired"), &super::secs(began.elapsed()));
        Ok(Self { runtime, gates })
    }

    /// A gate of them.
    pub(super) fn one(&self) -> anyhow::Result<&SimGate> {
        self.gates.first().map(Arc::as_ref).context("no gates")
    }

    /// Carries out what a single gate does.
    pub(super) fn block_on<T>(&self, task: impl Future<Output = T>) -> T {
        self.runtime.block_on(task)
    }

    /// All gates wait, and scans come in: how soon each is answered, and how soon all gates know of a block.
    pub(super) fn work(&self, museum: &Museum, known: &Known, scans: &Scans<'_>) -> anyhow::Result<()> {
        let sell = |number: u32| museum.sell_annual_ticket(&format!("{} {number}", scans.name));
        let tickets = (0..BLOCKS).map(sell).collect::<Result<Vec<_>, _>>()?;
        let tally = Arc::new(Tally::default());
        let (told, mut blocks) = mpsc::unbounded_channel();
        let mut waiting = self.all_wait(known, &tally, &told);
        while tally.waiting.load(Ordering::Relaxed) < self.gates.len() {
            std::thread::sleep(Duration::from_millis(100));
        }
        println!(
            "\n{} gates wait, {} scans a second for {} s, {}",
            self.gates.len(),
            scans.per_sec,
            scans.secs,
            scans.name
        );
        figures::forget_peak(museum.pid())?;
        let (busy, calls, began) =
            (figures::processor_secs(museum.pid())?, tally.calls.load(Ordering::Relaxed), Instant::now());
        let uploading = self.runtime.spawn(upload(self.gates.clone(), scans.cards.to_vec(), scans.per_sec, scans.secs));
        for ticket in &tickets {
            std::thread::sleep(Duration::from_secs(u64::from(scans.secs / (BLOCKS + 1))));
            museum.block(ticket);
            let mut times = self.until_all_know(&mut blocks, Instant::now())?;
            report("a block is known to all gates, from its answer on", &millis(&mut times));
        }
        let mut times = self.runtime.block_on(uploading)??;
        let elapsed = began.elapsed().as_secs_f64();
        report("a scan is answered", &spread(&mut times));
        let (busy, calls) =
            (figures::processor_secs(museum.pid())? - busy, tally.calls.load(Ordering::Relaxed) - calls);
        report("calls for news and changes a second", &format!("{:.0}", f64::from(u32::try_from(calls)?) / elapsed));
        report("processors that the server kept busy", &format!("{:.2}", busy / elapsed));
        report("memory of the server, at most", &megabytes(figures::peak_memory_kb(museum.pid())?));
        waiting.abort_all();
        while self.runtime.block_on(waiting.join_next()).is_some() {}
        let failures = tally.failures.load(Ordering::Relaxed);
        ensure!(failures == 0, "{failures} calls failed");
        Ok(())
    }

    fn all_wait(&self, known: &Known, tally: &Arc<Tally>, told: &UnboundedSender<Instant>) -> JoinSet<()> {
        let mut waiting = JoinSet::new();
        let count = u32::try_from(self.gates.len()).unwrap_or(u32::MAX);
        for (number, gate) in (0..).zip(&self.gates) {
            let (gate, known, tally, told) = (gate.clone(), known.clone(), tally.clone(), told.clone());
            let wait = async move {
                tokio::time::sleep(ARRIVAL * number / count).await;
                follow(&gate, known, &tally, &told).await;
            };
            waiting.spawn_on(wait, self.runtime.handle());
        }
        waiting
    }

    /// From a moment on: how long until the first gate, the second, and so on to the last.
    fn until_all_know(&self, blocks: &mut UnboundedReceiver<Instant>, from: Instant) -> anyhow::Result<Vec<Duration>> {
        let mut times = Vec::with_capacity(self.gates.len());
        while times.len() < self.gates.len() {
            let left = BLOCK_LIMIT.saturating_sub(from.elapsed());
            let heard = self.runtime.block_on(async { tokio::time::timeout(left, blocks.recv()).await });
            let Ok(Some(at)) = heard else {
                anyhow::bail!("only {} gates know of a block after {BLOCK_LIMIT:?}", times.len())
            };
            times.push(at.saturating_duration_since(from));
        }
        Ok(times)
    }
}

/// One gate for ever: asks what changed, waits for news, asks again.
async fn follow(gate: &SimGate, mut known: Known, tally: &Tally, told: &UnboundedSender<Instant>) {
    let mut is_counted = false;
    loop {
        let step = async {
            let (next, blocked) = gate.changes(&known).await?;
            for _ in 0..blocked {
                // Nobody counts any more.
                let _ = told.send(Instant::now());
            }
            known = next;
            gate.wait(&known, || {
                if !std::mem::replace(&mut is_counted, true) {
                    tally.waiting.fetch_add(1, Ordering::Relaxed);
                }
            })
            .await
        };
        tally.calls.fetch_add(2, Ordering::Relaxed);
        if let Err(error) = step.await {
            if tally.failures.fetch_add(1, Ordering::Relaxed) == 0 {
                eprintln!("a call failed: {error:#}");
            }
            tokio::time::sleep(BREATH).await;
        }
    }
}

/// Scans at their moments, whether the server keeps up or not; how long after its moment each was answered.
async fn upload(
    gates: Vec<Arc<SimGate>>,
    cards: Vec<CardId>,
    per_sec: u32,
    secs: u32,
) -> anyhow::Result<Vec<Duration>> {
    let mut moments = tokio::time::interval(Duration::from_secs(1) / per_sec);
    moments.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut uploads = JoinSet::new();
    for (gate, card) in gates.iter().cycle().zip(cards.iter().cycle()).take(usize::try_from(per_sec * secs)?) {
        let moment = moments.tick().await;
        let (gate, card) = (gate.clone(), card.get());
        uploads.spawn(async move {
            gate.upload(card).await?;
            anyhow::Ok(moment.elapsed())
        });
    }
    let mut times = Vec::new();
    while let Some(time) = uploads.join_next().await {
        times.push(time??);
    }
    Ok(times)
}
