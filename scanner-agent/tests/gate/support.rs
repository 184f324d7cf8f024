//! The folder of a gate, and clocks that a test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use card::{
    CardCode, CardDay, CardId, CardSigner, EntryRight, Flags, IssuerKey, KeyList, PinHash, PinTag, Place, Policy,
    RightStatus, RootSigner, Scope, ScopeId, StaffPin, Strictness,
};
use gate_protocol::{Direction, Document, EntryRow, GateScopes, GateSettings, ScopeEntry, seal};
use scanner_agent::clock::Clock;
use scanner_agent::store::{CardStore, Cursor, Stored};
use scanner_agent::{Agent, ChaChaRandom, Config, Home, Identity, Outside};
use tempfile::TempDir;

/// 2026-11-21, 12:00 in Berlin.
pub(crate) const NOON_MS: i64 = 1_795_258_800_000;
pub(crate) const TODAY: u16 = 2_516;
pub(crate) const YEAR_MS: i64 = 365 * 24 * 60 * 60 * 1_000;

/// Clocks that a test moves.
pub(crate) struct TestClock {
    pub(crate) wall_ms: AtomicI64,
    pub(crate) monotonic_ms: AtomicI64,
    boot_id: &'static str,
}

impl TestClock {
    pub(crate) fn new(boot_id: &'static str, wall_ms: i64) -> Arc<Self> {
        Arc::new(Self { wall_ms: AtomicI64::new(wall_ms), monotonic_ms: AtomicI64::new(5_000), boot_id })
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.wall_ms.fetch_add(ms, Ordering::SeqCst);
        self.monotonic_ms.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn wall_ms(&self) -> i64 {
        self.wall_ms.load(Ordering::SeqCst)
    }

    fn monotonic_ms(&self) -> i64 {
        self.monotonic_ms.load(Ordering::SeqCst)
    }

    fn boot_id(&self) -> &str {
        self.boot_id
    }
}

/// The folder of a gate that was in step with its server at noon.
pub(crate) struct Folder(pub(crate) TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        let home = folder.home();
        home.set_device_key(&[1; 32]).expect("written");
        let identity = Identity {
            server: "http://127.0.0.1:1".into(),
            device_id: "gate".into(),
            root_key: root().public().to_bytes(),
            gate: settings(),
            revoked: false,
        };
        home.set_identity(&identity).expect("written");
        let opens = Scope { houses: vec!["museum".into()], exhibitions: Vec::new() };
        folder.keep(&KeyList { serial: 1, keys: vec![IssuerKey::new(1, signer().public_key())] });
        folder.keep(&GateScopes { gate: settings(), scopes: vec![ScopeEntry { scope: ScopeId::new(1), opens }] });
        folder.know(&[]);
        folder
    }

    pub(crate) fn home(&self) -> Home {
        Home::new(self.0.path())
    }

    pub(crate) fn cards(&self) -> CardStore {
        CardStore::open(&self.home().cards()).expect("open")
    }

    pub(crate) fn keep<D: Document>(&self, document: &D) {
        let (body, seal) = seal(document, &root()).expect("JSON");
        self.cards().set_document(D::KIND, &Stored { tag: "t".into(), body, seal }).expect("written");
    }

    pub(crate) fn know(&self, rights: &[EntryRight]) {
        let rows: Vec<_> = rights.iter().map(|right| EntryRow { seq: 1, short_hash: None, right: *right }).collect();
        let cursor = Cursor { epoch: "e".into(), seq: 1, synced_ms: NOON_MS };
        self.cards().apply(&rows, &cursor).expect("written");
    }

    /// The server set other rules for the gate.
    pub(crate) fn rule(&self, policy: Policy) {
        let opens = Scope { houses: vec!["museum".into()], exhibitions: Vec::new() };
        let gate = GateSettings { policy, ..settings() };
        self.keep(&GateScopes { gate, scopes: vec![ScopeEntry { scope: ScopeId::new(1), opens }] });
    }

    pub(crate) fn open(&self, clock: &Arc<TestClock>) -> Agent {
        let outside = Outside {
            clock: clock.clone(),
            random: Arc::new(ChaChaRandom::seeded(clock.monotonic_ms().unsigned_abs())),
        };
        Agent::open(&self.home(), &Config::default(), outside).expect("a paired gate")
    }
}

pub(crate) fn root() -> RootSigner {
    RootSigner::new(&[9; 32])
}

pub(crate) fn signer() -> CardSigner {
    CardSigner::new(1, &[2; 32])
}

pub(crate) fn settings() -> GateSettings {
    GateSettings {
        name: "Gate".into(),
        place: Place { house: "museum".into(), exhibition: None },
        direction: Direction::In,
        time_zone: "Europe/Berlin".into(),
        policy: Policy::default(),
        staff: staff(),
    }
}

pub(crate) fn right(card_id: u64) -> EntryRight {
    EntryRight {
        card_id: CardId::new(card_id),
        scope: ScopeId::new(1),
        not_before: CardDay::new(TODAY),
        not_after: CardDay::new(TODAY + 100),
        issue: 1,
        flags: Flags::NONE,
        status: RightStatus::Active,
        reentry_secs: 600,
        reentry_policy: Strictness::Attention,
        period_months: None,
        first_entry: None,
    }
}

pub(crate) fn code(card_id: u64, until: u16) -> String {
    signer().sign(&CardCode {
        card_id: CardId::new(card_id),
        scope: ScopeId::new(1),
        not_before: CardDay::FIRST,
        not_after: CardDay::new(until),
        issue: 1,
        flags: Flags::NONE,
    })
}

/// The verdict and, if there is one, its reason.
pub(crate) fn scan(agent: &Agent, code: &str) -> String {
    let decision = agent.decide(code, "desk", Direction::In);
    match decision.reason() {
        Some(reason) => format!("{} {reason}", decision.verdict.as_str()),
        None => decision.verdict.as_str().into(),
    }
}

pub(crate) fn unsent(agent: &Agent) -> i64 {
    agent.status().expect("readable").unsent
}

/// The PIN of the one person who may admit by hand here.
pub(crate) const PIN: &str = "290417";

/// Who may admit by hand here.
pub(crate) fn staff() -> Vec<StaffPin> {
    let pin = PinHash::of_pin(PIN, [3; 16]).expect("a PIN");
    vec![StaffPin { tag: PinTag::from_bytes([5; 8]), pin }]
}
