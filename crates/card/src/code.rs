//! The signed card code (kind 1): its fields, signing, and reading any code strictly.
//!
//! Text = kind (1 digit), body, 2 check digits. The body of kind 1 is 81 bytes in base-10 groups:
//! key id, card id, scope, first and last day, issue number, flags (17 bytes), then the Ed25519
//! signature over [`DOMAIN`] and those 17 bytes.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey};
use serde::{Deserialize, Serialize};

use crate::{CardDay, CardId, KeyRing, Reason, SHORT_TEXT_DIGITS, ScopeId, ShortHash, digits, keys::KeyTrust};

/// Digits of a signed code: the kind, 197 of the body, two check digits.
pub const SIGNED_TEXT_DIGITS: usize = 200;
/// No kind, not even a future one, is longer than a QR code of the largest version holds.
const TEXT_DIGITS_MAX: usize = 7_089;
/// What is signed begins with this text and the format's number.
const DOMAIN: &[u8] = b"passepartout/card/v1\x01";
/// Bytes of the fields that are signed, and of the whole body.
const FIELD_BYTES: usize = 17;
const BODY_BYTES: usize = FIELD_BYTES + 64;

/// What a signed card says about itself at the time of issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardCode {
    /// Names the annual ticket or day ticket; replacements keep it.
    pub card_id: CardId,
    /// What it opens.
    pub scope: ScopeId,
    /// The first day.
    pub not_before: CardDay,
    /// The last day, inclusive; with [`Flags::valid_from_first_entry`] the last day for the first entry.
    pub not_after: CardDay,
    /// The first card is 1; every replacement counts up.
    pub issue: u8,
    /// How it is to be used.
    pub flags: Flags,
}

/// How a card is to be used: eight bits, the last of which is reserved and always 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Flags(u8);

/// Signs cards with one issuer key.
pub struct CardSigner {
    key_id: u8,
    key: SigningKey,
}

/// What a code turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A signed card whose signature holds.
    Signed(SignedCard),
    /// A short code: valid only if its hash is known.
    Short(ShortHash),
    /// A code of an older system that stands for this card. [`read`] never answers it: see [`crate::ForeignHash`].
    Foreign(CardId),
}

/// The fields of a card whose signature was verified. Only [`read`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedCard {
    key_id: u8,
    code: CardCode,
    pub(crate) trust: KeyTrust,
}

/// Reads a code of any kind and verifies it.
///
/// # Errors
/// The first of `malformed`, `unsupported_code` (an unknown kind or a reserved bit: the program is
/// older than the card), `unknown_key`, `forged` that applies.
pub fn read(text: &str, keys: &KeyRing) -> Result<Reading, Reason> {
    if text.len() > TEXT_DIGITS_MAX {
        return Err(Reason::Malformed);
    }
    let body = digits::strip_check(text).ok_or(Reason::Malformed)?;
    match (body.split_first(), text.len()) {
        (Some((b'1', body)), SIGNED_TEXT_DIGITS) => read_signed(body, keys),
        (Some((b'2', _)), SHORT_TEXT_DIGITS) => Ok(Reading::Short(ShortHash::of_text(text))),
        (Some((b'3'..=b'9', _)), _) => Err(Reason::UnsupportedCode),
        _ => Err(Reason::Malformed),
    }
}

fn read_signed(body: &[u8], keys: &KeyRing) -> Result<Reading, Reason> {
    let bytes: [u8; BODY_BYTES] = digits::read_bytes(body).ok_or(Reason::Malformed)?;
    let (fields, signature) = bytes.split_at(FIELD_BYTES);
    let fields: [u8; FIELD_BYTES] = fields.try_into().map_err(|_| Reason::Malformed)?;
    let signature: [u8; 64] = signature.try_into().map_err(|_| Reason::Malformed)?;

    let [key_id, id @ .., s0, s1, b0, b1, a0, a1, issue, flags] = fields;
    let flags = Flags::from_bits(flags).ok_or(Reason::UnsupportedCode)?;
    let trust = keys.verify(key_id, &signed_message(&fields), &signature)?;
    let code = CardCode {
        card_id: CardId::new(u64::from_be_bytes(id)),
        scope: ScopeId::new(u16::from_be_bytes([s0, s1])),
        not_before: CardDay::new(u16::from_be_bytes([b0, b1])),
        not_after: CardDay::new(u16::from_be_bytes([a0, a1])),
        issue,
        flags,
    };
    Ok(Reading::Signed(SignedCard { key_id, code, trust }))
}

fn signed_message(fields: &[u8; FIELD_BYTES]) -> [u8; DOMAIN.len() + FIELD_BYTES] {
    let mut message = [0; DOMAIN.len() + FIELD_BYTES];
    message[..DOMAIN.len()].copy_from_slice(DOMAIN);
    message[DOMAIN.len()..].copy_from_slice(fields);
    message
}

impl CardSigner {
    /// A signer from the key's number and the 32 bytes of its secret half.
    pub fn new(key_id: u8, secret: &[u8; 32]) -> Self {
        Self { key_id, key: SigningKey::from_bytes(secret) }
    }

    /// The number of the key.
    pub fn key_id(&self) -> u8 {
        self.key_id
    }

    /// The 32 bytes of the public half.
    pub fn public_key(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    /// The text to print on the card: 200 digits.
    pub fn sign(&self, code: &CardCode) -> String {
        let mut body = [0; BODY_BYTES];
        body[0] = self.key_id;
        body[1..9].copy_from_slice(&code.card_id.get().to_be_bytes());
        body[9..11].copy_from_slice(&code.scope.get().to_be_bytes());
        body[11..13].copy_from_slice(&code.not_before.days().to_be_bytes());
        body[13..15].copy_from_slice(&code.not_after.days().to_be_bytes());
        body[15] = code.issue;
        body[16] = code.flags.bits();
        let mut fields = [0; FIELD_BYTES];
        fields.copy_from_slice(&body[..FIELD_BYTES]);
        let signature = self.key.sign(&signed_message(&fields)).to_bytes();
        body[FIELD_BYTES..].copy_from_slice(&signature);

        let mut text = String::with_capacity(SIGNED_TEXT_DIGITS);
        text.push('1');
        digits::write_bytes(&body, &mut text);
        digits::with_check(text)
    }
}

impl fmt::Debug for CardSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CardSigner").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

impl SignedCard {
    /// The number of the key that signed.
    pub fn key_id(&self) -> u8 {
        self.key_id
    }

    /// The fields of the card.
    pub fn code(&self) -> &CardCode {
        &self.code
    }
}

impl Flags {
    const FIRST_ENTRY: u8 = 1;
    const CHECK_PROOF: u8 = 1 << 1;
    const SINGLE_ENTRY: u8 = 1 << 2;
    const COMPANIONS_SHIFT: u8 = 3;
    const COMPANIONS: u8 = 0b0011_1000;
    const TEST: u8 = 1 << 6;
    const RESERVED: u8 = 1 << 7;

    /// No flag.
    pub const NONE: Self = Self(0);

    /// `None` when the reserved bit is set.
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits & Self::RESERVED == 0 { Some(Self(bits)) } else { None }
    }

    /// The byte in the code.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The period begins with the first entry.
    #[must_use]
    pub const fn with_valid_from_first_entry(self) -> Self {
        Self(self.0 | Self::FIRST_ENTRY)
    }

    /// Staff are to look at a proof (reduced categories).
    #[must_use]
    pub const fn with_check_proof(self) -> Self {
        Self(self.0 | Self::CHECK_PROOF)
    }

    /// One entry only (day tickets).
    #[must_use]
    pub const fn with_single_entry(self) -> Self {
        Self(self.0 | Self::SINGLE_ENTRY)
    }

    /// The holder may bring `companions`; more than 7 count as 7.
    #[must_use]
    pub const fn with_companions(self, companions: u8) -> Self {
        let companions = if companions > 7 { 7 } else { companions };
        Self(self.0 & !Self::COMPANIONS | companions << Self::COMPANIONS_SHIFT)
    }

    /// A card for trying gates: it opens them and is counted nowhere.
    #[must_use]
    pub const fn with_test(self) -> Self {
        Self(self.0 | Self::TEST)
    }

    /// Whether the period begins with the first entry.
    pub const fn valid_from_first_entry(self) -> bool {
        self.0 & Self::FIRST_ENTRY != 0
    }

    /// Whether staff are to look at a proof.
    pub const fn check_proof(self) -> bool {
        self.0 & Self::CHECK_PROOF != 0
    }

    /// Whether it opens once only.
    pub const fn single_entry(self) -> bool {
        self.0 & Self::SINGLE_ENTRY != 0
    }

    /// How many companions enter with the holder: 0..=7.
    pub const fn companions(self) -> u8 {
        (self.0 & Self::COMPANIONS) >> Self::COMPANIONS_SHIFT
    }

    /// Whether it is a card for trying gates.
    pub const fn test(self) -> bool {
        self.0 & Self::TEST != 0
    }
}

impl TryFrom<u8> for Flags {
    type Error = String;

    fn try_from(bits: u8) -> Result<Self, String> {
        Self::from_bits(bits).ok_or_else(|| format!("flags {bits}: bit 7 is reserved"))
    }
}

impl From<Flags> for u8 {
    fn from(flags: Flags) -> Self {
        flags.bits()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{IssuerKey, KeyList, ShortCode};

    fn signer() -> CardSigner {
        CardSigner::new(7, &[0x42; 32])
    }

    fn ring() -> KeyRing {
        let keys = vec![IssuerKey::new(7, signer().public_key())];
        KeyRing::new(&KeyList { serial: 1, keys }).expect("a usable list")
    }

    fn any_code() -> impl Strategy<Value = CardCode> {
        (any::<(u64, u16, u16, u16, u8)>(), 0_u8..128).prop_map(
            |((card_id, scope, not_before, not_after, issue), flags)| CardCode {
                card_id: CardId::new(card_id),
                scope: ScopeId::new(scope),
                not_before: CardDay::new(not_before),
                not_after: CardDay::new(not_after),
                issue,
                flags: Flags(flags),
            },
        )
    }

    #[test]
    fn flags_are_what_was_set() {
        let flags = Flags::NONE.with_companions(9).with_companions(5).with_single_entry();
        assert_eq!(flags.bits(), 0b0010_1100);
        assert_eq!(flags.companions(), 5);
        assert!(flags.single_entry() && !flags.check_proof() && !flags.test());
        assert!(Flags::NONE.with_check_proof().with_test().with_valid_from_first_entry().test());
        assert_eq!(Flags::from_bits(0x80), None);
    }

    #[test]
    fn a_signer_never_shows_its_key() {
        assert_eq!(format!("{:?}", signer()), "CardSigner { key_id: 7, .. }");
    }

    #[test]
    fn future_kinds_are_unsupported_at_any_length_and_kind_0_is_malformed() {
        for kind in 3..=9 {
            for digits in ["", "5", "0123456789"] {
                let text = digits::with_check(format!("{kind}{digits}"));
                assert_eq!(read(&text, &ring()), Err(Reason::UnsupportedCode), "{text}");
            }
        }
        assert_eq!(read(&digits::with_check("0123".into()), &ring()), Err(Reason::Malformed));
        let endless = digits::with_check(format!("3{}", "0".repeat(TEXT_DIGITS_MAX)));
        assert_eq!(read(&endless, &ring()), Err(Reason::Malformed));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_was_signed_is_read(code in any_code()) {
            let text = signer().sign(&code);
            prop_assert_eq!(text.len(), SIGNED_TEXT_DIGITS);
            match read(&text, &ring()) {
                Ok(Reading::Signed(card)) => {
                    prop_assert_eq!(card.code(), &code);
                    prop_assert_eq!(card.key_id(), 7);
                }
                other => prop_assert!(false, "{other:?}"),
            }
        }

        #[test]
        fn every_changed_digit_and_adjacent_swap_is_refused(code in any_code()) {
            let text = signer().sign(&code).into_bytes();
            for at in 0..text.len() {
                for by in 1..10 {
                    let mut changed = text.clone();
                    changed[at] = (changed[at] - b'0' + by) % 10 + b'0';
                    prop_assert!(read(std::str::from_utf8(&changed)?, &ring()).is_err());
                }
                let mut swapped = text.clone();
                swapped.swap(at, (at + 1).min(text.len() - 1));
                if swapped != text {
                    prop_assert!(read(std::str::from_utf8(&swapped)?, &ring()).is_err());
                }
            }
        }

        #[test]
        fn a_short_code_is_read_as_its_hash(random: [u8; 16]) {
            let code = ShortCode::from_random(random);
            prop_assert_eq!(read(code.text(), &ring()), Ok(Reading::Short(code.hash())));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,300}", digits in "[12][0-9]{0,240}") {
            let _ = read(&text, &ring());
            let _ = read(&digits, &ring());
            let _ = read(&digits::with_check(digits), &ring());
        }
    }
}
