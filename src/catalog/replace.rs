//! Replacing an object of the catalog by a new version of it.

use super::fit::{self, Fit};
use super::object::{Finding, Kind};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};

/// Why an object was not replaced.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceError {
    /// There is none with the key.
    #[error("there is no such {0}")]
    NotFound(Kind),
    /// Something in the new version is not right, or may not change.
    #[error(transparent)]
    Invalid(#[from] Finding),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Replaces the object with this key, and answers it as it is stored now.
///
/// # Errors
/// When there is none, when something in the new version is not right, or when it changes what never changes.
pub(super) async fn replace<O: Fit>(tx: &mut Conn, act: &Act, key: &Slug, object: O) -> Result<O, ReplaceError> {
    let not_found = ReplaceError::NotFound(O::KIND);
    let Some(before) = O::find(tx, key).await? else { return Err(not_found) };
    if object.key() != key {
        return Err(Finding::fixed("key", "keys never change").into());
    }
    let object = object.checked()?;
    if let Some(finding) = object.changed_against(&before) {
        return Err(finding.into());
    }
    if let Some(finding) = fit::finding(tx, &object).await? {
        return Err(finding.into());
    }
    object.update(tx).await?;
    let action = format!("{}.changed", O::KIND.as_str());
    audit::record(tx, act, Entry::new(&action, O::KIND.as_str(), key)).await?;
    O::find(tx, key).await?.ok_or(not_found)
}
