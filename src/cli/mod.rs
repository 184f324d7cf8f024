//! The commands. Each has a file with its arguments and a `run` that answers the exit status.
//!
//! Wrong arguments or unusable input end with status 2 and one line on standard error; a failure while running with status 1.

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Annual tickets for museums: sale, personalization, card production, dispatch and entry.
#[derive(Debug, Parser)]
#[command(name = "passepartout", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {}

impl Cli {
    /// Runs the chosen command.
    pub fn run(self) -> ExitCode {
        match self.command {}
    }
}
