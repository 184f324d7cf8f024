//! `cargo xtask bench-gate`: a gate that knows a million cards: how fast it decides, what it holds in memory, how it takes over changes
//! meanwhile; and what the server does for it and for two thousand others.
//!
//! The server is a release process on SQLite, then on PostgreSQL, with every commit on the disk; the gate is the release program, and its
//! library where a figure needs a look inside. The other gates are simulated. Everything shares one machine.

mod crowd;
mod sim_gate;
mod snapshot;

use crate::figures;
use crate::gate_vm::museum::Museum;
use anyhow::{Context, ensure};
use card::CardId;
use clap::Args;
use crowd::{Crowd, Scans};
use db::args;
use db::testing::Cluster;
use gate_protocol::Direction;
use scanner_agent::{Agent, Home, Outside};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Of so many scans one is of a card for one entry, when these are measured.
const ONE_ENTRY_SHARE: u32 = 10;
/// How many scans are measured.
const SCANS: usize = 20_000;
/// How many cards change at once.
const CHANGES: i64 = 20_000;
/// How many scans wait for the network.
const OFFLINE_SCANS: usize = 10_000;
/// The flags of cards that are good for many entries, and for one.
const MANY_ENTRIES: i64 = 0;
const ONE_ENTRY: i64 = 4;

static FILL: db::Sql = {
    const LITE: &str = "INSERT OR IGNORE INTO entry_rights (code_id, ticket_id, short_hash, scope_id, not_before, not_after, issue, flags,
        status, reentry_secs, reentry_policy)
        WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < $1)
        SELECT random(), 'bench', CASE WHEN n % 10 = 0 THEN randomblob(10) END, $2, date('2026-01-01', (n % 300) || ' days'),
            date('2027-01-01', (n % 300) || ' days'), 1, (n % 3 = 0) * 2 + (n % 4 = 1) * 4, 'active', 600, 'attention' FROM number";
    const PG: &str = "INSERT INTO entry_rights (code_id, ticket_id, short_hash, scope_id, not_before, not_after, issue, flags, status,
        reentry_secs, reentry_policy)
        SELECT ('x' || substr(md5(n::text), 1, 16))::bit(64)::bigint, 'bench',
            CASE WHEN n % 10 = 0 THEN decode(substr(md5('s' || n), 1, 20), 'hex') END, $2,
            to_char(DATE '2026-01-01' + (n % 300)::int, 'YYYY-MM-DD'), to_char(DATE '2027-01-01' + (n % 300)::int, 'YYYY-MM-DD'), 1,
            CASE WHEN n % 3 = 0 THEN 2 ELSE 0 END + CASE WHEN n % 4 = 1 THEN 4 ELSE 0 END, 'active', 600, 'attention' FROM generate_series(1, $1::bigint) AS n
        ON CONFLICT DO NOTHING";
    db::Sql::new("many rights", LITE, PG)
};
static SAMPLE: db::Sql = {
    const SQL: &str =
        "SELECT code_id FROM entry_rights WHERE ticket_id = 'bench' AND status = 'active' AND (flags & 4) = $1
        ORDER BY code_id DESC LIMIT $2";
    db::Sql::new("some rights", SQL, SQL)
};
static CHANGE: db::Sql = {
    const SQL: &str = "UPDATE entry_rights SET status = 'blocked', change_seq = NULL WHERE code_id IN
        (SELECT code_id FROM entry_rights WHERE ticket_id = 'bench' ORDER BY code_id LIMIT $1)";
    db::Sql::new("many changes", SQL, SQL)
};

/// A gate with many cards, and many gates.
#[derive(Debug, Args)]
pub(crate) struct BenchGate {
    /// How many cards the gates know
    #[arg(long, default_value_t = 1_000_000)]
    cards: i64,
    /// How many simulated gates wait at once
    #[arg(long, default_value_t = 2_000)]
    gates: usize,
    /// How many scans they upload in a second
    #[arg(long, default_value_t = 200)]
    scans: u32,
    /// For how many seconds
    #[arg(long, default_value_t = 30)]
    secs: u32,
    /// Only this database: sqlite or postgres
    #[arg(long)]
    only: Option<String>,
    /// This server program, instead of one that is built first
    #[arg(long)]
    program: Option<PathBuf>,
    /// This gate program, instead of one that is built first
    #[arg(long)]
    agent: Option<PathBuf>,
}

impl BenchGate {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let program = match &self.program {
            Some(program) => program.clone(),
            None => crate::programs::server()?,
        };
        let agent = match &self.agent {
            Some(agent) => agent.clone(),
            None => crate::programs::gate()?,
        };
        println!(
            "fsync of 4 KiB: {:.2} ms (median)",
            figures::fsync_time(tempfile::tempdir()?.path())?.as_secs_f64() * 1e3
        );
        if self.only.as_deref() != Some("postgres") {
            println!("\nSQLite, synchronous=FULL");
            self.measure(&program, &agent, None)?;
        }
        if self.only.as_deref() != Some("sqlite") {
            println!("\nPostgreSQL, fsync=on");
            let cluster = Cluster::start_durable()?;
            self.measure(&program, &agent, Some(cluster.url()))?;
        }
        Ok(())
    }

    fn measure(&self, program: &Path, agent_program: &Path, database_url: Option<&str>) -> anyhow::Result<()> {
        println!("load before: {}", figures::load());
        let museum = Museum::open(program, database_url)?;
        let (count, scope) = (self.cards, i64::from(museum.scope().get()));
        museum.execute(&FILL, move || args![count, scope])?;
        let cards = sample(&museum, MANY_ENTRIES)?;
        ensure!(cards.len() > SCANS + OFFLINE_SCANS, "{} cards are too few", cards.len());
        report("cards", &self.cards.to_string());
        report("memory of the server at first", &megabytes(figures::memory_kb(museum.pid())?));
        let crowd = Crowd::pair(&museum, self.gates)?;
        crowd.block_on(snapshot::measure(crowd.one()?, museum.pid()))?;
        Self::one_gate(&museum, agent_program, &cards)?;

        let day_tickets = sample(&museum, ONE_ENTRY)?;
        // Each entry that uses a card up is told to all gates: that is as much work as a thousand others.
        let phases = [
            ("for many entries", &cards, self.scans),
            ("each for one entry, which all gates learn of", &day_tickets, (self.scans / ONE_ENTRY_SHARE).max(1)),
        ];
        for (name, cards, per_sec) in phases {
            let known = crowd.block_on(snapshot::known(crowd.one()?))?;
            crowd.work(&museum, &known, &Scans { name, cards, per_sec, secs: self.secs })?;
        }
        println!("load after: {}", figures::load());
        Ok(())
    }

    /// What the gate program does, and the server for it.
    fn one_gate(museum: &Museum, program: &Path, ids: &[CardId]) -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let home = Home::new(folder.path().join("gate"));
        let pairing = museum.add_gate()?;
        let began = Instant::now();
        let agent = Agent::pair(&home, museum.url(), &pairing.1, Outside::of_system()?)?;
        report("paired, snapshot fetched and taken over", &secs(began.elapsed()));
        decide_while_quiet(&agent, museum, &ids[..SCANS])?;
        take_changes(&agent, museum, &ids[..SCANS])?;
        upload(&agent, museum, &ids[SCANS..SCANS + OFFLINE_SCANS])?;
        drop(agent);
        start_again(program, &home, &museum.sign_known(ids[0]))
    }
}

/// Some cards that are good for so many entries.
fn sample(museum: &Museum, entries: i64) -> anyhow::Result<Vec<CardId>> {
    let rows: Vec<(i64,)> = museum.fetch(&SAMPLE, args![entries, 60_000])?;
    Ok(rows.into_iter().map(|(id,)| CardId::from_stored(id)).collect())
}

/// From the complete text to the verdict, without and with the journal on the disk.
fn decide_while_quiet(agent: &Agent, museum: &Museum, ids: &[CardId]) -> anyhow::Result<()> {
    let texts: Vec<String> = ids.iter().map(|id| museum.sign_known(*id)).collect();
    let mut times: Vec<Duration> = Vec::with_capacity(texts.len());
    for text in &texts {
        let began = Instant::now();
        let decision = agent.check(text);
        times.push(began.elapsed());
        ensure!(decision.card_id.is_some(), "not read");
    }
    report("from text to verdict", &spread(&mut times));
    let mut times: Vec<Duration> = texts
        .iter()
        .take(2_000)
        .map(|text| {
            let began = Instant::now();
            agent.decide(text, "bench", Direction::In);
            began.elapsed()
        })
        .collect();
    report("from text to verdict in the journal on the disk", &spread(&mut times));
    Ok(())
}

/// Many changes are taken over while codes are decided.
fn take_changes(agent: &Agent, museum: &Museum, ids: &[CardId]) -> anyhow::Result<()> {
    museum.execute(&CHANGE, || args![CHANGES])?;
    let texts: Vec<String> = ids.iter().take(2_000).map(|id| museum.sign_known(*id)).collect();
    let done = AtomicBool::new(false);
    let (took, mut times) = std::thread::scope(|both| {
        let deciding = both.spawn(|| {
            let mut times = Vec::new();
            for text in texts.iter().cycle() {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                let began = Instant::now();
                agent.check(text);
                times.push(began.elapsed());
            }
            times
        });
        let began = Instant::now();
        let mut changes = 0;
        let mut result = Ok(());
        while changes < usize::try_from(CHANGES).unwrap_or(usize::MAX) {
            match agent.sync() {
                Ok(synced) => changes += synced.changes,
                Err(error) => {
                    result = Err(error);
                    break;
                }
            }
        }
        let took = began.elapsed();
        done.store(true, Ordering::Relaxed);
        let times = deciding.join().unwrap_or_default();
        result.map(|()| (took, times))
    })?;
    report(&format!("{CHANGES} changes numbered, fetched and taken over"), &secs(took));
    report("from text to verdict meanwhile", &spread(&mut times));
    Ok(())
}

/// Scans that waited for the network.
fn upload(agent: &Agent, museum: &Museum, ids: &[CardId]) -> anyhow::Result<()> {
    agent.upload()?;
    for id in ids {
        agent.decide(&museum.sign_known(*id), "bench", Direction::In);
    }
    let began = Instant::now();
    let pushed = agent.upload()?;
    ensure!(pushed.stored == ids.len(), "{pushed:?}");
    report(&format!("{} scans uploaded", ids.len()), &secs(began.elapsed()));
    Ok(())
}

/// The program from its start to its first verdict, without network, and its memory.
fn start_again(program: &Path, home: &Home, code: &str) -> anyhow::Result<()> {
    let began = Instant::now();
    let mut gate = Command::new(program)
        .args(["run", "--stdin"])
        .env("SCANNER_AGENT_HOME", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut input = gate.stdin.take().context("no input")?;
    let mut output = BufReader::new(gate.stdout.take().context("no output")?);
    let mut line = String::new();
    writeln!(input, "{code}")?;
    output.read_line(&mut line)?;
    report("from the start of the program to its first verdict", &secs(began.elapsed()));
    for _ in 0..200 {
        writeln!(input, "{code}")?;
        output.read_line(&mut line)?;
    }
    report("memory of the gate program, at most", &megabytes(figures::peak_memory_kb(gate.id())?));
    drop(input);
    gate.wait()?;
    Ok(())
}

fn report(what: &str, figure: &str) {
    println!("{what:<52} {figure}");
}

fn secs(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn millis(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default().as_millis();
    let most = times.last().copied().unwrap_or_default().as_millis();
    format!("p50 {} ms, p99 {} ms, last {most} ms of {}", at(50), at(99), times.len())
}

fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default().as_micros();
    let most = times.last().copied().unwrap_or_default().as_micros();
    format!("p50 {} µs, p99 {} µs, longest {most} µs of {}", at(50), at(99), times.len())
}

fn megabytes(kilobytes: u64) -> String {
    format!("{} MB", kilobytes / 1_024)
}
