//! Exact search of small parts: all numbers of tickets per class and pattern, dearest class first, cut off wherever the
//! most that the remaining classes can bring does not beat the best answer so far.

use super::Found;
use super::bundles::Members;
use super::part::{Part, Reach};
use crate::budget::Meter;
use crate::evaluate::Counts;

/// Most assignments of a part that is searched exactly, before any cut.
const ASSIGNMENTS_MAX: f64 = 60_000.0;

/// Whether a part has few enough assignments.
pub(super) fn is_small(part: &Part<'_, '_>) -> bool {
    let mut assignments = 1.0_f64;
    for (index, live) in part.live.iter().enumerate() {
        // Ways to share n tickets out among k patterns: (n + k - 1) over (k - 1).
        let tickets = f64::from(part.class(index).count);
        for pattern in 1..live.len() {
            #[expect(clippy::cast_precision_loss, reason = "an estimate of a search effort")]
            let pattern = pattern as f64;
            assignments *= (tickets + pattern) / pattern;
        }
        if assignments > ASSIGNMENTS_MAX {
            return false;
        }
    }
    true
}

/// Improves `best` to the optimum of the part, or stops when the budget ends. Less than `wanted` is of no interest.
pub(super) fn search(part: &Part<'_, '_>, best: &mut Found, wanted: i64, meter: &mut Meter<'_>) {
    let mut ahead = vec![Reach::nothing(part)];
    for index in (0..part.classes.len()).rev() {
        let mut reach = Reach::of(part, index);
        if let Some(next) = ahead.last() {
            reach.add(next);
        }
        ahead.push(reach);
    }
    ahead.reverse();
    let mut search = Search {
        part,
        best,
        wanted,
        meter,
        ahead,
        counts: part.live.iter().map(|live| vec![0; live.len()]).collect(),
        quotas: part.model.quotas.clone(),
        members: part.bundles.iter().filter_map(|id| part.model.terms[*id].bundle).map(Members::new).collect(),
    };
    search.class(0);
    if !search.meter.is_over() {
        best.bound = best.bound.min(best.saving.max(wanted.saturating_sub(1)));
    }
}

struct Search<'a, 'm, 's, 'b> {
    part: &'a Part<'m, 's>,
    best: &'a mut Found,
    wanted: i64,
    meter: &'a mut Meter<'b>,
    /// What the classes from here on can bring.
    ahead: Vec<Reach>,
    counts: Counts,
    quotas: Vec<u32>,
    members: Vec<Members<'s>>,
}

impl Search<'_, '_, '_, '_> {
    /// Decides on one class and all that follow.
    fn class(&mut self, index: usize) {
        if !self.meter.spend(1) || self.is_decided() {
            return;
        }
        // Cheaper classes can only add members below this price.
        let floor = (index < self.part.classes.len()).then(|| self.part.class(index).price);
        if !self.members.iter().all(|members| members.can_be_grouped_above(floor)) {
            return;
        }
        if floor.is_none() {
            let counts = self.counts.clone();
            self.part.keep_better(self.best, counts);
        } else if self.hope(index) > self.best.saving.max(self.wanted.saturating_sub(1)) {
            self.pattern(index, self.part.live[index].len() - 1, self.part.class(index).count);
        }
    }

    fn is_decided(&self) -> bool {
        self.best.saving >= self.best.bound || (self.wanted > 0 && self.best.saving >= self.wanted)
    }

    /// Decides how many of the tickets left follow a pattern, the last pattern first.
    fn pattern(&mut self, index: usize, place: usize, left: u32) {
        if place == 0 {
            if self.part.class(index).is_half_sold(left) {
                return;
            }
            self.counts[index][0] = left;
            self.class(index + 1);
            self.counts[index][0] = 0;
            return;
        }
        let class = self.part.class(index);
        let pattern = &class.patterns[self.part.live[index][place]];
        let most = pattern.quotas.iter().map(|quota| self.quotas[*quota]).fold(left, u32::min);
        for count in (0..=most).rev() {
            self.take(&pattern.quotas, count, false);
            self.counts[index][place] = count;
            let member = self.member(pattern, count);
            self.pattern(index, place - 1, left - count);
            if let Some(bundle) = member {
                self.members[bundle].pop();
            }
            self.counts[index][place] = 0;
            self.take(&pattern.quotas, count, true);
            if self.meter.is_over() || self.is_decided() {
                return;
            }
        }
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
        let (id, role) = pattern.ticket?;
        let bundle = self.part.bundles.iter().position(|other| *other == id)?;
        self.members[bundle].add(pattern.base_price, role, count);
        Some(bundle)
    }

    /// The most that the decided classes and those ahead can save together.
    fn hope(&self, index: usize) -> i64 {
        let decided = Reach::decided(self.part, &self.counts, index);
        let mut all = self.ahead[index].clone();
        all.add(&decided);
        all.most(self.part)
    }
}
