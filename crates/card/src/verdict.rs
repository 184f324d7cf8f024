//! The answer to one scan, and the permission to open that some answers carry.

use crate::{CardDay, CardId, Reason};

/// The answer to one scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Open.
    Admit(Permit),
    /// Open, and staff look at why.
    Attention(Permit, Reason),
    /// Stay shut.
    Refuse(Reason),
}

/// The permission to open a gate once. Only [`crate::decide`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    pub(crate) card_id: CardId,
    pub(crate) companions: u8,
    pub(crate) valid_until: CardDay,
    pub(crate) known: bool,
    pub(crate) same_scan: bool,
}

impl Verdict {
    /// `admit`, `attention` or `refuse`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Admit(_) => "admit",
            Self::Attention(..) => "attention",
            Self::Refuse(_) => "refuse",
        }
    }

    /// Why it is not a plain admission.
    pub const fn reason(&self) -> Option<Reason> {
        match self {
            Self::Admit(_) => None,
            Self::Attention(_, reason) | Self::Refuse(reason) => Some(*reason),
        }
    }

    /// The permit, if the gate may open.
    pub const fn permit(&self) -> Option<&Permit> {
        match self {
            Self::Admit(permit) | Self::Attention(permit, _) => Some(permit),
            Self::Refuse(_) => None,
        }
    }
}

impl Permit {
    /// The card that was admitted.
    pub const fn card_id(&self) -> CardId {
        self.card_id
    }

    /// How many may enter with the holder: 0..=7.
    pub const fn companions(&self) -> u8 {
        self.companions
    }

    /// How many persons this permit adds to the count: the holder and the companions; none for a
    /// repeated reading.
    pub const fn admitted_count(&self) -> u8 {
        if self.same_scan { 0 } else { 1 + self.companions }
    }

    /// The last day on which the card opens.
    pub const fn valid_until(&self) -> CardDay {
        self.valid_until
    }

    /// Whether the local data knows the card; else its signed dates counted.
    pub const fn known(&self) -> bool {
        self.known
    }

    /// Whether this is another reading of a scan that was admitted within [`SAME_SCAN_MS`].
    pub const fn same_scan(&self) -> bool {
        self.same_scan
    }
}
