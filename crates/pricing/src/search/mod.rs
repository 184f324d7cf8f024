//! The search for the assignment that saves most.
//!
//! Classes that share no quota, cap, amount or bundle are independent *parts*. A part without any coupling takes the best
//! pattern per class. Otherwise greedy answers come first, so that there always is one; then, unless the simple bound
//! already proves one of them, small parts are searched exactly and larger ones by branch and bound. Whatever the
//! search proposes is counted again in whole cents by [`evaluate`](crate::evaluate), and a part is called optimal only if
//! its value reaches a proven bound.

mod branch;
mod bundles;
mod choose;
mod cuts;
mod exact;
mod exchange;
mod greedy;
mod groups;
mod part;
mod program;
mod proof;
mod reach;
mod shadow;
mod simplex;

use std::collections::HashMap;

use crate::budget::Meter;
use crate::evaluate::Counts;
use crate::model::{Model, UseId};
use part::Part;
use shadow::Shadow;

/// The best assignment that was found.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    /// The assignment.
    pub(crate) counts: Counts,
    /// What it saves, in cents, with unsold tickets at the model's price for them.
    pub(crate) saving: i64,
    /// What no assignment exceeds.
    pub(crate) bound: i64,
}

/// Answers what sets of uses save at most. Parts that several sets have in common are searched once.
pub(crate) struct Search<'a, 'm, 's, 'b> {
    model: &'m Model<'s>,
    meter: &'a mut Meter<'b>,
    known: HashMap<PartKey, Found>,
    /// What it takes to find the parts of a set, in steps.
    steps_of_set: u64,
}

/// Patterns that are looked at per step of the budget where a set is split into parts.
const PATTERNS_PER_STEP: usize = 16;

/// The classes of a part, their live patterns, and the amounts that no pattern names.
type PartKey = (Vec<usize>, Vec<Vec<usize>>, Vec<UseId>);

impl<'a, 'm, 's, 'b> Search<'a, 'm, 's, 'b> {
    pub(crate) fn new(model: &'m Model<'s>, meter: &'a mut Meter<'b>) -> Search<'a, 'm, 's, 'b> {
        let patterns: usize = model.classes.iter().map(|class| class.patterns.len()).sum();
        let steps_of_set = (patterns / PATTERNS_PER_STEP + model.uses.len()) as u64;
        Search { model, meter, known: HashMap::new(), steps_of_set }
    }

    /// Whether the budget has ended.
    pub(crate) fn is_over(&self) -> bool {
        self.meter.is_over()
    }

    /// The assignment of the active uses that saves most.
    pub(crate) fn best(&mut self, active: &[bool]) -> Outcome {
        self.meter.spend(self.steps_of_set);
        let mut outcome = self.nothing();
        for part in part::parts(self.model, active) {
            let found = self.solve(&part);
            outcome.add(&part, &found);
        }
        outcome
    }

    /// An assignment of the active uses that saves at least `wanted`, which no assignment exceeds; `None` if there is
    /// none or none was found in time.
    pub(crate) fn reaching(&mut self, active: &[bool], wanted: i64) -> Option<Outcome> {
        self.meter.spend(self.steps_of_set);
        let parts = part::parts(self.model, active);
        let most: Vec<i64> = parts.iter().map(|part| self.bound(part)).collect();
        let mut outcome = self.nothing();
        let mut ahead: i64 = most.iter().sum();
        for (part, most) in parts.iter().zip(most) {
            if outcome.saving + ahead < wanted {
                return None;
            }
            ahead -= most;
            let found = self.solve_above(part, wanted - outcome.saving - ahead)?;
            outcome.add(part, &found);
        }
        (outcome.saving >= wanted).then_some(outcome)
    }

    fn nothing(&self) -> Outcome {
        let counts = self.model.classes.iter().map(|class| vec![0; class.patterns.len()]).collect();
        Outcome { counts, saving: 0, bound: 0 }
    }

    fn bound(&self, part: &Part<'_, '_>) -> i64 {
        match self.known.get(&part.key()) {
            Some(found) => found.bound,
            None => part.simple_bound(),
        }
    }

    fn solve(&mut self, part: &Part<'_, '_>) -> Found {
        if part.is_uncoupled() {
            return uncoupled(part);
        }
        let key = part.key();
        if let Some(found) = self.known.get(&key) {
            return found.clone();
        }
        let found = solve(part, i64::MIN, self.meter);
        self.known.insert(key, found.clone());
        found
    }

    /// Like `solve`, but gives up as soon as less than `wanted` is certain.
    fn solve_above(&mut self, part: &Part<'_, '_>, wanted: i64) -> Option<Found> {
        let found = if part.is_uncoupled() {
            uncoupled(part)
        } else if let Some(found) = self.known.get(&part.key()) {
            found.clone()
        } else {
            solve(part, wanted, self.meter)
        };
        (found.saving >= wanted).then_some(found)
    }
}

impl Outcome {
    fn add(&mut self, part: &Part<'_, '_>, found: &Found) {
        self.saving += found.saving;
        self.bound += found.bound;
        for ((class, live), counts) in part.classes.iter().zip(&part.live).zip(&found.counts) {
            for (pattern, count) in live.iter().zip(counts) {
                self.counts[*class][*pattern] = *count;
            }
        }
    }
}

/// Whether an assignment of the whole model keeps all quotas and its bundles can be grouped.
pub(crate) fn is_allowed(model: &Model<'_>, counts: &Counts) -> bool {
    let active = vec![true; model.uses.len()];
    Part::whole(model, &active).is_allowed(counts)
}

/// An assignment of one part: tickets per class of the part and live pattern.
#[derive(Debug, Clone)]
struct Found {
    counts: Counts,
    saving: i64,
    bound: i64,
}

fn uncoupled(part: &Part<'_, '_>) -> Found {
    let counts = part.best_patterns();
    let saving = part.saving(&counts);
    Found { counts, saving, bound: saving }
}

/// Searches one part. With `wanted`, the search may stop as soon as it knows whether so much can be saved.
fn solve(part: &Part<'_, '_>, wanted: i64, meter: &mut Meter<'_>) -> Found {
    let mut best = Found { counts: part.nothing(), saving: 0, bound: part.simple_bound() };
    if best.bound < wanted {
        return best;
    }
    for counts in greedy::answers(part, meter) {
        part.keep_better(&mut best, &counts);
    }
    let is_decided = |best: &Found| best.saving >= best.bound || (wanted > 0 && best.saving >= wanted);
    if is_decided(&best) || meter.is_over() {
        return best;
    }
    let mut shadow = Shadow::new(part);
    best.bound = best.bound.min(shadow.improve(best.saving, wanted));
    part.keep_better(&mut best, &greedy::repaired(part, shadow.rounded(), meter));
    meter.spend(shadow.steps());
    if is_decided(&best) || best.bound < wanted {
        return best;
    }
    if !exact::search(part, &shadow.table(), &mut best, wanted, meter) {
        branch::search(part, &mut best, wanted, meter);
    }
    best
}

#[cfg(test)]
#[path = "../../benches/baskets/mod.rs"]
mod baskets;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::uses::participants;

    /// The two searches know nothing of each other, so where both come to an end they prove each other right.
    #[test]
    fn the_integer_programme_and_the_exact_search_agree() {
        let mut compared = 0;
        for seed in 0..150 {
            let scenario = baskets::coupled(seed, 6 + seed % 7, 4, 3);
            let places: Vec<usize> = (0..scenario.basket.len()).collect();
            let model = Model::new(&scenario.basket, &places, participants(&scenario).competing);
            let active = vec![true; model.uses.len()];
            for part in part::parts(&model, &active).iter().filter(|part| !part.is_uncoupled()) {
                let start = Found { counts: part.nothing(), saving: 0, bound: part.simple_bound() };
                let mut meter = Meter::new(&Budget::default());
                let (mut exact, mut program) = (start.clone(), start);
                let mut shadow = Shadow::new(part);
                let bound = shadow.improve(0, i64::MIN);
                if exact::search(part, &shadow.table(), &mut exact, i64::MIN, &mut meter) {
                    branch::search(part, &mut program, i64::MIN, &mut meter);
                    assert_eq!((program.saving, program.bound), (exact.saving, exact.saving), "basket {seed}");
                    assert!(bound >= exact.saving, "basket {seed}: shadow bound {bound} below {}", exact.saving);
                    compared += 1;
                }
            }
        }
        assert!(compared > 80, "only {compared} parts were small enough");
    }
}
