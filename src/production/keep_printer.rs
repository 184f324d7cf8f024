//! Adds a card printer, or changes what is known of one.

use super::printer::{Printer, Unfit};
use super::store;
use crate::audit;
use crate::catalog;
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use serde_json::json;

/// Why a printer was not kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepPrinterError {
    /// Something about it does not fit.
    #[error("the printer does not fit")]
    Unfit(Vec<Unfit>),
    /// There is no such house.
    #[error("there is no such house")]
    UnknownHouse,
    /// There is a printer with this key.
    #[error("there is a printer {0}")]
    KeyTaken(Slug),
    /// There is no printer with this key.
    #[error("there is no such printer")]
    UnknownPrinter,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Adds a printer.
///
/// # Errors
/// When something about it does not fit, or its key is taken.
pub async fn add_printer(tx: &mut Conn, act: &Act, printer: &Printer) -> Result<(), KeepPrinterError> {
    check(tx, printer).await?;
    if !store::printers::insert(tx, printer, act.now).await? {
        return Err(KeepPrinterError::KeyTaken(printer.key.clone()));
    }
    record(tx, act, "printer.added", printer).await
}

/// Changes a printer. What is on its way to it stays so.
///
/// # Errors
/// When something about it does not fit, or there is none with its key.
pub async fn change_printer(tx: &mut Conn, act: &Act, printer: &Printer) -> Result<(), KeepPrinterError> {
    check(tx, printer).await?;
    if !store::printers::update(tx, printer).await? {
        return Err(KeepPrinterError::UnknownPrinter);
    }
    record(tx, act, "printer.changed", printer).await
}

async fn check(tx: &mut Conn, printer: &Printer) -> Result<(), KeepPrinterError> {
    let findings = printer.findings();
    if !findings.is_empty() {
        return Err(KeepPrinterError::Unfit(findings));
    }
    match catalog::store::house(tx, &printer.house).await? {
        Some(_) => Ok(()),
        None => Err(KeepPrinterError::UnknownHouse),
    }
}

async fn record(tx: &mut Conn, act: &Act, action: &str, printer: &Printer) -> Result<(), KeepPrinterError> {
    let detail =
        json!({ "house": printer.house, "uri": printer.uri, "trust": printer.trust, "in_use": printer.in_use });
    audit::record(tx, act, audit::Entry::new(action, "printer", &printer.key).detail(detail)).await?;
    Ok(())
}
