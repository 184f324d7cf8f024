//! Removes the file of a portrait that was replaced.
//!
//! The file goes an hour after the portrait left its annual ticket, so that nobody who has just read the name of the file, such as
//! the production of print data, finds it gone.

use crate::app::SharedApp;
use crate::jobs;
use crate::kernel::Act;
use db::{Conn, DbError};

/// The job that removes a file; its subject is the file's key.
pub const FORGET_PHOTO: &str = "people.forget_photo";
/// How long a file outlives its portrait.
const DELAY_MILLIS: i64 = 3_600_000;

/// Has the file removed later.
///
/// # Errors
/// When the database refuses.
pub async fn later(tx: &mut Conn, act: &Act, file: &str) -> Result<(), DbError> {
    jobs::enqueue_at(tx, act, FORGET_PHOTO, file, act.now.plus_millis(DELAY_MILLIS)).await
}

/// Has the file removed as soon as the deed is committed.
///
/// # Errors
/// When the database refuses.
pub async fn at_once(tx: &mut Conn, act: &Act, file: &str) -> Result<(), DbError> {
    jobs::enqueue(tx, act, FORGET_PHOTO, file).await
}

/// Removes the file.
///
/// # Errors
/// When the file store does not answer.
pub async fn forget(app: SharedApp, file: String) -> anyhow::Result<()> {
    app.files.delete(&file).await
}
