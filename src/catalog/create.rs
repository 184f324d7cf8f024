//! Adding an object to the catalog.

use super::fit::{self, Fit};
use super::object::{Finding, Kind};
use super::store;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};

/// Why an object was not added.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// Something in it is not right.
    #[error(transparent)]
    Invalid(#[from] Finding),
    /// The key belongs to another object of its kind.
    #[error("there is a {0} with the key \"{1}\" already")]
    KeyTaken(Kind, Slug),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Adds an object, and answers it as it was stored.
///
/// # Errors
/// When something in it is not right, when it names what does not exist, or when its key is taken.
pub(super) async fn create<O: Fit>(tx: &mut Conn, act: &Act, object: O) -> Result<O, CreateError> {
    let mut object = object.checked()?;
    let key = object.key().clone();
    if store::exists(tx, O::KIND, &key).await? {
        return Err(CreateError::KeyTaken(O::KIND, key));
    }
    if let Some(finding) = fit::finding(tx, &object).await? {
        return Err(finding.into());
    }
    if !object.insert(tx, act.now).await? {
        return Err(CreateError::KeyTaken(O::KIND, key));
    }
    let action = format!("{}.created", O::KIND.as_str());
    audit::record(tx, act, Entry::new(&action, O::KIND.as_str(), key)).await?;
    Ok(object)
}
