//! Where randomness comes from: keys, nonces, ids, and the spread of waiting times.

use std::sync::{Mutex, PoisonError};

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

/// A source of random bytes.
pub trait Random: Send + Sync {
    /// Fills `bytes` with randomness.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Random + '_ {
    /// An array of random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

/// A cryptographic generator; [`ChaChaRandom::from_system`] seeds it from the operating system.
#[derive(Debug)]
pub struct ChaChaRandom(Mutex<ChaCha20Rng>);

impl ChaChaRandom {
    /// A generator seeded by the operating system's randomness.
    ///
    /// # Errors
    /// When the operating system has none to give.
    pub fn from_system() -> Result<Self, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        Ok(Self(Mutex::new(ChaCha20Rng::from_seed(seed))))
    }

    /// A generator that gives the same bytes for the same seed, for tests.
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(ChaCha20Rng::seed_from_u64(seed)))
    }
}

impl Random for ChaChaRandom {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }
}
