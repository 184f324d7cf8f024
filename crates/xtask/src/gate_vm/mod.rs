//! `cargo xtask gate-vm`: the gate program against real kernel devices, a real network and a real power cut.
//!
//! A Debian kernel runs in QEMU, emulated, so that it runs everywhere. Inside are the static gate program and USB readers that
//! the kernel itself plays (its keyboard gadget on a dummy host controller): to the gate they are devices like any other. Outside
//! is the server as a process, first on SQLite, then on PostgreSQL.

mod gate;
mod initramfs;
mod keys;
mod kit;
mod machine;
pub(crate) mod museum;
mod story;

use anyhow::{Context, ensure};
use clap::Args;
use db::testing::Cluster;
use gate::Reader;
use machine::{Kit, Machine, Start};
use museum::Museum;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const DISK_BYTES: u64 = 64 * 1024 * 1024;
/// A year before these tests were written.
const LAST_YEAR: &str = "2025-11-21T10:00:00";

/// The gate program in a virtual machine.
#[derive(Debug, Args)]
pub(crate) struct GateVm {
    /// Only pull the plug, so many times, and count what is lost
    #[arg(long)]
    power_cuts: Option<u32>,
    /// This server program, instead of one that is built first
    #[arg(long)]
    program: Option<PathBuf>,
    /// This static gate program, instead of one that is built first
    #[arg(long)]
    agent: Option<PathBuf>,
    /// Show what the machine's console says
    #[arg(long)]
    console: bool,
}

/// The folder, the disk and what every machine starts from.
struct Bench {
    kit: Kit,
    folder: tempfile::TempDir,
    began: Instant,
}

impl GateVm {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let program = match &self.program {
            Some(program) => program.clone(),
            None => crate::programs::server()?,
        };
        let bench = Bench::prepare(self.agent.as_deref(), self.console)?;
        match self.power_cuts {
            Some(times) => bench.pull_the_plug_often(&program, times),
            None => bench.run_all(&program),
        }
    }
}

impl Bench {
    fn prepare(agent: Option<&Path>, console: bool) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let kit = kit::prepare(folder.path(), agent, console)?;
        Ok(Self { kit, folder, began: Instant::now() })
    }

    fn run_all(&self, program: &Path) -> anyhow::Result<()> {
        let mut museum = Museum::open(program, None)?;
        let disk = self.new_disk("disk")?;
        let mut machine = self.boot(&disk, Start::default())?;
        gate::pair(&mut machine, "/data/gate", &museum.add_gate()?)?;
        for reader in Reader::BOTH {
            gate::plug(&mut machine, reader, reader.number())?;
        }
        gate::start(&mut machine, &Reader::BOTH)?;
        let (m, s) = (&mut machine, &mut museum);
        self.point("codes of 200 digits", story::every_code_is_read(m, s, 60))?;
        self.point("two readers at once", story::two_readers_at_once(m, s, 10))?;
        self.point("layouts, keypad, prefix, suffix", story::every_layout(m, s))?;
        self.point("lost key reports", story::lost_reports_are_flagged(m, s))?;
        self.point("unplugged, plugged in elsewhere", story::unplugged_and_plugged_in_again(m, s))?;
        self.point("a serial reader", story::a_serial_reader(m, s))?;
        self.point("a full disk", story::a_full_disk(m, s))?;
        self.point("a block", story::a_block_reaches_the_gate(m, s))?;
        self.point("network cut for 100 scans", story::the_network_is_cut(m, s, 0, 100))?;
        let uploaded = gate::scan_ids(&machine.lines_since(0));

        let acknowledged = self.pull_the_plug(machine, &mut museum, &disk, 12, Duration::from_millis(70))?;
        let start = Start { clock: Some(LAST_YEAR), without_network: true };
        let mut machine = self.boot(&disk, start)?;
        machine.run("export SCANNER_AGENT_HOME=/data/gate")?;
        gate::plug(&mut machine, Reader::Left, 0)?;
        gate::start(&mut machine, &[Reader::Left])?;
        self.point("a clock set back", story::a_clock_set_back_admits_nobody(&mut machine, &mut museum))?;
        machine.set_network(true)?;
        let before = uploaded.len() + acknowledged.len();
        let stored = story::wait_until_uploaded(&machine, &museum, || before + story::scans_since(&machine, 0));
        self.point("after the power cut", stored.map(|(all, _)| format!("all {all} scans are stored once")))?;
        self.on_postgres(machine, program)
    }

    /// The same gate, paired with another museum.
    fn on_postgres(&self, mut machine: Machine, program: &Path) -> anyhow::Result<()> {
        machine.run("stop_gate")?;
        let cluster = Cluster::start()?;
        let mut museum = Museum::open(program, Some(cluster.url()))?;
        gate::pair(&mut machine, "/data/gate-2", &museum.add_gate()?)?;
        gate::plug(&mut machine, Reader::Right, 1)?;
        // Scans of the museum before do not count here.
        let machine = &mut machine;
        gate::start(machine, &Reader::BOTH)?;
        let mark = machine.mark();
        let said = story::every_code_is_read(machine, &mut museum, 10);
        self.point("on PostgreSQL: codes", said)?;
        self.point("on PostgreSQL: a block", story::a_block_reaches_the_gate(machine, &museum))?;
        self.point("on PostgreSQL: network cut", story::the_network_is_cut(machine, &mut museum, mark, 40))
    }

    /// Pulls the plug during continuous scanning and looks into the journal on the disk.
    fn pull_the_plug(
        &self,
        machine: Machine,
        museum: &mut Museum,
        disk: &Path,
        scans: usize,
        later: Duration,
    ) -> anyhow::Result<Vec<String>> {
        let acknowledged = story::scan_until_the_plug_is_pulled(machine, museum, scans, later)?;
        let kept = story::journal_on(disk, self.folder.path())?;
        let lost = acknowledged.iter().filter(|id| !kept.contains(id)).count();
        ensure!(lost == 0, "{lost} of {} acknowledged scans are lost", acknowledged.len());
        // A scan may be in the journal although the power went before anybody was told.
        let figure = format!("{} acknowledged, {} on the disk, none lost", acknowledged.len(), kept.len());
        self.point("power cut", Ok(figure))?;
        Ok(kept)
    }

    fn pull_the_plug_often(&self, program: &Path, times: u32) -> anyhow::Result<()> {
        let mut museum = Museum::open(program, None)?;
        let mut acknowledged = 0;
        for time in 0..times {
            let disk = self.new_disk("cut")?;
            let mut machine = self.boot(&disk, Start::default())?;
            gate::pair(&mut machine, "/data/gate", &museum.add_gate()?)?;
            gate::plug(&mut machine, Reader::Left, 0)?;
            gate::start(&mut machine, &[Reader::Left])?;
            // Another moment of the cycle each time: 29 ms is prime to the time that a scan takes.
            let later = Duration::from_millis(u64::from(time) * 29 % 600);
            acknowledged += self.pull_the_plug(machine, &mut museum, &disk, 5 + time as usize, later)?.len();
        }
        println!("{times} power cuts, {acknowledged} scans on the disks, no acknowledged one lost");
        Ok(())
    }

    fn boot(&self, disk: &Path, start: Start) -> anyhow::Result<Machine> {
        let began = Instant::now();
        let machine = Machine::start(&self.kit, self.folder.path(), disk, start)?;
        self.point("started", Ok(format!("in {:.0} s", began.elapsed().as_secs_f64())))?;
        Ok(machine)
    }

    fn new_disk(&self, name: &str) -> anyhow::Result<PathBuf> {
        let disk = self.folder.path().join(name);
        File::create(&disk)?.set_len(DISK_BYTES)?;
        let made = Command::new("mkfs.ext4").args(["-q", "-F"]).arg(&disk).status().context("mkfs.ext4")?;
        ensure!(made.success(), "no file system was made");
        Ok(disk)
    }

    /// Says how a point went.
    fn point(&self, name: &str, seen: anyhow::Result<String>) -> anyhow::Result<()> {
        let seen = seen.with_context(|| name.to_owned())?;
        println!("{:>4} s  {name}: {seen}", self.began.elapsed().as_secs());
        Ok(())
    }
}
