//! `passepartout doctor`: what is wrong with an installation, and what to do about it.

use super::{Failure, Installation};
use crate::app::App;
use crate::catalog;
use crate::sales::prove_ledger::prove_ledger;
use crate::{jobs, mail};
use anyhow::anyhow;
use clap::Args;

#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    installation: Installation,
}

pub(super) async fn run(args: DoctorArgs) -> Result<(), Failure> {
    let place = args.installation.place();
    if !place.keys().exists() {
        return Err(Failure::usage(anyhow!(
            "there is no installation in {}: start `passepartout serve --data {0}` once",
            place.data.display()
        )));
    }
    let config = args.installation.read_config().map_err(Failure::usage)?;
    let app = App::open(&place, config).await?;
    let findings = examine(&app).await?;
    app.db.close().await;
    if findings.is_empty() {
        println!(
            "Nothing is wrong: keys, database, background work and catalog are in order, and the ledger counts what was sold."
        );
        return Ok(());
    }
    for finding in &findings {
        println!("* {finding}");
    }
    Err(anyhow!("{} finding(s)", findings.len()).into())
}

/// One sentence per finding: what is wrong, and what to do.
async fn examine(app: &App) -> anyhow::Result<Vec<String>> {
    let mut findings = Vec::new();
    let mut conn = app.db.read().await?;
    let failed = jobs::count_failed(&mut conn).await?;
    if failed > 0 {
        findings.push(format!(
            "{failed} piece(s) of background work gave up. Read the table jobs, column last_error, mend the cause and set their state to waiting."
        ));
    }
    let mails = mail::count_failed(&mut conn).await?;
    if mails > 0 {
        findings.push(format!(
            "{mails} mail(s) could not be delivered. The page /admin/mails shows why; mend the cause and send them again there."
        ));
    }
    if app.mail.carrier.writes_files() {
        findings.push("Mails are written into the folder mails, because no mail server is set. Set [mail.smtp] in passepartout.toml.".to_owned());
    }
    if catalog::store::houses(&mut conn).await?.is_empty() {
        findings.push("There is no house yet. Make one with POST /api/v1/houses.".to_owned());
    }
    if app.config.server.base_url.is_empty() {
        findings
            .push("Links to visitors are paths without a host. Set server.base_url in passepartout.toml.".to_owned());
    }
    let miscounts = prove_ledger(&mut conn).await?;
    findings.extend(miscounts.into_iter().map(|miscount| {
        format!("{miscount} Nothing is oversold, but something may be refused; restore the latest backup or report it.")
    }));
    Ok(findings)
}
