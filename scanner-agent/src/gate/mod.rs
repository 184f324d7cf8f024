//! Gate drivers: what a permit opens.

use card::{Permit, Reason};

/// A gate that can be opened. Only a permit opens it.
pub trait GateDriver: Send {
    /// Lets in whom the permit names.
    fn open(&mut self, permit: &Permit);

    /// Stays shut, and shows so.
    fn deny(&mut self, reason: Reason);
}

/// A gate without a motor: it writes what it would do to the log, and a person opens the door.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogGate;

impl GateDriver for LogGate {
    fn open(&mut self, permit: &Permit) {
        tracing::info!(
            card_id = %permit.card_id(), companions = permit.companions(), same_scan = permit.same_scan(), "open"
        );
    }

    fn deny(&mut self, reason: Reason) {
        tracing::info!(%reason, "stay shut");
    }
}
