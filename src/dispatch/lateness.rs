//! How long a card may stay where it is before somebody should look for it.

use crate::cards::CardState;
use crate::kernel::UtcMs;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// Where cards wait for somebody, in the order of a card's life, and for how many days they may.
pub const WAITING: [(CardState, i64); 8] = [
    (CardState::Preparing, 1),
    (CardState::WaitingForLayout, 7),
    (CardState::SetAside, 3),
    (CardState::ReadyToPrint, 3),
    (CardState::InPrintRun, 1),
    (CardState::ReadyForDispatch, 2),
    (CardState::Deposited, super::waiting_times::PICKUP_DAYS),
    (CardState::Returned, 7),
];

/// For how many days a box may be under way.
pub const BOX_DAYS: i64 = 3;

/// A card that came there before this moment is late; nothing where no card waits for anybody.
pub fn late_before(state: CardState, now: UtcMs) -> Option<UtcMs> {
    let (_, days) = WAITING.iter().find(|(waiting, _)| *waiting == state)?;
    Some(now.plus_millis(-days * DAY_MILLIS))
}

/// Whole days between two moments.
pub const fn days_between(since: UtcMs, now: UtcMs) -> i64 {
    (now.0 - since.0) / DAY_MILLIS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_late_after_the_days_of_its_state() {
        let now = UtcMs(100 * DAY_MILLIS);
        assert_eq!(late_before(CardState::ReadyForDispatch, now), Some(UtcMs(98 * DAY_MILLIS)));
        assert_eq!(late_before(CardState::Deposited, now), Some(UtcMs(72 * DAY_MILLIS)));
        for at_rest in [CardState::Dispatched, CardState::HandedOver, CardState::Void] {
            assert_eq!(late_before(at_rest, now), None, "{at_rest}");
        }
        assert_eq!(days_between(UtcMs(0), UtcMs(DAY_MILLIS * 3 - 1)), 2);
    }
}
