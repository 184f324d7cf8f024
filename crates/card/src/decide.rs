//! The admission decision: one pure function for gates and for the manual check.
//!
//! A card that the local data knows is judged by its row alone; a well-signed one that the data
//! lacks by the dates in its code, if the house's policy admits such cards. All findings are made in
//! the order of [`Reason`]; the first refusal wins, else the first finding that asks for attention.

use crate::{
    CardDay, EntryRight, Permit, Place, Policy, Reading, Reason, RightStatus, Scopes, Stale, Strictness, UnknownSigned,
    Verdict, scope::Opening,
};

/// Within this many milliseconds after an admission, another reading of the card is the same scan.
pub const SAME_SCAN_MS: i64 = 3_000;

/// What a gate is and knows, apart from the card.
#[derive(Clone, Copy, Debug)]
pub struct Gate<'a> {
    /// Where it stands.
    pub place: &'a Place,
    /// What the scopes open.
    pub scopes: &'a Scopes,
    /// The house's rules.
    pub policy: &'a Policy,
}

/// When a scan happens, as far as the device can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds of the device's trusted time; the scale of [`LastAdmission::at_ms`].
    pub now_ms: i64,
    /// The calendar day of the house.
    pub today: CardDay,
    /// Whether the time can be trusted.
    pub clock: ClockState,
    /// The house's day on which the local data was last in step with the server.
    pub data_day: Option<CardDay>,
    /// How long ago that was, in seconds; `None` when it never was.
    pub data_age_secs: Option<i64>,
}

/// Whether the device's time can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockState {
    /// In step with the server's time.
    Trusted,
    /// Estimated from the last trusted time.
    Unsure,
}

/// What this device, or another one of the house as far as it heard, remembers of the card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecentUse {
    /// The last admission.
    pub last: Option<LastAdmission>,
    /// The day of the first admission.
    pub first_day: Option<CardDay>,
    /// The highest issue number that was admitted.
    pub highest_issue: Option<u8>,
}

/// An admission that is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastAdmission {
    /// When, in milliseconds of trusted time.
    pub at_ms: i64,
    /// Why it asked for attention, if it did.
    pub reason: Option<Reason>,
}

/// Decides one scan.
///
/// `right` is the row of the card that was read, if the local data has one; `recent` what is
/// remembered of its use. The server's manual check passes an empty memory, so it never answers
/// `re_entry`.
pub fn decide(
    reading: &Reading,
    right: Option<&EntryRight>,
    gate: Gate<'_>,
    recent: &RecentUse,
    moment: &Moment,
) -> Verdict {
    let claim = match Claim::of(reading, right, gate.policy, moment) {
        Ok(claim) => claim,
        Err(reason) => return Verdict::Refuse(reason),
    };
    let same_scan = recent.last.is_some_and(|last| last.is_same_scan(moment));
    let first_entry = earliest(claim.right.first_entry, recent.first_day);

    let mut findings = Findings::default();
    findings.status(&claim, recent);
    findings.place_and_days(&claim.right, gate, first_entry, moment);
    findings.use_before(&claim.right, recent, first_entry, same_scan, moment);
    findings.attention(&claim.right, gate.policy, moment);

    let permit = Permit {
        card_id: claim.right.card_id,
        companions: claim.right.flags.companions(),
        valid_until: claim.right.last_day(first_entry),
        known: claim.known,
        same_scan,
    };
    match (findings.refusal, findings.attention) {
        (Some(reason), _) => Verdict::Refuse(reason),
        (None, Some(reason)) => Verdict::Attention(permit, reason),
        (None, None) => Verdict::Admit(permit),
    }
}

/// What a card claims: its row, or what its code says in the shape of one.
struct Claim {
    right: EntryRight,
    /// The issue number on the plastic; a short code has none.
    issue: Option<u8>,
    known: bool,
}

impl Claim {
    fn of(reading: &Reading, right: Option<&EntryRight>, policy: &Policy, moment: &Moment) -> Result<Self, Reason> {
        let signed = match (reading, right) {
            (Reading::Short(_) | Reading::Foreign(_), Some(right)) => {
                return Ok(Self { right: *right, issue: None, known: true });
            }
            (Reading::Short(_) | Reading::Foreign(_), None) => return Err(Reason::UnknownCard),
            (Reading::Signed(signed), _) => signed,
        };
        let code = signed.code();
        if let Some(right) = right.filter(|right| right.card_id == code.card_id) {
            return Ok(Self { right: *right, issue: Some(code.issue), known: true });
        }
        let vouched = signed.trust.vouches_for_unknown(moment.today, moment.data_day);
        let too_stale = policy.stale == Stale::RefuseUnknown && policy.is_stale(moment.data_age_secs);
        if !vouched || too_stale || policy.unknown_signed == UnknownSigned::Refuse {
            return Err(Reason::UnknownCard);
        }
        let right = EntryRight {
            card_id: code.card_id,
            scope: code.scope,
            not_before: code.not_before,
            not_after: code.not_after,
            issue: code.issue,
            flags: code.flags,
            status: RightStatus::Active,
            reentry_secs: policy.reentry_secs,
            reentry_policy: policy.reentry_policy,
            period_months: None,
            first_entry: None,
        };
        Ok(Self { right, issue: Some(code.issue), known: false })
    }
}

/// The first refusal and the first call for attention, gathered in the order of [`Reason`].
#[derive(Default)]
struct Findings {
    refusal: Option<Reason>,
    attention: Option<Reason>,
}

impl Findings {
    fn refuse(&mut self, reason: Reason) {
        self.refusal.get_or_insert(reason);
    }

    fn note(&mut self, reason: Reason, strictness: Strictness) {
        match strictness {
            Strictness::Refuse => self.refuse(reason),
            Strictness::Attention => {
                self.attention.get_or_insert(reason);
            }
        }
    }

    fn status(&mut self, claim: &Claim, recent: &RecentUse) {
        if claim.right.status == RightStatus::Blocked {
            self.refuse(Reason::Blocked);
        }
        let current = recent.highest_issue.unwrap_or(0).max(claim.right.issue);
        if claim.issue.is_some_and(|issue| issue < current) {
            self.refuse(Reason::Replaced);
        }
        if claim.right.status == RightStatus::Void {
            self.refuse(Reason::Void);
        }
        if claim.right.flags.test() {
            self.refuse(Reason::TestTicket);
        }
    }

    fn place_and_days(&mut self, right: &EntryRight, gate: Gate<'_>, first_entry: Option<CardDay>, moment: &Moment) {
        let (from, until) = match gate.scopes.opening(right.scope, gate.place) {
            Opening::Opens { from, until } => (from, until),
            Opening::OtherHouse => return self.refuse(Reason::WrongHouse),
            Opening::OtherExhibition => return self.refuse(Reason::WrongExhibition),
        };
        if moment.today < right.not_before.max(from) {
            self.refuse(Reason::NotYetValid);
        }
        if moment.today > right.last_day(first_entry).min(until) {
            self.refuse(Reason::Expired);
        }
    }

    fn use_before(
        &mut self,
        right: &EntryRight,
        recent: &RecentUse,
        first_entry: Option<CardDay>,
        same_scan: bool,
        moment: &Moment,
    ) {
        if same_scan {
            // The answer stays what it was a moment ago.
            if recent.last.is_some_and(|last| last.reason == Some(Reason::ReEntry)) {
                self.note(Reason::ReEntry, Strictness::Attention);
            }
            return;
        }
        if right.flags.single_entry() && (first_entry.is_some() || recent.last.is_some()) {
            self.refuse(Reason::AlreadyUsed);
        }
        let window_ms = i64::from(right.reentry_secs) * 1_000;
        if recent.last.is_some_and(|last| moment.now_ms.saturating_sub(last.at_ms) < window_ms) {
            self.note(Reason::ReEntry, right.reentry_policy);
        }
    }

    fn attention(&mut self, right: &EntryRight, policy: &Policy, moment: &Moment) {
        if right.status == RightStatus::NotCollected {
            self.note(Reason::NotYetCollected, policy.not_yet_collected);
        }
        if right.flags.check_proof() {
            self.note(Reason::CheckProof, Strictness::Attention);
        }
        if moment.clock == ClockState::Unsure {
            let dated = right.flags.single_entry();
            let strictness = if dated { Strictness::Refuse } else { policy.clock_unsure };
            self.note(Reason::ClockUnsure, strictness);
        }
        if policy.stale == Stale::Attention && policy.is_stale(moment.data_age_secs) {
            self.note(Reason::StaleData, Strictness::Attention);
        }
    }
}

impl LastAdmission {
    /// A time before the admission is no proof of a repeated reading: the clock was set back.
    fn is_same_scan(&self, moment: &Moment) -> bool {
        (0..=SAME_SCAN_MS).contains(&moment.now_ms.saturating_sub(self.at_ms))
    }
}

fn earliest(a: Option<CardDay>, b: Option<CardDay>) -> Option<CardDay> {
    a.into_iter().chain(b).min()
}
