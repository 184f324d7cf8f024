//! The numbers without gaps: of orders, and of the receipts of a house in a year. Trials have numbers of their own, which say so wherever
//! they are seen.
//!
//! Whoever takes a number holds its series until the transaction ends, so it comes last in a deed; the series of orders is taken before
//! that of receipts.

use super::books::{receipt_number, receipt_series};
use super::order::Order;
use super::shop::Shop;
use super::store;
use crate::catalog::store::{self as catalog, Stamp};
use crate::kernel::Act;
use crate::kernel::period::local_day;
use chrono::Datelike;
use db::{Conn, DbError};

/// Gives the order its number, and a receipt to what was paid for it at once; answers the stamp of the catalog at this moment. Both
/// numbers come from one statement: whoever sells in the same house waits for this transaction no longer than whoever sells anywhere.
pub(super) async fn number_order(tx: &mut Conn, act: &Act, shop: &Shop, order: &mut Order) -> Result<Stamp, DbError> {
    let year = local_day(act.now, shop.frame.zone).year();
    let house = order.house.clone().filter(|_| !order.payments.is_empty());
    let name = if order.is_test() { "TEST".to_owned() } else { year.to_string() };
    let mut series = vec![format!("order-{name}")];
    series.extend(house.as_ref().map(|house| receipt_series(house, year)));
    let (numbers, stamp) = store::next_numbers(tx, &series).await?;
    let number = numbers.first().copied().unwrap_or_default();
    order.number = format!("{name}-{number:06}");
    if let (Some(house), Some(receipt)) = (house, numbers.get(1)) {
        for payment in &mut order.payments {
            payment.receipt = Some(receipt_number(&house, year, *receipt));
        }
    }
    Ok(stamp)
}

/// The next receipt of the order's house. Nobody else gets one there until the transaction ends, so this comes last in a deed.
pub(super) async fn next_receipt(tx: &mut Conn, act: &Act, shop: &Shop, order: &Order) -> Result<String, DbError> {
    let year = local_day(act.now, shop.frame.zone).year();
    let house = match &order.house {
        Some(house) => house.clone(),
        // Orders of earlier times name none.
        None => catalog::houses(tx).await?.into_iter().next().map(|house| house.key).ok_or(DbError::NotFound)?,
    };
    let (numbers, _) = store::next_numbers(tx, &[receipt_series(&house, year)]).await?;
    Ok(receipt_number(&house, year, numbers.first().copied().unwrap_or_default()))
}
