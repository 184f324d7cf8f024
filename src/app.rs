//! The application: everything that deeds and pages need, wired once for the server, the commands and the tests.

use crate::config::Config;
use crate::entry::Gates;
use crate::files::Files;
use crate::jobs::Handlers;
use crate::kernel::clock::{Clock, SystemClock};
use crate::kernel::random::{ChaChaRandom, RandomSource};
use crate::kernel::{Act, Actor};
use crate::keys::Keys;
use crate::mail::{self, Carrier, Post};
use crate::production::first_layout::provide_first_layout;
use crate::sales::kept_catalog::KeptCatalog;
use crate::web::pages::desk::KeptWaiting;
use crate::web::pages::mails;
use crate::{cards, dispatch, people, production, promotions, sales};
use anyhow::Context;
use db::{Conn, Db, Migrations, Options};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The migrations of both databases.
pub static MIGRATIONS: Migrations =
    Migrations { sqlite: &sqlx::migrate!("migrations/sqlite"), postgres: &sqlx::migrate!("migrations/postgres") };

/// The application, shared by all requests and jobs.
pub type SharedApp = Arc<App>;

/// Everything that deeds and pages need.
pub struct App {
    /// What the installation has set.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// Portraits and print files.
    pub files: Files,
    /// The present.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn RandomSource>,
    /// The secret keys.
    pub keys: Keys,
    /// What this process keeps for the gates.
    pub gates: Gates,
    /// What this process keeps of the catalog and the offers, for prices.
    pub kept_catalog: Arc<KeptCatalog>,
    /// What this process counted for the desks a moment ago.
    pub waiting: KeptWaiting,
    /// Who writes mails, and who takes them away.
    pub mail: Post,
    /// Who does which job.
    pub handlers: Handlers,
}

/// Where an installation lives.
#[derive(Debug, Clone)]
pub struct Place {
    /// The folder of keys, files and, by default, the database.
    pub data: PathBuf,
    /// The database; absent: an SQLite file in the folder.
    pub database_url: Option<String>,
}

impl Place {
    /// An installation in a folder, with its SQLite database in it.
    pub fn folder(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), database_url: None }
    }

    /// The URL of the database.
    pub fn database_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.database_file().display()))
    }

    /// The file of an SQLite database in the folder.
    pub fn database_file(&self) -> PathBuf {
        self.data.join("passepartout.db")
    }

    /// The folder of the keys.
    pub fn keys(&self) -> PathBuf {
        self.data.join("keys")
    }

    /// The folder of the file store.
    pub fn files(&self) -> PathBuf {
        self.data.join("files")
    }

    /// The folder of mails, where no mail server takes them.
    pub fn mails(&self) -> PathBuf {
        self.data.join("mails")
    }
}

impl App {
    /// Opens an installation with the machine's clock and randomness, and migrates its database.
    ///
    /// # Errors
    /// When the folder, the keys or the database cannot be used; the message says which.
    pub async fn open(place: &Place, config: Config) -> anyhow::Result<SharedApp> {
        let random = ChaChaRandom::from_system().context("the system has no randomness")?;
        Self::open_with(place, config, Arc::new(SystemClock), Arc::new(random)).await
    }

    /// Opens an installation with a given clock and randomness.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_with(
        place: &Place,
        config: Config,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> anyhow::Result<SharedApp> {
        make_folder(&place.data)?;
        let options = Options {
            readers: config.server.sqlite_readers,
            pg_connections: config.server.postgres_connections,
            ..Options::default()
        };
        let db = Db::open(&place.database_url(), &options).await.context("cannot open the database")?;
        db.migrate(&MIGRATIONS).await.context("cannot bring the database up to date")?;
        Self::with_database(place, config, db, clock, random).await
    }

    /// The application on a database that is open and up to date. A fresh installation gets the card layout that comes with the
    /// program.
    ///
    /// # Errors
    /// When the folder, the keys or the database cannot be used; the message says which.
    pub async fn with_database(
        place: &Place,
        config: Config,
        db: Db,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
    ) -> anyhow::Result<SharedApp> {
        make_folder(&place.data)?;
        let keys = Keys::open_or_create(&place.keys(), &*random)?;
        let files = Files::in_folder(&place.files())?;
        let mail =
            Post { carrier: Carrier::open(&config.mail, &config.museum, place.mails())?, writers: mails::writers() };
        let app = Arc::new(Self {
            config,
            db,
            files,
            clock,
            random,
            keys,
            gates: Gates::default(),
            kept_catalog: Arc::default(),
            waiting: KeptWaiting::default(),
            mail,
            handlers: handlers(),
        });
        let act = app.act(Actor::System);
        app.db
            .write(async move |tx: &mut Conn| provide_first_layout(tx, &act).await)
            .await
            .context("cannot provide the first card layout")?;
        Ok(app)
    }

    /// What `actor` begins to do now.
    pub fn act(&self, actor: Actor) -> Act {
        Act { actor, now: self.clock.now(), random: self.random.clone() }
    }
}

/// Which function does which kind of job.
fn handlers() -> Handlers {
    let mut handlers = Handlers::default();
    handlers.add(cards::PREPARE_PRINT_DATA, production::prepare::prepare);
    handlers.add(cards::forget_holder::FORGET_FACES, production::forget_faces::forget);
    handlers.add(production::prepare_files::PREPARE_FILES, production::prepare_files::prepare_files);
    handlers.add(production::attend_print_job::PRINT, production::attend_print_job::attend);
    handlers.add(people::FORGET_PHOTO, people::forget_photo::forget);
    handlers.add(cards::first_entry::BEGIN_UNUSED, cards::first_entry::begin_unused);
    handlers.add(sales::checkout::EXPIRE_ORDER, sales::expire::expire_job);
    handlers.add(sales::hold::END_HOLD, sales::hold::end_hold_job);
    handlers.add(sales::remind_holders::REMIND_HOLDERS, sales::remind_holders::remind_job);
    handlers.add(dispatch::remind_pickup::REMIND, dispatch::remind_pickup::remind);
    handlers.add(dispatch::remind_pickup::OVERDUE, dispatch::remind_pickup::tell_overdue);
    handlers.add(promotions::GENERATE, promotions::generate_codes::go_on);
    handlers.add(promotions::FORGET_IMPORT, promotions::import_codes::forget);
    handlers.add(mail::DELIVER, mail::deliver);
    handlers
}

/// Makes the folder, readable by its owner alone: it holds keys, portraits and names.
fn make_folder(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder.create(path).with_context(|| format!("cannot make the folder {}", path.display()))
}
