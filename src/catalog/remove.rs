//! Removing an object that nothing refers to.

use super::object::Kind;
use super::store::{self, Stored};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};

/// Why an object was not removed.
#[derive(Debug, thiserror::Error)]
pub enum RemoveError {
    /// There is none with the key.
    #[error("there is no such {0}")]
    NotFound(Kind),
    /// Something refers to it: it was sold, or another object or an offer names it.
    #[error("this {0} is in use: something refers to it")]
    InUse(Kind),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Removes the object with this key.
///
/// # Errors
/// When there is none, or when something refers to it.
pub(super) async fn remove<O: Stored>(tx: &mut Conn, act: &Act, key: &Slug) -> Result<(), RemoveError> {
    if !store::exists(tx, O::KIND, key).await? {
        return Err(RemoveError::NotFound(O::KIND));
    }
    if store::is_in_use(tx, O::KIND, key).await? {
        return Err(RemoveError::InUse(O::KIND));
    }
    match O::delete(tx, key).await {
        Err(DbError::Reference) => return Err(RemoveError::InUse(O::KIND)),
        other => other?,
    }
    let action = format!("{}.removed", O::KIND.as_str());
    audit::record(tx, act, Entry::new(&action, O::KIND.as_str(), key)).await?;
    Ok(())
}
