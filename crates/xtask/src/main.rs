//! Chores of the repository: checks and benches.

mod bench_print;

use clap::Parser;

/// Chores of the repository.
#[derive(Debug, Parser)]
enum Chore {
    /// Measure how fast cards become print files
    BenchPrint(bench_print::BenchPrintArgs),
}

fn main() -> anyhow::Result<()> {
    match Chore::parse() {
        Chore::BenchPrint(args) => bench_print::run(&args),
    }
}
