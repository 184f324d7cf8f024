//! The lists of the mailroom: what is to be posted, what is to be laid ready where, what waits at the counter.

use crate::cards::Delivery;
pub use crate::cards::Way;
use crate::kernel::UtcMs;
use crate::kernel::address::Address;
use crate::kernel::ids::{AnnualTicketId, CardId};
use crate::kernel::slug::Slug;
use serde::Serialize;
use std::collections::BTreeMap;

/// Which cards of the ready list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pile {
    /// All.
    All,
    /// Those to be posted.
    Mail,
    /// Those to be laid ready, in one house or in any.
    Pickup(Option<Slug>),
    /// Those to be issued at the counter.
    Counter,
}

/// A card that is ready for dispatch.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ReadyCard {
    /// The card.
    pub id: CardId,
    /// Its number.
    pub number: String,
    /// The annual ticket it is for.
    pub annual_ticket: AnnualTicketId,
    /// The key of the product.
    pub product: String,
    /// The holder's name.
    pub holder: String,
    /// How the card comes to its holder.
    pub delivery: Delivery,
    /// Where to, for cards that are posted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Since when it is ready.
    #[schema(value_type = String, format = DateTime)]
    pub ready_since: UtcMs,
}

/// How many cards wait in each pile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Counts {
    /// To be posted.
    pub mail: u32,
    /// To be laid ready, by the key of the house.
    pub pickup: BTreeMap<String, u32>,
    /// To be issued at the counter.
    pub counter: u32,
}

impl Counts {
    /// Counts `cards` cards that come to their holders in the same way; the house counts for those that are laid ready.
    pub fn add(&mut self, way: Way, house: String, cards: u32) {
        match way {
            Way::Mail => self.mail += cards,
            Way::Pickup => *self.pickup.entry(house).or_default() += cards,
            Way::Counter => self.counter += cards,
        }
    }
}

impl Pile {
    /// The pile of a wanted way and house.
    ///
    /// # Errors
    /// When a house is named for a way that leads to no house.
    pub fn of(way: Option<Way>, house: Option<Slug>) -> Result<Self, &'static str> {
        match (way, house) {
            (None, None) => Ok(Self::All),
            (Some(Way::Mail), None) => Ok(Self::Mail),
            (Some(Way::Counter), None) => Ok(Self::Counter),
            (None | Some(Way::Pickup), house) => Ok(Self::Pickup(house)),
            (Some(Way::Mail | Way::Counter), Some(_)) => Err("a house belongs to the kind pickup only"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schloss() -> Slug {
        "schloss".parse().unwrap()
    }

    #[test]
    fn a_house_means_pickup() {
        assert_eq!(Pile::of(None, None), Ok(Pile::All));
        assert_eq!(Pile::of(Some(Way::Mail), None), Ok(Pile::Mail));
        assert_eq!(Pile::of(Some(Way::Pickup), None), Ok(Pile::Pickup(None)));
        assert_eq!(Pile::of(None, Some(schloss())), Ok(Pile::Pickup(Some(schloss()))));
        assert_eq!(Pile::of(Some(Way::Pickup), Some(schloss())), Ok(Pile::Pickup(Some(schloss()))));
        assert!(Pile::of(Some(Way::Mail), Some(schloss())).is_err());
    }

    #[test]
    fn piles_are_counted_apart() {
        let mut counts = Counts::default();
        counts.add(Way::Mail, String::new(), 3);
        counts.add(Way::Pickup, "schloss".to_owned(), 2);
        counts.add(Way::Pickup, "schloss".to_owned(), 1);
        counts.add(Way::Counter, String::new(), 4);
        assert_eq!((counts.mail, counts.counter), (3, 4));
        assert_eq!(counts.pickup, BTreeMap::from([("schloss".to_owned(), 3)]));
    }
}
