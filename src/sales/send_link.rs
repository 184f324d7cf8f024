//! Mails an order's link to whoever bought: when the order is placed, when its tickets are issued, and whenever it is asked for.

use super::order::{Buyer, Order, OrderState};
use super::store;
use crate::audit::{self, Entry};
use crate::catalog::object::Finding;
use crate::kernel::Act;
use crate::kernel::ids::{AnnualTicketId, OrderId};
use crate::kernel::text::clean;
use crate::mail::{self, NewMail, Recipient};
use crate::{cards, customers};
use db::{Conn, DbError};
use std::collections::BTreeSet;

/// The kind of mail with the link of an order.
pub const ORDER_LINK: &str = "order.link";
/// The kind of mail that reminds of annual tickets that nobody has personalized.
pub const ORDER_REMINDER: &str = "order.reminder";
/// The kind of mail with the links of all orders of an address.
pub const LOST_LINKS: &str = "order.lost_links";
/// How long after a reminder no other one is sent, in milliseconds: a day.
const BETWEEN_REMINDERS_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// Why no link was sent.
#[derive(Debug, thiserror::Error)]
pub enum SendLinkError {
    /// There is no such order.
    #[error("there is no such order")]
    NotFound,
    /// There is nothing to link to any more.
    #[error("this order was cancelled or has expired")]
    Over(OrderState),
    /// The address is none.
    #[error(transparent)]
    Input(#[from] Finding),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What became of the wish to remind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reminded {
    /// How many orders get a mail.
    pub mails: i64,
    /// How many have no address for mail, or were reminded within a day.
    pub left_out: i64,
}

/// Puts the mail with an order's link into the outbox, if its buyer has an address.
pub(super) async fn put_link(tx: &mut Conn, act: &Act, order: &Order) -> Result<(), DbError> {
    put(tx, act, order, ORDER_LINK).await.map(drop)
}

/// Sends an order's link again. Another address than the order's takes its place; an order without a buyer gets one.
///
/// # Errors
/// When there is no such order, it is over, or the address is none.
pub async fn send_link(tx: &mut Conn, act: &Act, id: OrderId, address: &str) -> Result<Order, SendLinkError> {
    let mut order = store::lock_order(tx, id).await?.ok_or(SendLinkError::NotFound)?;
    if matches!(order.state, OrderState::Cancelled | OrderState::Expired) {
        return Err(SendLinkError::Over(order.state));
    }
    let address = clean(address);
    let known = order.buyer.as_ref().and_then(|buyer| buyer.email.clone());
    if known.as_ref() != Some(&address) {
        let buyer = order.buyer.take();
        let buyer =
            buyer.unwrap_or_else(|| Buyer { name: address.clone(), email: None, language: None, address: None });
        let buyer = Buyer { email: Some(address), ..buyer }.checked()?;
        if buyer.email.is_none() {
            return Err(super::basket::finding("buyer.email", "invalid_email", "an address for mail is needed").into());
        }
        store::set_buyer(tx, id, &buyer).await?;
        if let Some(address) = &buyer.email {
            customers::remember(tx, act, address, &buyer.name, &order.language).await?;
        }
        order.buyer = Some(buyer);
        audit::record(tx, act, Entry::new("order.address_corrected", "order", id)).await?;
    }
    put_link(tx, act, &order).await?;
    audit::record(tx, act, Entry::new("order.link_sent", "order", id)).await?;
    Ok(order)
}

/// Reminds the buyers of annual tickets that still wait for their personalization: a mail per order, with the links of all that wait
/// in it.
///
/// # Errors
/// When the database refuses.
pub async fn remind(tx: &mut Conn, act: &Act, tickets: &BTreeSet<AnnualTicketId>) -> Result<Reminded, DbError> {
    let mut orders = BTreeSet::new();
    for ticket in tickets {
        orders.extend(cards::find::order_of_open(tx, *ticket).await?);
    }
    let mut reminded = Reminded::default();
    for id in orders {
        let Some(order) = store::find_order(tx, id).await? else { continue };
        if was_reminded(tx, act, id, ORDER_REMINDER).await? || !put(tx, act, &order, ORDER_REMINDER).await? {
            reminded.left_out += 1;
            continue;
        }
        audit::record(tx, act, Entry::new("order.reminded", "order", id)).await?;
        reminded.mails += 1;
    }
    Ok(reminded)
}

/// Puts the mail with the links of all orders of an address into the outbox. Whether there are any shows when it is written; so asking
/// takes as long for an address that nobody knows.
///
/// # Errors
/// When the database refuses.
pub async fn ask_for_links(tx: &mut Conn, act: &Act, address: &str, language: &str) -> Result<(), DbError> {
    let to = Recipient { address, name: "", language };
    let new = NewMail { kind: LOST_LINKS, subject_kind: "", subject_id: String::new(), to };
    mail::put(tx, act, new).await.map(drop)
}

/// Whether there is an address to put a mail for; puts it.
pub(super) async fn put(tx: &mut Conn, act: &Act, order: &Order, kind: &'static str) -> Result<bool, DbError> {
    let Some((buyer, address)) = order.buyer.as_ref().and_then(|buyer| Some((buyer, buyer.email.as_deref()?))) else {
        return Ok(false);
    };
    let to = Recipient { address, name: &buyer.name, language: &order.language };
    mail::put(tx, act, NewMail { kind, subject_kind: "order", subject_id: order.id.to_string(), to }).await?;
    Ok(true)
}

/// Whether the order's buyer got a mail of this kind within a day.
pub(super) async fn was_reminded(conn: &mut Conn, act: &Act, order: OrderId, kind: &str) -> Result<bool, DbError> {
    let since = act.now.plus_millis(-BETWEEN_REMINDERS_MILLIS);
    let mails = mail::of_subject(conn, "order", &order.to_string()).await?;
    Ok(mails.iter().any(|mail| mail.kind == kind && mail.created_at > since))
}
