//! Remembers whoever gave an address with an order.

use super::customer::{Customer, KnownAddress, fold_address};
use super::store;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::CustomerId;
use db::{Conn, DbError};

/// The customer with this address: a new one, if nobody has it yet. What is known stays as it is.
///
/// # Errors
/// When the database refuses.
pub async fn remember(
    tx: &mut Conn,
    act: &Act,
    address: &str,
    name: &str,
    language: &str,
) -> Result<CustomerId, DbError> {
    let fold = fold_address(address);
    if let Some(known) = store::id_of_address(tx, &fold).await? {
        return Ok(known);
    }
    let customer = Customer {
        id: act.new_id(),
        name: name.to_owned(),
        language: language.to_owned(),
        newsletter: false,
        newsletter_changed_at: None,
        created_at: act.now,
        price_audience: None,
        partner: None,
        addresses: vec![KnownAddress { address: address.trim().to_owned(), proved_at: None }],
    };
    store::insert(tx, &customer).await?;
    if !store::add_address(tx, customer.id, &customer.addresses[0]).await? {
        // Somebody else remembered the address at the same moment.
        store::delete(tx, customer.id).await?;
        return Ok(store::id_of_address(tx, &fold).await?.unwrap_or(customer.id));
    }
    audit::record(tx, act, Entry::new("customer.remembered", "customer", customer.id)).await?;
    Ok(customer.id)
}
