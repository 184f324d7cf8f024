//! What an installation may set, in `passepartout.toml`. Unknown keys are errors. Every setting has a default.

mod mail;
mod museum;
mod pages;
mod sales;
mod server;

pub use mail::{Mail, Security, Smtp};
pub use museum::Museum;
pub use pages::{OwnPage, Pages};
pub use sales::Sales;
pub use server::Server;

use anyhow::Context;
use serde::Deserialize;
use std::path::Path;

/// The whole configuration.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The museum or group of museums.
    pub museum: Museum,
    /// Mails.
    pub mail: Mail,
    /// Terms, privacy, imprint.
    pub pages: Pages,
    /// Selling.
    pub sales: Sales,
    /// The server process.
    pub server: Server,
}

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    /// When the file cannot be read or says something that is not known; the message names the line.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut config: Self = toml::from_str(&text).with_context(|| format!("{} is not right", path.display()))?;
        config.museum.check().map_err(|message| anyhow::anyhow!("{}: {message}", path.display()))?;
        config.pages.load()?;
        Ok(config)
    }
}
