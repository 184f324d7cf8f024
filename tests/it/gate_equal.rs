//! A gate and the manual check say the same of every card, at every place, at every moment.

use crate::gate::add_device;
use crate::support::{TestApp, instant};
use card::{CardCode, CardDay, CardId, CardSigner, Flags, Reason, ScopeId, ShortCode, Verdict};
use db::{Conn, DbError, args};
use passepartout::entry::check::{Station, find_right};
use passepartout::kernel::random::{ChaChaRandom, RandomSource};
use scanner_agent::clock::Clock;
use scanner_agent::{Agent, Home, Outside};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;
use tokio::task::block_in_place;

/// When the gates are paired: the moment at which every test begins.
const BEGINNING: &str = "2026-07-04T09:00:00Z";
const CARDS: usize = 2_400;
/// Cards x places x moments: 100,800 cases.
const MOMENTS: [&str; 14] = [
    "2026-07-04T09:00:01Z",
    "2026-07-04T21:59:59Z",
    "2026-07-04T22:00:00Z",
    "2026-07-31T12:00:00Z",
    "2026-08-01T12:00:00Z",
    "2026-09-30T21:59:59Z",
    "2026-09-30T22:00:00Z",
    "2026-12-31T22:59:59Z",
    "2026-12-31T23:00:00Z",
    "2027-02-28T12:00:00Z",
    "2027-03-28T00:59:59Z",
    "2027-07-03T21:59:59Z",
    "2027-07-03T22:00:00Z",
    "2028-02-29T12:00:00Z",
];
const PLACES: [(&str, Option<&str>); 3] =
    [("stadtmuseum", None), ("schloss", None), ("stadtmuseum", Some("stadtansichten"))];

db::statements! {
    /// A right as it may stand there.
    INSERT_RIGHT = "INSERT INTO entry_rights (code_id, ticket_id, short_hash, scope_id, not_before, not_after, issue, flags, status,
        reentry_secs, reentry_policy, period_months, first_entry) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 600, $10, $11, $12)";
}

on_both_databases! {
    async fn a_gate_and_the_manual_check_agree_on_a_hundred_thousand_cases(app: TestApp) {
        let app = app.furnished().await;
        let scopes = scopes(&app).await;
        let mut dice = Dice(ChaChaRandom::seeded(7));
        let (cards, rows): (Vec<_>, Vec<_>) = (0..CARDS).map(|number| card(&app, &mut dice, &scopes, number)).unzip();
        let inserted = app.app.db.write(async move |tx: &mut Conn| -> Result<(), DbError> {
            for row in rows.iter().flatten() {
                row.insert(tx).await?;
            }
            Ok(())
        });
        inserted.await.expect("rights");

        let mut conn = app.app.db.read().await.expect("a connection");
        let mut cases = 0;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (house, exhibition) in PLACES {
            let clock = Arc::new(SetClock::default());
            let gate = gate(&app, house, exhibition, &clock).await;
            let exhibition = exhibition.map(|key| key.parse().expect("a key"));
            let station = Station::open(&mut conn, &app.app, &house.parse().expect("a key"), exhibition.as_ref()).await;
            let station = station.expect("a place");
            for text in &cards {
                let reading = station.read(text);
                let right = match &reading {
                    Ok(reading) => find_right(&mut conn, reading).await.expect("readable"),
                    Err(_) => None,
                };
                for moment in MOMENTS {
                    let at = instant(moment);
                    clock.0.store(at.0 - instant(BEGINNING).0, Ordering::SeqCst);
                    let by_hand = reading.map_or_else(Verdict::Refuse, |reading| station.verdict(&reading, right.as_ref(), at));
                    let by_gate = gate.agent.check(text).verdict;
                    assert_eq!(by_gate, by_hand, "{text} at {house} {exhibition:?} on {moment}, known as {right:?}");
                    *seen.entry(by_hand.reason().map_or("admit", Reason::as_str).to_owned()).or_default() += 1;
                    cases += 1;
                }
            }
        }
        assert!(cases >= 100_000, "{cases}");
        for reason in ["admit", "malformed", "unsupported_code", "unknown_key", "forged", "unknown_card", "blocked", "replaced", "void", "test_ticket",
            "wrong_house", "wrong_exhibition", "not_yet_valid", "expired", "already_used", "not_yet_collected", "check_proof"]
        {
            assert!(seen.get(reason).is_some_and(|count| *count >= 50), "{reason}: {seen:?}");
        }
    }
}

/// A gate in this process whose clock a test sets.
pub(crate) struct TestGate {
    pub(crate) agent: Agent,
    _folder: TempDir,
}

pub(crate) async fn gate(app: &TestApp, house: &str, exhibition: Option<&str>, clock: &Arc<SetClock>) -> TestGate {
    let device = match exhibition {
        None => add_device(app, house).await,
        Some(exhibition) => {
            let wanted = json!({"name": "Gate", "house": house, "exhibition": exhibition});
            app.admin().post("/api/v1/devices", &wanted).await.expect(201)
        }
    };
    let folder = tempfile::tempdir().expect("a folder");
    let outside = Outside { clock: clock.clone(), random: Arc::new(scanner_agent::ChaChaRandom::seeded(3)) };
    let (url, code) = (app.stranger().base_url().to_owned(), device["pairing_code"].as_str().expect("a code"));
    let home = Home::new(folder.path());
    let agent = block_in_place(|| Agent::pair(&home, &url, code, outside)).expect("paired");
    TestGate { agent, _folder: folder }
}

/// A clock that counts what a test says, from the moment at which the server was heard.
#[derive(Debug, Default)]
pub(crate) struct SetClock(pub(crate) AtomicI64);

impl Clock for SetClock {
    fn wall_ms(&self) -> i64 {
        instant(BEGINNING).0 + self.0.load(Ordering::SeqCst)
    }

    fn monotonic_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    fn boot_id(&self) -> &'static str {
        "test"
    }
}

/// What a case is made of.
struct Dice(ChaChaRandom);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        (&self.0 as &dyn RandomSource).u64() % count
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[usize::try_from(self.below(choices.len() as u64)).expect("small")]
    }

    fn small(&mut self, count: u64) -> u8 {
        u8::try_from(self.below(count)).expect("small")
    }
}

/// A row of the server's.
struct Row {
    id: CardId,
    short: Option<[u8; 10]>,
    scope: u16,
    days: (CardDay, CardDay),
    issue: u8,
    flags: Flags,
    status: &'static str,
    policy: &'static str,
    months: Option<u16>,
    first_entry: Option<CardDay>,
}

impl Row {
    async fn insert(&self, tx: &mut Conn) -> Result<(), DbError> {
        let day = |day: CardDay| day.to_date().to_string();
        let values = args![
            self.id.to_stored(),
            self.id.to_string(),
            self.short.map(|hash| hash.to_vec()),
            i64::from(self.scope),
            day(self.days.0),
            day(self.days.1),
            i64::from(self.issue),
            i64::from(self.flags.bits()),
            self.status,
            self.policy,
            self.months.map(i64::from),
            self.first_entry.map(day)
        ];
        tx.execute_one(&INSERT_RIGHT, values).await
    }
}

/// A code, and what the server knows of its card, if anything.
fn card(app: &TestApp, dice: &mut Dice, scopes: &[u16], number: usize) -> (String, Option<Row>) {
    let around = instant(MOMENTS[0]).0 / 86_400_000 - 18_262;
    let day = |dice: &mut Dice, span: u64| {
        CardDay::new(u16::try_from(around + i64::try_from(dice.below(span)).expect("small") - 20).expect("a day"))
    };
    let id = CardId::new(u64::MAX / 2 - 1_000 + number as u64);
    let (scope, from, until) = (dice.of(scopes), day(dice, 60), day(dice, 700));
    let from_first = dice.one_in(5);
    let mut flags = Flags::from_bits(u8::from(from_first)).expect("flags").with_companions(dice.small(8));
    if dice.one_in(4) {
        flags = flags.with_check_proof();
    }
    if dice.one_in(4) {
        flags = flags.with_single_entry();
    }
    if dice.one_in(10) {
        flags = flags.with_test();
    }
    let issue = 1 + dice.small(3);
    let short = ShortCode::from_random((&dice.0 as &dyn RandomSource).bytes());
    let row = Row {
        id,
        short: dice.one_in(3).then(|| *short.hash().as_bytes()),
        scope: dice.of(scopes),
        days: (from, until),
        issue: 1 + dice.small(3),
        flags,
        status: dice.of(&["active", "active", "active", "active", "not_collected", "blocked", "void"]),
        policy: dice.of(&["attention", "refuse"]),
        months: from_first.then(|| 1 + u16::from(dice.small(12))),
        first_entry: dice.one_in(3).then(|| day(dice, 60)),
    };
    let code = CardCode { card_id: id, scope: ScopeId::new(scope), not_before: from, not_after: until, issue, flags };
    let text = match dice.below(20) {
        0 => CardSigner::new(1, &[0x66; 32]).sign(&code),
        1 => CardSigner::new(9, &[0x66; 32]).sign(&code),
        2 => crate::entry::wrong_digit(&app.app.keys.signer(app.act().now).sign(&code)),
        3 => of_a_later_kind(&app.app.keys.signer(app.act().now).sign(&code)),
        4..=6 => short.text().to_owned(),
        _ => app.app.keys.signer(app.act().now).sign(&code),
    };
    let is_known = !dice.one_in(6);
    (text, is_known.then_some(row))
}

/// The code as one of kind 4, with right check digits.
fn of_a_later_kind(code: &str) -> String {
    let body = format!("4{}", &code[1..code.len() - 2]);
    let rest = body.bytes().chain(*b"00").fold(0_u32, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    format!("{body}{:02}", 98 - rest)
}

async fn scopes(app: &TestApp) -> Vec<u16> {
    let exhibition = json!({"key": "nur-stadtansichten", "name": "Nur Stadtansichten", "houses": [], "exhibitions": ["stadtansichten"]});
    app.admin().post("/api/v1/scopes", &exhibition).await.expect(201);
    let all = app.admin().get("/api/v1/scopes").await.expect(200);
    let id = |scope: &Value| scope["id"].as_u64().and_then(|id| u16::try_from(id).ok()).expect("an id");
    all["items"].as_array().expect("scopes").iter().map(id).collect()
}
