//! Large baskets with offers that compete for the same tickets: there is always an answer, it stays inside the certified
//! bound, and the budget limits the work.

#[path = "../benches/baskets/mod.rs"]
mod baskets;

use std::cell::Cell;
use std::time::Duration;

use pricing::{Budget, Cents, PricedBasket, Scenario, price};

fn priced(scenario: &Scenario, steps: u64) -> PricedBasket {
    price(scenario, &Budget { steps, time_left: None }).unwrap()
}

#[test]
fn more_steps_never_cost_more_and_every_bound_holds() {
    for seed in 0..6 {
        let scenario = baskets::coupled(seed, 120, 8, 10);
        let quick = priced(&scenario, 1);
        let usual = priced(&scenario, 200_000);
        assert!(usual.total <= quick.total, "basket {seed}");
        for answer in [&quick, &usual] {
            assert_eq!(answer.optimal, answer.upper_bound_discount.is_none());
            let bound = answer.upper_bound_discount.unwrap_or(answer.discount_total);
            assert!(answer.discount_total <= bound && usual.discount_total <= bound, "basket {seed}");
        }
    }
}

#[test]
fn the_same_steps_give_the_same_answer() {
    let scenario = baskets::coupled(3, 60, 8, 8);
    assert_eq!(priced(&scenario, 50_000), priced(&scenario, 50_000));
}

#[test]
fn five_hundred_tickets_are_within_a_quarter_percent_of_the_lowest_total() {
    for seed in 0..3 {
        let answer = priced(&baskets::coupled(seed, 500, 20, 24), 300_000);
        let gap = answer.upper_bound_discount.map_or(Cents::ZERO, |bound| bound - answer.discount_total);
        assert!(gap.0 * 400 <= answer.original_total.0, "basket {seed}: {gap} of {}", answer.original_total);
    }
}

#[test]
fn five_hundred_tickets_under_eight_offers_are_proven_or_certified_within_a_cent_per_hundred() {
    let mut proven = 0;
    for seed in 0..40 {
        let answer = price(&baskets::coupled(seed, 500, 8, 12), &Budget::default()).unwrap();
        let gap = answer.upper_bound_discount.map_or(Cents::ZERO, |bound| bound - answer.discount_total);
        assert!(gap.0 * 10_000 <= answer.original_total.0, "basket {seed}: {gap} of {}", answer.original_total);
        proven += u32::from(answer.optimal);
    }
    assert!(proven >= 25, "only {proven} of 40 are proven");
}

#[test]
fn without_time_there_is_still_an_answer() {
    let looks = Cell::new(0);
    let time_left = || {
        looks.set(looks.get() + 1);
        Duration::ZERO
    };
    let scenario = baskets::coupled(1, 500, 20, 24);
    let answer = price(&scenario, &Budget { steps: u64::MAX, time_left: Some(&time_left) }).unwrap();
    assert!(looks.get() > 0);
    assert!(!answer.optimal && answer.discount_total > Cents::ZERO);
}
