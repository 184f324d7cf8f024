//! The section `[server]`.

use serde::Deserialize;

/// The server process.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// The address under which visitors reach the server, for links in mails and answers. Empty: links are paths.
    pub base_url: String,
    /// Read connections of an SQLite database.
    pub sqlite_readers: u32,
    /// Connections of a PostgreSQL database.
    pub postgres_connections: u32,
}

impl Default for Server {
    fn default() -> Self {
        Self { base_url: String::new(), sqlite_readers: 4, postgres_connections: 16 }
    }
}
