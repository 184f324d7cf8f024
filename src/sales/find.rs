//! Finding an order or a voucher by what somebody scanned or typed. The caller has checked who asks.

use super::order::{Buyer, Order, OrderState};
use super::store::{self, OrderFilter};
use crate::kernel::ids::{OrderId, TicketId};
use crate::kernel::{Cents, UtcMs};
use db::{Conn, DbError};

/// An order among those that were found.
#[derive(Debug)]
pub struct FoundOrder {
    /// Its id.
    pub id: OrderId,
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub state: OrderState,
    /// What it costs.
    pub total: Cents,
    /// Who bought; at the box office mostly nobody in particular.
    pub buyer: Option<Buyer>,
    /// When it was placed.
    pub placed_at: UtcMs,
}

/// The order with this number.
///
/// # Errors
/// When the database refuses.
pub async fn order_of_number(conn: &mut Conn, number: &str) -> Result<Option<OrderId>, DbError> {
    store::order_of_number(conn, number).await
}

/// The order in which this ticket was sold.
///
/// # Errors
/// When the database refuses.
pub async fn order_of_ticket(conn: &mut Conn, ticket: TicketId) -> Result<Option<OrderId>, DbError> {
    store::order_of_ticket(conn, ticket).await
}

/// Whether there is a voucher with this code.
///
/// # Errors
/// When the database refuses.
pub async fn is_voucher(conn: &mut Conn, code: &str) -> Result<bool, DbError> {
    Ok(store::find_voucher(conn, code).await?.is_some())
}

/// The newest orders of an address for mail, in whatever case it is written.
///
/// # Errors
/// When the database refuses.
pub async fn orders_of_address(conn: &mut Conn, address: &str, limit: u32) -> Result<Vec<Order>, DbError> {
    let mut orders = Vec::new();
    for id in store::orders_of_address(conn, address, limit).await? {
        orders.extend(store::find_order(conn, id).await?);
    }
    Ok(orders)
}

/// The newest orders in whose number, or in whose buyer's name or address for mail, each of the words stands.
///
/// # Errors
/// When the database refuses.
pub async fn orders(conn: &mut Conn, words: &str, limit: u32) -> Result<Vec<FoundOrder>, DbError> {
    let page = store::orders_page(conn, &OrderFilter { text: words.to_owned(), ..OrderFilter::default() }, None, limit)
        .await?;
    let found = page.items.into_iter().map(|row| FoundOrder {
        id: row.id,
        number: row.number,
        state: row.state,
        total: row.total,
        buyer: row.buyer,
        placed_at: row.placed_at,
    });
    Ok(found.collect())
}
