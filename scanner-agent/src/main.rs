//! The gate program.

use std::process::ExitCode;

use clap::Parser as _;
use scanner_agent::cli::Cli;

fn main() -> ExitCode {
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("scanner-agent: the TLS provider was installed twice");
        return ExitCode::FAILURE;
    }
    Cli::parse().run()
}
