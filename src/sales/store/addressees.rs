//! Whom orders belong to, by their address for mail.

use super::{to_json, word};
use crate::kernel::ids::OrderId;
use crate::sales::order::Buyer;
use db::{Conn, DbError, args};

db::statements! {
    /// Keeps another buyer of an order.
    SET_BUYER = "UPDATE orders SET buyer = $2, buyer_fold = $3 WHERE id = $1";
    /// Keeps what an invoice must name, or nobody, and nothing that staff noted.
    FORGET_BUYER = "UPDATE orders SET buyer = $2, buyer_fold = $3, notes = '', link_token = NULL WHERE id = $1";
    /// The newest orders of an address for mail.
    OF_ADDRESS = {
        lite: "SELECT id FROM orders WHERE buyer IS NOT NULL AND lower(buyer ->> 'email') = lower($1) ORDER BY id DESC LIMIT $2",
        pg: "SELECT id FROM orders WHERE buyer IS NOT NULL AND lower(CAST(buyer AS JSONB) ->> 'email') = lower($1)
            ORDER BY id DESC LIMIT $2"
    };
}

/// Keeps another buyer of an order.
pub(in crate::sales) async fn set_buyer(tx: &mut Conn, order: OrderId, buyer: &Buyer) -> Result<(), DbError> {
    tx.execute_one(&SET_BUYER, args![order.to_string(), to_json(buyer)?, buyer.fold()]).await
}

/// The newest orders of an address for mail, in whatever case it is written.
pub(in crate::sales) async fn orders_of_address(
    conn: &mut Conn,
    address: &str,
    limit: u32,
) -> Result<Vec<OrderId>, DbError> {
    let rows: Vec<(String,)> = conn.fetch_all(&OF_ADDRESS, args![address, limit]).await?;
    rows.iter().map(|(id,)| word(id)).collect()
}

/// Forgets who bought, but for what an invoice must name; its link opens nothing any more.
pub(in crate::sales) async fn forget_buyer(
    tx: &mut Conn,
    order: OrderId,
    invoiced: Option<&Buyer>,
) -> Result<(), DbError> {
    let fold = invoiced.map(Buyer::fold).unwrap_or_default();
    tx.execute_one(&FORGET_BUYER, args![order.to_string(), invoiced.map(to_json).transpose()?, fold]).await
}
