//! Exact search: all numbers of tickets per class and pattern, dearest class first, cut off wherever the most that the
//! remaining classes can bring at shadow prices does not beat the best answer so far.

use super::Found;
use super::bundles::Members;
use super::part::Part;
use super::shadow::Table;
use crate::budget::Meter;
use crate::evaluate::Counts;

/// Most steps before a part is left to branch and bound.
const STEPS_MAX: u64 = 1_000;
/// The same where an account may promise too much, which only counting every assignment sets right.
const STEPS_MAX_INEXACT: u64 = 10_000;

/// Improves `best` to the optimum of the part and says whether it got to the end. Less than `wanted` is of no interest.
pub(super) fn search(part: &Part<'_, '_>, table: &Table, best: &mut Found, wanted: i64, meter: &mut Meter<'_>) -> bool {
    let mut priced_ahead = vec![table.constant];
    for index in (0..part.classes.len()).rev() {
        let most = table.values[index].iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let next = priced_ahead.last().copied().unwrap_or(0.0);
        priced_ahead.push(next + most * f64::from(part.class(index).count));
    }
    priced_ahead.reverse();
    let order = table.values.iter().map(|values| falling(values)).collect();
    let mut search = Search {
        part,
        table,
        best,
        wanted,
        meter,
        steps: 0,
        steps_max: if part.is_always_exact() { STEPS_MAX } else { STEPS_MAX_INEXACT },
        steps_to_count: part.steps_to_count(),
        priced_ahead,
        order,
        counts: part.live.iter().map(|live| vec![0; live.len()]).collect(),
        quotas: part.model.quotas.clone(),
        members: part.bundles.iter().filter_map(|id| part.model.terms[*id].bundle).map(Members::new).collect(),
    };
    search.class(0, 0.0);
    let ended = !search.is_out_of_steps();
    if ended {
        best.bound = best.bound.min(best.saving.max(wanted.saturating_sub(1)));
    }
    ended
}

/// Places of the patterns, the one that brings most first.
fn falling(values: &[f64]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..values.len()).collect();
    places.sort_by(|one, other| values[*other].total_cmp(&values[*one]));
    places
}

struct Search<'a, 'm, 's, 'b> {
    part: &'a Part<'m, 's>,
    table: &'a Table,
    best: &'a mut Found,
    wanted: i64,
    meter: &'a mut Meter<'b>,
    steps: u64,
    steps_max: u64,
    steps_to_count: u64,
    /// What the classes from here on can bring at shadow prices.
    priced_ahead: Vec<f64>,
    /// Per class the places of its patterns, the one that brings most at shadow prices first.
    order: Vec<Vec<usize>>,
    counts: Counts,
    quotas: Vec<u32>,
    members: Vec<Members<'s>>,
}

impl Search<'_, '_, '_, '_> {
    /// Decides on one class and all that follow; `priced` is what the decided ones bring at shadow prices.
    fn class(&mut self, index: usize, priced: f64) {
        if !self.step() || self.is_decided() || !self.beats(priced + self.priced_ahead[index]) {
            return;
        }
        // Cheaper classes can only add members up to their price.
        let floor = (index < self.part.classes.len()).then(|| self.part.class(index).price);
        if !self.members.iter().all(|members| members.can_be_grouped_above(floor)) {
            return;
        }
        if floor.is_none() {
            // Quotas, whole lines and bundles were kept on the way here.
            self.part.take_better(self.best, &self.counts);
            self.meter.spend(self.steps_to_count);
        } else {
            self.pattern(index, 0, self.part.class(index).count, priced);
        }
    }

    /// Decides how many of the tickets left follow the pattern at a place of the order.
    fn pattern(&mut self, index: usize, place: usize, left: u32, priced: f64) {
        if left == 0 || place == self.order[index].len() {
            if left == 0 && !self.part.class(index).is_half_sold(self.counts[index][0]) {
                self.class(index + 1, priced);
            }
            return;
        }
        let which = self.order[index][place];
        let value = self.table.values[index][which];
        // No later pattern of the class brings more than this one.
        if !self.step() || !self.beats(priced + f64::from(left) * value + self.priced_ahead[index + 1]) {
            return;
        }
        let class = self.part.class(index);
        let pattern = &class.patterns[self.part.live[index][which]];
        let most = pattern.quotas.iter().map(|quota| self.quotas[*quota]).fold(left, u32::min);
        for count in (0..=most).rev() {
            self.take(&pattern.quotas, count, false);
            self.counts[index][which] = count;
            let member = self.member(pattern, count);
            self.pattern(index, place + 1, left - count, priced + f64::from(count) * value);
            if let Some(bundle) = member {
                self.members[bundle].pop();
            }
            self.counts[index][which] = 0;
            self.take(&pattern.quotas, count, true);
            if self.is_out_of_steps() || self.is_decided() {
                return;
            }
        }
    }

    fn step(&mut self) -> bool {
        self.steps += 1;
        self.meter.spend(1) && self.steps <= self.steps_max
    }

    fn is_out_of_steps(&self) -> bool {
        self.steps > self.steps_max || self.meter.is_over()
    }

    fn is_decided(&self) -> bool {
        self.best.saving >= self.best.bound || (self.wanted > 0 && self.best.saving >= self.wanted)
    }

    /// What an answer must exceed to be of interest.
    fn threshold(&self) -> i64 {
        self.best.saving.max(self.wanted.saturating_sub(1))
    }

    /// Whether a bound in floating point, with a margin for its errors, leaves room for a better answer.
    fn beats(&self, bound: f64) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "amounts of a scenario are far below 2^53 cents")]
        let threshold = self.threshold() as f64;
        bound + 1e-3 + bound.abs() * 1e-9 >= threshold + 1.0
    }

    fn take(&mut self, quotas: &[usize], count: u32, back: bool) {
        for quota in quotas {
            if back {
                self.quotas[*quota] += count;
            } else {
                self.quotas[*quota] -= count;
            }
        }
    }

    fn member(&mut self, pattern: &crate::model::Pattern, count: u32) -> Option<usize> {
        let (id, role) = pattern.ticket()?;
        let bundle = self.part.bundles.iter().position(|other| *other == id)?;
        self.members[bundle].add(pattern.base_price, role, count);
        Some(bundle)
    }
}
