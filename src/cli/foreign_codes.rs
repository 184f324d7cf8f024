//! `passepartout foreign-codes import`: codes of an older system that go on opening gates.

use super::{Failure, Installation};
use crate::entry::import_foreign::{ImportForeignError, import_foreign};
use crate::kernel::Actor;
use anyhow::{Context, anyhow};
use card::KeyRing;
use clap::Subcommand;
use db::Conn;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum ForeignCodesCommand {
    /// Import a CSV file with the columns `code` and `card_number`; lines that cannot be used are told, the others count
    Import {
        #[command(flatten)]
        installation: Installation,
        /// The file
        file: PathBuf,
    },
}

pub(super) async fn run(command: ForeignCodesCommand) -> Result<(), Failure> {
    let ForeignCodesCommand::Import { installation, file } = command;
    let lines = read(&file).map_err(Failure::usage)?;
    let app = installation.open().await?;
    let keys = KeyRing::new(&app.keys.key_list())?;
    let act = app.act(Actor::System);
    let result = app.db.write(async move |tx: &mut Conn| import_foreign(tx, &act, &keys, &lines).await).await;
    app.db.close().await;
    let imported = match result {
        Ok(imported) => imported,
        Err(error @ ImportForeignError::TooMany) => return Err(Failure::usage(error)),
        Err(ImportForeignError::Db(error)) => return Err(error.into()),
    };
    for (number, finding) in &imported.findings {
        eprintln!("line {}: {finding}", number + 1);
    }
    println!("{} codes stand for a card now; {} lines could not be used", imported.codes, imported.refused);
    if imported.codes == 0 { Err(anyhow!("nothing was imported").into()) } else { Ok(()) }
}

/// The two columns of each line behind the first one, which names them. Comma or semicolon.
fn read(file: &PathBuf) -> anyhow::Result<Vec<(String, String)>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = text.trim_start_matches('\u{feff}');
    let separator = if text.lines().next().is_some_and(|first| first.contains(';')) { b';' } else { b',' };
    let mut lines = csv::ReaderBuilder::new().delimiter(separator).trim(csv::Trim::All).from_reader(text.as_bytes());
    let names = lines.headers()?.clone();
    let column = |name: &str| {
        names.iter().position(|found| found == name).with_context(|| format!("there is no column \"{name}\""))
    };
    let (code, card) = (column("code")?, column("card_number")?);
    let both = |line: csv::Result<csv::StringRecord>| {
        let line = line?;
        Ok((line.get(code).unwrap_or_default().to_owned(), line.get(card).unwrap_or_default().to_owned()))
    };
    lines.records().map(both).collect()
}
