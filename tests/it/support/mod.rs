//! The application under test: a real server in the test's process, on a database of its own.
//!
//! [`on_both_databases!`] turns one story into a test per database. The PostgreSQL half is compiled with the cargo feature
//! `postgres-tests`, and a machine without PostgreSQL then fails it.

pub(crate) mod annual_tickets;
mod browser;
#[cfg(feature = "browser-tests")]
pub(crate) mod chromium;
pub(crate) mod examples;
pub(crate) mod households;
#[cfg(feature = "external-tools")]
pub(crate) mod ipp_printer;
pub(crate) mod mails;
pub(crate) mod many_cards;
pub(crate) mod printing;
#[cfg(feature = "external-tools")]
pub(crate) mod smtp;

pub(crate) use browser::{Browser, Upload, hidden_fields, led_to};

use db::Backend;
use db::testing::TestDb;
use passepartout::accounts::api_key;
use passepartout::app::{App, MIGRATIONS, Place, SharedApp};
use passepartout::config::Config;
use passepartout::jobs;
use passepartout::kernel::clock::SetClock;
use passepartout::kernel::random::ChaChaRandom;
use passepartout::kernel::roles::{Role, Roles};
use passepartout::kernel::{Act, Actor, UtcMs};
use passepartout::web::{router, start};
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use testkit::{Client, museum};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The moment at which every test begins, unless it says otherwise: a Saturday in summer, 11:00 in Berlin.
const BEGINNING: &str = "2026-07-04T09:00:00Z";

/// The password of everyone who signs in.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Declares tests that run on SQLite and, with the feature `postgres-tests`, on PostgreSQL.
///
/// ```ignore
/// on_both_databases! {
///     async fn a_house_is_made_once(app: TestApp) { .. }
/// }
/// ```
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: TestApp) $story:block)+) => {$(
        $(#[$meta])*
        async fn $name($app: crate::support::TestApp) $story

        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(crate::support::TestApp::on(db::Backend::Sqlite).await).await;
            }

            #[cfg(feature = "postgres-tests")]
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(crate::support::TestApp::on(db::Backend::Postgres).await).await;
            }
        }
    )+};
}

/// A server under test.
pub(crate) struct TestApp {
    /// The application, for what has no public door: running jobs, reading the database.
    pub(crate) app: SharedApp,
    clock: Arc<SetClock>,
    stranger: Client,
    keys: Vec<(Role, String)>,
    server: JoinHandle<()>,
    _database: TestDb,
    folder: TempDir,
}

impl TestApp {
    /// A server on an empty database, with a key for each role.
    pub(crate) async fn on(backend: Backend) -> Self {
        Self::configured(backend, Config::default()).await
    }

    /// As [`Self::on`], with what an installation has set.
    pub(crate) async fn configured(backend: Backend, config: Config) -> Self {
        let database = TestDb::on(backend, &MIGRATIONS).await;
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(SetClock::new(instant(BEGINNING)));
        let random = Arc::new(ChaChaRandom::seeded(1));
        let place = Place::folder(folder.path());
        let app = App::with_database(&place, config, database.db().clone(), clock.clone(), random)
            .await
            .expect("an application");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let paths = router::router(app.clone(), start::router());
        let paths = paths.into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move { axum::serve(listener, paths).await.expect("a server") });
        let keys = make_keys(&app).await;
        let stranger = Client::stranger(format!("http://{address}"));
        Self { app, clock, stranger, keys, server, _database: database, folder }
    }

    /// Fills the database with the museum of [`museum`].
    pub(crate) async fn furnished(self) -> Self {
        museum::furnish(&self.admin()).await;
        self
    }

    /// Somebody without a key.
    pub(crate) fn stranger(&self) -> Client {
        self.stranger.clone()
    }

    /// A browser in which nobody is signed in.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.stranger.clone())
    }

    /// A browser in which a new member of staff with this role is signed in.
    pub(crate) async fn browser_of(&self, role: Role) -> Browser {
        let email = format!("{role}@example.org");
        let staff = json!({"email": email, "name": format!("Kim {role}"), "password": PASSWORD, "roles": [role]});
        self.admin().post("/api/v1/staff", &staff).await.expect(201);
        self.sign_in_again(role).await
    }

    /// A browser in which that member of staff signs in once more, for instance after the working day.
    pub(crate) async fn sign_in_again(&self, role: Role) -> Browser {
        let email = format!("{role}@example.org");
        let mut browser = self.browser();
        let answer = browser.post("/sign-in", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        browser
    }

    /// Somebody with a role and no special rights; an admin has all rights.
    pub(crate) fn role(&self, role: Role) -> Client {
        let (_, key) = self.keys.iter().find(|(of, _)| *of == role).expect("a key for each role");
        self.stranger.with_key(key)
    }

    /// An admin.
    pub(crate) fn admin(&self) -> Client {
        self.role(Role::Admin)
    }

    /// The desk.
    pub(crate) fn shop(&self) -> Client {
        self.role(Role::Shop)
    }

    /// Whoever personalizes and prints.
    pub(crate) fn personalization(&self) -> Client {
        self.role(Role::Personalization)
    }

    /// Whoever posts and hands out.
    pub(crate) fn mailroom(&self) -> Client {
        self.role(Role::Mailroom)
    }

    /// Whoever stands at the entry.
    pub(crate) fn entry(&self) -> Client {
        self.role(Role::Entry)
    }

    /// Whoever makes offers.
    pub(crate) fn marketing(&self) -> Client {
        self.role(Role::Marketing)
    }

    /// A client with these roles and special rights.
    pub(crate) async fn with_rights(&self, roles: &[Role], rights: &[&str]) -> Client {
        let rights = rights.iter().map(|right| (*right).to_owned()).collect();
        self.stranger.with_key(make_key(&self.app, Roles::of(roles), rights).await)
    }

    /// Moves the clock to an RFC 3339 instant.
    pub(crate) fn set_time(&self, now: &str) {
        self.clock.set(instant(now));
    }

    /// Moves the clock on.
    pub(crate) fn wait_secs(&self, secs: i64) {
        use passepartout::kernel::clock::Clock as _;
        self.clock.set(self.clock.now().plus_millis(secs * 1_000));
    }

    /// Carries out all jobs that are due; answers how many there were.
    pub(crate) async fn run_jobs(&self) -> usize {
        jobs::run_due(&self.app).await.expect("the job queue")
    }

    /// The folder of its files.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the program itself begins now.
    pub(crate) fn act(&self) -> Act {
        self.app.act(Actor::System)
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// An instant from its RFC 3339 text.
pub(crate) fn instant(text: &str) -> UtcMs {
    serde_json::from_value(text.into()).expect("an instant")
}

async fn make_keys(app: &SharedApp) -> Vec<(Role, String)> {
    let mut keys = Vec::new();
    for role in Role::ALL {
        keys.push((role, make_key(app, Roles::of(&[role]), Vec::new()).await));
    }
    keys
}

async fn make_key(app: &SharedApp, roles: Roles, rights: Vec<String>) -> String {
    let act = app.act(Actor::System);
    let made = app.db.write(async move |tx: &mut db::Conn| api_key::create(tx, &act, "test", roles, &rights).await);
    made.await.expect("a key").1
}
