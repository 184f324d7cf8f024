//! Holds what a basket takes from the ledger while its buyer fills in the checkout, so that nothing of it is sold to somebody else.

use super::basket::Basket;
use super::checkout::{draft_tickets, order_lines};
use super::demand::demand;
use super::price_basket::{PriceError, price_basket};
use super::quote::{self, LineProblem};
use super::shop::Shop;
use crate::app::{App, SharedApp};
use crate::catalog::object::Finding;
use crate::catalog::store::Stamp;
use crate::jobs;
use crate::kernel::ids::OrderId;
use crate::kernel::{Act, Actor, UtcMs};
use crate::promotions::limit_uses::{self, TakeError};
use crate::promotions::{Demand, Holder};
use db::{Conn, DbError};

/// The kind of the job that ends a hold whose time is over. Its subject is the hold.
pub const END_HOLD: &str = "sales.end_hold";

/// How often a basket is priced anew when somebody was quicker.
const ATTEMPTS_MAX: usize = 5;

/// Why nothing was held.
#[derive(Debug, thiserror::Error)]
pub enum HoldError {
    /// A part of the basket is not right.
    #[error(transparent)]
    Input(#[from] Finding),
    /// A line cannot be sold.
    #[error("a line cannot be sold")]
    NotForSale(Vec<LineProblem>),
    /// Somebody else took the last of a limit, or changed what the price depends on, at the same moment, and again at each attempt.
    #[error("what this basket wants was used up or changed at the same moment")]
    ChangedMeanwhile,
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Holds what the basket takes, in place of what its hold (`basket.hold`) had taken before, and answers until when. The order that is
/// placed with the hold takes it over.
///
/// # Errors
/// When a line cannot be sold, or somebody else took the last at the same moment; then the hold stays as it was.
pub async fn hold(app: &App, act: &Act, shop: &Shop, id: OrderId, basket: &Basket) -> Result<UtcMs, HoldError> {
    let until = act.now.plus_millis(shop.hold_millis);
    for _ in 0..ATTEMPTS_MAX {
        let (demand, stamp) = price(app, act, shop, basket).await?;
        let act = act.clone();
        let deed = async move |tx: &mut Conn| take(tx, &act, id, until, &demand, stamp).await;
        match app.db.in_turn().write(deed).await {
            Err(HoldError::ChangedMeanwhile) => {}
            other => return other.map(|()| until),
        }
    }
    Err(HoldError::ChangedMeanwhile)
}

/// What the basket takes, priced beside the writers.
async fn price(app: &App, act: &Act, shop: &Shop, basket: &Basket) -> Result<(Demand, Option<Stamp>), HoldError> {
    let mut conn = app.db.snapshot().await?;
    let priced = price_basket(&mut conn, &shop.frame, act.now, basket).await?;
    if !priced.price.can_be_placed() {
        return Err(HoldError::NotForSale(quote::problems(&priced.price)));
    }
    let lines = order_lines(basket, &priced, act, shop);
    Ok((demand(basket, &priced, &draft_tickets(&lines, &priced, act)), priced.stamp))
}

async fn take(
    tx: &mut Conn,
    act: &Act,
    id: OrderId,
    until: UtcMs,
    demand: &Demand,
    stamp: Option<Stamp>,
) -> Result<(), HoldError> {
    if stamp != Some(Stamp::read(tx).await?) {
        return Err(HoldError::ChangedMeanwhile);
    }
    let freed = limit_uses::release(tx, act, id).await?;
    limit_uses::take(tx, act, Holder::Basket(id), demand, Some(until), freed).await.map_err(|error| match error {
        TakeError::Exhausted(_) => HoldError::ChangedMeanwhile,
        TakeError::Db(error) => HoldError::Db(error),
    })?;
    Ok(jobs::enqueue_at(tx, act, END_HOLD, id, until).await?)
}

/// The handler of the job that ends a hold: a hold that was renewed meanwhile goes on.
///
/// # Errors
/// When the database refuses, or the subject is no hold's id.
pub async fn end_hold_job(app: SharedApp, subject: String) -> anyhow::Result<()> {
    let id: OrderId = subject.parse()?;
    let act = app.act(Actor::System);
    app.db.write(async move |tx: &mut Conn| limit_uses::give_back_expired(tx, &act, id).await).await?;
    Ok(())
}

impl From<PriceError> for HoldError {
    fn from(error: PriceError) -> Self {
        match error {
            PriceError::Basket(finding) => Self::Input(finding),
            PriceError::Db(error) => Self::Db(error),
        }
    }
}
