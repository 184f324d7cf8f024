//! The museum behind the gate: the server as a process, on SQLite or on PostgreSQL, and the codes that it issues.

use anyhow::{Context, ensure};
use card::{CardCode, CardDay, CardId, CardSigner, Flags, ScopeId};
use db::{Conn, Db};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use testkit::{Client, Server, museum, story};
use tokio::runtime::Runtime;

/// The house where the gate stands.
const HOUSE: &str = "stadtmuseum";
/// The key id of a museum's first issuer key.
const KEY_ID: u8 = 1;
const COMPOSED_LIMIT: Duration = Duration::from_secs(30);

static SCANS: db::Sql = {
    const SQL: &str = "SELECT COUNT(*), COUNT(DISTINCT id) FROM scans";
    db::Sql::new("scans of all gates", SQL, SQL)
};

/// A museum with one house that has a gate.
pub(crate) struct Museum {
    runtime: Runtime,
    server: Server,
    admin: Client,
    database: String,
    signer: CardSigner,
    scope: ScopeId,
    _folder: TempDir,
    next_card: u64,
}

/// An annual ticket with its card.
pub(crate) struct Ticket {
    /// Its path in the API.
    path: String,
    /// The text of its code.
    pub(crate) code: String,
}

impl Museum {
    /// Starts a server and furnishes its museum. Without a database URL it works on SQLite.
    pub(crate) fn open(program: &Path, database_url: Option<&str>) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let folder = tempfile::tempdir()?;
        let key = Server::make_key(program, folder.path(), database_url, "admin")?;
        let server = Server::start(program, folder.path(), database_url)?;
        let admin = Client::stranger(server.base_url()).with_key(key);
        runtime.block_on(async {
            museum::furnish(&admin).await;
            museum::add_summer_code(&admin, None).await;
        });
        let scope = runtime.block_on(admin.get(&format!("/api/v1/scopes/{HOUSE}"))).expect(200);
        let scope = scope["id"].as_u64().and_then(|id| id.try_into().ok()).context("the house has no scope")?;
        let secret = std::fs::read_to_string(folder.path().join("keys/issuer.key"))?;
        let secret = hex::decode(secret.trim())?.try_into().ok().context("the issuer key has 32 bytes")?;
        let lite = format!("sqlite://{}", folder.path().join("passepartout.db").display());
        Ok(Self {
            database: database_url.map_or(lite, str::to_owned),
            signer: CardSigner::new(KEY_ID, &secret),
            scope: ScopeId::new(scope),
            next_card: 1,
            runtime,
            server,
            admin,
            _folder: folder,
        })
    }

    /// Adds a gate: the server's address as a guest of QEMU sees it, and the pairing code.
    pub(crate) fn add_gate(&self) -> anyhow::Result<(String, String)> {
        let gate = self.post("/api/v1/devices", &json!({"name": "Gate under test", "house": HOUSE})).expect(201);
        let port = self.server.base_url().rsplit(':').next().context("no port")?;
        Ok((format!("http://10.0.2.2:{port}"), story::text(&gate["pairing_code"])))
    }

    /// Codes that the museum signed and never told its gates about, one card each, with the numbers of the cards.
    pub(crate) fn sign(&mut self, count: u64) -> Vec<(u64, String)> {
        let first = self.next_card;
        self.next_card += count;
        (first..first + count).map(|id| (id, self.sign_until(id, CardDay::LAST))).collect()
    }

    /// A code whose last day was that day.
    pub(crate) fn sign_until(&self, card_id: u64, not_after: CardDay) -> String {
        self.signer.sign(&CardCode {
            card_id: CardId::new(card_id),
            scope: self.scope,
            not_before: CardDay::FIRST,
            not_after,
            issue: 1,
            flags: Flags::NONE,
        })
    }

    /// Sells a day ticket for today; answers its code.
    pub(crate) fn sell_day_ticket(&self) -> String {
        let order = self.post("/api/v1/orders", &museum::cash_order("tageskarte", "adult", 1, "12.00")).expect(201);
        story::text(&order["tickets"][0]["card_code"])
    }

    /// Sells an annual ticket, another one for each name, personalizes it, and waits until its card is composed.
    pub(crate) fn sell_annual_ticket(&self, name: &str) -> anyhow::Result<Ticket> {
        self.runtime.block_on(async {
            let order = story::buy(&self.admin, name, &json!({"kind": "counter"})).await;
            let id = story::text(&order["tickets"][0]["annual_tickets"][0]);
            story::personalize(&self.admin, &id).await;
            let path = format!("/api/v1/annual-tickets/{id}");
            let until = Instant::now() + COMPOSED_LIMIT;
            loop {
                let ticket = self.admin.get(&path).await.expect(200);
                if ticket["card"]["state"] == "ready_to_print" {
                    return Ok(Ticket { path, code: story::text(&ticket["card"]["code"]) });
                }
                ensure!(Instant::now() < until, "the card is not composed: {ticket}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        })
    }

    /// Blocks an annual ticket as lost.
    pub(crate) fn block(&self, ticket: &Ticket) {
        self.post(&format!("{}/block", ticket.path), &json!({"reason": "lost"})).expect(200);
    }

    /// The code of a card that the server knows, valid for long.
    pub(crate) fn sign_known(&self, card_id: CardId) -> String {
        self.sign_until(card_id.get(), CardDay::LAST)
    }

    /// The number of the scope of the house where the gate stands.
    pub(crate) fn scope(&self) -> ScopeId {
        self.scope
    }

    /// The server's address.
    pub(crate) fn url(&self) -> &str {
        self.server.base_url()
    }

    /// The server's process.
    pub(crate) fn pid(&self) -> u32 {
        self.server.pid()
    }

    /// Carries out a statement on the server's database, beside the server.
    pub(crate) fn execute(
        &self,
        sql: &'static db::Sql,
        args: impl Fn() -> db::Args + Send + Sync + 'static,
    ) -> anyhow::Result<u64> {
        self.runtime.block_on(async {
            let db = self.open_database().await?;
            let done = db.write(async move |tx: &mut Conn| tx.execute(sql, args()).await).await;
            db.close().await;
            Ok(done?)
        })
    }

    /// Reads from the server's database, beside the server.
    pub(crate) fn fetch<R: db::Row>(&self, sql: &'static db::Sql, args: db::Args) -> anyhow::Result<Vec<R>> {
        self.runtime.block_on(async {
            let db = self.open_database().await?;
            let rows = db.read().await?.fetch_all(sql, args).await;
            db.close().await;
            Ok(rows?)
        })
    }

    /// How many scans the server stored, and how many different ones among them.
    pub(crate) fn stored_scans(&self) -> anyhow::Result<(i64, i64)> {
        self.fetch(&SCANS, db::args![])?.pop().context("no counts")
    }

    async fn open_database(&self) -> anyhow::Result<Db> {
        let options = db::Options { readers: 1, pg_connections: 1, deed_limit_secs: 600, ..db::Options::default() };
        Ok(Db::open(&self.database, &options).await?)
    }

    fn post(&self, path: &str, body: &Value) -> testkit::Answer {
        self.runtime.block_on(self.admin.post(path, body))
    }
}
