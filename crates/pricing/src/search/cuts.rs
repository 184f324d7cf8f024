//! Cuts: rows that every assignment in whole tickets keeps, but the fractional values of a tableau break.
//!
//! A sum of rows is a row. In whole numbers it may be rounded (mixed-integer rounding, Gomory). The factors of the sum come
//! from a row of the tableau, in floating point, but are taken as the whole numbers nearest to them; the sum and its
//! rounding are then computed exactly, so that a cut is true whatever the errors of the tableau.

use super::program::{Program, Row, UNIT};
use super::proof::Bounds;
use super::simplex::Tableau;

/// Factors of rows are whole numbers of this many parts.
const PARTS: i32 = 1 << 28;
/// What 1 is in a sum of rows.
const ONE: i128 = PARTS as i128 * UNIT as i128;
/// Factors beyond this are left alone.
const FACTOR_MOST: f64 = 1e4;
/// Largest whole number in a finished cut.
const NUMBER_MOST: i128 = 1 << 46;
/// How far a value must be from a whole number.
const FRACTION_LEAST: f64 = 0.01;
/// How deep a cut must be to be worth a row.
const DEPTH_LEAST: f64 = 1e-4;

/// A cut and how much the present values break it, measured by the length of its factors.
pub(super) struct Cut {
    pub(super) row: Row,
    depth: f64,
}

/// The cuts that the fractional columns of a tableau suggest, the deepest first.
pub(super) fn cuts(program: &Program, bounds: &Bounds, tableau: &Tableau) -> Vec<Cut> {
    let values = tableau.column_values();
    let is_broken = |column: usize| {
        let fraction = values[column] - values[column].floor();
        (FRACTION_LEAST..=1.0 - FRACTION_LEAST).contains(&fraction)
    };
    let broken = tableau.inner_columns().filter(|(column, _)| is_broken(*column));
    let mut cuts: Vec<Cut> = broken
        .filter_map(|(_, row)| {
            let sum = Sum::of_rows(program, &tableau.factors(row))?;
            sum.rounded(program, bounds, tableau)?.cut(bounds, &values)
        })
        .collect();
    cuts.sort_unstable_by(|one, other| other.depth.total_cmp(&one.depth));
    cuts
}

/// A sum of rows: of columns and slacks, each times a factor, that is the limit.
struct Sum {
    /// Per column, in parts of `one`.
    columns: Vec<i128>,
    /// Per row the factor of its slack, in parts of `one`.
    slacks: Vec<i128>,
    limit: i128,
    one: i128,
}

impl Sum {
    /// The sum of rows with the given factors; `None` if a number becomes too large, here as below.
    fn of_rows(program: &Program, factors: &[f64]) -> Option<Sum> {
        let mut sum = Sum {
            columns: vec![0; program.columns.len()],
            slacks: Vec::with_capacity(factors.len()),
            limit: 0,
            one: ONE,
        };
        for (row, factor) in program.rows.iter().zip(factors) {
            if factor.abs() > FACTOR_MOST {
                return None;
            }
            #[expect(clippy::cast_possible_truncation, reason = "far below the largest whole number")]
            let factor = i128::from((factor * f64::from(PARTS)).round() as i64) * i128::from(UNIT);
            sum.slacks.push(factor);
            let factor = factor / i128::from(row.unit);
            if factor != 0 {
                sum.limit = sum.limit.checked_add(factor.checked_mul(i128::from(row.limit))?)?;
                for (column, weight) in &row.terms {
                    let weight = factor.checked_mul(i128::from(*weight))?;
                    sum.columns[*column] = sum.columns[*column].checked_add(weight)?;
                }
            }
        }
        Some(sum)
    }

    /// What holds for whole numbers: the sum, now without slacks, is at most the limit. Every column is counted from the
    /// bound it rests at.
    fn rounded(mut self, program: &Program, bounds: &Bounds, tableau: &Tableau) -> Option<Sum> {
        let rests_at: Vec<(i128, i128)> = bounds
            .iter()
            .enumerate()
            .map(|(column, (least, most))| {
                if tableau.is_at_most(column) && most > least {
                    (i128::from(*most), -1)
                } else {
                    (i128::from(*least), 1)
                }
            })
            .collect();
        for (factor, (bound, _)) in self.columns.iter().zip(&rests_at) {
            self.limit = self.limit.checked_sub(factor.checked_mul(*bound)?)?;
        }
        let rest = self.limit.rem_euclid(ONE);
        if !(ONE / 200..=ONE - ONE / 200).contains(&rest) {
            return None;
        }
        let one = ONE - rest;
        let rounded = |factor: i128| -> Option<i128> {
            one.checked_mul(factor.div_euclid(ONE))?.checked_add((factor.rem_euclid(ONE) - rest).max(0))
        };
        let mut limit = one.checked_mul(self.limit.div_euclid(ONE))?;
        for (factor, (bound, sign)) in self.columns.iter_mut().zip(&rests_at) {
            *factor = sign * rounded(sign * *factor)?;
            limit = limit.checked_add(factor.checked_mul(*bound)?)?;
        }
        for (row, factor) in program.rows.iter().zip(&self.slacks).filter(|(row, _)| !row.is_exact) {
            // The slack of a rule is a whole number, that of a cut is not.
            let factor = if row.unit == 1 { rounded(*factor)? } else { (*factor).min(0) };
            if factor == 0 {
                continue;
            }
            let unit = i128::from(row.unit);
            // Where a division leaves a rest the cut becomes a little weaker.
            for (column, weight) in &row.terms {
                let taken = factor.checked_mul(i128::from(*weight))?;
                self.columns[*column] = self.columns[*column].checked_sub(-(-taken).div_euclid(unit))?;
            }
            limit = limit.checked_sub(factor.checked_mul(i128::from(row.limit))?.div_euclid(unit))?;
        }
        Some(Sum { limit, one, ..self })
    }

    /// The cut in units small enough for later sums, a little weaker where that is needed; `None` if the values keep it.
    fn cut(self, bounds: &Bounds, values: &[f64]) -> Option<Cut> {
        let unit = i128::from(UNIT);
        let mut limit = self.limit;
        let mut terms: Vec<(usize, i64)> = Vec::new();
        for (column, factor) in self.columns.iter().enumerate().filter(|(_, factor)| **factor != 0) {
            let factor = factor.checked_mul(unit)?;
            let below = factor.div_euclid(self.one);
            // A factor may fall where the column counts from its least, and rise where it counts from its most.
            let (least, most) = bounds[column];
            #[expect(clippy::cast_precision_loss, reason = "only chooses between two true cuts")]
            let is_near_most = values[column] * 2.0 > (least + most) as f64;
            let (whole, from) = if is_near_most { (below + 1, most) } else { (below, least) };
            let moved = whole.checked_mul(self.one)?.checked_sub(factor)?.checked_mul(i128::from(from))?;
            limit = limit.checked_add(moved.div_euclid(unit) + 1)?;
            if whole != 0 {
                terms.push((column, small(whole)?));
            }
        }
        let limit = small(limit.checked_mul(unit)?.div_euclid(self.one))?;
        let row = Row { terms, is_exact: false, limit, unit: UNIT };
        let depth = depth(&row, values);
        (depth > DEPTH_LEAST).then_some(Cut { row, depth })
    }
}

fn small(number: i128) -> Option<i64> {
    i64::try_from(number).ok().filter(|_| number.abs() <= NUMBER_MOST)
}

#[expect(clippy::cast_precision_loss, reason = "only ranks cuts")]
fn depth(row: &Row, values: &[f64]) -> f64 {
    let sum: f64 = row.terms.iter().map(|(column, factor)| *factor as f64 * values[*column]).sum();
    let length: f64 = row.terms.iter().map(|(_, factor)| (*factor as f64).powi(2)).sum::<f64>().sqrt();
    (sum - row.limit as f64) / length.max(1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::program::Column;
    use crate::search::proof::Proof;
    use crate::search::simplex::Verdict;

    const COLUMNS: usize = 4;
    const MOST: i64 = 5;

    fn row() -> impl Strategy<Value = Row> {
        let factors = proptest::collection::vec(-7_i64..=7, COLUMNS);
        (factors, 0_i64..25).prop_map(|(factors, limit)| Row {
            terms: factors.into_iter().enumerate().filter(|(_, factor)| *factor != 0).collect(),
            is_exact: false,
            limit,
            unit: 1,
        })
    }

    fn program() -> impl Strategy<Value = Program> {
        let brings = proptest::collection::vec(-30_i64..100, COLUMNS);
        (brings, proptest::collection::vec(row(), 1..5), 1_i64..=10).prop_map(|(brings, rows, step)| Program {
            columns: brings
                .into_iter()
                .map(|brings| Column { brings: brings / step * step, most: MOST, is_cents: false })
                .collect(),
            rows,
            tickets: Vec::new(),
            step,
        })
    }

    /// All whole values that keep the rows.
    fn answers(program: &Program) -> Vec<Vec<i64>> {
        let numbers = 0..(MOST + 1).pow(u32::try_from(COLUMNS).unwrap());
        let digits = |number: i64| -> Vec<i64> {
            (0..u32::try_from(COLUMNS).unwrap()).map(|place| number / (MOST + 1).pow(place) % (MOST + 1)).collect()
        };
        numbers.map(digits).filter(|values| program.rows.iter().all(|row| keeps(row, values))).collect()
    }

    fn keeps(row: &Row, values: &[i64]) -> bool {
        row.terms.iter().map(|(column, factor)| factor * values[*column]).sum::<i64>() <= row.limit
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn no_cut_and_no_bound_loses_an_answer(mut program in program()) {
            let bounds: Bounds = vec![(0, MOST); COLUMNS];
            let answers = answers(&program);
            let brings = |values: &Vec<i64>| -> i64 {
                program.columns.iter().zip(values).map(|(column, value)| column.brings * value).sum()
            };
            let best = answers.iter().map(brings).max();
            let mut tableau = Tableau::new(&program);
            for _ in 0..3 {
                let verdict = tableau.solve(1_000);
                let is_impossible = matches!(verdict, Verdict::Impossible { .. });
                prop_assert!(!is_impossible || best.is_none());
                let bound = Proof::new(&program, &bounds, &tableau.prices()).unwrap().bound();
                prop_assert!(best.is_none_or(|best| best <= bound), "{best:?} above {bound}");
                for cut in cuts(&program, &bounds, &tableau) {
                    for values in &answers {
                        prop_assert!(keeps(&cut.row, values), "{:?} loses {values:?}", cut.row);
                    }
                    tableau.add(&cut.row);
                    program.rows.push(cut.row);
                }
            }
        }

        #[test]
        fn any_prices_prove_a_bound(program in program(), prices in proptest::collection::vec(-3.0_f64..50.0, 5)) {
            let mut bounds: Bounds = vec![(0, MOST); COLUMNS];
            let proof = Proof::new(&program, &bounds, &prices[..program.rows.len()]).unwrap();
            let brings = |values: &Vec<i64>| -> i64 {
                program.columns.iter().zip(values).map(|(column, value)| column.brings * value).sum()
            };
            let known = 40;
            proof.narrow(&mut bounds, known);
            for values in answers(&program) {
                prop_assert!(brings(&values) <= proof.bound());
                let is_inside = values.iter().zip(&bounds).all(|(value, (least, most))| (least..=most).contains(&value));
                prop_assert!(is_inside || brings(&values) <= known);
            }
        }
    }
}
