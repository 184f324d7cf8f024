//! Asks the engine what a basket costs: loads what the price depends on, builds the scenario, prices it.
//!
//! Of a million codes only the entered ones are loaded, and of the offers only those that may act: the ones of the entered codes, the
//! ones that staff name, and those that nobody has to ask for.

use super::assortment::{Assortment, Goods, pricing_channel};
use super::basket::{Basket, finding};
use super::kept_catalog::{CatalogReader, KeptCatalog};
use crate::catalog::SaleRule;
use crate::catalog::object::Finding;
use crate::catalog::price_list::REGULAR;
use crate::catalog::store::Stamp;
use crate::kernel::UtcMs;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::promotions::ledger::{Limit, limits_of};
use crate::promotions::{self, Code, KnownOffer};
use chrono::NaiveDate;
use chrono_tz::Tz;
use db::{Conn, DbError};
use pricing::{Activation, Budget, Offer, OfferCode, PricedBasket, Scenario};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the installation says about all its prices.
#[derive(Debug, Clone)]
pub struct PriceFrame {
    /// The zone whose days count for offers.
    pub zone: Tz,
    /// The one currency.
    pub currency: String,
    /// What is kept of the catalog and the offers.
    pub kept: Arc<KeptCatalog>,
}

/// A basket with its price and all that it was made of.
#[derive(Debug, Clone)]
pub struct Priced {
    /// The answer of the engine.
    pub price: PricedBasket,
    /// The question.
    pub scenario: Scenario,
    /// What the basket names.
    pub assortment: Assortment,
    /// The audience whose price a line has, by the line's name.
    pub audiences: BTreeMap<String, Slug>,
    /// The day whose offers count.
    pub today: NaiveDate,
    /// The stamp of the catalog and the offers; none inside a deed.
    pub stamp: Option<Stamp>,
}

/// Why a basket has no price.
#[derive(Debug, thiserror::Error)]
pub enum PriceError {
    /// It names something that is not there, or says too little.
    #[error(transparent)]
    Basket(#[from] Finding),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Prices a basket. What is held since a moment keeps the prices and offers of that moment while it is held, so that nothing changes
/// between the checkout and the order.
///
/// # Errors
/// When the basket names something that is not there.
pub async fn price_basket(
    conn: &mut Conn,
    frame: &PriceFrame,
    now: UtcMs,
    basket: &Basket,
) -> Result<Priced, PriceError> {
    let since = match basket.hold {
        Some(hold) => promotions::held_since(conn, hold, now).await?,
        None => None,
    };
    let agreed = since.unwrap_or(now);
    let mut reader = CatalogReader::open(conn, &frame.kept).await?;
    let offers = load_offers(&mut reader, basket, local_day(agreed, frame.zone)).await?;
    price_with(reader, frame, now, agreed, basket, offers).await
}

/// Prices a basket as if these offers were all there are, at the prices of the moment that was agreed on.
pub(super) async fn price_with(
    mut reader: CatalogReader<'_>,
    frame: &PriceFrame,
    now: UtcMs,
    agreed: UtcMs,
    basket: &Basket,
    mut offers: Vec<Offer>,
) -> Result<Priced, PriceError> {
    let today = local_day(agreed, frame.zone);
    let assortment = load_assortment(&mut reader, basket, today).await?;
    let stamp = reader.stamp();
    let conn = reader.conn();
    let mut goods = Vec::with_capacity(basket.items.len());
    for (place, item) in basket.items.iter().enumerate() {
        let one = assortment.goods(place, item, now, frame.zone)?;
        assortment.check_audience(place, &one, basket)?;
        goods.push(one);
    }
    let customer = basket.customer_id();
    let mut limits: Vec<Limit> = offers.iter().flat_map(|offer| limits_of(offer, customer)).collect();
    let of_catalog = |goods: &Goods<'_>| assortment.limits_of(goods.product, goods.category, goods.event);
    let limited = |goods: &Goods<'_>| of_catalog(goods).into_iter().filter(|(_, most)| most.is_some());
    limits.extend(goods.iter().flat_map(|goods| limited(goods).map(|(limit, _)| limit)));
    let mut uses = promotions::uses(conn, &limits).await?;
    let own = match basket.hold {
        Some(hold) => promotions::held_by(conn, hold).await?,
        None => BTreeMap::new(),
    };
    uses.less(&own);
    for offer in &mut offers {
        uses.fill(offer, customer);
        for code in &mut offer.codes {
            let held = own.get(&Limit::code(pricing::fold_code(&code.code))).copied().unwrap_or(0);
            code.used = code.used.saturating_sub(held);
        }
    }
    let mut lines = Vec::with_capacity(goods.len());
    for (item, one) in basket.items.iter().zip(&goods) {
        let of_type = basket.items.iter().zip(&goods).filter(|(_, other)| one.is_of_type(other));
        let beside = of_type.map(|(other, _)| other.quantity).sum::<u32>().saturating_sub(item.quantity);
        lines.push(assortment.line(item, one, basket.channel, &uses, beside));
        // What a line takes is not left for the lines behind it.
        limited(one).for_each(|(limit, _)| uses.add(limit, item.quantity));
    }
    let scenario = Scenario {
        now: agreed.to_datetime().with_timezone(&frame.zone).fixed_offset(),
        timezone: frame.zone,
        currency: frame.currency.clone(),
        channel: pricing_channel(basket.channel),
        box_office_profile: basket.box_office_profile.clone(),
        customer: basket.customer.as_ref().map(|customer| pricing::Customer {
            id: customer.id.clone(),
            existing: customer.existing,
            newsletter: customer.newsletter,
            partner: customer.partner.clone(),
        }),
        staff_overrides: basket.staff_overrides.iter().map(|one| one.offer.to_string()).collect(),
        regular_prices: assortment.regular_prices(basket),
        basket: lines,
        offers,
        codes_entered: basket.codes.clone(),
        refund: None,
    };
    let price = pricing::price(&scenario, &Budget::default())
        .map_err(|error| finding(error.path.replace("basket[", "items["), "invalid_value", error.message))?;
    let audiences = basket.items.iter().filter_map(|item| Some((item.line.clone(), item.audience.clone()?))).collect();
    Ok(Priced { price, scenario, assortment, audiences, today, stamp })
}

/// Whether the shop shows a field for codes: a typed code could work now on this channel, and no automatic offer acts alone on
/// this basket.
///
/// # Errors
/// When the database refuses.
pub async fn code_entry_open(conn: &mut Conn, frame: &PriceFrame, priced: &Priced) -> Result<bool, DbError> {
    let Priced { price, scenario, today, .. } = priced;
    let acts_alone =
        |id: &str| scenario.offers.iter().any(|offer| offer.id == id && offer.activation == Activation::Automatic);
    if price.applied.iter().any(|applied| acts_alone(&applied.offer)) {
        return Ok(false);
    }
    let mut reader = CatalogReader::open(conn, &frame.kept).await?;
    let is_here = |rule: &SaleRule| {
        rule.channels.is_empty() || rule.channels.iter().any(|one| pricing_channel(*one) == scenario.channel)
    };
    // Some tickets are sold to those alone who enter a code.
    if reader.sale_rules_with_codes().await?.iter().any(is_here) {
        return Ok(true);
    }
    let works_here = |offer: &Offer| {
        let (channels, profiles, desk) = (&offer.channels, &offer.box_office_profiles, &scenario.box_office_profile);
        (channels.is_empty() || channels.contains(&scenario.channel))
            && (profiles.is_empty() || desk.as_ref().is_some_and(|desk| profiles.contains(desk)))
    };
    let is_endless = |offer: &Offer| offer.max_orders.is_none() && offer.max_tickets_total.is_none();
    // The usual case, answered from memory.
    if reader.offers_with_endless_codes(today).await?.iter().any(|offer| works_here(offer) && is_endless(offer)) {
        return Ok(true);
    }
    let mut offers = promotions::offers_with_open_codes(reader.conn(), *today).await?;
    offers.retain(works_here);
    let limits: Vec<Limit> = offers.iter().flat_map(|offer| limits_of(offer, None)).collect();
    let uses = promotions::uses(reader.conn(), &limits).await?;
    let has_left = |offer: &mut Offer| {
        uses.fill(offer, None);
        offer.max_orders.is_none_or(|most| offer.orders_used < most)
            && offer.max_tickets_total.is_none_or(|most| offer.tickets_used < most)
    };
    Ok(offers.iter_mut().any(has_left))
}

async fn load_assortment(
    reader: &mut CatalogReader<'_>,
    basket: &Basket,
    today: NaiveDate,
) -> Result<Assortment, DbError> {
    let named = |key: fn(&super::basket::Item) -> Option<&Slug>| -> BTreeSet<Slug> {
        basket.items.iter().filter_map(key).cloned().collect()
    };
    let mut found = Assortment::default();
    for key in named(|item| item.event.as_ref()) {
        if let Some(event) = reader.event(&key).await? {
            found.events.insert(key, event);
        }
    }
    for key in named(|item| Some(&item.product)) {
        if let Some(product) = reader.product(&key).await? {
            found.products.insert(key, product);
        }
    }
    for key in named(|item| Some(&item.category)) {
        if let Some(category) = reader.category(&key).await? {
            found.categories.insert(key, category);
        }
    }
    for key in named(|item| item.audience.as_ref()) {
        if let Some(audience) = reader.audience(&key).await? {
            found.audiences.insert(key, audience);
        }
    }
    let mut houses = named(|item| item.house.as_ref());
    houses.extend(found.events.values().map(|event| event.house.clone()));
    for key in houses {
        if let Some(house) = reader.house(&key).await? {
            found.houses.insert(key, house);
        }
    }
    let mut lists: BTreeSet<Slug> = found.events.values().filter_map(|event| event.price_list.clone()).collect();
    lists.extend(REGULAR.parse::<Slug>().ok().filter(|_| !basket.items.is_empty()));
    for key in lists {
        if let Some(list) = reader.price_list(&key, &today).await? {
            found.price_lists.insert(key, list);
        }
    }
    found.sale_rules = reader.sale_rules_at(&found.events.keys().cloned().collect()).await?;
    Ok(found)
}

async fn load_offers(
    reader: &mut CatalogReader<'_>,
    basket: &Basket,
    today: NaiveDate,
) -> Result<Vec<Offer>, PriceError> {
    let folds: BTreeSet<String> = basket.codes.iter().map(|code| pricing::fold_code(code)).collect();
    let entered = promotions::codes_entered(reader.conn(), &folds.into_iter().collect::<Vec<_>>()).await?;
    let mut named: BTreeSet<String> = basket.staff_overrides.iter().map(|one| one.offer.to_string()).collect();
    named.extend(entered.iter().map(|(_, code)| code.offer.to_string()));
    let known = reader.known_offers(&today, &named).await?;
    for (place, one) in basket.staff_overrides.iter().enumerate() {
        if !known.iter().any(|known| known.key == one.offer) {
            let path = format!("staff_overrides[{place}].offer");
            return Err(finding(path, "unknown_offer", "there is no such offer").into());
        }
    }
    let mut codes: BTreeMap<Slug, Vec<OfferCode>> = BTreeMap::new();
    for (_, code) in entered {
        let Code { code, offer, enabled, max_uses, used, .. } = code;
        codes.entry(offer).or_default().push(OfferCode { code, enabled, max_uses, used });
    }
    let with_codes =
        |known: &KnownOffer| Offer { codes: codes.remove(&known.key).unwrap_or_default(), ..known.offer.clone() };
    Ok(known.iter().map(with_codes).collect())
}
