//! `scanner-agent doctor`: what is wrong, and what to do about it.

use std::fmt;
use std::os::unix::fs::PermissionsExt as _;

use card::ClockState;

use crate::agent::{Agent, GateState, Language, Outside};
use crate::config::Config;
use crate::home::Home;
use crate::reader::evdev;
use crate::trusted_time::WARN_MS;

/// Less free room is as good as none, in megabytes.
const DISK_FULL_MB: u64 = 20;
/// Less free room does not last, in megabytes.
const DISK_TIGHT_MB: u64 = 500;

/// How a finding is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As it should be.
    Fine,
    /// The gate works, but someone should look.
    Warning,
    /// The gate does not work.
    Fault,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How it is to be taken.
    pub weight: Weight,
    /// What was found and, if it is wrong, what to do.
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = match self.weight {
            Weight::Fine => "fine   ",
            Weight::Warning => "warning",
            Weight::Fault => "fault  ",
        };
        write!(f, "{weight}  {}", self.text)
    }
}

/// Looks at folder, disk, configuration, readers, gate, pairing, data, clock, journal and server.
pub fn examine(home: &Home, outside: Outside) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |weight, text: String| findings.push(Finding { weight, text });
    match std::fs::metadata(home.path()) {
        Ok(folder) if folder.permissions().mode() & 0o077 != 0 => {
            say(Weight::Warning, format!("{} is open to others: chmod 700 it", home.path().display()));
        }
        Ok(_) => say(Weight::Fine, format!("the folder {} belongs to its owner alone", home.path().display())),
        Err(error) => say(Weight::Fault, format!("the folder {} cannot be used: {error}", home.path().display())),
    }
    let config = match Config::read(&home.config()) {
        Ok(config) => config,
        Err(error) => {
            say(Weight::Fault, format!("{error:#}"));
            return findings;
        }
    };
    findings.push(disk(home));
    findings.extend(readers(&config));
    findings.push(gate(&config));
    match Agent::open(home, &config, outside) {
        Ok(agent) => {
            findings.extend(of_agent(&agent));
            findings.push(state(agent.state(), config.language));
        }
        Err(error) => {
            findings.push(Finding { weight: Weight::Fault, text: format!("{error:#}") });
            if matches!(home.identity(), Ok(None)) {
                findings.push(state(GateState::Unpaired, config.language));
            }
        }
    }
    findings
}

/// How the gate is, in the words that it says itself.
fn state(state: GateState, language: Language) -> Finding {
    let (what, to_do) = state.words(language);
    let weight = match state {
        GateState::Online => Weight::Fine,
        GateState::Unpaired | GateState::Revoked | GateState::JournalBroken => Weight::Fault,
        _ => Weight::Warning,
    };
    Finding { weight, text: format!("{what} {to_do}") }
}

/// A journal on a full disk is no journal.
fn disk(home: &Home) -> Finding {
    let free_mb = match rustix::fs::statvfs(home.path()) {
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize) / (1_024 * 1_024),
        Err(error) => {
            return Finding { weight: Weight::Fault, text: format!("the disk cannot be looked at: {error}") };
        }
    };
    let text = format!("{free_mb} MB are free on the disk");
    match free_mb {
        0..DISK_FULL_MB => Finding { weight: Weight::Fault, text: format!("{text}: make room") },
        DISK_FULL_MB..DISK_TIGHT_MB => Finding { weight: Weight::Warning, text: format!("{text}: make room soon") },
        _ => Finding { weight: Weight::Fine, text },
    }
}

/// Whether what opens can be reached. It is not opened.
fn gate(config: &Config) -> Finding {
    let checked = config.gate.driver().and_then(|mut driver| Ok(driver.check()?));
    match checked {
        Ok(text) => Finding { weight: Weight::Fine, text },
        Err(error) => Finding { weight: Weight::Fault, text: format!("the gate cannot be reached: {error:#}") },
    }
}

fn readers(config: &Config) -> Vec<Finding> {
    if config.readers.is_empty() {
        let text = "no reader is set up: run `scanner-agent setup-reader`, or use `run --stdin`".to_owned();
        return vec![Finding { weight: Weight::Warning, text }];
    }
    let present = evdev::list();
    let finding = |reader: &crate::config::ReaderConfig| {
        let (name, is_there) = match &reader.serial_port {
            Some(port) => (port.clone(), std::path::Path::new(port).exists()),
            None => match present.iter().find(|found| evdev::is_meant(reader, found)) {
                Some(found) => (format!("{} at {}", found.name, found.path.display()), true),
                None => (String::new(), false),
            },
        };
        let (weight, text) = if is_there {
            (Weight::Fine, format!("the reader \"{}\" is {name}", reader.name))
        } else {
            let what = "is not there: plug it in, or allow this user to read /dev/input";
            (Weight::Fault, format!("the reader \"{}\" {what}", reader.name))
        };
        Finding { weight, text }
    };
    config.readers.iter().map(finding).collect()
}

fn of_agent(agent: &Agent) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |weight, text: String| findings.push(Finding { weight, text });
    match agent.sync() {
        Ok(synced) => say(Weight::Fine, format!("in step with the server (change {})", synced.sequence)),
        Err(error) => say(Weight::Warning, format!("{error}; scans are decided on the data at hand")),
    }
    match agent.upload() {
        Ok(_) => say(Weight::Fine, "no scan waits to be sent".into()),
        Err(error) => say(Weight::Warning, format!("scans wait to be sent: {error}")),
    }
    let status = match agent.status() {
        Ok(status) => status,
        Err(error) => {
            say(Weight::Fault, format!("the local data cannot be read: {error:#}"));
            return findings;
        }
    };
    match &status.cursor {
        Some(cursor) => {
            let age_secs = status.time.ms.saturating_sub(cursor.synced_ms).max(0) / 1_000;
            say(Weight::Fine, format!("{} cards are known; the data is {age_secs} seconds old", status.cards));
        }
        None => say(Weight::Fault, "no data yet: the gate knows no card".into()),
    }
    if status.time.state == ClockState::Unsure || status.time.wall_ahead_ms.saturating_abs() > WARN_MS {
        let ahead_secs = status.time.wall_ahead_ms / 1_000;
        say(
            Weight::Warning,
            format!("the machine's clock is {ahead_secs} seconds ahead: let it follow the network's time"),
        );
    } else {
        say(Weight::Fine, "the machine's clock is right".into());
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_folder_is_explained() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::new(folder.path());
        let findings = examine(&home, Outside::of_system().expect("a system"));
        let fault = findings.iter().find(|finding| finding.weight == Weight::Fault).expect("not paired");
        assert!(fault.text.contains("scanner-agent pair"), "{fault}");
        let (said, to_do) = GateState::Unpaired.words(Language::En);
        assert_eq!(findings.last().map(|last| last.text.clone()), Some(format!("{said} {to_do}")));
        assert!(findings.iter().any(|finding| finding.text.contains("free on the disk")));
    }

    #[test]
    fn a_gate_that_is_not_there_is_a_fault() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::new(folder.path());
        let relay = "[gate]\ndriver = \"serial_relay\"\nport = \"/dev/no-such-port\"\non = \"a0\"\noff = \"a1\"";
        std::fs::write(home.config(), format!("language = \"de\"\n{relay}")).expect("written");
        let findings = examine(&home, Outside::of_system().expect("a system"));
        assert!(findings.iter().any(|found| found.weight == Weight::Fault && found.text.contains("cannot be reached")));
        let (said, _) = GateState::Unpaired.words(Language::De);
        assert!(findings.last().is_some_and(|last| last.text.starts_with(said)), "{findings:?}");
    }
}
