//! The section `[sales]`.

use serde::Deserialize;

/// Selling.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sales {
    /// How long an order waits for its online payment, in minutes. Until then its tickets and codes are held for it.
    pub hold_minutes: u16,
}

impl Default for Sales {
    fn default() -> Self {
        Self { hold_minutes: 15 }
    }
}
