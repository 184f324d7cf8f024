//! What is on sale, product by product and category by category, as tiles of the box office and shelves of the shop.

use super::priced::Looker;
use crate::catalog::price_list::{REGULAR, prices_on};
use crate::catalog::product::Channel;
use crate::catalog::sale_rule::deciding;
use crate::catalog::{Audience, Category, Event, Price, Product, ProductKind, SaleRule, store as catalog};
use crate::kernel::Cents;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::promotions;
use crate::promotions::ledger::Limit;
use crate::sales::assortment::Assortment;
use crate::web::pages::Words;
use chrono::NaiveDate;
use db::{Conn, DbError};

/// The keys of the first tiles, in their order.
const KEYS: [char; 10] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/// A product with its categories.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    pub(super) key: Slug,
    pub(super) kind: ProductKind,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) tiles: Vec<Tile>,
}

impl Shelf {
    /// Whether its tickets are for a day.
    pub(super) fn is_for_a_day(&self) -> bool {
        self.kind == ProductKind::DayTicket
    }
}

/// A product in a category, for everybody or for an audience.
#[derive(Debug, Clone)]
pub(super) struct Tile {
    /// What adds some: `product.category`, and how many must be taken at least, if more than one.
    pub(super) value: String,
    pub(super) product: String,
    pub(super) category: String,
    pub(super) price: String,
    /// The regular price, where an offer lowers it.
    pub(super) before: Option<String>,
    /// The digit that adds one.
    pub(super) digit: Option<char>,
    /// Whether a proof is asked for.
    pub(super) check_proof: bool,
    /// Under which conditions it is sold, in words.
    pub(super) conditions: Vec<String>,
    pub(super) category_key: Slug,
    pub(super) audience_key: Option<Slug>,
    /// The fewest that can be bought.
    pub(super) first: u32,
    /// Whether not so many are left.
    pub(super) sold_out: bool,
    pub(super) cents: Cents,
}

/// Everything that is sold on the looker's channel today; day tickets for an event at its prices and by its rules.
pub(super) async fn shelves(
    conn: &mut Conn,
    looker: &Looker<'_>,
    event: Option<&Event>,
) -> Result<Vec<Shelf>, DbError> {
    let today = local_day(looker.now, looker.shop.frame.zone);
    let products = catalog::products(conn).await?;
    let categories = catalog::categories(conn).await?;
    let audiences = catalog::audiences(conn).await?;
    let regular = match REGULAR.parse::<Slug>() {
        Ok(list) => prices(conn, &list, today).await?,
        Err(_) => Vec::new(),
    };
    let of_event = match event.and_then(|event| event.price_list.as_ref()) {
        Some(list) => Some(prices(conn, list, today).await?),
        None => None,
    };
    let rules = catalog::sale_rules_at(conn, &event.map(|event| &event.key).into_iter().collect::<Vec<_>>()).await?;
    let mut shelves = Vec::new();
    for product in products.iter().filter(|product| product.sold_on(looker.channel) && product.is_on_sale(today)) {
        let is_for_event = product.kind == ProductKind::DayTicket;
        let prices = of_event.as_ref().filter(|_| is_for_event).unwrap_or(&regular);
        let shown = Showing { looker, product, prices, rules: &rules, event: event.filter(|_| is_for_event) };
        let tiles: Vec<Tile> = categories.iter().flat_map(|category| shown.tiles(category, &audiences)).collect();
        if !tiles.is_empty() {
            shelves.push(shelf(product, tiles, looker.words));
        }
    }
    mark_sold_out(conn, &mut shelves, &products, &categories, rules, event).await?;
    let mut digits = KEYS.into_iter();
    for tile in shelves.iter_mut().flat_map(|shelf| &mut shelf.tiles) {
        tile.digit = digits.next();
    }
    Ok(shelves)
}

/// Marks the tiles of which not enough are left.
async fn mark_sold_out(
    conn: &mut Conn,
    shelves: &mut [Shelf],
    products: &[Product],
    categories: &[Category],
    sale_rules: Vec<SaleRule>,
    event: Option<&Event>,
) -> Result<(), DbError> {
    let assortment = Assortment { sale_rules: sale_rules.into(), ..Assortment::default() };
    let limits_of = |shelf: &Shelf, tile: &Tile| -> Vec<(Limit, u32)> {
        let product = products.iter().find(|product| product.key == shelf.key);
        let category = categories.iter().find(|category| category.key == tile.category_key);
        let event = event.filter(|_| shelf.is_for_a_day());
        let limits = product.zip(category).map(|(product, category)| assortment.limits_of(product, category, event));
        limits.into_iter().flatten().filter_map(|(limit, most)| Some((limit, most?))).collect()
    };
    let all: Vec<Limit> = shelves
        .iter()
        .flat_map(|shelf| shelf.tiles.iter().flat_map(|tile| limits_of(shelf, tile)))
        .map(|(limit, _)| limit)
        .collect();
    if all.is_empty() {
        return Ok(());
    }
    let uses = promotions::uses(conn, &all).await?;
    for shelf in shelves {
        let left = |tile: &Tile| {
            let limits = limits_of(shelf, tile).into_iter();
            limits.map(|(limit, most)| most.saturating_sub(uses.of(&limit))).min()
        };
        let sold_out: Vec<bool> =
            shelf.tiles.iter().map(|tile| left(tile).is_some_and(|left| left < tile.first)).collect();
        for (tile, sold_out) in shelf.tiles.iter_mut().zip(sold_out) {
            tile.sold_out = sold_out;
        }
    }
    Ok(())
}

async fn prices(conn: &mut Conn, list: &Slug, today: NaiveDate) -> Result<Vec<Price>, DbError> {
    Ok(prices_on(catalog::prices_of(conn, list).await?, today))
}

/// What the tiles of a product are made of.
struct Showing<'s> {
    looker: &'s Looker<'s>,
    product: &'s Product,
    prices: &'s [Price],
    rules: &'s [SaleRule],
    event: Option<&'s Event>,
}

impl Showing<'_> {
    /// The tile of a category, and those of the audiences that can be chosen for it.
    fn tiles(&self, category: &Category, audiences: &[Audience]) -> Vec<Tile> {
        let is_this = |price: &&Price| price.product == self.product.key && price.category == category.key;
        let Some(price) = self.prices.iter().find(is_this) else { return Vec::new() };
        let rule = deciding(self.rules, &self.product.key, &category.key, self.event);
        let is_here = |rule: &SaleRule| rule.channels.is_empty() || rule.channels.contains(&self.looker.channel);
        if self.looker.channel == Channel::Online && !rule.is_none_or(is_here) {
            return Vec::new();
        }
        let of_audience = audiences.iter().filter_map(|audience| {
            let cents = price.audience_prices.get(&audience.key)?;
            let tile = || self.tile(category, Some(audience), (*cents).min(price.price), rule);
            let partner = self.looker.known.and_then(|known| known.partner.as_deref());
            let is_own = self.looker.known.is_some_and(|known| known.audience.as_ref() == Some(&audience.key));
            (is_own || audience.may_be_chosen(self.looker.channel, partner)).then(tile)
        });
        std::iter::once(self.tile(category, None, price.price, rule)).chain(of_audience).collect()
    }

    fn tile(&self, category: &Category, audience: Option<&Audience>, cents: Cents, rule: Option<&SaleRule>) -> Tile {
        let language = self.looker.words.language.as_str();
        let first = rule.and_then(|rule| rule.min_quantity).unwrap_or(1);
        let of_audience = audience.map(|audience| format!("@{}", audience.key)).unwrap_or_default();
        let some = if first > 1 { format!(".{first}") } else { String::new() };
        let name = category.names.get(language);
        let named = |audience: &Audience| format!("{name} · {}", audience.names.get(language));
        Tile {
            value: format!("{}.{}{of_audience}{some}", self.product.key, category.key),
            product: self.product.names.get(language).to_owned(),
            category: audience.map_or_else(|| name.to_owned(), named),
            price: self.looker.words.money(cents, &self.looker.shop.frame.currency),
            before: None,
            digit: None,
            check_proof: category.check_proof || audience.is_some_and(|audience| audience.check_proof),
            conditions: rule.map(|rule| conditions(rule, self.looker.words)).unwrap_or_default(),
            category_key: category.key.clone(),
            audience_key: audience.map(|audience| audience.key.clone()),
            first,
            sold_out: false,
            cents,
        }
    }
}

/// What a rule asks of the buyer, in words.
fn conditions(rule: &SaleRule, words: Words) -> Vec<String> {
    let quantity = match (rule.min_quantity.filter(|least| *least > 1), rule.max_quantity) {
        (Some(least), Some(most)) if least == most => Some(words.t1("tile-exactly", "count", least)),
        (Some(least), Some(most)) => Some(words.t2("tile-from-to", ("least", least), ("most", most))),
        (Some(least), None) => Some(words.t1("tile-at-least", "count", least)),
        (None, Some(most)) => Some(words.t1("tile-at-most", "count", most)),
        (None, None) => None,
    };
    let code = (!rule.codes.is_empty()).then(|| words.t("tile-with-code"));
    quantity.into_iter().chain(code).collect()
}

fn shelf(product: &Product, tiles: Vec<Tile>, words: Words) -> Shelf {
    let language = words.language.as_str();
    Shelf {
        key: product.key.clone(),
        kind: product.kind,
        name: product.names.get(language).to_owned(),
        description: product.descriptions.get(language).map(str::to_owned),
        tiles,
    }
}
