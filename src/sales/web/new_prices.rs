//! What offers do to the prices on tiles before anything is chosen: those that nobody has to ask for, and those of the codes that were
//! entered. Each tile is priced as a basket of its own, and an alternative price list brings its own categories.

use super::priced::Looker;
use super::tiles::{Shelf, Tile};
use super::wish::Wish;
use crate::catalog::{Event, store as catalog};
use crate::kernel::Cents;
use crate::kernel::period::local_day;
use crate::kernel::slug::Slug;
use crate::promotions;
use crate::sales::basket::{Basket, Item};
use crate::sales::price_basket::{Priced, price_basket};
use db::{Conn, DbError};
use std::collections::BTreeMap;

/// Strikes through the prices that offers lower, and adds the categories that alternative price lists offer.
pub(super) async fn apply_offers(
    conn: &mut Conn,
    shelves: &mut [Shelf],
    looker: &Looker<'_>,
    wish: &Wish,
    event: Option<&Event>,
    house: Option<&Slug>,
) -> Result<(), DbError> {
    let today = local_day(looker.now, looker.shop.frame.zone);
    if wish.codes.is_empty() && promotions::known_offers(conn, today, &[]).await?.is_empty() {
        return Ok(());
    }
    let money = |amount: Cents| looker.words.money(amount, &looker.shop.frame.currency);
    for shelf in shelves {
        let mut offered: BTreeMap<String, (Cents, Option<Cents>)> = BTreeMap::new();
        for tile in &mut shelf.tiles {
            let basket = basket_of(&shelf.key, tile, looker, wish, event, house);
            // What cannot be priced alone, such as a companion, keeps its regular price.
            let Ok(priced) = price_basket(conn, &looker.shop.frame, looker.now, &basket).await else { continue };
            for one in &priced.price.offered {
                let lowest = offered.entry(one.category.clone()).or_insert((one.price, one.original_price));
                *lowest = (*lowest).min((one.price, one.original_price));
            }
            if let Some(each) = price_of_each(&priced).filter(|each| *each < tile.cents) {
                tile.before = Some(std::mem::replace(&mut tile.price, money(each)));
            }
        }
        offered.retain(|category, _| shelf.tiles.iter().all(|tile| tile.category_key.as_str() != category));
        for (category, (price, before)) in offered {
            if let Some(tile) = new_tile(conn, shelf, &category, price, looker).await? {
                shelf.tiles.push(Tile { before: before.filter(|before| *before > price).map(money), ..tile });
            }
        }
    }
    Ok(())
}

/// The fewest tickets of a tile as a basket, with the codes that were entered.
fn basket_of(
    product: &Slug,
    tile: &Tile,
    looker: &Looker<'_>,
    wish: &Wish,
    event: Option<&Event>,
    house: Option<&Slug>,
) -> Basket {
    let item = Item {
        line: "0".to_owned(),
        product: product.clone(),
        category: tile.category_key.clone(),
        audience: tile.audience_key.clone(),
        house: event.map(|event| &event.house).or(house).cloned(),
        event: event.map(|event| event.key.clone()),
        date: None,
        quantity: tile.first,
        staff_override: None,
    };
    Basket {
        channel: looker.channel,
        items: vec![item],
        codes: wish.codes.clone(),
        customer: wish.customer.clone(),
        box_office_profile: wish.profile.clone(),
        staff_overrides: Vec::new(),
        hold: wish.hold,
    }
}

/// What each ticket of a basket costs, where all cost the same.
fn price_of_each(priced: &Priced) -> Option<Cents> {
    let mut tickets = priced.price.tickets.iter().filter(|_| priced.price.can_be_placed());
    let first = tickets.next()?.paid_price;
    tickets.all(|ticket| ticket.paid_price == first).then_some(first)
}

/// The tile of a category that only an alternative price list sells.
async fn new_tile(
    conn: &mut Conn,
    shelf: &Shelf,
    category: &str,
    price: Cents,
    looker: &Looker<'_>,
) -> Result<Option<Tile>, DbError> {
    let Ok(key) = category.parse::<Slug>() else { return Ok(None) };
    let Some(category) = catalog::category(conn, &key).await? else { return Ok(None) };
    Ok(Some(Tile {
        value: format!("{}.{key}", shelf.key),
        product: shelf.name.clone(),
        category: category.names.get(looker.words.language.as_str()).to_owned(),
        price: looker.words.money(price, &looker.shop.frame.currency),
        before: None,
        digit: None,
        check_proof: category.check_proof,
        conditions: Vec::new(),
        category_key: key,
        audience_key: None,
        first: 1,
        sold_out: false,
        cents: price,
    }))
}
