//! `passepartout demo`: a museum in a folder, the whole story of its cards told once on real data, and a server that goes on.
//!
//! The story goes through the same doors as everybody: the HTTP API for the desks, the gate program's library for the gate. Each
//! step is checked; the first that does not hold ends the demo with status 1.

mod client;
mod folder;
mod gate;
mod museum;
mod page;
mod portrait;
mod story;

use super::Failure;
use super::serve;
use crate::accounts::staff::NewStaff;
use crate::accounts::{api_key, password, staff};
use crate::app::{App, Place, SharedApp};
use crate::config::{Config, Museum};
use crate::jobs;
use crate::kernel::roles::{Role, Roles};
use crate::kernel::{Actor, period};
use crate::web::router;
use anyhow::{Context, anyhow};
use clap::Args;
use client::Client;
use db::Conn;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// The folder of the demo museum; an earlier demo in it is replaced, anything else is left alone
    #[arg(long, default_value = "demo-data")]
    data: PathBuf,
    /// The port to serve on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// End after the story instead of serving on
    #[arg(long)]
    exit: bool,
}

pub(super) async fn run(args: DemoArgs) -> Result<(), Failure> {
    serve::log_to_stderr();
    folder::prepare(&args.data).map_err(Failure::usage)?;
    let listener = serve::listen(SocketAddr::from((Ipv4Addr::LOCALHOST, args.port))).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let mut config =
        Config { museum: Museum { name: "Museen am Fluss".to_owned(), ..Museum::default() }, ..Config::default() };
    config.server.base_url.clone_from(&base_url);
    let app = App::open(&Place::folder(&args.data), config).await?;

    let page = page::DemoPage::new(folder::story(&args.data));
    let paths = router::router(app.clone(), page.router());
    let accounts = open_accounts(&app).await?;
    if args.exit {
        let server = tokio::spawn(async move { axum::serve(listener, paths).await });
        let runner = jobs::spawn(app.clone());
        tell(&args, &app, &base_url, &accounts, &page).await?;
        runner.abort();
        server.abort();
        app.db.close().await;
        return Ok(());
    }
    let serving = tokio::spawn(serve::serve(listener, paths, app.clone()));
    tell(&args, &app, &base_url, &accounts, &page).await?;
    print!("{}", accounts.invitation(&base_url));
    Ok(serving.await??)
}

/// Builds the museum, tells its story and writes `demo.json`.
async fn tell(
    args: &DemoArgs,
    app: &SharedApp,
    base_url: &str,
    accounts: &Accounts,
    page: &page::DemoPage,
) -> anyhow::Result<()> {
    let client = Client::new(base_url, accounts.keys.clone());
    let data = args.data.clone();
    let today = period::local_day(app.clock.now(), app.config.museum.zone());
    let told = tokio::task::spawn_blocking(move || -> anyhow::Result<story::Told> {
        let museum = museum::build(&client, today).context("the demo museum could not be set up")?;
        story::tell(&client, museum, &data)
    })
    .await??;
    page.show(&told);
    let contract = json!({
        "base_url": base_url,
        "staff": accounts.staff,
        "api_keys": accounts.keys,
        "houses": told.museum.houses,
        "exhibitions": told.museum.exhibitions,
        "products": told.museum.products,
        "categories": told.museum.categories,
        "codes": told.museum.codes,
        "device": gate::add_free_device(app).await?,
    });
    folder::publish(&args.data, &contract)?;
    print!("{}", told.summary);
    Ok(())
}

/// The sign-ins and keys of the demo, per role, as they stand in `demo.json`.
struct Accounts {
    staff: Map<String, Value>,
    keys: Map<String, Value>,
}

impl Accounts {
    /// What whoever started the demo reads at the end: where the museum is, and how to sit down at each desk.
    fn invitation(&self, base_url: &str) -> String {
        let mut text = format!(
            "\nThe demo museum is open at {base_url}/ (stop it with Ctrl-C).\n\
             Visitors buy at {base_url}/shop, staff sign in at {base_url}/sign-in:\n"
        );
        for account in self.staff.values() {
            let word = |key: &str| account[key].as_str().unwrap_or_default();
            let _ = writeln!(text, "  {:<32} {}", word("email"), word("password"));
        }
        text
    }
}

async fn open_accounts(app: &SharedApp) -> anyhow::Result<Accounts> {
    let mut accounts = Accounts { staff: Map::new(), keys: Map::new() };
    for role in Role::ALL {
        let act = app.act(Actor::System);
        let typed = hex::encode(act.random.bytes::<8>());
        let new = NewStaff {
            email: format!("{role}@museum.example"),
            name: format!("Demo {role}"),
            password_hash: password::hash(&typed, &*app.random).map_err(|message| anyhow!(message))?,
            roles: Roles::of(&[role]),
            rights: Vec::new(),
        };
        let email = new.email.clone();
        let key = app
            .db
            .write(async move |tx: &mut Conn| {
                staff::add(tx, &act, &new).await?;
                let (_, key) = api_key::create(tx, &act, "demo", new.roles, &[]).await?;
                Ok::<_, staff::AddStaffError>(key)
            })
            .await?;
        accounts.staff.insert(role.to_string(), json!({"email": email, "password": typed}));
        accounts.keys.insert(role.to_string(), json!(key));
    }
    Ok(accounts)
}
