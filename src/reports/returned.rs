//! What came back, ticket by ticket and campaign by campaign: each takes its share, and together they are what the refunds say.

use crate::kernel::Cents;
use pricing::spread;

/// What a refund was worth, shared out over its tickets in proportion to what they cost.
pub fn shares(value: Cents, paid: &[Cents]) -> Vec<Cents> {
    spread(value, paid)
}

/// A return of tickets of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Return {
    /// How many tickets came back.
    pub tickets: i64,
    /// The discount in their prices.
    pub discount: Cents,
}

/// The part of the offers of an order that a return takes back: the discount of each offer, in its order, and whether it was the last
/// ticket of the order, so that the redemptions are undone too. `before` is what came back earlier.
pub fn taken_back(offers: &[Cents], tickets: i64, before: Return, now: Return) -> (Vec<Cents>, bool) {
    let all: Cents = offers.iter().copied().sum();
    let is_last = before.tickets + now.tickets >= tickets;
    let up_to = |discount: Cents| spread(discount.max(Cents::ZERO).at_most(all), offers);
    let after = if is_last { offers.to_vec() } else { up_to(before.discount + now.discount) };
    let earlier = up_to(before.discount);
    (after.iter().zip(earlier).map(|(after, before)| *after - before).collect(), is_last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn offers_lose_their_part_of_the_discount_and_the_last_ticket_takes_the_rest() {
        let offers = [Cents(300), Cents(100)];
        let none = Return { tickets: 0, discount: Cents(0) };
        let one = Return { tickets: 1, discount: Cents(200) };
        assert_eq!(taken_back(&offers, 2, none, one), (vec![Cents(150), Cents(50)], false));
        assert_eq!(taken_back(&offers, 2, one, one), (vec![Cents(150), Cents(50)], true));
        assert_eq!(taken_back(&[], 1, none, one), (Vec::new(), true));
    }

    proptest! {
        #[test]
        fn in_whatever_parts_an_order_comes_back_its_discounts_come_back_to_the_cent(
            offers in prop::collection::vec(0_i64..5_000, 1..4),
            cuts in prop::collection::vec(1_i64..5, 1..6),
        ) {
            let offers: Vec<Cents> = offers.into_iter().map(Cents).collect();
            let all: Cents = offers.iter().copied().sum();
            let tickets: i64 = cuts.iter().sum();
            let mut before = Return { tickets: 0, discount: Cents(0) };
            let mut back = vec![Cents(0); offers.len()];
            let mut undone = 0;
            for cut in &cuts {
                let discount = if before.tickets + cut == tickets { all - before.discount } else { Cents(all.0 * cut / tickets) };
                let now = Return { tickets: *cut, discount };
                let (parts, is_last) = taken_back(&offers, tickets, before, now);
                back.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
                undone += i32::from(is_last);
                before = Return { tickets: before.tickets + cut, discount: before.discount + discount };
            }
            prop_assert_eq!(back, offers);
            prop_assert_eq!(undone, 1);
        }
    }
}
