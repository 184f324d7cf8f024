//! How many large baskets are proven, how far the others may be from the lowest total, and the memory that took:
//! `cargo run --release -p pricing --example proofs -- [tickets offers prices baskets steps]`.

#[path = "../benches/baskets/mod.rs"]
mod baskets;

use std::time::{Duration, Instant};

use pricing::{Budget, Cents, price};

fn main() {
    let arguments: Vec<u64> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let argument = |place: usize, usual: u64| arguments.get(place).copied().unwrap_or(usual);
    let (tickets, offers, prices, count) = (argument(0, 500), argument(1, 20), argument(2, 24), argument(3, 20));
    let usual = Budget::default();
    let budget = Budget { steps: argument(4, usual.steps), ..usual };
    let mut times: Vec<Duration> = Vec::new();
    let mut proven = 0;
    for seed in 0..count {
        let scenario = baskets::coupled(seed, tickets, usize::try_from(offers).unwrap_or(usize::MAX), prices);
        let start = Instant::now();
        let Ok(priced) = price(&scenario, &budget) else { continue };
        let time = start.elapsed();
        let gap = priced.upper_bound_discount.map_or(Cents::ZERO, |bound| bound - priced.discount_total);
        println!("basket {seed}: total {} of {}, gap {gap}, {time:.1?}", priced.total, priced.original_total);
        proven += u64::from(priced.optimal);
        times.push(time);
    }
    times.sort_unstable();
    println!(
        "{proven} of {count} proven; median {:.1?}, longest {:.1?}",
        times[times.len() / 2],
        times[times.len() - 1]
    );
    if let Some(peak) = peak_memory() {
        println!("peak memory {peak}");
    }
}

/// The most memory this process has had, where the system tells it.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(|peak| peak.trim().to_owned())
}
