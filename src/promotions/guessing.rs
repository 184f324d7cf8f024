//! Guessing of codes: who tries many wrong ones waits, and what may be told about a wrong one.
//!
//! A client that tried [`WRONG_MAX`] different wrong codes within a minute waits until the oldest of them is a minute old; trying one
//! code again and again counts once. Unknown, expired, switched-off and used-up codes count alike and take the same look-ups. Callers
//! with an API key are trusted to have customers of their own and are not counted here.
//!
//! A hint never tells of codes that are worth guessing: only own codes without a limit are suggested, which everybody may know. A
//! generated code that is mistyped is recognised by its check character.

use super::code::{CodeText, has_right_check};
use super::store;
use crate::kernel::UtcMs;
use db::{Conn, DbError};
use sha2::{Digest, Sha256};
use std::net::IpAddr;

/// How many different wrong codes a client may try within [`WINDOW_MILLIS`].
pub const WRONG_MAX: i64 = 20;
/// For how long a wrong code counts.
pub const WINDOW_MILLIS: i64 = 60_000;
/// The characters that a mistyped one may have been.
const TYPED: &str = "0123456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Longer codes are not compared with others.
const COMPARED_CHARS_MAX: usize = 24;

/// Who tries codes: the hash of an address. Of the longer addresses the part that one connection has for itself counts.
#[derive(Debug, Clone, Copy)]
pub struct Client([u8; 32]);

impl Client {
    /// Whoever comes from this address.
    pub fn at(address: IpAddr) -> Self {
        let plain = match address {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address
                .to_ipv4_mapped()
                .map_or_else(|| address.octets()[..8].to_vec(), |address| address.octets().to_vec()),
        };
        Self(Sha256::digest(plain).into())
    }
}

/// Whether the client tried so many wrong codes that it has to wait.
///
/// # Errors
/// When the database refuses.
pub async fn has_to_wait(conn: &mut Conn, client: Client, now: UtcMs) -> Result<bool, DbError> {
    Ok(store::count_tries(conn, &client.0, now.plus_millis(-WINDOW_MILLIS)).await? >= WRONG_MAX)
}

/// Notes wrong codes that the client tried.
///
/// # Errors
/// When the database refuses.
pub async fn note_wrong(tx: &mut Conn, client: Client, codes: &[String], now: UtcMs) -> Result<(), DbError> {
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| Sha256::digest(pricing::fold_code(code)).to_vec()).collect();
    store::note_tries(tx, &client.0, &hashes, now, now.plus_millis(-WINDOW_MILLIS)).await
}

/// What may be told about a code that does not act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// It looks like a generated code, and its check character says that it was not copied right.
    Mistyped,
    /// A code that everybody may know is almost the same.
    DidYouMean(String),
}

/// What may be told about a code that nobody knows.
///
/// # Errors
/// When the database refuses.
pub async fn hint(conn: &mut Conn, typed: &str) -> Result<Option<Hint>, DbError> {
    let Ok(code) = typed.parse::<CodeText>() else { return Ok(None) };
    let skeleton = code.skeleton();
    if skeleton.chars().count() <= COMPARED_CHARS_MAX
        && let Some(meant) = store::public_like(conn, &neighbours(&skeleton)).await?
    {
        return Ok(Some(Hint::DidYouMean(meant)));
    }
    let patterns = store::patterns(conn).await?;
    let fold = code.fold();
    let is_mistyped = patterns.iter().any(|(prefix, length)| is_mistyped(&fold, &pricing::fold_code(prefix), *length));
    Ok(is_mistyped.then_some(Hint::Mistyped))
}

/// Whether a folded code has the look of a pattern and a wrong check.
fn is_mistyped(fold: &str, prefix: &str, length: i64) -> bool {
    let Some(body) = fold.strip_prefix(prefix) else { return false };
    i64::try_from(body.chars().count()).is_ok_and(|count| count == length) && !has_right_check(body)
}

/// All texts that are one slip away: a wrong character, a missing one, one too many, two swapped; and the text itself, which may
/// differ by look-alikes alone.
fn neighbours(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut all = vec![text.to_owned()];
    let mut add = |letters: Vec<char>| all.push(letters.into_iter().collect());
    for at in 0..=letters.len() {
        for typed in TYPED.chars() {
            let mut longer = letters.clone();
            longer.insert(at, typed);
            add(longer);
            if at < letters.len() {
                let mut other = letters.clone();
                other[at] = typed;
                add(other);
            }
        }
        if at < letters.len() {
            let mut shorter = letters.clone();
            shorter.remove(at);
            add(shorter);
        }
        if at + 1 < letters.len() {
            let mut swapped = letters.clone();
            swapped.swap(at, at + 1);
            add(swapped);
        }
    }
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_one_slip_away() {
        let all = neighbours("SUN5");
        for text in ["SUN5", "5UN5", "SUN", "SUN55", "SNU5", "XSUN5"] {
            assert!(all.iter().any(|one| one == text), "{text}");
        }
        assert!(!all.iter().any(|one| one == "SON6"));
    }

    #[test]
    fn a_generated_code_is_known_by_its_check() {
        use crate::kernel::random::ChaChaRandom;
        let pattern = super::super::code::Pattern { prefix: "HOTEL-".to_owned(), length: 8 };
        let made = pricing::fold_code(&pattern.generate(&ChaChaRandom::seeded(3)));
        assert!(!is_mistyped(&made, "HOTEL", 8));
        let last = if made.ends_with('A') { 'C' } else { 'A' };
        let wrong = format!("{}{last}", &made[..made.len() - 1]);
        assert!(is_mistyped(&wrong, "HOTEL", 8));
        assert!(!is_mistyped(&wrong, "HOTEL", 9) && !is_mistyped(&wrong, "PRESS", 8));
    }

    #[test]
    fn neighbours_behind_one_connection_are_one_client() {
        let client = |address: &str| Client::at(address.parse().unwrap()).0;
        assert_eq!(client("2001:db8::1"), client("2001:db8::2"));
        assert_ne!(client("2001:db8::1"), client("2001:db8:1::1"));
        assert_eq!(client("::ffff:192.0.2.1"), client("192.0.2.1"));
    }
}
