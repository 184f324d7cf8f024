//! Keeping in step with the server: whatever happens here, scans are decided on the data at hand.

pub(crate) mod backoff;
pub(crate) mod client;
pub(crate) mod listen;
pub(crate) mod pull;
pub(crate) mod push;
pub(crate) mod snapshot_part;

/// Why a call to the server brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The server was not reached, or the connection broke.
    #[error("the server was not reached: {0}")]
    Unreachable(String),
    /// The server answered with a refusal.
    #[error("the server refused with status {status} ({reason})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The stable reason, or what stood in its place.
        reason: String,
    },
    /// The server said, under its seal, that this device is no longer one of its own.
    #[error("the server has revoked this device: pair it again")]
    Revoked,
    /// The answer is not what the server's key sealed, or does not belong to the request.
    #[error("the answer is not to be believed: {0}")]
    Distrusted(String),
    /// The local files failed.
    #[error("the local data cannot be used: {0:#}")]
    Local(#[from] anyhow::Error),
}

impl From<rusqlite::Error> for SyncError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Local(error.into())
    }
}

impl From<gate_protocol::OpenError> for SyncError {
    fn from(error: gate_protocol::OpenError) -> Self {
        Self::Distrusted(error.to_string())
    }
}

impl From<gate_protocol::snapshot::SnapshotError> for SyncError {
    fn from(error: gate_protocol::snapshot::SnapshotError) -> Self {
        match error {
            gate_protocol::snapshot::SnapshotError::Io(error) => Self::Unreachable(error.to_string()),
            error => Self::Distrusted(error.to_string()),
        }
    }
}
