//! The commands. Each has a file with its arguments and a `run` that answers the exit status.
//!
//! Wrong arguments or unusable input end with status 2 and one line on standard error; a failure while running with status 1.

mod accounts;
mod backup;
mod card_code;
mod card_face;
mod demo;
mod device;
mod doctor;
mod foreign_codes;
mod keys;
mod layout;
mod price;
mod restore;
mod serve;

use crate::app::{App, Place, SharedApp};
use crate::config::Config;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Annual tickets for museums: sale, personalization, card production, dispatch and entry.
#[derive(Debug, Parser)]
#[command(name = "passepartout", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Set up a demo museum, tell the whole story of its cards once, and keep serving it
    Demo(demo::DemoArgs),
    /// Run the server
    Serve(serve::ServeArgs),
    /// Price a scenario, without a server
    Price(price::PriceArgs),
    /// Card codes, without a server
    #[command(subcommand)]
    CardCode(card_code::CardCodeCommand),
    /// Faces of cards, without a server
    #[command(subcommand)]
    CardFace(card_face::CardFaceCommand),
    /// Layouts of cards: check them, add them, agree on them
    #[command(subcommand)]
    Layout(layout::LayoutCommand),
    /// Write a backup of database, files and keys into one file; the server may keep running
    Backup(backup::BackupArgs),
    /// Restore a backup into an empty place
    Restore(restore::RestoreArgs),
    /// Look for what is wrong with an installation, and say what to do
    Doctor(doctor::DoctorArgs),
    /// Members of staff
    #[command(subcommand)]
    Staff(accounts::StaffCommand),
    /// Keys of programs that call the API
    #[command(subcommand)]
    ApiKey(accounts::ApiKeyCommand),
    /// Gates
    #[command(subcommand)]
    Device(device::DeviceCommand),
    /// Keys that sign cards
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Codes of an older system that open gates
    #[command(subcommand)]
    ForeignCodes(foreign_codes::ForeignCodesCommand),
}

impl Cli {
    /// Runs the chosen command.
    pub fn run(self) -> ExitCode {
        match self.command {
            Command::Demo(args) => run_async(demo::run(args)),
            Command::Serve(args) => run_async(serve::run(args)),
            Command::Price(args) => price::run(&args),
            Command::CardCode(command) => exit_code(card_code::run(command)),
            Command::CardFace(command) => run_async(async { card_face::run(command) }),
            Command::Layout(command) => run_async(layout::run(command)),
            Command::Backup(args) => run_async(backup::run(args)),
            Command::Restore(args) => run_async(restore::run(args)),
            Command::Doctor(args) => run_async(doctor::run(args)),
            Command::Staff(command) => run_async(accounts::run_staff(command)),
            Command::ApiKey(command) => run_async(accounts::run_api_key(command)),
            Command::Device(command) => run_async(device::run(command)),
            Command::Keys(command) => run_async(keys::run(command)),
            Command::ForeignCodes(command) => run_async(foreign_codes::run(command)),
        }
    }
}

/// Where the installation is: the same for all commands.
#[derive(Debug, Clone, Args)]
struct Installation {
    /// The folder of keys, files and, by default, the database
    #[arg(long, env = "PASSEPARTOUT_DATA", default_value = "data")]
    data: PathBuf,
    /// The database, for instance `postgres://user:password@host/name`; default: an SQLite file in the folder
    #[arg(long, env = "PASSEPARTOUT_DATABASE_URL")]
    database_url: Option<String>,
    /// The configuration file; default: passepartout.toml in the folder, if it is there
    #[arg(long)]
    config: Option<PathBuf>,
}

impl Installation {
    fn place(&self) -> Place {
        Place { data: self.data.clone(), database_url: self.database_url.clone() }
    }

    fn read_config(&self) -> anyhow::Result<Config> {
        if let Some(path) = &self.config {
            return Config::read(path);
        }
        let usual = self.data.join("passepartout.toml");
        if usual.exists() { Config::read(&usual) } else { Ok(Config::default()) }
    }

    async fn open(&self) -> Result<SharedApp, Failure> {
        let config = self.read_config().map_err(Failure::usage)?;
        Ok(App::open(&self.place(), config).await?)
    }
}

/// Why a command ended without success.
#[derive(Debug)]
enum Failure {
    /// The arguments or the input cannot be used: status 2.
    Usage(anyhow::Error),
    /// It did not work: status 1.
    Failed(anyhow::Error),
}

impl Failure {
    fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self::Usage(error.into())
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

fn run_async(command: impl Future<Output = Result<(), Failure>>) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("passepartout: cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    exit_code(runtime.block_on(command))
}

fn exit_code(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(error)) => {
            eprintln!("passepartout: {error:#}");
            ExitCode::from(2)
        }
        Err(Failure::Failed(error)) => {
            eprintln!("passepartout: {error:#}");
            ExitCode::FAILURE
        }
    }
}
