//! `passepartout staff add` and `passepartout api-key add`: first set-up without the web pages.

use super::{Failure, Installation};
use crate::accounts::api_key::RIGHTS;
use crate::accounts::staff::{AddStaffError, NewStaff};
use crate::accounts::{api_key, password, staff};
use crate::kernel::Actor;
use crate::kernel::roles::{Role, Roles};
use anyhow::anyhow;
use clap::Subcommand;
use db::Conn;
use std::io::BufRead;

#[derive(Debug, Subcommand)]
pub(super) enum StaffCommand {
    /// Add a member of staff; the password is read as one line from standard input
    Add {
        #[command(flatten)]
        installation: Installation,
        /// The address with which they sign in
        #[arg(long)]
        email: String,
        /// Their name
        #[arg(long)]
        name: String,
        /// A role: shop, personalization, mailroom, entry, marketing or admin; may be given several times
        #[arg(long = "role", required = true)]
        roles: Vec<Role>,
        /// A special right, for instance promotion.override; may be given several times
        #[arg(long = "right")]
        rights: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum ApiKeyCommand {
    /// Make a key and print it; it is shown this once
    Add {
        #[command(flatten)]
        installation: Installation,
        /// What the key is for
        #[arg(long, default_value = "command line")]
        name: String,
        /// A role: shop, personalization, mailroom, entry, marketing or admin; may be given several times
        #[arg(long = "role", required = true)]
        roles: Vec<Role>,
        /// A special right, for instance promotion.override; may be given several times
        #[arg(long = "right")]
        rights: Vec<String>,
    },
}

pub(super) async fn run_staff(command: StaffCommand) -> Result<(), Failure> {
    let StaffCommand::Add { installation, email, name, roles, rights } = command;
    check_rights(&rights)?;
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed)?;
    let app = installation.open().await?;
    let password_hash = password::hash(typed.trim_end_matches(['\r', '\n']), &*app.random)
        .map_err(|message| Failure::usage(anyhow!(message)))?;
    let new = NewStaff { email, name, password_hash, roles: Roles::of(&roles), rights };
    let act = app.act(Actor::System);
    let added = app.db.write(async move |tx: &mut Conn| staff::add(tx, &act, &new).await).await;
    match added {
        Ok(id) => println!("{id}"),
        Err(AddStaffError::Db(error)) => return Err(error.into()),
        Err(refusal) => return Err(Failure::usage(refusal)),
    }
    app.db.close().await;
    Ok(())
}

pub(super) async fn run_api_key(command: ApiKeyCommand) -> Result<(), Failure> {
    let ApiKeyCommand::Add { installation, name, roles, rights } = command;
    check_rights(&rights)?;
    let app = installation.open().await?;
    let act = app.act(Actor::System);
    let (_, secret) = app
        .db
        .write(async move |tx: &mut Conn| api_key::create(tx, &act, &name, Roles::of(&roles), &rights).await)
        .await?;
    println!("{secret}");
    app.db.close().await;
    Ok(())
}

fn check_rights(rights: &[String]) -> Result<(), Failure> {
    match rights.iter().find(|right| !RIGHTS.contains(&right.as_str())) {
        Some(unknown) => Err(Failure::usage(anyhow!("\"{unknown}\" is not a right: {}", RIGHTS.join(" or ")))),
        None => Ok(()),
    }
}
