//! `passepartout device add`: a gate, without the web pages.

use super::{Failure, Installation};
use crate::entry::{self, AddDeviceError, CodeLife, NewDevice};
use crate::kernel::Actor;
use crate::kernel::slug::Slug;
use anyhow::anyhow;
use clap::Subcommand;
use db::Conn;
use gate_protocol::Direction;

#[derive(Debug, Subcommand)]
pub(super) enum DeviceCommand {
    /// Add a gate; prints its id and the code with which its agent is paired within ten minutes
    Add {
        #[command(flatten)]
        installation: Installation,
        /// Its name, for instance "main entrance"
        #[arg(long)]
        name: String,
        /// The key of the house where it stands
        #[arg(long)]
        house: Slug,
        /// The key of the exhibition where it stands
        #[arg(long)]
        exhibition: Option<Slug>,
        /// Visitors leave here instead of entering
        #[arg(long)]
        out: bool,
    },
}

pub(super) async fn run(command: DeviceCommand) -> Result<(), Failure> {
    let DeviceCommand::Add { installation, name, house, exhibition, out } = command;
    let direction = if out { Direction::Out } else { Direction::In };
    let app = installation.open().await?;
    let act = app.act(Actor::System);
    let new = NewDevice { name, house, exhibition, direction };
    match app.db.write(async move |tx: &mut Conn| entry::add_device(tx, &act, &new, CodeLife::Minutes).await).await {
        Ok((id, code)) => println!("{id} {}", code.as_str()),
        Err(AddDeviceError::Db(error)) => return Err(error.into()),
        Err(refusal) => return Err(Failure::usage(anyhow!(refusal))),
    }
    app.db.close().await;
    Ok(())
}
