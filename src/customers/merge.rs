//! Makes one record of two that are the same person.

use super::store::{self, doors, lists};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::CustomerId;
use db::{Conn, DbError};
use serde_json::json;

/// Why two records were not merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// One of them is not there.
    #[error("there is no such customer")]
    NotFound,
    /// They are one already.
    #[error("this is the same customer")]
    Same,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Gives the addresses of `other`, and with them the orders, to `kept`; `other` is no more. What they said last about news holds.
///
/// # Errors
/// When one of them is not there, or they are one already.
pub async fn merge(tx: &mut Conn, act: &Act, kept: CustomerId, other: CustomerId) -> Result<(), MergeError> {
    if kept == other {
        return Err(MergeError::Same);
    }
    let into = store::find(tx, kept).await?.ok_or(MergeError::NotFound)?;
    let from = store::find(tx, other).await?.ok_or(MergeError::NotFound)?;
    if from.newsletter_changed_at > into.newsletter_changed_at
        && let Some(at) = from.newsletter_changed_at
    {
        store::set_newsletter(tx, kept, from.newsletter, at).await?;
    }
    if into.name.is_empty() {
        store::set_name(tx, kept, &from.name, &into.language).await?;
    }
    let partner = into.partner.as_deref().or(from.partner.as_deref());
    store::set_partner(tx, kept, partner, into.price_audience.as_ref().or(from.price_audience.as_ref())).await?;
    store::move_addresses(tx, other, kept).await?;
    lists::move_members(tx, other, kept).await?;
    // Whoever was signed in as the other proves it anew: what they see now is more than they proved.
    doors::delete_sessions_of(tx, other).await?;
    doors::delete_sessions_of(tx, kept).await?;
    store::delete(tx, other).await?;
    let detail = json!({"merged": other.to_string(), "addresses": from.addresses.len()});
    audit::record(tx, act, Entry::new("customer.merged", "customer", kept).detail(detail)).await?;
    Ok(())
}
