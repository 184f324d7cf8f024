//! Every sealed message against a hostile network: altered, cut, grown, sealed as another kind or by somebody else.

use std::fmt::Debug;

use card::{
    CardDay, CardId, ForeignHash, IssuerKey, KeyList, PinHash, PinTag, Place, Policy, RootSigner, Scope, ScopeId,
    StaffPin,
};
use gate_protocol::{
    Changes, Direction, Document, ForeignCode, ForeignCodes, GateScopes, GateSettings, OpenError, Revoked, ScanAnswer,
    ScanAnswers, ScanOutcome, ScopeEntry, open, seal,
};
use proptest::prelude::*;
use uuid::Uuid;

fn root() -> RootSigner {
    RootSigner::new(&[9; 32])
}

fn keys() -> KeyList {
    let first = IssuerKey::new(1, [7; 32]);
    let last = IssuerKey { not_issued_before: CardDay::new(2_500), revoked: true, ..IssuerKey::new(2, [8; 32]) };
    KeyList { serial: 4, keys: vec![first, last] }
}

fn scopes() -> GateScopes {
    let pin = PinHash::of_pin("290417", [3; 16]).expect("a PIN");
    GateScopes {
        gate: GateSettings {
            name: "Door".into(),
            place: Place { house: "castle".into(), exhibition: None },
            direction: Direction::Out,
            time_zone: "Europe/Berlin".into(),
            policy: Policy::default(),
            staff: vec![StaffPin { tag: PinTag::from_bytes([1; 8]), pin }],
        },
        scopes: vec![ScopeEntry {
            scope: ScopeId::new(3),
            opens: Scope { houses: vec!["castle".into()], exhibitions: Vec::new() },
        }],
    }
}

fn changes() -> Changes {
    Changes {
        nonce: "n".into(),
        epoch: "e".into(),
        after: 4,
        upto: 9,
        more: true,
        rows: Vec::new(),
        server_time_ms: 1_795_000_000_000,
        keys_tag: "k".into(),
        scopes_tag: "s".into(),
        foreign_tag: "f".into(),
        documents_tag: "d".into(),
    }
}

fn foreign() -> ForeignCodes {
    let hash = ForeignHash::of_text("JK-2019-0042A").expect("a code");
    ForeignCodes { codes: vec![ForeignCode { hash, card_id: CardId::new(u64::MAX) }] }
}

fn answers() -> ScanAnswers {
    let answer = ScanAnswer { id: Some(Uuid::from_u128(7)), outcome: ScanOutcome::Stored, reason: None };
    ScanAnswers { nonce: "n".into(), answers: vec![answer] }
}

fn revoked() -> Revoked {
    Revoked { reason: "device_revoked".into(), device_id: "d".into(), nonce: "n".into() }
}

/// One byte of the message or of its seal is another one, or the message is cut or grown.
fn is_refused<D: Document + Debug + PartialEq>(document: &D, at: prop::sample::Index, by: u8) {
    let (body, seal) = seal(document, &root()).expect("JSON");
    let public = root().public();
    assert_eq!(&open::<D>(&body, &seal, &public).expect("as it was sealed"), document);
    let refused = |body: &[u8], seal: &str| {
        let opened = open::<D>(body, seal, &public);
        assert!(matches!(opened, Err(OpenError::BadSeal { .. })), "{opened:?}");
    };
    let mut altered = body.clone();
    altered[at.index(body.len())] ^= by;
    refused(&altered, &seal);
    refused(&body[..at.index(body.len())], &seal);
    refused(&[body.as_slice(), b" "].concat(), &seal);
    let mut other_seal = seal.clone().into_bytes();
    let place = at.index(80);
    other_seal[place] = if other_seal[place] == b'A' { b'B' } else { b'A' };
    refused(&body, &String::from_utf8(other_seal).expect("text"));
    refused(&body, "");
    refused(&body, &seal.repeat(2));
    let too_large = vec![b' '; D::BYTES_MAX + 1];
    assert!(matches!(open::<D>(&too_large, &seal, &public), Err(OpenError::TooLarge { .. })));
    let stranger = RootSigner::new(&[8; 32]).public();
    assert!(open::<D>(&body, &seal, &stranger).is_err());
}

/// What the root sealed as one kind is none of another kind, even where the shape would fit.
fn passes_for_no_other_kind<D: Document, E: Document + Debug>(document: &D) {
    let (body, seal) = seal(document, &root()).expect("JSON");
    let opened = open::<E>(&body, &seal, &root().public());
    assert!(matches!(opened, Err(OpenError::BadSeal { .. })), "{} as {}: {opened:?}", D::KIND, E::KIND);
}

#[test]
fn a_seal_of_one_kind_is_none_of_another() {
    passes_for_no_other_kind::<KeyList, GateScopes>(&keys());
    passes_for_no_other_kind::<GateScopes, KeyList>(&scopes());
    passes_for_no_other_kind::<Changes, ScanAnswers>(&changes());
    passes_for_no_other_kind::<ScanAnswers, Revoked>(&answers());
    passes_for_no_other_kind::<Revoked, Changes>(&revoked());
    passes_for_no_other_kind::<ForeignCodes, KeyList>(&foreign());
}

#[test]
fn what_the_root_sealed_and_this_program_does_not_know_is_not_half_understood() {
    let (_, known) = seal(&foreign(), &root()).expect("JSON");
    assert!(!known.is_empty());
    for body in [r#"{"codes":[],"more":true}"#, r#"{"codes":[{"hash":"00","card_id":"1"}]}"#, "[]", "{}"] {
        let signature = root().sign(ForeignCodes::KIND, body.as_bytes());
        let seal = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, signature);
        let opened = open::<ForeignCodes>(body.as_bytes(), &seal, &root().public());
        assert!(matches!(opened, Err(OpenError::Shape { .. })), "{body}: {opened:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_that_was_altered_is_believed(at: prop::sample::Index, by in 1_u8..) {
        is_refused(&keys(), at, by);
        is_refused(&changes(), at, by);
        is_refused(&foreign(), at, by);
        is_refused(&answers(), at, by);
        is_refused(&revoked(), at, by);
    }

    #[test]
    fn settings_that_were_altered_are_not_believed(at: prop::sample::Index, by in 1_u8..) {
        // Apart from the others: the hash of the PIN takes its time.
        is_refused(&scopes(), at, by);
    }

    #[test]
    fn no_bytes_panic(body: Vec<u8>, seal in "\\PC{0,100}") {
        prop_assert!(open::<KeyList>(&body, &seal, &root().public()).is_err());
        prop_assert!(open::<GateScopes>(&body, &seal, &root().public()).is_err());
        prop_assert!(open::<ForeignCodes>(&body, &seal, &root().public()).is_err());
    }
}
