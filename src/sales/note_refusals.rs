//! Notes that codes were refused: with an order, or when a visitor types one in the shop.

use super::basket::Basket;
use super::price_basket::{PriceError, price_basket};
use super::quote::{self, Rejected};
use super::shop::Shop;
use crate::app::App;
use crate::catalog::product::Channel;
use crate::kernel::Act;
use crate::promotions;
use db::{Conn, DbError};

/// Counts codes that were refused on a channel.
///
/// # Errors
/// When the database refuses.
pub async fn note_refusals(app: &App, act: &Act, channel: Channel, refused: &[Rejected]) -> Result<(), DbError> {
    if refused.is_empty() {
        return Ok(());
    }
    let refused: Vec<(String, &'static str)> = refused.iter().map(|one| (one.code.clone(), one.reason)).collect();
    let act = act.clone();
    let deed = async move |tx: &mut Conn| promotions::remember_refusals(tx, &act, channel.as_str(), &refused).await;
    app.db.write(deed).await
}

/// Counts a code that somebody typed, if the basket with it refuses it for more than the company of other codes. A basket without a
/// price refuses nothing.
///
/// # Errors
/// When the database refuses.
pub async fn note_typed(app: &App, act: &Act, shop: &Shop, basket: &Basket, typed: &str) -> Result<(), DbError> {
    let mut conn = app.db.snapshot().await?;
    let priced = match price_basket(&mut conn, &shop.frame, act.now, basket).await {
        Ok(priced) => priced,
        Err(PriceError::Basket(_)) => return Ok(()),
        Err(PriceError::Db(error)) => return Err(error),
    };
    drop(conn);
    let typed = pricing::fold_code(typed);
    let mut refused = quote::rejected(&priced.price, |reason| !reason.is_about_combination());
    refused.retain(|one| pricing::fold_code(&one.code) == typed);
    note_refusals(app, act, basket.channel, &refused).await
}
