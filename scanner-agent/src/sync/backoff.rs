//! Pauses between attempts: growing, bounded, and spread, so that gates do not all come back at once.
//!
//! When the server was gone for long, all gates of a museum miss it, and all would come back in the seconds in which it does. So
//! after some minutes each attempt falls on a random moment of the next minute.

use std::time::Duration;

use crate::random::Random;

/// The first pause.
const FIRST_MS: u64 = 500;
/// Attempts that failed for this long are an outage, not an accident.
const OUTAGE_MS: u64 = 2 * 60_000;
/// After an outage each gate tries again at a random moment within this time.
const OUTAGE_SPREAD_MS: u64 = 60_000;

/// Counts attempts that failed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backoff {
    failures: u32,
    paused_ms: u64,
    max_ms: u64,
}

impl Backoff {
    pub(crate) fn new(max_ms: u64) -> Self {
        Self { failures: 0, paused_ms: 0, max_ms }
    }

    /// An attempt succeeded.
    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.max_ms);
    }

    /// An attempt failed: how long to pause. Anywhere between half and the whole of a pause that doubles up to its bound; in an
    /// outage anywhere within a minute.
    pub(crate) fn next_pause(&mut self, random: &dyn Random) -> Duration {
        let dice = u64::from(u32::from_be_bytes(random.bytes()));
        let pause_ms = if self.paused_ms >= OUTAGE_MS {
            dice % (OUTAGE_SPREAD_MS + 1)
        } else {
            let doubled_ms = FIRST_MS.saturating_mul(1 << self.failures.min(16));
            let whole_ms = doubled_ms.min(self.max_ms);
            whole_ms - dice % (whole_ms / 2 + 1)
        };
        self.failures = self.failures.saturating_add(1);
        self.paused_ms = self.paused_ms.saturating_add(pause_ms);
        Duration::from_millis(pause_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::ChaChaRandom;

    #[test]
    fn pauses_grow_to_their_bound_and_start_anew() {
        let random = ChaChaRandom::seeded(1);
        let mut backoff = Backoff::new(4_000);
        for whole_ms in [500, 1_000, 2_000, 4_000, 4_000] {
            let pause = backoff.next_pause(&random).as_millis();
            assert!((whole_ms / 2..=whole_ms).contains(&pause), "{pause} of {whole_ms}");
        }
        backoff.reset();
        assert!(backoff.next_pause(&random) <= Duration::from_millis(500));
    }

    #[test]
    fn after_an_outage_gates_come_back_spread_over_a_minute() {
        // A server that is gone for an hour: when does each of many gates first try again?
        const BACK_MS: u64 = 3_600_000;
        let mut tenths = [0_u32; 6];
        for seed in 0..600 {
            let random = ChaChaRandom::seeded(seed);
            let mut backoff = Backoff::new(15_000);
            let mut at_ms = 0;
            let mut attempts = 0;
            while at_ms < BACK_MS {
                at_ms += u64::try_from(backoff.next_pause(&random).as_millis()).expect("short");
                attempts += 1;
            }
            assert!(attempts < 250, "{attempts} attempts in an hour");
            assert!(at_ms - BACK_MS <= OUTAGE_SPREAD_MS, "{at_ms}");
            tenths[usize::try_from((at_ms - BACK_MS) / 10_001).expect("small")] += 1;
        }
        assert!(tenths[..4].iter().all(|count| (40..250).contains(count)), "spread: {tenths:?}");
    }
}
