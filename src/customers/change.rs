//! What customers say about themselves, and what staff mend.

use super::store;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::CustomerId;
use crate::kernel::text::clean;
use db::{Conn, DbError};

/// The most characters of a name.
const NAME_CHARS_MAX: usize = 200;

/// Why a customer was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// There is no such customer.
    #[error("there is no such customer")]
    NotFound,
    /// The name is too long.
    #[error("a name has at most 200 characters")]
    NameTooLong,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Keeps whether a customer wants news, with the moment.
///
/// # Errors
/// When there is no such customer.
pub async fn set_newsletter(tx: &mut Conn, act: &Act, id: CustomerId, wanted: bool) -> Result<(), ChangeError> {
    let customer = store::find(tx, id).await?.ok_or(ChangeError::NotFound)?;
    if customer.newsletter == wanted {
        return Ok(());
    }
    store::set_newsletter(tx, id, wanted, act.now).await?;
    let action = if wanted { "customer.newsletter_wanted" } else { "customer.newsletter_taken_back" };
    audit::record(tx, act, Entry::new(action, "customer", id)).await?;
    Ok(())
}

/// Keeps what a customer is called and which language they read.
///
/// # Errors
/// When there is no such customer, or the name is too long.
pub async fn change(tx: &mut Conn, act: &Act, id: CustomerId, name: &str, language: &str) -> Result<(), ChangeError> {
    let name = clean(name);
    if name.chars().count() > NAME_CHARS_MAX {
        return Err(ChangeError::NameTooLong);
    }
    if store::find(tx, id).await?.is_none() {
        return Err(ChangeError::NotFound);
    }
    store::set_name(tx, id, &name, language).await?;
    audit::record(tx, act, Entry::new("customer.changed", "customer", id)).await?;
    Ok(())
}
