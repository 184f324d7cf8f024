//! Where randomness comes from.

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// A source of random bytes, shared by everything that makes ids, tokens and codes.
pub trait RandomSource: Send + Sync {
    /// Fills `bytes` with randomness.
    fn fill(&self, bytes: &mut [u8]);

    /// The next number of a sequence that rises by one each time and begins anew after the largest.
    fn next_in_sequence(&self) -> u32;
}

impl dyn RandomSource + '_ {
    /// An array of random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A random whole number.
    pub fn u64(&self) -> u64 {
        u64::from_be_bytes(self.bytes())
    }
}

/// A cryptographic generator; [`ChaChaRandom::from_system`] seeds it from the operating system.
#[derive(Debug)]
pub struct ChaChaRandom {
    generator: Mutex<ChaCha20Rng>,
    sequence: AtomicU32,
}

impl ChaChaRandom {
    /// A generator seeded by the operating system's randomness.
    ///
    /// # Errors
    /// When the operating system has none to give.
    pub fn from_system() -> Result<Self, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        Ok(Self::new(ChaCha20Rng::from_seed(seed)))
    }

    /// A generator that gives the same bytes for the same seed, for tests.
    pub fn seeded(seed: u64) -> Self {
        Self::new(ChaCha20Rng::seed_from_u64(seed))
    }

    fn new(generator: ChaCha20Rng) -> Self {
        Self { generator: Mutex::new(generator), sequence: AtomicU32::new(0) }
    }
}

impl RandomSource for ChaChaRandom {
    fn fill(&self, bytes: &mut [u8]) {
        self.generator.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }

    fn next_in_sequence(&self) -> u32 {
        self.sequence.fetch_add(1, Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
        let first: &dyn RandomSource = &ChaChaRandom::seeded(1);
        let again: &dyn RandomSource = &ChaChaRandom::seeded(1);
        let other: &dyn RandomSource = &ChaChaRandom::seeded(2);
        let bytes = first.bytes::<16>();
        assert_eq!(bytes, again.bytes::<16>());
        assert_ne!(bytes, other.bytes::<16>());
    }
}
