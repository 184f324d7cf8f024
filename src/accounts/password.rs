//! Passwords: argon2id, with a salt each. Hashing takes tens of milliseconds, so callers do it off the async threads.

use crate::kernel::random::RandomSource;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};

/// The fewest characters of a password.
pub const CHARS_MIN: usize = 10;

/// Whether a password has enough characters.
pub fn is_long_enough(password: &str) -> bool {
    password.chars().count() >= CHARS_MIN
}

/// The hash of a password as a PHC string.
///
/// # Errors
/// When the password is shorter than [`CHARS_MIN`] or cannot be hashed.
pub fn hash(password: &str, random: &dyn RandomSource) -> Result<String, String> {
    if !is_long_enough(password) {
        return Err(format!("a password has at least {CHARS_MIN} characters"));
    }
    let salt = random.bytes::<16>();
    let hash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|error| format!("the password cannot be hashed: {error}"))?;
    Ok(hash.to_string())
}

/// Whether the password belongs to the hash. A malformed hash fits no password.
pub fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::ChaChaRandom;

    #[test]
    fn only_the_right_password_fits() {
        let stored = hash("a good passphrase", &ChaChaRandom::seeded(1)).unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(verify("a good passphrase", &stored));
        assert!(!verify("a bad passphrase", &stored));
        assert!(!verify("a good passphrase", "nonsense"));
        assert!(hash("short", &ChaChaRandom::seeded(1)).is_err());
    }
}
