//! The commands of the gate program.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::agent::{Agent, Outside};
use crate::config::{Config, ReaderConfig};
use crate::doctor::{self, Weight};
use crate::gate::LogGate;
use crate::home::{HOME_DEFAULT, HOME_VARIABLE, Home};
use crate::reader::evdev;
use crate::reader::framing::code_of;
use crate::run;

/// Slower readers keep visitors waiting: a signed code has 200 digits.
const SLOW_MS_PER_DIGIT: u128 = 8;
/// How long the set-up waits for a scan.
const SETUP_PATIENCE: Duration = Duration::from_secs(30);

/// The gate of a museum: reads cards, decides at once, remembers, syncs.
#[derive(Debug, Parser)]
#[command(name = "scanner-agent", version, about)]
pub struct Cli {
    /// The folder of configuration, keys and databases.
    #[arg(long, global = true, env = HOME_VARIABLE, default_value = HOME_DEFAULT)]
    home: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read cards and decide, until stopped.
    Run {
        /// Another configuration file than the folder's config.toml.
        #[arg(long)]
        config: Option<PathBuf>,
        /// Read codes from standard input and print one JSON verdict per line.
        #[arg(long)]
        stdin: bool,
    },
    /// Pair this gate with its server.
    Pair {
        /// The server's address, for instance <https://tickets.example.org>.
        url: String,
        /// The eight digits from the server's device page.
        code: String,
    },
    /// List the devices that can type codes.
    Readers,
    /// Scan one code, and keep the device that typed it.
    SetupReader {
        /// The reader's name at this gate.
        #[arg(long, default_value = "reader")]
        name: String,
    },
    /// Say what is wrong and what to do about it.
    Doctor,
}

impl Cli {
    /// Runs the chosen command. Messages go to standard error, and only verdicts of `run --stdin`, lists
    /// and findings to standard output.
    pub fn run(self) -> ExitCode {
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
        let home = Home::new(self.home);
        let result = match self.command {
            Command::Run { config, stdin } => run_gate(&home, config, stdin),
            Command::Pair { url, code } => pair(&home, &url, &code),
            Command::Readers => {
                readers();
                Ok(ExitCode::SUCCESS)
            }
            Command::SetupReader { name } => setup_reader(&home, name),
            Command::Doctor => doctor(&home),
        };
        result.unwrap_or_else(|error| {
            eprintln!("scanner-agent: {error:#}");
            ExitCode::FAILURE
        })
    }
}

fn run_gate(home: &Home, config: Option<PathBuf>, stdin: bool) -> anyhow::Result<ExitCode> {
    let config = Config::read(&config.unwrap_or_else(|| home.config()))?;
    let agent = Arc::new(Agent::open(home, &config, Outside::of_system()?)?);
    let mut gate = LogGate;
    if stdin {
        run::run_lines(&agent, io::stdin().lock(), io::stdout().lock(), &mut gate)?;
    } else {
        anyhow::ensure!(!config.readers.is_empty(), "no reader is set up: run `setup-reader`, or use `run --stdin`");
        run::run_readers(&agent, &config.readers, &mut gate)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn pair(home: &Home, url: &str, code: &str) -> anyhow::Result<ExitCode> {
    let agent = Agent::pair(home, url, code, Outside::of_system()?)?;
    let status = agent.status()?;
    println!("paired; {} cards are known", status.cards);
    Ok(ExitCode::SUCCESS)
}

fn readers() {
    let found = evdev::list();
    if found.is_empty() {
        println!("no device that can type digits is readable (is this user in the group input?)");
    }
    for device in found {
        println!(
            "{}  {}  serial {}  port {}  {}",
            device.path.display(),
            device.usb,
            device.serial.as_deref().unwrap_or("-"),
            device.port.as_deref().unwrap_or("-"),
            device.name
        );
    }
}

fn setup_reader(home: &Home, name: String) -> anyhow::Result<ExitCode> {
    println!("Scan any card now.");
    let (found, text, took) = evdev::wait_for_any(SETUP_PATIENCE).context("no reader was set up")?;
    let code = code_of(&text);
    let digits = u128::try_from(text.chars().count()).unwrap_or(1).max(1);
    let ms_per_digit = took.as_millis() / digits;
    println!("{} typed {} characters, {ms_per_digit} ms each.", found.name, text.chars().count());
    let before = text.strip_suffix(code).unwrap_or_default();
    if !before.is_empty() {
        println!("It types \"{before}\" before the code; that is dropped.");
    }
    if ms_per_digit > SLOW_MS_PER_DIGIT {
        println!("That is slow: set the reader's inter-character delay to none, or print short codes.");
    }
    let port = if found.serial.is_some() { None } else { found.port };
    let reader = ReaderConfig { name, usb: Some(found.usb), serial: found.serial, port, ..ReaderConfig::default() };
    home.make()?;
    Config::read(&home.config())?.add_reader(reader, &home.config())?;
    println!("Kept in {}.", home.config().display());
    Ok(ExitCode::SUCCESS)
}

fn doctor(home: &Home) -> anyhow::Result<ExitCode> {
    let findings = doctor::examine(home, Outside::of_system()?);
    for finding in &findings {
        println!("{finding}");
    }
    let faulty = findings.iter().any(|finding| finding.weight == Weight::Fault);
    Ok(if faulty { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
