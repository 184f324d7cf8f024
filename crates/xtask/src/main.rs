//! Chores of the repository: `cargo xtask CHORE`.

mod bench_gate;
mod bench_print;
mod bench_reports;
mod bench_runs;
mod bench_sales;
mod figures;
mod gate_vm;
mod programs;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// What the server allocates with, for benches that do its work here.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Chores of the repository
#[derive(Debug, Parser)]
#[command(name = "xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Measure how fast cards become print files
    BenchPrint(bench_print::BenchPrintArgs),
    /// A print run of ten thousand cards while tills sell, on SQLite and PostgreSQL
    BenchRuns(bench_runs::BenchRuns),
    /// Orders per second, and how long one takes, on SQLite and PostgreSQL
    BenchSales(bench_sales::BenchSales),
    /// Reports over a million redemptions, on SQLite and PostgreSQL
    BenchReports(bench_reports::BenchReports),
    /// A gate that knows a million cards, and two thousand gates at once: decisions, memory, changes, uploads
    BenchGate(bench_gate::BenchGate),
    /// The gate program on a real kernel: readers, network cuts, power cuts
    GateVm(gate_vm::GateVm),
}

fn main() -> ExitCode {
    let done = match Cli::parse().chore {
        Chore::BenchPrint(args) => bench_print::run(&args),
        Chore::BenchRuns(bench) => bench.run(),
        Chore::BenchSales(bench) => bench.run(),
        Chore::BenchReports(bench) => bench.run(),
        Chore::BenchGate(bench) => bench.run(),
        Chore::GateVm(trial) => trial.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
