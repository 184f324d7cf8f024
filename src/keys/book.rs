//! The life of issuer keys: published before their first use, retired after their last, revoked when their secret got out.
//!
//! Every change gives the list a higher serial, and leaves at least one key that may sign.

use card::{CardDay, IssuerKey, KeyList};

/// A key is published this many days before its first use, so that a gate without a network for some days knows it in time.
pub const NOTICE_DAYS: u16 = 14;

/// Why the list stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefusal {
    /// The list has no such key.
    #[error("key {0} is not published")]
    UnknownKey(u8),
    /// The list has the key already.
    #[error("key {0} is published already")]
    AlreadyPublished(u8),
    /// Gates would not learn the key in time.
    #[error(
        "gates must know a key {NOTICE_DAYS} days before its first use: not before {earliest}; --at-once, if gates that have no \
         network may refuse its cards"
    )]
    TooSoon {
        /// The earliest day of its first use.
        earliest: chrono::NaiveDate,
    },
    /// The key was retired or revoked before.
    #[error("key {0} is out of use already")]
    OutOfUse(u8),
    /// Nothing would be left to sign cards with.
    #[error("no other key may sign on {day}: make and publish one first (keys new, keys publish)")]
    NoSuccessor {
        /// The day on which no key may sign.
        day: chrono::NaiveDate,
    },
}

/// Adds a key that signs from `from` on. `at_once`: without the days of notice.
///
/// # Errors
/// When the list has it, or gates would not know it in time.
pub fn publish(
    list: &KeyList,
    (key_id, public_key): (u8, [u8; 32]),
    (from, today): (CardDay, CardDay),
    at_once: bool,
) -> Result<KeyList, KeyRefusal> {
    if list.keys.iter().any(|key| key.key_id == key_id) {
        return Err(KeyRefusal::AlreadyPublished(key_id));
    }
    let earliest = earliest(today, at_once);
    if from < earliest {
        return Err(KeyRefusal::TooSoon { earliest: earliest.to_date() });
    }
    let mut keys = list.keys.clone();
    keys.push(IssuerKey { not_issued_before: from, ..IssuerKey::new(key_id, public_key) });
    Ok(KeyList { serial: list.serial + 1, keys })
}

/// The first day on which a key may sign that is published today.
pub(super) fn earliest(today: CardDay, at_once: bool) -> CardDay {
    CardDay::new(today.days().saturating_add(if at_once { 0 } else { NOTICE_DAYS }))
}

/// Names the last day on which a key signs. Its cards stay valid.
///
/// # Errors
/// When there is no such key in use, or none to take its place.
pub fn retire(list: &KeyList, key_id: u8, last: CardDay) -> Result<KeyList, KeyRefusal> {
    let next = changed(list, key_id, |key| key.not_issued_after = Some(last))?;
    let day = CardDay::new(last.days().saturating_add(1));
    if in_use(&next, day).is_none() {
        return Err(KeyRefusal::NoSuccessor { day: day.to_date() });
    }
    Ok(next)
}

/// Takes a key's word back: its cards pass only where the gates' data knows them.
///
/// # Errors
/// When there is no such key, it was revoked before, or no other one may sign today.
pub fn revoke(list: &KeyList, key_id: u8, today: CardDay) -> Result<KeyList, KeyRefusal> {
    let mut next = list.clone();
    let key = next.keys.iter_mut().find(|key| key.key_id == key_id).ok_or(KeyRefusal::UnknownKey(key_id))?;
    if key.revoked {
        return Err(KeyRefusal::OutOfUse(key_id));
    }
    key.revoked = true;
    next.serial += 1;
    if in_use(&next, today).is_none() {
        return Err(KeyRefusal::NoSuccessor { day: today.to_date() });
    }
    Ok(next)
}

/// The key that signs on a day: of those that may, the one that was published last.
pub fn in_use(list: &KeyList, day: CardDay) -> Option<&IssuerKey> {
    let may_sign = |key: &&IssuerKey| {
        !key.revoked && key.not_issued_before <= day && key.not_issued_after.is_none_or(|last| day <= last)
    };
    list.keys.iter().filter(may_sign).max_by_key(|key| (key.not_issued_before, key.key_id))
}

fn changed(list: &KeyList, key_id: u8, change: impl FnOnce(&mut IssuerKey)) -> Result<KeyList, KeyRefusal> {
    let mut next = list.clone();
    let key = next.keys.iter_mut().find(|key| key.key_id == key_id).ok_or(KeyRefusal::UnknownKey(key_id))?;
    if key.revoked || key.not_issued_after.is_some() {
        return Err(KeyRefusal::OutOfUse(key_id));
    }
    change(key);
    next.serial += 1;
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: u16 = 2_500;

    fn day(offset: i16) -> CardDay {
        CardDay::new(TODAY.saturating_add_signed(offset))
    }

    fn first() -> KeyList {
        KeyList { serial: 1, keys: vec![IssuerKey::new(1, [1; 32])] }
    }

    fn with_second(from: i16, at_once: bool) -> Result<KeyList, KeyRefusal> {
        publish(&first(), (2, [2; 32]), (day(from), day(0)), at_once)
    }

    #[test]
    fn a_key_is_known_two_weeks_before_it_signs() {
        assert_eq!(with_second(13, false), Err(KeyRefusal::TooSoon { earliest: day(14).to_date() }));
        let list = with_second(14, false).unwrap();
        assert_eq!(list.serial, 2);
        for (offset, key_id) in [(0, 1), (13, 1), (14, 2), (900, 2)] {
            assert_eq!(in_use(&list, day(offset)).map(|key| key.key_id), Some(key_id), "in {offset} days");
        }
        assert_eq!(publish(&list, (2, [2; 32]), (day(20), day(0)), false), Err(KeyRefusal::AlreadyPublished(2)));
        assert!(with_second(-1, true).is_err() && with_second(0, true).is_ok());
    }

    #[test]
    fn there_is_always_a_key_that_signs() {
        let no_successor = |offset| Err(KeyRefusal::NoSuccessor { day: day(offset).to_date() });
        assert_eq!(retire(&first(), 1, day(0)), no_successor(1));
        assert_eq!(revoke(&first(), 1, day(0)), no_successor(0));
        let list = with_second(14, false).unwrap();
        assert_eq!(retire(&list, 1, day(12)), no_successor(13));
        assert_eq!(revoke(&list, 1, day(0)), no_successor(0));
        let retired = retire(&list, 1, day(13)).unwrap();
        assert_eq!(retire(&retired, 1, day(20)), Err(KeyRefusal::OutOfUse(1)));
        assert_eq!(retire(&retired, 2, day(20)), no_successor(21));
        let revoked = revoke(&retired, 1, day(20)).unwrap();
        assert_eq!((revoked.serial, revoked.keys[0].revoked), (4, true));
        assert_eq!(revoke(&revoked, 1, day(20)), Err(KeyRefusal::OutOfUse(1)));
        assert_eq!(revoke(&revoked, 9, day(20)), Err(KeyRefusal::UnknownKey(9)));
    }
}
