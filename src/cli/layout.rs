//! `passepartout layout`: the life of a layout without the web pages.

use super::{Failure, Installation};
use crate::kernel::Actor;
use crate::production::layout_package::LayoutPackage;
use crate::production::propose_layout::{
    LayoutStepError, agree_on_proposal, check_and_prove, findings, propose_layout,
};
use crate::production::store;
use crate::production::upload_layout::{keep_files, upload_layout};
use anyhow::{Context, anyhow};
use card_face::{AssetFolder, AssetSource, Finding, parse_layout};
use clap::Subcommand;
use db::Conn;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Debug, Subcommand)]
pub(super) enum LayoutCommand {
    /// Check a layout by all rules, without a server; prints each finding with its line and column
    Check {
        /// The layout file, with the files that it names beside it, or a ZIP archive of all
        file: PathBuf,
    },
    /// Keep a layout as a draft
    Add {
        #[command(flatten)]
        installation: Installation,
        /// The layout file, with the files that it names beside it, or a ZIP archive of all
        file: PathBuf,
        /// Propose it at once, if it keeps all rules
        #[arg(long)]
        propose: bool,
    },
    /// Agree on a proposal: from then on it never changes, and cards are made with it
    Agree {
        #[command(flatten)]
        installation: Installation,
        /// The layout's id
        id: String,
        /// The version
        version: u32,
        /// The name of whoever agrees
        #[arg(long)]
        by: String,
    },
}

pub(super) async fn run(command: LayoutCommand) -> Result<(), Failure> {
    match command {
        LayoutCommand::Check { file } => check(&file),
        LayoutCommand::Add { installation, file, propose } => add(&installation, &file, propose).await,
        LayoutCommand::Agree { installation, id, version, by } => agree(&installation, &id, version, by).await,
    }
}

fn check(file: &Path) -> Result<(), Failure> {
    let found = findings(&read(file).map_err(Failure::usage)?);
    if found.is_empty() {
        println!("{}: no findings", file.display());
        return Ok(());
    }
    Err(Failure::usage(told(&found)))
}

async fn add(installation: &Installation, file: &Path, propose: bool) -> Result<(), Failure> {
    let package = read(file).map_err(Failure::usage)?;
    let app = installation.open().await?;
    keep_files(&app, &package).await?;
    let act = app.act(Actor::System);
    let deed = act.clone();
    let kept = app.db.write(async move |tx: &mut Conn| upload_layout(tx, &deed, &package).await).await;
    let mut layout = kept.map_err(|error| Failure::usage(anyhow!(error)))?;
    if propose {
        let (id, version) = (layout.id.clone(), layout.version);
        let checked = check_and_prove(&app, &id, version).await.map_err(refused)?;
        let deed = async move |tx: &mut Conn| propose_layout(tx, &act, &id, version, &checked).await;
        layout = app.db.write(deed).await.map_err(refused)?;
    }
    println!("{} {}", layout.name(), layout.state.as_str());
    app.db.close().await;
    Ok(())
}

async fn agree(installation: &Installation, id: &str, version: u32, by: String) -> Result<(), Failure> {
    let app = installation.open().await?;
    let act = app.act(Actor::System);
    let id = id.to_owned();
    let deed = async move |tx: &mut Conn| {
        let layout = store::layouts::find(tx, &id, version).await?.ok_or(LayoutStepError::Unknown)?;
        agree_on_proposal(tx, &act, &id, version, &layout.content_sha256, &by).await
    };
    let layout = app.db.write(deed).await.map_err(refused)?;
    println!("{} {}", layout.name(), layout.state.as_str());
    app.db.close().await;
    Ok(())
}

fn refused(error: LayoutStepError) -> Failure {
    match error {
        LayoutStepError::Findings(found) => Failure::usage(told(&found)),
        LayoutStepError::Db(error) => error.into(),
        LayoutStepError::Internal(error) => error.into(),
        error => Failure::usage(anyhow!(error)),
    }
}

fn told(found: &[Finding]) -> anyhow::Error {
    let lines: Vec<String> = found.iter().map(Finding::to_string).collect();
    anyhow!("{} findings\n{}", found.len(), lines.join("\n"))
}

/// A layout file together with the files that it names, or an archive.
fn read(path: &Path) -> anyhow::Result<LayoutPackage> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut package = LayoutPackage::read(&bytes)?;
    if package.files.is_empty() {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let beside = Beside { folder: AssetFolder(folder.to_owned()), named: RefCell::default() };
        // Only to learn which files it names: its mistakes are told when it is kept.
        let _ = parse_layout(&package.body, &beside);
        package.files = beside.named.into_inner();
    }
    Ok(package)
}

/// A folder that remembers which of its files were asked for.
struct Beside {
    folder: AssetFolder,
    named: RefCell<BTreeMap<String, Vec<u8>>>,
}

impl AssetSource for Beside {
    fn read(&self, file: &str) -> Option<Vec<u8>> {
        let bytes = self.folder.read(file)?;
        self.named.borrow_mut().insert(file.to_owned(), bytes.clone());
        Some(bytes)
    }
}
