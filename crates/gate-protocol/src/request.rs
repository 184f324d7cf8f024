//! Signed requests: every call of a paired device proves who sends it, whole, fresh, and once.
//!
//! The device signs this text, lines separated by a line feed, none at the end:
//!
//! ```text
//! passepartout/gate-request/v1
//! METHOD
//! /path?query
//! SHA-256 of the body, 64 lower-case hexadecimal digits
//! device id
//! milliseconds since 1970, decimal
//! nonce, 32 lower-case hexadecimal digits
//! ```
//!
//! and sends the last three with the signature (base64) in the headers `X-Device`, `X-Timestamp`,
//! `X-Nonce`, `X-Signature`. The server refuses a timestamp that is off by more than
//! [`ALLOWED_SKEW_MS`], and a nonce that this device used before; it keeps nonces for
//! [`NONCE_KEPT_MS`], after which their timestamps are too old anyway.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

use crate::seal::decode_signature;

/// The header with the device id.
pub const DEVICE_HEADER: &str = "x-device";
/// The header with the time of sending, in milliseconds since 1970.
pub const TIMESTAMP_HEADER: &str = "x-timestamp";
/// The header with the nonce.
pub const NONCE_HEADER: &str = "x-nonce";
/// The header with the signature.
pub const SIGNATURE_HEADER: &str = "x-signature";
/// How far a request's timestamp may be from the server's clock, in milliseconds.
pub const ALLOWED_SKEW_MS: i64 = 5 * 60 * 1_000;
/// How long a used nonce is kept, in milliseconds.
pub const NONCE_KEPT_MS: i64 = 2 * ALLOWED_SKEW_MS;
/// No device id is longer.
const DEVICE_CHARS_MAX: usize = 64;

/// The secret key of a device.
pub struct DeviceKey(SigningKey);

/// What is signed of a request, apart from the credentials themselves.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The path and, behind a question mark, the query, exactly as sent.
    pub path_and_query: &'a str,
    /// The whole body.
    pub body: &'a [u8],
}

/// What the four headers say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The device that claims to send.
    pub device: String,
    /// When it says it sent, in milliseconds since 1970.
    pub timestamp_ms: i64,
    /// A number used once.
    pub nonce: Nonce,
    signature: [u8; 64],
}

/// Sixteen random bytes, used for one request only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Nonce([u8; 16]);

/// A request is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestRefused {
    /// A header is missing or malformed.
    #[error("a header is missing or malformed")]
    MalformedCredentials,
    /// The device's clock and ours differ too much, or the request is an old one.
    #[error("the timestamp is too far from the server's clock")]
    ClockSkew,
    /// Another key signed, or something else was signed.
    #[error("the signature does not hold")]
    BadSignature,
}

impl DeviceKey {
    /// A key from its 32 secret bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The 32 bytes of the public half.
    pub fn public_key(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The credentials for one request.
    pub fn sign(&self, request: Request<'_>, device: &str, timestamp_ms: i64, nonce: Nonce) -> Credentials {
        let text = canonical_text(request, device, timestamp_ms, nonce);
        let signature = self.0.sign(text.as_bytes()).to_bytes();
        Credentials { device: device.to_owned(), timestamp_ms, nonce, signature }
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceKey(..)")
    }
}

impl Credentials {
    /// Reads the credentials from headers.
    ///
    /// # Errors
    /// [`RequestRefused::MalformedCredentials`].
    pub fn from_headers<'h>(header: impl Fn(&'static str) -> Option<&'h str>) -> Result<Self, RequestRefused> {
        let header = |name| header(name).ok_or(RequestRefused::MalformedCredentials);
        let malformed = RequestRefused::MalformedCredentials;
        let device = header(DEVICE_HEADER)?;
        if device.is_empty() || device.len() > DEVICE_CHARS_MAX || !device.is_ascii() {
            return Err(malformed);
        }
        Ok(Self {
            device: device.to_owned(),
            timestamp_ms: header(TIMESTAMP_HEADER)?.parse().map_err(|_| malformed)?,
            nonce: Nonce::parse(header(NONCE_HEADER)?).ok_or(malformed)?,
            signature: decode_signature(header(SIGNATURE_HEADER)?).ok_or(malformed)?,
        })
    }

    /// The four headers.
    pub fn to_headers(&self) -> [(&'static str, String); 4] {
        [
            (DEVICE_HEADER, self.device.clone()),
            (TIMESTAMP_HEADER, self.timestamp_ms.to_string()),
            (NONCE_HEADER, self.nonce.to_string()),
            (SIGNATURE_HEADER, STANDARD.encode(self.signature)),
        ]
    }

    /// Tests timestamp and signature. That the nonce is new is the caller's to test, afterwards.
    ///
    /// # Errors
    /// [`RequestRefused::ClockSkew`] or [`RequestRefused::BadSignature`].
    pub fn verify(&self, request: Request<'_>, public_key: &[u8; 32], now_ms: i64) -> Result<(), RequestRefused> {
        let text = canonical_text(request, &self.device, self.timestamp_ms, self.nonce);
        VerifyingKey::from_bytes(public_key)
            .and_then(|key| key.verify_strict(text.as_bytes(), &Signature::from_bytes(&self.signature)))
            .map_err(|_| RequestRefused::BadSignature)?;
        if self.timestamp_ms.abs_diff(now_ms) > ALLOWED_SKEW_MS.unsigned_abs() {
            return Err(RequestRefused::ClockSkew);
        }
        Ok(())
    }
}

impl RequestRefused {
    /// The stable reason in problem documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MalformedCredentials => "malformed_credentials",
            Self::ClockSkew => "clock_skew",
            Self::BadSignature => "bad_signature",
        }
    }
}

impl Nonce {
    /// A nonce from sixteen random bytes.
    pub const fn from_random(random: [u8; 16]) -> Self {
        Self(random)
    }

    fn parse(text: &str) -> Option<Self> {
        let lower = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let mut bytes = [0; 16];
        (lower && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(Self(bytes))
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

fn canonical_text(request: Request<'_>, device: &str, timestamp_ms: i64, nonce: Nonce) -> String {
    let body = hex::encode(Sha256::digest(request.body));
    let Request { method, path_and_query, .. } = request;
    format!("passepartout/gate-request/v1\n{method}\n{path_and_query}\n{body}\n{device}\n{timestamp_ms}\n{nonce}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW_MS: i64 = 1_795_000_000_000;

    fn request() -> Request<'static> {
        Request { method: "POST", path_and_query: "/gate/v1/scans?x=1", body: b"{}" }
    }

    fn credentials() -> (DeviceKey, Credentials) {
        let key = DeviceKey::new(&[6; 32]);
        let credentials = key.sign(request(), "dev-1", NOW_MS, Nonce::from_random([0xab; 16]));
        (key, credentials)
    }

    #[test]
    fn the_signed_text_is_as_documented() {
        let text = canonical_text(request(), "dev-1", NOW_MS, Nonce::from_random([0xab; 16]));
        assert_eq!(
            text,
            "passepartout/gate-request/v1\nPOST\n/gate/v1/scans?x=1\n\
             44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n\
             dev-1\n1795000000000\nabababababababababababababababab"
        );
    }

    #[test]
    fn headers_come_back() {
        let (_, credentials) = credentials();
        let headers = credentials.to_headers();
        let find = |name: &str| headers.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
        assert_eq!(Credentials::from_headers(find), Ok(credentials.clone()));
        for missing in [DEVICE_HEADER, TIMESTAMP_HEADER, NONCE_HEADER, SIGNATURE_HEADER] {
            let found = Credentials::from_headers(|name| if name == missing { None } else { find(name) });
            assert_eq!(found, Err(RequestRefused::MalformedCredentials), "{missing}");
        }
        let upper = Credentials::from_headers(|name| {
            if name == NONCE_HEADER { Some("ABABABABABABABABABABABABABABABAB") } else { find(name) }
        });
        assert_eq!(upper, Err(RequestRefused::MalformedCredentials), "one text per nonce");
    }

    #[test]
    fn every_altered_part_is_noticed() {
        let (key, credentials) = credentials();
        let public = key.public_key();
        assert_eq!(credentials.verify(request(), &public, NOW_MS), Ok(()));
        for altered in [
            Request { method: "GET", ..request() },
            Request { path_and_query: "/gate/v1/scans?x=2", ..request() },
            Request { body: b"{ }", ..request() },
        ] {
            let found = credentials.verify(altered, &public, NOW_MS);
            assert_eq!(found, Err(RequestRefused::BadSignature), "{altered:?}");
        }
        let later = Credentials { timestamp_ms: NOW_MS + 1, ..credentials.clone() };
        let other_nonce = Credentials { nonce: Nonce([0; 16]), ..credentials.clone() };
        let other_device = Credentials { device: "dev-2".into(), ..credentials.clone() };
        for altered in [later, other_nonce, other_device] {
            let found = altered.verify(request(), &public, NOW_MS);
            assert_eq!(found, Err(RequestRefused::BadSignature));
        }
        let other_key = DeviceKey::new(&[7; 32]).public_key();
        assert_eq!(credentials.verify(request(), &other_key, NOW_MS), Err(RequestRefused::BadSignature));
    }

    #[test]
    fn old_and_early_requests_are_refused() {
        let (key, credentials) = credentials();
        let at = |now_ms| credentials.verify(request(), &key.public_key(), now_ms);
        assert_eq!(at(NOW_MS + ALLOWED_SKEW_MS), Ok(()));
        assert_eq!(at(NOW_MS - ALLOWED_SKEW_MS), Ok(()));
        assert_eq!(at(NOW_MS + ALLOWED_SKEW_MS + 1), Err(RequestRefused::ClockSkew));
        assert_eq!(at(NOW_MS - ALLOWED_SKEW_MS - 1), Err(RequestRefused::ClockSkew));
        assert_eq!(at(i64::MIN), Err(RequestRefused::ClockSkew));
    }

    proptest! {
        #[test]
        fn hostile_headers_never_panic(value in "\\PC{0,120}", body: Vec<u8>, key: [u8; 32]) {
            let _ = Credentials::from_headers(|_| Some(&value));
            let (_, credentials) = credentials();
            let request = Request { method: &value, path_and_query: &value, body: &body };
            prop_assert!(credentials.verify(request, &key, NOW_MS).is_err());
        }
    }
}
