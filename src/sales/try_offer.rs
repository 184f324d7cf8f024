//! Tries an offer, saved or not, on an example basket: the same engine, and no other offer beside it.

use super::example::{Shelf, example};
use super::kept_catalog::CatalogReader;
use super::price_basket::{PriceError, PriceFrame, price_with};
use super::quote::{self, UnitPrice};
use crate::catalog::price_list::REGULAR;
use crate::catalog::store as catalog;
use crate::kernel::localized::Localized;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::kernel::{Cents, UtcMs};
use chrono::{NaiveDate, NaiveTime, TimeZone};
use db::{Conn, DbError};
use pricing::Offer;

/// What an offer does to an example basket.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The lines of the basket.
    pub lines: Vec<ExampleLine>,
    /// What is to pay.
    pub total: Cents,
    /// What it would cost without the offer.
    pub original_total: Cents,
    /// Why the offer does nothing here, where the engine said so.
    pub refusal: Option<&'static str>,
}

/// A line of an example.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleLine {
    /// How many tickets.
    pub quantity: u32,
    /// Of what.
    pub product: Localized,
    /// In which category.
    pub category: Localized,
    /// What each costs without the offer.
    pub original_unit_price: Option<Cents>,
    /// What each costs with it.
    pub units: Vec<UnitPrice>,
}

/// What the offer would do to a basket that people can picture. It is tried on a day on which it is valid. None when nothing is sold
/// that it could be for.
///
/// # Errors
/// When the example has no price, or the database refuses.
pub async fn try_offer(
    conn: &mut Conn,
    frame: &PriceFrame,
    now: UtcMs,
    offer: &Offer,
) -> Result<Option<Example>, PriceError> {
    let shelf = load_shelf(conn, local_day(now, frame.zone)).await?;
    let Some((offer, basket)) = shelf.as_ref().and_then(|shelf| example(offer, shelf)) else { return Ok(None) };
    let now = valid_moment(frame, now, &offer);
    let reader = CatalogReader::open(conn, &frame.kept).await?;
    let priced = price_with(reader, frame, now, now, &basket, vec![offer]).await?;
    let lines = quote::lines(&priced).into_iter().filter_map(|line| {
        Some(ExampleLine {
            quantity: line.units.iter().map(|unit| unit.quantity).sum(),
            product: priced.assortment.products.get(&line.product)?.names.clone(),
            category: priced.assortment.categories.get(&line.category)?.names.clone(),
            original_unit_price: line.original_unit_price,
            units: line.units,
        })
    });
    Ok(Some(Example {
        lines: lines.collect(),
        total: priced.price.total,
        original_total: priced.price.original_total,
        refusal: priced.price.rejected.first().map(|rejected| rejected.reason.name()),
    }))
}

async fn load_shelf(conn: &mut Conn, today: NaiveDate) -> Result<Option<Shelf>, DbError> {
    let Ok(regular) = REGULAR.parse::<Slug>() else { return Ok(None) };
    let Some(regular) = catalog::price_list(conn, &regular).await? else { return Ok(None) };
    Ok(Some(Shelf {
        products: catalog::products(conn).await?.into_iter().filter(|product| product.is_on_sale(today)).collect(),
        categories: catalog::categories(conn).await?,
        houses: catalog::houses(conn).await?,
        regular: regular.on(today),
    }))
}

/// Now, or noon of the nearest day on which the offer is valid.
fn valid_moment(frame: &PriceFrame, now: UtcMs, offer: &Offer) -> UtcMs {
    let today = local_day(now, frame.zone);
    let day = offer.valid_from.map_or(today, |from| today.max(from));
    let day = offer.valid_until.map_or(day, |until| day.min(until));
    if day == today {
        return now;
    }
    let noon = NaiveTime::from_hms_opt(12, 0, 0).map(|noon| day.and_time(noon));
    let noon = noon.and_then(|noon| frame.zone.from_local_datetime(&noon).earliest());
    noon.map_or(now, |noon| UtcMs(noon.timestamp_millis()))
}
