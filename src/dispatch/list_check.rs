//! Whether a card that was read belongs into the list in front of which somebody stands.

use crate::cards::{CardState, Delivery, Way};
use crate::kernel::slug::Slug;

/// The list: cards to post, or cards to lay ready in a house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DispatchList {
    /// To post.
    Post,
    /// To lay ready in this house.
    Shelf(Slug),
}

/// Why a card does not belong into a list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotInList {
    /// It stands somewhere else.
    #[error("the card is {0}")]
    Elsewhere(CardState),
    /// It goes another way.
    #[error("the card goes another way")]
    OtherWay(Way),
    /// It is to be laid ready in another house.
    #[error("the card is to be laid ready in {0}")]
    OtherHouse(Slug),
}

impl DispatchList {
    /// Checks a card in this state, whose holder chose this delivery. A card that came back may be laid ready at once.
    ///
    /// # Errors
    /// Why the card does not belong here.
    pub fn check(&self, state: CardState, delivery: Option<&Delivery>) -> Result<(), NotInList> {
        let may_come_back = matches!(self, Self::Shelf(_)) && state == CardState::Returned;
        if state != CardState::ReadyForDispatch && !may_come_back {
            return Err(NotInList::Elsewhere(state));
        }
        match (self, delivery) {
            (Self::Post, Some(Delivery::Mail {})) => Ok(()),
            (Self::Shelf(wanted), Some(Delivery::Pickup { house })) if house == wanted => Ok(()),
            (Self::Shelf(_), Some(Delivery::Pickup { house })) => Err(NotInList::OtherHouse(house.clone())),
            (_, other) => Err(NotInList::OtherWay(Delivery::way_of(other))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_taken_in_its_own_list_alone() {
        use CardState as S;
        let house = |key: &str| key.parse::<Slug>().unwrap();
        let (mail, counter) = (Delivery::Mail {}, Delivery::Counter {});
        let pickup = |key: &str| Delivery::Pickup { house: house(key) };
        let shelf = || DispatchList::Shelf(house("schloss"));
        for (list, state, delivery, verdict) in [
            (DispatchList::Post, S::ReadyForDispatch, Some(mail.clone()), Ok(())),
            (DispatchList::Post, S::ReadyForDispatch, Some(pickup("schloss")), Err(NotInList::OtherWay(Way::Pickup))),
            (DispatchList::Post, S::ReadyForDispatch, Some(counter), Err(NotInList::OtherWay(Way::Counter))),
            (DispatchList::Post, S::ReadyForDispatch, None, Err(NotInList::OtherWay(Way::Counter))),
            (DispatchList::Post, S::Dispatched, Some(mail.clone()), Err(NotInList::Elsewhere(S::Dispatched))),
            (DispatchList::Post, S::Returned, Some(mail.clone()), Err(NotInList::Elsewhere(S::Returned))),
            (shelf(), S::ReadyForDispatch, Some(pickup("schloss")), Ok(())),
            (shelf(), S::Returned, Some(pickup("schloss")), Ok(())),
            (
                shelf(),
                S::ReadyForDispatch,
                Some(pickup("stadtmuseum")),
                Err(NotInList::OtherHouse(house("stadtmuseum"))),
            ),
            (shelf(), S::ReadyForDispatch, Some(mail), Err(NotInList::OtherWay(Way::Mail))),
            (shelf(), S::ReadyToPrint, Some(pickup("schloss")), Err(NotInList::Elsewhere(S::ReadyToPrint))),
        ] {
            assert_eq!(list.check(state, delivery.as_ref()), verdict, "{list:?} {state} {delivery:?}");
        }
    }
}
