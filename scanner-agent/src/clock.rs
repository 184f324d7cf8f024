//! The machine's clocks: a wall clock that may be wrong, and one that only counts up.

use std::fs;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Where the program takes time from.
pub trait Clock: Send + Sync {
    /// The wall clock, in milliseconds since 1970: set by people, batteries and networks.
    fn wall_ms(&self) -> i64;

    /// Milliseconds since the machine was started; never goes back.
    fn monotonic_ms(&self) -> i64;

    /// Names the start that [`Clock::monotonic_ms`] counts from.
    fn boot_id(&self) -> &str;
}

/// The machine's clocks. The only place of the agent that reads them.
#[derive(Debug)]
pub struct SystemClock {
    boot_id: String,
    uptime_at_start_ms: i64,
    started: Instant,
}

impl SystemClock {
    /// Reads which start of the machine this is, and how long ago it was.
    ///
    /// Where the machine does not say so, every start of the program counts as one: `fallback_boot_id`
    /// must be random.
    pub fn new(fallback_boot_id: &str) -> Self {
        let started = Instant::now();
        let read = |path| fs::read_to_string(path).unwrap_or_default();
        let boot_id = read("/proc/sys/kernel/random/boot_id").trim().to_owned();
        match parse_uptime_ms(&read("/proc/uptime")) {
            Some(uptime_at_start_ms) if !boot_id.is_empty() => Self { boot_id, uptime_at_start_ms, started },
            _ => Self { boot_id: fallback_boot_id.to_owned(), uptime_at_start_ms: 0, started },
        }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the wall clock enters the program")]
    fn wall_ms(&self) -> i64 {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
    }

    fn monotonic_ms(&self) -> i64 {
        let since_start = i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.uptime_at_start_ms.saturating_add(since_start)
    }

    fn boot_id(&self) -> &str {
        &self.boot_id
    }
}

/// The first number of `/proc/uptime`: seconds with two decimals.
fn parse_uptime_ms(text: &str) -> Option<i64> {
    let (secs, hundredths) = text.split_whitespace().next()?.split_once('.')?;
    let hundredths: i64 = hundredths.get(..2)?.parse().ok()?;
    secs.parse::<i64>().ok()?.checked_mul(1_000)?.checked_add(hundredths * 10)
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    /// Clocks that stand still until a test moves them.
    pub(crate) struct SetClock {
        pub(crate) wall_ms: AtomicI64,
        pub(crate) monotonic_ms: AtomicI64,
        pub(crate) boot_id: String,
    }

    impl SetClock {
        pub(crate) fn new(boot_id: &str, wall_ms: i64) -> Self {
            let (wall_ms, monotonic_ms) = (AtomicI64::new(wall_ms), AtomicI64::new(1_000));
            Self { wall_ms, monotonic_ms, boot_id: boot_id.into() }
        }

        /// Lets time pass on both clocks.
        pub(crate) fn pass(&self, ms: i64) {
            self.wall_ms.fetch_add(ms, Ordering::SeqCst);
            self.monotonic_ms.fetch_add(ms, Ordering::SeqCst);
        }

        /// Sets the wall clock as a person would.
        pub(crate) fn set_wall(&self, ms: i64) {
            self.wall_ms.store(ms, Ordering::SeqCst);
        }
    }

    impl Clock for SetClock {
        fn wall_ms(&self) -> i64 {
            self.wall_ms.load(Ordering::SeqCst)
        }

        fn monotonic_ms(&self) -> i64 {
            self.monotonic_ms.load(Ordering::SeqCst)
        }

        fn boot_id(&self) -> &str {
            &self.boot_id
        }
    }

    #[test]
    fn the_uptime_is_read_to_ten_milliseconds() {
        assert_eq!(parse_uptime_ms("12345.67 99999.12\n"), Some(12_345_670));
        for text in ["", "12", "12.x 3", "x.12"] {
            assert_eq!(parse_uptime_ms(text), None, "{text}");
        }
    }

    #[test]
    fn the_machines_monotonic_clock_counts_up() {
        let clock = SystemClock::new("fallback");
        assert!(!clock.boot_id().is_empty());
        let before = clock.monotonic_ms();
        assert!(clock.monotonic_ms() >= before);
        assert!(clock.wall_ms() > 1_700_000_000_000);
    }
}
