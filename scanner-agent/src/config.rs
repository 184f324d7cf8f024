//! `config.toml`: readers, and how patient the agent is with the network.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context as _;
use gate_protocol::Direction;
use serde::{Deserialize, Serialize};

use crate::agent::Language;
use crate::gate::GateConfig;

/// The agent's configuration. Everything may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The readers. None: standard input only.
    pub readers: Vec<ReaderConfig>,
    /// How patient the agent is with the network.
    pub network: NetworkConfig,
    /// What opens.
    pub gate: GateConfig,
    /// The language of what the gate says of itself.
    pub language: Language,
}

/// One reader: a keyboard device that types codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReaderConfig {
    /// Its name in the journal, unique at this gate.
    pub name: String,
    /// Way in or way out.
    #[serde(default)]
    pub direction: Direction,
    /// Vendor and product as `0c2e:0901`.
    pub usb: Option<String>,
    /// The serial number (`uniq`).
    pub serial: Option<String>,
    /// The port (`phys`): tells two readers without serial numbers apart.
    pub port: Option<String>,
    /// A serial port instead of a keyboard: its path, best one below `/dev/serial/by-id`.
    pub serial_port: Option<String>,
    /// Take any keyboard that is there. Only for trials: it takes the console's keyboard, too.
    #[serde(default)]
    pub any_keyboard: bool,
}

/// How patient the agent is with the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NetworkConfig {
    /// Longest time to reach the server.
    pub connect_timeout_ms: u64,
    /// Longest time for one call, a snapshot apart.
    pub call_timeout_ms: u64,
    /// How long the server may keep a question for news open. It beats meanwhile, so a network that swallows packets without a word
    /// is noticed within seconds.
    pub wait_secs: u64,
    /// Longest pause between two attempts.
    pub retry_max_ms: u64,
    /// How long the start waits for the first sync before scans are decided on the data at hand.
    pub first_sync_ms: u64,
    /// How long the end waits for the last upload.
    pub last_upload_ms: u64,
}

impl Default for NetworkConfig {
    fn default() -> Self {
        Self {
            connect_timeout_ms: 2_000,
            call_timeout_ms: 10_000,
            wait_secs: 55,
            retry_max_ms: 15_000,
            first_sync_ms: 3_000,
            last_upload_ms: 5_000,
        }
    }
}

impl Config {
    /// Reads a file; a missing one is the default.
    ///
    /// # Errors
    /// When it cannot be read or holds something unknown; the message names the line.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).with_context(|| format!("{} is not understood", path.display())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Adds a reader, in place of one of the same name, and writes the file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_reader(mut self, reader: ReaderConfig, path: &Path) -> anyhow::Result<()> {
        self.readers.retain(|known| known.name != reader.name);
        self.readers.push(reader);
        let text = toml::to_string_pretty(&self).context("the configuration is no TOML")?;
        fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_is_added_and_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        assert_eq!(Config::read(&path).expect("absent"), Config::default());
        for serial in ["A", "B"] {
            let reader = ReaderConfig { name: "left".into(), serial: Some(serial.into()), ..Default::default() };
            let config = Config::read(&path).expect("readable");
            config.add_reader(reader, &path).expect("written");
        }
        let config = Config::read(&path).expect("readable");
        assert_eq!(config.readers.len(), 1);
        assert_eq!(config.readers[0].serial.as_deref(), Some("B"));
        fs::write(&path, "[network]\nwait_sec = 3").expect("written");
        assert!(Config::read(&path).is_err(), "a wrong word is not ignored");
    }
}
