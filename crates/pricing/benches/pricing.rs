//! How long prices take: `cargo bench -p pricing`.

mod baskets;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use pricing::{Budget, Scenario, price};

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
    measure(criterion, "4 tickets, 6 offers", &[baskets::everyday()]);
    let coupled = |count: u64, tickets, offers, prices| -> Vec<Scenario> {
        (0..count).map(|seed| baskets::coupled(seed, tickets, offers, prices)).collect()
    };
    measure(criterion, "20 tickets, 8 coupled offers", &coupled(10, 20, 8, 5));
    let mut large = criterion.benchmark_group("large");
    large.sample_size(10);
    large.finish();
    measure(criterion, "500 tickets, 8 coupled offers, 12 prices", &coupled(5, 500, 8, 12));
    measure(criterion, "500 tickets, 20 coupled offers, 24 prices", &coupled(3, 500, 20, 24));
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = baskets_of_all_sizes
}
criterion_main!(benches);
