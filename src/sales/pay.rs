//! Takes the payment that an order waits for.

use super::books::vat_due;
use super::issue_tickets::{self, Catalog, IssueTicketsError};
use super::kept_catalog::CatalogReader;
use super::number_order::next_receipt;
use super::order::{Order, OrderState, Payment, PaymentMethod, TicketState};
use super::remind_holders;
use super::send_link;
use super::shop::Till;
use super::store;
use crate::audit::{self, Entry};
use crate::cards;
use crate::kernel::ids::OrderId;
use crate::kernel::{Act, Cents};
use crate::promotions::limit_uses;
use db::{Conn, DbError};
use serde_json::json;

/// Why a payment was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PayError {
    /// There is no such order.
    #[error("there is no such order")]
    NotFound,
    /// It waits for no payment.
    #[error("this order waits for no payment")]
    WrongState(OrderState),
    /// The amount is not what is due.
    #[error("{0} is due")]
    WrongAmount(Cents),
    /// Nobody pays like this.
    #[error("an order is not paid as a trial")]
    NotAPayment,
    /// What was reserved cannot be made.
    #[error(transparent)]
    Issue(IssueTicketsError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Takes the payment of an order: all that is due. What it only reserved is issued and used for good; what was issued already may
/// now be printed and admitted. While a reserved order waits, its time may have run out a moment ago: as long as nothing was given
/// back, its payment is honoured. `desk` is where it comes in, if not where the order was sold.
///
/// # Errors
/// When the order waits for no payment, or for another amount.
pub async fn pay(
    tx: &mut Conn,
    act: &Act,
    till: Till<'_>,
    id: OrderId,
    method: Option<PaymentMethod>,
    amount: Option<Cents>,
    desk: Option<&str>,
) -> Result<Order, PayError> {
    let mut order = store::lock_order(tx, id).await?.ok_or(PayError::NotFound)?;
    if order.state != OrderState::AwaitingPayment {
        return Err(PayError::WrongState(order.state));
    }
    if method == Some(PaymentMethod::Test) {
        return Err(PayError::NotAPayment);
    }
    let due = order.due();
    if amount.is_some_and(|amount| amount != due) {
        return Err(PayError::WrongAmount(due));
    }
    let mut payment = Payment {
        method: method.unwrap_or(order.payment_method),
        amount: due,
        vat: vat_due(&order),
        receipt: None,
        desk: desk.unwrap_or(&order.desk).to_owned(),
        received_at: act.now,
    };
    order.state = OrderState::Paid;
    if order.tickets.iter().any(|ticket| ticket.state == TicketState::Reserved) {
        let mut reader = CatalogReader::open(tx, &till.shop.frame.kept).await?;
        let catalog = Catalog::of_tickets(&mut reader, &order.tickets).await?;
        let rights = issue_tickets::make_codes(act, till, &catalog, &mut order)?;
        issue_tickets::issue_tickets(tx, act, till.shop, &catalog, &mut order, &rights).await?;
        store::issue_tickets(tx, id, act.now, &order.tickets).await?;
        issue_tickets::issue_vouchers(tx, act, till.shop, &catalog, &order)?;
        limit_uses::confirm(tx, act, id).await?;
        // Only now are there tickets to send.
        send_link::put_link(tx, act, &order).await?;
        remind_holders::plan(tx, act, &order).await?;
    } else {
        cards::mark_order_paid(tx, act, id).await?;
    }
    store::set_state(tx, id, OrderState::AwaitingPayment, OrderState::Paid).await?;
    let detail = json!({"amount": due, "method": payment.method});
    audit::record(tx, act, Entry::new("order.paid", "order", id).detail(detail)).await?;
    // Others wait for the number of the receipt, so it comes last.
    payment.receipt = Some(next_receipt(tx, act, till.shop, &order).await?);
    store::insert_payment(tx, act, id, &payment)?;
    order.hold_until = None;
    order.payments.push(payment);
    Ok(order)
}

impl From<IssueTicketsError> for PayError {
    fn from(error: IssueTicketsError) -> Self {
        match error {
            IssueTicketsError::Db(error) => Self::Db(error),
            other => Self::Issue(other),
        }
    }
}
