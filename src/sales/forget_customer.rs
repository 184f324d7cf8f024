//! Forgets a customer with all that they bought: what was sold stays and counts, and says nobody's name.
//!
//! An invoice has to name its recipient for years, so it keeps name and postal address, and loses the address for mail.

use super::order::{Buyer, Order, PaymentMethod};
use super::store;
use crate::cards::forget_holder::{ForgetError, forget_holder};
use crate::customers;
use crate::kernel::ids::{AnnualTicketId, CustomerId};
use crate::kernel::{Act, Cents};
use db::{Conn, DbError};

/// The most orders of an address that are forgotten at once.
const ORDERS_MAX: u32 = 10_000;

/// Why nobody was forgotten.
#[derive(Debug, thiserror::Error)]
pub enum ForgetCustomerError {
    /// There is no such customer.
    #[error("there is no such customer")]
    NotFound,
    /// An order waits for its payment.
    #[error("the order {0} waits for its payment")]
    OpenOrder(String),
    /// An annual ticket is not in an order of theirs.
    #[error("this annual ticket is in no order of this customer")]
    NotTheirs(usize),
    /// An annual ticket cannot be forgotten yet.
    #[error(transparent)]
    Holder(#[from] ForgetError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Forgets the customer, as the buyer of their orders too, and whose these annual tickets of theirs are. All of it or nothing.
///
/// # Errors
/// When an order is open, or the card of an annual ticket is still in the house.
pub async fn forget_customer(
    tx: &mut Conn,
    act: &Act,
    id: CustomerId,
    annual_tickets: &[AnnualTicketId],
    reason: &str,
) -> Result<(), ForgetCustomerError> {
    let customer = customers::store::find(tx, id).await?.ok_or(ForgetCustomerError::NotFound)?;
    let mut orders = Vec::new();
    for known in &customer.addresses {
        for order in store::orders_of_address(tx, &known.address, ORDERS_MAX).await? {
            orders.extend(store::lock_order(tx, order).await?);
        }
    }
    if let Some(open) = orders.iter().find(|order| order.due() > Cents::ZERO) {
        return Err(ForgetCustomerError::OpenOrder(open.number.clone()));
    }
    let theirs = |id: &AnnualTicketId| {
        let mut sold = orders.iter().flat_map(|order| &order.tickets).flat_map(|ticket| &ticket.annual_tickets);
        sold.any(|(own, _)| own == id)
    };
    if let Some(place) = annual_tickets.iter().position(|id| !theirs(id)) {
        return Err(ForgetCustomerError::NotTheirs(place));
    }
    for annual_ticket in annual_tickets {
        forget_holder(tx, act, *annual_ticket, reason).await?;
    }
    for order in &orders {
        store::forget_buyer(tx, order.id, invoiced(order).as_ref()).await?;
    }
    customers::forget::forget(tx, act, id, reason).await?;
    Ok(())
}

/// What an invoice keeps of its recipient.
fn invoiced(order: &Order) -> Option<Buyer> {
    let buyer = order.buyer.as_ref().filter(|_| order.payment_method == PaymentMethod::Invoice)?;
    Some(Buyer { email: None, ..buyer.clone() })
}
