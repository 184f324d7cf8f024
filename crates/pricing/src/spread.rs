//! Sharing an amount out over tickets without losing a cent.

use crate::money::Cents;

/// Shares `amount` out in proportion to `weights`: whole cents down, the missing cents to the largest remainders, ties
/// to the earlier one. `amount` is at most the sum of the weights, so no share exceeds its weight.
pub fn spread(amount: Cents, weights: &[Cents]) -> Vec<Cents> {
    let sum: i128 = weights.iter().map(|weight| i128::from(weight.0)).sum();
    if sum == 0 {
        return vec![Cents::ZERO; weights.len()];
    }
    let exact = |weight: &Cents| i128::from(amount.0) * i128::from(weight.0);
    // The quotient is at most the weight.
    let mut shares: Vec<Cents> =
        weights.iter().map(|weight| Cents(i64::try_from(exact(weight) / sum).unwrap_or(weight.0))).collect();
    let missing = amount - shares.iter().copied().sum();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|index| std::cmp::Reverse(exact(&weights[*index]) % sum));
    for index in by_remainder.into_iter().take(usize::try_from(missing.0).unwrap_or(0)) {
        shares[index] += Cents(1);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shares(amount: i64, weights: &[i64]) -> Vec<i64> {
        let weights: Vec<Cents> = weights.iter().copied().map(Cents).collect();
        spread(Cents(amount), &weights).into_iter().map(|share| share.0).collect()
    }

    #[test]
    fn the_missing_cents_go_to_the_largest_remainders_then_to_the_earlier() {
        assert_eq!(shares(500, &[1000, 1000, 1000]), [167, 167, 166]);
        assert_eq!(shares(500, &[1400, 1400, 995]), [185, 184, 131]);
        assert_eq!(shares(1, &[1, 2, 2]), [0, 1, 0]);
        assert_eq!(shares(0, &[5, 5]), [0, 0]);
        assert_eq!(shares(0, &[0, 0]), [0, 0]);
        assert_eq!(shares(10, &[5, 5]), [5, 5]);
        assert_eq!(shares(3, &[]), [0_i64; 0]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_share_exceeds_its_weight(weights in prop::collection::vec(0_i64..100_000, 1..40), part in 0_u32..=1000) {
            let sum: i64 = weights.iter().sum();
            let amount = sum * i64::from(part) / 1000;
            let shares = shares(amount, &weights);
            prop_assert_eq!(shares.iter().sum::<i64>(), amount);
            prop_assert!(shares.iter().zip(&weights).all(|(share, weight)| share <= weight));
        }
    }
}
