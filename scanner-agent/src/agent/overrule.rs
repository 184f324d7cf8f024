//! Admitting by hand at the gate itself: a person with a PIN lets in whom the gate refused, and says why. It needs no network.

use card::{HandPermit, Reason};
use gate_protocol::{ByHand, REASON_CHARS_MAX, ScanEvent, VerdictWord};
use uuid::Uuid;

use super::{Agent, lock};

/// Only a scan of the last minutes can be overruled, in milliseconds: the person stands before the gate.
const FRESH_MS: i64 = 10 * 60_000;
/// So many wrong PINs ..
const TRIES_MAX: u32 = 5;
/// .. in so much time lock the gate for PINs, in milliseconds.
const TRIES_WINDOW_MS: i64 = 15 * 60_000;

/// Somebody was admitted by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandAdmission {
    /// What opens the gate.
    pub permit: HandPermit,
    /// The id of the admission in the journal.
    pub scan: Uuid,
    /// What the gate had said against it.
    pub against: Option<Reason>,
}

/// Why nobody was admitted by hand.
#[derive(Debug, thiserror::Error)]
pub enum OverruleError {
    /// The PIN is nobody's here.
    #[error("this PIN is not known here")]
    WrongPin,
    /// Too many wrong PINs.
    #[error("too many wrong PINs: wait a quarter of an hour")]
    Locked,
    /// Nobody said why.
    #[error("say why, in 1 to {REASON_CHARS_MAX} characters")]
    NoReason,
    /// No scan was refused here within the last ten minutes, or not this one.
    #[error("no scan was refused here within the last ten minutes")]
    NothingRefused,
    /// The journal cannot be used.
    #[error("the journal cannot be used: {0}")]
    Journal(#[from] rusqlite::Error),
}

impl Agent {
    /// Admits whom the gate refused: with this scan, or the last one. The admission is written to the journal with who and why; should
    /// the journal be broken, it is kept in memory, and the person's word counts.
    ///
    /// # Errors
    /// [`OverruleError`]; a wrong PIN is counted, and after five the gate takes none for a quarter of an hour.
    pub fn overrule(&self, scan: Option<Uuid>, pin: &str, reason: &str) -> Result<HandAdmission, OverruleError> {
        let reason = said(reason).ok_or(OverruleError::NoReason)?;
        let now = self.now();
        let refused = lock(&self.desk).journal.refused(scan, now.ms - FRESH_MS)?;
        let (refused, _) = refused.ok_or(OverruleError::NothingRefused)?;
        if !lock(&self.desk).journal.try_pin(now.ms, now.ms - TRIES_WINDOW_MS, TRIES_MAX)? {
            return Err(OverruleError::Locked);
        }
        let beliefs = self.beliefs();
        // Slow, so not while scans wait for the desk.
        let permit = HandPermit::by_pin(pin, &beliefs.settings.staff).ok_or(OverruleError::WrongPin)?;
        let id = self.new_id(now.ms);
        let event = ScanEvent {
            id,
            boot_id: self.outside.clock.boot_id().to_owned(),
            monotonic_ms: self.outside.clock.monotonic_ms(),
            wall_ms: self.outside.clock.wall_ms().max(0),
            trusted_ms: now.ms,
            verdict: VerdictWord::Attention,
            admitted_count: 1,
            by_hand: Some(ByHand { by: permit.by(), of: refused.id, reason }),
            ..refused
        };
        let against = event.reason;
        let mut desk = lock(&self.desk);
        desk.write((event, beliefs.day(now.ms)));
        desk.journal.forget_pin_tries()?;
        Ok(HandAdmission { permit, scan: id, against })
    }
}

fn said(reason: &str) -> Option<String> {
    let reason = reason.trim();
    let fits = (1..=REASON_CHARS_MAX).contains(&reason.chars().count()) && !reason.contains(char::is_control);
    fits.then(|| reason.to_owned())
}
