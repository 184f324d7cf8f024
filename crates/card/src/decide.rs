//! The admission decision: one pure function for gates and for the manual check.
//!
//! A card that the local data knows is judged by its row alone; a well-signed one that the data
//! lacks by the dates in its code, if the house's policy admits such cards. All findings are made in
//! the order of [`Reason`]; the first refusal wins, else the first finding that asks for attention.

use serde::{Deserialize, Serialize};

use crate::{CardDay, CardId, EntryRight, Place, Reading, Reason, RightStatus, Scopes, scope::Opening};

/// Within this many milliseconds after an admission, another reading of the card is the same scan.
pub const SAME_SCAN_MS: i64 = 3_000;

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

/// The permission to open a gate once. Only [`decide`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    card_id: CardId,
    companions: u8,
    valid_until: CardDay,
    known: bool,
    test: bool,
    same_scan: bool,
}

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

/// The house's rules for its gates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// A well-signed card that the local data lacks.
    pub unknown_signed: UnknownSigned,
    /// A card that is not in its holder's hand yet.
    pub not_yet_collected: Strictness,
    /// A gate whose clock cannot be trusted. Single entries are refused then in any case.
    pub clock_unsure: Strictness,
    /// The re-entry window of cards whose row is not known, in seconds.
    pub reentry_secs: u32,
    /// What a re-entry of such cards means.
    pub reentry_policy: Strictness,
}

/// What a well-signed card that the local data lacks may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownSigned {
    /// Its signed dates count.
    Admit,
    /// It is refused as `unknown_card`.
    Refuse,
}

/// Whether a finding asks for attention or refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strictness {
    /// Admit, and tell staff.
    Attention,
    /// Refuse.
    Refuse,
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
        test: claim.right.flags.test(),
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
            (Reading::Short(_), Some(right)) => {
                return Ok(Self { right: *right, issue: None, known: true });
            }
            (Reading::Short(_), None) => return Err(Reason::UnknownCard),
            (Reading::Signed(signed), _) => signed,
        };
        let code = signed.code();
        if let Some(right) = right.filter(|right| right.card_id == code.card_id) {
            return Ok(Self { right: *right, issue: Some(code.issue), known: true });
        }
        let vouched = signed.trust.vouches_for_unknown(moment.today, moment.data_day);
        if !vouched || policy.unknown_signed == UnknownSigned::Refuse {
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
    /// repeated reading or a test card.
    pub const fn admitted_count(&self) -> u8 {
        if self.test || self.same_scan { 0 } else { 1 + self.companions }
    }

    /// The last day on which the card opens.
    pub const fn valid_until(&self) -> CardDay {
        self.valid_until
    }

    /// Whether the local data knows the card; else its signed dates counted.
    pub const fn known(&self) -> bool {
        self.known
    }

    /// Whether it is a card for trying gates.
    pub const fn test(&self) -> bool {
        self.test
    }

    /// Whether this is another reading of a scan that was admitted within [`SAME_SCAN_MS`].
    pub const fn same_scan(&self) -> bool {
        self.same_scan
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            unknown_signed: UnknownSigned::Admit,
            not_yet_collected: Strictness::Attention,
            clock_unsure: Strictness::Attention,
            reentry_secs: 600,
            reentry_policy: Strictness::Attention,
        }
    }
}

impl Strictness {
    /// The word in messages and stores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::Refuse => "refuse",
        }
    }
}

impl std::str::FromStr for Strictness {
    type Err = crate::ParseWordError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Attention, Self::Refuse]
            .into_iter()
            .find(|strictness| strictness.as_str() == text)
            .ok_or_else(|| crate::ParseWordError { what: "strictness", text: text.to_owned() })
    }
}
