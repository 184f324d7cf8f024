//! Links a customer to an institution or an audience for good, as offers do when they are redeemed, and unlinks them again.

use super::store;
use crate::audit::{self, Entry};
use crate::kernel::Act;
use crate::kernel::ids::CustomerId;
use crate::kernel::slug::Slug;
use db::{Conn, DbError};
use serde_json::json;

/// Links a customer to a partner, to an audience, or to both. What is not named stays as it is.
///
/// # Errors
/// When the database refuses.
pub async fn assign(
    tx: &mut Conn,
    act: &Act,
    id: CustomerId,
    partner: Option<&str>,
    audience: Option<&Slug>,
) -> Result<(), DbError> {
    let Some(customer) = store::find(tx, id).await? else { return Ok(()) };
    let partner = partner.or(customer.partner.as_deref());
    let audience = audience.or(customer.price_audience.as_ref());
    if partner == customer.partner.as_deref() && audience == customer.price_audience.as_ref() {
        return Ok(());
    }
    store::set_partner(tx, id, partner, audience).await?;
    let detail = json!({"partner": partner, "audience": audience});
    audit::record(tx, act, Entry::new("customer.assigned", "customer", id).detail(detail)).await
}

/// Takes back to whom a customer belongs.
///
/// # Errors
/// When there is no such customer.
pub async fn unlink(tx: &mut Conn, act: &Act, id: CustomerId) -> Result<(), DbError> {
    store::set_partner(tx, id, None, None).await?;
    audit::record(tx, act, Entry::new("customer.unlinked", "customer", id)).await
}
