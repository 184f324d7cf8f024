//! Sealed documents: answers that the root key signed, byte for byte.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use card::{KeyList, RootKey, RootSigner};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Changes, ForeignCodes, GateScopes, Revoked, ScanAnswers};

/// The header that carries the seal of an answer's body, base64.
pub const SEAL_HEADER: &str = "x-seal";

/// An answer that the root key signs.
pub trait Document: Serialize + DeserializeOwned {
    /// Keeps a seal for one kind from passing for another.
    const KIND: &'static str;
    /// A longer body is refused unread.
    const BYTES_MAX: usize;
}

impl Document for KeyList {
    const KIND: &'static str = "keys";
    const BYTES_MAX: usize = 256 * 1_024;
}

impl Document for GateScopes {
    const KIND: &'static str = "scopes";
    const BYTES_MAX: usize = 4 * 1_024 * 1_024;
}

impl Document for ForeignCodes {
    const KIND: &'static str = "foreign";
    const BYTES_MAX: usize = 16 * 1_024 * 1_024;
}

impl Document for Changes {
    const KIND: &'static str = "changes";
    const BYTES_MAX: usize = 4 * 1_024 * 1_024;
}

impl Document for ScanAnswers {
    const KIND: &'static str = "scan-answers";
    const BYTES_MAX: usize = 1_024 * 1_024;
}

impl Document for Revoked {
    const KIND: &'static str = "revoked";
    const BYTES_MAX: usize = 4 * 1_024;
}

/// A document cannot be believed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Longer than any document of its kind.
    #[error("a {kind} document of {bytes} bytes is too large")]
    TooLarge {
        /// The kind of document.
        kind: &'static str,
        /// Its size.
        bytes: usize,
    },
    /// The seal is missing, malformed, or not the root key's.
    #[error("the seal of this {kind} document does not hold")]
    BadSeal {
        /// The kind of document.
        kind: &'static str,
    },
    /// Sealed, but not of the shape this program knows.
    #[error("this {kind} document is not understood: {source}")]
    Shape {
        /// The kind of document.
        kind: &'static str,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

/// The document's bytes and their seal.
///
/// # Errors
/// Only when the document cannot be written as JSON, which the documents of this crate can.
pub fn seal<D: Document>(document: &D, root: &RootSigner) -> serde_json::Result<(Vec<u8>, String)> {
    let body = serde_json::to_vec(document)?;
    let seal = STANDARD.encode(root.sign(D::KIND, &body));
    Ok((body, seal))
}

/// Reads a document whose seal holds.
///
/// # Errors
/// [`OpenError`], and nothing of the body was parsed unless the seal held.
pub fn open<D: Document>(body: &[u8], seal: &str, root: &RootKey) -> Result<D, OpenError> {
    let kind = D::KIND;
    if body.len() > D::BYTES_MAX {
        return Err(OpenError::TooLarge { kind, bytes: body.len() });
    }
    let signature = decode_signature(seal).ok_or(OpenError::BadSeal { kind })?;
    root.verify(kind, body, &signature).map_err(|_| OpenError::BadSeal { kind })?;
    serde_json::from_slice(body).map_err(|source| OpenError::Shape { kind, source })
}

/// 64 bytes from base64; a longer text is not even decoded.
pub(crate) fn decode_signature(text: &str) -> Option<[u8; 64]> {
    const BASE64_CHARS: usize = 88;
    if text.len() != BASE64_CHARS {
        return None;
    }
    STANDARD.decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_exact_bytes_under_the_right_root_and_kind_are_read() {
        let root = RootSigner::new(&[1; 32]);
        let list = KeyList { serial: 4, keys: Vec::new() };
        let (body, seal_text) = seal(&list, &root).expect("JSON");
        assert_eq!(open::<KeyList>(&body, &seal_text, &root.public()).expect("sealed"), list);

        let mut altered = body.clone();
        altered.push(b' ');
        let stranger = RootSigner::new(&[2; 32]).public();
        for (body, seal_text, root) in [
            (&altered, seal_text.as_str(), &root.public()),
            (&body, seal_text.as_str(), &stranger),
            (&body, "", &root.public()),
            (&body, &"A".repeat(88), &root.public()),
        ] {
            let found = open::<KeyList>(body, seal_text, root);
            assert!(matches!(found, Err(OpenError::BadSeal { .. })), "{found:?}");
        }
        let other_kind = open::<Changes>(&body, &seal_text, &root.public());
        assert!(matches!(other_kind, Err(OpenError::BadSeal { .. })));
        let large = vec![b' '; KeyList::BYTES_MAX + 1];
        let too_large = open::<KeyList>(&large, &seal_text, &root.public());
        assert!(matches!(too_large, Err(OpenError::TooLarge { .. })));
    }

    proptest! {
        #[test]
        fn hostile_bytes_never_panic(body: Vec<u8>, seal_text in "\\PC{0,100}") {
            let root = RootSigner::new(&[1; 32]);
            let _ = open::<KeyList>(&body, &seal_text, &root.public());
            // Sealed nonsense: what a faulty server could send.
            let seal_text = STANDARD.encode(root.sign("changes", &body));
            let _ = open::<Changes>(&body, &seal_text, &root.public());
        }
    }
}
