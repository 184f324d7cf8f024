//! How long things may take: how long a step can be undone without a special right, and when a card has lain too long.

use crate::kernel::UtcMs;

/// For so many minutes a step can be undone by whoever may take it.
pub const UNDO_MINUTES: i64 = 15;
/// The special right to undo a step later than that.
pub const UNDO_LATE: &str = "card.undo_late";
/// After so many days the holder of a card that lies ready is reminded.
pub const REMIND_DAYS: i64 = 14;
/// After so many days a card that lies ready is overdue.
pub const PICKUP_DAYS: i64 = 28;

/// Whether a step of this moment can still be undone without the special right.
pub const fn may_undo(taken_at: UtcMs, now: UtcMs) -> bool {
    now.0 - taken_at.0 <= UNDO_MINUTES * 60_000
}

/// When a step of this moment can no longer be undone without the special right.
pub const fn settled(taken_at: UtcMs) -> UtcMs {
    taken_at.plus_millis(UNDO_MINUTES * 60_000 + 1)
}

/// So many days later.
pub const fn days_after(moment: UtcMs, days: i64) -> UtcMs {
    moment.plus_millis(days * 24 * 60 * 60 * 1_000)
}

/// A card that was laid ready before this moment is overdue.
pub const fn overdue_before(now: UtcMs) -> UtcMs {
    days_after(now, -PICKUP_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_can_be_undone_for_some_minutes() {
        for (secs, may) in [(0, true), (899, true), (900, true), (901, false)] {
            assert_eq!(may_undo(UtcMs(1_000), UtcMs(1_000 + secs * 1_000)), may, "{secs}");
        }
    }
}
