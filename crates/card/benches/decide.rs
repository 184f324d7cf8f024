//! From the complete text to the verdict: reading, verifying, deciding.

use std::hint::black_box;

use card::{
    CardCode, CardDay, CardId, CardSigner, ClockState, Flags, Gate, IssuerKey, KeyList, KeyRing, Moment, Place, Policy,
    RecentUse, Scope, ScopeId, Scopes, decide, read,
};
use criterion::{Criterion, criterion_group, criterion_main};

fn text_to_verdict(c: &mut Criterion) {
    let signer = CardSigner::new(7, &[0x42; 32]);
    let keys = vec![IssuerKey::new(7, signer.public_key())];
    let ring = KeyRing::new(&KeyList { serial: 1, keys }).expect("a usable list");
    let text = signer.sign(&CardCode {
        card_id: CardId::new(1),
        scope: ScopeId::new(1),
        not_before: CardDay::new(0),
        not_after: CardDay::new(9_000),
        issue: 1,
        flags: Flags::NONE,
    });
    let place = Place { house: "museum".into(), exhibition: None };
    let scope = Scope { houses: vec!["museum".into()], exhibitions: Vec::new() };
    let scopes: Scopes = [(ScopeId::new(1), scope)].into_iter().collect();
    let policy = Policy::default();
    let gate = Gate { place: &place, scopes: &scopes, policy: &policy };
    let moment = Moment {
        now_ms: 0,
        today: CardDay::new(2_000),
        clock: ClockState::Trusted,
        data_day: None,
        data_age_secs: Some(60),
    };
    c.bench_function("text_to_verdict", |b| {
        b.iter(|| {
            let reading = read(black_box(&text), &ring).expect("a card");
            decide(&reading, None, gate, &RecentUse::default(), &moment)
        });
    });
}

criterion_group!(benches, text_to_verdict);
criterion_main!(benches);
