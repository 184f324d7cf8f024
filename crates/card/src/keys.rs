//! The issuer keys a gate believes: a typed list, and the ring it becomes when every key was read.

use std::collections::BTreeMap;

use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::{CardDay, Reason, hex_bytes};

/// One key that signs cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerKey {
    /// The number that stands in the card code.
    pub key_id: u8,
    /// The 32 bytes of the public key.
    #[serde(with = "hex_bytes")]
    pub public_key: [u8; 32],
    /// The first day on which it signs cards; gates learn a key two weeks before.
    pub not_issued_before: CardDay,
    /// The last day on which it signed cards, once it is retired.
    pub not_issued_after: Option<CardDay>,
    /// The secret half is no longer ours alone: its cards pass only where the local data knows them.
    pub revoked: bool,
}

/// All issuer keys, as the root signs them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyList {
    /// Counts up with every change, so that an older list never replaces a newer one.
    pub serial: u64,
    /// At most one key per key id.
    pub keys: Vec<IssuerKey>,
}

/// The list cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKeyList {
    /// Two keys carry the same key id.
    #[error("two keys have the id {key_id}")]
    DuplicateKeyId {
        /// The id that stands twice.
        key_id: u8,
    },
    /// The bytes are no public key, or one of the weak ones.
    #[error("key {key_id} is not a usable Ed25519 public key")]
    InvalidPublicKey {
        /// The id of the key.
        key_id: u8,
    },
}

/// The keys, ready to verify with.
#[derive(Clone, Debug, Default)]
pub struct KeyRing(BTreeMap<u8, RingKey>);

#[derive(Clone, Debug)]
struct RingKey {
    verifying: VerifyingKey,
    trust: KeyTrust,
}

/// How far a signature of a key speaks for a card that the local data does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KeyTrust {
    not_issued_before: CardDay,
    not_issued_after: Option<CardDay>,
    revoked: bool,
}

impl IssuerKey {
    /// A key that signs from the first day on, neither retired nor revoked.
    pub fn new(key_id: u8, public_key: [u8; 32]) -> Self {
        Self { key_id, public_key, not_issued_before: CardDay::FIRST, not_issued_after: None, revoked: false }
    }
}

impl KeyRing {
    /// Reads every key of the list.
    ///
    /// # Errors
    /// [`InvalidKeyList`] when an id stands twice or a key is unusable: half a list is never used.
    pub fn new(list: &KeyList) -> Result<Self, InvalidKeyList> {
        let mut ring = BTreeMap::new();
        for key in &list.keys {
            let key_id = key.key_id;
            let verifying = VerifyingKey::from_bytes(&key.public_key)
                .ok()
                .filter(|verifying| !verifying.is_weak())
                .ok_or(InvalidKeyList::InvalidPublicKey { key_id })?;
            let trust = KeyTrust {
                not_issued_before: key.not_issued_before,
                not_issued_after: key.not_issued_after,
                revoked: key.revoked,
            };
            if ring.insert(key_id, RingKey { verifying, trust }).is_some() {
                return Err(InvalidKeyList::DuplicateKeyId { key_id });
            }
        }
        Ok(Self(ring))
    }

    /// Verifies strictly: `unknown_key` when the ring lacks the key, `forged` when it did not sign.
    pub(crate) fn verify(&self, key_id: u8, message: &[u8], signature: &[u8; 64]) -> Result<KeyTrust, Reason> {
        let key = self.0.get(&key_id).ok_or(Reason::UnknownKey)?;
        key.verifying.verify_strict(message, &Signature::from_bytes(signature)).map_err(|_| Reason::Forged)?;
        Ok(key.trust)
    }
}

impl KeyTrust {
    /// Whether the signature alone speaks for a card that the local data of `data_day` lacks.
    ///
    /// A card of a retired key was issued before the key's last day: data fetched after that day
    /// holds it, or it does not exist. A key that is not in use yet signed nothing.
    pub(crate) fn vouches_for_unknown(self, today: CardDay, data_day: Option<CardDay>) -> bool {
        let in_use = self.not_issued_before <= today;
        let retired_in_data = match (self.not_issued_after, data_day) {
            (Some(last), Some(data_day)) => data_day > last,
            _ => false,
        };
        in_use && !self.revoked && !retired_in_data
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;

    use super::*;

    fn key(key_id: u8) -> IssuerKey {
        IssuerKey::new(key_id, SigningKey::from_bytes(&[key_id; 32]).verifying_key().to_bytes())
    }

    #[test]
    fn half_a_list_is_never_used() {
        let twice = KeyList { serial: 1, keys: vec![key(1), key(2), key(1)] };
        assert_eq!(KeyRing::new(&twice).unwrap_err(), InvalidKeyList::DuplicateKeyId { key_id: 1 });
        let weak = KeyList { serial: 1, keys: vec![IssuerKey::new(9, [0; 32])] };
        assert_eq!(KeyRing::new(&weak).unwrap_err(), InvalidKeyList::InvalidPublicKey { key_id: 9 });
    }

    #[test]
    fn a_key_vouches_while_it_may_have_issued_what_the_data_lacks() {
        let day = CardDay::new;
        let trust = |after: Option<u16>, revoked| KeyTrust {
            not_issued_before: day(100),
            not_issued_after: after.map(day),
            revoked,
        };
        for (trust, today, data_day, expected) in [
            (trust(None, false), 99, None, false),
            (trust(None, false), 100, None, true),
            (trust(None, true), 100, None, false),
            (trust(Some(120), false), 119, Some(118), true),
            (trust(Some(120), false), 140, Some(120), true),
            (trust(Some(120), false), 140, Some(121), false),
            (trust(Some(120), false), 140, None, true),
        ] {
            assert_eq!(
                trust.vouches_for_unknown(day(today), data_day.map(day)),
                expected,
                "{trust:?} on {today} with data of {data_day:?}"
            );
        }
    }
}
