//! Among equally good assignments the one people expect: a capped percentage and an unstackable amount cover every ticket
//! in scope that carries nothing else, a quota goes to the dearest tickets, and only as many tickets count as paid as the
//! bundles need.

use crate::budget::Meter;
use crate::evaluate::{self, Counts};
use crate::model::{Model, Role, UseId};
use crate::money::Cents;

/// Rearranges an assignment without losing a cent; of monstrous baskets only as much as the reserve of the budget
/// lets.
pub(crate) fn tidy(model: &Model<'_>, active: &[bool], mut counts: Counts, meter: &mut Meter<'_>) -> Counts {
    let tickets: u64 = model.classes.iter().map(|class| u64::from(class.count)).sum();
    let patterns: u64 = model.classes.iter().map(|class| class.patterns.len() as u64).sum();
    let steps_of_attempt = tickets / 2 + patterns / 8 + 1;
    let mut by_price: Vec<usize> = (0..model.classes.len()).filter(|class| model.classes[*class].has_price).collect();
    by_price.sort_by_key(|class| std::cmp::Reverse(model.classes[*class].price));
    let is_used = evaluate::named_uses(model, &counts);
    for id in (0..model.uses.len()).filter(|id| active[*id] && is_used[*id]) {
        let mut tidying = Tidying { model, active, by_price: &by_price, counts: &mut counts, meter, steps_of_attempt };
        if model.terms[id].bundle.is_some() {
            tidying.free_idle_payers(id);
        } else {
            tidying.prefer_dearest(id);
            if model.terms[id].cap.is_some() || model.terms[id].amount.is_some() {
                tidying.cover_everything(id);
            }
        }
    }
    counts
}

struct Tidying<'a, 's, 'b> {
    model: &'a Model<'s>,
    active: &'a [bool],
    by_price: &'a [usize],
    counts: &'a mut Counts,
    meter: &'a mut Meter<'b>,
    steps_of_attempt: u64,
}

impl Tidying<'_, '_, '_> {
    /// The pattern in which a use is alone on a ticket.
    fn alone(&self, class: usize, id: UseId) -> Option<usize> {
        self.model.classes[class].patterns.iter().position(|pattern| pattern.uses().eq([id]))
    }

    fn cover_everything(&mut self, id: UseId) {
        for class in self.by_price {
            if let Some(place) = self.alone(*class, id) {
                let free = self.counts[*class][0];
                let room = self.room(*class, place, free);
                self.attempt(&[(*class, 0, place, room)]);
            }
        }
    }

    fn prefer_dearest(&mut self, id: UseId) {
        let places: Vec<(usize, usize)> =
            self.by_price.iter().filter_map(|class| Some((*class, self.alone(*class, id)?))).collect();
        for (dear, to) in &places {
            if self.counts[*dear][0] == 0 {
                continue;
            }
            for (cheap, from) in places.iter().rev() {
                if self.model.classes[*cheap].price >= self.model.classes[*dear].price {
                    break;
                }
                let both = self.counts[*dear][0].min(self.counts[*cheap][*from]);
                self.attempt(&[(*cheap, *from, 0, both), (*dear, 0, *to, both)]);
            }
            if !self.meter.reserve(places.len() as u64 / 32) {
                return;
            }
        }
    }

    /// Paid tickets beyond what the bundles need are no members; the cheapest are freed.
    fn free_idle_payers(&mut self, id: UseId) {
        for class in self.by_price.iter().rev() {
            for place in 0..self.model.classes[*class].patterns.len() {
                let pattern = &self.model.classes[*class].patterns[place];
                if pattern.ticket() != Some((id, Role::Paid)) || !pattern.uses().eq([id]) {
                    continue;
                }
                while self.counts[*class][place] > 0 && self.attempt(&[(*class, place, 0, 1)]) {}
            }
        }
    }

    fn room(&self, class: usize, place: usize, wanted: u32) -> u32 {
        let mut room = wanted;
        for quota in &self.model.classes[class].patterns[place].quotas {
            room = room.min(self.model.quotas[*quota].saturating_sub(self.taken(*quota)));
        }
        room
    }

    fn taken(&self, quota: usize) -> u32 {
        let taken = self.model.classes.iter().zip(self.counts.iter()).flat_map(|(class, counts)| {
            class
                .patterns
                .iter()
                .zip(counts)
                .filter(|(pattern, _)| pattern.quotas.contains(&quota))
                .map(|(_, count)| *count)
        });
        taken.sum()
    }

    /// Moves tickets of classes between patterns if the result is allowed and no worse.
    fn attempt(&mut self, moves: &[(usize, usize, usize, u32)]) -> bool {
        if moves.iter().any(|(_, _, _, count)| *count == 0) || !self.meter.reserve(self.steps_of_attempt) {
            return false;
        }
        let mut trial = self.counts.clone();
        for (class, from, to, count) in moves {
            trial[*class][*from] -= count;
            trial[*class][*to] += count;
        }
        let as_good = crate::search::is_allowed(self.model, &trial) && self.saving(&trial) >= self.saving(self.counts);
        if as_good {
            *self.counts = trial;
        }
        as_good
    }

    fn saving(&self, counts: &Counts) -> Cents {
        evaluate::saving(self.model, self.active, counts)
    }
}
