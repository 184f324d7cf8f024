//! Exchanges a voucher for the annual ticket that it stands for.

use super::order::OrderState;
use super::shop::Shop;
use super::store::{self, Voucher, VoucherState};
use crate::audit::{self, Entry};
use crate::cards::{self, Delivery, IssueError, Issued, NewAnnualTicket};
use crate::catalog::store as catalog;
use crate::catalog::validity::StartRefusal;
use crate::kernel::Act;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use chrono::NaiveDate;
use db::{Conn, DbError};
use serde_json::json;

/// Why a voucher was not exchanged.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// There is no such voucher.
    #[error("there is no such voucher")]
    NotFound,
    /// It was exchanged before.
    #[error("this voucher was exchanged before")]
    AlreadyExchanged,
    /// Its ticket was cancelled.
    #[error("this voucher is void: its ticket was cancelled")]
    Void,
    /// It has another code, because this one was lost.
    #[error("this voucher was replaced by another one")]
    Replaced,
    /// Its last day is over.
    #[error("this voucher could be exchanged until {0}")]
    Expired(NaiveDate),
    /// The house of the pickup is not there.
    #[error("there is no such house")]
    UnknownHouse,
    /// The chosen first day does not fit.
    #[error(transparent)]
    Start(StartRefusal),
    /// The catalog does not say what the voucher stands for.
    #[error("the product {0} cannot be issued")]
    CannotBeIssued(Slug),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Exchanges a voucher. What it is exchanged for was settled when it was sold: a price that rose since changes nothing. Answers the
/// annual tickets, more than one for a family product.
///
/// # Errors
/// When the voucher cannot be exchanged, or the chosen first day does not fit.
pub async fn exchange(
    tx: &mut Conn,
    act: &Act,
    shop: &Shop,
    code: &str,
    delivery: Option<Delivery>,
    starts_on: Option<NaiveDate>,
) -> Result<Vec<Issued>, ExchangeError> {
    let voucher = store::lock_voucher(tx, code).await?.ok_or(ExchangeError::NotFound)?;
    let today = local_day(act.now, shop.frame.zone);
    refuse_closed(&voucher, today)?;
    if let Some(house) = delivery.as_ref().and_then(Delivery::pickup_house)
        && catalog::house(tx, house).await?.is_none()
    {
        return Err(ExchangeError::UnknownHouse);
    }
    let unfit = || ExchangeError::CannotBeIssued(voucher.product.clone());
    let sold =
        catalog::product(tx, &voucher.product).await?.and_then(|product| product.exchange_for).ok_or_else(unfit)?;
    let product = catalog::product(tx, &sold).await?.ok_or_else(unfit)?;
    let category = catalog::category(tx, &voucher.category).await?.ok_or_else(unfit)?;
    let scope = product.scope.as_ref().ok_or_else(unfit)?;
    let scope_id = catalog::scope(tx, scope).await?.and_then(|scope| scope.id).ok_or_else(unfit)?;
    let new = NewAnnualTicket {
        order_id: voucher.order_id,
        ticket_id: voucher.ticket_id,
        product: &product,
        category: &category,
        scope_id,
        paid: voucher.order_state == OrderState::Paid,
        is_test: voucher.is_test,
        purchased_on: local_day(voucher.sold_at, shop.frame.zone),
        exchanged_on: Some(today),
        starts_on,
        delivery,
        address: None,
        language: voucher.language.clone(),
    };
    store::exchange_voucher(tx, voucher.id, act.now).await?;
    let mut issued = Vec::with_capacity(product.annual_tickets.into());
    for _ in 0..product.annual_tickets {
        issued.push(cards::issue_annual_ticket(tx, act, &new).await?);
    }
    let detail = json!({"product": product.key, "order": voucher.order_id});
    audit::record(tx, act, Entry::new("voucher.exchanged", "voucher", voucher.id).detail(detail)).await?;
    Ok(issued)
}

fn refuse_closed(voucher: &Voucher, today: NaiveDate) -> Result<(), ExchangeError> {
    match (voucher.state, voucher.valid_until) {
        (VoucherState::Exchanged, _) => Err(ExchangeError::AlreadyExchanged),
        (VoucherState::Void, _) => Err(ExchangeError::Void),
        (VoucherState::Replaced, _) => Err(ExchangeError::Replaced),
        (VoucherState::Open, Some(last)) if today > last => Err(ExchangeError::Expired(last)),
        (VoucherState::Open, _) => Ok(()),
    }
}

impl From<IssueError> for ExchangeError {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Start(refusal) => Self::Start(refusal),
            IssueError::NotAnAnnualTicket => Self::Start(StartRefusal::NotChosen),
            IssueError::Db(error) => Self::Db(error),
        }
    }
}
