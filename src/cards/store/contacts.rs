//! Whom mails about annual tickets go to: whoever bought, as the sale keeps it.

use crate::kernel::ids::OrderId;
use db::column::json_opt;
use db::{Conn, DbError, args};
use serde::Deserialize;

db::statements! {
    /// Whoever bought.
    BUYER = "SELECT buyer FROM orders WHERE id = $1";
}

/// Whom mails about the annual tickets of an order go to.
#[derive(Debug, Clone)]
pub struct Contact {
    /// The name; may be empty.
    pub name: String,
    /// The address for mail.
    pub email: String,
}

/// What of a buyer counts here.
#[derive(Deserialize)]
struct Buyer {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: Option<String>,
}

/// Whom mails about the annual tickets of an order go to; nobody when no address was given.
pub(in crate::cards) async fn of_order(conn: &mut Conn, order: OrderId) -> Result<Option<Contact>, DbError> {
    let row: Option<(Option<String>,)> = conn.fetch_optional(&BUYER, args![order.to_string()]).await?;
    let buyer: Option<Buyer> = json_opt(row.and_then(|(buyer,)| buyer).as_deref())?;
    Ok(buyer.and_then(|Buyer { name, email }| Some(Contact { name, email: email? })))
}
