//! How long prices take: `cargo bench -p pricing`.

mod baskets;

use std::hint::black_box;
use std::time::{Duration, Instant};

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

fn measure(criterion: &mut Criterion, name: &str, scenario: &Scenario) {
    criterion.bench_function(name, |bencher| bencher.iter(|| price(black_box(scenario), &Budget::default())));
}

/// Of many baskets the one that takes a median time. (A mean over easy and hard baskets says nothing about either; the
/// example `proofs` shows how they are distributed.)
fn median_basket(tickets: u64, offers: usize, prices: u64) -> Scenario {
    let timed = |seed: u64| {
        let scenario = baskets::coupled(seed, tickets, offers, prices);
        let start = Instant::now();
        black_box(price(&scenario, &Budget::default())).ok();
        (start.elapsed(), scenario)
    };
    let mut baskets: Vec<(Duration, Scenario)> = (0..21).map(timed).collect();
    baskets.sort_by_key(|(time, _)| *time);
    baskets.swap_remove(baskets.len() / 2).1
}

fn baskets_of_all_sizes(criterion: &mut Criterion) {
    measure(criterion, "4 tickets, 6 offers", &everyday());
    measure(criterion, "20 tickets, 8 coupled offers", &median_basket(20, 8, 5));
    measure(criterion, "500 tickets, 8 coupled offers, 12 prices", &median_basket(500, 8, 12));
    measure(criterion, "500 tickets, 20 coupled offers, 24 prices", &median_basket(500, 20, 24));
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = baskets_of_all_sizes
}
criterion_main!(benches);
