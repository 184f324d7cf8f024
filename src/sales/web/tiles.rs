//! What is on sale, product by product and category by category, as tiles of the box office and shelves of the shop.

use super::priced::Looker;
use crate::catalog::price_list::REGULAR;
use crate::catalog::{Event, Product, ProductKind, store as catalog};
use crate::kernel::Cents;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::promotions;
use crate::sales::basket::{Basket, Item};
use crate::sales::price_basket::price_basket;
use db::{Conn, DbError};

/// The keys of the first tiles, in their order.
const KEYS: [char; 10] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/// A product with its categories.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    pub(super) key: Slug,
    pub(super) kind: ProductKind,
    pub(super) name: String,
    pub(super) tiles: Vec<Tile>,
}

impl Shelf {
    /// Whether its tickets are for a day.
    pub(super) fn is_for_a_day(&self) -> bool {
        self.kind == ProductKind::DayTicket
    }
}

/// A product in a category.
#[derive(Debug, Clone)]
pub(super) struct Tile {
    /// What adds one: `product.category`.
    pub(super) value: String,
    pub(super) product: String,
    pub(super) category: String,
    pub(super) price: String,
    /// The regular price, where an offer that nobody has to ask for lowers it.
    pub(super) before: Option<String>,
    /// The digit that adds one.
    pub(super) digit: Option<char>,
    /// Whether the gate asks for a proof.
    pub(super) check_proof: bool,
    category_key: Slug,
    cents: Cents,
}

/// Everything that is sold on the looker's channel; for an event, at its prices.
pub(super) async fn shelves(
    conn: &mut Conn,
    looker: &Looker<'_>,
    event: Option<&Event>,
) -> Result<Vec<Shelf>, DbError> {
    let language = looker.words.language.as_str();
    let products = catalog::products(conn).await?;
    let categories = catalog::categories(conn).await?;
    let list = match event.and_then(|event| event.price_list.clone()) {
        Some(own) => Some(own),
        None => REGULAR.parse().ok(),
    };
    let prices = match list {
        Some(list) => catalog::prices_of(conn, &list).await?,
        None => Vec::new(),
    };
    let mut digits = KEYS.into_iter();
    let mut shelves = Vec::new();
    for product in products.iter().filter(|product| product.sold_on(looker.channel)) {
        let tiles: Vec<Tile> = categories
            .iter()
            .filter_map(|category| {
                let price =
                    prices.iter().find(|price| price.product == product.key && price.category == category.key)?;
                Some(Tile {
                    value: format!("{}.{}", product.key, category.key),
                    product: product.names.get(language).to_owned(),
                    category: category.names.get(language).to_owned(),
                    price: looker.words.money(price.price, &looker.shop.frame.currency),
                    before: None,
                    digit: digits.next(),
                    check_proof: category.check_proof,
                    category_key: category.key.clone(),
                    cents: price.price,
                })
            })
            .collect();
        if !tiles.is_empty() {
            shelves.push(shelf(product, tiles, language));
        }
    }
    Ok(shelves)
}

/// Strikes through the prices that offers lower by themselves: each tile is priced as a basket of its own.
pub(super) async fn strike_through(
    conn: &mut Conn,
    shelves: &mut [Shelf],
    looker: &Looker<'_>,
    house: Option<&Slug>,
) -> Result<(), DbError> {
    let today = local_day(looker.now, looker.shop.frame.zone);
    if promotions::known_offers(conn, today, &[]).await?.is_empty() {
        return Ok(());
    }
    for shelf in shelves {
        for tile in &mut shelf.tiles {
            let item = Item {
                line: "0".to_owned(),
                product: shelf.key.clone(),
                category: tile.category_key.clone(),
                house: house.cloned(),
                event: None,
                date: None,
                quantity: 1,
                staff_override: None,
            };
            let basket = Basket {
                channel: looker.channel,
                items: vec![item],
                codes: Vec::new(),
                customer: None,
                box_office_profile: None,
                staff_overrides: Vec::new(),
            };
            // What cannot be priced alone, such as a companion, keeps its regular price.
            if let Ok(priced) = price_basket(conn, &looker.shop.frame, looker.now, &basket).await
                && priced.price.can_be_placed()
                && priced.price.total < tile.cents
            {
                let price = looker.words.money(priced.price.total, &looker.shop.frame.currency);
                tile.before = Some(std::mem::replace(&mut tile.price, price));
            }
        }
    }
    Ok(())
}

fn shelf(product: &Product, tiles: Vec<Tile>, language: &str) -> Shelf {
    Shelf { key: product.key.clone(), kind: product.kind, name: product.names.get(language).to_owned(), tiles }
}
