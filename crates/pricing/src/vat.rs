//! The VAT in sums of prices.

use crate::money::Cents;
use crate::percent::Percent;
use crate::result::VatRow;

/// The VAT in these prices: a row per rate, the lowest rate first. The tax is computed once, on the sum of its rate.
pub fn vat_in(prices: impl IntoIterator<Item = (Percent, Cents)>) -> Vec<VatRow> {
    let mut gross: Vec<(Percent, Cents)> = Vec::new();
    for (rate, price) in prices {
        match gross.iter_mut().find(|(other, _)| *other == rate) {
            Some((_, sum)) => *sum += price,
            None => gross.push((rate, price)),
        }
    }
    gross.sort_unstable_by_key(|(rate, _)| *rate);
    let row = |(rate, gross): (Percent, Cents)| {
        let tax = rate.contained_in(gross);
        VatRow { rate, gross, net: gross - tax, tax }
    };
    gross.into_iter().map(row).collect()
}
