//! The server and its commands.

use clap::Parser;
use passepartout::cli::Cli;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("passepartout: the TLS provider was installed twice");
        return ExitCode::FAILURE;
    }
    Cli::parse().run()
}
