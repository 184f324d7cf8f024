//! The agent: one gate's data, decisions and memory, apart from readers and threads.
//!
//! All methods take `&self`: scans are decided in one thread while another syncs. A scan waits for no
//! network call, and for no more of a sync than one commit.

mod desk;
mod overrule;
mod state;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use anyhow::Context as _;
use card::{CardId, JournalBroken, Moment, Reason, Verdict};
use gate_protocol::{Direction, PairRequest, PairingCode, ScanEvent, TextHash, VerdictWord};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use self::desk::{Desk, Judged};
pub use self::overrule::{HandAdmission, OverruleError};
pub use self::state::{GateState, Language};
use crate::beliefs::Beliefs;
use crate::clock::{Clock, SystemClock};
use crate::config::{Config, NetworkConfig};
use crate::home::{Home, Identity};
use crate::random::{ChaChaRandom, Random};
use crate::store::{CardStore, Cursor, Journal};
use crate::sync::SyncError;
use crate::sync::client::{self, Client};
use crate::sync::listen;
use crate::sync::pull::{self, Puller};
use crate::sync::push::{Pushed, Pusher};
use crate::sync::snapshot_part::SnapshotPart;
use crate::trusted_time::{TrustedNow, TrustedTime, WARN_MS};

/// Scans that the server has are kept this long, in milliseconds.
const JOURNAL_KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// What the agent takes from outside: time and randomness.
#[derive(Clone)]
pub struct Outside {
    /// The machine's clocks.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
}

/// One gate.
pub struct Agent {
    home: Home,
    outside: Outside,
    network: NetworkConfig,
    client: Arc<Client>,
    at_pairing: Beliefs,
    beliefs: RwLock<Arc<Beliefs>>,
    time: Mutex<TrustedTime>,
    progress: Mutex<Option<Cursor>>,
    /// Tells whether keys, scopes, settings or foreign codes changed at the server since.
    documents_tag: Mutex<String>,
    online: AtomicBool,
    revoked: AtomicBool,
    /// Readers that are set up and not there.
    missing: Mutex<BTreeSet<String>>,
    desk: Mutex<Desk>,
    puller: Mutex<Puller>,
    pusher: Mutex<Pusher>,
}

/// The answer to one scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The id of the scan in the journal; a second reading of the same scan has none of its own.
    pub scan: Option<Uuid>,
    /// What to do.
    pub verdict: Verdict,
    /// The card, if the code could be read as one that is known or well signed.
    pub card_id: Option<CardId>,
    /// How long ago the local data was in step with the server, in seconds; `None` before the first sync.
    pub data_age_secs: Option<i64>,
}

/// What a sync brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synced {
    /// The number of the last change that is known now.
    pub sequence: i64,
    /// How many changes were taken over.
    pub changes: usize,
}

/// Where the agent stands, for people who look.
#[derive(Clone, Debug)]
pub struct Status {
    /// How far the data has come.
    pub cursor: Option<Cursor>,
    /// How many cards are known.
    pub cards: i64,
    /// Scans that the server has not answered for.
    pub unsent: i64,
    /// The time to decide by.
    pub time: TrustedNow,
}

impl Outside {
    /// The machine's clocks and randomness.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn of_system() -> anyhow::Result<Self> {
        let random: Arc<dyn Random> = Arc::new(ChaChaRandom::from_system().context("the system has no randomness")?);
        let boot_id = hex::encode(random.bytes::<16>());
        Ok(Self { clock: Arc::new(SystemClock::new(&boot_id)), random })
    }
}

impl Agent {
    /// Pairs this folder with a server: makes a new key, shows its public half and the code, keeps the
    /// answer, and fetches keys, scopes and cards.
    ///
    /// What the folder knew of another server is forgotten; scans that were not sent are kept.
    ///
    /// # Errors
    /// When the code or address is no such thing, the server refuses, or the folder cannot be written.
    pub fn pair(home: &Home, server: &str, code: &str, outside: Outside) -> anyhow::Result<Self> {
        let config = Config::read(&home.config())?;
        let server = client::parse_server(server)?;
        let pairing_code = PairingCode::parse(code).context("a pairing code has eight digits")?;
        home.make()?;
        let secret: [u8; 32] = outside.random.bytes();
        let public_key = gate_protocol::request::DeviceKey::new(&secret).public_key();
        let agent_version = env!("CARGO_PKG_VERSION").to_owned();
        let answer = client::pair(&server, &PairRequest { pairing_code, public_key, agent_version }, &config.network)?;
        CardStore::open(&home.cards())?.forget()?;
        home.set_device_key(&secret)?;
        home.set_identity(&Identity {
            server,
            device_id: answer.device_id,
            root_key: answer.root_key,
            gate: answer.gate,
            revoked: false,
        })?;
        let agent = Self::open(home, &config, outside)?;
        agent.sync().context("paired, but the first sync failed; `run` will try again")?;
        Ok(agent)
    }

    /// Opens the folder of a paired agent. Needs no network.
    ///
    /// # Errors
    /// When it is not paired, or its files cannot be used.
    pub fn open(home: &Home, config: &Config, outside: Outside) -> anyhow::Result<Self> {
        let identity = home
            .identity()?
            .with_context(|| format!("{} is not paired: run `scanner-agent pair URL CODE`", home.path().display()))?;
        let client = Client::new(&identity, home.device_key()?, &config.network, outside.random.clone())?;
        let client = Arc::new(client);
        let desk = Desk::new(CardStore::open(&home.cards())?, Journal::open(&home.journal())?);
        let clock = &*outside.clock;
        let time = TrustedTime::at_start(clock, desk.cards.anchor()?.as_ref(), desk.journal.last_trusted_ms()?);
        warn_of_wrong_clock(&time.now(clock));
        desk.journal.prune(time.now(clock).ms - JOURNAL_KEPT_MS)?;

        let at_pairing = Beliefs::of_pairing(identity.gate);
        let beliefs = pull::beliefs(&desk.cards, &client, at_pairing.clone())?;
        let progress = desk.cards.cursor()?;
        Ok(Self {
            puller: Mutex::new(Puller::new(
                CardStore::open(&home.cards())?,
                client.clone(),
                SnapshotPart::new(home.snapshot_part()),
            )),
            pusher: Mutex::new(Pusher::new(Journal::open(&home.journal())?, client.clone())),
            home: home.clone(),
            network: config.network.clone(),
            client,
            at_pairing,
            beliefs: RwLock::new(Arc::new(beliefs)),
            time: Mutex::new(time),
            progress: Mutex::new(progress),
            documents_tag: Mutex::default(),
            online: AtomicBool::new(false),
            revoked: AtomicBool::new(identity.revoked),
            missing: Mutex::default(),
            desk: Mutex::new(desk),
            outside,
        })
    }

    /// Decides one scan and writes it to the journal before answering.
    ///
    /// A second reading within [`card::SAME_SCAN_MS`] is the same scan: it is answered, not written again.
    /// When the journal cannot be written, the scan is kept in memory, and the decision stands unless the house wants its gates
    /// shut then.
    pub fn decide(&self, text: &str, reader: &str, direction: Direction) -> Decision {
        let now = self.now();
        let beliefs = self.beliefs();
        let progress = lock(&self.progress).clone();
        let moment = moment(&now, &beliefs, progress.as_ref());
        let mut desk = lock(&self.desk);
        let Judged { code, mut verdict, card_id, issue } = desk.judge(text, &beliefs, direction, &moment);
        let is_repeated = verdict.permit().is_some_and(card::Permit::same_scan);
        let scan = (!is_repeated).then(|| self.new_id(now.ms));
        if let Some(id) = scan {
            let event = ScanEvent {
                id,
                reader: reader.to_owned(),
                direction,
                boot_id: self.outside.clock.boot_id().to_owned(),
                monotonic_ms: self.outside.clock.monotonic_ms(),
                wall_ms: self.outside.clock.wall_ms().max(0),
                trusted_ms: now.ms,
                card_id,
                issue,
                text_sha256: card_id.is_none().then(|| TextHash(Sha256::digest(code).into())),
                verdict: VerdictWord::from(&verdict),
                reason: verdict.reason(),
                snapshot_seq: progress.as_ref().map_or(0, |cursor| cursor.seq),
                offline: !self.online.load(Ordering::Relaxed),
                admitted_count: verdict.permit().map_or(0, card::Permit::admitted_count),
                by_hand: None,
            };
            let is_kept = desk.write((event, moment.today));
            let stays_shut = beliefs.settings.policy.journal_broken == JournalBroken::StayShut;
            if !is_kept && stays_shut && verdict.permit().is_some() {
                desk.refuse_last();
                verdict = Verdict::Refuse(Reason::JournalBroken);
            }
        }
        Decision { scan, verdict, card_id, data_age_secs: data_age_secs(&now, progress.as_ref()) }
    }

    /// What the gate would say of a text now. It writes nothing and opens nothing: for setting a gate up.
    pub fn check(&self, text: &str) -> Decision {
        let now = self.now();
        let beliefs = self.beliefs();
        let progress = lock(&self.progress).clone();
        let moment = moment(&now, &beliefs, progress.as_ref());
        let Judged { verdict, card_id, .. } = lock(&self.desk).judge(text, &beliefs, Direction::In, &moment);
        Decision { scan: None, verdict, card_id, data_age_secs: data_age_secs(&now, progress.as_ref()) }
    }

    /// Takes over what is new at the server.
    ///
    /// # Errors
    /// [`SyncError`]; decisions go on with the data at hand. After [`SyncError::Revoked`] there is none:
    /// a revoked gate forgets its cards.
    pub fn sync(&self) -> Result<Synced, SyncError> {
        let result = self.pull();
        self.online.store(result.is_ok(), Ordering::Relaxed);
        if matches!(result, Err(SyncError::Revoked)) {
            self.forget()?;
        }
        result
    }

    /// Sends all scans that the server has not answered for.
    ///
    /// # Errors
    /// [`SyncError`]; what was not answered for stays in the journal.
    pub fn upload(&self) -> Result<Pushed, SyncError> {
        lock(&self.desk).write_unwritten();
        lock(&self.pusher).push(&*self.outside.clock, &|| self.now().ms)
    }

    /// Waits until the server has something new, or for the time that the configuration allows.
    ///
    /// # Errors
    /// [`SyncError`].
    pub fn wait_for_news(&self) -> Result<(), SyncError> {
        let cursor = lock(&self.progress).clone();
        let tag = lock(&self.documents_tag).clone();
        listen::wait(&self.client, cursor.as_ref(), &tag, self.now().ms)
    }

    /// Where the agent stands.
    ///
    /// # Errors
    /// When the databases cannot be read.
    pub fn status(&self) -> anyhow::Result<Status> {
        let desk = lock(&self.desk);
        Ok(Status {
            cursor: desk.cards.cursor()?,
            cards: desk.cards.count()?,
            unsent: desk.journal.unsent_count()?,
            time: self.now(),
        })
    }

    /// How patient the agent is with the network.
    pub fn network(&self) -> &NetworkConfig {
        &self.network
    }

    /// Randomness, for the spread of waiting times.
    pub fn random(&self) -> &dyn Random {
        &*self.outside.random
    }

    fn pull(&self) -> Result<Synced, SyncError> {
        let mut puller = lock(&self.puller);
        let mut anchor = None;
        let pulled = puller.pull(&|| self.now().ms, &mut |server_ms| {
            anchor = Some(lock(&self.time).hear(&*self.outside.clock, server_ms));
        })?;
        let news = pulled.rows > 0 || pulled.documents;
        if pulled.documents {
            let beliefs = pull::beliefs(&puller.cards, &self.client, self.at_pairing.clone())?;
            *self.beliefs.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(beliefs);
        }
        *lock(&self.documents_tag) = pulled.documents_tag;
        let before = lock(&self.progress).replace(pulled.cursor.clone());
        if let Some(anchor) = anchor.filter(|_| news || before.is_none()) {
            puller.cards.set_anchor(&anchor)?;
        }
        Ok(Synced { sequence: pulled.cursor.seq, changes: pulled.rows })
    }

    /// Forgets all cards, keys and scopes: every code is refused from now on.
    fn forget(&self) -> Result<(), SyncError> {
        lock(&self.puller).cards.forget()?;
        *self.beliefs.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(self.at_pairing.clone());
        *lock(&self.progress) = None;
        self.revoked.store(true, Ordering::Relaxed);
        if let Some(identity) = self.home.identity()?.filter(|identity| !identity.revoked) {
            self.home.set_identity(&Identity { revoked: true, ..identity })?;
        }
        Ok(())
    }

    fn beliefs(&self) -> Arc<Beliefs> {
        self.beliefs.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn now(&self) -> TrustedNow {
        lock(&self.time).now(&*self.outside.clock)
    }

    fn new_id(&self, now_ms: i64) -> Uuid {
        let ms = u64::try_from(now_ms).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(ms, &self.outside.random.bytes()).into_uuid()
    }
}

impl Decision {
    /// The reason as `decide` or the code gave it.
    pub fn reason(&self) -> Option<Reason> {
        self.verdict.reason()
    }
}

fn moment(now: &TrustedNow, beliefs: &Beliefs, progress: Option<&Cursor>) -> Moment {
    Moment {
        now_ms: now.ms,
        today: beliefs.day(now.ms),
        clock: now.state,
        data_day: progress.map(|cursor| beliefs.day(cursor.synced_ms)),
        data_age_secs: data_age_secs(now, progress),
    }
}

fn data_age_secs(now: &TrustedNow, progress: Option<&Cursor>) -> Option<i64> {
    progress.map(|cursor| now.ms.saturating_sub(cursor.synced_ms).max(0) / 1_000)
}

fn warn_of_wrong_clock(now: &TrustedNow) {
    if now.wall_ahead_ms.saturating_abs() > WARN_MS || now.state == card::ClockState::Unsure {
        tracing::warn!(
            wall_ahead_secs = now.wall_ahead_ms / 1_000,
            "the machine's clock is wrong: set it, or let it follow the network's time"
        );
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
