//! What benches ask the machine: its load, its disk, and what a process takes of memory and processors.

use anyhow::Context;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// How often a second the kernel counts a process's time.
const TICKS_PER_SEC: f64 = 100.0;

/// How much is running on the machine.
pub(crate) fn load() -> String {
    fs::read_to_string("/proc/loadavg").unwrap_or_default().trim().to_owned()
}

/// How long the disk takes to keep 4 KiB: the median of many.
pub(crate) fn fsync_time(folder: &Path) -> anyhow::Result<Duration> {
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

/// The memory that a process has in use, in KiB.
pub(crate) fn memory_kb(pid: u32) -> anyhow::Result<u64> {
    of_status(pid, "VmRSS:")
}

/// The most memory that a process had in use so far, or since [`forget_peak`], in KiB.
pub(crate) fn peak_memory_kb(pid: u32) -> anyhow::Result<u64> {
    of_status(pid, "VmHWM:")
}

/// From now on the peak counts anew.
pub(crate) fn forget_peak(pid: u32) -> anyhow::Result<()> {
    fs::write(format!("/proc/{pid}/clear_refs"), "5").context("the peak cannot be forgotten")
}

/// How long a process kept processors busy, in seconds.
pub(crate) fn processor_secs(pid: u32) -> anyhow::Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // Behind the name, which stands in brackets and may hold anything.
    let (_, rest) = stat.rsplit_once(')').context("no process figures")?;
    let ticks = rest.split_whitespace().skip(11).take(2).map(str::parse::<f64>).sum::<Result<f64, _>>()?;
    Ok(ticks / TICKS_PER_SEC)
}

fn of_status(pid: u32, what: &str) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(what)).context("no memory figure")?;
    line.split_whitespace().next().context("no memory figure")?.parse().context("no memory figure")
}
