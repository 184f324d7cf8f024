//! Forgets a customer: name, addresses, lists, sessions and links are gone for good.

use super::store::{self, doors, lists};
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::CustomerId;
use crate::mail;
use db::{Conn, DbError};

/// Forgets the record of a customer and the mails to their addresses. Answers the addresses that were theirs, or nothing when there is no
/// such customer.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &mut Conn, act: &Act, id: CustomerId, reason: &str) -> Result<Option<Vec<String>>, DbError> {
    let Some(customer) = store::find(tx, id).await? else { return Ok(None) };
    let addresses: Vec<String> = customer.addresses.into_iter().map(|known| known.address).collect();
    for address in &addresses {
        mail::forget_address(tx, address).await?;
        doors::delete_link_of(tx, address).await?;
    }
    doors::delete_sessions_of(tx, id).await?;
    lists::take_off_all(tx, id).await?;
    store::delete_addresses(tx, id).await?;
    store::delete(tx, id).await?;
    audit::record(tx, act, Entry::new("customer.forgotten", "customer", id).reason(reason)).await?;
    Ok(Some(addresses))
}
