//! The root key: signs what gates must believe about the house, above all the list of issuer keys.
//!
//! Every kind of message has its own domain text, so that a signature for one kind never passes for
//! another.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

/// Signs messages with the root's secret key.
pub struct RootSigner(SigningKey);

/// The public half of the root key, pinned when a device is paired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootKey(VerifyingKey);

/// The signature does not belong to this message and key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature is not the root key's")]
pub struct BadSeal;

impl RootSigner {
    /// A signer from the 32 bytes of the secret key.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The public half.
    pub fn public(&self) -> RootKey {
        RootKey(self.0.verifying_key())
    }

    /// Signs `message` as one of the kind that `domain` names.
    pub fn sign(&self, domain: &str, message: &[u8]) -> [u8; 64] {
        self.0.sign(&sealed_bytes(domain, message)).to_bytes()
    }
}

impl RootKey {
    /// A key from its 32 bytes.
    ///
    /// # Errors
    /// [`BadSeal`] when the bytes are no point of the curve or one of the weak ones.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, BadSeal> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| BadSeal)?;
        if key.is_weak() { Err(BadSeal) } else { Ok(Self(key)) }
    }

    /// The 32 bytes.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Tests that the root signed `message` as one of the kind that `domain` names.
    ///
    /// # Errors
    /// [`BadSeal`] when it did not.
    pub fn verify(&self, domain: &str, message: &[u8], signature: &[u8; 64]) -> Result<(), BadSeal> {
        let signature = Signature::from_bytes(signature);
        self.0.verify_strict(&sealed_bytes(domain, message), &signature).map_err(|_| BadSeal)
    }
}

/// `passepartout/` domain `/v1`, a zero byte, the message.
fn sealed_bytes(domain: &str, message: &[u8]) -> Vec<u8> {
    let mut bytes = format!("passepartout/{domain}/v1\0").into_bytes();
    bytes.extend_from_slice(message);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_for_its_domain_message_and_key_only() {
        let root = RootSigner::new(&[3; 32]);
        let seal = root.sign("keys", b"list");
        assert_eq!(root.public().verify("keys", b"list", &seal), Ok(()));
        assert_eq!(root.public().verify("scopes", b"list", &seal), Err(BadSeal));
        assert_eq!(root.public().verify("keys", b"lisp", &seal), Err(BadSeal));
        let other = RootSigner::new(&[4; 32]).public();
        assert_eq!(other.verify("keys", b"list", &seal), Err(BadSeal));
        assert_eq!(RootKey::from_bytes(&[0; 32]), Err(BadSeal));
        assert_eq!(RootKey::from_bytes(&root.public().to_bytes()), Ok(root.public()));
    }
}
