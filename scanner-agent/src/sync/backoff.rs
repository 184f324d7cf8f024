//! Pauses between attempts: growing, bounded, and spread, so that gates do not all come back at once.

use std::time::Duration;

use crate::random::Random;

/// The first pause.
const FIRST_MS: u64 = 500;

/// Counts attempts that failed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backoff {
    failures: u32,
    max_ms: u64,
}

impl Backoff {
    pub(crate) fn new(max_ms: u64) -> Self {
        Self { failures: 0, max_ms }
    }

    /// An attempt succeeded.
    pub(crate) fn reset(&mut self) {
        self.failures = 0;
    }

    /// An attempt failed: how long to pause. Anywhere between half and the whole of a pause that doubles
    /// up to its bound.
    pub(crate) fn next_pause(&mut self, random: &dyn Random) -> Duration {
        let doubled_ms = FIRST_MS.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        let whole_ms = doubled_ms.min(self.max_ms);
        let spread_ms = u64::from(u32::from_be_bytes(random.bytes())) % (whole_ms / 2 + 1);
        Duration::from_millis(whole_ms - spread_ms)
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
}
