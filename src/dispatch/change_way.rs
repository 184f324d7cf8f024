//! A card goes another way than its holder chose: posted after all, or laid ready instead.

use crate::cards::card::CardState;
use crate::cards::personalize::{Personalization, PersonalizeError, personalize};
use crate::cards::steps::StepError;
use crate::cards::{Delivery, queue};
use crate::dispatch::make_ready::make_ready;
use crate::kernel::Act;
use crate::kernel::ids::CardId;
use chrono::NaiveDate;
use db::{Conn, DbError};

/// Why the way stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum ChangeWayError {
    /// There is no such card.
    #[error("there is no such card")]
    UnknownCard,
    /// The card is on its way, or with its holder, or void.
    #[error("the card is {0}, so its way is decided")]
    Decided(CardState),
    /// Nobody knows where the holder lives.
    #[error("there is no address to post the card to")]
    NoAddress,
    /// There is no such house.
    #[error("there is no such house")]
    UnknownHouse,
    /// The annual ticket does not take the change.
    #[error(transparent)]
    Refused(PersonalizeError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Changes the way of a card that is still in the house. From a shelf, and after it came back, it is ready for dispatch again, so it
/// appears in the list of its new way.
///
/// # Errors
/// When the card is not in the house, or the new way is not open to it.
pub async fn change_way(
    tx: &mut Conn,
    act: &Act,
    card: CardId,
    delivery: &Delivery,
    today: NaiveDate,
) -> Result<(), ChangeWayError> {
    let found = queue::find(tx, card).await?.ok_or(ChangeWayError::UnknownCard)?;
    match found.card.state {
        CardState::Dispatched | CardState::HandedOver | CardState::Void => {
            return Err(ChangeWayError::Decided(found.card.state));
        }
        CardState::Deposited | CardState::Returned => match make_ready(tx, act, card).await {
            Ok(_) => {}
            Err(StepError::UnknownCard) => return Err(ChangeWayError::UnknownCard),
            Err(StepError::WrongState(wrong)) => return Err(ChangeWayError::Decided(wrong.state)),
            Err(StepError::Db(error)) => return Err(error.into()),
        },
        _ => {}
    }
    let given = Personalization { delivery: Some(delivery.clone()), ..Personalization::default() };
    match personalize(tx, act, found.ticket.id, &given, today).await {
        Ok(()) => Ok(()),
        Err(PersonalizeError::Incomplete { missing }) if missing.contains(&"address") => Err(ChangeWayError::NoAddress),
        Err(PersonalizeError::UnknownHouse) => Err(ChangeWayError::UnknownHouse),
        Err(PersonalizeError::Db(error)) => Err(error.into()),
        Err(refusal) => Err(ChangeWayError::Refused(refusal)),
    }
}
