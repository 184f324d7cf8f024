//! The commands of the gate program.

use std::io::{self, BufRead as _, Read as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use card::ShortCode;
use clap::{Parser, Subcommand};
use gate_protocol::Direction;
use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};
use tracing_subscriber::EnvFilter;
use uuid::Uuid;

use crate::agent::{Agent, Outside};
use crate::config::{Config, ReaderConfig};
use crate::doctor::{self, Weight};
use crate::gate::{Lane, Pass};
use crate::home::{HOME_DEFAULT, HOME_VARIABLE, Home};
use crate::reader::evdev::{self, FirstScan};
use crate::reader::framing::code_of;
use crate::run;

/// Slower readers keep visitors waiting: a signed code has 200 digits, two reports each.
const SLOW_TENTHS_MS: u128 = 40;
/// The digits of the code that tells how a reader types: every digit several times, and no card's.
const CALIBRATION: u128 = 12_345_678_901_234_567_890_123_456_789;
/// A longer line is no PIN.
const PIN_LINE_BYTES_MAX: u64 = 64;
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
    /// Shows a code to scan, tells how the reader types, and keeps the device.
    SetupReader {
        /// The reader's name at this gate.
        #[arg(long, default_value = "reader")]
        name: String,
        /// It hangs at the way out.
        #[arg(long)]
        out: bool,
    },
    /// Say what the gate would say of a code now, without a trace in the journal.
    Check {
        /// The digits of the code.
        code: String,
    },
    /// Admit whom the gate refused within the last ten minutes; the PIN is read as one line from standard input.
    Admit {
        /// Why.
        #[arg(long)]
        reason: String,
        /// The id of the refused scan; without it, the last one.
        #[arg(long)]
        scan: Option<Uuid>,
    },
    /// Say what is wrong and what to do about it. Ends with status 1 when the gate does not work.
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
            Command::SetupReader { name, out } => {
                setup_reader(&home, name, if out { Direction::Out } else { Direction::In })
            }
            Command::Check { code } => check(&home, &code),
            Command::Admit { reason, scan } => admit(&home, &reason, scan),
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
    let lane = Lane::start(config.gate.driver()?)?;
    if stdin {
        run::run_lines(&agent, io::stdin().lock(), io::stdout().lock(), lane)?;
    } else {
        anyhow::ensure!(!config.readers.is_empty(), "no reader is set up: run `setup-reader`, or use `run --stdin`");
        run::run_readers(&agent, &config.readers, &lane, config.language)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn pair(home: &Home, url: &str, code: &str) -> anyhow::Result<ExitCode> {
    let agent = Agent::pair(home, url, code, Outside::of_system()?)?;
    let status = agent.status()?;
    println!("paired; {} cards are known", status.cards);
    Ok(ExitCode::SUCCESS)
}

fn check(home: &Home, code: &str) -> anyhow::Result<ExitCode> {
    let agent = Agent::open(home, &Config::read(&home.config())?, Outside::of_system()?)?;
    let decision = agent.check(code);
    let reason = decision.reason().map_or("", card::Reason::as_str);
    println!("{} {reason}", decision.verdict.as_str());
    Ok(if decision.verdict.permit().is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn admit(home: &Home, reason: &str, scan: Option<Uuid>) -> anyhow::Result<ExitCode> {
    let config = Config::read(&home.config())?;
    let agent = Agent::open(home, &config, Outside::of_system()?)?;
    let mut pin = String::new();
    io::stdin().lock().take(PIN_LINE_BYTES_MAX).read_line(&mut pin)?;
    let admission = agent.overrule(scan, pin.trim(), reason)?;
    let lane = Lane::start(config.gate.driver()?)?;
    lane.open(Pass::Hand(admission.permit));
    lane.end();
    println!("admitted by hand, against: {}", admission.against.map_or("", card::Reason::as_str));
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

fn setup_reader(home: &Home, name: String, direction: Direction) -> anyhow::Result<ExitCode> {
    let calibration = ShortCode::from_random(CALIBRATION.to_be_bytes());
    println!("Scan this code now, from the screen or printed:\n\n{}", drawn(calibration.text())?);
    let FirstScan { found, text, habits } = evdev::wait_for_any(SETUP_PATIENCE).context("no reader was set up")?;
    let code = code_of(&text);
    println!("{} types {habits}.", found.name);
    let before = text.strip_suffix(code).unwrap_or_default();
    if !before.is_empty() {
        println!("It types \"{before}\" before the code; that is dropped.");
    }
    if code != calibration.text() {
        println!("That was another code, or it was not read right: \"{code}\". Scan the code above to be sure.");
    }
    if habits.tenths_ms_per_report() > SLOW_TENTHS_MS {
        println!("That is slow: set the reader's inter-character delay to none, or print short codes.");
    }
    let port = if found.serial.is_some() { None } else { found.port };
    let usb = Some(found.usb);
    let reader = ReaderConfig { name, direction, usb, serial: found.serial, port, ..ReaderConfig::default() };
    home.make()?;
    Config::read(&home.config())?.add_reader(reader, &home.config())?;
    println!("Kept in {}.", home.config().display());
    Ok(ExitCode::SUCCESS)
}

/// A QR code of digits in characters that are half as high as wide.
fn drawn(text: &str) -> anyhow::Result<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).context("the code cannot be drawn")?;
    Ok(code.render::<Dense1x2>().quiet_zone(true).build())
}

fn doctor(home: &Home) -> anyhow::Result<ExitCode> {
    let findings = doctor::examine(home, Outside::of_system()?);
    for finding in &findings {
        println!("{finding}");
    }
    let faulty = findings.iter().any(|finding| finding.weight == Weight::Fault);
    Ok(if faulty { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
