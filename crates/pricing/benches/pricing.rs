//! How long prices take: `cargo bench -p pricing`.

mod baskets;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use pricing::{Budget, Scenario, price};
use serde_json::json;

/// Four tickets of two categories and six offers that do not depend on each other.
fn everyday() -> Scenario {
    let basket = [
        json!({ "line": "1", "category": "adult", "unit_price": "14.00", "quantity": 2, "vat_rate": "7" }),
        json!({ "line": "2", "category": "child", "unit_price": "7.00", "quantity": 2, "vat_rate": "7" }),
    ];
    let percent = |percent: u64| json!({ "effect": { "type": "percent_off", "percent": percent.to_string() } });
    let mut offers = vec![percent(5), percent(10), percent(15)];
    offers.push(json!({ "effect": { "type": "ticket_price", "price": "6.50" }, "scope": { "categories": ["child"] } }));
    offers.push(json!({ "effect": { "type": "amount_off_ticket", "amount": "1.50" } }));
    offers.push(json!({ "effect": { "type": "percent_off", "percent": "20" }, "scope": { "categories": ["senior"] } }));
    baskets::scenario(&basket, offers)
}

fn measure(criterion: &mut Criterion, name: &str, scenarios: &[Scenario]) {
    let mut next = 0;
    criterion.bench_function(name, |bencher| {
        bencher.iter(|| {
            next = (next + 1) % scenarios.len();
            price(black_box(&scenarios[next]), &Budget::default())
        });
    });
}

fn baskets_of_all_sizes(criterion: &mut Criterion) {
    measure(criterion, "4 tickets, 6 offers", &[everyday()]);
    let coupled = |count: u64, tickets, offers, prices| -> Vec<Scenario> {
        (0..count).map(|seed| baskets::coupled(seed, tickets, offers, prices)).collect()
    };
    measure(criterion, "20 tickets, 8 coupled offers", &coupled(10, 20, 8, 5));
    measure(criterion, "500 tickets, 8 coupled offers, 12 prices", &coupled(5, 500, 8, 12));
    measure(criterion, "500 tickets, 20 coupled offers, 24 prices", &coupled(3, 500, 20, 24));
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = baskets_of_all_sizes
}
criterion_main!(benches);
