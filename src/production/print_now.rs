//! Prints the card of somebody who waits at the counter: a run of this one card, sent to a printer where there is one.

use super::files::Part;
use super::print_run::PrintRun;
use super::send_to_printer::{SendError, send_to_printer};
use super::start_run::{StartRunError, Wanted, start_run};
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use std::collections::BTreeSet;

/// Why the card is not printed now.
#[derive(Debug, thiserror::Error)]
pub enum PrintNowError {
    /// It cannot be printed.
    #[error(transparent)]
    Start(#[from] StartRunError),
    /// The printer does not take it.
    #[error(transparent)]
    Send(#[from] SendError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Which cards a print at the counter wants: this one.
pub fn wanted(card: CardId) -> Wanted {
    Wanted { cards: Some(BTreeSet::from([card])), most: 1, ..Wanted::default() }
}

/// Freezes the card in a run of its own and sends it to the printer; without one the run's file is printed by hand. When the printer
/// does not take it, nothing happens at all. `damaged` as in [`start_run`].
///
/// # Errors
/// When the card is not ready, or the printer does not take it.
pub async fn print_now(
    tx: &mut Conn,
    act: &Act,
    card: CardId,
    printer: Option<&Slug>,
    damaged: &[CardId],
) -> Result<PrintRun, PrintNowError> {
    let run = start_run(tx, act, act.new_id(), &wanted(card), damaged).await?;
    if let Some(printer) = printer {
        send_to_printer(tx, act, run.id, printer, Part { first: 1, last: 1 }).await?;
    }
    Ok(run)
}
