//! Bounds in whole numbers: what a programme brings at most, whatever the floating point that suggested the proof.
//!
//! With a price on every row, what exceeds a row is paid for, so that each column may be chosen alone; what that brings is
//! at least the best that keeps all rows, for *any* prices that are not negative (of any sign where a row is exact).

use super::program::{Program, UNIT};

/// Prices are whole numbers of this many parts.
const PARTS: i32 = 1 << 24;

/// A bound and what it is made of, in cents times [`SCALE`].
pub(super) struct Proof {
    total: i128,
    /// What a unit of each column brings after all prices.
    worth: Vec<i128>,
    /// The bound may be rounded down to a multiple of this.
    step: i64,
}

/// What a cent is in the numbers of a proof.
const SCALE: i128 = PARTS as i128 * UNIT as i128;

/// Bounds of columns, the least and the most.
pub(super) type Bounds = Vec<(i64, i64)>;

impl Proof {
    /// What the given prices of rows prove where the columns keep the given bounds; `None` if the numbers are too large.
    pub(super) fn new(program: &Program, bounds: &Bounds, prices: &[f64]) -> Option<Proof> {
        let mut worth: Vec<i128> = program.columns.iter().map(|column| i128::from(column.brings) * SCALE).collect();
        let mut total: i128 = 0;
        for (row, price) in program.rows.iter().zip(prices) {
            #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and any price gives a bound")]
            let price = i128::from((price * f64::from(PARTS)).round() as i64);
            let price = if row.is_exact { price } else { price.max(0) } * i128::from(UNIT / row.unit);
            if price != 0 {
                total = total.checked_add(price.checked_mul(i128::from(row.limit))?)?;
                for (column, factor) in &row.terms {
                    worth[*column] = worth[*column].checked_sub(price.checked_mul(i128::from(*factor))?)?;
                }
            }
        }
        for (worth, (least, most)) in worth.iter().zip(bounds) {
            total = total.checked_add(worth.checked_mul(i128::from(if *worth > 0 { *most } else { *least }))?)?;
        }
        Some(Proof { total, worth, step: program.step })
    }

    /// The most in whole cents.
    pub(super) fn bound(&self) -> i64 {
        let step = i128::from(self.step);
        i64::try_from(self.total.div_euclid(SCALE * step) * step).unwrap_or(i64::MAX)
    }

    /// Takes away values of columns with which no more than `known` can be reached.
    pub(super) fn narrow(&self, bounds: &mut Bounds, known: i64) {
        let step = i128::from(self.step);
        let better = (i128::from(known).div_euclid(step) + 1) * step;
        let room = self.total - better * SCALE;
        if room < 0 {
            return;
        }
        for (worth, (least, most)) in self.worth.iter().zip(bounds).filter(|(worth, _)| **worth != 0) {
            let away = i64::try_from(room / worth.abs()).unwrap_or(i64::MAX);
            if *worth > 0 {
                *least = (*least).max(most.saturating_sub(away));
            } else {
                *most = (*most).min(least.saturating_add(away));
            }
        }
    }
}
