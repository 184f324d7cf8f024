//! What staff sell from: houses, the next events with what is left of them, tiles with their prices, and the priced basket.

use super::calendar::seats_view;
use super::new_prices::apply_offers;
use super::priced::{BasketView, Looker, look};
use super::tiles::{Shelf, shelves};
use super::wish::Wish;
use crate::catalog::{Event, House, store as catalog};
use crate::kernel::period::{local_day, start_of_day};
use crate::kernel::slug::Slug;
use crate::sales::seats::seats_of;
use crate::web::Problem;
use chrono::NaiveDate;
use db::Conn;

/// The most events that are offered at once.
const EVENTS_MAX: u32 = 40;

/// What stands on a page that sells.
pub(super) struct Counter {
    pub(super) houses: Vec<House>,
    /// The next events of the house: key, and name with moment and what is left.
    pub(super) events: Vec<(Slug, String)>,
    pub(super) tiles: Vec<Shelf>,
    pub(super) basket: BasketView,
    pub(super) today: NaiveDate,
}

impl Counter {
    /// Reads it. A house that is not there becomes the first, and an event that is elsewhere none.
    pub(super) async fn load(conn: &mut Conn, wish: &mut Wish, looker: &Looker<'_>) -> Result<Self, Problem> {
        let zone = looker.shop.frame.zone;
        let houses = catalog::houses(conn).await?;
        if !houses.iter().any(|house| Some(&house.key) == wish.house.as_ref()) {
            wish.house = houses.first().map(|house| house.key.clone());
            wish.event = None;
        }
        let today = local_day(looker.now, zone);
        let events = match &wish.house {
            Some(house) => {
                let from = wish.date.filter(|date| *date > today);
                let from = from.map_or(looker.now, |date| start_of_day(date, zone));
                catalog::events_between(conn, Some(house), from, None, EVENTS_MAX).await?
            }
            None => Vec::new(),
        };
        let event = events.iter().find(|event| Some(&event.key) == wish.event.as_ref());
        if event.is_none() {
            wish.event = None;
        }
        let mut tiles = shelves(conn, looker, event).await?;
        apply_offers(conn, &mut tiles, looker, wish, event, wish.house.as_ref()).await?;
        let basket = look(conn, wish, looker).await?;
        let seats = seats_of(conn, &events.iter().collect::<Vec<_>>()).await?;
        let named = |event: &Event| {
            let name = event.names.get(looker.words.language.as_str()).to_owned();
            let when = looker.words.moment(event.starts_at, zone);
            let seats = seats.get(&event.key).copied().unwrap_or_default();
            let seats = seats_view(seats, zone, looker.words).text;
            let seats = seats.map(|text| format!(" · {text}")).unwrap_or_default();
            (event.key.clone(), format!("{name} · {when}{seats}"))
        };
        Ok(Self { events: events.iter().map(named).collect(), houses, tiles, basket, today })
    }
}
