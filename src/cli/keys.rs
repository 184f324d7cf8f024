//! `passepartout keys`: the life of the keys that sign cards. A running server follows at once.

use super::{Failure, Installation};
use crate::app::{App, SharedApp};
use crate::audit::{self, Entry};
use crate::kernel::text::clean;
use crate::kernel::{Act, Actor};
use crate::keys::book::KeyRefusal;
use crate::keys::{KeyState, Keys};
use anyhow::anyhow;
use card::CardDay;
use chrono::NaiveDate;
use clap::Subcommand;
use db::{Conn, DbError};
use serde_json::{Value, json};

#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// List the keys, and which one signs now
    List {
        #[command(flatten)]
        installation: Installation,
    },
    /// Make a key and print its number; it signs nothing before it is published
    New {
        #[command(flatten)]
        installation: Installation,
    },
    /// Tell the gates of a key, two weeks before its first use
    Publish {
        #[command(flatten)]
        installation: Installation,
        /// The number of the key
        key: u8,
        /// The first day on which it signs; default: in two weeks
        #[arg(long)]
        from: Option<NaiveDate>,
        /// Without two weeks of notice: a gate that has no network refuses its cards until it has
        #[arg(long)]
        at_once: bool,
    },
    /// Name the last day on which a key signs; its cards stay valid
    Retire {
        #[command(flatten)]
        installation: Installation,
        /// The number of the key
        key: u8,
        /// The last day on which it signs; default: today
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// Take a key's word back and destroy its secret: its cards open only where gates know them
    Revoke {
        #[command(flatten)]
        installation: Installation,
        /// The number of the key
        key: u8,
        /// Why; it is kept
        #[arg(long)]
        reason: String,
    },
}

pub(super) async fn run(command: KeysCommand) -> Result<(), Failure> {
    match command {
        KeysCommand::List { installation } => {
            let app = installation.open().await?;
            for key in app.keys.states(app.clock.now()) {
                println!("{}", said(&key));
            }
            app.db.close().await;
            Ok(())
        }
        KeysCommand::New { installation } => {
            let (app, act) = open(&installation).await?;
            let key = app.keys.make(&*app.random)?;
            note(&app, &act, "issuer_key.made", key, None, json!({})).await?;
            println!("{key}");
            Ok(())
        }
        KeysCommand::Publish { installation, key, from, at_once } => {
            let (app, act) = open(&installation).await?;
            let from = from.map(day).transpose()?.unwrap_or(Keys::earliest(act.now, at_once));
            refused(app.keys.publish(key, from, act.now, at_once))?;
            let from = from.to_date();
            note(&app, &act, "issuer_key.published", key, None, json!({"from": from})).await?;
            println!("key {key} is published; it signs from {from} on");
            Ok(())
        }
        KeysCommand::Retire { installation, key, on } => {
            let (app, act) = open(&installation).await?;
            let last = on.unwrap_or(today(&app));
            refused(app.keys.retire(key, day(last)?))?;
            note(&app, &act, "issuer_key.retired", key, None, json!({"last": last})).await?;
            println!("key {key} signs for the last time on {last}; its cards stay valid");
            Ok(())
        }
        KeysCommand::Revoke { installation, key, reason } => {
            let reason = clean(&reason);
            if reason.is_empty() {
                return Err(Failure::usage(anyhow!("say why")));
            }
            let (app, act) = open(&installation).await?;
            refused(app.keys.revoke(key, act.now))?;
            note(&app, &act, "issuer_key.revoked", key, Some(&reason), json!({})).await?;
            println!("key {key} is revoked; its cards open only where gates know them");
            Ok(())
        }
    }
}

async fn open(installation: &Installation) -> Result<(SharedApp, Act), Failure> {
    let app = installation.open().await?;
    let act = app.act(Actor::System);
    Ok((app, act))
}

/// What a person can mend is wrong usage.
fn refused<T>(result: anyhow::Result<T>) -> Result<T, Failure> {
    result.map_err(|error| if error.is::<KeyRefusal>() { Failure::usage(error) } else { error.into() })
}

async fn note(
    app: &App,
    act: &Act,
    action: &'static str,
    key: u8,
    reason: Option<&str>,
    detail: Value,
) -> Result<(), DbError> {
    let (act, reason) = (act.clone(), reason.map(str::to_owned));
    app.db
        .write(async move |tx: &mut Conn| {
            let entry = Entry::new(action, "issuer_key", key).detail(detail.clone());
            let entry = match &reason {
                Some(reason) => entry.reason(reason),
                None => entry,
            };
            audit::record(tx, &act, entry).await
        })
        .await?;
    app.db.close().await;
    Ok(())
}

fn today(app: &App) -> NaiveDate {
    crate::kernel::period::local_day(app.clock.now(), app.config.museum.zone())
}

fn day(date: NaiveDate) -> Result<CardDay, Failure> {
    CardDay::from_date(date).ok_or_else(|| Failure::usage(anyhow!("{date} is not a day on which cards are signed")))
}

fn said(key: &KeyState) -> String {
    let id = key.key_id;
    let Some(published) = &key.published else { return format!("{id}  made, not published") };
    let from = published.not_issued_before.to_date();
    let until = published.not_issued_after.map(|last| format!(" until {}", last.to_date())).unwrap_or_default();
    let state = match (published.revoked, key.signs) {
        (true, _) => "revoked",
        (false, true) => "signs now",
        (false, false) => "published",
    };
    format!("{id}  {state}, from {from}{until}  {}", hex::encode(published.public_key))
}
