//! Selling under `/api/v1`: quotes, orders, payments, cancellations, vouchers.

mod bodies;
mod customers;
mod orders;
mod quotes;
mod requests;
mod returns;
mod vouchers;

pub(in crate::sales) use quotes::OVERRIDE;
pub(in crate::sales) use returns::REFUND_USED;

use super::price_basket::PriceFrame;
use super::shop::Shop;
use crate::app::{App, SharedApp};
use utoipa_axum::router::OpenApiRouter;

/// Milliseconds of a minute.
const MINUTE_MILLIS: i64 = 60_000;

/// The operations of this capability.
pub fn router() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .merge(quotes::router())
        .merge(orders::router())
        .merge(returns::router())
        .merge(vouchers::router())
        .merge(customers::router())
}

/// What holds for all prices of this installation.
pub(crate) fn price_frame(app: &App) -> PriceFrame {
    let museum = &app.config.museum;
    PriceFrame { zone: museum.zone(), currency: museum.currency.clone(), kept: app.kept_catalog.clone() }
}

/// What this installation sells with.
pub(in crate::sales) fn shop(app: &App) -> Shop {
    let museum = &app.config.museum;
    Shop {
        frame: price_frame(app),
        museum: museum.name.clone(),
        language: museum.language.clone(),
        base_url: app.config.server.base_url.trim_end_matches('/').to_owned(),
        hold_millis: i64::from(app.config.sales.hold_minutes) * MINUTE_MILLIS,
        invoice_days: app.config.sales.invoice_days,
    }
}

/// An error as a sentence: with a capital letter and a full stop.
fn sentence(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
