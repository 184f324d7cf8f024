//! The card code's vectors: `vectors.json` is made here, independently of the crate's own encoder,
//! and must be read by the crate exactly as it says.
//!
//! `UPDATE_VECTORS=1 cargo test -p card --test vectors` writes the file anew.

use std::{env, fs, path::Path};

use card::{
    CardCode, CardDay, CardId, CardSigner, Flags, IssuerKey, KeyList, KeyRing, Reading, ScopeId, ShortCode, read,
};
use ed25519_dalek::{Signer as _, SigningKey};
use serde::{Deserialize, Serialize};

const KEY_ID: u8 = 3;
const SECRET: [u8; 32] = [0x5a; 32];

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Vectors {
    signed_message: String,
    key_id: u8,
    secret_key_hex: String,
    public_key_hex: String,
    valid: Vec<Valid>,
    invalid: Vec<Invalid>,
    short_valid: Vec<String>,
    short_invalid: Vec<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Valid {
    text: String,
    fields: CardCode,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Invalid {
    reason: String,
    because: String,
    text: String,
}

#[test]
fn the_file_is_what_this_test_makes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors.json");
    let made = make();
    if env::var_os("UPDATE_VECTORS").is_some() {
        let text = serde_json::to_string_pretty(&made).expect("vectors are JSON");
        fs::write(&path, text + "\n").expect("the file is ours to write");
    }
    assert_eq!(stored(), made);
}

#[test]
fn valid_codes_are_read_as_their_fields_and_signed_to_the_same_text() {
    let vectors = stored();
    let signer = CardSigner::new(KEY_ID, &SECRET);
    for Valid { text, fields } in &vectors.valid {
        match read(text, &ring()) {
            Ok(Reading::Signed(card)) => {
                assert_eq!(card.code(), fields);
                assert_eq!(card.key_id(), KEY_ID);
            }
            other => panic!("{text}: {other:?}"),
        }
        assert_eq!(&signer.sign(fields), text);
    }
    for text in &vectors.short_valid {
        assert!(matches!(read(text, &ring()), Ok(Reading::Short(_))), "{text}");
    }
}

#[test]
fn invalid_codes_are_refused_for_their_reason() {
    let vectors = stored();
    assert!(vectors.invalid.len() >= 17);
    for Invalid { reason, because, text } in &vectors.invalid {
        let found = read(text, &ring()).map_err(|reason| reason.to_string());
        assert_eq!(found.as_ref().err(), Some(reason), "{because}: {text}");
    }
    for text in &vectors.short_invalid {
        let found = read(text, &ring()).map_err(|reason| reason.to_string());
        assert_eq!(found, Err("malformed".to_owned()), "{text}");
    }
}

fn stored() -> Vectors {
    serde_json::from_str(include_str!("vectors.json")).expect("the file is well-formed")
}

fn ring() -> KeyRing {
    let public_key = SigningKey::from_bytes(&SECRET).verifying_key().to_bytes();
    let keys = vec![IssuerKey::new(KEY_ID, public_key)];
    KeyRing::new(&KeyList { serial: 1, keys }).expect("a usable list")
}

fn make() -> Vectors {
    let fields = samples();
    let good = text_of('1', &body(KEY_ID, &fields[2], 0, &SECRET));
    let invalid = [
        ("malformed", "no digits at all", String::new()),
        ("malformed", "check digits without a body", "97".into()),
        ("malformed", "one digit changed", replaced(&good, 60, |digit| (digit + 3) % 10)),
        ("malformed", "two neighbours swapped", swapped(&good)),
        ("malformed", "one digit missing", good[..199].into()),
        ("malformed", "one digit more", format!("{good}0")),
        ("malformed", "a letter", format!("{}A{}", &good[..20], &good[21..])),
        ("malformed", "digits of another script", "\u{661}\u{662}\u{663}".repeat(20)),
        ("malformed", "a blank before it", format!(" {good}")),
        ("malformed", "a group above its bytes", checked(&format!("1{}", "9".repeat(197)))),
        ("malformed", "kind 0", checked(&format!("0{}", &good[1..198]))),
        ("malformed", "kind 2 as long as kind 1", checked(&format!("2{}", &good[1..198]))),
        ("unsupported_code", "kind 3", checked(&format!("3{}", &good[1..198]))),
        ("unsupported_code", "kind 9, short", checked("90")),
        ("unsupported_code", "the reserved flag, well signed", text_of('1', &body(KEY_ID, &fields[2], 0x80, &SECRET))),
        (
            "unsupported_code",
            "the reserved flag and an unknown key",
            text_of('1', &body(KEY_ID + 1, &fields[2], 0x80, &SECRET)),
        ),
        ("unknown_key", "another key id", text_of('1', &body(KEY_ID + 1, &fields[2], 0, &SECRET))),
        ("forged", "signed by another key under this id", text_of('1', &body(KEY_ID, &fields[2], 0, &[0x5b; 32]))),
        ("forged", "a later last day under the old signature", forged_day(&fields[2])),
        ("forged", "no signature", text_of('1', &[vec![KEY_ID], vec![0; 80]].concat())),
    ];
    let short: Vec<String> =
        [[0; 16], [1; 16], [0xfe; 16]].map(|random| ShortCode::from_random(random).text().into()).into();
    Vectors {
        signed_message: "passepartout/card/v1 + 0x01 + body[0..17]".into(),
        key_id: KEY_ID,
        secret_key_hex: hex::encode(SECRET),
        public_key_hex: hex::encode(SigningKey::from_bytes(&SECRET).verifying_key().to_bytes()),
        valid: fields
            .into_iter()
            .map(|fields| Valid { text: text_of('1', &body(KEY_ID, &fields, 0, &SECRET)), fields })
            .collect(),
        invalid: invalid
            .into_iter()
            .map(|(reason, because, text)| Invalid { reason: reason.into(), because: because.into(), text })
            .collect(),
        short_invalid: vec![
            short[0][..32].into(),
            format!("{}0", short[0]),
            replaced(&short[1], 32, |digit| (digit + 1) % 10),
        ],
        short_valid: short,
    }
}

fn samples() -> Vec<CardCode> {
    let code = |card_id, scope, not_before, not_after, issue, flags| CardCode {
        card_id: CardId::new(card_id),
        scope: ScopeId::new(scope),
        not_before: CardDay::new(not_before),
        not_after: CardDay::new(not_after),
        issue,
        flags: Flags::from_bits(flags).expect("bit 7 is clear"),
    };
    vec![
        code(0, 0, 0, 0, 0, 0),
        code(u64::MAX, u16::MAX, u16::MAX, u16::MAX, u8::MAX, 0x7f),
        code(0x0123_4567_89ab_cdef, 1, 2_516, 2_880, 1, 0),
        code(1 << 63, 2, 2_516, 2_516, 1, Flags::NONE.with_single_entry().bits()),
        code(77, 3, 2_516, 2_577, 2, Flags::NONE.with_valid_from_first_entry().bits()),
        code(78, 3, 2_516, 2_880, 3, Flags::NONE.with_check_proof().with_companions(7).bits()),
        code(79, 65_534, 2_516, 2_880, 1, Flags::NONE.with_test().bits()),
    ]
}

/// The 81 bytes, with `more_flags` set beside those of the fields.
fn body(key_id: u8, fields: &CardCode, more_flags: u8, secret: &[u8; 32]) -> Vec<u8> {
    let mut bytes = vec![key_id];
    bytes.extend(fields.card_id.get().to_be_bytes());
    bytes.extend(fields.scope.get().to_be_bytes());
    bytes.extend(fields.not_before.days().to_be_bytes());
    bytes.extend(fields.not_after.days().to_be_bytes());
    bytes.extend([fields.issue, fields.flags.bits() | more_flags]);
    let message = [b"passepartout/card/v1\x01", bytes.as_slice()].concat();
    bytes.extend(SigningKey::from_bytes(secret).sign(&message).to_bytes());
    bytes
}

fn forged_day(fields: &CardCode) -> String {
    let mut bytes = body(KEY_ID, fields, 0, &SECRET);
    bytes[14] ^= 1;
    text_of('1', &bytes)
}

fn text_of(kind: char, body: &[u8]) -> String {
    let groups = body.chunks(7).map(|group| {
        let value = group.iter().fold(0_u128, |n, byte| n * 256 + u128::from(*byte));
        let most = 256_u128.pow(group.len().try_into().expect("at most 7")) - 1;
        format!("{value:0width$}", width = most.to_string().len())
    });
    checked(&format!("{kind}{}", groups.collect::<String>()))
}

/// Long division by 97, digit by digit, for each possible check until one leaves 1.
fn checked(body: &str) -> String {
    let remainder = |text: &str| text.bytes().fold(0, |n, digit| (n * 10 + u32::from(digit - b'0')) % 97);
    (2..=98)
        .map(|check| format!("{body}{check:02}"))
        .find(|text| remainder(text) == 1)
        .expect("97 checks in a row leave every remainder")
}

fn replaced(text: &str, at: usize, by: impl Fn(u8) -> u8) -> String {
    let mut digits = text.as_bytes().to_vec();
    digits[at] = by(digits[at] - b'0') + b'0';
    String::from_utf8(digits).expect("digits")
}

fn swapped(text: &str) -> String {
    let mut digits = text.as_bytes().to_vec();
    let at = (30..100).find(|at| digits[*at] != digits[at + 1]).expect("not all digits are equal");
    digits.swap(at, at + 1);
    String::from_utf8(digits).expect("digits")
}
