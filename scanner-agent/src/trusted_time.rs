//! Which time it is, and how far that can be trusted.
//!
//! The server's time, once heard, is carried on by the monotonic clock: setting the wall clock changes
//! nothing then, in either direction. It stays so when the program is started again on the same start of
//! the machine. After a new start of the machine, until the server is heard, the wall clock is believed
//! if it is not before the last time that was known; otherwise time goes on from there, and is unsure.

use card::ClockState;

use crate::clock::Clock;

/// The wall clock differs by more than this: it is worth a warning.
pub const WARN_MS: i64 = 2 * 60 * 1_000;
/// The wall clock was moved by more than this while we counted on it: time is unsure.
pub const UNSURE_MS: i64 = 12 * 60 * 60 * 1_000;
/// No scan happens before this program was written: 2026-11-01.
const WRITTEN_MS: i64 = 1_793_491_200_000;

/// A moment that the server told, in terms of a monotonic clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The server's time, in milliseconds since 1970.
    pub server_ms: i64,
    /// The monotonic clock at that moment.
    pub monotonic_ms: i64,
    /// The start of the machine that the monotonic clock counts from.
    pub boot_id: String,
}

/// The time to decide by.
#[derive(Clone, Debug)]
pub struct TrustedTime {
    base_ms: i64,
    base_monotonic_ms: i64,
    source: Source,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// The server, on this start of the machine.
    Server,
    /// The wall clock, when the program was started.
    Wall,
    /// The last time that was known: the wall clock stands before it.
    LastKnown,
}

/// A moment of trusted time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrustedNow {
    /// Milliseconds since 1970.
    pub ms: i64,
    /// Whether it can be trusted.
    pub state: ClockState,
    /// By how much the wall clock is ahead of it (behind: negative), in milliseconds.
    pub wall_ahead_ms: i64,
}

impl TrustedTime {
    /// The time when the program starts, given the last anchor and the latest time that was ever stored.
    pub fn at_start(clock: &dyn Clock, anchor: Option<&Anchor>, last_stored_ms: Option<i64>) -> Self {
        if let Some(anchor) = anchor.filter(|anchor| anchor.boot_id == clock.boot_id()) {
            return Self { base_ms: anchor.server_ms, base_monotonic_ms: anchor.monotonic_ms, source: Source::Server };
        }
        let anchored_ms = anchor.map(|anchor| anchor.server_ms);
        let known_ms = anchored_ms.into_iter().chain(last_stored_ms).fold(WRITTEN_MS, i64::max);
        let wall_ms = clock.wall_ms();
        let (base_ms, source) =
            if wall_ms < known_ms { (known_ms, Source::LastKnown) } else { (wall_ms, Source::Wall) };
        Self { base_ms, base_monotonic_ms: clock.monotonic_ms(), source }
    }

    /// The time now.
    pub fn now(&self, clock: &dyn Clock) -> TrustedNow {
        let passed_ms = clock.monotonic_ms().saturating_sub(self.base_monotonic_ms).max(0);
        let ms = self.base_ms.saturating_add(passed_ms);
        let wall_ahead_ms = clock.wall_ms().saturating_sub(ms);
        let state = match self.source {
            Source::Server => ClockState::Trusted,
            Source::Wall if wall_ahead_ms.saturating_abs() <= UNSURE_MS => ClockState::Trusted,
            Source::Wall | Source::LastKnown => ClockState::Unsure,
        };
        TrustedNow { ms, state, wall_ahead_ms }
    }

    /// Takes over what the server said, and answers the anchor to store.
    pub fn hear(&mut self, clock: &dyn Clock, server_ms: i64) -> Anchor {
        let monotonic_ms = clock.monotonic_ms();
        *self = Self { base_ms: server_ms, base_monotonic_ms: monotonic_ms, source: Source::Server };
        Anchor { server_ms, monotonic_ms, boot_id: clock.boot_id().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::tests::SetClock;

    const NOW_MS: i64 = 1_795_000_000_000;
    const YEAR_MS: i64 = 365 * 24 * 60 * 60 * 1_000;

    fn anchor(boot_id: &str) -> Anchor {
        Anchor { server_ms: NOW_MS, monotonic_ms: 1_000, boot_id: boot_id.into() }
    }

    #[test]
    fn once_the_server_was_heard_the_wall_clock_changes_nothing() {
        let clock = SetClock::new("a", NOW_MS);
        let mut time = TrustedTime::at_start(&clock, None, None);
        time.hear(&clock, NOW_MS);
        clock.pass(5_000);
        for wall_ms in [NOW_MS - YEAR_MS, NOW_MS + YEAR_MS, 0] {
            clock.set_wall(wall_ms);
            let now = time.now(&clock);
            assert_eq!((now.ms, now.state), (NOW_MS + 5_000, ClockState::Trusted));
            assert_eq!(now.wall_ahead_ms, wall_ms - NOW_MS - 5_000);
        }
    }

    #[test]
    fn a_new_start_of_the_program_keeps_the_servers_time() {
        let clock = SetClock::new("a", NOW_MS - YEAR_MS);
        clock.pass(60_000);
        let now = TrustedTime::at_start(&clock, Some(&anchor("a")), None).now(&clock);
        assert_eq!((now.ms, now.state), (NOW_MS + 60_000, ClockState::Trusted));
    }

    #[test]
    fn after_a_new_start_of_the_machine_a_clock_set_back_is_not_believed() {
        let clock = SetClock::new("b", NOW_MS - YEAR_MS);
        let time = TrustedTime::at_start(&clock, Some(&anchor("a")), Some(NOW_MS + 7_000));
        clock.pass(1_000);
        let now = time.now(&clock);
        assert_eq!((now.ms, now.state), (NOW_MS + 8_000, ClockState::Unsure));

        let clock = SetClock::new("b", 0);
        let never_paired = TrustedTime::at_start(&clock, None, None).now(&clock);
        assert_eq!((never_paired.ms, never_paired.state), (WRITTEN_MS, ClockState::Unsure));
    }

    #[test]
    fn without_the_server_a_plausible_wall_clock_is_believed_until_someone_moves_it() {
        let clock = SetClock::new("b", NOW_MS + 3_600_000);
        let time = TrustedTime::at_start(&clock, Some(&anchor("a")), None);
        assert_eq!(time.now(&clock).state, ClockState::Trusted);
        clock.set_wall(NOW_MS + 3_600_000 - UNSURE_MS - 1);
        let now = time.now(&clock);
        assert_eq!((now.ms, now.state), (NOW_MS + 3_600_000, ClockState::Unsure));
    }
}
