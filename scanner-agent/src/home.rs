//! The agent's folder: its key, whom it was paired with, its configuration and databases.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use gate_protocol::{GateSettings, request::DeviceKey};
use serde::{Deserialize, Serialize};

/// The environment variable that names the folder.
pub(crate) const HOME_VARIABLE: &str = "SCANNER_AGENT_HOME";
/// The folder without it.
pub(crate) const HOME_DEFAULT: &str = "/var/lib/scanner-agent";

/// The agent's folder.
#[derive(Clone, Debug)]
pub struct Home(PathBuf);

/// Whom the agent was paired with, and as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Scheme, host and port of the server.
    pub server: String,
    /// The id that signed requests carry.
    pub device_id: String,
    /// The public half of the server's root key.
    #[serde(with = "card::hex_bytes")]
    pub root_key: [u8; 32],
    /// Where the gate stood when it was paired; what it hears later counts.
    pub gate: GateSettings,
    /// The server said that this device is no longer one of its own.
    pub revoked: bool,
}

impl Home {
    /// The folder at this path.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The folder's path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// `config.toml`.
    pub fn config(&self) -> PathBuf {
        self.0.join("config.toml")
    }

    /// `cards.db`: what can be fetched again.
    pub fn cards(&self) -> PathBuf {
        self.0.join("cards.db")
    }

    /// `journal.db`: what cannot.
    pub fn journal(&self) -> PathBuf {
        self.0.join("journal.db")
    }

    /// A snapshot that is being fetched.
    pub(crate) fn snapshot_part(&self) -> PathBuf {
        self.0.join("snapshot.part")
    }

    fn key(&self) -> PathBuf {
        self.0.join("device.key")
    }

    fn identity_file(&self) -> PathBuf {
        self.0.join("identity.json")
    }

    /// Makes the folder, readable by its owner alone.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn make(&self) -> anyhow::Result<()> {
        if self.0.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(&self.0).with_context(|| format!("cannot make the folder {}", self.0.display()))?;
        fs::set_permissions(&self.0, fs::Permissions::from_mode(0o700))
            .with_context(|| format!("cannot protect the folder {}", self.0.display()))
    }

    /// Whom the agent is paired with, if it is.
    ///
    /// # Errors
    /// When the file is unreadable or damaged.
    pub fn identity(&self) -> anyhow::Result<Option<Identity>> {
        let path = self.identity_file();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        serde_json::from_str(&text).with_context(|| format!("{} is damaged: pair again", path.display())).map(Some)
    }

    /// Keeps whom the agent is paired with.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_identity(&self, identity: &Identity) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(identity).context("the identity is no JSON")?;
        self.write_private(&self.identity_file(), &text)
    }

    /// The device's secret key.
    ///
    /// # Errors
    /// When the file is missing, damaged, or readable by others than its owner.
    pub fn device_key(&self) -> anyhow::Result<DeviceKey> {
        let path = self.key();
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if fs::metadata(&path)?.permissions().mode() & 0o077 != 0 {
            bail!("{} is readable by others than its owner: chmod 600 it", path.display());
        }
        let mut secret = [0; 32];
        hex::decode_to_slice(text.trim(), &mut secret)
            .ok()
            .with_context(|| format!("{} is damaged: pair again", path.display()))?;
        Ok(DeviceKey::new(&secret))
    }

    /// Keeps the device's secret key, mode 0600.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_device_key(&self, secret: &[u8; 32]) -> anyhow::Result<()> {
        self.write_private(&self.key(), &hex::encode(secret))
    }

    /// Writes a file beside the old one and renames it into place: a power cut leaves one of the two.
    fn write_private(&self, path: &Path, text: &str) -> anyhow::Result<()> {
        let write = || {
            let new = path.with_extension("new");
            let _ = fs::remove_file(&new);
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
            file.write_all(text.as_bytes())?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            fs::rename(&new, path)?;
            fs::File::open(&self.0)?.sync_all()
        };
        write().with_context(|| format!("cannot write {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_private_and_an_open_one_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::new(folder.path().join("agent"));
        home.make().expect("made");
        assert!(home.device_key().is_err());
        home.set_device_key(&[3; 32]).expect("written");
        home.set_device_key(&[4; 32]).expect("written again");
        let key = home.device_key().expect("readable");
        assert_eq!(key.public_key(), DeviceKey::new(&[4; 32]).public_key());
        let mode = fs::metadata(home.key()).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);

        fs::set_permissions(home.key(), fs::Permissions::from_mode(0o640)).expect("changed");
        let refused = home.device_key().expect_err("open to the group").to_string();
        assert!(refused.contains("chmod 600"), "{refused}");
    }

    #[test]
    fn a_damaged_identity_says_what_to_do() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::new(folder.path());
        assert_eq!(home.identity().expect("absent"), None);
        fs::write(home.identity_file(), "{").expect("written");
        assert!(home.identity().expect_err("damaged").to_string().contains("pair again"));
    }
}
