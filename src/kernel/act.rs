//! Who does something, and when: what every deed needs beside its request.

use super::clock::UtcMs;
use super::ids::{AnnualTicketId, ApiKeyId, CustomerId, DeviceId, Id, InstitutionId, StaffId};
use super::random::RandomSource;
use std::fmt;
use std::sync::Arc;

/// Whoever acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A member of staff.
    Staff(StaffId),
    /// A program with an API key.
    ApiKey(ApiKeyId),
    /// The holder, through the personal link of one annual ticket.
    Holder(AnnualTicketId),
    /// A customer who proved their address.
    Customer(CustomerId),
    /// A partner, through the link to its own way to book.
    Partner(InstitutionId),
    /// A gate.
    Device(DeviceId),
    /// A visitor of the shop, without an account.
    Visitor,
    /// The program itself: background work and first set-up.
    System,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Staff(id) => write!(f, "staff:{id}"),
            Self::ApiKey(id) => write!(f, "api-key:{id}"),
            Self::Holder(id) => write!(f, "holder:{id}"),
            Self::Customer(id) => write!(f, "customer:{id}"),
            Self::Partner(id) => write!(f, "partner:{id}"),
            Self::Device(id) => write!(f, "device:{id}"),
            Self::Visitor => f.write_str("visitor"),
            Self::System => f.write_str("system"),
        }
    }
}

/// One act: who does it, at which moment, with which randomness. Deeds take it by reference and never ask a clock.
#[derive(Clone)]
pub struct Act {
    /// Whoever acts.
    pub actor: Actor,
    /// The moment, the same for everything that the act writes.
    pub now: UtcMs,
    /// Randomness for ids, tokens and codes.
    pub random: Arc<dyn RandomSource>,
}

impl Act {
    /// A fresh id of the wanted kind.
    pub fn new_id<I: Id>(&self) -> I {
        I::new(self.now, &*self.random)
    }
}

impl fmt::Debug for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Act").field("actor", &self.actor).field("now", &self.now).finish_non_exhaustive()
    }
}
