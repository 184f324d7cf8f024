//! How much waits where: the numbers on the desks.

use super::card::CardState;
use super::store;
use db::{Conn, DbError};

/// What waits, over all houses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Queue {
    /// Annual tickets whose personalization is not complete.
    pub to_personalize: i64,
    /// Cards that need a person, or a layout, before they can be printed.
    pub set_aside: i64,
    /// Cards whose print data is frozen.
    pub ready_to_print: i64,
    /// Cards in a print run that is not confirmed yet.
    pub in_print_run: i64,
    /// Cards that lie ready for their holders.
    pub deposited: i64,
    /// Cards that came back.
    pub returned: i64,
}

/// Counts what waits.
///
/// # Errors
/// When the database refuses.
pub async fn count(conn: &mut Conn) -> Result<Queue, DbError> {
    let mut queue = Queue { to_personalize: store::queue::awaiting(conn).await?, ..Queue::default() };
    for (state, cards) in store::queue::cards_by_state(conn).await? {
        match state {
            CardState::SetAside | CardState::WaitingForLayout => queue.set_aside += cards,
            CardState::ReadyToPrint => queue.ready_to_print += cards,
            CardState::InPrintRun => queue.in_print_run += cards,
            CardState::Deposited => queue.deposited += cards,
            CardState::Returned => queue.returned += cards,
            CardState::Preparing
            | CardState::ReadyForDispatch
            | CardState::Dispatched
            | CardState::HandedOver
            | CardState::Void => {}
        }
    }
    Ok(queue)
}
