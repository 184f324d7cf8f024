//! A bound from looking at every class alone: the most that its tickets can bring, kind of saving by kind of saving.

use super::part::Part;
use crate::model::{Pattern, UseId};

/// The most that some tickets can bring, per kind of saving.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    sure: i64,
    capped: Vec<i64>,
    rest: Vec<i64>,
    covering: Vec<i64>,
}

impl Reach {
    /// No tickets.
    pub(super) fn nothing(part: &Part<'_, '_>) -> Reach {
        let zeros = |list: &[UseId]| vec![0; list.len()];
        Reach { sure: 0, capped: zeros(&part.caps), rest: zeros(&part.amounts), covering: zeros(&part.covering) }
    }

    /// All tickets of one class.
    pub(super) fn of(part: &Part<'_, '_>, index: usize) -> Reach {
        let class = part.class(index);
        let count = i64::from(class.count);
        let most = |value: &dyn Fn(&Pattern) -> i64| part.patterns(index).map(value).max().unwrap_or(0) * count;
        let capped = part.caps.iter().map(|id| most(&|pattern| pattern.under_cap(*id)));
        let rest =
            part.amounts.iter().map(|id| most(&|pattern| if pattern.amount() == Some(*id) { pattern.rest } else { 0 }));
        let covering = part.covering.iter().map(|id| {
            if class.amounts.contains(id) { most(&|pattern| if pattern.open { pattern.rest } else { 0 }) } else { 0 }
        });
        Reach {
            sure: most(&|pattern| pattern.sure),
            capped: capped.collect(),
            rest: rest.collect(),
            covering: covering.collect(),
        }
    }

    pub(super) fn add(&mut self, other: &Reach) {
        self.sure += other.sure;
        for (mine, theirs) in
            [(&mut self.capped, &other.capped), (&mut self.rest, &other.rest), (&mut self.covering, &other.covering)]
        {
            for (sum, part) in mine.iter_mut().zip(theirs) {
                *sum += part;
            }
        }
    }

    /// The saving if every kind reaches its most.
    pub(super) fn most(&self, part: &Part<'_, '_>) -> i64 {
        let limited = |list: &[UseId], sums: &[i64]| -> i64 {
            list.iter().zip(sums).map(|(id, sum)| (*sum).min(part.limit(*id))).sum()
        };
        self.sure
            + limited(&part.caps, &self.capped)
            + limited(&part.amounts, &self.rest)
            + limited(&part.covering, &self.covering)
    }
}
